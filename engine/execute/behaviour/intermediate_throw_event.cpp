// Intermediate throw event: says its message, signal or escalation and goes on; a link jumps to its other half. After
// an escalation that an interrupting catcher took, there is nothing left to go on (rule 13).
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

using graph::EventKind;

void IntermediateThrowEvent::enter(const Step& step) const {
  Machine& machine = step.machine;
  for (std::size_t i = 0; i < step.node.events.size(); ++i) {
    switch (step.node.events[i].kind) {
      case EventKind::message:
        if (!machine.throw_message(step, i)) return;
        machine.request_delivery(step);
        break;
      case EventKind::signal:
        machine.throw_signal(step, i);
        break;
      case EventKind::escalation:
        if (!machine.throw_escalation(step, step.node.events[i].code, 0, {})) return;
        break;
      case EventKind::link:
        if (step.node.link_target == kNone) return Unsupported().enter(step);
        machine.end_here(step);
        machine.enter_later(
            machine.activate(step.element.scope, NodeRef{step.element.node.workflow, step.node.link_target}));
        return;
      case EventKind::none:
        break;
      default:
        return Unsupported().enter(step);
    }
  }
  machine.leave(step.element.key);
}

}  // namespace draad::execute::behaviour
