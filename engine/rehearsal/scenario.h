// engine/rehearsal/scenario.h
//
// A scenario file as plain values: what people do, what time passes, what must then hold. The language stands in
// tests/scenarios/README.md; parse_scenarios() reports *all* faults of a file at once, each with its line and its mend.
//   Limits: 1 MiB a file, 20,000 statements, lists 8 deep.
// Threads: pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/core/result.h"
#include "engine/core/time.h"
#include "engine/core/value.h"

namespace draad::rehearsal {

// `name = value` as written. A form decides the type of its fields by itself, so the raw text is kept beside the value.
struct Assignment {
  std::string name;
  std::string raw;
  bool quoted = false;
  Value value;
  int line = 0;
};
using Assignments = std::vector<Assignment>;
[[nodiscard]] Facts facts_of(const Assignments& assignments);

// A step by anchor or element id; `number` (from 1) picks one of several that run.
struct StepRef {
  std::string name;
  std::optional<int> number;
  friend bool operator==(const StepRef&, const StepRef&) = default;
};

namespace action {
struct Start {
  std::string process;
  std::string start_event;
  Assignments facts;
};
struct Complete {
  StepRef step;
  std::string outcome;
  bool without_form = false;
  Assignments fields;
};
struct Claim {
  StepRef step;
  bool give_back = false;
};
struct Accept {
  StepRef step;
};
struct Refuse {
  StepRef step;
  std::string reason;
};
struct Withdraw {
  StepRef step;
  std::string reason;
};
struct Message {
  std::string name;
  std::optional<Value> key;  // Nothing: this casus.
  std::string message_id;
  Assignments facts;
};
struct Signal {
  std::string name;
  Assignments facts;
};
struct Throw {
  StepRef step;
  bool escalation = false;
  std::string code;
  Assignments facts;
};
struct Fail {
  StepRef step;
  std::string message;
  int retries_left = 0;
};
struct SetFacts {
  std::optional<StepRef> scope;
  Assignments facts;
};
struct Activate {
  std::string activity;
  std::optional<StepRef> ad_hoc;
};
struct CloseAdHoc {
  StepRef step;
};
struct Retry {
  StepRef step;
};
struct Cancel {
  std::string reason;
};
}  // namespace action

using Action = std::variant<action::Start, action::Complete, action::Claim, action::Accept, action::Refuse,
                            action::Withdraw, action::Message, action::Signal, action::Throw, action::Fail,
                            action::SetFacts, action::Activate, action::CloseAdHoc, action::Retry, action::Cancel>;

// `geweigerd CODE:`. Neither a code nor `form`: any refusal will do.
struct Refusal {
  std::optional<ErrorCode> code;
  bool form = false;
};

struct Act {
  Action action;
  std::string actor;  // Empty: the actor of the last line that only said `door`.
  std::optional<Refusal> refused;
};

// `door WIE` alone: who does everything that follows.
struct ActAs {
  std::string actor;
};

// `wacht`: ISO duration, or working days. `tot`: a moment.
struct Wait {
  Duration duration;
  int working_days = 0;
};
struct Until {
  Instant at;
};

struct RuleAnswers {
  std::string rule;
  std::string reason;
  Assignments facts;
};
struct ScriptAnswers {
  Assignments facts;
};

struct Story {
  std::string text;
};
struct Later {
  std::string text;
};

namespace claim {
struct Active {
  std::vector<StepRef> steps;
  bool negated = false;
};
struct Exactly {
  std::vector<std::string> steps;
};
enum class Course { started, completed, terminated };
struct Happened {
  Course course = Course::started;
  std::string step;
  std::optional<int> times;  // Nothing: at least once.
};
struct Order {
  std::vector<std::string> steps;
};
struct FlowTaken {
  std::string flow;  // Id, or A->B.
  std::optional<int> times;
};
struct TimerDue {
  std::string step;
  std::optional<Instant> at;  // Nothing: no timer.
};
struct TermAt {
  StepRef step;
  Instant at;
};
struct TermLastDay {
  StepRef step;
  Date day;
};
struct TermExpired {
  std::string step;
};
struct NoTerm {
  std::string step;
};
enum class ReferralStage { offered, accepted, refused, expired, withdrawn, done };
struct Referral {
  std::string step;
  ReferralStage stage = ReferralStage::offered;
};
struct Role {
  StepRef step;
  std::string role;
};
struct FactIs {
  std::string name;
  std::optional<StepRef> scope;  // A running sub-process or call; nothing: the casus.
  std::optional<Value> value;    // Nothing: unknown.
};
struct Holds {
  std::string expression;
};
struct InVault {
  std::string field;
};
struct EventSeen {
  std::string kind;
  std::string step;  // Empty: any.
  std::optional<int> times;
};
struct Incident {
  std::string step;
  std::string code;  // Empty: any.
};
struct NoIncident {};
enum class CasusStage { running, completed, stopped };
struct Casus {
  CasusStage stage = CasusStage::running;
};
}  // namespace claim

using Claim = std::variant<claim::Active, claim::Exactly, claim::Happened, claim::Order, claim::FlowTaken,
                           claim::TimerDue, claim::TermAt, claim::TermLastDay, claim::TermExpired, claim::NoTerm,
                           claim::Referral, claim::Role, claim::FactIs, claim::Holds, claim::InVault, claim::EventSeen,
                           claim::Incident, claim::NoIncident, claim::Casus>;

struct WrittenClaim {
  Claim claim;
  std::string text;  // As written.
  int line = 0;
};
struct Expect {
  std::vector<WrittenClaim> claims;
};

struct Statement {
  int line = 0;
  std::string text;  // As written, on one line.
  std::variant<Act, ActAs, Wait, Until, RuleAnswers, ScriptAnswers, Story, Later, Expect> body;
};

struct Scenario {
  std::string name;
  int line = 1;
  std::vector<std::string> workflows;  // Paths, relative to the file.
  std::string forms;                   // Path; empty: the folder `formulieren` beside the workflow.
  Instant begin;
  std::vector<Date> closing_days;
  std::vector<Statement> statements;  // Those before the first `scenario` line included.
};

struct Fault {
  int line = 0;
  std::string message;  // Dutch: what stands there, what was expected.
  std::string mend;     // Dutch; may be empty.
};
// "file:line: message mend", as compilers print it.
[[nodiscard]] std::string to_string(const Fault& fault, std::string_view file);

struct ScenarioFile {
  std::vector<Scenario> scenarios;  // Empty when there are faults.
  std::vector<Fault> faults;        // In order of line.
};

// `name`: of the scenario when the file has no `scenario` line; the file's own name, without its extension.
[[nodiscard]] ScenarioFile parse_scenarios(std::string_view text, std::string_view name);

}  // namespace draad::rehearsal
