// Receive task: waits for its message; a person may also say that it came (by letter). Without a message it is a task
// that waits.
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void ReceiveTask::enter(const Step& step) const {
  Machine& machine = step.machine;
  const bool listens = !step.node.message_name.empty() || !step.node.events.empty();
  const bool waits = machine.port() == nullptr || machine.port()->waits(step.workflow, step.element.node.node);
  if (listens && waits) {
    const Result<Done> opened =
        machine.open_triggers(step.element.scope, step.element.key, step.element.node, step.inner_scope());
    if (!opened) return machine.stuck(step, IncidentKind::formula, opened.error().message);
  }
  machine.await_or_complete(step);
}

void ReceiveTask::triggered(const Step& step, const Waiter&, const Facts& facts) const {
  step.machine.complete_task(step, facts, kNone);
}

}  // namespace draad::execute::behaviour
