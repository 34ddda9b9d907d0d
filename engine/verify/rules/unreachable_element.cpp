#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowIndex;
using graph::FlowNode;
using graph::kNone;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  std::vector<bool> reached(c.graph.node_count(), false);
  std::vector<NodeIndex> open;
  const auto reach = [&](NodeIndex n) {
    if (reached[n]) return;
    reached[n] = true;
    open.push_back(n);
  };
  for (graph::ScopeIndex s = 0; s < c.graph.scope_count(); ++s) {
    for (const NodeIndex n : c.graph.scope(s).entries) reach(n);
    for (const NodeIndex n : c.graph.scope(s).nodes) {
      const FlowNode& node = c.graph.node(n);
      if (node.kind == NodeKind::start_event || node.kind == NodeKind::event_sub_process || node.for_compensation ||
          node.instantiate)
        reach(n);
    }
  }
  while (!open.empty()) {
    const NodeIndex n = open.back();
    open.pop_back();
    for (const FlowIndex f : c.graph.outgoing(n)) reach(c.graph.flow(f).target);
    for (const NodeIndex b : c.graph.boundary_events(n)) reach(b);
    if (c.graph.node(n).link_target != kNone) reach(c.graph.node(n).link_target);
  }
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n)
    if (!reached[n] && !is_activity(c.graph.node(n).kind)) places.node(n);
}

}  // namespace

extern const Rule kUnreachableElement;
const Rule kUnreachableElement = {
    .text =
        {
            .code = "unreachable_element",
            .severity = Severity::warning,
            .title = "geen enkel pad komt hier",
            .explanation = "Wat niet te bereiken is, gebeurt nooit; vaak is een pijl vergeten.",
            .mend = "Verbind het met het proces, of haal het weg.",
            .explanation_en = "No path leads to this element.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
