#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.for_compensation && (!c.graph.incoming(n).empty() || !c.graph.outgoing(n).empty())) places.node(n);
  }
}

}  // namespace

extern const Rule kCompensationHandlerFlow;
const Rule kCompensationHandlerFlow = {
    .text =
        {
            .code = "compensation_handler_flow",
            .severity = Severity::error,
            .title = "een stap die terugdraait zit aan een gewone pijl",
            .explanation = "Een stap voor compensatie gebeurt alleen als er iets wordt teruggedraaid.",
            .mend = "Verbind hem met een associatie, niet met een pijl.",
            .explanation_en = "A compensation handler must have no sequence flows.",
        },
    .elsewhere = Severity::warning,
    .check = check,
};

}  // namespace draad::verify
