#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.kind == NodeKind::business_rule_task && node.annotations.rule.empty()) places.node(n);
  }
}

}  // namespace

extern const Rule kRuleTaskWithoutRule;
const Rule kRuleTaskWithoutRule = {
    .text =
        {
            .code = "rule_task_without_rule",
            .severity = Severity::error,
            .title = "een beslistaak noemt geen regel",
            .explanation = "Zonder regel is er niemand die antwoord geeft.",
            .mend = "Vul draad:regel in.",
            .explanation_en = "A business rule task names no rule.",
        },
    .elsewhere = std::nullopt,
    .check = check,
};

}  // namespace draad::verify
