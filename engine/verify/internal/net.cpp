#include "engine/verify/internal/net.h"

#include <algorithm>

namespace draad::verify::internal {

Rope Ropes::leaf(graph::NodeIndex node) {
  entries_.push_back({0, 0, node, 1});
  return static_cast<Rope>(entries_.size() - 1);
}

Rope Ropes::join(Rope first, Rope second) {
  if (first == 0) return second;
  if (second == 0) return first;
  entries_.push_back({first, second, graph::kNone, entries_[first].length + entries_[second].length});
  return static_cast<Rope>(entries_.size() - 1);
}

void Ropes::append(Rope rope, std::vector<graph::NodeIndex>& to) const {
  // With a stack of its own: ropes get as deep as a chain is long.
  std::vector<Rope> rest;
  if (rope != 0) rest.push_back(rope);
  while (!rest.empty()) {
    const Entry& entry = entries_[rest.back()];
    rest.pop_back();
    if (entry.node != graph::kNone) {
      to.push_back(entry.node);
      continue;
    }
    rest.push_back(entry.right);
    rest.push_back(entry.left);
  }
}

Effect then(Effect first, Effect second) {
  Effect result = 0;
  for (unsigned from = 0; from < 4; ++from)
    for (unsigned via = 0; via < 4; ++via)
      if ((first >> (4 * from + via) & 1u) != 0)
        result = static_cast<Effect>(result | ((second >> (4 * via) & 0xfu) << (4 * from)));
  return result;
}

bool Net::has_inclusive_join() const {
  return std::any_of(transitions.begin(), transitions.end(),
                     [](const Transition& t) { return t.alive && t.inclusive_join; });
}

}  // namespace draad::verify::internal
