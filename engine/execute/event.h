// engine/execute/event.h
//
// What happened to a casus: small facts, in order, the truth from which its state follows. `apply` is the only place
// where a state changes and it decides nothing; a new kind of event does not compile until it is handled there. Who,
// when and why stands with the journal entry (one command, its events), not in each event. No event holds a personal
// value. Closing an element or a scope also removes what hangs on it: its task, timers, subscriptions, incident, loop,
// tokens. Encoding, with the version of each shape: json.h.
#pragma once

#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/execute/state.h"

namespace draad::execute {

struct CasusStarted {
  std::string release;
  WorkflowIndex workflow = 0;
  NodeIndex start = kNone;  // The start event that was triggered; kNone: whatever starts without a trigger.
  Instant at;
};
struct CasusCompleted {};
struct CasusCancelled {
  std::string reason;
};
struct CasusEndedByError {  // An error end event of the process itself that may go uncaught.
  std::string code;
};

struct ScopeOpened {
  ScopeKey scope = 0;
  ScopeKey parent = 0;
  ElementKey owner = 0;
  WorkflowIndex workflow = 0;
  ScopeIndex index = kNone;
};
struct ScopeClosed {
  ScopeKey scope = 0;
};
// An interrupting event sub-process took over: tokens, timers and subscriptions of the scope are gone.
struct ScopeInterrupted {
  ScopeKey scope = 0;
  NodeRef by;
};

struct ElementActivated {
  ElementKey element = 0;
  ScopeKey scope = 0;
  NodeRef node;
  FlowIndex via = kNone;  // The flow its token came by; a join's tokens go with TokensConsumed.
  ElementKey body = 0;
  std::uint32_t loop_index = 0;
};
struct ElementWaits {
  ElementKey element = 0;
};
struct ElementCompleted {
  ElementKey element = 0;
  std::string outcome;  // What the person chose.
};
struct ElementTerminated {
  ElementKey element = 0;
};
struct FlowTaken {
  ScopeKey scope = 0;
  FlowRef flow;
};
struct AdHocClosing {  // Nothing new starts in this ad-hoc sub-process.
  ScopeKey scope = 0;
};
// A join took one token from each of these flows.
struct TokensConsumed {
  ScopeKey scope = 0;
  WorkflowIndex workflow = 0;
  std::vector<FlowIndex> flows;
};

struct LoopStarted {
  ElementKey element = 0;
  std::uint32_t total = 0;
  List items;
};
struct LoopRound {  // An instance of the body starts; its ElementActivated follows.
  ElementKey element = 0;
  std::uint32_t index = 0;
};
struct LoopOutput {  // One instance of the body is done.
  ElementKey element = 0;
  std::uint32_t index = 0;
  Value output;
};

struct TaskOffered {
  ElementKey element = 0;
  graph::TaskKind kind = graph::TaskKind::task;
  std::string role;
  std::string referred_to;
  std::optional<Instant> due_at;
};
struct TaskClaimed {
  ElementKey element = 0;
  std::string person;  // Empty: given back.
};
struct ReferralAccepted {
  ElementKey element = 0;
};
struct ReferralRefused {
  ElementKey element = 0;
  std::string reason;
};
struct ReferralExpired {
  ElementKey element = 0;
};
struct ReferralWithdrawn {
  ElementKey element = 0;
  std::string reason;
};
struct TermijnVerstreken {  // The term of a task that stays open.
  ElementKey element = 0;
};
struct TaskFailed {
  ElementKey element = 0;
  std::string message;
  std::int32_t retries_left = 0;
};

struct TimerScheduled {
  Waiter waiter;
  Instant due_at;
  Instant set_at;
  std::int64_t nth = 1;
  std::string spec;
};
struct TimerFired {
  Waiter waiter;
  std::int64_t nth = 1;
};
struct TimerCancelled {
  Waiter waiter;
};

struct SubscriptionOpened {
  Waiter waiter;
  SubscriptionKind kind = SubscriptionKind::message;
  bool broadcast = false;
  bool municipality_wide = false;
  bool last_truth = false;
  std::string name;
  Value correlation;
};
struct SubscriptionClosed {
  Waiter waiter;
};
struct ConditionObserved {  // A conditional event's truth changed.
  Waiter waiter;
  bool truth = false;
};
struct MessageCorrelated {
  Waiter waiter;
  std::string name;
  std::string message_id;
};
struct MessageBuffered {
  std::uint64_t number = 0;
  std::string name;
  Value correlation;
  Facts facts;
  std::string message_id;
  Instant expires_at;
};
struct MessageUnbuffered {  // Taken by a subscription, or expired.
  std::uint64_t number = 0;
  bool expired = false;
};
// To other casussen, or back into this one: who routes it is the service.
struct MessageThrown {
  ScopeKey scope = 0;
  NodeRef node;
  std::string name;
  Value correlation;
  Facts facts;
};
// Delivered inside the casus already; when municipality_wide, the service passes it to all others.
struct SignalThrown {
  ScopeKey scope = 0;
  NodeRef node;
  std::string name;
  bool municipality_wide = false;
};
struct SignalCaught {
  Waiter waiter;
  std::string name;
};
struct EscalationThrown {
  ScopeKey scope = 0;
  NodeRef node;
  std::string code;
  bool caught = false;  // Uncaught is ignored, and said here (rule 13).
};
struct ErrorThrown {
  ScopeKey scope = 0;
  NodeRef node;
  std::string code;
  bool caught = false;
};
// A boundary event, event sub-process or catch event was triggered.
struct TriggerCaught {
  Waiter waiter;
};
struct TriggerDiscarded {  // Its host is gone (rules 4, 6, 22).
  Waiter waiter;
  std::string reason;
};

struct FactsSet {
  ScopeKey scope = 0;
  Facts facts;
};
struct RuleAnswered {
  ElementKey element = 0;
  std::string rule;
  std::string source;
  std::string version;
  std::string reason;
};
struct DeliveryRequested {
  ElementKey element = 0;
  NodeRef node;
  std::string topic;
  std::vector<std::string> shares;
  std::string ground;
};

struct IncidentRaised {
  IncidentKey incident = 0;
  IncidentKind kind = IncidentKind::condition;
  ScopeKey scope = 0;
  ElementKey element = 0;
  NodeRef node;
  bool leaving = false;
  std::string message;
  std::string detail;
  Instant since;
};
struct IncidentResolved {
  IncidentKey incident = 0;
};

using Event =
    std::variant<CasusStarted, CasusCompleted, CasusCancelled, CasusEndedByError, ScopeOpened, ScopeClosed,
                 ScopeInterrupted, ElementActivated, ElementWaits, ElementCompleted, ElementTerminated, FlowTaken,
                 AdHocClosing, TokensConsumed, LoopStarted, LoopRound, LoopOutput, TaskOffered, TaskClaimed,
                 ReferralAccepted, ReferralRefused, ReferralExpired, ReferralWithdrawn, TermijnVerstreken, TaskFailed,
                 TimerScheduled, TimerFired, TimerCancelled, SubscriptionOpened, SubscriptionClosed, ConditionObserved,
                 MessageCorrelated, MessageBuffered, MessageUnbuffered, MessageThrown, SignalThrown, SignalCaught,
                 EscalationThrown, ErrorThrown, TriggerCaught, TriggerDiscarded, FactsSet, RuleAnswered,
                 DeliveryRequested, IncidentRaised, IncidentResolved>;

[[nodiscard]] std::string_view name_of(const Event& event);  // "FlowTaken": a stable name, for people and logs.

// Call it qualified (execute::apply): an Event is a std::variant, which brings std::apply along.
void apply(CasusState& state, const Event& event);
void apply(CasusState& state, std::span<const Event> events);

}  // namespace draad::execute
