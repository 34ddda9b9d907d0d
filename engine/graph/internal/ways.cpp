#include "engine/graph/internal/ways.h"

namespace draad::graph::internal {

Rows rows(std::uint32_t node_count, std::span<const Way> ways) {
  Rows rows;
  rows.start.assign(node_count + 1, 0);
  for (const auto& [from, to] : ways) ++rows.start[from + 1];
  for (std::uint32_t i = 0; i < node_count; ++i) rows.start[i + 1] += rows.start[i];
  rows.list.resize(ways.size());
  std::vector<std::uint32_t> next(rows.start.begin(), rows.start.end() - 1);
  for (const auto& [from, to] : ways) rows.list[next[from]++] = to;
  return rows;
}

std::vector<Way> reversed(std::span<const Way> ways) {
  std::vector<Way> reversed;
  reversed.reserve(ways.size());
  for (const auto& [from, to] : ways) reversed.emplace_back(to, from);
  return reversed;
}

}  // namespace draad::graph::internal
