// Facts and formulas: which values a formula sees, and where results go. Reading looks outward from the nearest scope
// and stops at the process (never across a call); writing goes to one scope, named by the caller (semantics rule 23).
#include <algorithm>
#include <set>

#include "engine/execute/internal/machine.h"
#include "engine/execute/internal/text.h"
#include "engine/execute/internal/timer_text.h"

namespace draad::execute::internal {

namespace {

class ScopeEnvironment final : public feel::Environment {
 public:
  ScopeEnvironment(const CasusState& state, ScopeKey scope, const Facts* nearer, Instant now)
      : state_(state), scope_(scope), nearer_(nearer), now_(now) {}

  [[nodiscard]] const Value* find(std::string_view name) const override {
    if (nearer_ != nullptr)
      if (const auto found = nearer_->find(name); found != nearer_->end()) return &found->second;
    for (const ScopeInstance* scope = find_scope(state_, scope_); scope != nullptr;
         scope = find_scope(state_, scope->parent)) {
      if (const auto found = scope->facts->find(name); found != scope->facts->end()) return &found->second;
      if (scope->is_process()) break;
    }
    return nullptr;
  }
  [[nodiscard]] Instant now() const override { return now_; }

 private:
  const CasusState& state_;
  ScopeKey scope_;
  const Facts* nearer_;
  Instant now_;
};

Error cannot_run(const Formula& formula) {
  return Error{ErrorCode::invalid, formula.fault.empty() ? "er staat niets om uit te rekenen" : formula.fault, {}};
}

}  // namespace

Result<Value> Machine::evaluate(const Formula& formula, ScopeKey scope, const Facts* nearer) const {
  if (!formula.expression) return cannot_run(formula);
  return feel::evaluate(*formula.expression, ScopeEnvironment(state_, scope, nearer, now()));
}

Result<bool> Machine::flow_holds(const Step& step, FlowIndex flow) const {
  if (port() != nullptr) {
    std::optional<Result<bool>> planned =
        port()->flow_condition(step.workflow, flow, visible_facts(state_, step.inner_scope()));
    if (planned) return *std::move(planned);
  }
  const Formula& condition = step.workflow.flow_condition(flow);
  if (!condition.present()) return true;
  const std::string& id = step.workflow.graph().flow(flow).id;
  const auto refused = [&](const Error& why) {
    return Error{ErrorCode::invalid,
                 "Bij " + called(step.node) + " geeft de voorwaarde op pijl '" + id + "' geen ja of nee: " +
                     why.message + ". Verbeter de feiten of de voorwaarde en probeer het opnieuw.",
                 id};
  };
  if (!condition.expression) return refused(cannot_run(condition));
  Result<bool> holds = feel::holds(*condition.expression, ScopeEnvironment(state_, step.inner_scope(), nullptr, now()));
  if (!holds) return refused(holds.error());
  return holds;
}

Result<bool> Machine::node_holds(const Formula& formula, NodeRef node, ScopeKey scope, const Facts* nearer) const {
  if (port() != nullptr) {
    std::optional<Result<bool>> planned =
        port()->node_condition(release().workflow(node.workflow), node.node, visible_facts(state_, scope));
    if (planned) return *std::move(planned);
  }
  DRAAD_TRY(const Value value, evaluate(formula, scope, nearer));
  if (value.is_null()) return false;
  if (const bool* answer = value.get_if<bool>()) return *answer;
  return Error{ErrorCode::invalid, "de voorwaarde geeft geen ja of nee, maar: " + std::string(type_name(value)), {}};
}

std::string Machine::seen(const Step& step, std::span<const FlowIndex> flows) const {
  std::set<std::string> names;
  for (const FlowIndex flow : flows)
    if (const auto& condition = step.workflow.flow_condition(flow).expression)
      names.insert(condition->names().begin(), condition->names().end());
  if (names.empty()) return "geen feiten";
  const ScopeEnvironment environment(state_, step.inner_scope(), nullptr, now());
  std::string text;
  for (const std::string& name : names) {
    const Value* value = environment.find(name);
    if (!text.empty()) text += "; ";
    text += name + " = " + (value == nullptr ? std::string("onbekend") : to_text(*value));
  }
  return text;
}

void Machine::set_facts(ScopeKey scope, Facts facts) {
  if (facts.empty()) return;
  emit(FactsSet{scope, std::move(facts)});
  facts_changed_ = true;
}

ScopeKey Machine::target_scope(ScopeKey key) const {
  if (!options().facts_to_process) return key;
  const ScopeInstance* scope = find_scope(state_, key);
  while (scope != nullptr && !scope->is_process()) scope = find_scope(state_, scope->parent);
  return scope == nullptr ? key : scope->key;
}

ScopeKey Machine::result_scope(const ElementInstance& element) const {
  const bool own_instance =
      element.body != 0 && element.local != 0 && release().node(element.node).multi_instance.has_value();
  return target_scope(own_instance ? element.local : element.scope);
}

bool Machine::apply_outputs(const Step& step) {
  Facts outputs;
  const bool is_body = find_loop(state_, step.element.key) != nullptr;
  if (is_body) collect_outputs(step);
  const ScopeKey from = step.inner_scope();
  const bool everything = step.node.kind == graph::NodeKind::call_activity && step.element.local != 0 &&
                          (step.node.annotations.all_facts || options().facts_to_process);
  if (everything) outputs = *find_scope(state_, step.element.local)->facts;
  for (const Assignment& output : step.plan.outputs) {
    Result<Value> value = evaluate(output.formula, from);
    if (!value) {
      stuck(step, IncidentKind::formula,
            "De uitvoer '" + output.target + "' van " + called(step.node) +
                " heeft geen waarde: " + value.error().message + ".",
            {}, true);
      return false;
    }
    outputs.insert_or_assign(output.target, *std::move(value));
  }
  set_facts(target_scope(step.element.scope), std::move(outputs));
  return true;
}

Result<TimerSpec> Machine::timer_spec(const TimerSpec& spec, graph::TimerKind kind, ScopeKey scope,
                                      std::string* text) const {
  if (!spec.formula.present()) return spec;
  DRAAD_TRY(const Value value, evaluate(spec.formula, scope));
  if (kind == graph::TimerKind::cycle && text != nullptr) *text = text_of(value);
  return timer_from_value(kind, value);
}

}  // namespace draad::execute::internal
