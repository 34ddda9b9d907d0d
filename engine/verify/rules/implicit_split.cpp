#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowIndex;
using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    const auto out = c.graph.outgoing(n);
    if (is_gateway(node.kind) || node.kind == NodeKind::boundary_event) continue;
    std::size_t plain = 0;
    for (const FlowIndex f : out) plain += c.graph.flow(f).has_condition || node.default_flow == f ? 0 : 1;
    if (plain > 1) places.node(n);
  }
}

}  // namespace

extern const Rule kImplicitSplit;
const Rule kImplicitSplit = {
    .text =
        {
            .code = "implicit_split",
            .severity = Severity::error,
            .title = "uit een stap vertrekken meer pijlen zonder beslispunt",
            .explanation = "Alle pijlen worden dan tegelijk genomen. Vaak was een keuze bedoeld.",
            .mend = "Zet er een beslispunt achter dat zegt of het een keuze is of allebei.",
            .explanation_en = "Several flows leave this element without a gateway: all of them are taken.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
