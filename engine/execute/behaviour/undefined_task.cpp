// A task without a type: a line in the story, nobody does anything. In a plan it can be made to wait.
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void UndefinedTask::enter(const Step& step) const {
  if (step.machine.port() != nullptr) return step.machine.await_or_complete(step);
  step.machine.leave(step.element.key);
}

}  // namespace draad::execute::behaviour
