// Embedded sub-process: a scope of its own that starts when it is entered and is left when no token is in it
// (BPMN 2.0.2 13.3).
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void SubProcess::enter(const Step& step) const {
  step.machine.start_scope(step.element.local);
}

void SubProcess::emptied(const Step& step) const {
  step.machine.leave(step.element.key);
}

}  // namespace draad::execute::behaviour
