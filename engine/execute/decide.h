// engine/execute/decide.h
//
// decide: what happens when a command meets a casus. Pure and deterministic: no clock, socket, file, thread or random
// source; the same release, state and command give the same events. apply (event.h) changes the state; decide never
// does. Errors: `not_found` (no such element instance: it may be done already), `conflict` (not in that state),
// `invalid` (wrong outcome, ...), `limit` (step budget spent: names it). A stuck step is no error: it is the event
// IncidentRaised. Source: BPMN 2.0.2 clause 13; choices where the standard leaves one: engine/docs/semantics.md.
#pragma once

#include <vector>

#include "engine/core/calendar.h"
#include "engine/execute/behaviour_port.h"
#include "engine/execute/command.h"
#include "engine/execute/event.h"
#include "engine/execute/release.h"
#include "engine/execute/state.h"

namespace draad::execute {

struct RuleAnswer {
  Facts facts;
  std::string reason;
  std::string source;  // Plugin or national default that answered.
  std::string version;
};

// Business rule tasks and Lua scripts. Called while deciding; the answer becomes an event, so a replay never calls it.
class RulePort {
 public:
  virtual ~RulePort() = default;
  [[nodiscard]] virtual Result<RuleAnswer> answer(std::string_view rule, const Facts& facts) const = 0;
  [[nodiscard]] virtual Result<Facts> run_script(std::string_view format, std::string_view script,
                                                 const Facts& facts) const = 0;
};

// How conditions are judged and what waits: the engine's own way by default, a plan's way in `draad simulate`.
struct Options {
  std::uint32_t steps_max = 100'000;  // Per command; a loop without a wait state spends it.
  bool partial_at_limit = false;      // When they are spent: what happened so far (Decision::out_of_steps), no error.
  bool facts_to_process = false;  // Results go to the process instance (files from elsewhere), not the nearest scope.
  bool uncaught_error_ends = false;          // An uncaught error ends the casus; else it is an incident (rule 12).
  std::uint32_t instances_max = 10'000;      // Of one multi-instance.
  Duration message_ttl{.days = 7};           // How long a message that nobody awaits is kept.
  const BehaviourPort* behaviour = nullptr;  // A plan's way; see behaviour_port.h.
};

struct Surroundings {
  const Release& release;  // The one the casus is pinned to.
  const WorkCalendar& calendar;
  const RulePort* rules = nullptr;
  Options options;
};

struct Decision {
  std::vector<Event> events;
  CasusState after;           // apply(before, events), which the caller would otherwise compute again.
  bool out_of_steps = false;  // Not played out: only with Options::partial_at_limit.
};

[[nodiscard]] Result<Decision> decide(const CasusState& before, const Command& command,
                                      const Surroundings& surroundings);

}  // namespace draad::execute
