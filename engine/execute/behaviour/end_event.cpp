// End event: takes the token away and does what its definitions say. An error goes up to its catcher; terminate ends
// the enclosing scope only, with all that is inside, and its parent goes on (BPMN 2.0.2 13.5; rule 7).
#include "engine/execute/behaviour/elements.h"
#include "engine/execute/internal/text.h"

namespace draad::execute::behaviour {

using graph::EventKind;

namespace {

void terminate(const Step& step) {
  Machine& machine = step.machine;
  const ScopeInstance scope = *find_scope(machine.state(), step.element.scope);
  const ElementInstance* owner = find_element(machine.state(), scope.owner);
  const ElementKey body = owner == nullptr ? 0 : owner->body;
  machine.end_here(step);
  if (step.node.annotations.terminates_all_instances && body != 0) {
    machine.end_all_instances(body);
    machine.leave(body);
    return;
  }
  machine.interrupt_scope(scope.key, step.element.node);
}

}  // namespace

void EndEvent::enter(const Step& step) const {
  Machine& machine = step.machine;
  for (std::size_t i = 0; i < step.node.events.size(); ++i) {
    const graph::EventDefinition& definition = step.node.events[i];
    switch (definition.kind) {
      case EventKind::message:
        if (!machine.throw_message(step, i)) return;
        machine.request_delivery(step);
        break;
      case EventKind::signal:
        machine.throw_signal(step, i);
        break;
      case EventKind::escalation:
        if (!machine.throw_escalation(step, definition.code, 0, {})) return;  // The catcher ended this one too.
        break;
      case EventKind::error:
        return machine.throw_error_at_end(step, definition);
      case EventKind::terminate:
        return terminate(step);
      case EventKind::none:
        break;
      default:
        return Unsupported().enter(step);
    }
  }
  machine.end_here(step);
}

}  // namespace draad::execute::behaviour
