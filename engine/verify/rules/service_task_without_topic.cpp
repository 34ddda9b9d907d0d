#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if ((node.kind == NodeKind::service_task || node.kind == NodeKind::send_task) && node.annotations.topic.empty())
      places.node(n);
  }
}

}  // namespace

extern const Rule kServiceTaskWithoutTopic;
const Rule kServiceTaskWithoutTopic = {
    .text =
        {
            .code = "service_task_without_topic",
            .severity = Severity::warning,
            .title = "een systeemtaak noemt geen onderwerp",
            .explanation = "Geen enkel systeem weet dan dat deze taak voor hem is.",
            .mend = "Vul draad:onderwerp in.",
            .explanation_en = "A service or send task has no topic.",
        },
    .elsewhere = std::nullopt,
    .check = check,
};

}  // namespace draad::verify
