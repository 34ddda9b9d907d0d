#include "engine/rehearsal/stage.h"

#include "engine/execute/json.h"

namespace draad::rehearsal {
namespace {

// Short texts ("ja", "16"), yes-or-no and dates stand in many events without telling anything about a person; finding
// one there proves no leak.
bool could_only_be_this_value(const std::string& text) {
  if (text.size() < 4 || text == "true" || text == "false") return false;
  return !parse_date(text).has_value();
}

}  // namespace

std::string reference_fact(std::string_view field) {
  return "kluis." + std::string(field);
}

void ScriptedRules::set_rule(std::string rule, Facts facts, std::string reason) {
  answers_.insert_or_assign(std::move(rule), execute::RuleAnswer{std::move(facts), std::move(reason), "scenario", "1"});
}

Result<execute::RuleAnswer> ScriptedRules::answer(std::string_view rule, const Facts& facts) const {
  const auto found = answers_.find(rule);
  if (found != answers_.end()) return found->second;
  if (otherwise_ != nullptr) return otherwise_->answer(rule, facts);
  return Error{ErrorCode::not_found,
               "Het scenario zegt niet wat de regel \"" + std::string(rule) + "\" antwoordt. Schrijf: regel " +
                   std::string(rule) + ": naam=waarde",
               std::string(rule)};
}

Result<Facts> ScriptedRules::run_script(std::string_view format, std::string_view script, const Facts& facts) const {
  if (script_) return *script_;
  if (otherwise_ != nullptr) return otherwise_->run_script(format, script, facts);
  return Error{ErrorCode::not_found, "Het scenario zegt niet wat een script oplevert. Schrijf: script: naam=waarde",
               ""};
}

MemoryStage::MemoryStage(const WorkflowSet& workflows, WorkCalendar calendar, const execute::RulePort* rules, Mode mode)
    : workflows_(workflows), calendar_(std::move(calendar)), rules_(rules), mode_(mode) {}

Result<std::vector<execute::Event>> MemoryStage::play(const execute::Command& command,
                                                      std::span<const casework::PersonalValue> personal) {
  execute::Command sent = command;
  if (auto* complete = std::get_if<execute::CompleteTask>(&sent.body)) {
    std::int64_t reference = static_cast<std::int64_t>(vault_.size());
    for (const casework::PersonalValue& value : personal)
      complete->facts.insert_or_assign(reference_fact(value.field), Value(Facts{{"kluis", Value(++reference)}}));
  }
  DRAAD_TRY(execute::Decision decision, execute::decide(state_, sent, {*workflows_.release, calendar_, rules_, {}}));
  vault_.insert(vault_.end(), personal.begin(), personal.end());
  state_ = std::move(decision.after);
  journal_.push_back(execute::encode(decision.events));
  for (const casework::PersonalValue& value : vault_) {
    if (could_only_be_this_value(value.text) && journal_.back().find(value.text) != std::string::npos) {
      return Error{ErrorCode::corrupt,
                   "Het persoonlijke veld \"" + value.field + "\" staat leesbaar in een gebeurtenis", value.field};
    }
  }
  if (mode_ == Mode::restart) DRAAD_TRY_DONE(restart());
  return std::move(decision.events);
}

Result<Done> MemoryStage::restart() {
  const std::string written = execute::encode(state_);
  DRAAD_TRY(execute::CasusState read, execute::decode_state(written));
  if (execute::encode(read) != written)
    return Error{ErrorCode::corrupt, "Na een herstart is de toestand anders dan ervoor", ""};
  execute::CasusState replayed;
  for (const std::string& batch : journal_) {
    DRAAD_TRY(const std::vector<execute::Event> events, execute::decode_events(batch));
    execute::apply(replayed, events);
  }
  if (execute::encode(replayed) != written)
    return Error{ErrorCode::corrupt, "Het journaal geeft bij naspelen een andere toestand", ""};
  state_ = std::move(read);
  return Done{};
}

}  // namespace draad::rehearsal
