// engine/bpmn/internal/references.h
//
// Which attributes and children of BPMN elements refer to another element, to what kind, and how bad it is when they do
// not.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/bpmn/definitions.h"

namespace draad::bpmn::internal {

enum class Kind : std::uint8_t {
  any,
  flow_node,
  sequence_flow,
  activity,
  message,
  error,
  signal,
  escalation,
  event_definition,
  process,
};

struct ReferenceRule {
  std::string_view name;
  Kind kind = Kind::any;
  Severity severity = Severity::error;  // Of a dangling one: error where the process cannot run as drawn, else warning.
};

// nullptr: no reference. `by_child`: <incoming>A</incoming>, else an attribute.
[[nodiscard]] const ReferenceRule* reference_rule(const Element& owner, std::string_view name, bool by_child);

// A reference as the file has it, until all elements are known.
struct PendingReference {
  ElementIndex owner = kNoElement;
  std::size_t index = 0;            // Among the owner's references.
  ElementIndex place = kNoElement;  // The element to show: the owner, or its child.
  std::string name_space;           // What its prefix stands for; empty: no prefix.
  const ReferenceRule* rule = nullptr;
};

// Fills in the targets and reports what dangles, or is of the wrong kind.
void resolve_references(Definitions& definitions, const std::vector<PendingReference>& pending,
                        std::vector<Finding>& findings);

// What the file says that cannot be true of any process: flows out of their scope, elements out of their place, ...
void check_structure(const Definitions& definitions, std::vector<Finding>& findings);

[[nodiscard]] std::string_view trimmed(std::string_view text);
// Name and id for people: "Intake" (Task_1), or Task_1.
[[nodiscard]] std::string label(const Element& element);

}  // namespace draad::bpmn::internal
