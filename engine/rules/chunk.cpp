#include "engine/rules/internal/chunk.h"

#include <algorithm>

namespace draad::rules::lua {

std::shared_ptr<const Chunk> ChunkStore::intern(std::string_view name, std::string_view text) {
  std::string key;
  key.reserve(name.size() + 1 + text.size());
  key.append(name).append("\n").append(text);
  const std::lock_guard lock(mutex_);
  std::weak_ptr<const Chunk>& slot = known_[key];
  if (auto known = slot.lock()) return known;
  auto made = std::make_shared<const Chunk>(Chunk{next_++, std::string(name), std::string(text)});
  slot = made;
  if (known_.size() > 64 && known_.size() % 64 == 0) {
    std::erase_if(known_, [](const auto& entry) { return entry.second.expired(); });
  }
  return made;
}

bool may_be_shown(std::string_view name, std::string_view source) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  if (name.empty() || name.size() > 64 || !letter(name.front())) return false;
  if (!std::ranges::all_of(name, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); })) return false;
  return source.find(name) != std::string_view::npos;
}

}  // namespace draad::rules::lua
