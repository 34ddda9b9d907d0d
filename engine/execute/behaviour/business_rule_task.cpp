// Business rule task: the named rule answers at once (draad:regel); the answer, its reason and its source become an
// event.
#include "engine/execute/behaviour/elements.h"
#include "engine/execute/internal/text.h"

namespace draad::execute::behaviour {

void BusinessRuleTask::enter(const Step& step) const {
  Machine& machine = step.machine;
  if (machine.port() != nullptr) return machine.await_or_complete(step);
  const std::string& rule = step.node.annotations.rule;
  const RulePort* rules = machine.surroundings().rules;
  if (rule.empty() || rules == nullptr) {
    return machine.stuck(step, IncidentKind::rule,
                         internal::called(step.node) +
                             (rule.empty() ? " noemt geen regel (draad:regel)."
                                           : " vraagt de regel '" + rule + "', maar er zijn geen regels geladen."));
  }
  machine.ask(step, rules->answer(rule, visible_facts(machine.state(), step.inner_scope())), rule);
}

}  // namespace draad::execute::behaviour
