// engine/rehearsal/trace.h
//
// What `draad simulate` saw: every step of every instance, on the virtual clock. JSON: engine/docs/cli-json.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "engine/core/finding.h"
#include "engine/core/value.h"

namespace draad::rehearsal {

enum class RunOutcome { completed, waiting, stuck, failed, error_end };
[[nodiscard]] std::string_view to_string(RunOutcome outcome);

struct TraceInstance {
  std::string id;  // "1", "2", ... in order of appearance.
  std::string process;
  std::optional<std::string> parent;    // Of a called process: the instance that called it.
  std::string state = "running";        // running | completed | cancelled | failed | stuck | error_end
  std::vector<std::string> end_events;  // Of the process itself (not of its sub-processes), in order.
  Facts variables;
};

struct TraceEvent {
  Duration t;  // Since the start.
  std::string instance;
  std::vector<std::string> scope;  // Ids of the sub-processes around it, outermost first.
  std::string element;
  std::string type;                   // BPMN name: "userTask", "sequenceFlow".
  std::string event;                  // activated | completed | cancelled | taken | thrown | caught | waiting | failed
  std::optional<std::uint32_t> loop;  // Round of a multi-instance or loop, from 0.
  std::string detail;                 // Name of the message, code of the error; may be empty.
};

struct TraceWaiting {
  std::string element;
  std::string kind;  // work | message | signal | timer | condition
  std::string instance;
  friend bool operator==(const TraceWaiting&, const TraceWaiting&) = default;
};

struct Checkpoint {
  std::size_t after_step = 0;
  std::vector<TraceWaiting> waiting;
};

struct SkippedStep {
  std::size_t step = 0;
  std::string reason;  // Dutch.
};

struct Trace {
  RunOutcome outcome = RunOutcome::completed;
  std::optional<std::string> failed_element;
  std::string reason;  // Dutch: why it failed; empty otherwise.
  std::vector<TraceInstance> instances;
  std::vector<TraceEvent> events;
  std::vector<TraceWaiting> waiting;
  std::vector<Checkpoint> checkpoints;
  std::vector<SkippedStep> skipped_steps;  // Steps that found nothing to do.
};

[[nodiscard]] nlohmann::ordered_json to_json(const Trace& trace);
// The trace of a file that was refused: nothing was played, the findings say why.
[[nodiscard]] nlohmann::ordered_json refused_trace();

}  // namespace draad::rehearsal
