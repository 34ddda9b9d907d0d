// User task: offered to a role with its term; a referral and a task for a case meeting are user tasks with a life of
// their own (engine/docs/semantics.md, "Referrals").
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void UserTask::enter(const Step& step) const {
  step.machine.await_or_complete(step);
}

}  // namespace draad::execute::behaviour
