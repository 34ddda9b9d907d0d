#include <algorithm>

#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowIndex;
using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (FlowIndex f = 0; f < c.graph.flow_count(); ++f) {
    const NodeIndex source = c.graph.flow(f).source;
    const FlowNode& node = c.graph.node(source);
    if (node.kind != NodeKind::exclusive_gateway && node.kind != NodeKind::inclusive_gateway) continue;
    if (c.graph.outgoing(source).size() < 2 || c.graph.flow(f).has_condition || node.default_flow == f) continue;
    const auto incoming = c.graph.incoming(source);
    const bool asked = std::any_of(incoming.begin(), incoming.end(), [&](FlowIndex in) {
      return c.graph.node(c.graph.flow(in).source).kind == NodeKind::user_task;
    });
    if (!asked) places.flow(f);
  }
}

}  // namespace

extern const Rule kChoiceWithoutCondition;
const Rule kChoiceWithoutCondition = {
    .text =
        {
            .code = "choice_without_condition",
            .severity = Severity::error,
            .title = "een pijl uit een beslispunt heeft geen voorwaarde",
            .explanation = "Zonder voorwaarde weet het proces niet wanneer deze kant gekozen wordt.",
            .mend = "Zet een voorwaarde op de pijl, of maak hem de standaardpijl. Achter een taak voor mensen mogen de "
                    "namen van de pijlen de keuzes zijn.",
            .explanation_en =
                "A flow out of an exclusive or inclusive gateway has neither a condition nor is it the default.",
        },
    .elsewhere = std::nullopt,
    .check = check,
};

}  // namespace draad::verify
