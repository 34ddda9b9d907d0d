#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::EventKind;
using graph::FlowIndex;
using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (FlowIndex f = 0; f < c.graph.flow_count(); ++f) {
    if (c.graph.node(c.graph.flow(f).source).kind != NodeKind::event_based_gateway) continue;
    const NodeIndex target = c.graph.flow(f).target;
    const FlowNode& node = c.graph.node(target);
    const bool waits = node.kind == NodeKind::receive_task ||
                       (node.kind == NodeKind::intermediate_catch_event && node.event_kind() != EventKind::link);
    if (!waits || c.graph.incoming(target).size() > 1) places.flow(f);
  }
}

}  // namespace

extern const Rule kEventGatewayTarget;
const Rule kEventGatewayTarget = {
    .text =
        {
            .code = "event_gateway_target",
            .severity = Severity::error,
            .title = "een beslispunt op gebeurtenissen wijst naar iets dat geen gebeurtenis opvangt",
            .explanation = "Zo'n beslispunt wacht op wat het eerst komt. Dat kan alleen een gebeurtenis of een "
                           "ontvangtaak zijn, die alleen langs dit punt te bereiken is.",
            .mend = "Wijs naar een opvangende gebeurtenis (bericht, tijd, signaal, voorwaarde) of een ontvangtaak, met "
                    "alleen deze ingang.",
            .explanation_en = "Targets of an event-based gateway must be catching events or receive tasks without "
                              "other incoming flows.",
        },
    .elsewhere = Severity::error,
    .check = check,
};

}  // namespace draad::verify
