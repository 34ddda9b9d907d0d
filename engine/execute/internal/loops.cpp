// Multi-instance and standard loop. The body is one element instance, which boundary events sit on; each round is an
// element instance of its own with `body` pointing to it. The collection is a snapshot taken on entry, outputs are kept
// by index, and the completion condition is asked after each instance, with that instance's own facts in sight
// (semantics rule 8).
#include <algorithm>

#include "engine/execute/internal/machine.h"
#include "engine/execute/internal/text.h"

namespace draad::execute::internal {

namespace {

constexpr std::int64_t kCountMax = 1'000'000'000;

Value count(std::uint64_t number) {
  return Value(static_cast<std::int64_t>(number));
}

// The names of BPMN 2.0.2 table 10.30, and those that other tools made a habit.
Facts counts_of(const LoopState& loop, std::uint32_t completed, std::uint32_t index) {
  const Value total = count(loop.total), active = count(loop.started - completed), done = count(completed);
  return Facts{{"loopCounter", count(index + 1)},   {"nrOfActiveInstances", active},
               {"nrOfCompletedInstances", done},    {"nrOfInstances", total},
               {"numberOfActiveInstances", active}, {"numberOfCompletedInstances", done},
               {"numberOfInstances", total},        {"numberOfTerminatedInstances", count(0)}};
}

}  // namespace

Facts Machine::loop_facts(const ElementInstance& instance) const {
  if (instance.body == 0) return {};
  const LoopState* loop = find_loop(state_, instance.body);
  const graph::FlowNode& node = release().node(instance.node);
  if (loop == nullptr || (!node.multi_instance && !graph::owns_scope(node.kind))) return {};
  Facts facts{{"loopCounter", count(std::uint64_t{instance.loop_index} + 1)}};
  if (node.multi_instance && !node.multi_instance->item.empty() && instance.loop_index < loop->items.size())
    facts.insert_or_assign(node.multi_instance->item, loop->items[instance.loop_index]);
  return facts;
}

void Machine::start_loop(const Step& step) {
  const auto refuse = [&](const std::string& why) {
    stuck(step, IncidentKind::formula, "De herhaling van " + called(step.node) + " kan niet beginnen: " + why + ".");
  };
  LoopStarted loop{step.element.key, kNone, {}};
  if (step.node.multi_instance) {
    std::int64_t total = 0;
    if (step.plan.collection.present()) {
      Result<Value> collection = evaluate(step.plan.collection, step.element.scope);
      if (!collection) return refuse(collection.error().message);
      const List* list = collection->get_if<List>();
      if (list == nullptr) return refuse("de verzameling is geen lijst, maar: " + std::string(type_name(*collection)));
      loop.items = *list;
      total = static_cast<std::int64_t>(list->size());
    } else {
      Result<Value> cardinality = evaluate(step.plan.cardinality, step.element.scope);
      if (!cardinality) return refuse(cardinality.error().message);
      const Number* number = cardinality->get_if<Number>();
      if (number == nullptr || !number->is_whole() || number->scaled() < 0)
        return refuse("het aantal is geen geheel getal van 0 of meer, maar: " + to_text(*cardinality));
      total = number->scaled() / Number::kScale;
    }
    if (total > std::min<std::int64_t>(options().instances_max, kCountMax)) {
      return refuse("het zijn er " + std::to_string(total) + ", en er mogen er hoogstens " +
                    std::to_string(options().instances_max) + " tegelijk bestaan (instances_max)");
    }
    loop.total = static_cast<std::uint32_t>(total);
  } else if (step.node.loop->maximum && *step.node.loop->maximum >= 0 && *step.node.loop->maximum < kCountMax) {
    loop.total = static_cast<std::uint32_t>(*step.node.loop->maximum);
  }
  if (const Result<Done> opened = open_boundaries(step); !opened) return refuse(opened.error().message);

  bool begins = loop.total > 0;
  if (step.node.loop && step.node.loop->test_before && begins && step.plan.loop_condition.present()) {
    const Facts nearer{{"loopCounter", count(0)}};
    const Result<bool> holds = node_holds(step.plan.loop_condition, step.element.node, step.element.scope, &nearer);
    if (!holds) return refuse(holds.error().message);
    begins = *holds;
  }
  const std::uint32_t total = loop.total;
  emit(std::move(loop));
  if (!begins) return leave(step.element.key);
  const bool one_by_one = step.node.loop.has_value() || step.node.multi_instance->sequential;
  const std::uint32_t first = one_by_one ? 1 : total;
  for (std::uint32_t index = 0; index < first; ++index) start_instance(step, index);
}

void Machine::start_instance(const Step& body, std::uint32_t index) {
  emit(LoopRound{body.element.key, index});
  enter_later(activate(body.element.scope, body.element.node, kNone, body.element.key, index));
}

void Machine::finish_instance(const Step& step) {
  const LoopState loop = *find_loop(state_, step.element.body);
  const ScopeKey own = step.inner_scope();
  const auto refuse = [&](std::string_view what, const Error& why) {
    stuck(step, IncidentKind::formula,
          std::string(what) + " van " + called(step.node) + " is niet te bepalen: " + why.message + ".", {}, true);
  };
  const Facts counts = counts_of(loop, loop.completed + 1, step.element.loop_index);
  LoopOutput output{loop.element, step.element.loop_index, {}};
  bool enough = false;
  bool again = false;
  if (step.node.multi_instance) {
    if (step.plan.output_item.present()) {
      Result<Value> item = evaluate(step.plan.output_item, own, &counts);
      if (!item) return refuse("Het resultaat", item.error());
      output.output = *std::move(item);
    }
    if (step.plan.completion.present()) {
      const Result<bool> holds = node_holds(step.plan.completion, step.element.node, own, &counts);
      if (!holds) return refuse("De eindvoorwaarde", holds.error());
      enough = *holds;
    }
    enough = enough || loop.completed + 1 == loop.total;
    again = !enough && step.node.multi_instance->sequential;
  } else {
    if (!apply_outputs(step)) return;  // Rounds follow each other, so each may give its results outward.
    again = loop.started < loop.total;
    if (again && (step.plan.loop_condition.present() || port() != nullptr)) {
      const Result<bool> holds = node_holds(step.plan.loop_condition, step.element.node, step.element.scope, &counts);
      if (!holds) return refuse("De herhaling", holds.error());
      again = *holds;
    }
    enough = !again;
  }
  emit(std::move(output));
  close(step.element, ElementCompleted{step.element.key, {}});
  const Step body = step_of(loop.element);
  if (again) return start_instance(body, loop.started);
  if (!enough) return;
  end_all_instances(loop.element);
  leave(loop.element);
}

void Machine::collect_outputs(const Step& body) {
  if (!body.node.multi_instance || body.node.multi_instance->output_collection.empty()) return;
  const LoopState& loop = *find_loop(state_, body.element.key);
  List outputs = loop.outputs;
  outputs.resize(loop.total);  // Instances that were cancelled gave nothing.
  set_facts(target_scope(body.element.scope),
            Facts{{body.node.multi_instance->output_collection, Value(std::move(outputs))}});
}

void Machine::end_all_instances(ElementKey body) {
  std::vector<ElementKey> instances;
  for (const ElementInstance& element : state_.elements)
    if (element.body == body) instances.push_back(element.key);
  for (const ElementKey instance : instances) terminate_element(instance);
}

}  // namespace draad::execute::internal
