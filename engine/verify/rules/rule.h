// engine/verify/rules/rule.h
//
// What every structure rule is made of: its texts, how much it weighs in our own workflows and in a file from
// elsewhere, and one function over a process. A rule that BPMN itself does not make weighs `info` at most elsewhere, or
// is silent.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/bpmn/definitions.h"
#include "engine/graph/workflow_graph.h"
#include "engine/verify/rules.h"

namespace draad::verify {

struct RuleContext {
  const graph::WorkflowGraph& graph;
  const bpmn::Definitions* definitions = nullptr;   // May be absent: then rules about the text keep still.
  const std::set<std::string, std::less<>>& known;  // Ids of processes that can be called.
  bool gate = false;                                // Our own workflows.
};

// Collects the places of one rule.
class Places {
 public:
  explicit Places(const graph::WorkflowGraph& graph) : graph_(graph) {}
  void node(graph::NodeIndex index, std::string detail = {});
  void flow(graph::FlowIndex index, std::string detail = {});
  void element(const bpmn::Element& element, std::string detail = {});

  struct Place {
    std::string id, label, detail;
    graph::SourcePosition position;
  };
  [[nodiscard]] const std::vector<Place>& all() const { return places_; }

 private:
  const graph::WorkflowGraph& graph_;
  std::vector<Place> places_;
};

struct Rule {
  RuleText text;
  std::optional<Severity> elsewhere;  // Nothing: only said of our own workflows.
  void (*check)(const RuleContext& context, Places& places);
};

[[nodiscard]] std::span<const Rule* const> structure_rules();
[[nodiscard]] std::vector<Finding> check_structure(const RuleContext& context);

}  // namespace draad::verify
