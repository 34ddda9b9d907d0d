// Manual task: work outside any system. With a role somebody has to say that it is done; without one nobody can, so it
// passes.
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void ManualTask::enter(const Step& step) const {
  if (step.machine.port() != nullptr || !step.node.annotations.role.empty())
    return step.machine.await_or_complete(step);
  step.machine.leave(step.element.key);
}

}  // namespace draad::execute::behaviour
