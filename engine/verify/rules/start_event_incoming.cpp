#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.kind == NodeKind::start_event && !c.graph.incoming(n).empty()) places.node(n);
  }
}

}  // namespace

extern const Rule kStartEventIncoming;
const Rule kStartEventIncoming = {
    .text =
        {
            .code = "start_event_incoming",
            .severity = Severity::error,
            .title = "een startgebeurtenis heeft een inkomende pijl",
            .explanation = "Een proces begint bij zijn startgebeurtenis; er kan niets naartoe terugkeren.",
            .mend = "Laat de pijl naar de eerste stap erachter wijzen.",
            .explanation_en = "A start event must not have incoming flows.",
        },
    .elsewhere = Severity::error,
    .check = check,
};

}  // namespace draad::verify
