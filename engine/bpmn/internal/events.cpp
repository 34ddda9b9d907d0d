#include <algorithm>
#include <array>
#include <utility>

#include "engine/bpmn/internal/compiler.h"

namespace draad::bpmn::internal {

namespace {

using graph::EventDefinition;
using graph::EventKind;
using graph::TimerKind;

constexpr auto kDefinitions = std::to_array<std::pair<std::string_view, EventKind>>({
    {"messageEventDefinition", EventKind::message},
    {"timerEventDefinition", EventKind::timer},
    {"errorEventDefinition", EventKind::error},
    {"escalationEventDefinition", EventKind::escalation},
    {"signalEventDefinition", EventKind::signal},
    {"conditionalEventDefinition", EventKind::conditional},
    {"linkEventDefinition", EventKind::link},
    {"terminateEventDefinition", EventKind::terminate},
    {"compensateEventDefinition", EventKind::compensation},
    {"cancelEventDefinition", EventKind::cancel},
});

std::optional<EventKind> event_kind(const Element& element) {
  if (element.space != Space::bpmn) return std::nullopt;
  for (const auto& [type, kind] : kDefinitions)
    if (element.type == type) return kind;
  return std::nullopt;
}

std::string own_name(const Element& element) {
  const std::string name(trimmed(element.name));
  return name.empty() ? element.id : name;
}

void read_timer(const Compiling& compiling, const Element& definition, EventDefinition& event) {
  static constexpr std::pair<std::string_view, TimerKind> kKinds[] = {
      {"timeDate", TimerKind::date}, {"timeDuration", TimerKind::duration}, {"timeCycle", TimerKind::cycle}};
  for (const auto& [type, kind] : kKinds) {
    const Element* expression = compiling.definitions.child(definition, type);
    if (expression == nullptr) continue;
    event.timer = kind;
    event.expression = trimmed(expression->text);
    if (const std::string* language = expression->attribute("language")) event.language = *language;
    return;
  }
}

// What a catcher compares: the code, else what else tells this error from others.
std::string code_of(const Element* root, std::string_view attribute, const Reference* reference) {
  if (root == nullptr) return reference == nullptr ? std::string() : reference->id;
  const std::string* code = root->attribute(attribute);
  if (code != nullptr && !trimmed(*code).empty()) return std::string(trimmed(*code));
  return own_name(*root);
}

}  // namespace

EventReader::EventReader(Compiling& compiling) : compiling_(compiling) {
  for (const Collaboration& collaboration : compiling.definitions.collaborations) {
    for (const MessageFlow& flow : collaboration.message_flows) {
      const Element* element = &compiling.definitions.at(flow.element);
      message_flows_[flow.source].push_back(element);
      message_flows_[flow.target].push_back(element);
    }
  }
}

// The message that the file names; else the one its message flow names; else what the catching end of that flow is
// called, so that both ends agree; else its own name.
std::string EventReader::message_name(const Element& node, const Element* reference_holder) const {
  const auto named = [&](const Element& holder) {
    const Element* message = compiling_.target(holder, "messageRef");
    return message == nullptr ? std::string() : own_name(*message);
  };
  const auto any_message = [&](const Element& end) {
    if (std::string name = named(end); !name.empty()) return name;
    for (const ElementIndex child : end.children)
      if (compiling_.definitions.at(child).is("messageEventDefinition"))
        if (std::string name = named(compiling_.definitions.at(child)); !name.empty()) return name;
    return std::string();
  };
  if (reference_holder != nullptr) {
    if (std::string name = named(*reference_holder); !name.empty()) return name;
  }
  const auto flows = message_flows_.find(node.id);
  // A task that speaks of no message waits for a person or a worker, not for a message of its own name.
  if (flows == message_flows_.end()) return node.type.ends_with("Task") ? std::string() : own_name(node);
  for (const Element* flow : flows->second)
    if (std::string name = named(*flow); !name.empty()) return name;
  for (const Element* flow : flows->second) {
    const Element* source = compiling_.target(*flow, "sourceRef");
    const Element* target = compiling_.target(*flow, "targetRef");
    const Element* other = source == &node ? target : source;
    if (other == nullptr || !is_flow_node(other->type)) continue;
    if (std::string name = any_message(*other); !name.empty()) return name;
    return own_name(target == nullptr ? node : *target);
  }
  return own_name(node);
}

EventDefinition EventReader::definition(const Element& node, const Element& definition, EventKind kind) const {
  EventDefinition event;
  event.kind = kind;
  event.id = definition.id;
  const auto refer = [&](std::string_view name) {
    const Reference* reference = definition.reference(name);
    if (reference != nullptr) event.reference = reference->id;
    return std::pair(compiling_.target(definition, name), reference);
  };
  switch (kind) {
    case EventKind::message:
      refer("messageRef");
      event.name = message_name(node, &definition);
      break;
    case EventKind::signal: {
      const auto [signal, reference] = refer("signalRef");
      if (signal != nullptr)
        event.name = own_name(*signal);
      else
        event.name = reference == nullptr ? own_name(node) : reference->id;
      break;
    }
    case EventKind::error: {
      const auto [error, reference] = refer("errorRef");
      event.code = code_of(error, "errorCode", reference);
      if (error != nullptr) event.name = own_name(*error);
      break;
    }
    case EventKind::escalation: {
      const auto [escalation, reference] = refer("escalationRef");
      event.code = code_of(escalation, "escalationCode", reference);
      if (escalation != nullptr) event.name = own_name(*escalation);
      break;
    }
    case EventKind::timer:
      read_timer(compiling_, definition, event);
      break;
    case EventKind::conditional:
      if (const Element* condition = compiling_.definitions.child(definition, "condition")) {
        event.expression = condition_text(condition->text);
        event.language = expression_language(compiling_, condition);
      }
      break;
    case EventKind::link:
      event.name = trimmed(definition.name);
      if (event.name.empty()) event.name = own_name(node);
      break;
    case EventKind::compensation:
      refer("activityRef");
      break;
    case EventKind::none:
    case EventKind::terminate:
    case EventKind::cancel:
      break;
  }
  read_extensions(compiling_, definition, event);
  return event;
}

std::vector<EventDefinition> EventReader::events(const Element& node) const {
  std::vector<EventDefinition> events;
  for (const ElementIndex child : node.children) {
    const Element& element = compiling_.definitions.at(child);
    if (const auto kind = event_kind(element)) {
      events.push_back(definition(node, element, *kind));
    } else if (element.is("eventDefinitionRef")) {
      // References stand in document order, as these children do.
      for (const Reference& reference : node.references) {
        if (reference.name != "eventDefinitionRef" || reference.target == kNoElement) continue;
        const Element& root = compiling_.definitions.at(reference.target);
        const std::string_view text = trimmed(element.text);
        if (text != reference.id && !text.ends_with(":" + reference.id)) continue;
        if (const auto root_kind = event_kind(root)) events.push_back(definition(node, root, *root_kind));
        break;
      }
    }
  }
  return events;
}

}  // namespace draad::bpmn::internal
