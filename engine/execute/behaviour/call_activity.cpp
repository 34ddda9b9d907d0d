// Call activity: the called process of the same release runs as a scope of this casus; facts cross only where the model
// says so (draad:invoer, draad:uitvoer, draad:alles; rules 20 and 23).
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void CallActivity::enter(const Step& step) const {
  step.machine.start_scope(step.element.local);
}

void CallActivity::emptied(const Step& step) const {
  step.machine.leave(step.element.key);
}

}  // namespace draad::execute::behaviour
