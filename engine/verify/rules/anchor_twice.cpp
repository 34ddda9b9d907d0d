#include <map>

#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::NodeIndex;

namespace {

void check(const RuleContext& c, Places& places) {
  std::map<std::string, NodeIndex> seen;
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const std::string& anchor = c.graph.node(n).annotations.anchor;
    if (!anchor.empty() && !seen.emplace(anchor, n).second) places.node(n, anchor);
  }
}

}  // namespace

extern const Rule kAnchorTwice;
const Rule kAnchorTwice = {
    .text =
        {
            .code = "anchor_twice",
            .severity = Severity::error,
            .title = "een anker staat op meer dan een stap",
            .explanation = "Waarborgen, varianten en cijfers zoeken een stap op zijn anker; twee keer hetzelfde anker "
                           "is dubbelzinnig.",
            .mend = "Geef elke stap een eigen anker.",
            .explanation_en = "An anchor is used more than once.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
