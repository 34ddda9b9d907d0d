#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if ((is_activity(node.kind) || node.kind == NodeKind::intermediate_catch_event) && c.graph.incoming(n).size() > 1)
      places.node(n);
  }
}

}  // namespace

extern const Rule kImplicitMerge;
const Rule kImplicitMerge = {
    .text =
        {
            .code = "implicit_merge",
            .severity = Severity::error,
            .title = "bij een stap komen meer pijlen binnen zonder beslispunt",
            .explanation =
                "De stap gebeurt dan voor elk pad opnieuw. Wie wil wachten op alle paden, krijgt dat zo niet.",
            .mend = "Zet er een samenvoegend beslispunt voor.",
            .explanation_en = "Several flows enter this activity without a gateway: it runs once for each of them.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
