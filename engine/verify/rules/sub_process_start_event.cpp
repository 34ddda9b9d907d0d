#include "engine/verify/rules/rule.h"

namespace draad::verify {

using graph::NodeIndex;
using graph::NodeKind;

namespace {

void check(const RuleContext& c, Places& places) {
  for (graph::ScopeIndex s = 1; s < c.graph.scope_count(); ++s) {
    const NodeIndex owner = c.graph.scope(s).owner;
    if (c.graph.node(owner).kind == NodeKind::event_sub_process) continue;
    std::size_t starts = 0;
    for (const NodeIndex n : c.graph.scope(s).nodes) {
      if (c.graph.node(n).kind != NodeKind::start_event) continue;
      if (++starts > 1 || !c.graph.node(n).events.empty()) places.node(n);
    }
  }
}

}  // namespace

extern const Rule kSubProcessStartEvent;
const Rule kSubProcessStartEvent = {
    .text =
        {
            .code = "sub_process_start_event",
            .severity = Severity::error,
            .title = "een subproces begint met een gebeurtenis van buiten of op meer plekken",
            .explanation =
                "Een subproces begint doordat het proces er aankomt, op een plek, zonder bericht of termijn.",
            .mend = "Gebruik een gewone startgebeurtenis.",
            .explanation_en = "An embedded sub-process starts with a single none start event.",
        },
    .elsewhere = Severity::error,
    .check = check,
};

}  // namespace draad::verify
