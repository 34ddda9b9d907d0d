// engine/verify/verify.h
//
// Proof before publication. verify() judges the processes of one file: structure (rules.h), soundness over the state
// space, safeguards over anchors (safeguards.h) and the conditions on flows. Three verdicts only: proved, violated with
// a counterexample, or not decided with the reason; never a guess. What each verdict means:
// engine/docs/verification.md. Pure: reads no clock. Whoever wants a limit of time passes `Options::out_of_time`.
// Threads: no shared state; one call per thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/finding.h"
#include "engine/graph/workflow_graph.h"
#include "engine/verify/safeguards.h"

namespace draad::bpmn {
struct Definitions;
}

namespace draad::verify {

using Graph = std::shared_ptr<const graph::WorkflowGraph>;

// What is judged. `processes` are the compiled processes of the file, in document order (those that did not compile are
// left out: reading has said why). `others` are processes of other files, for calls and for safeguards across calls;
// they get no verdict of their own here.
struct Input {
  const bpmn::Definitions* definitions = nullptr;  // For rules about the text and for message flows; may be null.
  std::vector<Graph> processes;
  std::vector<Graph> others;
  // Our own workflows (they use the draad: namespace) must pass the publication gate: role, form, term, legal basis,
  // FEEL conditions. In a file from elsewhere the same remarks are `info` at most.
  bool publication_gate = false;
};

struct Options {
  bool with_conditions = false;            // Leave out what the conditions exclude; `analysis` says so.
  std::uint64_t markings_max = 1'000'000;  // Per process; spent: `undecided`.
  std::uint64_t memory_max_bytes = 512u << 20;
  std::function<bool()> out_of_time;  // Asked now and then; true: `undecided`.
  bool soundness = true;
  bool rules = true;
  bool conditions = true;
  const SafeguardFile* safeguards = nullptr;  // Checked for every process that starts here or is called from here.
};

enum class Analysis : std::uint8_t {
  exhaustive,  // Every reachable marking (up to order of independent steps) was seen.
  structural,  // Reduction alone decided it.
  bounded,     // The budget ran out.
};
[[nodiscard]] std::string_view to_string(Analysis analysis);

struct ProcessVerdict {
  std::string id;
  std::optional<bool> sound;  // Nothing: not decided; a finding `undecided` says why.
  Analysis analysis = Analysis::structural;
  bool with_conditions = false;
  std::uint64_t states = 0;
  std::vector<std::string> unsupported;  // Element ids the engine cannot run; they are judged as well as possible.
};

struct CollaborationVerdict {
  std::optional<bool> sound;
  std::optional<bool> message_relaxed_sound;  // Sound but for messages that stay undelivered.
  std::uint64_t states = 0;
};

struct Report {
  std::vector<ProcessVerdict> processes;
  std::optional<CollaborationVerdict> collaboration;  // Only where the file has message flows between known processes.
  std::vector<Finding> findings;                      // Ordered by severity, line, code.
};

[[nodiscard]] Report verify(const Input& input, const Options& options = {});

// A municipality's variant: the core with `replacement` standing where the core's process of the same id stands
// (or `replaces`, when it is called otherwise). Verify the result as if it were the core.
[[nodiscard]] Input with_replacement(Input core, Graph replacement, std::string_view replaces = {});

// The id of the process a call activity names: "ns:Id" is "Id".
[[nodiscard]] std::string_view called_process_id(std::string_view called_element);

}  // namespace draad::verify
