// Errors and escalations: looking for who catches them. From the scope they are thrown in outward, across calls: in
// each scope first its event sub-processes, then the boundary of the activity that owns it; a matching code before one
// that catches all (rules 12, 13).
#include "engine/execute/internal/machine.h"
#include "engine/execute/internal/text.h"

namespace draad::execute::internal {

using graph::EventKind;
using graph::NodeKind;

namespace {

// The definition of `node` that catches `code`: 2 by its code, 1 because it catches all, 0 not.
int catches(const graph::FlowNode& node, EventKind kind, const std::string& code, std::uint32_t& definition) {
  int best = 0;
  for (std::uint32_t i = 0; i < node.events.size(); ++i) {
    if (node.events[i].kind != kind) continue;
    const int fit = node.events[i].code.empty() ? 1 : (node.events[i].code == code ? 2 : 0);
    if (fit > best) {
      best = fit;
      definition = i;
    }
  }
  return best;
}

}  // namespace

std::optional<Catcher> Machine::find_catcher(EventKind kind, const std::string& code, ScopeKey from,
                                             ElementKey from_task) const {
  std::optional<Catcher> found;
  int best = 0;
  const auto consider = [&](const graph::FlowNode& node, const Waiter& candidate) {
    Waiter waiter = candidate;
    const int fit = catches(node, kind, code, waiter.definition);
    if (fit > best) {
      best = fit;
      found = Catcher{waiter, kind == EventKind::error || node.interrupting};
    }
  };
  const auto boundaries_of = [&](const ElementInstance& owner) {
    const ElementKey host = owner.body != 0 ? owner.body : owner.key;
    const graph::WorkflowGraph& graph = release().workflow(owner.node.workflow).graph();
    for (const NodeIndex boundary : graph.boundary_events(owner.node.node))
      consider(graph.node(boundary), Waiter{owner.scope, host, NodeRef{owner.node.workflow, boundary}, 0});
  };
  if (const ElementInstance* task = find_element(state_, from_task)) boundaries_of(*task);
  for (const ScopeInstance* scope = find_scope(state_, from); !found && scope != nullptr;) {
    if (!scope->interrupted) {
      const Workflow& workflow = release().workflow(scope->workflow);
      for (const NodeIndex handler : workflow.graph().scope(scope->index).event_sub_processes) {
        const NodeIndex start = workflow.plan(handler).start;
        if (start != kNone)
          consider(workflow.graph().node(start), Waiter{scope->key, 0, NodeRef{scope->workflow, start}, 0});
      }
    }
    const ElementInstance* owner = find_element(state_, scope->owner);
    if (found || owner == nullptr) break;
    boundaries_of(*owner);
    scope = find_scope(state_, owner->scope);
  }
  return found;
}

void Machine::throw_error_at_end(const Step& step, const graph::EventDefinition& definition) {
  const std::optional<Catcher> catcher = find_catcher(EventKind::error, definition.code, step.element.scope, 0);
  emit(ErrorThrown{step.element.scope, step.element.node, definition.code, catcher.has_value()});
  if (catcher) {
    end_here(step);
    fire(catcher->waiter, {});
  } else if (options().uncaught_error_ends || step.node.annotations.may_be_uncaught) {
    end_here(step);
    end_casus(CasusEndedByError{definition.code});
  } else {
    stuck(step, IncidentKind::uncaught_error,
          "De fout '" + definition.code + "' van " + called(step.node) +
              " wordt nergens opgevangen. Zet in het proces een foutgebeurtenis aan de rand van een stap eromheen.",
          definition.code);
  }
}

bool Machine::throw_escalation(const Step& step, const std::string& code, ElementKey from_task, const Facts& facts) {
  const std::optional<Catcher> catcher = find_catcher(EventKind::escalation, code, step.element.scope, from_task);
  emit(EscalationThrown{step.element.scope, step.element.node, code, catcher.has_value()});
  if (!catcher) return true;  // Not critical: the thrower goes on.
  if (catcher->interrupting && from_task == 0) end_here(step);
  fire(catcher->waiter, facts);
  return !catcher->interrupting;
}

}  // namespace draad::execute::internal
