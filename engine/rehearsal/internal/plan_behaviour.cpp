#include "engine/rehearsal/internal/plan_behaviour.h"

namespace draad::rehearsal {

using execute::Workflow;

namespace {

Value sum_of(const Value* have, const Value* more) {
  const Number* a = have == nullptr ? nullptr : have->get_if<Number>();
  const Number* b = more == nullptr ? nullptr : more->get_if<Number>();
  const Result<Number> sum = draad::add(a == nullptr ? Number() : *a, b == nullptr ? Number() : *b);
  return sum ? Value(*sum) : Value(Null{});  // Out of range: unknown.
}

}  // namespace

bool PlanBehaviour::waits(const Workflow& workflow, execute::NodeIndex node) const {
  return plan_.wait_on.contains(graph::to_string(workflow.graph().node(node).kind));
}

std::optional<Duration> PlanBehaviour::duration(const Workflow& workflow, execute::NodeIndex node) const {
  const auto effects = plan_.effects.find(workflow.graph().node(node).id);
  if (effects == plan_.effects.end()) return std::nullopt;
  for (const PlanEffect& effect : effects->second) {
    if (effect.kind == PlanEffect::Kind::duration) return effect.duration;
  }
  return std::nullopt;
}

std::optional<Result<bool>> PlanBehaviour::flow_condition(const Workflow& workflow, execute::FlowIndex index,
                                                          const Facts& visible) const {
  const graph::SequenceFlow& flow = workflow.graph().flow(index);
  auto found = plan_.conditions.find(flow.id);
  if (found == plan_.conditions.end()) {
    found = plan_.conditions.find(workflow.graph().node(flow.source).id + "->" + workflow.graph().node(flow.target).id);
  }
  if (found == plan_.conditions.end()) return std::nullopt;
  return holds(found->second, visible);
}

std::optional<Result<bool>> PlanBehaviour::node_condition(const Workflow& workflow, execute::NodeIndex node,
                                                          const Facts& visible) const {
  const auto found = plan_.conditions.find(workflow.graph().node(node).id);
  if (found == plan_.conditions.end()) return std::nullopt;
  return holds(found->second, visible);
}

execute::Effects PlanBehaviour::on_complete(const Workflow& workflow, execute::NodeIndex node,
                                            const Facts& visible) const {
  execute::Effects result;
  const auto effects = plan_.effects.find(workflow.graph().node(node).id);
  if (effects == plan_.effects.end()) return result;
  const auto current = [&](const std::string& name) -> const Value* {
    if (const auto changed = result.facts.find(name); changed != result.facts.end()) return &changed->second;
    const auto found = visible.find(name);
    return found == visible.end() ? nullptr : &found->second;
  };
  for (const PlanEffect& effect : effects->second) {
    switch (effect.kind) {
      case PlanEffect::Kind::set:
        result.facts.insert_or_assign(effect.variable, effect.value);
        break;
      case PlanEffect::Kind::add:
        result.facts.insert_or_assign(effect.variable, sum_of(current(effect.variable), &effect.value));
        break;
      case PlanEffect::Kind::add_variable:
        result.facts.insert_or_assign(effect.variable, sum_of(current(effect.variable), current(effect.from_variable)));
        break;
      case PlanEffect::Kind::throw_error:
        result.error = effect.error;
        break;
      case PlanEffect::Kind::duration:
        break;
    }
  }
  return result;
}

}  // namespace draad::rehearsal
