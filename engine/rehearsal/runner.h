// engine/rehearsal/runner.h
//
// Plays a scenario on a stage, with a clock that only the scenario turns, and tells what did not go as it says. A claim
// that does not hold is told and the play goes on; a command that fails ends it. Threads: one.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/rehearsal/scenario.h"
#include "engine/rehearsal/stage.h"

namespace draad::rehearsal {

// Hears what happens, in order: the timeline of `draad run`.
class Audience {
 public:
  virtual ~Audience() = default;
  virtual void begins(const Scenario&, const WorkflowSet&) {}
  virtual void story(const std::string&) {}
  virtual void later(const std::string&) {}
  // `line`: the statement as written; empty for timers and messages that came by themselves.
  virtual void played(Instant, const std::string& /*actor*/, const std::string& /*line*/,
                      std::span<const execute::Event>) {}
  virtual void refused(Instant, const std::string& /*actor*/, const std::string& /*line*/, const std::string& /*why*/) {
  }
  virtual void failed(int /*line*/, const std::string&) {}
  virtual void ends(Instant, const execute::CasusState&) {}
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
};

// `rules` is what the stage was made with; the scenario's `regel` lines fill it on the way.
[[nodiscard]] Outcome play(const Scenario& scenario, const WorkflowSet& workflows, Stage& stage, ScriptedRules& rules,
                           CasusId casus, Audience* audience = nullptr);

// Where each scenario of a file is played.
using MakeStage =
    std::function<Result<std::unique_ptr<Stage>>(const Scenario&, const WorkflowSet&, const execute::RulePort&)>;
[[nodiscard]] MakeStage in_memory(Mode mode);

struct FilePlay {
  MakeStage stage = in_memory(Mode::plain);
  const execute::RulePort* rules = nullptr;  // Who answers a rule that the scenario says nothing about.
  std::string only;                          // Name of the one scenario to play; empty: all.
  Audience* audience = nullptr;
};

struct FileOutcome {
  std::vector<std::string> faults;  // "file:line: text" of everything that did not go as it should.
  std::vector<std::string> names;   // Of the scenarios in the file.
  std::vector<std::string> later;
  int scenarios = 0;  // Played.
  int commands = 0;
  int claims = 0;
};
// A whole file. `file`: its path, from which its workflows are found.
[[nodiscard]] FileOutcome play_file(const std::filesystem::path& file, const FilePlay& how);

[[nodiscard]] WorkCalendar calendar_of(const Scenario& scenario);

}  // namespace draad::rehearsal
