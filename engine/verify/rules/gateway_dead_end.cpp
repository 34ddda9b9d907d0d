#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (is_gateway(node.kind) && c.graph.outgoing(n).empty()) places.node(n);
  }
}

}  // namespace

extern const Rule kGatewayDeadEnd;
const Rule kGatewayDeadEnd = {
    .text =
        {
            .code = "gateway_dead_end",
            .severity = Severity::warning,
            .title = "een beslispunt heeft geen uitgang",
            .explanation = "Het pad houdt hier op zonder einde dat zegt hoe.",
            .mend = "Teken een pijl naar een eindgebeurtenis.",
            .explanation_en = "A gateway without outgoing flow ends the path in silence.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
