// Timers, subscriptions and what they set off. A trigger that finds its host gone is written down and does nothing
// (rules 4, 6, 22).
#include <algorithm>

#include "engine/execute/behaviour/behaviour.h"
#include "engine/execute/internal/machine.h"
#include "engine/execute/internal/text.h"
#include "engine/execute/internal/timer_text.h"

namespace draad::execute::internal {

using graph::EventKind;
using graph::NodeKind;

bool Machine::is_open(const Waiter& waiter) const {
  const auto same = [&waiter](const auto& trigger) { return trigger.waiter == waiter; };
  return std::any_of(state_.timers.begin(), state_.timers.end(), same) ||
         std::any_of(state_.subscriptions.begin(), state_.subscriptions.end(), same);
}

Result<Done> Machine::open_definition(const Waiter& waiter, const graph::FlowNode& node, const NodePlan& plan,
                                      ScopeKey formulas_in) {
  if (is_open(waiter)) return Done{};
  const auto refused = [&](std::string_view what, const Error& why) {
    return Error{ErrorCode::invalid,
                 std::string(what) + " van " + called(node) + " is niet te bepalen: " + why.message + ".", node.id};
  };
  const bool receives = node.kind == NodeKind::receive_task;
  const EventKind kind = receives ? EventKind::message : node.events[waiter.definition].kind;
  switch (kind) {
    case EventKind::timer: {
      const graph::EventDefinition& definition = node.events[waiter.definition];
      std::string text;
      const Result<TimerSpec> spec = timer_spec(plan.timers[waiter.definition], definition.timer, formulas_in, &text);
      if (!spec) return refused("De tijd", spec.error());
      std::optional<Instant> due = due_of(*spec, now(), 1);
      // A timer on working days (draad:kalender) is a legal term: it ends with the last day, as the term of a task
      // does.
      if (spec->duration && node.annotations.calendar == TermijnKalender::werkdagen)
        due = surroundings_.calendar.term_end(now(), *spec->duration, TermijnKalender::werkdagen);
      if (!due) return refused("De tijd", Error{ErrorCode::invalid, "er is geen moment waarop hij afgaat", {}});
      emit(TimerScheduled{waiter, *due, now(), 1, std::move(text)});
      return Done{};
    }
    case EventKind::message: {
      SubscriptionOpened subscription{waiter, SubscriptionKind::message, false, false, false, {}, {}};
      if (!node.events.empty()) {
        subscription.name = node.events[waiter.definition].name;
        subscription.broadcast = node.events[waiter.definition].broadcast;
      }
      if (receives) {
        if (!node.message_name.empty()) subscription.name = node.message_name;
        subscription.broadcast = subscription.broadcast || node.broadcast;
      }
      const Formula& correlation = plan.correlations[waiter.definition];
      if (correlation.present()) {
        Result<Value> value = evaluate(correlation, formulas_in);
        if (!value) return refused("De correlatie", value.error());
        subscription.correlation = *std::move(value);
      }
      emit(std::move(subscription));
      if (!state_.messages.empty()) queue_.emplace_back(MatchBuffered{waiter});
      return Done{};
    }
    case EventKind::signal: {
      const graph::EventDefinition& definition = node.events[waiter.definition];
      emit(SubscriptionOpened{
          waiter, SubscriptionKind::signal, false, definition.municipality_wide, false, definition.name, {}});
      return Done{};
    }
    case EventKind::conditional:
      emit(SubscriptionOpened{waiter, SubscriptionKind::conditional, false, false, false, {}, {}});
      facts_changed_ = true;  // It may hold already.
      return Done{};
    default:
      return Done{};  // Errors and escalations are looked for when they are thrown.
  }
}

Result<Done> Machine::open_triggers(ScopeKey scope, ElementKey host, NodeRef node, ScopeKey formulas_in) {
  const Workflow& workflow = release().workflow(node.workflow);
  const graph::FlowNode& flow_node = workflow.graph().node(node.node);
  const std::size_t definitions = flow_node.kind == NodeKind::receive_task ? 1 : flow_node.events.size();
  for (std::uint32_t i = 0; i < definitions; ++i)
    DRAAD_TRY_DONE(open_definition(Waiter{scope, host, node, i}, flow_node, workflow.plan(node.node), formulas_in));
  return Done{};
}

Result<Done> Machine::open_boundaries(const Step& step) {
  for (const NodeIndex boundary : step.workflow.graph().boundary_events(step.element.node.node)) {
    DRAAD_TRY_DONE(open_triggers(step.element.scope, step.element.key, NodeRef{step.element.node.workflow, boundary},
                                 step.element.scope));
  }
  return Done{};
}

void Machine::schedule_term(const Step& step) {
  const Result<TimerSpec> spec = timer_spec(step.plan.termijn, graph::TimerKind::duration, step.inner_scope(), nullptr);
  if (!spec) {
    stuck(step, IncidentKind::formula,
          "De termijn van " + called(step.node) + " is niet te bepalen: " + spec.error().message + ".");
    return;
  }
  std::optional<Instant> due = spec->date;
  if (spec->duration) due = surroundings_.calendar.term_end(now(), *spec->duration, step.node.annotations.calendar);
  if (due)
    emit(TimerScheduled{
        Waiter{step.element.scope, step.element.key, step.element.node, kTermTimer}, *due, now(), 1, {}});
}

void Machine::schedule_work(const Step& step, const Duration& duration) {
  emit(TimerScheduled{
      Waiter{step.element.scope, step.element.key, step.element.node, kWorkTimer}, add(now(), duration), now(), 1, {}});
}

void Machine::fire_timer(const TimerState& at, bool parked) {
  const TimerState timer = at;
  if (timer.waiter.definition == kTermTimer) {
    emit(TermijnVerstreken{timer.waiter.element});
    return;
  }
  emit(TimerFired{timer.waiter, timer.nth});
  if (timer.waiter.definition == kWorkTimer) {
    complete_task(step_of(timer.waiter.element), {}, kNone);
    return;
  }
  const Workflow& workflow = release().workflow(timer.waiter.node.workflow);
  const graph::FlowNode& node = workflow.graph().node(timer.waiter.node.node);
  const graph::EventDefinition& definition = node.events[timer.waiter.definition];
  const bool stays =
      !node.interrupting && (node.kind == NodeKind::boundary_event || node.kind == NodeKind::start_event);
  if (stays && definition.timer == graph::TimerKind::cycle) {
    const Result<TimerSpec> spec =
        timer.spec.empty() ? Result<TimerSpec>(workflow.plan(timer.waiter.node.node).timers[timer.waiter.definition])
                           : parse_timer(definition.timer, timer.spec);
    if (spec) {
      const std::int64_t next = first_firing_after(*spec, timer.set_at, timer.nth + 1, now());
      const std::optional<Instant> due = due_of(*spec, timer.set_at, next);
      if (due && *due > now()) emit(TimerScheduled{timer.waiter, *due, timer.set_at, next, timer.spec});
    }
  }
  if (parked) {
    if (timer.waiter.element != 0) resolve_incident_of(timer.waiter.element);
    emit(IncidentRaised{new_key(), IncidentKind::out_of_steps, timer.waiter.scope, timer.waiter.element,
                        timer.waiter.node, false,
                        "Wat de wekker " + called(node) +
                            " in gang zet, gaat eindeloos door: in het proces zit een kring zonder wachtende stap.",
                        std::to_string(timer.waiter.definition), now()});
    return;
  }
  fire(timer.waiter, {});
}

void Machine::fire(const Waiter& waiter, const Facts& facts) {
  if (waiter.element == 0) {
    if (find_scope(state_, waiter.scope) == nullptr) {
      emit(TriggerDiscarded{waiter, "scope"});
      return;
    }
    start_event_sub_process(waiter, facts);
    return;
  }
  const ElementInstance* host = find_element(state_, waiter.element);
  if (host == nullptr) {
    emit(TriggerDiscarded{waiter, "element"});
    return;
  }
  if (host->node != waiter.node && release().node(waiter.node).kind == NodeKind::boundary_event) {
    fire_boundary(*host, waiter, facts);
    return;
  }
  const Step step = step_of(waiter.element);
  emit(TriggerCaught{waiter});
  behaviour::behaviour_of(step.node.kind).triggered(step, waiter, facts);
}

void Machine::fire_boundary(const ElementInstance& at, const Waiter& waiter, const Facts& facts) {
  const ElementInstance host = at;
  emit(TriggerCaught{waiter});
  if (release().node(waiter.node).interrupting) terminate_element(host.key);
  const ElementKey boundary = activate(host.scope, waiter.node);
  set_facts(target_scope(host.scope), facts);
  leave(boundary);
}

std::uint32_t Machine::depth_of(ScopeKey key) const {
  std::uint32_t depth = 0;
  for (const ScopeInstance* scope = find_scope(state_, key); scope != nullptr;
       scope = find_scope(state_, scope->parent))
    ++depth;
  return depth;
}

// Edge triggered: an event fires when its condition goes from not true to true. Outermost scope first; whoever is gone
// by the time it is its turn was interrupted (rule 16).
void Machine::observe_conditions() {
  std::vector<std::pair<std::uint32_t, Waiter>> waiters;
  for (const SubscriptionState& subscription : state_.subscriptions)
    if (subscription.kind == SubscriptionKind::conditional)
      waiters.emplace_back(depth_of(subscription.waiter.scope), subscription.waiter);
  std::stable_sort(waiters.begin(), waiters.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [depth, waiter] : waiters) {
    const auto found = std::find_if(state_.subscriptions.begin(), state_.subscriptions.end(),
                                    [&w = waiter](const SubscriptionState& open) { return open.waiter == w; });
    if (found == state_.subscriptions.end()) continue;
    const Workflow& workflow = release().workflow(waiter.node.workflow);
    const Result<bool> holds =
        node_holds(workflow.plan(waiter.node.node).conditions[waiter.definition], waiter.node, waiter.scope);
    const bool truth = holds && *holds;  // What cannot be judged is not yet true.
    if (truth == found->last_truth) continue;
    emit(ConditionObserved{waiter, truth});
    if (truth) fire(waiter, {});
  }
}

}  // namespace draad::execute::internal
