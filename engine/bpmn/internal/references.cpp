#include "engine/bpmn/internal/references.h"

#include <algorithm>
#include <array>
#include <set>

#include "engine/bpmn/internal/findings.h"

namespace draad::bpmn::internal {

namespace {

constexpr auto kAttributes = std::to_array<ReferenceRule>({
    {"attachedToRef", Kind::activity, Severity::error},
    {"default", Kind::sequence_flow, Severity::error},
    {"messageRef", Kind::message, Severity::error},
    {"errorRef", Kind::error, Severity::error},
    {"signalRef", Kind::signal, Severity::error},
    {"escalationRef", Kind::escalation, Severity::error},
    {"activityRef", Kind::activity, Severity::error},
    {"processRef", Kind::process, Severity::warning},
    {"dataObjectRef", Kind::any, Severity::warning},
    {"dataStoreRef", Kind::any, Severity::warning},
    {"itemSubjectRef", Kind::any, Severity::warning},
    {"itemRef", Kind::any, Severity::warning},
    {"operationRef", Kind::any, Severity::warning},
    {"categoryValueRef", Kind::any, Severity::warning},
    {"correlationKeyRef", Kind::any, Severity::warning},
    {"correlationPropertyRef", Kind::any, Severity::warning},
    {"initiatingParticipantRef", Kind::any, Severity::warning},
    {"parameterRef", Kind::any, Severity::warning},
    {"partitionElementRef", Kind::any, Severity::warning},
    {"calledCollaborationRef", Kind::any, Severity::warning},
    {"calledChoreographyRef", Kind::any, Severity::warning},
    {"innerMessageFlowRef", Kind::any, Severity::warning},
    {"outerMessageFlowRef", Kind::any, Severity::warning},
    {"messageFlowRef", Kind::any, Severity::warning},
    {"participantRef", Kind::any, Severity::warning},
    {"noneBehaviorEventRef", Kind::any, Severity::warning},
    {"oneBehaviorEventRef", Kind::any, Severity::warning},
});

constexpr auto kChildren = std::to_array<ReferenceRule>({
    {"incoming", Kind::sequence_flow, Severity::error},
    {"outgoing", Kind::sequence_flow, Severity::error},
    {"eventDefinitionRef", Kind::event_definition, Severity::error},
    {"flowNodeRef", Kind::any, Severity::warning},  // Tools put data objects and artifacts in lanes as well.
    {"sourceRef", Kind::any, Severity::warning},    // Of data associations.
    {"targetRef", Kind::any, Severity::warning},
    {"loopDataInputRef", Kind::any, Severity::warning},
    {"loopDataOutputRef", Kind::any, Severity::warning},
    {"inMessageRef", Kind::any, Severity::warning},
    {"outMessageRef", Kind::any, Severity::warning},
    {"errorRef", Kind::any, Severity::warning},  // Of an operation.
    {"participantRef", Kind::any, Severity::warning},
    {"messageFlowRef", Kind::any, Severity::warning},
    {"categoryValueRef", Kind::any, Severity::warning},
    {"correlationPropertyRef", Kind::any, Severity::warning},
    {"innerParticipantRef", Kind::any, Severity::warning},
    {"outerParticipantRef", Kind::any, Severity::warning},
    {"dataInputRefs", Kind::any, Severity::warning},
    {"dataOutputRefs", Kind::any, Severity::warning},
    {"optionalInputRefs", Kind::any, Severity::warning},
    {"optionalOutputRefs", Kind::any, Severity::warning},
    {"whileExecutingInputRefs", Kind::any, Severity::warning},
    {"whileExecutingOutputRefs", Kind::any, Severity::warning},
    {"inputSetRefs", Kind::any, Severity::warning},
    {"outputSetRefs", Kind::any, Severity::warning},
});

constexpr auto kEnds = std::to_array<ReferenceRule>({
    {"sourceRef", Kind::flow_node, Severity::error},
    {"targetRef", Kind::flow_node, Severity::error},
    {"sourceRef", Kind::any, Severity::error},
    {"targetRef", Kind::any, Severity::error},
});

template <typename Rules>
const ReferenceRule* find_rule(const Rules& rules, std::string_view name) {
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const ReferenceRule& rule) { return rule.name == name; });
  return found == rules.end() ? nullptr : &*found;
}

bool is_activity_type(std::string_view type) {
  return type == "subProcess" || type == "adHocSubProcess" || type == "transaction" || type == "callActivity" ||
         type == "task" || type.ends_with("Task");
}

bool is_of_kind(const Element& element, Kind kind) {
  if (element.space != Space::bpmn) return kind == Kind::any;
  switch (kind) {
    case Kind::any:
      return true;
    case Kind::flow_node:
      return is_flow_node(element.type) || element.type.ends_with("Choreography") || element.type == "choreographyTask";
    case Kind::sequence_flow:
      return element.type == "sequenceFlow";
    case Kind::activity:
      return is_activity_type(element.type);
    case Kind::message:
      return element.type == "message";
    case Kind::error:
      return element.type == "error";
    case Kind::signal:
      return element.type == "signal";
    case Kind::escalation:
      return element.type == "escalation";
    case Kind::event_definition:
      return element.type.ends_with("EventDefinition");
    case Kind::process:
      return element.type == "process";
  }
  return false;
}

std::string_view dutch(Kind kind) {
  switch (kind) {
    case Kind::any:
      return "een element";
    case Kind::flow_node:
      return "een stap, gebeurtenis of beslispunt";
    case Kind::sequence_flow:
      return "een pijl (sequence flow)";
    case Kind::activity:
      return "een taak of subproces";
    case Kind::message:
      return "een bericht (message)";
    case Kind::error:
      return "een fout (error)";
    case Kind::signal:
      return "een signaal (signal)";
    case Kind::escalation:
      return "een escalatie (escalation)";
    case Kind::event_definition:
      return "een soort gebeurtenis (event definition)";
    case Kind::process:
      return "een proces";
  }
  return "";
}

std::string_view english(Kind kind) {
  switch (kind) {
    case Kind::any:
      return "an element";
    case Kind::flow_node:
      return "a flow node";
    case Kind::sequence_flow:
      return "a sequence flow";
    case Kind::activity:
      return "an activity";
    case Kind::message:
      return "a message";
    case Kind::error:
      return "an error";
    case Kind::signal:
      return "a signal";
    case Kind::escalation:
      return "an escalation";
    case Kind::event_definition:
      return "an event definition";
    case Kind::process:
      return "a process";
  }
  return "";
}

Texts dangling_texts(const Element& owner, const Reference& reference, Kind kind) {
  return {label(owner) + " verwijst met " + reference.name + " naar '" + reference.id +
              "', maar dat staat niet in het bestand.",
          "Expected " + reference.name + " of " + label(owner) + " to be the id of " + std::string(english(kind)) +
              ", but there is no '" + reference.id + "'",
          "Verbeter de verwijzing, of voeg " + std::string(dutch(kind)) + " met dit id toe."};
}

Texts wrong_kind_texts(const Element& owner, const Reference& reference, Kind kind, const Element& target) {
  return {label(owner) + " verwijst met " + reference.name + " naar '" + reference.id + "'. Dat is een <" +
              target.type + ">, maar hier hoort " + std::string(dutch(kind)) + ".",
          "Expected " + reference.name + " of " + label(owner) + " to be the id of " + std::string(english(kind)) +
              ", but '" + reference.id + "' is a <" + target.type + ">",
          "Verwijs naar " + std::string(dutch(kind)) + "."};
}

}  // namespace

const ReferenceRule* reference_rule(const Element& owner, std::string_view name, bool by_child) {
  if (owner.space != Space::bpmn) return nullptr;
  if (by_child) return find_rule(kChildren, name);
  if (name == "sourceRef" || name == "targetRef") {
    const std::size_t first = owner.is("sequenceFlow") ? 0 : 2;
    return &kEnds[first + (name == "targetRef" ? 1 : 0)];
  }
  return find_rule(kAttributes, name);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\n\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n\r") - first + 1);
}

std::string label(const Element& element) {
  const std::string id = element.id.empty() ? "<" + element.type + ">" : element.id;
  return element.name.empty() ? id : "\"" + std::string(trimmed(element.name)) + "\" (" + id + ")";
}

void resolve_references(Definitions& definitions, const std::vector<PendingReference>& pending,
                        std::vector<Finding>& findings) {
  std::set<std::string, std::less<>> imported;
  for (const ElementIndex root : definitions.root_elements)
    if (definitions.at(root).is("import"))
      if (const std::string* name_space = definitions.at(root).attribute("namespace")) imported.insert(*name_space);

  for (const PendingReference& entry : pending) {
    Element& owner = definitions.elements[entry.owner];
    Reference& reference = owner.references[entry.index];
    const SourcePosition position = definitions.at(entry.place).position;
    const ReferenceRule& rule = *entry.rule;
    auto found = definitions.by_id.find(reference.id);
    if (found == definitions.by_id.end()) {
      if (const std::size_t colon = reference.id.rfind(':'); colon != std::string::npos)
        reference.id.erase(0, colon + 1);
      found = definitions.by_id.find(reference.id);
    }
    if (found == definitions.by_id.end()) {
      if (!entry.name_space.empty() && imported.contains(entry.name_space)) continue;
      findings.push_back(finding("dangling_reference", rule.severity, position,
                                 dangling_texts(owner, reference, rule.kind), {owner.id, reference.id}));
      continue;
    }
    const Element& target = definitions.at(found->second);
    if (is_of_kind(target, rule.kind)) {
      reference.target = found->second;
    } else {
      findings.push_back(finding("wrong_reference", rule.severity, position,
                                 wrong_kind_texts(owner, reference, rule.kind, target), {owner.id, reference.id}));
    }
  }
  // What has no id of its own is shown by the element it stands in.
  for (Finding& finding : findings) std::erase(finding.elements, std::string());
}

}  // namespace draad::bpmn::internal
