#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::kNone;
using graph::NodeIndex;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.default_flow != kNone && c.graph.flow(node.default_flow).has_condition) places.flow(node.default_flow);
  }
}

}  // namespace

extern const Rule kDefaultFlowCondition;
const Rule kDefaultFlowCondition = {
    .text =
        {
            .code = "default_flow_condition",
            .severity = Severity::warning,
            .title = "de standaardpijl heeft zelf een voorwaarde",
            .explanation = "De standaardpijl wordt genomen als geen andere voorwaarde klopt; de eigen voorwaarde telt "
                           "dan niet mee.",
            .mend = "Haal de voorwaarde van de standaardpijl weg.",
            .explanation_en = "The default flow has a condition, which is ignored.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
