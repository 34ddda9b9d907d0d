// engine/verify/internal/soundness.h
//
// The verdict on one process: every scope of it, reduced and explored; what is violated, with a walk to where it shows.
#pragma once

#include <vector>

#include "engine/verify/internal/scope_net.h"
#include "engine/verify/verify.h"

namespace draad::verify::internal {

struct Judgement {
  ProcessVerdict verdict;
  std::vector<Finding> findings;
};

[[nodiscard]] Judgement judge(const graph::WorkflowGraph& graph, const Surroundings& surroundings,
                              const Options& options);

// Outcomes of all processes together, calls resolved among them.
[[nodiscard]] std::map<std::string, Outcome, std::less<>> outcomes_of(const std::vector<Graph>& graphs);

}  // namespace draad::verify::internal
