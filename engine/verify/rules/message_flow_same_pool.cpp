#include "engine/verify/rules/rule.h"

namespace draad::verify {

namespace {

void check(const RuleContext& c, Places& places) {
  if (c.definitions == nullptr) return;
  for (const bpmn::Collaboration& collaboration : c.definitions->collaborations)
    for (const bpmn::MessageFlow& flow : collaboration.message_flows)
      if (c.graph.find_node(flow.source) && c.graph.find_node(flow.target))
        places.element(c.definitions->at(flow.element));
}

}  // namespace

extern const Rule kMessageFlowSamePool;
const Rule kMessageFlowSamePool = {
    .text =
        {
            .code = "message_flow_same_pool",
            .severity = Severity::error,
            .title = "een berichtpijl blijft binnen een deelnemer",
            .explanation = "Berichtpijlen lopen tussen deelnemers; binnen een proces loopt een gewone pijl.",
            .mend = "Gebruik een gewone pijl, of een berichtgebeurtenis.",
            .explanation_en = "A message flow must connect two different participants.",
        },
    .elsewhere = Severity::warning,
    .check = check,
};

}  // namespace draad::verify
