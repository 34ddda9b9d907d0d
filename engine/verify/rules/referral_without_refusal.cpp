#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::EventKind;
using graph::FlowNode;
using graph::kNone;
using graph::NodeIndex;

namespace {

void check(const RuleContext& c, Places& places) {
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.annotations.task_kind != graph::TaskKind::referral) continue;
    for (const char* code : {"verwijzing.geweigerd", "verwijzing.verlopen"}) {
      bool caught = false;
      NodeIndex host = n;
      while (host != kNone && !caught) {
        for (const NodeIndex b : c.graph.boundary_events(host))
          for (const graph::EventDefinition& event : c.graph.node(b).events)
            caught = caught || (event.kind == EventKind::error && (event.code.empty() || event.code == code));
        host = c.graph.scope(c.graph.node(host).scope).owner;
      }
      if (!caught) places.node(n, code);
    }
  }
}

}  // namespace

extern const Rule kReferralWithoutRefusal;
const Rule kReferralWithoutRefusal = {
    .text =
        {
            .code = "referral_without_refusal",
            .severity = Severity::error,
            .title = "een verwijzing heeft geen pad voor weigering of verlopen",
            .explanation = "Als de ander weigert of niets laat horen, valt het slachtoffer tussen twee bureaus.",
            .mend =
                "Zet foutgebeurtenissen verwijzing.geweigerd en verwijzing.verlopen op de rand, elk met een vervolg.",
            .explanation_en = "A referral has no path for refusal or expiry.",
        },
    .elsewhere = std::nullopt,
    .check = check,
};

}  // namespace draad::verify
