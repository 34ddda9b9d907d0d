#include "engine/bpmn/internal/compiler.h"

#include <algorithm>

namespace draad::bpmn::internal {

void Compiling::report(std::string_view code, Severity severity, const Element& element, Texts texts,
                       std::vector<std::string> elements) {
  if (elements.empty()) {
    // What has no id is shown by the nearest element around it that has one.
    const Element* shown = &element;
    while (shown->id.empty() && shown->parent != kNoElement) shown = &parent(*shown);
    if (!shown->id.empty()) elements.push_back(shown->id);
  }
  findings.push_back(finding(code, severity, element.position, std::move(texts), std::move(elements)));
  findings.back().process = process_id;
}

std::vector<const Element*> Compiling::extensions(const Element& element) const {
  std::vector<const Element*> found;
  for (const ElementIndex child : element.children) {
    if (!definitions.at(child).is("extensionElements")) continue;
    for (const ElementIndex inner : definitions.at(child).children) found.push_back(&definitions.at(inner));
  }
  return found;
}

std::string Compiling::child_text(const Element& element, std::string_view type) const {
  const Element* child = definitions.child(element, type);
  return child == nullptr ? std::string() : std::string(trimmed(child->text));
}

const Element* Compiling::target(const Element& element, std::string_view reference) const {
  const Reference* found = element.reference(reference);
  return found == nullptr || found->target == kNoElement ? nullptr : &definitions.at(found->target);
}

std::string condition_text(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('=')) text = trimmed(text.substr(1));
  return std::string(text);
}

std::string expression_language(const Compiling& compiling, const Element* expression) {
  if (expression == nullptr) return {};
  if (const std::string* language = expression->attribute("language")) return *language;
  const std::string* common = compiling.definitions.at(0).attribute("expressionLanguage");
  // XPath is what the schema gives to a file that says nothing, and tools write it without meaning it.
  return common == nullptr || *common == "http://www.w3.org/1999/XPath" ? std::string() : *common;
}

}  // namespace draad::bpmn::internal
