// engine/rehearsal/stage.h
//
// Where a scenario is played. MemoryStage plays on execute::decide in this process, with a vault that forgets; another
// stage can play through the live engine and its store. Threads: one.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/casework/form.h"
#include "engine/execute/decide.h"
#include "engine/rehearsal/workflow_set.h"

namespace draad::rehearsal {

class Stage {
 public:
  virtual ~Stage() = default;

  // Plays one command; `personal` goes to the vault and the command gets references (add_references). Refused: nothing
  // changed.
  [[nodiscard]] virtual Result<std::vector<execute::Event>> play(const execute::Command& command,
                                                                 std::span<const casework::PersonalValue> personal) = 0;
  [[nodiscard]] virtual const execute::CasusState& state() const = 0;
  // What the casus throws arrives by itself, and play() answers with all that followed.
  [[nodiscard]] virtual bool routes_messages() const { return false; }
};

// The fact `kluis.<field>` holds the vault's reference to a personal field, so that a condition can ask whether it was
// filled in.
[[nodiscard]] std::string reference_fact(std::string_view field);

// Answers rules and scripts with what a scenario says they answer; whoever is given answers the rest (the national
// defaults).
class ScriptedRules final : public execute::RulePort {
 public:
  explicit ScriptedRules(const execute::RulePort* otherwise = nullptr) : otherwise_(otherwise) {}

  void set_rule(std::string rule, Facts facts, std::string reason);
  void set_script(Facts facts) { script_ = std::move(facts); }
  [[nodiscard]] Result<execute::RuleAnswer> answer(std::string_view rule, const Facts& facts) const override;
  [[nodiscard]] Result<Facts> run_script(std::string_view format, std::string_view script,
                                         const Facts& facts) const override;

 private:
  const execute::RulePort* otherwise_;
  std::map<std::string, execute::RuleAnswer, std::less<>> answers_;
  std::optional<Facts> script_;
};

enum class Mode {
  plain,
  restart,  // After every command: the state through JSON and back, and the journal replayed to the same state.
};

class MemoryStage final : public Stage {
 public:
  MemoryStage(const WorkflowSet& workflows, WorkCalendar calendar, const execute::RulePort* rules, Mode mode);

  Result<std::vector<execute::Event>> play(const execute::Command& command,
                                           std::span<const casework::PersonalValue> personal) override;
  [[nodiscard]] const execute::CasusState& state() const override { return state_; }

 private:
  Result<Done> restart();

  const WorkflowSet& workflows_;
  WorkCalendar calendar_;
  const execute::RulePort* rules_;
  Mode mode_;
  execute::CasusState state_;
  std::vector<std::string> journal_;  // The events of each command, encoded.
  std::vector<casework::PersonalValue> vault_;
};

}  // namespace draad::rehearsal
