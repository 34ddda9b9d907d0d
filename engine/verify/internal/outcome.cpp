#include "engine/verify/internal/outcome.h"

#include <algorithm>

#include "engine/verify/verify.h"

namespace draad::verify::internal {

using graph::EventKind;
using graph::kNone;
using graph::NodeIndex;
using graph::NodeKind;
using graph::ScopeIndex;

bool comes_from_outside(EventKind kind) {
  return kind == EventKind::timer || kind == EventKind::message || kind == EventKind::signal ||
         kind == EventKind::conditional;
}

bool catches(const graph::EventDefinition& catcher, EventKind kind, const std::string& code) {
  return catcher.kind == kind && (catcher.code.empty() || catcher.code == code);
}

Outcomes::Outcomes(const graph::WorkflowGraph& graph, const Surroundings& surroundings)
    : graph_(graph), surroundings_(surroundings), scopes_(graph.scope_count()), interruptible_(graph.scope_count()) {
  // Scopes are numbered parents first, so children are done when their parent asks.
  for (ScopeIndex scope = graph.scope_count(); scope-- > 0;) scopes_[scope] = compute(scope);
  for (ScopeIndex scope = 0; scope < graph.scope_count(); ++scope) {
    const graph::Scope& here = graph.scope(scope);
    bool ends = here.parent != kNone && interruptible_[here.parent];
    if (here.owner != kNone) {
      if (graph.node(here.owner).kind == NodeKind::ad_hoc_sub_process && graph.node(here.owner).cancel_remaining)
        ends = true;  // A person may close it.
      for (const NodeIndex boundary : graph.boundary_events(here.owner))
        for (const graph::EventDefinition& event : graph.node(boundary).events)
          ends = ends || (graph.node(boundary).interrupting && comes_from_outside(event.kind));
    }
    for (const NodeIndex handler : here.event_sub_processes) {
      bool interrupting = false;
      const graph::EventDefinition* event = trigger(handler, interrupting);
      ends = ends || (event != nullptr && interrupting && comes_from_outside(event->kind));
    }
    interruptible_[scope] = ends;
  }
}

const graph::EventDefinition* Outcomes::trigger(NodeIndex event_sub_process, bool& interrupting) const {
  const ScopeIndex own = graph_.node(event_sub_process).own_scope;
  if (own == kNone) return nullptr;
  for (const NodeIndex index : graph_.scope(own).nodes) {
    const graph::FlowNode& node = graph_.node(index);
    if (node.kind != NodeKind::start_event || node.events.empty()) continue;
    interrupting = node.interrupting;
    return &node.events.front();
  }
  return nullptr;
}

bool Outcomes::caught_by_event_sub_process(ScopeIndex scope, EventKind kind, const std::string& code) const {
  const auto& handlers = graph_.scope(scope).event_sub_processes;
  return std::any_of(handlers.begin(), handlers.end(), [&](NodeIndex handler) {
    bool interrupting = false;
    const graph::EventDefinition* event = trigger(handler, interrupting);
    return event != nullptr && catches(*event, kind, code);
  });
}

bool Outcomes::caught_by_boundary(NodeIndex host, EventKind kind, const std::string& code) const {
  const auto events = graph_.boundary_events(host);
  return std::any_of(events.begin(), events.end(), [&](NodeIndex boundary) {
    const auto& definitions = graph_.node(boundary).events;
    return std::any_of(definitions.begin(), definitions.end(), [&](const auto& d) { return catches(d, kind, code); });
  });
}

Outcome Outcomes::inside(NodeIndex activity) const {
  const graph::FlowNode& node = graph_.node(activity);
  if (node.own_scope != kNone) return scopes_[node.own_scope];
  Outcome outcome;
  outcome.works = true;
  if (node.kind != NodeKind::call_activity) return outcome;
  const auto called = surroundings_.called.find(called_process_id(node.called_element));
  return called == surroundings_.called.end() ? outcome : called->second;
}

Outcome Outcomes::compute(ScopeIndex scope) const {
  Outcome outcome;
  const graph::Scope& here = graph_.scope(scope);
  const auto thrown = [&](EventKind kind, const std::string& code) {
    if (caught_by_event_sub_process(scope, kind, code)) return;
    (kind == EventKind::error ? outcome.errors : outcome.escalations).insert(code);
  };
  bool completes = here.nodes.empty();
  for (const NodeIndex index : here.nodes) {
    const graph::FlowNode& node = graph_.node(index);
    if (node.kind == NodeKind::end_event || node.kind == NodeKind::intermediate_throw_event) {
      for (const graph::EventDefinition& event : node.events)
        if (event.kind == EventKind::error || event.kind == EventKind::escalation) thrown(event.kind, event.code);
    }
    const EventKind kind = node.event_kind();
    if (node.kind == NodeKind::end_event && kind == EventKind::cancel) outcome.cancels = true;
    if (graph_.outgoing(index).empty() && node.kind != NodeKind::event_sub_process &&
        !(node.kind == NodeKind::end_event && (kind == EventKind::error || kind == EventKind::cancel)))
      completes = true;
    if (!graph::is_activity(node.kind)) continue;
    if (node.own_scope == kNone && node.kind != NodeKind::call_activity) {
      outcome.works = true;
      continue;
    }
    const Outcome inner = inside(index);
    outcome.works = outcome.works || inner.works;
    for (const std::string& code : inner.errors)
      if (!caught_by_boundary(index, EventKind::error, code)) thrown(EventKind::error, code);
    for (const std::string& code : inner.escalations)
      if (!caught_by_boundary(index, EventKind::escalation, code)) thrown(EventKind::escalation, code);
  }
  // What an event sub-process of this scope takes over, it brings to an end.
  for (const NodeIndex handler : here.event_sub_processes)
    if (graph_.node(handler).own_scope != kNone && scopes_[graph_.node(handler).own_scope].completes) completes = true;
  outcome.completes =
      (completes || (here.owner != kNone && graph_.node(here.owner).kind == NodeKind::ad_hoc_sub_process)) &&
      !surroundings_.never_complete.contains(scope);
  return outcome;
}

bool Outcomes::can_trigger(NodeIndex boundary) const {
  const graph::FlowNode& node = graph_.node(boundary);
  if (node.attached_to == kNone || node.events.empty()) return false;
  const Outcome inner = inside(node.attached_to);
  return std::any_of(node.events.begin(), node.events.end(), [&](const graph::EventDefinition& event) {
    if (comes_from_outside(event.kind)) return true;
    if (event.kind == EventKind::cancel) return inner.cancels;
    if (event.kind != EventKind::error && event.kind != EventKind::escalation) return false;
    const auto& codes = event.kind == EventKind::error ? inner.errors : inner.escalations;
    return inner.works || std::any_of(codes.begin(), codes.end(),
                                      [&](const std::string& code) { return catches(event, event.kind, code); });
  });
}

bool Outcomes::escalation_interrupts(ScopeIndex scope, const std::string& code) const {
  while (true) {
    for (const NodeIndex handler : graph_.scope(scope).event_sub_processes) {
      bool interrupting = false;
      const graph::EventDefinition* event = trigger(handler, interrupting);
      if (event != nullptr && catches(*event, EventKind::escalation, code)) return interrupting;
    }
    const NodeIndex owner = graph_.scope(scope).owner;
    if (owner == kNone) return false;
    for (const NodeIndex boundary : graph_.boundary_events(owner))
      for (const graph::EventDefinition& event : graph_.node(boundary).events)
        if (catches(event, EventKind::escalation, code)) return graph_.node(boundary).interrupting;
    scope = graph_.scope(scope).parent;
    if (scope == kNone) return false;
  }
}

bool Outcomes::ends_scope(NodeIndex activity) const {
  const graph::FlowNode& node = graph_.node(activity);
  if (node.own_scope == kNone && node.kind != NodeKind::call_activity) return false;
  const Outcome inner = inside(activity);
  for (const std::string& code : inner.errors)
    if (!caught_by_boundary(activity, EventKind::error, code)) return true;
  for (const std::string& code : inner.escalations)
    if (!caught_by_boundary(activity, EventKind::escalation, code) && escalation_interrupts(node.scope, code))
      return true;
  return false;
}

}  // namespace draad::verify::internal
