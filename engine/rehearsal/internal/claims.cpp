#include "engine/rehearsal/internal/claims.h"

#include <algorithm>

#include "engine/core/words.h"
#include "engine/feel/feel.h"
#include "engine/rehearsal/internal/step_names.h"

namespace draad::rehearsal {
namespace {

using execute::CasusState;
using execute::Incident;
using execute::TaskState;
using Answer = std::optional<std::string>;

std::string text_of(claim::ReferralStage stage) {
  static constexpr const char* names[] = {"aangeboden", "aanvaard", "geweigerd", "verlopen", "ingetrokken", "afgerond"};
  return names[static_cast<std::size_t>(stage)];
}

class Refuter {
 public:
  Refuter(const Moment& moment, std::set<std::uint64_t>& expected) : m_(moment), expected_(expected) {}

  Answer operator()(const claim::Active& active) const {
    for (const StepRef& step : active.steps) {
      if (Answer unknown = unknown_step(m_.release, step.name)) return unknown;
      const std::size_t count = running(m_.state, m_.release, step.name).size();
      const bool is_active = count >= static_cast<std::size_t>(step.number.value_or(1));
      if (is_active == active.negated)
        return step.name + (is_active ? " loopt wel" : " loopt niet") +
               "; nu actief: " + list_of_leaves(m_.state, m_.release);
    }
    return std::nullopt;
  }

  Answer operator()(const claim::Exactly& exactly) const {
    std::vector<const execute::ElementInstance*> rest = leaves(m_.state, m_.release);
    for (const std::string& step : exactly.steps) {
      if (Answer unknown = unknown_step(m_.release, step)) return unknown;
      const auto found = std::find_if(rest.begin(), rest.end(), [&](const execute::ElementInstance* one) {
        return is_called(m_.release, one->node, step);
      });
      if (found == rest.end())
        return step + " loopt niet (zo vaak); nu actief: " + list_of_leaves(m_.state, m_.release);
      rest.erase(found);
    }
    if (rest.empty()) return std::nullopt;
    return "er loopt meer; nu actief: " + list_of_leaves(m_.state, m_.release);
  }

  Answer operator()(const claim::Happened& happened) const {
    if (Answer unknown = unknown_step(m_.release, happened.step)) return unknown;
    return times(m_.ledger.count(happened.course, happened.step), happened.times);
  }

  Answer operator()(const claim::Order& order) const {
    for (const std::string& step : order.steps) {
      if (Answer unknown = unknown_step(m_.release, step)) return unknown;
    }
    if (m_.ledger.completed_in_order(order.steps)) return std::nullopt;
    std::string text;
    for (const std::string& name : m_.ledger.completed()) text += (text.empty() ? "" : ", ") + name;
    return "de volgorde was: " + (text.empty() ? "nog niets" : text);
  }

  Answer operator()(const claim::FlowTaken& flow) const {
    if (Answer unknown = unknown_flow(m_.release, flow.flow)) return unknown;
    return times(m_.ledger.flow_count(flow.flow), flow.times);
  }

  Answer operator()(const claim::TimerDue& due) const {
    if (Answer unknown = unknown_step(m_.release, due.step)) return unknown;
    std::string set;
    for (const execute::TimerState& timer : m_.state.timers) {
      const execute::ElementInstance* host = execute::find_element(m_.state, timer.waiter.element);
      if (!is_called(m_.release, timer.waiter.node, due.step) &&
          (host == nullptr || !is_called(m_.release, host->node, due.step)))
        continue;
      if (due.at && timer.due_at == *due.at) return std::nullopt;
      set += (set.empty() ? "" : ", ") + to_local_string(timer.due_at);
    }
    if (set.empty()) return due.at ? Answer("er staat geen wekker bij " + due.step) : std::nullopt;
    return "de wekker staat op " + set;
  }

  Answer operator()(const claim::TermAt& term) const {
    return with_term(term.step, [&](Instant due) -> Answer {
      if (due == term.at) return std::nullopt;
      return "de termijn loopt tot " + to_local_string(due);
    });
  }

  Answer operator()(const claim::TermLastDay& term) const {
    return with_term(term.step, [&](Instant due) -> Answer {
      const Date last = date_of(due - std::chrono::milliseconds(1));
      if (last == term.day) return std::nullopt;
      return "de termijn loopt t/m " + draad::to_string(last);
    });
  }

  Answer operator()(const claim::TermExpired& term) const {
    if (Answer unknown = unknown_step(m_.release, term.step)) return unknown;
    if (m_.ledger.term_expired(term.step)) return std::nullopt;
    return "de termijn van " + term.step + " is niet verlopen";
  }

  Answer operator()(const claim::NoTerm& term) const {
    if (Answer unknown = unknown_step(m_.release, term.step)) return unknown;
    for (const ElementKey key : running(m_.state, m_.release, term.step)) {
      const TaskState* task = execute::find_task(m_.state, key);
      if (task != nullptr && task->due_at) return "er loopt een termijn tot " + to_local_string(*task->due_at);
    }
    return std::nullopt;
  }

  Answer operator()(const claim::Referral& referral) const {
    if (Answer unknown = unknown_step(m_.release, referral.step)) return unknown;
    const std::optional<claim::ReferralStage> stage = m_.ledger.referral(referral.step);
    if (!stage) return referral.step + " is nog geen verwijzing geweest";
    if (*stage == referral.stage) return std::nullopt;
    return "de verwijzing is " + text_of(*stage);
  }

  Answer operator()(const claim::Role& role) const {
    return with_task(role.step, [&](const TaskState& task) -> Answer {
      if (task.role == role.role) return std::nullopt;
      return "de taak is voor rol " + (task.role.empty() ? "(geen)" : task.role);
    });
  }

  Answer operator()(const claim::FactIs& fact) const {
    Facts facts = execute::casus_facts(m_.state);
    if (fact.scope) {
      if (Answer unknown = unknown_step(m_.release, fact.scope->name)) return unknown;
      const std::vector<ElementKey> keys = running(m_.state, m_.release, fact.scope->name);
      const std::size_t index = static_cast<std::size_t>(fact.scope->number.value_or(1)) - 1;
      const execute::ElementInstance* element =
          index < keys.size() ? execute::find_element(m_.state, keys[index]) : nullptr;
      if (element == nullptr || element->local == 0) return fact.scope->name + " loopt niet als deelproces";
      facts = execute::visible_facts(m_.state, element->local);
    }
    const auto found = facts.find(fact.name);
    const bool known = found != facts.end() && !found->second.is_null();
    if (!fact.value || fact.value->is_null())
      return known ? Answer("het feit is " + to_text(found->second)) : std::nullopt;
    if (!known) return "het feit \"" + fact.name + "\" is onbekend";
    if (found->second == *fact.value) return std::nullopt;
    return "het feit is " + to_text(found->second) + " (" + std::string(type_name(found->second)) + ")";
  }

  Answer operator()(const claim::Holds& holds) const {
    const Result<feel::Expression> expression = feel::parse(holds.expression);
    if (!expression) return "de voorwaarde is niet te lezen: " + expression.error().message;
    const feel::FactsEnvironment environment(execute::casus_facts(m_.state), m_.now);
    const Result<bool> answer = feel::holds(*expression, environment);
    if (!answer) return "de voorwaarde heeft geen antwoord: " + answer.error().message;
    return *answer ? std::nullopt : Answer("de voorwaarde geldt niet");
  }

  Answer operator()(const claim::InVault& vault) const {
    return m_.ledger.in_vault(vault.field) ? std::nullopt
                                           : Answer("het veld \"" + vault.field + "\" is niet in de kluis gelegd");
  }

  Answer operator()(const claim::EventSeen& event) const {
    const std::vector<std::string_view>& names = event_names();
    if (std::find(names.begin(), names.end(), event.kind) == names.end()) {
      const std::string near = nearest_word(event.kind, names);
      return "de gebeurtenis \"" + event.kind + "\" bestaat niet" +
             (near.empty() ? "" : "; bedoelde u \"" + near + "\"?");
    }
    if (!event.step.empty()) {
      if (Answer unknown = unknown_step(m_.release, event.step)) return unknown;
    }
    return times(m_.ledger.event_count(event.kind, event.step), event.times);
  }

  Answer operator()(const claim::Incident& claimed) const {
    if (Answer unknown = unknown_step(m_.release, claimed.step)) return unknown;
    Answer other;
    for (const Incident& incident : m_.state.incidents) {
      const execute::ElementInstance* element = execute::find_element(m_.state, incident.element);
      if (!is_called(m_.release, incident.node, claimed.step) &&
          (element == nullptr || !is_called(m_.release, element->node, claimed.step)))
        continue;
      if (claimed.code.empty() || claimed.code == to_string(incident.kind) || claimed.code == incident.detail) {
        expected_.insert(incident.key);
        return std::nullopt;
      }
      other = claimed.step + " zit vast met " + std::string(to_string(incident.kind)) +
              (incident.detail.empty() ? "" : " (" + incident.detail + ")");
    }
    return other ? other : claimed.step + " zit niet vast" + incidents();
  }

  Answer operator()(const claim::NoIncident&) const {
    return m_.state.incidents.empty() ? std::nullopt : Answer("er zit iets vast" + incidents());
  }

  Answer operator()(const claim::Casus& casus) const {
    using execute::CasusStatus;
    const CasusStatus status = m_.state.status;
    const char* now = status == CasusStatus::running     ? "loopt"
                      : status == CasusStatus::completed ? "is klaar"
                      : status == CasusStatus::fresh     ? "is nog niet begonnen"
                                                         : "is gestopt";
    const bool holds = casus.stage == claim::CasusStage::running ? status == CasusStatus::running
                       : casus.stage == claim::CasusStage::completed
                           ? status == CasusStatus::completed
                           : status == CasusStatus::cancelled || status == CasusStatus::ended_by_error;
    if (holds) return std::nullopt;
    return std::string("de casus ") + now +
           (status == CasusStatus::running ? "; nu actief: " + list_of_leaves(m_.state, m_.release) : "");
  }

 private:
  static Answer times(int count, std::optional<int> wanted) {
    if (wanted ? count == *wanted : count > 0) return std::nullopt;
    return count == 0 ? "dat is niet gebeurd" : "dat is " + std::to_string(count) + " keer gebeurd";
  }

  std::string incidents() const {
    std::string text;
    for (const Incident& incident : m_.state.incidents) text += "; " + incident.message;
    return text;
  }

  template <typename Use>
  Answer with_task(const StepRef& step, Use use) const {
    if (Answer unknown = unknown_step(m_.release, step.name)) return unknown;
    std::vector<const TaskState*> tasks;
    for (const ElementKey key : running(m_.state, m_.release, step.name)) {
      if (const TaskState* task = execute::find_task(m_.state, key)) tasks.push_back(task);
    }
    const std::size_t index = static_cast<std::size_t>(step.number.value_or(1)) - 1;
    if (index >= tasks.size())
      return step.name + " loopt niet als taak; nu actief: " + list_of_leaves(m_.state, m_.release);
    return use(*tasks[index]);
  }

  template <typename Use>
  Answer with_term(const StepRef& step, Use use) const {
    return with_task(step, [&](const TaskState& task) -> Answer {
      if (!task.due_at) return "bij " + step.name + " loopt geen termijn";
      return use(*task.due_at);
    });
  }

  const Moment& m_;
  std::set<std::uint64_t>& expected_;
};

}  // namespace

std::optional<std::string> refute(const Claim& claim, const Moment& moment,
                                  std::set<std::uint64_t>& expected_incidents) {
  return std::visit(Refuter(moment, expected_incidents), claim);
}

}  // namespace draad::rehearsal
