#include <charconv>

#include "engine/bpmn/internal/compiler.h"

namespace draad::bpmn::internal {

namespace {

// Vocabularies of other tools that say the same in other words.
const std::string* foreign_attribute(const Element& element, std::string_view name) {
  for (const Attribute& attribute : element.attributes)
    if (attribute.space == Space::other && attribute.name == name) return &attribute.value;
  return nullptr;
}

std::string own_name(const Element& data) {
  const std::string name(trimmed(data.name));
  return name.empty() ? data.id : name;
}

// The fact a data reference stands for. A data input of the activity is only a place in between: what is put into it
// counts.
std::string fact_of(const Compiling& compiling, const Element& activity, const Element& data, bool input) {
  if (!compiling.parent(data).is("ioSpecification")) return own_name(data);
  for (const ElementIndex child : activity.children) {
    const Element& association = compiling.definitions.at(child);
    if (!association.is(input ? "dataInputAssociation" : "dataOutputAssociation")) continue;
    const Element* here = compiling.target(association, input ? "targetRef" : "sourceRef");
    const Element* outside = compiling.target(association, input ? "sourceRef" : "targetRef");
    if (here == &data && outside != nullptr) return own_name(*outside);
  }
  return own_name(data);
}

std::string data_reference(const Compiling& compiling, const Element& activity, const Element& loop,
                           std::string_view name, bool input) {
  const Reference* reference = loop.reference(name);
  if (reference == nullptr) return {};
  const Element* data = compiling.target(loop, name);
  return data == nullptr ? reference->id : fact_of(compiling, activity, *data, input);
}

std::string item_name(const Compiling& compiling, const Element& loop, std::string_view type) {
  const Element* item = compiling.definitions.child(loop, type);
  if (item == nullptr) return {};
  return own_name(*item);
}

void read_standard(Compiling& compiling, const Element& loop, graph::FlowNode& node) {
  graph::StandardLoop standard;
  standard.test_before = loop.flag("testBefore", false);
  if (const std::string* maximum = loop.attribute("loopMaximum")) {
    const std::string_view digits = trimmed(*maximum);
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failure == std::errc() && end == digits.data() + digits.size() && value >= 0) {
      standard.maximum = value;
    } else {
      compiling.report("invalid_value", Severity::error, loop,
                       {"loopMaximum moet een heel getal zijn, maar is '" + *maximum + "'.",
                        "Expected loopMaximum to be a whole number, but it is '" + *maximum + "'",
                        "Vul een heel getal in, bijvoorbeeld 3."});
    }
  }
  if (const Element* condition = compiling.definitions.child(loop, "loopCondition")) {
    standard.condition = condition_text(condition->text);
    standard.language = expression_language(compiling, condition);
  }
  node.loop = std::move(standard);
}

void read_multi_instance(Compiling& compiling, const Element& activity, const Element& loop, graph::FlowNode& node) {
  graph::MultiInstance multi;
  multi.sequential = loop.flag("isSequential", false);
  if (const std::string* behavior = loop.attribute("behavior")) multi.behavior = *behavior;
  const auto expression = [&](std::string_view type) {
    const Element* found = compiling.definitions.child(loop, type);
    if (found == nullptr) return std::string();
    if (multi.language.empty()) multi.language = expression_language(compiling, found);
    return condition_text(found->text);
  };
  multi.cardinality = expression("loopCardinality");
  multi.completion_condition = expression("completionCondition");
  multi.collection = data_reference(compiling, activity, loop, "loopDataInputRef", true);
  multi.item = item_name(compiling, loop, "inputDataItem");
  multi.output_collection = data_reference(compiling, activity, loop, "loopDataOutputRef", false);
  multi.output_item = item_name(compiling, loop, "outputDataItem");

  for (const Element* extension : compiling.extensions(loop)) {
    if (extension->type != "loopCharacteristics") continue;  // zeebe
    const auto take = [&](std::string_view name, std::string& field) {
      if (const std::string* value = extension->attribute(name); value != nullptr && field.empty())
        field = condition_text(*value);
    };
    take("inputCollection", multi.collection);
    take("inputElement", multi.item);
    take("outputCollection", multi.output_collection);
    take("outputElement", multi.output_item);
  }
  if (const std::string* value = foreign_attribute(loop, "collection"); value != nullptr && multi.collection.empty())
    multi.collection = trimmed(*value);  // camunda, flowable, activiti
  if (const std::string* value = foreign_attribute(loop, "elementVariable"); value != nullptr && multi.item.empty())
    multi.item = trimmed(*value);
  if (const std::string* value = loop.draad_attribute("verzameling")) multi.collection = trimmed(*value);
  if (const std::string* value = loop.draad_attribute("element")) multi.item = trimmed(*value);
  if (const std::string* value = loop.draad_attribute("resultaat")) multi.output_collection = trimmed(*value);
  if (const std::string* value = loop.draad_attribute("resultaatelement")) multi.output_item = trimmed(*value);
  if (!multi.collection.empty()) multi.cardinality.clear();
  node.multi_instance = std::move(multi);
}

}  // namespace

void read_loops(Compiling& compiling, const Element& element, graph::FlowNode& node) {
  if (const Element* loop = compiling.definitions.child(element, "standardLoopCharacteristics"))
    read_standard(compiling, *loop, node);
  if (const Element* loop = compiling.definitions.child(element, "multiInstanceLoopCharacteristics"))
    read_multi_instance(compiling, element, *loop, node);
}

}  // namespace draad::bpmn::internal
