// Start event: what started it has happened; its token goes on.
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void StartEvent::enter(const Step& step) const {
  step.machine.leave(step.element.key);
}

}  // namespace draad::execute::behaviour
