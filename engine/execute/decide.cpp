// decide: checks what a command asks against the state, then has the machine play it. One function a command.
#include "engine/execute/decide.h"

#include <algorithm>

#include "engine/execute/behaviour/behaviour.h"
#include "engine/execute/internal/machine.h"

namespace draad::execute {

namespace {

using graph::NodeKind;
using internal::Machine;
using internal::Step;

Error refused(ErrorCode code, std::string message, std::string where = {}) {
  return Error{code, std::move(message), std::move(where)};
}

std::string key_text(std::uint64_t key) {
  return std::to_string(key);
}

class Commander {
 public:
  // `parked`: the firings (from 0) of FireDueTimers that would go on for ever.
  Commander(Machine& machine, std::span<const std::size_t> parked) : machine_(machine), parked_(parked) {}

  [[nodiscard]] std::size_t firing() const { return firing_; }

  Result<Done> operator()(const StartCasus& start) {
    if (machine_.state().status != CasusStatus::fresh)
      return refused(ErrorCode::conflict, "Expected a casus that has not begun, but it has");
    const Release& release = machine_.release();
    const std::optional<WorkflowIndex> index = release.find(start.process_id);
    if (!index)
      return refused(ErrorCode::not_found, "Expected a process of this release, but found none", start.process_id);
    const graph::WorkflowGraph& graph = release.workflow(*index).graph();
    NodeIndex begin = kNone;
    if (!start.start_event.empty()) {
      const std::optional<NodeIndex> node = graph.find_node(start.start_event);
      if (!node || graph.node(*node).scope != 0 || graph.node(*node).kind != NodeKind::start_event)
        return refused(ErrorCode::not_found, "Expected a start event of the process, but found none",
                       start.start_event);
      begin = *node;
    } else {
      const auto& entries = graph.scope(0).entries;
      const bool only_triggered =
          entries.empty() || (graph.node(entries.front()).kind == NodeKind::start_event &&
                              graph.node(entries.front()).event_kind() != graph::EventKind::none);
      if (only_triggered && !release.lenient())
        return refused(ErrorCode::invalid, "Expected the start event that was triggered, but the command names none",
                       start.process_id);
    }
    machine_.emit(CasusStarted{release.version(), *index, begin, machine_.now()});
    const ScopeKey scope = machine_.new_key();
    machine_.emit(ScopeOpened{scope, 0, 0, *index, 0});
    machine_.set_facts(scope, start.facts);
    if (begin == kNone) {
      machine_.start_scope(scope);
    } else {
      machine_.open_scope_triggers(scope);
      machine_.enter_later(machine_.activate(scope, NodeRef{*index, begin}));
    }
    machine_.touch(scope);
    return Done{};
  }

  Result<Done> operator()(const CompleteTask& complete) {
    DRAAD_TRY(const Step step, task(complete.element));
    DRAAD_TRY_DONE(not_stuck(step, true));
    const TaskState& waiting = *find_task(machine_.state(), complete.element);
    if (waiting.referral > ReferralState::accepted)
      return refused(ErrorCode::conflict, "Expected a referral that is still open, but it was answered before",
                     step.node.id);
    DRAAD_TRY(const FlowIndex choice, chosen_flow(step, complete.outcome));
    if (waiting.referral == ReferralState::offered)
      machine_.emit(ReferralAccepted{complete.element});  // Who did it, took it.
    Facts facts = complete.facts;
    for (const Outcome& outcome : step.plan.outcomes)
      if (outcome.flow == choice) facts.insert_or_assign("uitkomst", Value(outcome.value));
    if (choice == kNone && !complete.outcome.empty()) facts.insert_or_assign("uitkomst", Value(complete.outcome));
    resolve_incident(complete.element);
    machine_.complete_task(step, std::move(facts),
                           step.plan.outcome_decides || own_flow(step, choice) ? choice : kNone);
    return Done{};
  }

  Result<Done> operator()(const ClaimTask& claim) {
    DRAAD_TRY(const Step step, task(claim.element));
    const TaskState& waiting = *find_task(machine_.state(), claim.element);
    if (!claim.person.empty() && !waiting.assignee.empty() && waiting.assignee != claim.person)
      return refused(ErrorCode::conflict, "Expected a task that nobody has, but somebody else took it", step.node.id);
    if (waiting.assignee != claim.person) machine_.emit(TaskClaimed{claim.element, claim.person});
    return Done{};
  }

  Result<Done> operator()(const AcceptReferral& accept) {
    DRAAD_TRY(const Step step, referral(accept.element, {ReferralState::offered}));
    machine_.emit(ReferralAccepted{step.element.key});
    return Done{};
  }

  Result<Done> operator()(const RefuseReferral& refuse) {
    DRAAD_TRY(const Step step, referral(refuse.element, {ReferralState::offered}));
    machine_.emit(ReferralRefused{step.element.key, refuse.reason});
    machine_.throw_from_task(step, false, "verwijzing.geweigerd", {});
    return Done{};
  }

  Result<Done> operator()(const WithdrawReferral& withdraw) {
    DRAAD_TRY(const Step step, referral(withdraw.element, {ReferralState::offered, ReferralState::accepted}));
    machine_.emit(ReferralWithdrawn{step.element.key, withdraw.reason});
    machine_.throw_from_task(step, false, "verwijzing.ingetrokken", {});
    return Done{};
  }

  Result<Done> operator()(const ThrowFromTask& thrown) {
    DRAAD_TRY(const Step step, task(thrown.element));
    DRAAD_TRY_DONE(not_stuck(step, true));
    resolve_incident(thrown.element);
    machine_.throw_from_task(step, thrown.escalation, thrown.code, thrown.facts);
    return Done{};
  }

  Result<Done> operator()(const FailTask& fail) {
    DRAAD_TRY(const Step step, task(fail.element));
    DRAAD_TRY_DONE(not_stuck(step, false));
    machine_.emit(TaskFailed{fail.element, fail.message, fail.retries_left});
    if (fail.retries_left <= 0) {
      machine_.stuck(step, IncidentKind::task_failed,
                     "Het werk van '" + step.node.id + "' lukt niet: " + fail.message +
                         ". Herstel de oorzaak en probeer het opnieuw.");
    }
    return Done{};
  }

  // One moment after another, and each plays out before the next: what the first ends, the second no longer finds.
  Result<Done> operator()(const FireDueTimers&) {
    for (std::size_t number = 0;; ++number) {
      const CasusState& state = machine_.state();
      const TimerState* timer = nullptr;
      for (const TimerState& candidate : state.timers)
        if (candidate.due_at <= machine_.now() && (timer == nullptr || candidate.due_at < timer->due_at))
          timer = &candidate;
      const TaskState* term = nullptr;
      for (const TaskState& candidate : state.tasks) {
        if (!candidate.due_at || candidate.overdue || *candidate.due_at > machine_.now()) continue;
        if (term == nullptr || *candidate.due_at < *term->due_at) term = &candidate;
      }
      firing_ = number;
      machine_.renew_budget();
      const bool parked = std::find(parked_.begin(), parked_.end(), number) != parked_.end();
      if (timer != nullptr && (term == nullptr || timer->due_at <= *term->due_at)) {
        machine_.fire_timer(*timer, parked);
      } else if (term != nullptr) {
        machine_.expire_term(term->element, parked);
      } else {
        break;
      }
      DRAAD_TRY_DONE(machine_.settle());
      if (machine_.state().is_over()) return Done{};
    }
    machine_.drop_expired_messages();
    return Done{};
  }

  Result<Done> operator()(const CorrelateMessage& message) {
    machine_.correlate(message);
    return Done{};
  }
  Result<Done> operator()(const BroadcastSignal& signal) {
    machine_.broadcast(signal.name, signal.facts);
    return Done{};
  }

  Result<Done> operator()(const SetFacts& set) {
    const ScopeKey key = set.scope == 0 ? machine_.state().scopes.front().key : set.scope;
    if (find_scope(machine_.state(), key) == nullptr)
      return refused(ErrorCode::not_found, "Expected a scope of this casus, but it is gone", key_text(key));
    machine_.set_facts(key, set.facts);
    return Done{};
  }

  Result<Done> operator()(const ActivateAdHoc& activate) {
    DRAAD_TRY(const Step step, ad_hoc(activate.ad_hoc));
    const graph::WorkflowGraph& graph = step.workflow.graph();
    const std::optional<NodeIndex> node = graph.find_node(activate.activity);
    if (!node || graph.node(*node).scope != step.node.own_scope || !graph::is_activity(graph.node(*node).kind) ||
        graph.node(*node).kind == NodeKind::event_sub_process || !graph.incoming(*node).empty()) {
      return refused(ErrorCode::not_found,
                     "Expected an activity that can be started in this ad-hoc sub-process, but found none",
                     activate.activity);
    }
    const ScopeInstance& scope = *find_scope(machine_.state(), step.element.local);
    if (scope.closing || scope.interrupted)
      return refused(ErrorCode::conflict, "Expected an open ad-hoc sub-process, but it is closing", step.node.id);
    if (step.node.ad_hoc_sequential && scope.live > 0)
      return refused(ErrorCode::conflict,
                     "Expected nothing to run in a sequential ad-hoc sub-process, but something does", step.node.id);
    machine_.enter_later(machine_.activate(scope.key, NodeRef{step.element.node.workflow, *node}));
    return Done{};
  }

  Result<Done> operator()(const CompleteAdHoc& complete) {
    DRAAD_TRY(const Step step, ad_hoc(complete.ad_hoc));
    const ScopeInstance scope = *find_scope(machine_.state(), step.element.local);
    if (scope.closing)
      return refused(ErrorCode::conflict, "Expected an open ad-hoc sub-process, but it is closing", step.node.id);
    if (step.node.cancel_remaining && scope.live > 0) machine_.interrupt_scope(scope.key, step.element.node);
    machine_.emit(AdHocClosing{scope.key});
    machine_.touch(scope.key);
    return Done{};
  }

  Result<Done> operator()(const RetryIncident& retry) {
    const auto& incidents = machine_.state().incidents;
    const auto found = std::find_if(incidents.begin(), incidents.end(),
                                    [&retry](const Incident& incident) { return incident.key == retry.incident; });
    if (found == incidents.end())
      return refused(ErrorCode::not_found, "Expected an open incident, but it is gone", key_text(retry.incident));
    const Incident incident = *found;
    if (incident.element == 0) return retry_place(incident);
    machine_.emit(IncidentResolved{incident.key});
    const Step step = machine_.step_of(incident.element);
    if (incident.kind == IncidentKind::out_of_steps && !incident.detail.empty()) {
      fire_again(incident, step);
    } else if (incident.leaving) {
      const std::optional<FlowIndex> choice = step.workflow.graph().find_flow(incident.detail);
      machine_.leave(incident.element, choice.value_or(kNone));
    } else if (step.node.kind == NodeKind::ad_hoc_sub_process && step.element.local != 0 &&
               incident.kind == IncidentKind::condition) {
      machine_.wait(step);
      machine_.touch(step.element.local);
    } else {
      machine_.enter(incident.element);
    }
    return Done{};
  }

  Result<Done> operator()(const CancelCasus& cancel) {
    machine_.end_casus(CasusCancelled{cancel.reason});
    return Done{};
  }

 private:
  Result<Step> element(ElementKey key) {
    if (find_element(machine_.state(), key) == nullptr)
      return refused(ErrorCode::not_found, "Expected a step that is still open, but it is done or was ended",
                     key_text(key));
    return machine_.step_of(key);
  }
  Result<Step> task(ElementKey key) {
    DRAAD_TRY(const Step step, element(key));
    if (find_task(machine_.state(), key) == nullptr)
      return refused(ErrorCode::conflict, "Expected a task that waits for somebody, but this step does not",
                     step.node.id);
    return step;
  }
  Result<Step> referral(ElementKey key, std::initializer_list<ReferralState> allowed) {
    DRAAD_TRY(const Step step, task(key));
    const TaskState& waiting = *find_task(machine_.state(), key);
    if (waiting.kind != graph::TaskKind::referral)
      return refused(ErrorCode::conflict, "Expected a referral, but this is a task", step.node.id);
    if (std::find(allowed.begin(), allowed.end(), waiting.referral) == allowed.end())
      return refused(ErrorCode::conflict, "Expected a referral that is still open for this, but it was answered before",
                     step.node.id);
    return step;
  }
  Result<Step> ad_hoc(ElementKey key) {
    DRAAD_TRY(const Step step, element(key));
    if (step.node.kind != NodeKind::ad_hoc_sub_process || step.element.local == 0)
      return refused(ErrorCode::conflict, "Expected an ad-hoc sub-process that runs, but this step is none",
                     step.node.id);
    return step;
  }

  // These hold nothing up that a person could not do all the same.
  static bool may_go_on(IncidentKind kind) {
    return kind == IncidentKind::task_failed || kind == IncidentKind::out_of_steps;
  }

  // A task that a worker gave up on may still be done after all; any other incident has to be solved first.
  Result<Done> not_stuck(const Step& step, bool after_failure) const {
    for (const Incident& incident : machine_.state().incidents) {
      if (incident.element != step.element.key || (after_failure && may_go_on(incident.kind))) continue;
      return refused(ErrorCode::conflict, "Expected a task without an incident, but it is stuck", step.node.id);
    }
    return Done{};
  }
  void resolve_incident(ElementKey key) {
    const bool stuck = find_element(machine_.state(), key)->status == ElementStatus::stuck;
    machine_.resolve_incident_of(key);
    if (stuck) machine_.emit(ElementWaits{key});
  }

  static bool own_flow(const Step& step, FlowIndex flow) {
    return flow != kNone && step.workflow.graph().flow(flow).source == step.element.node.node;
  }

  // The flow behind the task that a person chose, by its id, name or value.
  Result<FlowIndex> chosen_flow(const Step& step, const std::string& outcome) const {
    if (step.plan.outcomes.empty()) return kNone;
    std::string choices;
    for (const Outcome& possible : step.plan.outcomes) {
      if (!outcome.empty() && (outcome == possible.value || outcome == possible.label ||
                               outcome == step.workflow.graph().flow(possible.flow).id))
        return possible.flow;
      choices += (choices.empty() ? "" : ", ") + possible.value;
    }
    const bool needed = step.plan.outcome_decides && machine_.port() == nullptr;
    if (outcome.empty() && !needed) return kNone;
    return refused(ErrorCode::invalid,
                   "Expected one of the outcomes " + choices + ", but " +
                       (outcome.empty() ? "none was chosen" : "got '" + outcome + "'"),
                   step.node.id);
  }

  // An incident of a place: a join, a message that fits twice, an event sub-process that cannot listen.
  Result<Done> retry_place(const Incident& incident) {
    if (incident.kind == IncidentKind::join_stuck) {
      machine_.emit(IncidentResolved{incident.key});
      machine_.touch(incident.scope);
      return Done{};
    }
    if (incident.kind == IncidentKind::message_ambiguous) {
      std::uint64_t number = 0;
      for (const BufferedMessage& message : machine_.state().messages)
        if (std::to_string(message.number) == incident.detail) number = message.number;
      if (!machine_.match_again(number))
        return refused(ErrorCode::conflict, "Expected one place where the message fits, but there are still several");
      machine_.emit(IncidentResolved{incident.key});
      return Done{};
    }
    machine_.emit(IncidentResolved{incident.key});
    if (incident.kind == IncidentKind::out_of_steps) {
      machine_.fire(Waiter{incident.scope, 0, incident.node, static_cast<std::uint32_t>(std::stoul(incident.detail))},
                    {});
      return Done{};
    }
    const Result<Done> opened = machine_.open_triggers(incident.scope, 0, incident.node, incident.scope);
    if (!opened) {
      machine_.emit(IncidentRaised{machine_.new_key(),
                                   incident.kind,
                                   incident.scope,
                                   0,
                                   incident.node,
                                   false,
                                   opened.error().message,
                                   {},
                                   machine_.now()});
    }
    return Done{};
  }

  // What a timer set off went on for ever; the model, or a fact, has been mended since.
  void fire_again(const Incident& incident, const Step& step) {
    const bool was_busy =
        graph::is_activity(step.node.kind) && find_task(machine_.state(), incident.element) == nullptr;
    if (!was_busy) machine_.emit(ElementWaits{incident.element});
    machine_.fire(Waiter{incident.scope, incident.element, incident.node,
                         static_cast<std::uint32_t>(std::stoul(incident.detail))},
                  {});
  }

  Machine& machine_;
  std::span<const std::size_t> parked_;
  std::size_t firing_ = 0;
};

}  // namespace

Result<Decision> decide(const CasusState& before, const Command& command, const Surroundings& surroundings) {
  const bool starts = std::holds_alternative<StartCasus>(command.body);
  if (!starts && before.status == CasusStatus::fresh)
    return refused(ErrorCode::not_found, "Expected a casus that has begun, but it has not");
  if (before.is_over()) return refused(ErrorCode::conflict, "Expected a casus that runs, but it is over");
  if (!starts && before.release != surroundings.release.version()) {
    return refused(ErrorCode::invalid, "Expected the release " + before.release +
                                           " that the casus is pinned to, but got " + surroundings.release.version());
  }
  std::vector<std::size_t> parked;
  for (;;) {
    Machine machine(before, command.at, surroundings);
    Commander commander(machine, parked);
    Result<Done> played = std::visit(commander, command.body);
    if (played) played = machine.settle();
    const bool spent = !played && played.error().code == ErrorCode::limit;
    const bool partial = spent && surroundings.options.partial_at_limit;
    // Nobody hears a timer being refused, and the other timers have to go on: the one that goes on for ever is set
    // aside.
    if (spent && !partial && std::holds_alternative<FireDueTimers>(command.body)) {
      parked.push_back(commander.firing());
      continue;
    }
    if (!played && !partial) return played.error();
    Decision decision = std::move(machine).finish();
    decision.out_of_steps = partial;
    return decision;
  }
}

}  // namespace draad::execute
