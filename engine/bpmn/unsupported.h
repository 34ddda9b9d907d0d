// engine/bpmn/unsupported.h
//
// What the engine cannot run, element by element, with the reason and what to draw instead: code `unsupported`, one
// finding an element. Empty: the whole process can run. The one list of what is supported:
// engine/docs/supported-elements.md follows it. Threads: pure.
#pragma once

#include <vector>

#include "engine/core/finding.h"
#include "engine/graph/workflow_graph.h"

namespace draad::bpmn {

[[nodiscard]] std::vector<Finding> unsupported(const graph::WorkflowGraph& graph);

}  // namespace draad::bpmn
