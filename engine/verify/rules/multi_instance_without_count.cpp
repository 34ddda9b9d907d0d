#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.multi_instance && node.multi_instance->collection.empty() && node.multi_instance->cardinality.empty())
      places.node(n);
  }
}

}  // namespace

extern const Rule kMultiInstanceWithoutCount;
const Rule kMultiInstanceWithoutCount = {
    .text =
        {
            .code = "multi_instance_without_count",
            .severity = Severity::error,
            .title = "een herhaling zegt niet hoe vaak of waarover",
            .explanation = "Zonder aantal of lijst is niet te zeggen hoeveel keer de stap gebeurt.",
            .mend = "Vul draad:verzameling in, of loopCardinality.",
            .explanation_en = "A multi-instance activity has neither a collection nor a cardinality.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
