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
    const bool event = node.event_kind() == EventKind::message && node.events.front().name.empty() &&
                       node.events.front().reference.empty() &&
                       (node.kind == NodeKind::intermediate_catch_event || node.kind == NodeKind::boundary_event);
    if (event || (node.kind == NodeKind::receive_task && node.message_name.empty())) places.node(n);
  }
}

}  // namespace

extern const Rule kMessageWithoutName;
const Rule kMessageWithoutName = {
    .text =
        {
            .code = "message_without_name",
            .severity = Severity::warning,
            .title = "een berichtgebeurtenis of ontvangtaak noemt geen bericht",
            .explanation = "Zonder naam kan geen bericht hier aankomen.",
            .mend = "Verwijs naar een bericht (messageRef).",
            .explanation_en = "A catching message event or receive task names no message.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
