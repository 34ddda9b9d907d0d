// Intermediate catch event: waits for its message, signal, moment or condition. The catching half of a link only passes
// on.
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void IntermediateCatchEvent::enter(const Step& step) const {
  Machine& machine = step.machine;
  const graph::EventKind kind = step.node.event_kind();
  if (kind == graph::EventKind::none || kind == graph::EventKind::link) {
    machine.leave(step.element.key);
    return;
  }
  const Result<Done> opened =
      machine.open_triggers(step.element.scope, step.element.key, step.element.node, step.element.scope);
  if (!opened) {
    machine.stuck(step, IncidentKind::formula, opened.error().message);
    return;
  }
  machine.wait(step);
  if (!step.node.annotations.termijn.empty()) machine.schedule_term(step);
}

}  // namespace draad::execute::behaviour
