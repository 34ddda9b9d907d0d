// engine/bpmn/internal/compiler.h
//
// The parts of compile(): each reads one side of a flow node. They share a Compiling, which knows the file and collects
// findings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/bpmn/compile.h"
#include "engine/bpmn/internal/findings.h"
#include "engine/bpmn/internal/references.h"

namespace draad::bpmn::internal {

struct Compiling {
  const Definitions& definitions;
  std::string process_id;
  std::vector<Finding> findings;

  void report(std::string_view code, Severity severity, const Element& element, Texts texts,
              std::vector<std::string> elements = {});
  // Children of its extensionElements.
  [[nodiscard]] std::vector<const Element*> extensions(const Element& element) const;
  // Trimmed text of the first child of that type; empty: none.
  [[nodiscard]] std::string child_text(const Element& element, std::string_view type) const;
  // The element that holds this one.
  [[nodiscard]] const Element& parent(const Element& element) const { return definitions.at(element.parent); }
  [[nodiscard]] const Element* target(const Element& element, std::string_view reference) const;
};

// A condition as we keep it: trimmed; the "=" that marks FEEL in some tools is gone.
[[nodiscard]] std::string condition_text(std::string_view text);
// Of an expression: its own language, else that of the whole file unless that is the schema's default; empty: FEEL.
[[nodiscard]] std::string expression_language(const Compiling& compiling, const Element* expression);

// events.cpp. What messages and events are called, in one file.
class EventReader {
 public:
  explicit EventReader(Compiling& compiling);
  [[nodiscard]] std::vector<graph::EventDefinition> events(const Element& node) const;
  [[nodiscard]] std::string message_name(const Element& node, const Element* reference_holder) const;

 private:
  [[nodiscard]] graph::EventDefinition definition(const Element& node, const Element& definition,
                                                  graph::EventKind kind) const;

  Compiling& compiling_;
  std::unordered_map<std::string_view, std::vector<const Element*>>
      message_flows_;  // By the ids of both ends; looked up only.
};

// loops.cpp
void read_loops(Compiling& compiling, const Element& element, graph::FlowNode& node);

// extensions.cpp: draad: attributes and elements; reports what is unknown, out of place or wrong.
void read_extensions(Compiling& compiling, const Element& element, graph::FlowNode& node);
// What says how an event is matched may also stand on its definition.
void read_extensions(Compiling& compiling, const Element& definition, graph::EventDefinition& event);
[[nodiscard]] std::vector<graph::FactDeclaration> read_process_extensions(Compiling& compiling, const Element& process,
                                                                          std::string& safeguards);
// The only attribute that lanes and participants have.
[[nodiscard]] std::string read_role(Compiling& compiling, const Element& element);
// For elements that have no draad: attributes at all.
void refuse_extensions(Compiling& compiling, const Element& element);

// lanes.cpp
class Lanes {
 public:
  Lanes(Compiling& compiling, const Element& process);
  struct Place {
    std::string lane;  // Name of the innermost lane, else its id.
    std::string role;  // draad:rol of the innermost lane that has one, else of the participant, else the lane's name.
  };
  [[nodiscard]] Place of(const Element& node) const;

 private:
  struct Lane {
    std::string name;
    std::string role;
    int depth = 0;
  };
  void add_sets(Compiling& compiling, const Element& owner, const std::string& role, int depth);

  const Definitions& definitions_;
  std::vector<Lane> lanes_;
  std::unordered_map<ElementIndex, std::size_t> lane_of_;
  std::string participant_role_;
};

}  // namespace draad::bpmn::internal
