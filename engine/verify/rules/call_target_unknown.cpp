#include "engine/verify/rules/rule.h"
#include "engine/verify/verify.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.kind == NodeKind::call_activity && !node.called_element.empty() &&
        !c.known.contains(called_process_id(node.called_element)))
      places.node(n, node.called_element);
  }
}

}  // namespace

extern const Rule kCallTargetUnknown;
const Rule kCallTargetUnknown = {
    .text =
        {
            .code = "call_target_unknown",
            .severity = Severity::error,
            .title = "het aangeroepen proces is er niet",
            .explanation = "Wat er in de aanroep gebeurt, is dan niet te controleren en niet uit te voeren.",
            .mend = "Geef het bestand met dat proces mee, of verbeter de naam.",
            .explanation_en = "The called process is not among the files that were given.",
        },
    .elsewhere = std::nullopt,
    .check = check,
};

}  // namespace draad::verify
