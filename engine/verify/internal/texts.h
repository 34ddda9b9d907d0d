// engine/verify/internal/texts.h
//
// How a finding names an element, and where it stands.
#pragma once

#include <string>
#include <vector>

#include "engine/core/finding.h"
#include "engine/graph/workflow_graph.h"

namespace draad::verify::internal {

// '"Bedenktijd aanbieden" (Taak_3)', or the id alone where there is no name.
[[nodiscard]] std::string label(const graph::WorkflowGraph& graph, graph::NodeIndex node);
[[nodiscard]] std::string label(const graph::WorkflowGraph& graph, const std::string& id);
// 'van "A" (a) naar "B" (b)'.
[[nodiscard]] std::string flow_label(const graph::WorkflowGraph& graph, graph::FlowIndex flow);
// Fills process, line and column from the first element that the graph knows.
void place(Finding& finding, const graph::WorkflowGraph& graph);
[[nodiscard]] std::vector<std::string> ids(const graph::WorkflowGraph& graph,
                                           const std::vector<graph::NodeIndex>& nodes);

}  // namespace draad::verify::internal
