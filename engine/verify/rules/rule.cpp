#include "engine/verify/rules/rule.h"

#include "engine/verify/internal/texts.h"

namespace draad::verify {

void Places::node(graph::NodeIndex index, std::string detail) {
  const graph::FlowNode& node = graph_.node(index);
  places_.push_back({node.id, internal::label(graph_, index), std::move(detail), node.position});
}

void Places::flow(graph::FlowIndex index, std::string detail) {
  const graph::SequenceFlow& flow = graph_.flow(index);
  places_.push_back({flow.id, internal::flow_label(graph_, index), std::move(detail), flow.position});
}

void Places::element(const bpmn::Element& element, std::string detail) {
  places_.push_back({element.id, element.name.empty() ? "'" + element.id + "'" : "\"" + element.name + "\"",
                     std::move(detail), element.position});
}

std::vector<Finding> check_structure(const RuleContext& context) {
  std::vector<Finding> findings;
  for (const Rule* rule : structure_rules()) {
    if (!context.gate && !rule->elsewhere) continue;
    Places places(context.graph);
    rule->check(context, places);
    for (const Places::Place& place : places.all()) {
      Finding& finding = findings.emplace_back();
      finding.code = rule->text.code;
      finding.severity = context.gate ? rule->text.severity : *rule->elsewhere;
      finding.process = context.graph.process_id();
      finding.elements = {place.id};
      finding.line = place.position.line;
      finding.column = place.position.column;
      finding.message = place.label + ": " + std::string(rule->text.title) +
                        (place.detail.empty() ? "" : " (" + place.detail + ")") + ".";
      finding.message_en = place.id + ": " + std::string(rule->text.explanation_en);
      finding.mend = rule->text.mend;
    }
  }
  return findings;
}

}  // namespace draad::verify
