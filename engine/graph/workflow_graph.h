// engine/graph/workflow_graph.h
//
// A compiled process: flow nodes, sequence flows and scopes (the process itself and every sub-process inside it), all
// numbered from 0 in document order, so that a walk over the graph is the same on every machine.
//   ScopeIndex 0 is the process. A sub-process node owns a scope; its inner nodes have that scope.
//   Edges are sequence flows only; boundary events hang on `attached_to`, link pairs on `link_target`.
// Immutable once GraphBuilder::finish() returns it; threads share it as std::shared_ptr<const WorkflowGraph>.
// Errors: finish() gives `invalid` for a dangling flow, `conflict` for a repeated id, `limit` for more inclusive joins
// than fit in kReachBitsMax; `where` is the element id.
// Source: BPMN 2.0.2, clauses 10 (process) and 13 (execution semantics).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/core/calendar.h"
#include "engine/core/result.h"
#include "engine/graph/bitset.h"

namespace draad::graph {

using NodeIndex = std::uint32_t;
using FlowIndex = std::uint32_t;
using ScopeIndex = std::uint32_t;
inline constexpr std::uint32_t kNone = 0xffffffffu;
inline constexpr std::uint64_t kReachBitsMax = 1ull << 31;  // Nodes times flows into inclusive joins: 256 MiB.

enum class NodeKind : std::uint8_t {
  start_event,
  end_event,
  intermediate_catch_event,
  intermediate_throw_event,
  boundary_event,
  exclusive_gateway,
  parallel_gateway,
  inclusive_gateway,
  event_based_gateway,
  complex_gateway,
  task,
  user_task,
  service_task,
  send_task,
  receive_task,
  script_task,
  business_rule_task,
  manual_task,
  sub_process,
  event_sub_process,
  ad_hoc_sub_process,
  transaction,
  call_activity,
};

// The BPMN element name, as in a file: "userTask". An event sub-process is a "subProcess".
[[nodiscard]] std::string_view to_string(NodeKind kind);
[[nodiscard]] bool is_event(NodeKind kind);
[[nodiscard]] bool is_gateway(NodeKind kind);
[[nodiscard]] bool is_activity(NodeKind kind);  // Tasks, sub-processes, call activity.
[[nodiscard]] bool owns_scope(NodeKind kind);   // All four kinds of sub-process.

enum class EventKind : std::uint8_t {
  none,
  message,
  timer,
  error,
  escalation,
  signal,
  conditional,
  link,
  terminate,
  compensation,
  cancel,
};
[[nodiscard]] std::string_view to_string(EventKind kind);  // "message", "timer", ...

enum class TimerKind : std::uint8_t { date, duration, cycle };

struct SourcePosition {
  int line = 0;  // From 1; 0 is unknown.
  int column = 0;
};

struct EventDefinition {
  EventKind kind = EventKind::none;
  std::string id;
  std::string reference;  // Id of the message, signal, error, escalation, or of the compensated activity.
  // Of the message, signal or link: the name of the root element that `reference` means, else its id. Where the file
  // refers to none: the message that a message flow brings, else the event's own name or id.
  std::string name;
  std::string code;  // errorCode or escalationCode, else the name or id of the error; empty catches every one.
  TimerKind timer = TimerKind::duration;
  std::string expression;          // Timer text or condition text, as written.
  std::string language;            // Language of the condition; empty is FEEL.
  std::string correlation;         // draad:correlatie.
  bool broadcast = false;          // draad:aan-allen.
  bool municipality_wide = false;  // draad:bereik="gemeente".
};

struct StandardLoop {
  bool test_before = false;
  std::optional<std::int64_t> maximum;
  std::string condition;
  std::string language;
};

struct MultiInstance {
  bool sequential = false;
  std::string cardinality;           // FEEL; empty when a collection is given.
  std::string collection;            // FEEL giving a list.
  std::string item;                  // Name of the fact that holds the item.
  std::string output_collection;     // Name of the fact that gets the list of outputs, by index.
  std::string output_item;           // FEEL per instance.
  std::string behavior = "All";      // Which completed instances throw an event: All (none does), None, One, Complex.
  std::string completion_condition;  // FEEL.
  std::string language;
};

struct Mapping {
  std::string target;      // Name of the fact.
  std::string expression;  // FEEL.
};

enum class TaskKind : std::uint8_t { task, referral, case_meeting };  // draad:soort

// The draad: attributes and elements of a flow node (bpmn-extensions.md); empty where the file says nothing.
struct Annotations {
  std::string anchor;
  std::string role;  // The task's own, else the lane's.
  std::string form;
  std::string termijn;
  TermijnKalender calendar = TermijnKalender::kalender;
  std::string legal_basis;  // draad:bevoegdheid
  std::string stand_in;     // draad:vervanger
  TaskKind task_kind = TaskKind::task;
  std::string referred_to;          // draad:naar
  std::string meeting;              // draad:overleg
  std::string topic;                // draad:onderwerp
  std::vector<std::string> shares;  // draad:deelt
  std::string ground;               // draad:grondslag
  std::string rule;                 // draad:regel
  std::vector<Mapping> inputs;
  std::vector<Mapping> outputs;
  bool all_facts = false;                 // draad:alles
  bool terminates_all_instances = false;  // draad:beeindigt="alle"
  bool may_be_uncaught = false;           // draad:mag-onafgevangen
};

struct FlowNode {
  std::string id;
  std::string name;
  NodeKind kind = NodeKind::task;
  ScopeIndex scope = 0;           // The scope it stands in.
  ScopeIndex own_scope = kNone;   // The scope it owns, for the sub-process kinds.
  NodeIndex attached_to = kNone;  // Boundary event: its host.
  NodeIndex link_target = kNone;  // Link throw event: the catching link event.
  bool interrupting = true;       // Boundary event; start event of an event sub-process.
  bool for_compensation = false;
  bool instantiate = false;  // Receive task or event-based gateway that starts the process.
  bool parallel_event_gateway = false;
  bool parallel_multiple = false;
  std::vector<EventDefinition> events;
  std::optional<StandardLoop> loop;
  std::optional<MultiInstance> multi_instance;
  std::string called_element;  // Call activity.
  std::string script;
  std::string script_format;
  std::string lane;
  // Ad-hoc sub-process.
  bool ad_hoc_sequential = false;
  bool cancel_remaining = true;
  std::string completion_condition;
  std::string completion_language;
  // Receive and send task: the message they refer to, or that a message flow brings; empty: none.
  std::string message_name;
  std::string message_reference;  // Its id; empty: the file refers to none.
  std::string correlation;        // draad:correlatie, as in EventDefinition.
  bool broadcast = false;         // draad:aan-allen
  FlowIndex default_flow = kNone;
  Annotations annotations;
  SourcePosition position;

  [[nodiscard]] EventKind event_kind() const { return events.empty() ? EventKind::none : events.front().kind; }
};

struct SequenceFlow {
  std::string id;
  std::string name;
  NodeIndex source = kNone;
  NodeIndex target = kNone;
  std::string condition;       // Empty: unconditional.
  std::string language;        // Empty: FEEL.
  bool has_condition = false;  // True also for an empty conditionExpression.
  SourcePosition position;
};

struct Scope {
  ScopeIndex parent = kNone;
  NodeIndex owner = kNone;  // The sub-process node; kNone for the process.
  std::vector<NodeIndex>
      nodes;  // Directly inside, in document order, boundary events and event sub-processes included.
  std::vector<NodeIndex>
      entries;  // Where a fresh instance of the scope begins: none start events, else nodes without incoming flow
                // (that are no boundary event, event sub-process, compensation handler or link catch).
  std::vector<NodeIndex> event_sub_processes;
};

enum class FactType : std::uint8_t { boolean, number, text, choice, date, instant, duration, list };

struct FactDeclaration {
  std::string name;
  FactType type = FactType::text;
  std::vector<std::string> choices;
  std::optional<std::string> minimum;  // As written; a number, date or duration.
  std::optional<std::string> maximum;
  bool nullable = false;
  SourcePosition position;
};

struct IdHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

class GraphBuilder;

class WorkflowGraph {
 public:
  WorkflowGraph(const WorkflowGraph&) = delete;  // It holds views into itself.
  WorkflowGraph& operator=(const WorkflowGraph&) = delete;

  [[nodiscard]] const std::string& process_id() const { return process_id_; }
  [[nodiscard]] const std::string& process_name() const { return process_name_; }
  [[nodiscard]] const std::string& safeguards() const { return safeguards_; }  // draad:waarborgen
  [[nodiscard]] std::span<const FactDeclaration> facts() const { return facts_; }

  [[nodiscard]] std::uint32_t node_count() const { return static_cast<std::uint32_t>(nodes_.size()); }
  [[nodiscard]] std::uint32_t flow_count() const { return static_cast<std::uint32_t>(flows_.size()); }
  [[nodiscard]] std::uint32_t scope_count() const { return static_cast<std::uint32_t>(scopes_.size()); }
  [[nodiscard]] const FlowNode& node(NodeIndex index) const;
  [[nodiscard]] const SequenceFlow& flow(FlowIndex index) const;
  [[nodiscard]] const Scope& scope(ScopeIndex index) const;
  [[nodiscard]] std::optional<NodeIndex> find_node(std::string_view id) const;
  [[nodiscard]] std::optional<FlowIndex> find_flow(std::string_view id) const;

  [[nodiscard]] std::span<const FlowIndex> outgoing(NodeIndex node) const;  // Document order.
  [[nodiscard]] std::span<const FlowIndex> incoming(NodeIndex node) const;
  [[nodiscard]] std::span<const NodeIndex> boundary_events(NodeIndex host) const;

  // Inclusive joins (semantics rule 2): which flow nodes of the same scope (a bit per NodeIndex) can still send a token
  // into `flow` without passing the join `flow` leads to. Follows sequence flows, link pairs and host -> boundary event
  // -> target. Only for flows whose target is an inclusive gateway with several incoming flows; else an empty set.
  [[nodiscard]] const Bitset& reaches(FlowIndex flow) const;
  // True when a token ON flow `from` (not yet at its target) can still reach `flow` without passing its join.
  [[nodiscard]] bool flow_reaches(FlowIndex from, FlowIndex flow) const;

  // Over the ways of a token within a scope: sequence flows, host -> boundary event, link pairs.
  [[nodiscard]] NodeIndex immediate_dominator(NodeIndex node) const;  // kNone for an entry, or when unreachable.
  [[nodiscard]] bool on_cycle(NodeIndex node) const;                  // Part of a loop.
  [[nodiscard]] std::uint32_t component(
      NodeIndex node) const;  // Strongly connected; a number is higher than those it leads to.

  // A canonical text of everything that matters for execution, for a hash that says "same version".
  [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }

 private:
  friend class GraphBuilder;
  WorkflowGraph() = default;
  std::string process_id_;
  std::string process_name_;
  std::string safeguards_;
  std::string fingerprint_;
  std::vector<FactDeclaration> facts_;
  std::vector<FlowNode> nodes_;
  std::vector<SequenceFlow> flows_;
  std::vector<Scope> scopes_;
  std::vector<FlowIndex> outgoing_list_, incoming_list_;
  std::vector<std::uint32_t> outgoing_start_, incoming_start_;  // Compressed sparse rows: node_count + 1 offsets.
  std::vector<std::vector<NodeIndex>> boundary_events_;
  std::vector<Bitset> reaches_;  // Per flow; empty where not needed.
  std::vector<NodeIndex> dominators_;
  std::vector<std::uint32_t> components_;
  std::vector<bool> on_cycle_;
  std::unordered_map<std::string_view, NodeIndex> node_by_id_;  // Views into nodes_, looked up only, never walked.
  std::unordered_map<std::string_view, FlowIndex> flow_by_id_;
};

// Collects nodes and flows in document order and checks them together.
class GraphBuilder {
 public:
  GraphBuilder(std::string process_id, std::string process_name);  // Scope 0, the process, is there.
  ~GraphBuilder();
  GraphBuilder(GraphBuilder&&) noexcept;
  GraphBuilder& operator=(GraphBuilder&&) noexcept;

  void reserve(std::size_t node_count, std::size_t flow_count);  // For speed only.
  ScopeIndex add_scope(ScopeIndex parent, NodeIndex owner);      // Also becomes the owner's own_scope.
  NodeIndex add_node(FlowNode node);
  FlowIndex add_flow(std::string id, std::string source, std::string target, SequenceFlow rest);
  void add_fact(FactDeclaration fact);
  void set_safeguards(std::string name);
  [[nodiscard]] FlowNode& node(NodeIndex index);
  [[nodiscard]] std::optional<NodeIndex> find_node(std::string_view id) const;

  // All faults at once: empty when finish() will succeed, but for the limit on inclusive joins.
  [[nodiscard]] std::vector<Error> faults() const;
  [[nodiscard]] Result<std::shared_ptr<const WorkflowGraph>> finish() &&;

 private:
  struct PendingFlow {
    SequenceFlow flow;
    std::string source;
    std::string target;
  };
  std::unique_ptr<WorkflowGraph> graph_;
  std::vector<PendingFlow> flows_;
  std::unordered_map<std::string, NodeIndex, IdHash, std::equal_to<>>
      index_;  // The first bearer of each id; looked up only.
};

}  // namespace draad::graph
