#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  const auto& inside = c.graph.scope(0).nodes;
  if (inside.empty()) return;
  for (const NodeIndex n : inside)
    if (c.graph.node(n).kind == NodeKind::end_event) return;
  places.node(inside.back());
}

}  // namespace

extern const Rule kNoEndEvent;
const Rule kNoEndEvent = {
    .text =
        {
            .code = "no_end_event",
            .severity = Severity::warning,
            .title = "het proces heeft geen eindgebeurtenis",
            .explanation = "Het mag volgens BPMN, maar niemand ziet dan hoe een casus afloopt.",
            .mend = "Teken een eindgebeurtenis achter de laatste stap.",
            .explanation_en = "The process has no end event.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
