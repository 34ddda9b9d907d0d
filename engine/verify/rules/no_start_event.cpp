#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  const auto& inside = c.graph.scope(0).nodes;
  if (inside.empty()) return;
  for (const NodeIndex n : inside)
    if (c.graph.node(n).kind == NodeKind::start_event || c.graph.node(n).instantiate) return;
  places.node(inside.front());
}

}  // namespace

extern const Rule kNoStartEvent;
const Rule kNoStartEvent = {
    .text =
        {
            .code = "no_start_event",
            .severity = Severity::warning,
            .title = "het proces heeft geen startgebeurtenis",
            .explanation = "Het mag volgens BPMN, maar wie het leest weet niet waar het begint of waardoor.",
            .mend = "Teken een startgebeurtenis voor de eerste stap.",
            .explanation_en = "The process has no start event.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
