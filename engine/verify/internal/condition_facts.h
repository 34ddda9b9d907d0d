// engine/verify/internal/condition_facts.h
//
// What the conditions of one process may read: the facts it declares, and names that a mapping or a repetition brings
// in, whose type nobody states.
#pragma once

#include <set>
#include <span>
#include <string>

#include "engine/feel/decide.h"
#include "engine/graph/workflow_graph.h"

namespace draad::verify::internal {

struct ConditionFacts {
  feel::FactTypes declared;
  std::set<std::string, std::less<>> untyped;  // Known, of a type that is read from how they are compared.
};

[[nodiscard]] ConditionFacts condition_facts(const graph::WorkflowGraph& graph);

struct FactTypesOf {
  feel::FactTypes types;
  std::vector<std::string> guessed_names;  // Those whose type was read from the conditions; they can be empty.
  [[nodiscard]] bool guessed() const { return !guessed_names.empty(); }
};

// `declared_only`: a name that nothing brings in stays unknown.
[[nodiscard]] FactTypesOf types_for(const ConditionFacts& facts, std::span<const feel::Expression> conditions,
                                    bool declared_only);

// The flows of `chooser` are the outcomes of user tasks before it: a person presses one of them.
[[nodiscard]] bool person_chooses(const graph::WorkflowGraph& graph, graph::NodeIndex chooser,
                                  std::span<const feel::Expression> conditions);

}  // namespace draad::verify::internal
