// Service task: a rule that answers at once (draad:regel), else work for an adapter or outside worker: the delivery is
// asked for and the task waits until it is reported done.
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void ServiceTask::enter(const Step& step) const {
  if (step.machine.port() == nullptr && !step.node.annotations.rule.empty()) return BusinessRuleTask().enter(step);
  step.machine.request_delivery(step);
  step.machine.await_or_complete(step);
}

}  // namespace draad::execute::behaviour
