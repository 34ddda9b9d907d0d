// engine/graph/internal/fingerprint.h
#pragma once

#include <span>
#include <string>

#include "engine/graph/workflow_graph.h"

namespace draad::graph::internal {

// What matters for execution, one line a thing, in document order; no names that only people read, no places in the
// file.
[[nodiscard]] std::string fingerprint(std::string_view process_id, std::string_view safeguards,
                                      std::span<const FactDeclaration> facts, std::span<const FlowNode> nodes,
                                      std::span<const SequenceFlow> flows);

}  // namespace draad::graph::internal
