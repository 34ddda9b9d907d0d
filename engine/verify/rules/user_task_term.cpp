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
    if (node.kind != NodeKind::user_task || node.annotations.task_kind == graph::TaskKind::case_meeting ||
        !node.annotations.termijn.empty())
      continue;
    bool timed = false;
    for (const NodeIndex b : c.graph.boundary_events(n))
      timed = timed || c.graph.node(b).event_kind() == EventKind::timer;
    if (!timed) places.node(n);
  }
}

}  // namespace

extern const Rule kUserTaskTerm;
const Rule kUserTaskTerm = {
    .text =
        {
            .code = "user_task_term",
            .severity = Severity::warning,
            .title = "een taak voor mensen heeft geen termijn",
            .explanation = "Zonder termijn ziet niemand dat een slachtoffer te lang wacht.",
            .mend = "Vul draad:termijn in, of zet een tijdgebeurtenis op de rand.",
            .explanation_en = "A user task has no term.",
        },
    .elsewhere = std::nullopt,
    .check = check,
};

}  // namespace draad::verify
