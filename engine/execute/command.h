// engine/execute/command.h
//
// What can be asked of a casus. Every command says who, when and under which idempotency key; a key that was used
// before gets the first answer again (service/). Facts in a command hold no personal value, only references into the
// vault.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "engine/core/ids.h"
#include "engine/core/value.h"

namespace draad::execute {

// Numbers one element instance (an activity, an event that waits, a gateway that waits) within its casus, from 1, in
// order of activation; never used twice.
using ElementKey = std::uint64_t;
using ScopeKey = std::uint64_t;

struct StartCasus {
  std::string process_id;
  std::string start_event;  // Empty: the none start event (or whatever starts without a trigger).
  Facts facts;
};
// A user, manual, service, send, script or receive task that waits: done, with its outcome and what it yields.
struct CompleteTask {
  ElementKey element = 0;
  std::string outcome;  // Id or name of the chosen flow behind the task; empty where there is nothing to choose.
  Facts facts;
};
struct ClaimTask {
  ElementKey element = 0;
  std::string person;  // Account reference; empty gives the task back.
};
struct AcceptReferral {
  ElementKey element = 0;
};
struct RefuseReferral {
  ElementKey element = 0;
  std::string reason;  // A code of the form, not free text about a person.
};
struct WithdrawReferral {
  ElementKey element = 0;
  std::string reason;
};
// An outside worker or a simulated effect reports a BPMN error or escalation from a task.
struct ThrowFromTask {
  ElementKey element = 0;
  bool escalation = false;
  std::string code;
  Facts facts;
};
// A worker could not do it; no BPMN error. Raises an incident when `retries_left` is 0.
struct FailTask {
  ElementKey element = 0;
  std::string message;
  int retries_left = 0;
};
// Fires every timer and term that is due at the command's time, earliest first. Nothing due is no error: no events.
struct FireDueTimers {};
// A message for this casus: to the one subscription that matches, else kept until one opens (semantics rule 9).
struct CorrelateMessage {
  std::string name;
  Value correlation;  // Null: the casus itself.
  Facts facts;
  std::string message_id;
  // Whoever knows to which open subscription it goes says so (its place in CasusState::subscriptions), as a plan does
  // that follows the message flows of a drawing. Nothing: the one that matches.
  std::optional<std::size_t> subscription = std::nullopt;
};
struct BroadcastSignal {
  std::string name;
  Facts facts;
};
struct SetFacts {
  ScopeKey scope = 0;  // 0: the casus.
  Facts facts;
};
struct ActivateAdHoc {
  ElementKey ad_hoc = 0;
  std::string activity;  // Element id of an inner activity.
};
struct CompleteAdHoc {
  ElementKey ad_hoc = 0;
};
// A person mended the cause (facts, a condition that now holds) and has the stuck step tried again.
struct RetryIncident {
  std::uint64_t incident = 0;  // Incident::key
};
struct CancelCasus {
  std::string reason;
};

using CommandBody = std::variant<StartCasus, CompleteTask, ClaimTask, AcceptReferral, RefuseReferral, WithdrawReferral,
                                 ThrowFromTask, FailTask, FireDueTimers, CorrelateMessage, BroadcastSignal, SetFacts,
                                 ActivateAdHoc, CompleteAdHoc, RetryIncident, CancelCasus>;

struct Command {
  CasusId casus;
  std::string actor;  // Account reference or "systeem".
  std::string idempotency_key;
  Instant at;
  CommandBody body;
};

}  // namespace draad::execute
