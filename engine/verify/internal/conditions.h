// engine/verify/internal/conditions.h
//
// The conditions on the flows out of everything that chooses: exclusive and inclusive gateways with several ways out,
// and activities with conditional flows. Decided exactly (feel/decide.h) over the facts the process declares.
//   Facts nobody declared: in our own workflow a fault; in a file from elsewhere their type is read from what they are
//   compared with, and what is said stays `info` (a branch that can never be true: `warning`).
//   Where a person chooses (semantics.md, "Outcomes") nothing can fall through: one of the flows is pressed.
#pragma once

#include <functional>
#include <vector>

#include "engine/core/finding.h"
#include "engine/verify/internal/scope_net.h"

namespace draad::verify::internal {

struct ConditionsJudgement {
  std::vector<Finding> findings;
  Excluded excluded;  // Flows that are never taken, whatever the facts: a proof, never a guess.
};

// `out_of_time` (may be empty) is asked before every gateway; spent: what is left is not decided, and said so.
[[nodiscard]] ConditionsJudgement judge_conditions(const graph::WorkflowGraph& graph, bool publication_gate,
                                                   const std::function<bool()>& out_of_time = {});

}  // namespace draad::verify::internal
