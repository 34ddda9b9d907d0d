#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.kind == NodeKind::end_event && !c.graph.outgoing(n).empty()) places.node(n);
  }
}

}  // namespace

extern const Rule kEndEventOutgoing;
const Rule kEndEventOutgoing = {
    .text =
        {
            .code = "end_event_outgoing",
            .severity = Severity::error,
            .title = "een eindgebeurtenis heeft een uitgaande pijl",
            .explanation = "Na een einde komt niets meer; een stap daarachter zou nooit zeker gebeuren.",
            .mend = "Gebruik een tussengebeurtenis, of haal de pijl weg.",
            .explanation_en = "An end event must not have outgoing flows.",
        },
    .elsewhere = Severity::error,
    .check = check,
};

}  // namespace draad::verify
