// Inclusive gateway: every flow whose condition holds, else the default flow (BPMN 2.0.2 13.4). Its joining half is in
// internal/joins.cpp (rule 2).
#include "engine/execute/behaviour/elements.h"
#include "engine/execute/internal/text.h"

namespace draad::execute::behaviour {

void InclusiveGateway::enter(const Step& step) const {
  Machine& machine = step.machine;
  const auto outgoing = step.workflow.graph().outgoing(step.element.node.node);
  std::vector<FlowIndex> chosen;
  for (const FlowIndex flow : outgoing) {
    if (flow == step.node.default_flow) continue;
    const Result<bool> holds = machine.flow_holds(step, flow);
    if (!holds) return machine.stuck(step, IncidentKind::condition, holds.error().message, holds.error().where);
    if (*holds) chosen.push_back(flow);
  }
  if (chosen.empty() && step.node.default_flow != kNone) chosen.push_back(step.node.default_flow);
  if (chosen.empty() && !outgoing.empty()) {
    return machine.stuck(
        step, IncidentKind::condition,
        "Bij " + internal::called(step.node) + " geldt geen enkele voorwaarde en er is geen standaardpijl. Gezien: " +
            machine.seen(step, outgoing) + ". Verbeter de feiten of het proces en probeer het opnieuw.");
  }
  machine.leave_by(step, chosen);
}

}  // namespace draad::execute::behaviour
