#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::EventKind;
using graph::FlowNode;
using graph::kNone;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.event_kind() != EventKind::cancel) continue;
    const NodeIndex owner = node.kind == NodeKind::boundary_event ? node.attached_to : c.graph.scope(node.scope).owner;
    if (owner == kNone || c.graph.node(owner).kind != NodeKind::transaction) places.node(n);
  }
}

}  // namespace

extern const Rule kCancelOutsideTransaction;
const Rule kCancelOutsideTransaction = {
    .text =
        {
            .code = "cancel_outside_transaction",
            .severity = Severity::error,
            .title = "annuleren kan alleen in een transactie",
            .explanation = "Een annulering hoort bij een transactie; daarbuiten is er niets om te annuleren.",
            .mend = "Gebruik een foutgebeurtenis, of zet de stappen in een transactie.",
            .explanation_en = "A cancel event is only allowed in or on a transaction.",
        },
    .elsewhere = Severity::error,
    .check = check,
};

}  // namespace draad::verify
