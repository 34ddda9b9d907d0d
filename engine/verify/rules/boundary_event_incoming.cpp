#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.kind == NodeKind::boundary_event && !c.graph.incoming(n).empty()) places.node(n);
  }
}

}  // namespace

extern const Rule kBoundaryEventIncoming;
const Rule kBoundaryEventIncoming = {
    .text =
        {
            .code = "boundary_event_incoming",
            .severity = Severity::error,
            .title = "een gebeurtenis op de rand heeft een inkomende pijl",
            .explanation =
                "Een gebeurtenis op de rand van een stap komt van buiten; een pijl ernaartoe heeft geen betekenis.",
            .mend = "Laat de pijl naar de stap zelf wijzen.",
            .explanation_en = "A boundary event must not have incoming flows.",
        },
    .elsewhere = Severity::error,
    .check = check,
};

}  // namespace draad::verify
