#include "engine/rules/plugin_set.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace draad::rules {
namespace {

bool holds_on(const Manifest& manifest, Date on) {
  return manifest.valid_from <= on && (!manifest.valid_to || on < *manifest.valid_to);
}

bool days_meet(const Manifest& a, const Manifest& b) {
  return (!a.valid_to || b.valid_from < *a.valid_to) && (!b.valid_to || a.valid_from < *b.valid_to);
}

}  // namespace

PluginSet::PluginSet(std::vector<std::shared_ptr<const LoadedPlugin>> plugins) : plugins_(std::move(plugins)) {
  for (const auto& loaded : plugins_) {
    for (const std::string& place : loaded->plugin.manifest.municipalities) {
      std::vector<Claim>& claims = by_place_[place];
      for (const LoadedRule& rule : loaded->rules) claims.push_back({loaded.get(), &rule});
    }
  }
  const auto order = [](const Claim& claim) {
    const Manifest& manifest = claim.plugin->plugin.manifest;
    return std::tuple(claim.rule->rule, manifest.level, manifest.valid_from);
  };
  for (auto& [place, claims] : by_place_) std::ranges::stable_sort(claims, {}, order);
}

Chain PluginSet::chain(const Rule& rule, std::string_view gemeente, Date on) const {
  Chain chain;
  const auto found = by_place_.find(gemeente);
  if (found == by_place_.end()) return chain;
  const auto first =
      std::ranges::lower_bound(found->second, &rule, {}, [](const Claim& claim) { return claim.rule->rule; });
  for (auto claim = first; claim != found->second.end() && claim->rule->rule == &rule; ++claim) {
    const Manifest& manifest = claim->plugin->plugin.manifest;
    if (!holds_on(manifest, on)) continue;
    if (chain.count > 0 && chain.links[chain.count - 1].plugin->plugin.manifest.level == manifest.level) continue;
    chain.links[chain.count++] = *claim;
    if (chain.count == Chain::kLinksMax) break;
  }
  return chain;
}

std::vector<Overlap> overlaps(std::span<const Plugin* const> plugins) {
  using Key = std::tuple<std::string_view, Level, std::string_view>;  // Rule, level, place.
  std::map<Key, std::vector<const Plugin*>> claims;
  std::map<std::tuple<const Plugin*, const Plugin*, std::string_view>, std::vector<std::string>> found;
  std::vector<std::tuple<const Plugin*, const Plugin*, std::string_view>> in_order;
  for (const Plugin* plugin : plugins) {
    const Manifest& manifest = plugin->manifest;
    for (const auto& [rule, file] : manifest.rules) {
      for (const std::string& place : manifest.municipalities) {
        std::vector<const Plugin*>& others = claims[{rule, manifest.level, place}];
        for (const Plugin* other : others) {
          if (!days_meet(other->manifest, manifest)) continue;
          auto& places = found[{other, plugin, rule}];
          if (places.empty()) in_order.emplace_back(other, plugin, rule);
          places.push_back(place);
        }
        others.push_back(plugin);
      }
    }
  }
  std::vector<Overlap> result;
  for (const auto& key : in_order) {
    result.push_back({std::get<0>(key), std::get<1>(key), std::string(std::get<2>(key)), found[key]});
  }
  return result;
}

}  // namespace draad::rules
