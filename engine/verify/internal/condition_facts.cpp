#include "engine/verify/internal/condition_facts.h"

#include <algorithm>

namespace draad::verify::internal {

using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

constexpr std::string_view kOutcomeFact = "uitkomst";

feel::TypeKind kind_of(graph::FactType type) {
  switch (type) {
    case graph::FactType::boolean:
      return feel::TypeKind::boolean;
    case graph::FactType::number:
      return feel::TypeKind::number;
    case graph::FactType::text:
      return feel::TypeKind::text;
    case graph::FactType::choice:
      return feel::TypeKind::choice;
    case graph::FactType::date:
      return feel::TypeKind::date;
    case graph::FactType::instant:
      return feel::TypeKind::instant;
    case graph::FactType::duration:
      return feel::TypeKind::duration;
    case graph::FactType::list:
      break;
  }
  return feel::TypeKind::list;
}

// A bound that is none bounds nothing; reading the file has told of it.
std::optional<Value> bound(feel::TypeKind kind, const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  Result<Value> value = feel::parse_bound(kind, *text);
  if (!value) return std::nullopt;
  return std::move(value).value();
}

// A task whose answer is one of the flows behind it; a repeated task has no one answer.
bool has_outcomes(const FlowNode& node) {
  return node.kind == NodeKind::user_task && !node.multi_instance && !node.loop;
}

}  // namespace

ConditionFacts condition_facts(const graph::WorkflowGraph& graph) {
  ConditionFacts facts;
  for (const graph::FactDeclaration& declaration : graph.facts()) {
    feel::FactType type;
    type.kind = kind_of(declaration.type);
    type.choices = declaration.choices;
    type.minimum = bound(type.kind, declaration.minimum);
    type.maximum = bound(type.kind, declaration.maximum);
    type.nullable = declaration.nullable;
    facts.declared.emplace(declaration.name, std::move(type));
  }
  const auto brings = [&](const std::string& name) {
    if (!name.empty() && !facts.declared.contains(name)) facts.untyped.insert(name);
  };
  for (NodeIndex index = 0; index < graph.node_count(); ++index) {
    const FlowNode& node = graph.node(index);
    for (const graph::Mapping& mapping : node.annotations.inputs) brings(mapping.target);
    for (const graph::Mapping& mapping : node.annotations.outputs) brings(mapping.target);
    if (node.multi_instance) {
      brings(node.multi_instance->item);
      brings(node.multi_instance->output_collection);
    }
    if (has_outcomes(node)) brings(std::string(kOutcomeFact));
  }
  return facts;
}

FactTypesOf types_for(const ConditionFacts& facts, std::span<const feel::Expression> conditions, bool declared_only) {
  FactTypesOf result;
  result.types = facts.declared;
  const bool any_unknown = std::any_of(conditions.begin(), conditions.end(), [&](const feel::Expression& condition) {
    return std::any_of(condition.names().begin(), condition.names().end(), [&](const std::string& name) {
      return !facts.declared.contains(name) && (!declared_only || facts.untyped.contains(name));
    });
  });
  if (!any_unknown) return result;
  for (auto& [name, type] : feel::infer_types(conditions, facts.declared)) {
    if (facts.declared.contains(name) || (declared_only && !facts.untyped.contains(name))) continue;
    type.nullable = true;
    result.types.emplace(name, type);
    result.guessed_names.push_back(name);
  }
  return result;
}

bool person_chooses(const graph::WorkflowGraph& graph, NodeIndex chooser,
                    std::span<const feel::Expression> conditions) {
  if (!std::all_of(conditions.begin(), conditions.end(), [](const feel::Expression& condition) {
        return condition.names().size() == 1 && condition.names().front() == kOutcomeFact;
      }))
    return false;
  if (has_outcomes(graph.node(chooser))) return true;
  const auto incoming = graph.incoming(chooser);
  return graph.node(chooser).kind == NodeKind::exclusive_gateway && !incoming.empty() &&
         std::all_of(incoming.begin(), incoming.end(), [&](graph::FlowIndex flow) {
           const NodeIndex before = graph.flow(flow).source;
           return has_outcomes(graph.node(before)) && graph.outgoing(before).size() == 1;
         });
}

}  // namespace draad::verify::internal
