#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.kind == NodeKind::user_task && node.annotations.role.empty()) places.node(n);
  }
}

}  // namespace

extern const Rule kUserTaskRole;
const Rule kUserTaskRole = {
    .text =
        {
            .code = "user_task_role",
            .severity = Severity::error,
            .title = "een taak voor mensen heeft geen rol",
            .explanation = "Zonder rol komt de taak op niemands werklijst en blijft het slachtoffer wachten.",
            .mend = "Vul draad:rol in, of zet de taak in een baan met een rol.",
            .explanation_en = "A user task has no role.",
        },
    .elsewhere = std::nullopt,
    .check = check,
};

}  // namespace draad::verify
