#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (is_gateway(node.kind) && c.graph.incoming(n).size() == 1 && c.graph.outgoing(n).size() == 1) places.node(n);
  }
}

}  // namespace

extern const Rule kGatewayWithoutChoice;
const Rule kGatewayWithoutChoice = {
    .text =
        {
            .code = "gateway_without_choice",
            .severity = Severity::info,
            .title = "een beslispunt met een ingang en een uitgang doet niets",
            .explanation = "Wie het diagram leest, zoekt hier een keuze die er niet is.",
            .mend = "Haal het beslispunt weg of teken de andere pijlen.",
            .explanation_en = "A gateway with one way in and one way out does nothing.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
