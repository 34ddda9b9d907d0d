// What happens when nothing is on its way: inclusive joins, joins that can never fire, empty scopes, ad-hoc
// sub-processes. Parallel join: one token from each incoming flow, surplus stays (rule 1). Inclusive join:
// BPMN 2.0.2 13.4.3, tested on the live tokens of the scope instance, never on a count (rule 2). Tokens left at a join
// with nothing that could still move: an incident that names the join and the flows it waits for (rule 3).
#include <algorithm>

#include "engine/execute/internal/machine.h"
#include "engine/execute/internal/text.h"

namespace draad::execute::internal {

using graph::NodeKind;

namespace {

std::uint32_t tokens_on(const CasusState& state, ScopeKey scope, FlowRef flow) {
  const auto found = std::lower_bound(state.tokens.begin(), state.tokens.end(), std::pair(scope, flow),
                                      [](const FlowTokens& tokens, const std::pair<ScopeKey, FlowRef>& wanted) {
                                        return std::pair(tokens.scope, tokens.flow) < wanted;
                                      });
  return found != state.tokens.end() && found->scope == scope && found->flow == flow ? found->count : 0;
}

std::span<const FlowTokens> tokens_in(const CasusState& state, ScopeKey scope) {
  const auto first = std::lower_bound(state.tokens.begin(), state.tokens.end(), scope,
                                      [](const FlowTokens& tokens, ScopeKey wanted) { return tokens.scope < wanted; });
  auto last = first;
  while (last != state.tokens.end() && last->scope == scope) ++last;
  return {first, last};
}

}  // namespace

void Machine::arrive_at_join(ScopeKey scope, NodeRef node) {
  touch(scope);
  const graph::WorkflowGraph& graph = release().workflow(node.workflow).graph();
  if (graph.node(node.node).kind != NodeKind::parallel_gateway) return;
  for (const FlowIndex flow : graph.incoming(node.node))
    if (tokens_on(state_, scope, FlowRef{node.workflow, flow}) == 0) return;
  fire_join(scope, node);
}

void Machine::fire_join(ScopeKey scope, NodeRef node) {
  const graph::WorkflowGraph& graph = release().workflow(node.workflow).graph();
  std::vector<FlowIndex> flows;
  for (const FlowIndex flow : graph.incoming(node.node))
    if (tokens_on(state_, scope, FlowRef{node.workflow, flow}) > 0) flows.push_back(flow);
  for (const Incident& incident : state_.incidents) {
    if (incident.kind != IncidentKind::join_stuck || incident.scope != scope || incident.node != node) continue;
    emit(IncidentResolved{incident.key});
    break;
  }
  emit(TokensConsumed{scope, node.workflow, std::move(flows)});
  enter_later(activate(scope, node));
  touch(scope);
}

bool Machine::inclusive_enabled(const ScopeInstance& scope, NodeIndex join) const {
  const graph::WorkflowGraph& graph = release().workflow(scope.workflow).graph();
  std::vector<FlowIndex> empty, filled;
  for (const FlowIndex flow : graph.incoming(join))
    (tokens_on(state_, scope.key, FlowRef{scope.workflow, flow}) > 0 ? filled : empty).push_back(flow);
  if (filled.empty()) return false;
  if (empty.empty()) return true;
  // A token that can still bring one to an empty flow holds the join up, unless it can also reach a flow that has one.
  const auto holds_up = [&](auto reaches) {
    return std::any_of(empty.begin(), empty.end(), reaches) && std::none_of(filled.begin(), filled.end(), reaches);
  };
  for (const ElementInstance& element : state_.elements) {
    if (element.scope != scope.key || element.body != 0) continue;
    if (holds_up([&](FlowIndex flow) { return graph.reaches(flow).test(element.node.node); })) return false;
  }
  for (const FlowTokens& tokens : tokens_in(state_, scope.key)) {
    if (graph.flow(tokens.flow.flow).target == join) continue;  // Already here.
    if (holds_up([&](FlowIndex flow) { return graph.flow_reaches(tokens.flow.flow, flow); })) return false;
  }
  return true;
}

bool Machine::fire_inclusive_join(ScopeKey key) {
  const ScopeInstance& scope = *find_scope(state_, key);
  NodeIndex before = kNone;
  for (const FlowTokens& tokens : tokens_in(state_, key)) {
    const graph::WorkflowGraph& graph = release().workflow(scope.workflow).graph();
    const NodeIndex join = graph.flow(tokens.flow.flow).target;
    if (join == before || graph.node(join).kind != NodeKind::inclusive_gateway) continue;
    before = join;
    if (!inclusive_enabled(scope, join)) continue;
    fire_join(key, NodeRef{scope.workflow, join});
    return true;
  }
  return false;
}

void Machine::report_stuck_joins(const ScopeInstance& at) {
  const ScopeInstance scope = at;
  const graph::WorkflowGraph& graph = release().workflow(scope.workflow).graph();
  // An event sub-process that runs never puts a token into the scope around it; anything else might.
  for (const ElementInstance& element : state_.elements)
    if (element.scope == scope.key && graph.node(element.node.node).kind != NodeKind::event_sub_process) return;
  std::vector<NodeIndex> joins;
  for (const FlowTokens& tokens : tokens_in(state_, scope.key)) joins.push_back(graph.flow(tokens.flow.flow).target);
  std::sort(joins.begin(), joins.end());
  joins.erase(std::unique(joins.begin(), joins.end()), joins.end());
  for (const NodeIndex join : joins) {
    const NodeRef node{scope.workflow, join};
    const bool known = std::any_of(state_.incidents.begin(), state_.incidents.end(), [&](const Incident& incident) {
      return incident.kind == IncidentKind::join_stuck && incident.scope == scope.key && incident.node == node;
    });
    if (known) continue;
    std::string missing;
    for (const FlowIndex flow : graph.incoming(join)) {
      if (tokens_on(state_, scope.key, FlowRef{scope.workflow, flow}) > 0) continue;
      missing += (missing.empty() ? "" : " ") + graph.flow(flow).id;
    }
    emit(IncidentRaised{new_key(), IncidentKind::join_stuck, scope.key, 0, node, false,
                        called(graph.node(join)) + " wacht op pijl " + missing +
                            ", maar daar kan niets meer langs komen. Het proces staat hier stil.",
                        missing, now()});
  }
}

bool Machine::look_at_ad_hoc(const ScopeInstance& at) {
  const ScopeInstance scope = at;
  const Step owner = step_of(scope.owner);
  if (owner.element.status == ElementStatus::stuck) return false;
  if (owner.plan.completion.present() && !scope.closing) {
    const Result<bool> holds = node_holds(owner.plan.completion, owner.element.node, scope.key);
    if (!holds) {
      stuck(owner, IncidentKind::condition,
            "De eindvoorwaarde van " + called(owner.node) + " is niet te beoordelen: " + holds.error().message + ".");
      return true;
    }
    if (*holds) {
      if (owner.node.cancel_remaining) interrupt_scope(scope.key, owner.element.node);
      emit(AdHocClosing{scope.key});
      touch(scope.key);
      return true;
    }
  }
  return scope.live == 0 && scope_is_empty(scope.key);
}

bool Machine::look_at_scopes() {
  bool moved = false;
  std::vector<ScopeKey> touched;
  touched.swap(touched_);
  std::sort(touched.rbegin(), touched.rend());  // Inner scopes first.
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (const ScopeKey key : touched) {
    const ScopeInstance* scope = find_scope(state_, key);
    if (scope == nullptr || state_.is_over()) continue;
    if (fire_inclusive_join(key)) {
      moved = true;
      continue;
    }
    const NodeIndex owner =
        scope->index == kNone ? kNone : release().workflow(scope->workflow).graph().scope(scope->index).owner;
    const bool ad_hoc =
        owner != kNone && release().workflow(scope->workflow).graph().node(owner).kind == NodeKind::ad_hoc_sub_process;
    if (ad_hoc) {
      moved = look_at_ad_hoc(*scope) || moved;
    } else if (scope->live == 0) {
      moved = scope_is_empty(key) || moved;
    } else if (!tokens_in(state_, key).empty()) {
      report_stuck_joins(*scope);
    }
  }
  return moved || next_work_ < queue_.size() || facts_changed_ || !touched_.empty();
}

}  // namespace draad::execute::internal
