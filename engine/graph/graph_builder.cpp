#include <algorithm>
#include <utility>

#include "engine/graph/internal/fingerprint.h"
#include "engine/graph/internal/ways.h"
#include "engine/graph/workflow_graph.h"

namespace draad::graph {

namespace {

// For each flow into an inclusive join: who can still send a token into it without passing the join. One walk backward
// a flow.
Result<std::vector<Bitset>> reach_into_joins(std::uint32_t node_count, std::span<const FlowNode> nodes,
                                             std::span<const SequenceFlow> flows, std::span<const internal::Way> ways) {
  std::vector<std::uint32_t> incoming_count(node_count, 0);
  for (const SequenceFlow& flow : flows) ++incoming_count[flow.target];
  const auto into_join = [&](const SequenceFlow& flow) {
    return nodes[flow.target].kind == NodeKind::inclusive_gateway && incoming_count[flow.target] > 1;
  };
  const auto wanted = static_cast<std::uint64_t>(std::count_if(flows.begin(), flows.end(), into_join));
  std::vector<Bitset> reaches(flows.size());
  if (wanted == 0) return reaches;
  if (wanted * node_count > kReachBitsMax) {
    const auto first = std::find_if(flows.begin(), flows.end(), into_join);
    return Error{ErrorCode::limit,
                 "Expected flows into inclusive joins times flow nodes to be at most " + std::to_string(kReachBitsMax) +
                     ", but found " + std::to_string(wanted) + " times " + std::to_string(node_count),
                 nodes[first->target].id};
  }
  const internal::Rows backward = internal::rows(node_count, internal::reversed(ways));
  std::vector<NodeIndex> stack;
  for (std::size_t i = 0; i < flows.size(); ++i) {
    if (!into_join(flows[i])) continue;
    const NodeIndex join = flows[i].target;
    Bitset& seen = reaches[i] = Bitset(node_count);
    const auto visit = [&](NodeIndex node) {
      if (node == join || seen.test(node)) return;
      seen.set(node);
      stack.push_back(node);
    };
    visit(flows[i].source);
    while (!stack.empty()) {
      const NodeIndex node = stack.back();
      stack.pop_back();
      for (const NodeIndex before : backward.of(node)) visit(before);
    }
  }
  return reaches;
}

void find_entries(Scope& scope, std::span<const FlowNode> nodes, const std::vector<bool>& has_incoming) {
  const auto is_none_start = [&](NodeIndex node) {
    return nodes[node].kind == NodeKind::start_event && nodes[node].events.empty();
  };
  std::copy_if(scope.nodes.begin(), scope.nodes.end(), std::back_inserter(scope.entries), is_none_start);
  if (!scope.entries.empty()) return;
  std::copy_if(scope.nodes.begin(), scope.nodes.end(), std::back_inserter(scope.entries), [&](NodeIndex index) {
    const FlowNode& node = nodes[index];
    const bool link_catch = node.kind == NodeKind::intermediate_catch_event && node.event_kind() == EventKind::link;
    return !has_incoming[index] && node.kind != NodeKind::boundary_event && node.kind != NodeKind::event_sub_process &&
           !node.for_compensation && !link_catch;
  });
}

}  // namespace

GraphBuilder::GraphBuilder(std::string process_id, std::string process_name) : graph_(new WorkflowGraph) {
  graph_->process_id_ = std::move(process_id);
  graph_->process_name_ = std::move(process_name);
  graph_->scopes_.emplace_back();
}

GraphBuilder::~GraphBuilder() = default;
GraphBuilder::GraphBuilder(GraphBuilder&&) noexcept = default;
GraphBuilder& GraphBuilder::operator=(GraphBuilder&&) noexcept = default;

void GraphBuilder::reserve(std::size_t node_count, std::size_t flow_count) {
  graph_->nodes_.reserve(node_count);
  flows_.reserve(flow_count);
  index_.reserve(node_count);
}

ScopeIndex GraphBuilder::add_scope(ScopeIndex parent, NodeIndex owner) {
  DRAAD_CHECK(parent < graph_->scopes_.size() && owner < graph_->nodes_.size());
  const auto index = static_cast<ScopeIndex>(graph_->scopes_.size());
  Scope& scope = graph_->scopes_.emplace_back();
  scope.parent = parent;
  scope.owner = owner;
  graph_->nodes_[owner].own_scope = index;
  return index;
}

NodeIndex GraphBuilder::add_node(FlowNode node) {
  DRAAD_CHECK(node.scope < graph_->scopes_.size());
  const auto index = static_cast<NodeIndex>(graph_->nodes_.size());
  index_.emplace(node.id, index);
  graph_->nodes_.push_back(std::move(node));
  return index;
}

FlowIndex GraphBuilder::add_flow(std::string id, std::string source, std::string target, SequenceFlow rest) {
  rest.id = std::move(id);
  flows_.push_back({std::move(rest), std::move(source), std::move(target)});
  return static_cast<FlowIndex>(flows_.size() - 1);
}

void GraphBuilder::add_fact(FactDeclaration fact) {
  graph_->facts_.push_back(std::move(fact));
}
void GraphBuilder::set_safeguards(std::string name) {
  graph_->safeguards_ = std::move(name);
}

FlowNode& GraphBuilder::node(NodeIndex index) {
  DRAAD_CHECK(index < graph_->nodes_.size());
  return graph_->nodes_[index];
}

std::optional<NodeIndex> GraphBuilder::find_node(std::string_view id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<Error> GraphBuilder::faults() const {
  std::vector<Error> faults;
  const auto add = [&](ErrorCode code, std::string message, const std::string& where) {
    faults.push_back({code, std::move(message), where});
  };
  std::unordered_map<std::string_view, std::uint32_t> bearers;
  bearers.reserve(graph_->nodes_.size() + flows_.size());
  const auto unique = [&](const std::string& id) {
    if (id.empty())
      add(ErrorCode::invalid, "Expected an id, but found none", id);
    else if (++bearers[id] == 2)
      add(ErrorCode::conflict, "Expected an id that is used once, but found it twice", id);
  };
  const std::vector<FlowNode>& nodes = graph_->nodes_;
  for (const FlowNode& node : nodes) {
    unique(node.id);
    if (node.attached_to != kNone && node.attached_to >= nodes.size())
      add(ErrorCode::invalid, "Expected a boundary event on an existing activity, but found none", node.id);
    if (node.link_target != kNone && node.link_target >= nodes.size())
      add(ErrorCode::invalid, "Expected a link to an existing catching link event, but found none", node.id);
    if (node.default_flow != kNone &&
        (node.default_flow >= flows_.size() || flows_[node.default_flow].source != node.id))
      add(ErrorCode::invalid, "Expected the default flow to leave this node, but it does not", node.id);
  }
  for (const PendingFlow& flow : flows_) {
    unique(flow.flow.id);
    if (!find_node(flow.source))
      add(ErrorCode::invalid, "Expected the flow to leave a flow node, but there is no '" + flow.source + "'",
          flow.flow.id);
    if (!find_node(flow.target))
      add(ErrorCode::invalid, "Expected the flow to lead to a flow node, but there is no '" + flow.target + "'",
          flow.flow.id);
  }
  return faults;
}

Result<std::shared_ptr<const WorkflowGraph>> GraphBuilder::finish() && {
  if (auto found = faults(); !found.empty()) return std::move(found.front());
  WorkflowGraph& graph = *graph_;
  const std::uint32_t count = graph.node_count();

  std::vector<internal::Way> ways, leaving, entering;  // Ways between nodes; and (node, flow) pairs.
  std::vector<bool> has_incoming(count, false);
  graph.flows_.reserve(flows_.size());
  for (PendingFlow& pending : flows_) {
    pending.flow.source = *find_node(pending.source);
    pending.flow.target = *find_node(pending.target);
    const auto index = static_cast<FlowIndex>(graph.flows_.size());
    ways.emplace_back(pending.flow.source, pending.flow.target);
    leaving.emplace_back(pending.flow.source, index);
    entering.emplace_back(pending.flow.target, index);
    has_incoming[pending.flow.target] = true;
    graph.flows_.push_back(std::move(pending.flow));
  }
  internal::Rows outgoing = internal::rows(count, leaving);
  internal::Rows incoming = internal::rows(count, entering);
  graph.outgoing_start_ = std::move(outgoing.start);
  graph.outgoing_list_ = std::move(outgoing.list);
  graph.incoming_start_ = std::move(incoming.start);
  graph.incoming_list_ = std::move(incoming.list);

  graph.boundary_events_.resize(count);
  graph.node_by_id_.reserve(count);
  graph.flow_by_id_.reserve(graph.flows_.size());
  for (NodeIndex i = 0; i < count; ++i) {
    const FlowNode& node = graph.nodes_[i];
    graph.node_by_id_.emplace(node.id, i);
    graph.scopes_[node.scope].nodes.push_back(i);
    if (node.kind == NodeKind::event_sub_process) graph.scopes_[node.scope].event_sub_processes.push_back(i);
    if (node.attached_to != kNone) {
      graph.boundary_events_[node.attached_to].push_back(i);
      ways.emplace_back(node.attached_to, i);
    }
    if (node.link_target != kNone) ways.emplace_back(i, node.link_target);
  }
  for (FlowIndex i = 0; i < graph.flow_count(); ++i) graph.flow_by_id_.emplace(graph.flows_[i].id, i);

  std::vector<NodeIndex> entries;
  for (Scope& scope : graph.scopes_) {
    find_entries(scope, graph.nodes_, has_incoming);
    entries.insert(entries.end(), scope.entries.begin(), scope.entries.end());
  }
  DRAAD_TRY(graph.reaches_, reach_into_joins(count, graph.nodes_, graph.flows_, ways));
  graph.dominators_ = internal::dominators(count, ways, entries);
  internal::Components components = internal::components(count, std::move(ways));
  graph.components_ = std::move(components.component);
  graph.on_cycle_ = std::move(components.on_cycle);
  graph.fingerprint_ =
      internal::fingerprint(graph.process_id_, graph.safeguards_, graph.facts_, graph.nodes_, graph.flows_);
  return std::shared_ptr<const WorkflowGraph>(std::move(graph_));
}

}  // namespace draad::graph
