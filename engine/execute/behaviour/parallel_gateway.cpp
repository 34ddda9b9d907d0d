// Parallel gateway: a token on every outgoing flow. Its joining half is in internal/joins.cpp: by the time it is
// entered, it has taken one token from each incoming flow (rule 1).
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void ParallelGateway::enter(const Step& step) const {
  step.machine.leave_by(step, step.workflow.graph().outgoing(step.element.node.node));
}

}  // namespace draad::execute::behaviour
