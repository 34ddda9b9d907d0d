// Lengauer and Tarjan's simple algorithm ("A fast algorithm for finding dominators in a flowgraph", 1979), without
// recursion: Boost's compresses paths by recursion and overflows the stack on a chain of some hundred thousand tasks,
// which a file may hold.

#include "engine/graph/internal/ways.h"

namespace draad::graph::internal {

namespace {

// Works on numbers in order of the depth-first walk; 0 is the start before all entries.
class DominatorSearch {
 public:
  DominatorSearch(std::uint32_t node_count, const Rows& forward, const Rows& backward,
                  std::span<const NodeIndex> entries)
      : forward_(forward), backward_(backward), number_(node_count, 0), is_entry_(node_count, false) {
    for (const NodeIndex entry : entries) is_entry_[entry] = true;
    walk(entries);
  }

  std::vector<NodeIndex> run() {
    const auto count = static_cast<std::uint32_t>(node_of_.size());
    for (std::uint32_t i = 0; i < count; ++i) semi_.push_back(i), best_.push_back(i);
    ancestor_.assign(count, kNone);
    std::vector<std::uint32_t> dominator(count, 0);
    std::vector<std::vector<std::uint32_t>> bucket(count);
    for (std::uint32_t w = count; w-- > 1;) {
      if (is_entry_[node_of_[w]]) semi_[w] = 0;
      for (const NodeIndex before : backward_.of(node_of_[w]))
        if (number_[before] != 0) semi_[w] = std::min(semi_[w], semi_[evaluate(number_[before])]);
      bucket[semi_[w]].push_back(w);
      const std::uint32_t parent = parent_[w];
      ancestor_[w] = parent;
      for (const std::uint32_t v : bucket[parent]) {
        const std::uint32_t u = evaluate(v);
        dominator[v] = semi_[u] < semi_[v] ? u : parent;
      }
      bucket[parent].clear();
    }
    std::vector<NodeIndex> answer(number_.size(), kNone);
    for (std::uint32_t w = 1; w < count; ++w) {
      if (dominator[w] != semi_[w]) dominator[w] = dominator[dominator[w]];
      if (dominator[w] != 0) answer[node_of_[w]] = node_of_[dominator[w]];
    }
    return answer;
  }

 private:
  void walk(std::span<const NodeIndex> entries) {
    node_of_.push_back(kNone);
    parent_.push_back(0);
    struct Frame {
      NodeIndex node;
      std::uint32_t next;
    };
    std::vector<Frame> stack;
    const auto enter = [&](NodeIndex node, std::uint32_t parent) {
      number_[node] = static_cast<std::uint32_t>(node_of_.size());
      node_of_.push_back(node);
      parent_.push_back(parent);
      stack.push_back({node, 0});
    };
    for (const NodeIndex entry : entries) {
      if (number_[entry] != 0) continue;
      enter(entry, 0);
      while (!stack.empty()) {
        const NodeIndex node = stack.back().node;
        const auto successors = forward_.of(node);
        if (stack.back().next == successors.size()) {
          stack.pop_back();
          continue;
        }
        const NodeIndex next = successors[stack.back().next++];
        if (number_[next] == 0) enter(next, number_[node]);
      }
    }
  }

  // The number with the smallest semidominator on the linked path above `v`; shortens that path.
  std::uint32_t evaluate(std::uint32_t v) {
    if (ancestor_[v] == kNone) return v;
    path_.clear();
    for (std::uint32_t u = v; ancestor_[ancestor_[u]] != kNone; u = ancestor_[u]) path_.push_back(u);
    while (!path_.empty()) {
      const std::uint32_t u = path_.back();
      path_.pop_back();
      const std::uint32_t above = ancestor_[u];
      if (semi_[best_[above]] < semi_[best_[u]]) best_[u] = best_[above];
      ancestor_[u] = ancestor_[above];
    }
    return best_[v];
  }

  const Rows& forward_;
  const Rows& backward_;
  std::vector<std::uint32_t> number_;  // Per node; 0: not reached.
  std::vector<bool> is_entry_;
  std::vector<NodeIndex> node_of_;
  std::vector<std::uint32_t> parent_, semi_, best_, ancestor_, path_;
};

}  // namespace

std::vector<NodeIndex> dominators(std::uint32_t node_count, std::span<const Way> ways,
                                  std::span<const NodeIndex> entries) {
  const Rows forward = rows(node_count, ways);
  const Rows backward = rows(node_count, reversed(ways));
  return DominatorSearch(node_count, forward, backward, entries).run();
}

}  // namespace draad::graph::internal
