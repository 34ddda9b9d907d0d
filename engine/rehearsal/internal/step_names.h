// engine/rehearsal/internal/step_names.h
//
// From what a scenario calls a step (anchor, element id, "Proces:stap") to nodes and running element instances.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/execute/state.h"
#include "engine/rehearsal/scenario.h"

namespace draad::rehearsal {

using execute::ElementKey;
using execute::NodeRef;

[[nodiscard]] bool is_called(const execute::Release& release, NodeRef ref, std::string_view name);
// The name a scenario would use: the anchor, else the id.
[[nodiscard]] std::string name_of_node(const execute::Release& release, NodeRef ref);

// Nothing when some node has this name; else a message with the nearest name.
[[nodiscard]] std::optional<std::string> unknown_step(const execute::Release& release, std::string_view name);
[[nodiscard]] std::optional<std::string> unknown_flow(const execute::Release& release, std::string_view name);
[[nodiscard]] bool is_flow_called(const execute::Release& release, execute::FlowRef ref, std::string_view name);

// Running element instances of that name, in order of activation, without the bodies of multi-instances.
[[nodiscard]] std::vector<ElementKey> running(const execute::CasusState& state, const execute::Release& release,
                                              std::string_view name);

// Tasks and waiting events that run: everything but the sub-processes, calls and multi-instance bodies around them.
[[nodiscard]] std::vector<const execute::ElementInstance*> leaves(const execute::CasusState& state,
                                                                  const execute::Release& release);

[[nodiscard]] std::string list_of_leaves(const execute::CasusState& state, const execute::Release& release);

}  // namespace draad::rehearsal
