// What cannot run, met in a lenient release: an incident that names it, never a silent skip.
#include "engine/execute/behaviour/elements.h"
#include "engine/execute/internal/text.h"

namespace draad::execute::behaviour {

void Unsupported::enter(const Step& step) const {
  step.machine.stuck(step, IncidentKind::unsupported,
                     internal::called(step.node) + " (" + std::string(graph::to_string(step.node.kind)) +
                         ") kan deze motor niet uitvoeren.");
}

}  // namespace draad::execute::behaviour
