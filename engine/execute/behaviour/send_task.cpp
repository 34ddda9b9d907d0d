// Send task: done as soon as its message and its delivery are written down; arriving is the business of who delivers.
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void SendTask::enter(const Step& step) const {
  if (!step.machine.throw_message(step, 0)) return;
  step.machine.request_delivery(step);
  if (step.machine.port() != nullptr) return step.machine.await_or_complete(step);
  step.machine.leave(step.element.key);
}

}  // namespace draad::execute::behaviour
