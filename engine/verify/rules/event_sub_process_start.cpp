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
    if (node.kind != NodeKind::event_sub_process) continue;
    std::size_t starts = 0, triggered = 0;
    if (node.own_scope != kNone)
      for (const NodeIndex inner : c.graph.scope(node.own_scope).nodes)
        if (c.graph.node(inner).kind == NodeKind::start_event) {
          ++starts;
          triggered += c.graph.node(inner).events.empty() ? 0 : 1;
        }
    if (starts != 1 || triggered != 1) places.node(n);
  }
}

}  // namespace

extern const Rule kEventSubProcessStart;
const Rule kEventSubProcessStart = {
    .text =
        {
            .code = "event_sub_process_start",
            .severity = Severity::error,
            .title = "een gebeurtenis-subproces heeft niet precies een startgebeurtenis met een oorzaak",
            .explanation = "Zonder oorzaak (bericht, tijd, fout, escalatie, signaal, voorwaarde) begint het nooit.",
            .mend = "Geef het een startgebeurtenis met een oorzaak.",
            .explanation_en = "An event sub-process needs exactly one start event, with a trigger.",
        },
    .elsewhere = Severity::error,
    .check = check,
};

}  // namespace draad::verify
