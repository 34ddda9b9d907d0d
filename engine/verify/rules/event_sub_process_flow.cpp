#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.kind == NodeKind::event_sub_process && (!c.graph.incoming(n).empty() || !c.graph.outgoing(n).empty()))
      places.node(n);
  }
}

}  // namespace

extern const Rule kEventSubProcessFlow;
const Rule kEventSubProcessFlow = {
    .text =
        {
            .code = "event_sub_process_flow",
            .severity = Severity::error,
            .title = "een gebeurtenis-subproces zit aan pijlen vast",
            .explanation = "Een gebeurtenis-subproces begint door zijn gebeurtenis, niet door een pijl.",
            .mend = "Haal de pijlen weg, of maak er een gewoon subproces van.",
            .explanation_en = "An event sub-process must have no sequence flows.",
        },
    .elsewhere = Severity::error,
    .check = check,
};

}  // namespace draad::verify
