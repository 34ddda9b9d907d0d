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
    audience_.begins(scenario_, workflows_);
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
    audience_.ends(now_, stage_.state());
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

  // For people; what the engine says is for developers.
  static std::string_view reason_for(ErrorCode code) {
    switch (code) {
      case ErrorCode::not_found:
        return "die stap loopt niet (meer)";
      case ErrorCode::conflict:
        return "dat kan in deze stand niet";
      case ErrorCode::denied:
        return "dat mag niet";
      case ErrorCode::limit:
        return "dat is te veel";
      case ErrorCode::unsupported:
        return "dat kan de motor niet";
      default:
        return "dat klopt niet";
    }
  }

  static std::string where(const Error& error) { return error.where.empty() ? "" : " (" + error.where + ")"; }

  bool refused(const Act& act, const std::string& actor, const Error& error) {
    audience_.refused(now_, actor, text_, std::string(reason_for(error.code)));
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
    audience_.played(now_, actor, line, events);
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

  // What the casus sends to itself arrives, as the live engine has it: a message without a topic and without a
  // correlation always, one with a correlation when the casus waits for it.
  bool deliver(std::vector<execute::Event> events) {
    if (stage_.routes_messages()) return true;
    for (int deliveries = 0; !events.empty(); ++deliveries) {
      if (deliveries > kDeliveriesMax) return fail("de casus blijft zichzelf berichten sturen.");
      std::vector<execute::Event> next;
      for (const execute::Event& event : events) {
        const auto* thrown = std::get_if<execute::MessageThrown>(&event);
        if (thrown == nullptr || stage_.state().is_over() || !is_for_itself(*thrown)) continue;
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

  bool is_for_itself(const execute::MessageThrown& thrown) const {
    if (!workflows_.release->node(thrown.node).annotations.topic.empty()) return false;
    if (thrown.correlation.is_null()) return true;
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

MakeStage in_memory(Mode mode) {
  return [mode](const Scenario& scenario, const WorkflowSet& workflows,
                const execute::RulePort& rules) -> Result<std::unique_ptr<Stage>> {
    return std::unique_ptr<Stage>(std::make_unique<MemoryStage>(workflows, calendar_of(scenario), &rules, mode));
  };
}

namespace {

// Plays the scenarios of one file; workflows that several of them share are read once.
class FilePlayer {
 public:
  FilePlayer(const std::filesystem::path& path, const FilePlay& how) : path_(path), how_(how) {}

  FileOutcome play_all() {
    std::ifstream file(path_, std::ios::binary);
    if (!file) {
      fault("dit bestand is er niet of mag niet worden gelezen.");
      return std::move(outcome_);
    }
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const ScenarioFile parsed = parse_scenarios(text, path_.stem().string());
    for (const Fault& one : parsed.faults) outcome_.faults.push_back(to_string(one, path_.string()));
    for (const Scenario& scenario : parsed.scenarios) {
      outcome_.names.push_back(scenario.name);
      if (how_.only.empty() || how_.only == scenario.name) play_one(scenario, parsed.scenarios.size() > 1);
    }
    return std::move(outcome_);
  }

 private:
  void fault(const std::string& text) { outcome_.faults.push_back(path_.string() + ": " + text); }

  const WorkflowSet* workflows_of(const Scenario& scenario) {
    const auto key = std::pair(scenario.workflows, scenario.forms);
    auto loaded = sets_.find(key);
    if (loaded == sets_.end()) {
      loaded = sets_.emplace(key, load_workflow_set(path_.parent_path(), scenario.workflows, scenario.forms)).first;
      outcome_.faults.insert(outcome_.faults.end(), loaded->second.faults.begin(), loaded->second.faults.end());
    }
    return loaded->second.set.get();
  }

  void play_one(const Scenario& scenario, bool named) {
    const WorkflowSet* workflows = workflows_of(scenario);
    if (workflows == nullptr) return;
    ScriptedRules rules(how_.rules);
    const Result<std::unique_ptr<Stage>> stage = how_.stage(scenario, *workflows, rules);
    if (!stage) return fault(stage.error().message);
    const Outcome one = play(scenario, *workflows, **stage, rules, CasusId{1}, how_.audience);
    ++outcome_.scenarios;
    outcome_.commands += one.commands;
    outcome_.claims += one.claims;
    outcome_.later.insert(outcome_.later.end(), one.later.begin(), one.later.end());
    for (const Failure& failure : one.failures) {
      outcome_.faults.push_back(path_.string() + ":" + std::to_string(failure.line) + ": " +
                                (named ? scenario.name + ": " : "") + failure.message);
    }
  }

  const std::filesystem::path& path_;
  const FilePlay& how_;
  FileOutcome outcome_;
  std::map<std::pair<std::vector<std::string>, std::string>, WorkflowSetResult> sets_;
};

}  // namespace

FileOutcome play_file(const std::filesystem::path& path, const FilePlay& how) {
  return FilePlayer(path, how).play_all();
}

}  // namespace draad::rehearsal
