#include "engine/rehearsal/runner.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "engine/rehearsal/internal/claims.h"
#include "engine/rehearsal/internal/command_builder.h"

namespace draad::rehearsal {
namespace {

// Timers that go off by themselves within one `wacht`, and messages that a casus sends to itself within one command.
constexpr int kFiringsMax = 20'000;
constexpr int kDeliveriesMax = 1'000;

class Play {
 public:
  Play(const Scenario& scenario, const WorkflowSet& workflows, Stage& stage, ScriptedRules& rules, CasusId casus,
       Audience& audience)
      : scenario_(scenario),
        workflows_(workflows),
        stage_(stage),
        rules_(rules),
        casus_(casus),
        audience_(audience),
        calendar_(calendar_of(scenario)),
        ledger_(*workflows.release),
        now_(scenario.begin) {}

  Outcome run() {
    audience_.begins(scenario_, now_);
    for (const Statement& statement : scenario_.statements) {
      line_ = statement.line;
      text_ = statement.text;
      if (!std::visit([this](const auto& body) { return step(body); }, statement.body)) break;
    }
    if (outcome_.failures.empty()) {
      for (const execute::Incident& incident : stage_.state().incidents) {
        if (!expected_incidents_.contains(incident.key))
          fail("aan het eind zit er iets vast dat het scenario niet verwacht: " + incident.message);
      }
    }
    outcome_.end = now_;
    return std::move(outcome_);
  }

 private:
  bool fail(std::string message) {
    audience_.failed(line_, message);
    outcome_.failures.push_back({line_, std::move(message)});
    return false;
  }

  // Each answers: does the play go on?
  bool step(const Story& story) {
    audience_.story(story.text);
    return true;
  }
  bool step(const Later& later) {
    audience_.later(later.text);
    outcome_.later.push_back(later.text);
    return true;
  }
  bool step(const ActAs& act_as) {
    actor_ = act_as.actor;
    return true;
  }
  bool step(const RuleAnswers& answers) {
    rules_.set_rule(answers.rule, facts_of(answers.facts), answers.reason);
    return true;
  }
  bool step(const ScriptAnswers& answers) {
    rules_.set_script(facts_of(answers.facts));
    return true;
  }

  bool step(const Wait& wait) {
    Instant target = now_;
    if (wait.working_days > 0) {
      const Date day = calendar_.add_working_days(date_of(now_), wait.working_days);
      const LocalTime local = to_local(now_);
      target = from_local(std::chrono::local_days{day} + (local - std::chrono::floor<std::chrono::days>(local)));
    } else {
      target = draad::add(now_, wait.duration);
    }
    return pass_until(target);
  }

  bool step(const Until& until) {
    if (until.at < now_) return fail("de klok staat al op " + to_local_string(now_) + "; terug kan niet.");
    return pass_until(until.at);
  }

  bool step(const Expect& expect) {
    const Moment moment{stage_.state(), *workflows_.release, ledger_, now_};
    for (const WrittenClaim& written : expect.claims) {
      ++outcome_.claims;
      line_ = written.line;
      if (const auto contrary = refute(written.claim, moment, expected_incidents_))
        fail("verwacht " + written.text + ", maar " + *contrary);
    }
    return true;
  }

  bool step(const Act& act) {
    if (std::holds_alternative<action::Start>(act.action) == (stage_.state().status != execute::CasusStatus::fresh) &&
        !act.refused) {
      return fail(std::holds_alternative<action::Start>(act.action)
                      ? "er loopt al een casus; een scenario heeft er één."
                      : "er is nog geen casus. Begin met: start PROCES.");
    }
    const std::string& actor = act.actor.empty() ? actor_ : act.actor;
    const Result<BuiltCommand> built =
        build(act.action, {stage_.state(), workflows_, ledger_, actor, act.refused.has_value()});
    if (!built)
      return act.refused && built.error().code != ErrorCode::invalid ? refused(act, actor, built.error())
                                                                     : fail(built.error().message);
    if (!built->form_errors.empty()) return form_refused(act, actor, built->form_errors);
    const Result<std::vector<execute::Event>> events = stage_.play(command(actor, built->body), built->personal);
    if (!events)
      return act.refused ? refused(act, actor, events.error()) : fail(events.error().message + where(events.error()));
    if (act.refused) return fail("dit had geweigerd moeten worden, maar het is gelukt.");
    for (const casework::PersonalValue& value : built->personal) ledger_.add_vault_field(value.field);
    took_place(actor, text_, *events);
    return deliver(*events);
  }

  static std::string where(const Error& error) { return error.where.empty() ? "" : " (" + error.where + ")"; }

  bool refused(const Act& act, const std::string& actor, const Error& error) {
    audience_.refused(now_, actor, text_, error.message);
    const bool as_expected = error.code != ErrorCode::corrupt && !act.refused->form &&
                             (!act.refused->code || *act.refused->code == error.code);
    return as_expected ||
           fail("geweigerd met " + std::string(to_string(error.code)) + ": " + error.message + where(error));
  }

  bool form_refused(const Act& act, const std::string& actor, const std::vector<casework::FieldError>& errors) {
    std::string all;
    for (const casework::FieldError& error : errors) all += (all.empty() ? "" : " ") + error.message;
    const bool expected = act.refused && (act.refused->form || !act.refused->code);
    if (!expected) return fail("het formulier is niet goed ingevuld. " + all);
    audience_.refused(now_, actor, text_, all);
    return true;
  }

  execute::Command command(const std::string& actor, execute::CommandBody body) {
    ++outcome_.commands;
    return {casus_, actor, "scenario-" + std::to_string(outcome_.commands), now_, std::move(body)};
  }

  void took_place(const std::string& actor, const std::string& line, const std::vector<execute::Event>& events) {
    ledger_.add(events);
    audience_.played(now_, actor, line, events, stage_.state());
  }

  bool pass_until(Instant target) {
    for (int firings = 0; firings < kFiringsMax; ++firings) {
      const std::optional<Instant> due = execute::next_due(stage_.state());
      if (!due || *due > target) {
        now_ = std::max(now_, target);
        return true;
      }
      now_ = std::max(now_, *due);
      const Result<std::vector<execute::Event>> events = stage_.play(command("systeem", execute::FireDueTimers{}), {});
      if (!events) return fail("een wekker kon niet afgaan: " + events.error().message + where(events.error()));
      if (events->empty()) return fail("de wekker van " + to_local_string(*due) + " gaat niet af.");
      took_place("systeem", "", *events);
      if (!deliver(*events)) return false;
    }
    return fail("er gaan meer dan " + std::to_string(kFiringsMax) + " wekkers af. Wacht korter.");
  }

  // What the casus sends and itself waits for, arrives.
  bool deliver(std::vector<execute::Event> events) {
    for (int deliveries = 0; !events.empty(); ++deliveries) {
      if (deliveries > kDeliveriesMax) return fail("de casus blijft zichzelf berichten sturen.");
      std::vector<execute::Event> next;
      for (const execute::Event& event : events) {
        const auto* thrown = std::get_if<execute::MessageThrown>(&event);
        if (thrown == nullptr || !is_awaited(*thrown)) continue;
        execute::CorrelateMessage message{thrown->name, thrown->correlation, thrown->facts, ""};
        const Result<std::vector<execute::Event>> answer = stage_.play(command("systeem", std::move(message)), {});
        if (!answer) return fail("een bericht van de casus aan zichzelf is niet aangekomen: " + answer.error().message);
        took_place("systeem", "", *answer);
        next.insert(next.end(), answer->begin(), answer->end());
      }
      events = std::move(next);
    }
    return true;
  }

  bool is_awaited(const execute::MessageThrown& thrown) const {
    const auto& subscriptions = stage_.state().subscriptions;
    return std::any_of(subscriptions.begin(), subscriptions.end(), [&](const execute::SubscriptionState& one) {
      return one.kind == execute::SubscriptionKind::message && one.name == thrown.name &&
             one.correlation == thrown.correlation;
    });
  }

  const Scenario& scenario_;
  const WorkflowSet& workflows_;
  Stage& stage_;
  ScriptedRules& rules_;
  CasusId casus_;
  Audience& audience_;
  WorkCalendar calendar_;
  Ledger ledger_;
  Instant now_;
  std::string actor_ = "systeem";
  int line_ = 0;
  std::string text_;
  std::set<std::uint64_t> expected_incidents_;
  Outcome outcome_;
};

}  // namespace

WorkCalendar calendar_of(const Scenario& scenario) {
  return WorkCalendar({scenario.closing_days.begin(), scenario.closing_days.end()});
}

Outcome play(const Scenario& scenario, const WorkflowSet& workflows, Stage& stage, ScriptedRules& rules, CasusId casus,
             Audience* audience) {
  Audience nobody;
  return Play(scenario, workflows, stage, rules, casus, audience == nullptr ? nobody : *audience).run();
}

FileOutcome play_file(const std::filesystem::path& path, Mode mode, Audience* audience) {
  FileOutcome outcome;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    outcome.faults.push_back(path.string() + ": dit bestand is er niet of mag niet worden gelezen.");
    return outcome;
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const ScenarioFile parsed = parse_scenarios(text, path.stem().string());
  for (const Fault& fault : parsed.faults) outcome.faults.push_back(to_string(fault, path.string()));
  std::map<std::pair<std::vector<std::string>, std::string>, WorkflowSetResult> sets;
  for (const Scenario& scenario : parsed.scenarios) {
    const auto key = std::pair(scenario.workflows, scenario.forms);
    auto loaded = sets.find(key);
    if (loaded == sets.end()) {
      loaded = sets.emplace(key, load_workflow_set(path.parent_path(), scenario.workflows, scenario.forms)).first;
      outcome.faults.insert(outcome.faults.end(), loaded->second.faults.begin(), loaded->second.faults.end());
    }
    if (loaded->second.set == nullptr) continue;
    ScriptedRules rules;
    MemoryStage stage(*loaded->second.set, calendar_of(scenario), &rules, mode);
    const Outcome one = play(scenario, *loaded->second.set, stage, rules, CasusId{1}, audience);
    ++outcome.scenarios;
    outcome.commands += one.commands;
    outcome.claims += one.claims;
    for (const Failure& failure : one.failures) {
      outcome.faults.push_back(path.string() + ":" + std::to_string(failure.line) + ": " +
                               (parsed.scenarios.size() > 1 ? scenario.name + ": " : "") + failure.message);
    }
  }
  return outcome;
}

}  // namespace draad::rehearsal
