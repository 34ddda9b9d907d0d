#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.kind == NodeKind::event_based_gateway && c.graph.outgoing(n).size() < 2) places.node(n);
  }
}

}  // namespace

extern const Rule kEventGatewayOutgoing;
const Rule kEventGatewayOutgoing = {
    .text =
        {
            .code = "event_gateway_outgoing",
            .severity = Severity::error,
            .title = "een beslispunt op gebeurtenissen heeft minder dan twee uitgangen",
            .explanation = "Met een uitgang is er niets om op te kiezen.",
            .mend = "Teken de gebeurtenis zonder beslispunt, of voeg een tweede toe.",
            .explanation_en = "An event-based gateway needs at least two outgoing flows.",
        },
    .elsewhere = Severity::warning,
    .check = check,
};

}  // namespace draad::verify
