// Scopes: opening with inputs, starting, interrupting, ending. One scope instance ends when no token and no element is
// left in it (semantics rule 3); terminating works from the inside out, so that nothing is ever left without its scope.
#include <algorithm>

#include "engine/execute/behaviour/behaviour.h"
#include "engine/execute/internal/machine.h"
#include "engine/execute/internal/text.h"

namespace draad::execute::internal {

using graph::NodeKind;

bool Machine::prepare_local(const Step& step) {
  if (step.element.local != 0) return true;  // Tried again after an incident.
  WorkflowIndex workflow = step.element.node.workflow;
  ScopeIndex index = kNone;
  if (step.node.kind == NodeKind::call_activity) {
    const std::optional<WorkflowIndex> called_workflow = release().find(step.node.called_element);
    if (!called_workflow) {
      stuck(step, IncidentKind::called_process,
            called(step.node) + " roept het proces '" + step.node.called_element +
                "' aan, maar dat zit niet in deze publicatie. Publiceer het mee, of verbeter de verwijzing.");
      return false;
    }
    workflow = *called_workflow;
    index = 0;
  } else if (graph::owns_scope(step.node.kind)) {
    index = step.node.own_scope;
  }
  Facts facts = loop_facts(step.element);
  if (index == kNone && facts.empty() && step.plan.inputs.empty()) return true;

  Facts inputs;
  for (const Assignment& input : step.plan.inputs) {
    Result<Value> value = evaluate(input.formula, step.element.scope, &facts);
    if (!value) {
      stuck(step, IncidentKind::formula,
            "De invoer '" + input.target + "' van " + called(step.node) +
                " heeft geen waarde: " + value.error().message + ".");
      return false;
    }
    inputs.insert_or_assign(input.target, *std::move(value));
  }
  const bool everything =
      step.node.kind == NodeKind::call_activity && (step.node.annotations.all_facts || options().facts_to_process);
  if (everything) {
    for (auto& [name, value] : visible_facts(state_, step.element.scope)) facts.try_emplace(name, value);
  }
  for (auto& [name, value] : inputs) facts.insert_or_assign(name, std::move(value));

  const ScopeKey scope = new_key();
  emit(ScopeOpened{scope, step.element.scope, step.element.key, workflow, index});
  if (!facts.empty()) emit(FactsSet{scope, std::move(facts)});
  return true;
}

void Machine::open_scope_triggers(ScopeKey key) {
  const ScopeInstance scope = *find_scope(state_, key);
  const Workflow& workflow = release().workflow(scope.workflow);
  for (const NodeIndex handler : workflow.graph().scope(scope.index).event_sub_processes) {
    const NodeIndex start = workflow.plan(handler).start;
    if (start == kNone) continue;
    const NodeRef node{scope.workflow, start};
    if (const Result<Done> opened = open_triggers(key, 0, node, key); !opened)
      emit(IncidentRaised{new_key(), IncidentKind::formula, key, 0, node, false, opened.error().message, {}, now()});
  }
}

void Machine::start_scope(ScopeKey key) {
  const ScopeInstance scope = *find_scope(state_, key);
  open_scope_triggers(key);
  const graph::WorkflowGraph& graph = release().workflow(scope.workflow).graph();
  std::vector<NodeIndex> entries = graph.scope(scope.index).entries;
  // Several start events are alternatives, each for an instance of its own; without one, every entry gets a token.
  const auto is_start = [&graph](NodeIndex node) { return graph.node(node).kind == NodeKind::start_event; };
  if (std::all_of(entries.begin(), entries.end(), is_start)) {
    if (entries.size() > 1) entries.resize(1);
  } else {
    std::erase_if(entries, is_start);
  }
  for (const NodeIndex entry : entries) enter_later(activate(key, NodeRef{scope.workflow, entry}));
}

void Machine::touch(ScopeKey scope) {
  if (touched_.empty() || touched_.back() != scope) touched_.push_back(scope);
}

void Machine::terminate_inside(ScopeKey scope) {
  std::vector<ElementKey> inside;
  for (const ElementInstance& element : state_.elements)
    if (element.scope == scope && element.body == 0) inside.push_back(element.key);
  for (const ElementKey element : inside) terminate_element(element);
}

void Machine::interrupt_scope(ScopeKey scope, NodeRef by) {
  terminate_inside(scope);
  emit(ScopeInterrupted{scope, by});
  touch(scope);
}

void Machine::start_event_sub_process(const Waiter& waiter, const Facts& facts) {
  const Workflow& workflow = release().workflow(waiter.node.workflow);
  const graph::FlowNode& start = workflow.graph().node(waiter.node.node);
  const NodeRef handler{waiter.node.workflow, workflow.graph().scope(start.scope).owner};
  emit(TriggerCaught{waiter});
  if (start.interrupting) interrupt_scope(waiter.scope, handler);
  const ElementKey key = activate(waiter.scope, handler);
  if (!prepare_local(step_of(key))) return;
  const ScopeKey inner = find_element(state_, key)->local;
  set_facts(target_scope(inner), facts);
  open_scope_triggers(inner);
  leave(activate(inner, waiter.node));
}

void Machine::end_casus(Event how) {
  terminate_inside(state_.scopes.front().key);
  emit(std::move(how));
}

// True when something moved.
bool Machine::scope_is_empty(ScopeKey key) {
  const ScopeInstance scope = *find_scope(state_, key);
  if (scope.owner == 0) {
    emit(CasusCompleted{});
    return true;
  }
  const Step owner = step_of(scope.owner);
  if (owner.element.status == ElementStatus::stuck) return false;
  behaviour::behaviour_of(owner.node.kind).emptied(owner);
  return true;
}

}  // namespace draad::execute::internal
