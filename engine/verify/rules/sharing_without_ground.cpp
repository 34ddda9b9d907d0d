#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::FlowNode;
using graph::NodeIndex;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (!node.annotations.shares.empty() && node.annotations.ground.empty()) places.node(n);
  }
}

}  // namespace

extern const Rule kSharingWithoutGround;
const Rule kSharingWithoutGround = {
    .text =
        {
            .code = "sharing_without_ground",
            .severity = Severity::error,
            .title = "een stap deelt gegevens zonder grondslag",
            .explanation = "Gegevens van een slachtoffer delen mag alleen op een grond die vooraf vaststaat.",
            .mend = "Vul draad:grondslag in.",
            .explanation_en = "A step shares data without a ground.",
        },
    .elsewhere = std::nullopt,
    .check = check,
};

}  // namespace draad::verify
