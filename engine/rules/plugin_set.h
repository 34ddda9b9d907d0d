// engine/rules/plugin_set.h
//
// The plugins that answer together: immutable, shared by every call that is under way, replaced as a whole.
// For one rule, municipality and day at most one plugin of the municipality and one of its region claim the answer; a
// second claim is an overlap, which is refused when it is loaded. Threads: immutable once built.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/rules/catalogue.h"
#include "engine/rules/manifest.h"

namespace draad::rules {

namespace lua {
struct Chunk;
}

struct LoadedRule {
  const Rule* rule = nullptr;
  std::string file;
  std::vector<std::string> reads;  // Declared by the manifest and known to the rule; ordered; at most 64.
  std::shared_ptr<const lua::Chunk> chunk;
};

struct LoadedPlugin {
  Plugin plugin;
  std::vector<LoadedRule> rules;
};

struct Claim {
  const LoadedPlugin* plugin = nullptr;
  const LoadedRule* rule = nullptr;
};

// Who may answer, first asked first; behind the last comes the national default.
struct Chain {
  static constexpr std::size_t kLinksMax = 2;
  std::array<Claim, kLinksMax> links{};
  std::size_t count = 0;
};

class PluginSet {
 public:
  explicit PluginSet(std::vector<std::shared_ptr<const LoadedPlugin>> plugins);

  [[nodiscard]] std::span<const std::shared_ptr<const LoadedPlugin>> plugins() const { return plugins_; }
  [[nodiscard]] Chain chain(const Rule& rule, std::string_view gemeente, Date on) const;

 private:
  struct Text {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::vector<std::shared_ptr<const LoadedPlugin>> plugins_;
  std::unordered_map<std::string, std::vector<Claim>, Text, std::equal_to<>>
      by_place_;  // Ordered by rule, level, start.
};

// Two claims on one rule and place at the same level whose days overlap.
struct Overlap {
  const Plugin* first = nullptr;
  const Plugin* second = nullptr;
  std::string rule;
  std::vector<std::string> municipalities;
};
[[nodiscard]] std::vector<Overlap> overlaps(std::span<const Plugin* const> plugins);

}  // namespace draad::rules
