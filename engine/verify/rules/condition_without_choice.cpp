#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (FlowIndex f = 0; f < c.graph.flow_count(); ++f) {
    const NodeKind kind = c.graph.node(c.graph.flow(f).source).kind;
    if (c.graph.flow(f).has_condition &&
        (kind == NodeKind::parallel_gateway || kind == NodeKind::event_based_gateway || is_event(kind)))
      places.flow(f);
  }
}

}  // namespace

extern const Rule kConditionWithoutChoice;
const Rule kConditionWithoutChoice = {
    .text =
        {
            .code = "condition_without_choice",
            .severity = Severity::warning,
            .title = "er staat een voorwaarde op een pijl die altijd wordt genomen",
            .explanation = "Achter een parallel beslispunt, een gebeurtenis of een beslispunt op gebeurtenissen wordt "
                           "de voorwaarde niet bekeken.",
            .mend = "Gebruik een exclusief of inclusief beslispunt, of haal de voorwaarde weg.",
            .explanation_en =
                "A condition on a flow that leaves a parallel or event-based gateway or an event is not looked at.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
