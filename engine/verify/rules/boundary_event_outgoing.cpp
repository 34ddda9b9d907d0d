#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::EventKind;
using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.kind == NodeKind::boundary_event && node.event_kind() != EventKind::compensation &&
        c.graph.outgoing(n).empty())
      places.node(n);
  }
}

}  // namespace

extern const Rule kBoundaryEventOutgoing;
const Rule kBoundaryEventOutgoing = {
    .text =
        {
            .code = "boundary_event_outgoing",
            .severity = Severity::warning,
            .title = "een gebeurtenis op de rand leidt nergens heen",
            .explanation = "Als de gebeurtenis komt, stopt het pad daar zonder vervolg: een verlopen termijn blijft "
                           "dan zonder gevolg.",
            .mend = "Teken een pijl naar wat er dan moet gebeuren.",
            .explanation_en = "A boundary event without outgoing flow ends its path in silence.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
