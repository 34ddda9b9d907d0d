// Event-based gateway: listens to all the events behind it at once. The first that comes is taken, the others are
// closed in the same step (BPMN 2.0.2 13.4; rule 17).
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void EventBasedGateway::enter(const Step& step) const {
  Machine& machine = step.machine;
  const graph::WorkflowGraph& graph = step.workflow.graph();
  for (const FlowIndex flow : graph.outgoing(step.element.node.node)) {
    const NodeRef target{step.element.node.workflow, graph.flow(flow).target};
    const Result<Done> opened = machine.open_triggers(step.element.scope, step.element.key, target, step.element.scope);
    if (!opened) return machine.stuck(step, IncidentKind::formula, opened.error().message);
  }
  machine.wait(step);
}

void EventBasedGateway::triggered(const Step& step, const Waiter& waiter, const Facts& facts) const {
  Machine& machine = step.machine;
  const graph::WorkflowGraph& graph = step.workflow.graph();
  for (const FlowIndex flow : graph.outgoing(step.element.node.node)) {
    if (graph.flow(flow).target != waiter.node.node) continue;
    machine.end_here(step);
    machine.emit(FlowTaken{step.element.scope, step.flow(flow)});
    const ElementKey target = machine.activate(step.element.scope, waiter.node, flow);
    machine.set_facts(machine.target_scope(step.element.scope), facts);
    machine.leave(target);
    return;
  }
}

}  // namespace draad::execute::behaviour
