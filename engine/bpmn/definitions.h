// engine/bpmn/definitions.h
//
// What a BPMN file says, as plain values: one flat list of elements in document order, each with its place in the file,
// its attributes and its references, resolved. The structure rules (verify) and compile() read this; nobody else reads
// XML.
//   Prefixes are gone: `type` is the local name, `space` tells BPMN, draad and other vocabularies apart. References are
//   local ids: "tns:Message_1" is "Message_1". Diagrams are not in here (Document carries them), only what they draw.
// read_definitions() reports *all* faults of a file at once. With a fatal finding there is no model; with errors the
// model is as complete as it can be (a dangling reference has no `target`).
//   Codes beside those of document.h: not_bpmn, unknown_element, misplaced_element, duplicate_id, missing_id,
//   missing_process, missing_reference, dangling_reference, wrong_reference, flow_crosses_scope, flow_list_mismatch,
//   diagram_reference.
// Source: BPMN 2.0.2, clause 8 to 10, and its XML schema.   Threads: values.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/bpmn/document.h"
#include "engine/graph/workflow_graph.h"

namespace draad::bpmn {

using graph::SourcePosition;
using ElementIndex = std::uint32_t;
inline constexpr ElementIndex kNoElement = 0xffffffffu;

inline constexpr std::string_view kBpmnNamespace = "http://www.omg.org/spec/BPMN/20100524/MODEL";
inline constexpr std::string_view kDraadNamespace = "urn:rode-draad:bpmn:1";

enum class Space : std::uint8_t { bpmn, draad, other };

struct Attribute {
  Space space = Space::bpmn;  // Attributes without a prefix belong to their element.
  std::string name;           // Local name.
  std::string value;
  std::string name_space;  // URI, filled for Space::other only.
};

// One reference from an element to another, by attribute (sourceRef="A") or by child (<incoming>A</incoming>).
struct Reference {
  std::string name;                  // Of the attribute or child: "sourceRef", "incoming".
  std::string id;                    // Local id, prefix stripped.
  ElementIndex target = kNoElement;  // kNoElement: dangling, or in an imported file.
};

struct Element {
  Space space = Space::bpmn;
  std::string type;  // Local name: "userTask".
  std::string id;
  std::string name;
  std::string text;  // Own character data, as written, where it is more than white space: conditions, scripts, timers.
  std::string name_space;  // URI, filled for Space::other only.
  ElementIndex parent = kNoElement;
  std::vector<ElementIndex> children;
  std::vector<Attribute> attributes;  // All of them, id and name as well.
  std::vector<Reference> references;
  SourcePosition position;

  [[nodiscard]] bool is(std::string_view bpmn_type) const { return space == Space::bpmn && type == bpmn_type; }
  [[nodiscard]] const std::string* attribute(std::string_view local_name) const;  // BPMN's own; nullptr: absent.
  [[nodiscard]] const std::string* draad_attribute(std::string_view local_name) const;
  [[nodiscard]] bool flag(std::string_view local_name, bool otherwise) const;       // xsd:boolean: true, false, 1, 0.
  [[nodiscard]] const Reference* reference(std::string_view reference_name) const;  // The first of that name.
};

struct Participant {
  ElementIndex element = kNoElement;
  std::string id;
  std::string name;
  std::string process;  // Id of its process; empty: a black box.
  std::string role;     // draad:rol
};

struct MessageFlow {
  ElementIndex element = kNoElement;
  std::string id;
  std::string name;
  std::string source;  // Ids of participants, flow nodes.
  std::string target;
  std::string message;  // Id of the message; may be empty.
};

struct Collaboration {
  ElementIndex element = kNoElement;
  std::vector<Participant> participants;
  std::vector<MessageFlow> message_flows;
};

struct Definitions {
  std::string id;
  std::string name;
  std::string target_namespace;
  std::string exporter;
  std::string exporter_version;
  std::vector<Element> elements;  // In document order; 0 is `definitions`. Parents come before children.
  std::vector<ElementIndex> processes;
  std::vector<ElementIndex> root_elements;  // Everything directly below `definitions` but processes and collaborations.
  std::vector<Collaboration> collaborations;
  std::vector<std::string> drawn;  // Ids that the diagrams show, sorted, each once.
  std::unordered_map<std::string, ElementIndex, graph::IdHash, std::equal_to<>>
      by_id;  // The first bearer of each id; never walked.

  [[nodiscard]] const Element& at(ElementIndex index) const;
  [[nodiscard]] const Element* find(std::string_view element_id) const;
  [[nodiscard]] ElementIndex index_of(std::string_view element_id) const;
  // First child of that BPMN type; nullptr: none.
  [[nodiscard]] const Element* child(const Element& element, std::string_view type) const;
  // Id of the process an element stands in; empty: none.
  [[nodiscard]] std::string_view process_of(ElementIndex index) const;
};

struct DefinitionsResult {
  std::optional<Definitions> definitions;  // Nothing when a finding is fatal.
  std::vector<Finding> findings;           // In order of place.
};

[[nodiscard]] DefinitionsResult read_definitions(const Document& document);
[[nodiscard]] DefinitionsResult read_definitions(std::string_view bytes, const Limits& limits = {});

// Element names of the BPMN 2.0 model schema ("userTask", "conditionExpression"); what is not among them is no BPMN.
[[nodiscard]] bool is_bpmn_element(std::string_view type);
// Those that become a node of the graph: events, gateways, activities.
[[nodiscard]] bool is_flow_node(std::string_view type);

}  // namespace draad::bpmn
