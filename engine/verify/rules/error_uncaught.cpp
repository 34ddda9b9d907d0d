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
    if (node.kind != NodeKind::end_event || node.event_kind() != EventKind::error || node.annotations.may_be_uncaught ||
        node.scope == 0)
      continue;
    const std::string& code = node.events.front().code;
    const auto caught_by = [&](const FlowNode& catcher) {
      return !catcher.events.empty() && catcher.events.front().kind == EventKind::error &&
             (catcher.events.front().code.empty() || catcher.events.front().code == code);
    };
    bool caught = false;
    for (graph::ScopeIndex s = node.scope; s != kNone && !caught; s = c.graph.scope(s).parent) {
      for (const NodeIndex handler : c.graph.scope(s).event_sub_processes)
        for (const NodeIndex inner : c.graph.scope(c.graph.node(handler).own_scope).nodes)
          caught = caught || (c.graph.node(inner).kind == NodeKind::start_event && caught_by(c.graph.node(inner)));
      if (c.graph.scope(s).owner == kNone) continue;
      for (const NodeIndex boundary : c.graph.boundary_events(c.graph.scope(s).owner))
        caught = caught || caught_by(c.graph.node(boundary));
    }
    if (!caught) places.node(n, code);
  }
}

}  // namespace

extern const Rule kErrorUncaught;
const Rule kErrorUncaught = {
    .text =
        {
            .code = "error_uncaught",
            .severity = Severity::warning,
            .title = "een fout wordt nergens opgevangen",
            .explanation = "De casus loopt vast met een incident, zonder dat het diagram zegt wie er dan iets doet.",
            .mend = "Vang de fout op met een gebeurtenis op de rand, of zet draad:mag-onafgevangen=\"ja\" als het "
                    "bedoeld is.",
            .explanation_en = "An error end event in a sub-process is caught nowhere.",
        },
    .elsewhere = std::nullopt,
    .check = check,
};

}  // namespace draad::verify
