// engine/execute/internal/machine.h
//
// The machine that plays one command: a copy of the state, the events so far, and a queue of tokens on their way. It
// emits an event and applies it at once, so that what is decided and what is replayed cannot differ.
//   Order: first come, first served; parallel branches go on in document order, a step each. When nothing is on its way
//   any more, the scopes that changed are looked at: inclusive joins, tokens that can go nowhere, scopes that are
//   empty. Behaviours (behaviour/) call the verbs below; each is one thing that can happen to a token.
// Threads: one machine a command; nothing is shared but the release.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/execute/decide.h"

namespace draad::execute::internal {

class Machine;

// One element instance at work: what a behaviour sees. `element` is how it was when the step began.
struct Step {
  Machine& machine;
  ElementInstance element;
  const Workflow& workflow;
  const graph::FlowNode& node;
  const NodePlan& plan;
  FlowIndex choice = kNone;  // The flow a person chose in the task before (an exclusive gateway), or in this task.

  [[nodiscard]] ScopeKey inner_scope() const { return element.local != 0 ? element.local : element.scope; }
  [[nodiscard]] FlowRef flow(FlowIndex index) const { return FlowRef{element.node.workflow, index}; }
};

// Who catches an error or escalation.
struct Catcher {
  Waiter waiter;
  bool interrupting = true;
};

class Machine {
 public:
  Machine(const CasusState& before, Instant at, const Surroundings& surroundings);

  [[nodiscard]] const CasusState& state() const { return state_; }
  [[nodiscard]] Instant now() const { return at_; }
  [[nodiscard]] const Release& release() const { return surroundings_.release; }
  [[nodiscard]] const Surroundings& surroundings() const { return surroundings_; }
  [[nodiscard]] const Options& options() const { return surroundings_.options; }
  [[nodiscard]] const BehaviourPort* port() const { return surroundings_.options.behaviour; }
  [[nodiscard]] Step step_of(ElementKey element, FlowIndex choice = kNone);
  [[nodiscard]] Decision finish() && { return Decision{std::move(events_), std::move(state_), false}; }

  void emit(Event event);
  [[nodiscard]] std::uint64_t new_key() const { return state_.next_key; }
  // Plays on until nothing can move. Error: `limit` when the budget of steps is spent.
  [[nodiscard]] Result<Done> settle();
  void renew_budget() { steps_ = 0; }

  // ---- Tokens (machine.cpp)
  // --------------------------------------------------------------------------------------------
  ElementKey activate(ScopeKey scope, NodeRef node, FlowIndex via = kNone, ElementKey body = 0,
                      std::uint32_t index = 0);
  void enter_later(ElementKey element, FlowIndex choice = kNone);
  void enter(ElementKey element, FlowIndex choice = kNone);
  void wait(const Step& step);
  // The element is done: outputs, the flows behind it, and away. An incident when it cannot be left.
  void leave(ElementKey element, FlowIndex choice = kNone);
  // Done, and these flows are taken (gateways, which chose them).
  void leave_by(const Step& step, std::span<const FlowIndex> flows);
  // Done, and its token ends here or goes on elsewhere (end and link events).
  void end_here(const Step& step);
  void stuck(const Step& step, IncidentKind kind, std::string message, std::string detail = {}, bool leaving = false);
  void resolve_incident_of(ElementKey element);
  void terminate_element(ElementKey element);

  // ---- Scopes (scopes.cpp)
  // --------------------------------------------------------------------------------------------- The element's local
  // facts or inner scope, with its inputs; false when an incident was raised.
  [[nodiscard]] bool prepare_local(const Step& step);
  // Event sub-processes listen, and the entries get their tokens.
  void start_scope(ScopeKey scope);
  void open_scope_triggers(ScopeKey scope);
  void terminate_inside(ScopeKey scope);
  void interrupt_scope(ScopeKey scope, NodeRef by);
  void start_event_sub_process(const Waiter& waiter, const Facts& facts);
  void touch(ScopeKey scope);  // Something left: to be looked at when nothing is on its way.
  void end_casus(Event how);

  // ---- Facts and formulas (formulas.cpp)
  // -------------------------------------------------------------------------------
  [[nodiscard]] Result<Value> evaluate(const Formula& formula, ScopeKey scope, const Facts* nearer = nullptr) const;
  [[nodiscard]] Result<bool> flow_holds(const Step& step, FlowIndex flow) const;
  // A condition of an element (loop, completion, conditional event): unknown (null) is not yet true.
  [[nodiscard]] Result<bool> node_holds(const Formula& formula, NodeRef node, ScopeKey scope,
                                        const Facts* nearer = nullptr) const;
  // "leeftijd = 17; vorm = leeg": what the conditions of these flows read.
  [[nodiscard]] std::string seen(const Step& step, std::span<const FlowIndex> flows) const;
  void set_facts(ScopeKey scope, Facts facts);
  // Where what an element yields goes: its own instance in a multi-instance, else the scope it stands in.
  [[nodiscard]] ScopeKey result_scope(const ElementInstance& element) const;
  [[nodiscard]] ScopeKey target_scope(
      ScopeKey scope) const;                           // The scope itself, or its process when the options say so.
  [[nodiscard]] bool apply_outputs(const Step& step);  // False when an incident was raised.
  [[nodiscard]] Result<TimerSpec> timer_spec(const TimerSpec& spec, graph::TimerKind kind, ScopeKey scope,
                                             std::string* text) const;

  // ---- Tasks (tasks.cpp)
  // -----------------------------------------------------------------------------------------------
  void offer(const Step& step);
  // A task that waits for someone, unless a plan says it does not.
  void await_or_complete(const Step& step);
  void complete_task(const Step& step, Facts facts, FlowIndex choice);
  void request_delivery(const Step& step);
  [[nodiscard]] bool throw_message(const Step& step, std::size_t definition);  // False when an incident was raised.
  // A rule or script answers at once.
  void ask(const Step& step, Result<RuleAnswer> answer, std::string_view asked);
  void expire_term(ElementKey element, bool parked);
  void throw_from_task(const Step& step, bool escalation, const std::string& code, const Facts& facts);

  // ---- Triggers (triggers.cpp)
  // ----------------------------------------------------------------------------------------- Opens what an event
  // listens to: a timer or subscription per definition. Done again, it opens only what is missing.
  [[nodiscard]] Result<Done> open_triggers(ScopeKey scope, ElementKey host, NodeRef node, ScopeKey formulas_in);
  [[nodiscard]] Result<Done> open_boundaries(const Step& step);
  void schedule_term(const Step& step);
  void schedule_work(const Step& step, const Duration& duration);
  void fire(const Waiter& waiter, const Facts& facts);
  // `parked`: what it sets off would go on for ever, so it is an incident at its host instead.
  void fire_timer(const TimerState& timer, bool parked);
  [[nodiscard]] bool is_open(const Waiter& waiter) const;
  void observe_conditions();

  // ---- Messages and signals (messages.cpp)
  // -----------------------------------------------------------------------------
  void correlate(const CorrelateMessage& message);
  void match_buffered(const Waiter& waiter);
  [[nodiscard]] bool match_again(std::uint64_t number);  // A kept message whose match was ambiguous.
  void drop_expired_messages();
  void throw_signal(const Step& step, std::size_t definition);
  void broadcast(const std::string& name, const Facts& facts);

  // ---- Errors and escalations (throwing.cpp)
  // ---------------------------------------------------------------------------
  [[nodiscard]] std::optional<Catcher> find_catcher(graph::EventKind kind, const std::string& code, ScopeKey scope,
                                                    ElementKey from_task) const;
  void throw_error_at_end(const Step& step, const graph::EventDefinition& definition);
  // True when the thrower goes on.
  [[nodiscard]] bool throw_escalation(const Step& step, const std::string& code, ElementKey from_task,
                                      const Facts& facts);

  // ---- Loops (loops.cpp)
  // -----------------------------------------------------------------------------------------------
  void start_loop(const Step& step);
  void finish_instance(const Step& step);
  void collect_outputs(const Step& body);
  void end_all_instances(ElementKey body);
  [[nodiscard]] Facts loop_facts(const ElementInstance& instance) const;

  // ---- When nothing is on its way (joins.cpp)
  // --------------------------------------------------------------------------
  [[nodiscard]] bool look_at_scopes();
  void arrive_at_join(ScopeKey scope, NodeRef node);

 private:
  struct Arrive {
    ScopeKey scope;
    FlowRef flow;
    FlowIndex choice;
  };
  struct Enter {
    ElementKey element;
    FlowIndex choice;
  };
  struct MatchBuffered {
    Waiter waiter;
  };
  struct Broadcast {
    std::string name;
    Facts facts;
  };
  using Work = std::variant<Arrive, Enter, MatchBuffered, Broadcast>;

  void arrive(const Arrive& token);
  void take(ScopeKey scope, FlowRef flow, FlowIndex choice);
  void close(const ElementInstance& element, Event how);
  void start_instance(const Step& body, std::uint32_t index);
  [[nodiscard]] bool fire_inclusive_join(ScopeKey scope);
  [[nodiscard]] bool inclusive_enabled(const ScopeInstance& scope, NodeIndex join) const;
  void fire_join(ScopeKey scope, NodeRef node);
  void report_stuck_joins(const ScopeInstance& scope);
  [[nodiscard]] bool look_at_ad_hoc(const ScopeInstance& scope);
  [[nodiscard]] bool scope_is_empty(ScopeKey scope);
  void fire_boundary(const ElementInstance& host, const Waiter& waiter, const Facts& facts);
  void deliver(const SubscriptionState& subscription, const std::string& message_id, const Facts& facts);
  [[nodiscard]] std::vector<SubscriptionState> matching(const std::string& name, const Value& correlation) const;
  [[nodiscard]] std::uint32_t depth_of(ScopeKey scope) const;
  Result<Done> open_definition(const Waiter& waiter, const graph::FlowNode& node, const NodePlan& plan,
                               ScopeKey formulas_in);

  const Surroundings& surroundings_;
  Instant at_;
  CasusState state_;
  std::vector<Event> events_;
  std::vector<Work> queue_;
  std::size_t next_work_ = 0;
  std::vector<ScopeKey> touched_;
  bool facts_changed_ = false;
  std::uint32_t steps_ = 0;
};

}  // namespace draad::execute::internal
