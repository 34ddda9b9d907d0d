// Exclusive gateway: the flow that a person chose in the task before it; else the first in document order whose
// condition holds; else the default flow. A condition without a yes or no, or nothing that holds, is an incident with
// the values shown (BPMN 2.0.2 13.4; rule 18).
#include "engine/execute/behaviour/elements.h"
#include "engine/execute/internal/text.h"

namespace draad::execute::behaviour {

void ExclusiveGateway::enter(const Step& step) const {
  Machine& machine = step.machine;
  const auto outgoing = step.workflow.graph().outgoing(step.element.node.node);
  if (outgoing.empty()) return machine.end_here(step);
  FlowIndex chosen = kNone;
  if (step.choice != kNone && step.workflow.graph().flow(step.choice).source == step.element.node.node)
    chosen = step.choice;
  for (std::size_t i = 0; chosen == kNone && i < outgoing.size(); ++i) {
    if (outgoing[i] == step.node.default_flow) continue;
    const Result<bool> holds = machine.flow_holds(step, outgoing[i]);
    if (!holds) return machine.stuck(step, IncidentKind::condition, holds.error().message, holds.error().where);
    if (*holds) chosen = outgoing[i];
  }
  if (chosen == kNone) chosen = step.node.default_flow;
  if (chosen == kNone) {
    return machine.stuck(
        step, IncidentKind::condition,
        "Bij " + internal::called(step.node) + " geldt geen enkele voorwaarde en er is geen standaardpijl. Gezien: " +
            machine.seen(step, outgoing) + ". Verbeter de feiten of het proces en probeer het opnieuw.");
  }
  machine.leave_by(step, std::span(&chosen, 1));
}

}  // namespace draad::execute::behaviour
