// engine/rehearsal/runner.h
//
// Plays a scenario on a stage, with a clock that only the scenario turns, and tells what did not go as it says. A claim
// that does not hold is told and the play goes on; a command that fails ends it. Threads: one.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/rehearsal/scenario.h"
#include "engine/rehearsal/stage.h"

namespace draad::rehearsal {

// Hears what happens, in order: the timeline of `draad run`.
class Audience {
 public:
  virtual ~Audience() = default;
  virtual void begins(const Scenario&, Instant) {}
  virtual void story(const std::string&) {}
  virtual void later(const std::string&) {}
  // `line`: the statement as written; empty for timers that went off by themselves.
  virtual void played(Instant, const std::string& /*actor*/, const std::string& /*line*/,
                      std::span<const execute::Event>, const execute::CasusState& /*after*/) {}
  virtual void refused(Instant, const std::string& /*actor*/, const std::string& /*line*/, const std::string& /*why*/) {
  }
  virtual void failed(int /*line*/, const std::string&) {}
};

struct Failure {
  int line = 0;
  std::string message;  // Dutch.
};

struct Outcome {
  std::vector<Failure> failures;
  std::vector<std::string> later;  // What the scenario says it cannot show yet.
  int commands = 0;                // Timers included.
  int claims = 0;
  Instant end;
};

// `rules` is what the stage was made with; the scenario's `regel` lines fill it on the way.
[[nodiscard]] Outcome play(const Scenario& scenario, const WorkflowSet& workflows, Stage& stage, ScriptedRules& rules,
                           CasusId casus, Audience* audience = nullptr);

// A whole file, each scenario on a fresh MemoryStage. `file`: its path, from which its workflows are found.
struct FileOutcome {
  std::vector<std::string> faults;  // "file:line: text" of everything that did not go as it should.
  int scenarios = 0;
  int commands = 0;
  int claims = 0;
};
[[nodiscard]] FileOutcome play_file(const std::filesystem::path& file, Mode mode, Audience* audience = nullptr);

[[nodiscard]] WorkCalendar calendar_of(const Scenario& scenario);

}  // namespace draad::rehearsal
