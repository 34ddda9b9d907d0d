#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.kind == NodeKind::call_activity && node.called_element.empty()) places.node(n);
  }
}

}  // namespace

extern const Rule kCallWithoutTarget;
const Rule kCallWithoutTarget = {
    .text =
        {
            .code = "call_without_target",
            .severity = Severity::error,
            .title = "een aanroep noemt geen proces",
            .explanation = "Er is dan niets om aan te roepen.",
            .mend = "Vul calledElement in.",
            .explanation_en = "A call activity names no process.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
