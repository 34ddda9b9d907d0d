// engine/rehearsal/simulate.h
//
// Plays processes of any BPMN file on a virtual clock, in memory, the way a plan says. Called processes are instances
// of their own in the trace; cooperating ones exchange messages along the message flows of the drawing, or by name
// where there are none. A message that nobody waits for yet is kept. The clock begins at midnight, Thursday 1 January
// 2026, Amsterdam.
//   A run that would go on for ever ends as `failed`, with the budget that was spent.
// Threads: one.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "engine/execute/release.h"
#include "engine/rehearsal/plan.h"
#include "engine/rehearsal/trace.h"

namespace draad::rehearsal {

// One message flow between flow nodes or processes: ids of flow nodes, or of processes (of their participants).
struct MessageLink {
  std::string source_node;     // Empty: the whole process.
  std::string source_process;  // Empty: a black box.
  std::string target_node;
  std::string target_process;
};

struct SimulationBudget {
  std::uint32_t steps_per_command = 20'000;
  std::size_t events_max = 200'000;
  std::size_t instances_max = 1'000;
  std::size_t firings_max = 20'000;   // Timers that go off.
  std::function<bool()> out_of_time;  // Asked after every command; true: stop.
};

[[nodiscard]] Trace simulate(const execute::Release& release, const Plan& plan, const std::vector<MessageLink>& links,
                             const SimulationBudget& budget = {});

}  // namespace draad::rehearsal
