#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

#include "engine/graph/internal/ways.h"

namespace draad::graph::internal {

Components components(std::uint32_t node_count, std::vector<Way> ways) {
  Components answer;
  answer.on_cycle.assign(node_count, false);
  answer.component.assign(node_count, 0);
  if (node_count == 0) return answer;

  using Csr = boost::compressed_sparse_row_graph<boost::directedS>;
  const Csr csr(boost::edges_are_unsorted_multi_pass, ways.begin(), ways.end(), node_count);
  const std::uint32_t count = boost::strong_components(
      csr, boost::make_iterator_property_map(answer.component.begin(), boost::get(boost::vertex_index, csr)));

  std::vector<std::uint32_t> size(count, 0);
  for (const std::uint32_t component : answer.component) ++size[component];
  for (std::uint32_t i = 0; i < node_count; ++i) answer.on_cycle[i] = size[answer.component[i]] > 1;
  for (const auto& [from, to] : ways)
    if (from == to) answer.on_cycle[from] = true;
  return answer;
}

}  // namespace draad::graph::internal
