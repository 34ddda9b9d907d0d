#include "engine/execute/behaviour/behaviour.h"

#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

void Behaviour::triggered(const Step& step, const Waiter&, const Facts& facts) const {
  step.machine.set_facts(step.machine.target_scope(step.element.scope), facts);
  step.machine.leave(step.element.key);
}

void Behaviour::emptied(const Step&) const {}

const Behaviour& behaviour_of(graph::NodeKind kind) {
  static const StartEvent start_event;
  static const EndEvent end_event;
  static const IntermediateCatchEvent catch_event;
  static const IntermediateThrowEvent throw_event;
  static const BoundaryEvent boundary_event;
  static const ExclusiveGateway exclusive_gateway;
  static const ParallelGateway parallel_gateway;
  static const InclusiveGateway inclusive_gateway;
  static const EventBasedGateway event_based_gateway;
  static const UndefinedTask task;
  static const UserTask user_task;
  static const ManualTask manual_task;
  static const ServiceTask service_task;
  static const SendTask send_task;
  static const ReceiveTask receive_task;
  static const ScriptTask script_task;
  static const BusinessRuleTask business_rule_task;
  static const SubProcess sub_process;
  static const EventSubProcess event_sub_process;
  static const AdHocSubProcess ad_hoc_sub_process;
  static const CallActivity call_activity;
  static const Unsupported unsupported;
  using graph::NodeKind;
  switch (kind) {
    case NodeKind::start_event:
      return start_event;
    case NodeKind::end_event:
      return end_event;
    case NodeKind::intermediate_catch_event:
      return catch_event;
    case NodeKind::intermediate_throw_event:
      return throw_event;
    case NodeKind::boundary_event:
      return boundary_event;
    case NodeKind::exclusive_gateway:
      return exclusive_gateway;
    case NodeKind::parallel_gateway:
      return parallel_gateway;
    case NodeKind::inclusive_gateway:
      return inclusive_gateway;
    case NodeKind::event_based_gateway:
      return event_based_gateway;
    case NodeKind::complex_gateway:
      return unsupported;
    case NodeKind::task:
      return task;
    case NodeKind::user_task:
      return user_task;
    case NodeKind::service_task:
      return service_task;
    case NodeKind::send_task:
      return send_task;
    case NodeKind::receive_task:
      return receive_task;
    case NodeKind::script_task:
      return script_task;
    case NodeKind::business_rule_task:
      return business_rule_task;
    case NodeKind::manual_task:
      return manual_task;
    case NodeKind::sub_process:
      return sub_process;
    case NodeKind::event_sub_process:
      return event_sub_process;
    case NodeKind::ad_hoc_sub_process:
      return ad_hoc_sub_process;
    case NodeKind::transaction:
      return sub_process;  // Without its cancel and compensation, which are refused where they stand.
    case NodeKind::call_activity:
      return call_activity;
  }
  return unsupported;
}

}  // namespace draad::execute::behaviour
