#include "engine/verify/internal/texts.h"

namespace draad::verify::internal {

namespace {

std::string named(const std::string& id, const std::string& name) {
  if (name.empty()) return "'" + id + "'";
  std::string folded;
  for (const char c : name) folded += (c == '\n' || c == '\r' || c == '\t') ? ' ' : c;
  return "\"" + folded + "\" (" + id + ")";
}

}  // namespace

std::string label(const graph::WorkflowGraph& graph, graph::NodeIndex node) {
  return named(graph.node(node).id, graph.node(node).name);
}

std::string label(const graph::WorkflowGraph& graph, const std::string& id) {
  if (const auto node = graph.find_node(id)) return label(graph, *node);
  return "'" + id + "'";
}

std::string flow_label(const graph::WorkflowGraph& graph, graph::FlowIndex flow) {
  return label(graph, graph.flow(flow).source) + " -> " + label(graph, graph.flow(flow).target);
}

void place(Finding& finding, const graph::WorkflowGraph& graph) {
  finding.process = graph.process_id();
  for (const std::string& id : finding.elements) {
    graph::SourcePosition position;
    if (const auto node = graph.find_node(id))
      position = graph.node(*node).position;
    else if (const auto flow = graph.find_flow(id))
      position = graph.flow(*flow).position;
    else
      continue;
    finding.line = position.line;
    finding.column = position.column;
    return;
  }
}

std::vector<std::string> ids(const graph::WorkflowGraph& graph, const std::vector<graph::NodeIndex>& nodes) {
  std::vector<std::string> result;
  result.reserve(nodes.size());
  for (const graph::NodeIndex node : nodes) result.push_back(graph.node(node).id);
  return result;
}

}  // namespace draad::verify::internal
