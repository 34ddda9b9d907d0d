#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::kNone;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.kind != NodeKind::ad_hoc_sub_process || node.own_scope == kNone) continue;
    for (const NodeIndex inner : c.graph.scope(node.own_scope).nodes)
      if (c.graph.node(inner).kind == NodeKind::start_event || c.graph.node(inner).kind == NodeKind::end_event)
        places.node(inner);
  }
}

}  // namespace

extern const Rule kAdHocEvents;
const Rule kAdHocEvents = {
    .text =
        {
            .code = "ad_hoc_events",
            .severity = Severity::error,
            .title = "in een ad-hoc subproces staat een start- of eindgebeurtenis",
            .explanation = "In een ad-hoc subproces kiezen mensen zelf wat ze wanneer doen; een begin en een einde "
                           "horen daar niet.",
            .mend = "Haal de gebeurtenis weg.",
            .explanation_en = "An ad-hoc sub-process must not contain start or end events.",
        },
    .elsewhere = Severity::warning,
    .check = check,
};

}  // namespace draad::verify
