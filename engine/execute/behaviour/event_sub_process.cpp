// Event sub-process: runs when its start event is triggered (internal/scopes.cpp); entered here only when it is tried
// again. It has no flows; when it is empty it is gone, and the scope around it may be empty too (BPMN 2.0.2 13.5; rules
// 4 and 5).
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void EventSubProcess::enter(const Step& step) const {
  Machine& machine = step.machine;
  machine.open_scope_triggers(step.element.local);
  machine.leave(machine.activate(step.element.local, NodeRef{step.element.node.workflow, step.plan.start}));
}

void EventSubProcess::emptied(const Step& step) const {
  step.machine.leave(step.element.key);
}

}  // namespace draad::execute::behaviour
