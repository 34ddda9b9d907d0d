#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::EventKind;
using graph::FlowNode;
using graph::NodeIndex;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    for (const graph::EventDefinition& event : node.events)
      if (event.kind == EventKind::timer && event.expression.empty()) places.node(n);
  }
}

}  // namespace

extern const Rule kTimerWithoutTime;
const Rule kTimerWithoutTime = {
    .text =
        {
            .code = "timer_without_time",
            .severity = Severity::error,
            .title = "een tijdgebeurtenis zegt niet wanneer",
            .explanation = "Zonder tijdstip of duur gaat deze klok nooit af.",
            .mend = "Vul timeDuration, timeDate of timeCycle in.",
            .explanation_en = "A timer event has no time.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
