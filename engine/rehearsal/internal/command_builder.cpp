#include "engine/rehearsal/internal/command_builder.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/core/words.h"
#include "engine/rehearsal/internal/form_answers.h"
#include "engine/rehearsal/internal/step_names.h"

namespace draad::rehearsal {
namespace {

class Builder {
 public:
  explicit Builder(const BuildSite& site) : s_(site), release_(*site.workflows.release) {}

  Result<BuiltCommand> operator()(const action::Start& start) const {
    if (!release_.find(start.process)) return unknown_process(start.process);
    return body(execute::StartCasus{start.process, start.start_event, facts_of(start.facts)});
  }

  Result<BuiltCommand> operator()(const action::Complete& complete) const {
    DRAAD_TRY(const ElementKey element, task(complete.step));
    const execute::NodeRef* node = s_.ledger.node_of(element);
    const std::string form_name = node == nullptr ? std::string() : release_.node(*node).annotations.form;
    BuiltCommand built{execute::CompleteTask{element, complete.outcome, {}}, {}, {}};
    auto& command = std::get<execute::CompleteTask>(built.body);
    const bool is_over = execute::find_element(s_.state, element) == nullptr;  // Then the form is not what is refused.
    if (form_name.empty() || complete.without_form || is_over) {
      command.facts = facts_of(complete.fields);
      return built;
    }
    const auto form = s_.workflows.forms.find(form_name);
    if (form == s_.workflows.forms.end()) {
      return Error{ErrorCode::invalid,
                   "Het formulier \"" + form_name + "\" van deze taak is er niet. Zet " + form_name +
                       ".json in de map formulieren, of schrijf: zonder formulier.",
                   ""};
    }
    casework::FilledForm filled = form->second->fill(answers_of(*form->second, complete.fields));
    command.facts = std::move(filled.facts);
    built.personal = std::move(filled.personal);
    built.form_errors = std::move(filled.errors);
    return built;
  }

  Result<BuiltCommand> operator()(const action::Claim& claim) const {
    DRAAD_TRY(const ElementKey element, task(claim.step));
    return body(execute::ClaimTask{element, claim.give_back ? std::string() : std::string(s_.actor)});
  }
  Result<BuiltCommand> operator()(const action::Accept& accept) const {
    DRAAD_TRY(const ElementKey element, task(accept.step));
    return body(execute::AcceptReferral{element});
  }
  Result<BuiltCommand> operator()(const action::Refuse& refuse) const {
    DRAAD_TRY(const ElementKey element, task(refuse.step));
    return body(execute::RefuseReferral{element, refuse.reason});
  }
  Result<BuiltCommand> operator()(const action::Withdraw& withdraw) const {
    DRAAD_TRY(const ElementKey element, task(withdraw.step));
    return body(execute::WithdrawReferral{element, withdraw.reason});
  }
  Result<BuiltCommand> operator()(const action::Message& message) const {
    return body(execute::CorrelateMessage{message.name, message.key.value_or(Value()), facts_of(message.facts),
                                          message.message_id});
  }
  Result<BuiltCommand> operator()(const action::Signal& signal) const {
    return body(execute::BroadcastSignal{signal.name, facts_of(signal.facts)});
  }
  Result<BuiltCommand> operator()(const action::Throw& thrown) const {
    DRAAD_TRY(const ElementKey element, task(thrown.step));
    return body(execute::ThrowFromTask{element, thrown.escalation, thrown.code, facts_of(thrown.facts)});
  }
  Result<BuiltCommand> operator()(const action::Fail& failed) const {
    DRAAD_TRY(const ElementKey element, task(failed.step));
    return body(execute::FailTask{element, failed.message, failed.retries_left});
  }

  Result<BuiltCommand> operator()(const action::SetFacts& set) const {
    execute::ScopeKey scope = 0;
    if (set.scope) {
      DRAAD_TRY(const ElementKey key, element_of(*set.scope));
      const execute::ElementInstance* element = execute::find_element(s_.state, key);
      if (element == nullptr || element->local == 0)
        return Error{ErrorCode::not_found, set.scope->name + " loopt niet als deelproces.", ""};
      scope = element->local;
    }
    return body(execute::SetFacts{scope, facts_of(set.facts)});
  }

  Result<BuiltCommand> operator()(const action::Activate& activate) const {
    if (auto unknown = unknown_step(release_, activate.activity)) return Error{ErrorCode::invalid, *unknown, ""};
    std::vector<std::pair<ElementKey, std::string>> found;
    for (const execute::ElementInstance& element : s_.state.elements) {
      const graph::WorkflowGraph& graph = release_.workflow(element.node.workflow).graph();
      const graph::FlowNode& node = graph.node(element.node.node);
      if (node.kind != graph::NodeKind::ad_hoc_sub_process ||
          (activate.ad_hoc && !is_called(release_, element.node, activate.ad_hoc->name)))
        continue;
      for (const graph::NodeIndex inner : graph.scope(node.own_scope).nodes) {
        if (is_called(release_, {element.node.workflow, inner}, activate.activity))
          found.emplace_back(element.key, graph.node(inner).id);
      }
    }
    const std::size_t index = activate.ad_hoc ? static_cast<std::size_t>(activate.ad_hoc->number.value_or(1)) - 1 : 0;
    if (index >= found.size())
      return Error{ErrorCode::not_found, "Er loopt geen ad-hocdeel met de stap " + activate.activity + ".", ""};
    return body(execute::ActivateAdHoc{found[index].first, found[index].second});
  }

  Result<BuiltCommand> operator()(const action::CloseAdHoc& close) const {
    DRAAD_TRY(const ElementKey element, element_of(close.step));
    return body(execute::CompleteAdHoc{element});
  }

  Result<BuiltCommand> operator()(const action::Retry& retry) const {
    if (auto unknown = unknown_step(release_, retry.step.name)) return Error{ErrorCode::invalid, *unknown, ""};
    int number = retry.step.number.value_or(1);
    for (const execute::Incident& incident : s_.state.incidents) {
      const execute::ElementInstance* element = execute::find_element(s_.state, incident.element);
      const bool here = is_called(release_, incident.node, retry.step.name) ||
                        (element != nullptr && is_called(release_, element->node, retry.step.name));
      if (here && --number == 0) return body(execute::RetryIncident{incident.key});
    }
    return Error{ErrorCode::not_found, retry.step.name + " zit niet vast.", ""};
  }

  Result<BuiltCommand> operator()(const action::Cancel& cancel) const {
    return body(execute::CancelCasus{cancel.reason});
  }

 private:
  static BuiltCommand body(execute::CommandBody body) { return BuiltCommand{std::move(body), {}, {}}; }

  Error unknown_process(const std::string& process) const {
    std::vector<std::string_view> ids;
    for (const auto& workflow : release_.workflows()) ids.push_back(workflow->graph().process_id());
    const std::string near = nearest_word(process, ids);
    std::string all;
    for (const std::string_view id : ids) all += (all.empty() ? "" : ", ") + std::string(id);
    return Error{ErrorCode::invalid,
                 "Het proces \"" + process + "\" is er niet. " +
                     (near.empty() ? "Wel: " + all + "." : "Bedoelde u \"" + near + "\"?"),
                 ""};
  }

  // Tasks that wait come before whatever else runs under that name.
  Result<ElementKey> task(const StepRef& step) const { return pick(step, true); }
  Result<ElementKey> element_of(const StepRef& step) const { return pick(step, false); }

  Result<ElementKey> pick(const StepRef& step, bool tasks_first) const {
    if (auto unknown = unknown_step(release_, step.name)) return Error{ErrorCode::invalid, *unknown, ""};
    std::vector<ElementKey> keys = running(s_.state, release_, step.name);
    const auto is_task = [&](ElementKey key) { return execute::find_task(s_.state, key) != nullptr; };
    if (tasks_first && std::any_of(keys.begin(), keys.end(), is_task))
      std::erase_if(keys, [&](ElementKey key) { return !is_task(key); });
    if (step.number && static_cast<std::size_t>(*step.number) <= keys.size())
      return keys[static_cast<std::size_t>(*step.number) - 1];
    if (!step.number && keys.size() == 1) return keys.front();
    if (keys.size() > 1 && !step.number) {
      return Error{ErrorCode::invalid,
                   step.name + " loopt " + std::to_string(keys.size()) + " keer. Kies met " + step.name + "#1, " +
                       step.name + "#2, ...",
                   ""};
    }
    if (const ElementKey before = s_.ledger.latest(step.name); before != 0 && s_.may_be_over && !step.number)
      return before;
    return Error{ErrorCode::not_found,
                 step.name + " loopt nu niet. Nu actief: " + list_of_leaves(s_.state, release_) + ".", ""};
  }

  const BuildSite& s_;
  const execute::Release& release_;
};

}  // namespace

Result<BuiltCommand> build(const Action& action, const BuildSite& site) {
  return std::visit(Builder(site), action);
}

}  // namespace draad::rehearsal
