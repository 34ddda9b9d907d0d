#include "engine/graph/workflow_graph.h"

#include <array>

namespace draad::graph {

namespace {

constexpr std::array<std::string_view, 23> kNodeNames = {"startEvent",
                                                         "endEvent",
                                                         "intermediateCatchEvent",
                                                         "intermediateThrowEvent",
                                                         "boundaryEvent",
                                                         "exclusiveGateway",
                                                         "parallelGateway",
                                                         "inclusiveGateway",
                                                         "eventBasedGateway",
                                                         "complexGateway",
                                                         "task",
                                                         "userTask",
                                                         "serviceTask",
                                                         "sendTask",
                                                         "receiveTask",
                                                         "scriptTask",
                                                         "businessRuleTask",
                                                         "manualTask",
                                                         "subProcess",
                                                         "subProcess",
                                                         "adHocSubProcess",
                                                         "transaction",
                                                         "callActivity"};

constexpr std::array<std::string_view, 11> kEventNames = {"none",       "message",      "timer",       "error",
                                                          "escalation", "signal",       "conditional", "link",
                                                          "terminate",  "compensation", "cancel"};

}  // namespace

std::string_view to_string(NodeKind kind) {
  return kNodeNames[static_cast<std::size_t>(kind)];
}
std::string_view to_string(EventKind kind) {
  return kEventNames[static_cast<std::size_t>(kind)];
}

bool is_event(NodeKind kind) {
  return kind <= NodeKind::boundary_event;
}
bool is_gateway(NodeKind kind) {
  return kind >= NodeKind::exclusive_gateway && kind <= NodeKind::complex_gateway;
}
bool is_activity(NodeKind kind) {
  return kind >= NodeKind::task;
}
bool owns_scope(NodeKind kind) {
  return kind >= NodeKind::sub_process && kind <= NodeKind::transaction;
}

const FlowNode& WorkflowGraph::node(NodeIndex index) const {
  DRAAD_CHECK(index < nodes_.size());
  return nodes_[index];
}

const SequenceFlow& WorkflowGraph::flow(FlowIndex index) const {
  DRAAD_CHECK(index < flows_.size());
  return flows_[index];
}

const Scope& WorkflowGraph::scope(ScopeIndex index) const {
  DRAAD_CHECK(index < scopes_.size());
  return scopes_[index];
}

std::optional<NodeIndex> WorkflowGraph::find_node(std::string_view id) const {
  const auto found = node_by_id_.find(id);
  return found == node_by_id_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<FlowIndex> WorkflowGraph::find_flow(std::string_view id) const {
  const auto found = flow_by_id_.find(id);
  return found == flow_by_id_.end() ? std::nullopt : std::optional(found->second);
}

std::span<const FlowIndex> WorkflowGraph::outgoing(NodeIndex node) const {
  DRAAD_CHECK(node < nodes_.size());
  return {outgoing_list_.data() + outgoing_start_[node], outgoing_list_.data() + outgoing_start_[node + 1]};
}

std::span<const FlowIndex> WorkflowGraph::incoming(NodeIndex node) const {
  DRAAD_CHECK(node < nodes_.size());
  return {incoming_list_.data() + incoming_start_[node], incoming_list_.data() + incoming_start_[node + 1]};
}

std::span<const NodeIndex> WorkflowGraph::boundary_events(NodeIndex host) const {
  DRAAD_CHECK(host < nodes_.size());
  return boundary_events_[host];
}

const Bitset& WorkflowGraph::reaches(FlowIndex flow) const {
  DRAAD_CHECK(flow < flows_.size());
  return reaches_[flow];
}

bool WorkflowGraph::flow_reaches(FlowIndex from, FlowIndex to) const {
  DRAAD_CHECK(from < flows_.size() && to < flows_.size());
  return from == to || reaches_[to].test(flows_[from].target);
}

NodeIndex WorkflowGraph::immediate_dominator(NodeIndex node) const {
  DRAAD_CHECK(node < nodes_.size());
  return dominators_[node];
}

bool WorkflowGraph::on_cycle(NodeIndex node) const {
  DRAAD_CHECK(node < nodes_.size());
  return on_cycle_[node];
}

std::uint32_t WorkflowGraph::component(NodeIndex node) const {
  DRAAD_CHECK(node < nodes_.size());
  return components_[node];
}

}  // namespace draad::graph
