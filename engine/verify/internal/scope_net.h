// engine/verify/internal/scope_net.h
//
// From the graph that execute plays to nets that can be judged: one net for every scope, and one for every
// non-interrupting boundary event whose handler never meets the main path again (it may run any number of times, so it
// is judged once, on its own). This is the only place of verify that says what an element does.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/verify/internal/net.h"

namespace draad::verify::internal {

// How a scope or a called process can end, as its surroundings see it.
struct Outcome {
  bool completes = true;
  bool works = false;  // Has a task that may report any error or escalation.
  bool cancels = false;
  std::set<std::string> errors;       // Codes of error ends that leave it; "" has no code.
  std::set<std::string> escalations;  // Codes that leave it.
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

// Flows that conditions exclude (--with-conditions): never taken.
using Excluded = std::set<graph::FlowIndex>;

struct Surroundings {
  std::map<std::string, Outcome, std::less<>> called;  // By process id; an unknown process completes.
  const Excluded* excluded = nullptr;
  std::set<graph::ScopeIndex> never_complete;  // Scopes that were seen to have no way to their end.
};

enum class NetKind : std::uint8_t { process, sub_process, event_sub_process, handler };

struct ScopeNet {
  NetKind kind = NetKind::process;
  graph::ScopeIndex scope = 0;
  graph::NodeIndex owner = graph::kNone;  // The sub-process, or the boundary event of a handler.
  std::size_t parent = 0;                 // Index of the net it stands in; 0 for the process itself.
  Place host = kNothing;                  // In the parent's net: marked, this net can begin. kNothing: with its parent.
  // A timer, message, signal or condition from outside can end it at any moment: it is never stuck for ever.
  bool interruptible = false;
  Net net;
  std::vector<graph::NodeIndex> nodes;  // What should be able to run in it.
};

struct ProcessNets {
  std::vector<ScopeNet> nets;  // 0 is the process.
  Outcome outcome;
  std::string undecidable;  // Why no verdict can be given at all; empty: one can.
  graph::NodeIndex undecidable_at = graph::kNone;
};

[[nodiscard]] ProcessNets compile_nets(const graph::WorkflowGraph& graph, const Surroundings& surroundings);

}  // namespace draad::verify::internal
