// Work that somebody does: offering it, its term, what it yields, rules that answer at once, errors reported from
// outside.
#include "engine/execute/internal/machine.h"
#include "engine/execute/internal/text.h"
#include "engine/execute/internal/timer_text.h"

namespace draad::execute::internal {

using graph::EventKind;
using graph::TaskKind;

namespace {

constexpr std::string_view kForEver =
    "Wat hier na het verlopen van de termijn gebeurt, gaat eindeloos door: in het proces zit een kring zonder "
    "wachtende stap.";

}  // namespace

void Machine::offer(const Step& step) {
  const graph::Annotations& says = step.node.annotations;
  TaskOffered task{step.element.key, says.task_kind, says.role, says.referred_to, std::nullopt};
  if (step.plan.referred_to.present()) {
    const Result<Value> value = evaluate(step.plan.referred_to, step.inner_scope());
    if (!value || value->get_if<std::string>() == nullptr) {
      stuck(step, IncidentKind::formula,
            "Naar wie " + called(step.node) + " verwijst, is niet te bepalen: " +
                (value ? "verwacht werd een tekst, maar er kwam: " + std::string(type_name(*value))
                       : value.error().message) +
                ".");
      return;
    }
    task.referred_to = *value->get_if<std::string>();
  }
  const Result<TimerSpec> term = timer_spec(step.plan.termijn, graph::TimerKind::duration, step.inner_scope(), nullptr);
  if (!term) {
    stuck(step, IncidentKind::formula,
          "De termijn van " + called(step.node) + " is niet te bepalen: " + term.error().message + ".");
    return;
  }
  if (term->date) task.due_at = term->date;
  if (term->duration) task.due_at = surroundings_.calendar.term_end(now(), *term->duration, says.calendar);
  wait(step);
  emit(std::move(task));
}

void Machine::await_or_complete(const Step& step) {
  if (port() == nullptr || port()->waits(step.workflow, step.element.node.node)) {
    offer(step);
    return;
  }
  const std::optional<Duration> duration = port()->duration(step.workflow, step.element.node.node);
  if (duration && *duration != Duration{}) {
    wait(step);
    schedule_work(step, *duration);
    return;
  }
  complete_task(step, {}, kNone);
}

void Machine::complete_task(const Step& step, Facts facts, FlowIndex choice) {
  set_facts(result_scope(step.element), std::move(facts));
  if (port() != nullptr) {
    Effects effects =
        port()->on_complete(step.workflow, step.element.node.node, visible_facts(state_, step.inner_scope()));
    set_facts(result_scope(step.element), std::move(effects.facts));
    if (effects.error) {
      throw_from_task(step, false, *effects.error, {});
      return;
    }
  }
  leave(step.element.key, choice);
}

void Machine::request_delivery(const Step& step) {
  const graph::Annotations& says = step.node.annotations;
  if (says.topic.empty()) return;
  emit(DeliveryRequested{step.element.key, step.element.node, says.topic, says.shares, says.ground});
}

bool Machine::throw_message(const Step& step, std::size_t definition) {
  MessageThrown message{step.element.scope, step.element.node, step.node.message_name, {}, {}};
  if (message.name.empty() && definition < step.node.events.size()) message.name = step.node.events[definition].name;
  if (message.name.empty()) return true;
  const auto refuse = [&](std::string_view what, const Error& why) {
    stuck(
        step, IncidentKind::formula,
        std::string(what) + " van het bericht van " + called(step.node) + " is niet te bepalen: " + why.message + ".");
    return false;
  };
  if (const Formula& correlation = step.plan.correlations[definition]; correlation.present()) {
    Result<Value> value = evaluate(correlation, step.inner_scope());
    if (!value) return refuse("De correlatie", value.error());
    message.correlation = *std::move(value);
  }
  for (const Assignment& input : step.plan.inputs) {
    Result<Value> value = evaluate(input.formula, step.inner_scope());
    if (!value) return refuse("De inhoud", value.error());
    message.facts.insert_or_assign(input.target, *std::move(value));
  }
  emit(std::move(message));
  return true;
}

void Machine::ask(const Step& step, Result<RuleAnswer> answer, std::string_view asked) {
  if (!answer) {
    stuck(step, IncidentKind::rule,
          called(step.node) + " kreeg geen antwoord van '" + std::string(asked) + "': " + answer.error().message);
    return;
  }
  emit(RuleAnswered{step.element.key, std::string(asked), answer->source, answer->version, answer->reason});
  complete_task(step, std::move(answer->facts), kNone);
}

void Machine::expire_term(ElementKey element, bool parked) {
  const TaskState& task = *find_task(state_, element);
  if (task.referral == ReferralState::offered) {
    emit(ReferralExpired{element});
    if (parked) {
      stuck(step_of(element), IncidentKind::out_of_steps, std::string(kForEver));
      return;
    }
    throw_from_task(step_of(element), false, "verwijzing.verlopen", {});
  } else {
    emit(TermijnVerstreken{element});
  }
}

void Machine::throw_from_task(const Step& step, bool escalation, const std::string& code, const Facts& facts) {
  if (escalation) {
    static_cast<void>(throw_escalation(step, code, step.element.key, facts));
    return;
  }
  const std::optional<Catcher> catcher = find_catcher(EventKind::error, code, step.element.scope, step.element.key);
  emit(ErrorThrown{step.element.scope, step.element.node, code, catcher.has_value()});
  if (catcher) {
    fire(catcher->waiter, facts);
  } else if (options().uncaught_error_ends) {
    end_casus(CasusEndedByError{code});
  } else {
    stuck(step, IncidentKind::uncaught_error,
          "De fout '" + code + "' van " + called(step.node) +
              " wordt nergens opgevangen. Zet in het proces een foutgebeurtenis aan de rand van deze stap.",
          code);
  }
}

}  // namespace draad::execute::internal
