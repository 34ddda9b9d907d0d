// engine/execute/internal/shapes.h
//
// The written shape of every event and of every part of a state: which members, in which order, and (for events) under
// which name. Names and orders are for ever: a member that is added, moved or removed makes a new name, and the old
// shape stays readable.
#pragma once

#include <string_view>
#include <tuple>

#include "engine/execute/event.h"

namespace draad::execute::internal {

template <typename T>
struct Shape;  // tag: the event's name on disk; members: pointers to members, in order.

#define DRAAD_MEMBERS(...) static constexpr auto members = std::make_tuple(__VA_ARGS__)

template <>
struct Shape<NodeRef> {
  DRAAD_MEMBERS(&NodeRef::workflow, &NodeRef::node);
};
template <>
struct Shape<FlowRef> {
  DRAAD_MEMBERS(&FlowRef::workflow, &FlowRef::flow);
};
template <>
struct Shape<Waiter> {
  DRAAD_MEMBERS(&Waiter::scope, &Waiter::element, &Waiter::node, &Waiter::definition);
};

template <>
struct Shape<CasusStarted> {
  static constexpr std::string_view tag = "cs";
  DRAAD_MEMBERS(&CasusStarted::release, &CasusStarted::workflow, &CasusStarted::start, &CasusStarted::at);
};
template <>
struct Shape<CasusCompleted> {
  static constexpr std::string_view tag = "cc";
  DRAAD_MEMBERS();
};
template <>
struct Shape<CasusCancelled> {
  static constexpr std::string_view tag = "cx";
  DRAAD_MEMBERS(&CasusCancelled::reason);
};
template <>
struct Shape<CasusEndedByError> {
  static constexpr std::string_view tag = "ce";
  DRAAD_MEMBERS(&CasusEndedByError::code);
};
template <>
struct Shape<ScopeOpened> {
  static constexpr std::string_view tag = "so";
  DRAAD_MEMBERS(&ScopeOpened::scope, &ScopeOpened::parent, &ScopeOpened::owner, &ScopeOpened::workflow,
                &ScopeOpened::index);
};
template <>
struct Shape<ScopeClosed> {
  static constexpr std::string_view tag = "sc";
  DRAAD_MEMBERS(&ScopeClosed::scope);
};
template <>
struct Shape<ScopeInterrupted> {
  static constexpr std::string_view tag = "si";
  DRAAD_MEMBERS(&ScopeInterrupted::scope, &ScopeInterrupted::by);
};
template <>
struct Shape<ElementActivated> {
  static constexpr std::string_view tag = "ea";
  DRAAD_MEMBERS(&ElementActivated::element, &ElementActivated::scope, &ElementActivated::node, &ElementActivated::via,
                &ElementActivated::body, &ElementActivated::loop_index);
};
template <>
struct Shape<ElementWaits> {
  static constexpr std::string_view tag = "ew";
  DRAAD_MEMBERS(&ElementWaits::element);
};
template <>
struct Shape<ElementCompleted> {
  static constexpr std::string_view tag = "ec";
  DRAAD_MEMBERS(&ElementCompleted::element, &ElementCompleted::outcome);
};
template <>
struct Shape<ElementTerminated> {
  static constexpr std::string_view tag = "et";
  DRAAD_MEMBERS(&ElementTerminated::element);
};
template <>
struct Shape<FlowTaken> {
  static constexpr std::string_view tag = "ft";
  DRAAD_MEMBERS(&FlowTaken::scope, &FlowTaken::flow);
};
template <>
struct Shape<AdHocClosing> {
  static constexpr std::string_view tag = "ac";
  DRAAD_MEMBERS(&AdHocClosing::scope);
};
template <>
struct Shape<TokensConsumed> {
  static constexpr std::string_view tag = "tc";
  DRAAD_MEMBERS(&TokensConsumed::scope, &TokensConsumed::workflow, &TokensConsumed::flows);
};
template <>
struct Shape<LoopStarted> {
  static constexpr std::string_view tag = "ls";
  DRAAD_MEMBERS(&LoopStarted::element, &LoopStarted::total, &LoopStarted::items);
};
template <>
struct Shape<LoopRound> {
  static constexpr std::string_view tag = "lr";
  DRAAD_MEMBERS(&LoopRound::element, &LoopRound::index);
};
template <>
struct Shape<LoopOutput> {
  static constexpr std::string_view tag = "lo";
  DRAAD_MEMBERS(&LoopOutput::element, &LoopOutput::index, &LoopOutput::output);
};
template <>
struct Shape<TaskOffered> {
  static constexpr std::string_view tag = "to";
  DRAAD_MEMBERS(&TaskOffered::element, &TaskOffered::kind, &TaskOffered::role, &TaskOffered::referred_to,
                &TaskOffered::due_at);
};
template <>
struct Shape<TaskClaimed> {
  static constexpr std::string_view tag = "tk";
  DRAAD_MEMBERS(&TaskClaimed::element, &TaskClaimed::person);
};
template <>
struct Shape<ReferralAccepted> {
  static constexpr std::string_view tag = "ra";
  DRAAD_MEMBERS(&ReferralAccepted::element);
};
template <>
struct Shape<ReferralRefused> {
  static constexpr std::string_view tag = "rr";
  DRAAD_MEMBERS(&ReferralRefused::element, &ReferralRefused::reason);
};
template <>
struct Shape<ReferralExpired> {
  static constexpr std::string_view tag = "rx";
  DRAAD_MEMBERS(&ReferralExpired::element);
};
template <>
struct Shape<ReferralWithdrawn> {
  static constexpr std::string_view tag = "rw";
  DRAAD_MEMBERS(&ReferralWithdrawn::element, &ReferralWithdrawn::reason);
};
template <>
struct Shape<TermijnVerstreken> {
  static constexpr std::string_view tag = "tv";
  DRAAD_MEMBERS(&TermijnVerstreken::element);
};
template <>
struct Shape<TaskFailed> {
  static constexpr std::string_view tag = "tf";
  DRAAD_MEMBERS(&TaskFailed::element, &TaskFailed::message, &TaskFailed::retries_left);
};
template <>
struct Shape<TimerScheduled> {
  static constexpr std::string_view tag = "ts";
  DRAAD_MEMBERS(&TimerScheduled::waiter, &TimerScheduled::due_at, &TimerScheduled::set_at, &TimerScheduled::nth,
                &TimerScheduled::spec);
};
template <>
struct Shape<TimerFired> {
  static constexpr std::string_view tag = "tr";
  DRAAD_MEMBERS(&TimerFired::waiter, &TimerFired::nth);
};
template <>
struct Shape<TimerCancelled> {
  static constexpr std::string_view tag = "tx";
  DRAAD_MEMBERS(&TimerCancelled::waiter);
};
template <>
struct Shape<SubscriptionOpened> {
  static constexpr std::string_view tag = "uo";
  DRAAD_MEMBERS(&SubscriptionOpened::waiter, &SubscriptionOpened::kind, &SubscriptionOpened::broadcast,
                &SubscriptionOpened::municipality_wide, &SubscriptionOpened::last_truth, &SubscriptionOpened::name,
                &SubscriptionOpened::correlation);
};
template <>
struct Shape<SubscriptionClosed> {
  static constexpr std::string_view tag = "uc";
  DRAAD_MEMBERS(&SubscriptionClosed::waiter);
};
template <>
struct Shape<ConditionObserved> {
  static constexpr std::string_view tag = "co";
  DRAAD_MEMBERS(&ConditionObserved::waiter, &ConditionObserved::truth);
};
template <>
struct Shape<MessageCorrelated> {
  static constexpr std::string_view tag = "mc";
  DRAAD_MEMBERS(&MessageCorrelated::waiter, &MessageCorrelated::name, &MessageCorrelated::message_id);
};
template <>
struct Shape<MessageBuffered> {
  static constexpr std::string_view tag = "mb";
  DRAAD_MEMBERS(&MessageBuffered::number, &MessageBuffered::name, &MessageBuffered::correlation,
                &MessageBuffered::facts, &MessageBuffered::message_id, &MessageBuffered::expires_at);
};
template <>
struct Shape<MessageUnbuffered> {
  static constexpr std::string_view tag = "mu";
  DRAAD_MEMBERS(&MessageUnbuffered::number, &MessageUnbuffered::expired);
};
template <>
struct Shape<MessageThrown> {
  static constexpr std::string_view tag = "mt";
  DRAAD_MEMBERS(&MessageThrown::scope, &MessageThrown::node, &MessageThrown::name, &MessageThrown::correlation,
                &MessageThrown::facts);
};
template <>
struct Shape<SignalThrown> {
  static constexpr std::string_view tag = "st";
  DRAAD_MEMBERS(&SignalThrown::scope, &SignalThrown::node, &SignalThrown::name, &SignalThrown::municipality_wide);
};
template <>
struct Shape<SignalCaught> {
  static constexpr std::string_view tag = "sg";
  DRAAD_MEMBERS(&SignalCaught::waiter, &SignalCaught::name);
};
template <>
struct Shape<EscalationThrown> {
  static constexpr std::string_view tag = "es";
  DRAAD_MEMBERS(&EscalationThrown::scope, &EscalationThrown::node, &EscalationThrown::code, &EscalationThrown::caught);
};
template <>
struct Shape<ErrorThrown> {
  static constexpr std::string_view tag = "er";
  DRAAD_MEMBERS(&ErrorThrown::scope, &ErrorThrown::node, &ErrorThrown::code, &ErrorThrown::caught);
};
template <>
struct Shape<TriggerCaught> {
  static constexpr std::string_view tag = "gc";
  DRAAD_MEMBERS(&TriggerCaught::waiter);
};
template <>
struct Shape<TriggerDiscarded> {
  static constexpr std::string_view tag = "gd";
  DRAAD_MEMBERS(&TriggerDiscarded::waiter, &TriggerDiscarded::reason);
};
template <>
struct Shape<FactsSet> {
  static constexpr std::string_view tag = "fs";
  DRAAD_MEMBERS(&FactsSet::scope, &FactsSet::facts);
};
template <>
struct Shape<RuleAnswered> {
  static constexpr std::string_view tag = "ru";
  DRAAD_MEMBERS(&RuleAnswered::element, &RuleAnswered::rule, &RuleAnswered::source, &RuleAnswered::version,
                &RuleAnswered::reason);
};
template <>
struct Shape<DeliveryRequested> {
  static constexpr std::string_view tag = "dr";
  DRAAD_MEMBERS(&DeliveryRequested::element, &DeliveryRequested::node, &DeliveryRequested::topic,
                &DeliveryRequested::shares, &DeliveryRequested::ground);
};
template <>
struct Shape<IncidentRaised> {
  static constexpr std::string_view tag = "ir";
  DRAAD_MEMBERS(&IncidentRaised::incident, &IncidentRaised::kind, &IncidentRaised::scope, &IncidentRaised::element,
                &IncidentRaised::node, &IncidentRaised::leaving, &IncidentRaised::message, &IncidentRaised::detail,
                &IncidentRaised::since);
};
template <>
struct Shape<IncidentResolved> {
  static constexpr std::string_view tag = "ix";
  DRAAD_MEMBERS(&IncidentResolved::incident);
};

// Parts of a state.
template <>
struct Shape<ScopeInstance> {
  DRAAD_MEMBERS(&ScopeInstance::key, &ScopeInstance::parent, &ScopeInstance::owner, &ScopeInstance::workflow,
                &ScopeInstance::index, &ScopeInstance::interrupted, &ScopeInstance::closing, &ScopeInstance::facts);
};
template <>
struct Shape<ElementInstance> {
  DRAAD_MEMBERS(&ElementInstance::key, &ElementInstance::scope, &ElementInstance::node, &ElementInstance::status,
                &ElementInstance::body, &ElementInstance::loop_index, &ElementInstance::local);
};
template <>
struct Shape<FlowTokens> {
  DRAAD_MEMBERS(&FlowTokens::scope, &FlowTokens::flow, &FlowTokens::count);
};
template <>
struct Shape<LoopState> {
  DRAAD_MEMBERS(&LoopState::element, &LoopState::total, &LoopState::started, &LoopState::completed, &LoopState::items,
                &LoopState::outputs);
};
template <>
struct Shape<TaskState> {
  DRAAD_MEMBERS(&TaskState::element, &TaskState::kind, &TaskState::referral, &TaskState::overdue,
                &TaskState::retries_left, &TaskState::role, &TaskState::referred_to, &TaskState::assignee,
                &TaskState::due_at);
};
template <>
struct Shape<TimerState> {
  DRAAD_MEMBERS(&TimerState::waiter, &TimerState::due_at, &TimerState::set_at, &TimerState::nth, &TimerState::spec);
};
template <>
struct Shape<SubscriptionState> {
  DRAAD_MEMBERS(&SubscriptionState::waiter, &SubscriptionState::kind, &SubscriptionState::broadcast,
                &SubscriptionState::municipality_wide, &SubscriptionState::last_truth, &SubscriptionState::name,
                &SubscriptionState::correlation);
};
template <>
struct Shape<BufferedMessage> {
  DRAAD_MEMBERS(&BufferedMessage::number, &BufferedMessage::name, &BufferedMessage::correlation,
                &BufferedMessage::facts, &BufferedMessage::message_id, &BufferedMessage::expires_at);
};
template <>
struct Shape<Incident> {
  DRAAD_MEMBERS(&Incident::key, &Incident::kind, &Incident::scope, &Incident::element, &Incident::node,
                &Incident::leaving, &Incident::message, &Incident::detail, &Incident::since);
};
template <>
struct Shape<CasusState> {
  DRAAD_MEMBERS(&CasusState::status, &CasusState::release, &CasusState::workflow, &CasusState::started_at,
                &CasusState::next_key, &CasusState::end_detail, &CasusState::scopes, &CasusState::elements,
                &CasusState::tokens, &CasusState::loops, &CasusState::tasks, &CasusState::timers,
                &CasusState::subscriptions, &CasusState::messages, &CasusState::incidents);
};

#undef DRAAD_MEMBERS

}  // namespace draad::execute::internal
