#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (!node.annotations.termijn.empty() && node.annotations.legal_basis.empty()) places.node(n);
  }
}

}  // namespace

extern const Rule kTermWithoutBasis;
const Rule kTermWithoutBasis = {
    .text =
        {
            .code = "term_without_basis",
            .severity = Severity::warning,
            .title = "een termijn heeft geen wettelijke grond of bron",
            .explanation = "Een termijn zonder bron kan niemand uitleggen of toetsen.",
            .mend = "Vul draad:bevoegdheid in, met het merkteken van het bewijs (V, S, U of P).",
            .explanation_en = "A legal term has no basis.",
        },
    .elsewhere = std::nullopt,
    .check = check,
};

}  // namespace draad::verify
