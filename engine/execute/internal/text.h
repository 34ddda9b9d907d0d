// engine/execute/internal/text.h
//
// How an element is called in a sentence for people.
#pragma once

#include <string>

#include "engine/graph/workflow_graph.h"

namespace draad::execute::internal {

[[nodiscard]] inline std::string called(const graph::FlowNode& node) {
  return node.name.empty() ? "'" + node.id + "'" : "'" + node.name + "' (" + node.id + ")";
}

}  // namespace draad::execute::internal
