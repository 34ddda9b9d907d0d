// Boundary event: its trigger came, so its token goes on. Its host was ended or goes on; that is done where it is
// triggered.
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void BoundaryEvent::enter(const Step& step) const {
  step.machine.leave(step.element.key);
}

}  // namespace draad::execute::behaviour
