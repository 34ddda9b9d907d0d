#include "engine/rehearsal/internal/step_names.h"

#include <algorithm>

#include "engine/core/words.h"

namespace draad::rehearsal {

using execute::CasusState;
using execute::ElementInstance;
using execute::Release;

bool is_called(const Release& release, NodeRef ref, std::string_view name) {
  if (ref.node == graph::kNone) return false;
  const graph::FlowNode& node = release.node(ref);
  if (node.id == name || (!node.annotations.anchor.empty() && node.annotations.anchor == name)) return true;
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view step = name.substr(colon + 1);
  return release.workflow(ref.workflow).graph().process_id() == name.substr(0, colon) &&
         (node.id == step || node.annotations.anchor == step);
}

std::string name_of_node(const Release& release, NodeRef ref) {
  const graph::FlowNode& node = release.node(ref);
  return node.annotations.anchor.empty() ? node.id : node.annotations.anchor;
}

std::optional<std::string> unknown_step(const Release& release, std::string_view name) {
  std::vector<std::string_view> names;
  for (execute::WorkflowIndex workflow = 0; workflow < release.workflows().size(); ++workflow) {
    const graph::WorkflowGraph& graph = release.workflow(workflow).graph();
    for (graph::NodeIndex index = 0; index < graph.node_count(); ++index) {
      if (is_called(release, {workflow, index}, name)) return std::nullopt;
      const graph::FlowNode& node = graph.node(index);
      if (!node.annotations.anchor.empty()) names.push_back(node.annotations.anchor);
      names.push_back(node.id);
    }
  }
  const std::string near = nearest_word(name, names);
  return "in de workflow is geen stap met anker of id \"" + std::string(name) + "\"." +
         (near.empty() ? "" : " Bedoelde u \"" + near + "\"?");
}

bool is_flow_called(const Release& release, execute::FlowRef ref, std::string_view name) {
  const graph::SequenceFlow& flow = release.flow(ref);
  if (flow.id == name) return true;
  const std::size_t arrow = name.find("->");
  return arrow != std::string_view::npos && is_called(release, {ref.workflow, flow.source}, name.substr(0, arrow)) &&
         is_called(release, {ref.workflow, flow.target}, name.substr(arrow + 2));
}

std::optional<std::string> unknown_flow(const Release& release, std::string_view name) {
  std::vector<std::string_view> names;
  for (execute::WorkflowIndex workflow = 0; workflow < release.workflows().size(); ++workflow) {
    const graph::WorkflowGraph& graph = release.workflow(workflow).graph();
    for (graph::FlowIndex index = 0; index < graph.flow_count(); ++index) {
      if (is_flow_called(release, {workflow, index}, name)) return std::nullopt;
      names.push_back(graph.flow(index).id);
    }
  }
  const std::string near = nearest_word(name, names);
  return "in de workflow is geen stroom \"" + std::string(name) + "\"." +
         (near.empty() ? "" : " Bedoelde u \"" + near + "\"?");
}

std::vector<ElementKey> running(const CasusState& state, const Release& release, std::string_view name) {
  std::vector<ElementKey> keys;
  for (const ElementInstance& element : state.elements) {
    if (is_called(release, element.node, name) && execute::find_loop(state, element.key) == nullptr)
      keys.push_back(element.key);
  }
  return keys;
}

std::vector<const ElementInstance*> leaves(const CasusState& state, const Release& release) {
  std::vector<const ElementInstance*> found;
  for (const ElementInstance& element : state.elements) {
    if (execute::find_loop(state, element.key) != nullptr) continue;
    const graph::NodeKind kind = release.node(element.node).kind;
    const bool encloses = graph::owns_scope(kind) || kind == graph::NodeKind::call_activity;
    if (!encloses || element.status == execute::ElementStatus::stuck) found.push_back(&element);
  }
  return found;
}

std::string list_of_leaves(const CasusState& state, const Release& release) {
  std::string text;
  for (const ElementInstance* element : leaves(state, release)) {
    text += (text.empty() ? "" : ", ") + name_of_node(release, element->node);
    if (element->status == execute::ElementStatus::stuck) text += " (zit vast)";
  }
  return text.empty() ? "niets" : text;
}

}  // namespace draad::rehearsal
