#include "engine/execute/internal/machine.h"

#include <algorithm>

#include "engine/execute/behaviour/behaviour.h"
#include "engine/execute/internal/text.h"

namespace draad::execute::internal {

using graph::NodeKind;

Machine::Machine(const CasusState& before, Instant at, const Surroundings& surroundings)
    : surroundings_(surroundings), at_(at), state_(before) {}

void Machine::emit(Event event) {
  execute::apply(state_, event);  // Qualified: std::apply is looked up through the variant.
  events_.push_back(std::move(event));
}

Step Machine::step_of(ElementKey key, FlowIndex choice) {
  const ElementInstance* element = find_element(state_, key);
  DRAAD_CHECK(element != nullptr);
  const Workflow& workflow = release().workflow(element->node.workflow);
  return Step{*this, *element, workflow, workflow.graph().node(element->node.node), workflow.plan(element->node.node),
              choice};
}

Result<Done> Machine::settle() {
  while (!state_.is_over()) {
    if (facts_changed_) {
      facts_changed_ = false;
      observe_conditions();
      continue;
    }
    if (next_work_ < queue_.size()) {
      if (++steps_ > options().steps_max) {
        return Error{ErrorCode::limit,
                     "Expected at most " + std::to_string(options().steps_max) +
                         " steps in one command (steps_max), but the process goes on: a loop without a wait?",
                     release().workflow(state_.workflow).graph().process_id()};
      }
      const Work work = std::move(queue_[next_work_++]);
      if (next_work_ == queue_.size()) {
        queue_.clear();
        next_work_ = 0;
      }
      std::visit(Overloaded{
                     [this](const Arrive& token) { arrive(token); },
                     [this](const Enter& e) {
                       if (find_element(state_, e.element) != nullptr) enter(e.element, e.choice);
                     },
                     [this](const MatchBuffered& match) { match_buffered(match.waiter); },
                     [this](const Broadcast& signal) { broadcast(signal.name, signal.facts); },
                 },
                 work);
      continue;
    }
    if (!look_at_scopes()) break;
  }
  return Done{};
}

ElementKey Machine::activate(ScopeKey scope, NodeRef node, FlowIndex via, ElementKey body, std::uint32_t index) {
  const ElementKey key = new_key();
  emit(ElementActivated{key, scope, node, via, body, index});
  return key;
}

void Machine::enter_later(ElementKey element, FlowIndex choice) {
  queue_.emplace_back(Enter{element, choice});
}

void Machine::arrive(const Arrive& token) {
  // An interruption in between may have taken the token away.
  const auto found = std::lower_bound(state_.tokens.begin(), state_.tokens.end(), std::pair(token.scope, token.flow),
                                      [](const FlowTokens& tokens, const std::pair<ScopeKey, FlowRef>& wanted) {
                                        return std::pair(tokens.scope, tokens.flow) < wanted;
                                      });
  if (found == state_.tokens.end() || found->scope != token.scope || found->flow != token.flow) return;
  const graph::WorkflowGraph& graph = release().workflow(token.flow.workflow).graph();
  const NodeRef node{token.flow.workflow, graph.flow(token.flow.flow).target};
  const NodeKind kind = graph.node(node.node).kind;
  const bool joins = kind == NodeKind::parallel_gateway || kind == NodeKind::inclusive_gateway;
  if (joins && graph.incoming(node.node).size() > 1) {
    arrive_at_join(token.scope, node);
    return;
  }
  enter(activate(token.scope, node, token.flow.flow), token.choice);
}

void Machine::enter(ElementKey key, FlowIndex choice) {
  const Step step = step_of(key, choice);
  const bool repeats = step.node.multi_instance.has_value() || step.node.loop.has_value();
  if (repeats && step.element.body == 0) {
    start_loop(step);
    return;
  }
  if (graph::is_activity(step.node.kind)) {
    if (!prepare_local(step)) return;
    if (step.element.body == 0) {
      if (const Result<Done> opened = open_boundaries(step); !opened) {
        stuck(step, IncidentKind::formula, opened.error().message);
        return;
      }
    }
    behaviour::behaviour_of(step.node.kind).enter(step_of(key, choice));
    return;
  }
  behaviour::behaviour_of(step.node.kind).enter(step);
}

void Machine::wait(const Step& step) {
  emit(ElementWaits{step.element.key});
}

void Machine::take(ScopeKey scope, FlowRef flow, FlowIndex choice) {
  emit(FlowTaken{scope, flow});
  queue_.emplace_back(Arrive{scope, flow, choice});
}

void Machine::close(const ElementInstance& element, Event how) {
  if (element.local != 0) emit(ScopeClosed{element.local});
  emit(std::move(how));
  touch(element.scope);
}

void Machine::leave(ElementKey key, FlowIndex choice) {
  const Step step = step_of(key, choice);
  if (step.element.body != 0) {
    finish_instance(step);
    return;
  }
  if (!apply_outputs(step)) return;
  const auto outgoing = step.workflow.graph().outgoing(step.element.node.node);
  std::vector<FlowIndex> chosen;
  if (choice != kNone && step.workflow.graph().flow(choice).source == step.element.node.node) {
    chosen.push_back(choice);
  } else {
    for (const FlowIndex flow : outgoing) {  // Several without a gateway is a parallel split (rule 19).
      if (flow == step.node.default_flow) continue;
      if (!step.workflow.graph().flow(flow).has_condition && port() == nullptr) {
        chosen.push_back(flow);
        continue;
      }
      const Result<bool> holds = flow_holds(step, flow);
      if (!holds) {
        stuck(step, IncidentKind::condition, holds.error().message, {}, true);
        return;
      }
      if (*holds) chosen.push_back(flow);
    }
    if (chosen.empty() && step.node.default_flow != kNone) chosen.push_back(step.node.default_flow);
    if (chosen.empty() && !outgoing.empty()) {
      stuck(step, IncidentKind::condition,
            "Na " + called(step.node) + " geldt geen enkele voorwaarde en er is geen standaardpijl. Gezien: " +
                seen(step, outgoing) + ". Verbeter de feiten of het proces en probeer het opnieuw.",
            {}, true);
      return;
    }
  }
  std::string outcome;
  for (const Outcome& possible : step.plan.outcomes)
    if (possible.flow == choice) outcome = possible.value;
  close(step.element, ElementCompleted{key, std::move(outcome)});
  const bool passes_on = choice != kNone && step.workflow.graph().flow(choice).source != step.element.node.node;
  for (const FlowIndex flow : chosen) take(step.element.scope, step.flow(flow), passes_on ? choice : kNone);
}

void Machine::leave_by(const Step& step, std::span<const FlowIndex> flows) {
  close(step.element, ElementCompleted{step.element.key, {}});
  for (const FlowIndex flow : flows) take(step.element.scope, step.flow(flow), kNone);
}

void Machine::end_here(const Step& step) {
  close(step.element, ElementCompleted{step.element.key, {}});
}

void Machine::stuck(const Step& step, IncidentKind kind, std::string message, std::string detail, bool leaving) {
  if (leaving && detail.empty() && step.choice != kNone) detail = step.workflow.graph().flow(step.choice).id;
  resolve_incident_of(step.element.key);  // One incident an element: what came before no longer holds it up.
  emit(IncidentRaised{new_key(), kind, step.element.scope, step.element.key, step.element.node, leaving,
                      std::move(message), std::move(detail), now()});
}

void Machine::resolve_incident_of(ElementKey key) {
  const auto found = std::find_if(state_.incidents.begin(), state_.incidents.end(),
                                  [key](const Incident& incident) { return incident.element == key; });
  if (found != state_.incidents.end()) emit(IncidentResolved{IncidentKey{found->key}});
}

void Machine::terminate_element(ElementKey key) {
  const ElementInstance* found = find_element(state_, key);
  if (found == nullptr) return;
  const ElementInstance element = *found;
  if (find_loop(state_, key) != nullptr) end_all_instances(key);
  if (element.local != 0) {
    terminate_inside(element.local);
    emit(ScopeClosed{element.local});
  }
  emit(ElementTerminated{key});
  touch(element.scope);
}

}  // namespace draad::execute::internal
