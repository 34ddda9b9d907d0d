#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::EventKind;
using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  if (c.definitions == nullptr) return;
  for (NodeIndex n = 0; n < c.graph.node_count(); ++n) {
    const FlowNode& node = c.graph.node(n);
    if (node.kind != NodeKind::boundary_event || node.event_kind() != EventKind::compensation) continue;
    bool wired = false;
    for (const bpmn::Element& element : c.definitions->elements) {
      if (!element.is("association")) continue;
      const bpmn::Reference* source = element.reference("sourceRef");
      const bpmn::Reference* target = element.reference("targetRef");
      if (source == nullptr || target == nullptr || source->id != node.id) continue;
      const auto handler = c.graph.find_node(target->id);
      wired = wired || (handler && c.graph.node(*handler).for_compensation);
    }
    if (!wired) places.node(n);
  }
}

}  // namespace

extern const Rule kCompensationBoundary;
const Rule kCompensationBoundary = {
    .text =
        {
            .code = "compensation_boundary",
            .severity = Severity::warning,
            .title = "een compensatiegebeurtenis wijst geen stap aan die terugdraait",
            .explanation = "Als er moet worden teruggedraaid, gebeurt er dan niets.",
            .mend = "Verbind de gebeurtenis met een associatie aan een stap met isForCompensation.",
            .explanation_en = "A compensation boundary event has no association to a compensation activity.",
        },
    .elsewhere = Severity::info,
    .check = check,
};

}  // namespace draad::verify
