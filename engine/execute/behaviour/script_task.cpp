// Script task: runs at once through the rule port; what it gave becomes an event, so that a replay never runs it again.
#include "engine/execute/behaviour/elements.h"
#include "engine/execute/internal/text.h"

namespace draad::execute::behaviour {

void ScriptTask::enter(const Step& step) const {
  Machine& machine = step.machine;
  if (machine.port() != nullptr) return machine.await_or_complete(step);
  if (step.node.script.empty()) return machine.leave(step.element.key);
  const RulePort* rules = machine.surroundings().rules;
  if (rules == nullptr) {
    return machine.stuck(
        step, IncidentKind::rule,
        "Het script van " + internal::called(step.node) + " kan hier niet draaien: er zijn geen regels geladen.");
  }
  Result<Facts> facts =
      rules->run_script(step.node.script_format, step.node.script, visible_facts(machine.state(), step.inner_scope()));
  if (!facts) return machine.ask(step, facts.error(), step.node.id);
  machine.ask(step, RuleAnswer{*std::move(facts), {}, "script", {}}, step.node.id);
}

}  // namespace draad::execute::behaviour
