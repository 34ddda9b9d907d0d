// The longest way between two anchors in one scope, in days, from terms and timers alone. Anything that could last
// without a bound (a loop, a step without a term, a sub-process, a called process) means: not proved.
#include <algorithm>
#include <functional>
#include <map>

#include "engine/verify/internal/outcome.h"
#include "engine/verify/internal/safeguard_check.h"

namespace draad::verify::internal {

using graph::NodeIndex;
using graph::NodeKind;

namespace {

constexpr double kUnbounded = -1;

// An upper bound in days: a month has at most 31, a year 366.
double days(const Duration& duration) {
  if (duration.negative) return 0;
  return duration.years * 366.0 + duration.months * 31.0 + duration.days +
         static_cast<double>(duration.milliseconds) / 86'400'000.0;
}

// A lower bound, for what it must fit in.
double at_least_days(const Duration& duration) {
  return duration.years * 365.0 + duration.months * 28.0 + duration.days +
         static_cast<double>(duration.milliseconds) / 86'400'000.0;
}

class Ways {
 public:
  Ways(const graph::WorkflowGraph& graph, const AnchorSet& to, TermijnKalender calendar)
      : graph_(graph), to_(to), calendar_(calendar), longest_(graph.node_count(), 0), mark_(graph.node_count(), 0) {}

  // From behind `node` to the target; unbounded also where a way does not come there.
  double after(NodeIndex node) {
    if (mark_[node] == 2) return longest_[node];
    if (mark_[node] == 1) return kUnbounded;  // Round and round.
    mark_[node] = 1;
    double result = graph_.outgoing(node).empty() ? kUnbounded : 0;
    for (const graph::FlowIndex flow : graph_.outgoing(node)) {
      const double way = through(graph_.flow(flow).target);
      result = way == kUnbounded || result == kUnbounded ? kUnbounded : std::max(result, way);
    }
    mark_[node] = 2;
    return longest_[node] = result;
  }

 private:
  double through(NodeIndex node) {
    const graph::FlowNode& step = graph_.node(node);
    double bound = lasts(node);
    if (bound == kUnbounded) return kUnbounded;
    if (to_.matches(step.annotations.anchor)) {
      // Cut off by its own border, it would not have happened.
      return graph_.boundary_events(node).empty() ? bound : kUnbounded;
    }
    double rest = after(node);
    for (const NodeIndex boundary : graph_.boundary_events(node)) {
      if (!graph_.node(boundary).interrupting || rest == kUnbounded) continue;
      const double way = after(boundary);
      rest = way == kUnbounded ? kUnbounded : std::max(rest, way);
    }
    return rest == kUnbounded ? kUnbounded : bound + rest;
  }

  [[nodiscard]] double lasts(NodeIndex node) const {
    const graph::FlowNode& step = graph_.node(node);
    switch (step.kind) {
      case NodeKind::exclusive_gateway:
      case NodeKind::inclusive_gateway:
      case NodeKind::intermediate_throw_event:
      case NodeKind::script_task:
      case NodeKind::business_rule_task:
      case NodeKind::end_event:
        return 0;
      case NodeKind::intermediate_catch_event:
        if (step.event_kind() == graph::EventKind::timer) return bound_of(step.events.front().expression, false);
        break;
      default:
        break;
    }
    if (step.multi_instance || step.loop || graph::owns_scope(step.kind)) return kUnbounded;
    double bound = kUnbounded;
    if (!step.annotations.termijn.empty() && step.kind == NodeKind::user_task)
      bound = bound_of(step.annotations.termijn, step.annotations.calendar == TermijnKalender::werkdagen);
    for (const NodeIndex boundary : graph_.boundary_events(node)) {
      const graph::FlowNode& event = graph_.node(boundary);
      if (!event.interrupting || event.event_kind() != graph::EventKind::timer) continue;
      const double timer = bound_of(event.events.front().expression, false);
      if (timer != kUnbounded && (bound == kUnbounded || timer < bound)) bound = timer;
    }
    return bound;
  }

  [[nodiscard]] double bound_of(const std::string& text, bool working_days) const {
    const Result<Duration> duration = parse_duration(text);
    // Working days are not bounded in calendar days here: holidays differ from year to year.
    if (!duration || (working_days && calendar_ != TermijnKalender::werkdagen)) return kUnbounded;
    return days(*duration);
  }

  const graph::WorkflowGraph& graph_;
  const AnchorSet& to_;
  TermijnKalender calendar_;
  std::vector<double> longest_;
  std::vector<int> mark_;
};

}  // namespace

bool surely_within(const graph::WorkflowGraph& graph, NodeIndex from, const AnchorSet& to, const Duration& within,
                   TermijnKalender calendar) {
  const double longest = Ways(graph, to, calendar).after(from);
  return longest != kUnbounded && longest <= at_least_days(within);
}

}  // namespace draad::verify::internal
