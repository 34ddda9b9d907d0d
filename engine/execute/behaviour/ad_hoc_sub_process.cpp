// Ad-hoc sub-process: people start what is needed, when it is needed (ActivateAdHoc), and close it (CompleteAdHoc), or
// its completion condition does after an inner step is done (BPMN 2.0.2 13.3; rule 21). In a plan, where nobody
// chooses, everything inside is done once: at the same time, or one after another when the ordering is sequential.
#include "engine/execute/behaviour/elements.h"

namespace draad::execute::behaviour {

namespace {

void start_inner(const Step& step, std::uint32_t index) {
  Machine& machine = step.machine;
  const auto& entries = step.workflow.graph().scope(step.node.own_scope).entries;
  machine.emit(LoopRound{step.element.key, index});
  machine.enter_later(machine.activate(step.element.local, NodeRef{step.element.node.workflow, entries[index]}));
}

}  // namespace

void AdHocSubProcess::enter(const Step& step) const {
  Machine& machine = step.machine;
  machine.open_scope_triggers(step.element.local);
  machine.wait(step);
  if (machine.port() == nullptr) return;
  const auto count = static_cast<std::uint32_t>(step.workflow.graph().scope(step.node.own_scope).entries.size());
  machine.emit(LoopStarted{step.element.key, count, {}});
  if (count == 0) return machine.touch(step.element.local);
  const std::uint32_t at_once = step.node.ad_hoc_sequential ? 1 : count;
  for (std::uint32_t index = 0; index < at_once; ++index) start_inner(step, index);
}

void AdHocSubProcess::emptied(const Step& step) const {
  Machine& machine = step.machine;
  const ScopeInstance* scope = find_scope(machine.state(), step.element.local);
  const LoopState* all = find_loop(machine.state(), step.element.key);
  if (all != nullptr && !scope->closing && all->started < all->total) return start_inner(step, all->started);
  if (all != nullptr || scope->closing) machine.leave(step.element.key);
}

}  // namespace draad::execute::behaviour
