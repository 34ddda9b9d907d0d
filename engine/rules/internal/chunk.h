// engine/rules/internal/chunk.h
//
// A Lua source text with a number that is never given twice, so that a state can keep what it compiled: equal texts
// under equal names share one number across reloads. Threads: ChunkStore is safe to use from several.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace draad::rules::lua {

struct Chunk {
  std::uint32_t id = 0;
  std::string name;  // In messages: "route.zorgcoordinator.lua".
  std::string text;
};

class ChunkStore {
 public:
  [[nodiscard]] std::shared_ptr<const Chunk> intern(std::string_view name, std::string_view text);

 private:
  std::mutex mutex_;
  std::uint32_t next_ = 0;
  std::unordered_map<std::string, std::weak_ptr<const Chunk>> known_;  // Key: name, line feed, text.
};

// Whether a name may stand in a message: it looks like one, and it is in the source (so it is no value that came in).
[[nodiscard]] bool may_be_shown(std::string_view name, std::string_view source);

}  // namespace draad::rules::lua
