// engine/bpmn/unsupported.h
//
// What the engine cannot run, element by element, with the reason and what to draw instead. Empty: the whole process
// can run. The one list of what is supported; engine/docs/supported-elements.md says the same for people. Threads:
// pure.
#pragma once

#include <string_view>
#include <vector>

#include "engine/core/finding.h"
#include "engine/graph/workflow_graph.h"

namespace draad::bpmn {

// Code `unsupported`, severity error, one finding an element and reason.
[[nodiscard]] std::vector<Finding> unsupported(const graph::WorkflowGraph& graph);

// Code `unsupported_language`: conditions and scripts in a language that is not ours. Apart, because a file from
// elsewhere can still be judged, and played with conditions that a plan gives.
[[nodiscard]] std::vector<Finding> unsupported_languages(const graph::WorkflowGraph& graph);

// Of a condition: absent, or ending in FEEL. Of a script: Lua, in any case; absent counts only where there is no
// script.
[[nodiscard]] bool is_our_condition_language(std::string_view language);
[[nodiscard]] bool is_our_script_format(std::string_view format);

}  // namespace draad::bpmn
