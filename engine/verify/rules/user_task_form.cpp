#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.kind == NodeKind::user_task && node.annotations.task_kind == graph::TaskKind::task &&
        node.annotations.form.empty())
      places.node(n);
  }
}

}  // namespace

extern const Rule kUserTaskForm;
const Rule kUserTaskForm = {
    .text =
        {
            .code = "user_task_form",
            .severity = Severity::warning,
            .title = "een taak voor mensen heeft geen formulier",
            .explanation = "Dan is niet vast te leggen wat de taak oplevert.",
            .mend = "Vul draad:formulier in.",
            .explanation_en = "A user task has no form.",
        },
    .elsewhere = std::nullopt,
    .check = check,
};

}  // namespace draad::verify
