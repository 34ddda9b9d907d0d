// engine/verify/internal/outcome.h
//
// What can leave a scope besides its tokens: errors, escalations, cancellation; who catches them; and what can end a
// scope from outside. Structural: a throw that stands in the file is taken to be possible.
#pragma once

#include <optional>

#include "engine/verify/internal/scope_net.h"

namespace draad::verify::internal {

class Outcomes {
 public:
  Outcomes(const graph::WorkflowGraph& graph, const Surroundings& surroundings);

  [[nodiscard]] const Outcome& scope(graph::ScopeIndex scope) const { return scopes_[scope]; }
  [[nodiscard]] Outcome inside(graph::NodeIndex activity) const;    // Of a sub-process or a called process.
  [[nodiscard]] bool can_trigger(graph::NodeIndex boundary) const;  // Whether its event can come while the host runs.
  // An error or escalation of `activity` that no boundary event of it catches ends the scope the activity stands in.
  [[nodiscard]] bool ends_scope(graph::NodeIndex activity) const;
  // An escalation thrown in `scope` that meets an interrupting catcher, here or further out.
  [[nodiscard]] bool escalation_interrupts(graph::ScopeIndex scope, const std::string& code) const;
  // A timer, message, signal or condition can end `scope` at any moment (also by ending what it stands in).
  [[nodiscard]] bool interruptible(graph::ScopeIndex scope) const { return interruptible_[scope]; }

 private:
  [[nodiscard]] Outcome compute(graph::ScopeIndex scope) const;
  [[nodiscard]] const graph::EventDefinition* trigger(graph::NodeIndex event_sub_process, bool& interrupting) const;
  [[nodiscard]] bool caught_by_event_sub_process(graph::ScopeIndex scope, graph::EventKind kind,
                                                 const std::string& code) const;
  [[nodiscard]] bool caught_by_boundary(graph::NodeIndex host, graph::EventKind kind, const std::string& code) const;

  const graph::WorkflowGraph& graph_;
  const Surroundings& surroundings_;
  std::vector<Outcome> scopes_;
  std::vector<bool> interruptible_;
};

[[nodiscard]] bool comes_from_outside(graph::EventKind kind);  // Timer, message, signal, conditional.
[[nodiscard]] bool catches(const graph::EventDefinition& catcher, graph::EventKind kind, const std::string& code);

}  // namespace draad::verify::internal
