#include "engine/bpmn/definitions.h"

#include <algorithm>

namespace draad::bpmn {

namespace {

const std::string* find_attribute(const Element& element, Space space, std::string_view name) {
  const auto found =
      std::find_if(element.attributes.begin(), element.attributes.end(),
                   [&](const Attribute& attribute) { return attribute.space == space && attribute.name == name; });
  return found == element.attributes.end() ? nullptr : &found->value;
}

}  // namespace

const std::string* Element::attribute(std::string_view local_name) const {
  return find_attribute(*this, Space::bpmn, local_name);
}

const std::string* Element::draad_attribute(std::string_view local_name) const {
  return find_attribute(*this, Space::draad, local_name);
}

bool Element::flag(std::string_view local_name, bool otherwise) const {
  const std::string* value = attribute(local_name);
  if (value == nullptr) return otherwise;
  if (*value == "true" || *value == "1") return true;
  if (*value == "false" || *value == "0") return false;
  return otherwise;
}

const Reference* Element::reference(std::string_view reference_name) const {
  const auto found = std::find_if(references.begin(), references.end(),
                                  [&](const Reference& reference) { return reference.name == reference_name; });
  return found == references.end() ? nullptr : &*found;
}

const Element& Definitions::at(ElementIndex index) const {
  DRAAD_CHECK(index < elements.size());
  return elements[index];
}

ElementIndex Definitions::index_of(std::string_view element_id) const {
  const auto found = by_id.find(element_id);
  return found == by_id.end() ? kNoElement : found->second;
}

const Element* Definitions::find(std::string_view element_id) const {
  const ElementIndex index = index_of(element_id);
  return index == kNoElement ? nullptr : &elements[index];
}

const Element* Definitions::child(const Element& element, std::string_view type) const {
  for (const ElementIndex index : element.children)
    if (at(index).is(type)) return &at(index);
  return nullptr;
}

std::string_view Definitions::process_of(ElementIndex index) const {
  while (index != kNoElement) {
    const Element& element = at(index);
    if (element.is("process")) return element.id;
    index = element.parent;
  }
  return {};
}

}  // namespace draad::bpmn
