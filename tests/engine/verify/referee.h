// tests/engine/verify/referee.h
//
// A second opinion that shares nothing with the checker: plays every order of every step on plain token counts, one
// scope inside another, no reduction, no clever order. Slow and simple on purpose. Knows tasks, exclusive, parallel,
// inclusive and event-based gateways, catch events, interrupting timers on a border, terminate, and sub-processes.
#pragma once

#include <set>
#include <string>

#include "engine/graph/workflow_graph.h"

namespace draad::verify::test {

struct Opinion {
  bool gave_up = false;
  bool lack = false;  // The rest is only filled when this is false.
  bool deadlock = false;
  bool livelock = false;  // A state from which neither the end nor a deadlock can be reached.
  std::set<std::string> dead;
  [[nodiscard]] bool sound() const { return !lack && !deadlock && !livelock && dead.empty(); }
};

Opinion referee(const graph::WorkflowGraph& graph, std::size_t states_max = 20'000);

}  // namespace draad::verify::test
