// engine/graph/internal/ways.h
//
// Every way a token can go from one node to the next within its scope: sequence flows, from a host to its boundary
// events, and from a throwing link to its catching one. Compressed sparse rows over NodeIndex, forward or backward.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/graph/workflow_graph.h"

namespace draad::graph::internal {

using Way = std::pair<NodeIndex, NodeIndex>;  // From, to.

struct Rows {
  std::vector<std::uint32_t> start;  // node_count + 1 offsets.
  std::vector<NodeIndex> list;

  [[nodiscard]] std::span<const NodeIndex> of(NodeIndex node) const {
    return {list.data() + start[node], list.data() + start[node + 1]};
  }
};

[[nodiscard]] Rows rows(std::uint32_t node_count, std::span<const Way> ways);
[[nodiscard]] std::vector<Way> reversed(std::span<const Way> ways);

// Immediate dominators as seen from a start before all `entries`; kNone for an entry, for what no way leads to, and
// where only that start dominates.
[[nodiscard]] std::vector<NodeIndex> dominators(std::uint32_t node_count, std::span<const Way> ways,
                                                std::span<const NodeIndex> entries);

struct Components {
  std::vector<std::uint32_t> component;  // Per node.
  std::vector<bool> on_cycle;            // Per node.
};
[[nodiscard]] Components components(std::uint32_t node_count, std::vector<Way> ways);

}  // namespace draad::graph::internal
