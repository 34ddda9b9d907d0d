// engine/execute/state.h
//
// CasusState: everything a running casus is, as a plain value. Only apply (event.h) changes it. Small vectors in the
// order of their keys, so that every walk is the same on every machine; facts are shared between copies until they
// change. Tokens are: counts on flows (a token that waits at a join stays on the flow it came by), and element
// instances. Called processes are scopes of the same casus over another workflow of its release, so that one command is
// one atomic step across calls too (semantics rule 6). Threads: a value. Encoding: json.h.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/value.h"
#include "engine/execute/command.h"
#include "engine/execute/release.h"

namespace draad::execute {

enum class CasusStatus : std::uint8_t { fresh, running, completed, cancelled, ended_by_error };

// One running instance of a scope. Process and sub-process scopes run nodes; a facts-only scope (index kNone) holds the
// local facts of one task, or of one instance of a multi-instance.
struct ScopeInstance {
  ScopeKey key = 0;
  ScopeKey parent = 0;   // Where the owner stands; 0 for the casus itself.
  ElementKey owner = 0;  // The sub-process, call activity or task; 0 for the casus itself.
  WorkflowIndex workflow = 0;
  ScopeIndex index = 0;                // kNone: facts only.
  bool interrupted = false;            // An interrupting event sub-process took over.
  bool closing = false;                // Ad-hoc: nothing new starts; it ends when what runs has ended.
  std::uint32_t live = 0;              // Element instances and tokens in it; counted along by apply, not encoded.
  std::shared_ptr<const Facts> facts;  // Never null.

  [[nodiscard]] bool is_process() const { return index == 0; }  // Reading facts stops here (never across a call).
  [[nodiscard]] bool runs_nodes() const { return index != kNone; }
};

enum class ElementStatus : std::uint8_t {
  active,   // Runs: a sub-process with tokens inside, the body of a multi-instance.
  waiting,  // For a person, worker, message, signal, timer or condition.
  stuck,    // Has an incident.
};

struct ElementInstance {
  ElementKey key = 0;
  ScopeKey scope = 0;  // The scope instance it stands in.
  NodeRef node;
  ElementStatus status = ElementStatus::active;
  ElementKey body = 0;           // An instance of a multi-instance: its body.
  std::uint32_t loop_index = 0;  // From 0 within a multi-instance or standard loop.
  ScopeKey local = 0;            // The scope it owns (sub-process, called process or facts-only); 0: none.
};

// The body of a multi-instance or standard loop.
struct LoopState {
  ElementKey element = 0;
  std::uint32_t total = 0;  // Fixed on entry; for a standard loop the maximum, or kNone.
  std::uint32_t started = 0;
  std::uint32_t completed = 0;
  List items;    // Snapshot of the collection (rule 8).
  List outputs;  // By index.
};

enum class ReferralState : std::uint8_t { none, offered, accepted, refused, expired, withdrawn };

// A task that waits for a person or worker. Form, outcomes, legal basis: in the workflow, by node.
struct TaskState {
  ElementKey element = 0;
  graph::TaskKind kind = graph::TaskKind::task;
  ReferralState referral = ReferralState::none;
  bool overdue = false;            // The term has passed.
  std::int32_t retries_left = -1;  // Of a worker; -1: nobody failed yet.
  std::string role;
  std::string referred_to;
  std::string assignee;
  std::optional<Instant> due_at;  // End of the legal term: the first instant that is too late.
};

// Definitions of a waiter that are no event definition of the model.
inline constexpr std::uint32_t kTermTimer = 0xfffffffeu;  // The legal term of a catch event.
inline constexpr std::uint32_t kWorkTimer = 0xfffffffdu;  // How long a task takes, in a simulation.

// Whose trigger something is: `element` is the catching event itself, the receive task, the event-based gateway or the
// host of a boundary event; 0 for the start event of an event sub-process, which belongs to `scope`. `node` is the
// event.
struct Waiter {
  ScopeKey scope = 0;
  ElementKey element = 0;
  NodeRef node;
  std::uint32_t definition = 0;  // Index in FlowNode::events.
  friend auto operator<=>(const Waiter&, const Waiter&) = default;
};

struct TimerState {
  Waiter waiter;
  Instant due_at;
  Instant set_at;        // A cycle counts from here, so that it never drifts.
  std::int64_t nth = 1;  // Which firing of the cycle this is.
  std::string spec;      // What a formula gave; empty when the text stands in the workflow.
};

enum class SubscriptionKind : std::uint8_t { message, signal, conditional };

struct SubscriptionState {
  Waiter waiter;
  SubscriptionKind kind = SubscriptionKind::message;
  bool broadcast = false;          // Message: several subscriptions may get one message.
  bool municipality_wide = false;  // Signal.
  bool last_truth = false;         // Conditional: fires when this goes from false to true (rule 16).
  std::string name;
  Value correlation;  // Message: null is the casus itself.
};

struct BufferedMessage {
  std::uint64_t number = 0;
  std::string name;
  Value correlation;
  Facts facts;
  std::string message_id;
  Instant expires_at;
};

enum class IncidentKind : std::uint8_t {
  condition,  // No condition holds, or one has no yes/no answer.
  formula,    // Timer, correlation, mapping, collection ... has no usable answer.
  uncaught_error,
  join_stuck,  // Tokens wait at a join that can never fire.
  message_ambiguous,
  rule,         // A rule or script failed, or nobody can answer it.
  task_failed,  // A worker gave up.
  called_process,
  unsupported,
  out_of_steps,  // A timer set off a loop without a wait; trying again fires it again.
};

[[nodiscard]] std::string_view to_string(IncidentKind kind);  // "join_stuck": a stable name.

using IncidentKey = std::uint64_t;

struct Incident {
  IncidentKey key = 0;
  IncidentKind kind = IncidentKind::condition;
  ScopeKey scope = 0;
  ElementKey element = 0;  // 0: the join `node` in `scope`, or a message.
  NodeRef node;
  bool leaving = false;  // The work was done, but it cannot be left: trying again goes on from there.
  std::string message;   // Dutch, for people; fact names and values, never personal values.
  std::string detail;    // Error code, message name, or the flows a join waits for.
  Instant since;
};

struct FlowTokens {
  ScopeKey scope = 0;
  FlowRef flow;
  std::uint32_t count = 0;
};

struct CasusState {
  CasusStatus status = CasusStatus::fresh;
  std::string release;         // Version of the release it is pinned to.
  WorkflowIndex workflow = 0;  // The process it was started for.
  Instant started_at;
  std::uint64_t next_key = 1;         // Scopes, elements, incidents and buffered messages share one count.
  std::string end_detail;             // Error code or reason of cancellation.
  std::vector<ScopeInstance> scopes;  // By key, as are elements, incidents and messages.
  std::vector<ElementInstance> elements;
  std::vector<FlowTokens> tokens;                // By (scope, flow); never a zero count.
  std::vector<LoopState> loops;                  // By element.
  std::vector<TaskState> tasks;                  // By element.
  std::vector<TimerState> timers;                // By waiter.
  std::vector<SubscriptionState> subscriptions;  // In order of opening.
  std::vector<BufferedMessage> messages;
  std::vector<Incident> incidents;

  [[nodiscard]] bool is_over() const { return status > CasusStatus::running; }
};

[[nodiscard]] const ScopeInstance* find_scope(const CasusState& state, ScopeKey key);
[[nodiscard]] const ElementInstance* find_element(const CasusState& state, ElementKey key);
[[nodiscard]] const TaskState* find_task(const CasusState& state, ElementKey key);
[[nodiscard]] const LoopState* find_loop(const CasusState& state, ElementKey key);

// The casus's own facts (of its process scope, which stays when the casus is over).
[[nodiscard]] const Facts& casus_facts(const CasusState& state);
// All facts that are visible from a scope, the nearest winning; never across a call.
[[nodiscard]] Facts visible_facts(const CasusState& state, ScopeKey scope);

// The earliest moment at which FireDueTimers has something to do: timers, terms of tasks, buffered messages that
// expire.
[[nodiscard]] std::optional<Instant> next_due(const CasusState& state);

// The element instance that waits or runs at this element id, in order of key.
[[nodiscard]] std::vector<ElementKey> find_by_id(const CasusState& state, const Release& release,
                                                 std::string_view element_id);

}  // namespace draad::execute
