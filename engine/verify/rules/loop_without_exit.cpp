#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.loop && node.loop->condition.empty() && !node.loop->maximum) places.node(n);
  }
}

}  // namespace

extern const Rule kLoopWithoutExit;
const Rule kLoopWithoutExit = {
    .text =
        {
            .code = "loop_without_exit",
            .severity = Severity::warning,
            .title = "een lus op een stap heeft geen voorwaarde en geen maximum",
            .explanation = "De stap zou eindeloos worden herhaald.",
            .mend = "Vul loopCondition of loopMaximum in.",
            .explanation_en = "A standard loop has neither a condition nor a maximum.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
