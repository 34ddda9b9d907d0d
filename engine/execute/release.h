// engine/execute/release.h
//
// Release: all processes that were published together, each with its expressions parsed once. A casus pins one release
// for its whole life; a call activity finds the called process in the same release (semantics rule 20). Events and
// states name nodes and flows by number; `Release::table()` is stored beside the release, so that a journal stays
// readable whatever a later compiler does.
// Immutable; shared between threads as std::shared_ptr<const Release>.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/finding.h"
#include "engine/core/time.h"
#include "engine/feel/feel.h"
#include "engine/graph/workflow_graph.h"

namespace draad::execute {

using graph::FlowIndex;
using graph::kNone;
using graph::NodeIndex;
using graph::ScopeIndex;

// Number of a workflow within its release: processes in order of id.
using WorkflowIndex = std::uint32_t;

// A node or flow of a release.
struct NodeRef {
  WorkflowIndex workflow = 0;
  NodeIndex node = kNone;
  friend auto operator<=>(const NodeRef&, const NodeRef&) = default;
};
struct FlowRef {
  WorkflowIndex workflow = 0;
  FlowIndex flow = kNone;
  friend auto operator<=>(const FlowRef&, const FlowRef&) = default;
};

// An expression as written: parsed, absent, or (only in a lenient release) not understood.
struct Formula {
  std::optional<feel::Expression> expression;
  std::string fault;  // Why it cannot be run; empty when it can, or when there is none.

  [[nodiscard]] bool present() const { return expression.has_value() || !fault.empty(); }
};

// Timer text: written out, or a formula that is evaluated when the timer is set.
struct TimerSpec {
  std::optional<Instant> date;
  std::optional<Duration> duration;
  std::optional<Repetition> cycle;
  Formula formula;
};

struct Assignment {
  std::string target;
  Formula formula;
};

// One thing a person can choose when completing a user task (engine/docs/semantics.md, "Outcomes").
struct Outcome {
  FlowIndex flow = kNone;
  std::string value;  // What the fact `uitkomst` gets.
  std::string label;  // Name of the flow, for people.
};

// What the engine worked out beforehand about one node.
struct NodePlan {
  std::vector<Formula> conditions;    // Conditional event definitions, by index in FlowNode::events.
  std::vector<Formula> correlations;  // Message event definitions, by index; receive and send tasks use index 0.
  std::vector<TimerSpec> timers;      // Timer event definitions, by index.
  std::vector<Assignment> inputs;
  std::vector<Assignment> outputs;
  Formula loop_condition;                                    // Standard loop.
  Formula cardinality, collection, output_item, completion;  // Multi-instance; ad-hoc uses `completion`.
  TimerSpec termijn;
  Formula referred_to;  // Only when draad:naar starts with "=".
  std::vector<Outcome> outcomes;
  bool outcome_decides = false;  // The chosen flow is taken without looking at conditions.
  NodeIndex start = kNone;       // Event sub-process: its start event.
};

class Workflow {
 public:
  [[nodiscard]] const graph::WorkflowGraph& graph() const { return *graph_; }
  [[nodiscard]] const std::shared_ptr<const graph::WorkflowGraph>& graph_ptr() const { return graph_; }
  [[nodiscard]] const NodePlan& plan(NodeIndex node) const { return plans_[node]; }
  [[nodiscard]] const Formula& flow_condition(FlowIndex flow) const { return flow_conditions_[flow]; }

 private:
  friend class ReleaseBuilder;
  std::shared_ptr<const graph::WorkflowGraph> graph_;
  std::vector<NodePlan> plans_;
  std::vector<Formula> flow_conditions_;
};

struct ReleaseOptions {
  // For files from elsewhere (`draad simulate`): a formula that is not ours, a missing called process or a gateway
  // without conditions is no fault when publishing; it fails, or waits for the plan, when it is reached.
  bool lenient = false;
};

class Release {
 public:
  [[nodiscard]] const std::string& version() const { return version_; }
  [[nodiscard]] std::span<const std::shared_ptr<const Workflow>> workflows() const { return workflows_; }
  [[nodiscard]] const Workflow& workflow(WorkflowIndex index) const { return *workflows_[index]; }
  [[nodiscard]] std::optional<WorkflowIndex> find(std::string_view process_id) const;
  [[nodiscard]] const graph::FlowNode& node(NodeRef ref) const { return workflow(ref.workflow).graph().node(ref.node); }
  [[nodiscard]] const graph::SequenceFlow& flow(FlowRef ref) const {
    return workflow(ref.workflow).graph().flow(ref.flow);
  }
  [[nodiscard]] bool lenient() const { return lenient_; }

  // JSON: per process its id and the ids of its nodes and flows by number. Two releases with the same table may replay
  // each other's journals.
  [[nodiscard]] std::string table() const;

 private:
  friend class ReleaseBuilder;
  std::string version_;
  std::vector<std::shared_ptr<const Workflow>> workflows_;  // By process id.
  bool lenient_ = false;
};

struct ReleaseOutcome {
  std::shared_ptr<const Release> release;  // Empty when a finding is an error.
  std::vector<Finding> findings;           // Every fault, not the first: element id, line, Dutch text and mend.
};

[[nodiscard]] ReleaseOutcome make_release(std::string version,
                                          std::vector<std::shared_ptr<const graph::WorkflowGraph>> graphs,
                                          const ReleaseOptions& options = {});

}  // namespace draad::execute
