#include "engine/rehearsal/plan.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace draad::rehearsal {
namespace {

using nlohmann::json;
using Op = PlanCondition::Op;

constexpr int kDepthMax = 100;

class PlanReader {
 public:
  PlanResult read(std::string_view text) {
    const json root = json::parse(text, nullptr, false);
    if (root.is_discarded() || !root.is_object())
      return {std::nullopt, {"het plan is geen JSON-object. Controleer haakjes, komma's en aanhalingstekens."}};
    Plan plan;
    plan.process = text_at(root, "process", "");
    if (const json* names = member(root, "start_first")) plan.start_first = texts(*names, "start_first");
    if (const json* variables = member(root, "variables")) plan.variables = facts(*variables, "variables");
    if (const json* types = member(root, "wait_on")) {
      for (std::string& type : texts(*types, "wait_on")) plan.wait_on.insert(std::move(type));
    }
    if (const json* conditions = object(root, "conditions")) {
      for (const auto& [name, one] : conditions->items())
        plan.conditions.emplace(name, condition(one, "conditions." + name, 0));
    }
    if (const json* effects = object(root, "effects")) {
      for (const auto& [name, list] : effects->items()) plan.effects.emplace(name, effects_of(list, "effects." + name));
    }
    if (const json* steps = member(root, "steps")) {
      if (!steps->is_array()) fault("steps", "hier hoort een lijst");
      for (std::size_t i = 0; steps->is_array() && i < steps->size(); ++i) {
        if (auto one = step((*steps)[i], "steps[" + std::to_string(i) + "]")) plan.steps.push_back(std::move(*one));
      }
    }
    if (const json* until = member(root, "run_until")) plan.run_until = duration(*until, "run_until");
    if (!faults_.empty()) return {std::nullopt, std::move(faults_)};
    return {std::move(plan), {}};
  }

 private:
  void fault(const std::string& where, const std::string& what) { faults_.push_back(where + ": " + what + "."); }

  static const json* member(const json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
  }

  const json* object(const json& parent, const char* name) {
    const json* found = member(parent, name);
    if (found == nullptr || found->is_object()) return found;
    fault(name, "hier hoort een object");
    return nullptr;
  }

  std::string text_at(const json& object, const char* name, const std::string& where) {
    const json* found = member(object, name);
    if (found == nullptr) return {};
    if (found->is_string()) return found->get<std::string>();
    fault(where.empty() ? name : where + "." + name, "hier hoort een tekst");
    return {};
  }

  std::vector<std::string> texts(const json& list, const std::string& where) {
    std::vector<std::string> all;
    if (!list.is_array()) fault(where, "hier hoort een lijst van teksten");
    for (const json& one : list) {
      if (one.is_string()) {
        all.push_back(one.get<std::string>());
      } else if (list.is_array()) {
        fault(where, "hier hoort een lijst van teksten");
      }
    }
    return all;
  }

  Value value(const json& one, const std::string& where) {
    auto read = value_from_json(one);
    if (read) return std::move(*read);
    fault(where, "deze waarde kan niet worden gelezen (" + read.error().message + ")");
    return {};
  }

  Facts facts(const json& object, const std::string& where) {
    Facts all;
    if (!object.is_object()) {
      fault(where, "hier hoort een object met namen en waarden");
      return all;
    }
    for (const auto& [name, one] : object.items()) all.insert_or_assign(name, value(one, where + "." + name));
    return all;
  }

  Duration duration(const json& one, const std::string& where) {
    if (one.is_string()) {
      if (auto read = parse_duration(one.get_ref<const std::string&>()); read && !read->negative) return *read;
    }
    fault(where, "hier hoort een ISO-duur, zoals \"PT1H\"");
    return {};
  }

  PlanCondition condition(const json& one, const std::string& where, int depth) {
    static const std::map<std::string_view, Op> ops = {
        {"==", Op::equal},          {"!=", Op::not_equal}, {"<", Op::less},
        {"<=", Op::at_most},        {">", Op::greater},    {">=", Op::at_least},
        {"contains", Op::contains}, {"not", Op::negation}, {"and", Op::conjunction},
        {"or", Op::disjunction}};
    PlanCondition result;
    if (one.is_boolean()) {
      result.answer = one.get<bool>();
      return result;
    }
    const auto op = one.is_object() && one.contains("op") && one["op"].is_string()
                        ? ops.find(one["op"].get_ref<const std::string&>())
                        : ops.end();
    if (op == ops.end() || depth > kDepthMax) {
      fault(where, depth > kDepthMax
                       ? "de voorwaarde zit te diep in elkaar"
                       : "hier hoort true, false of {\"op\": ...} met op een van == != < <= > >= contains not and or");
      return result;
    }
    result.op = op->second;
    if (result.op == Op::negation || result.op == Op::conjunction || result.op == Op::disjunction) {
      const json* arguments = member(one, "args");
      const json* single = member(one, "arg");
      if (arguments != nullptr && arguments->is_array()) {
        for (const json& argument : *arguments)
          result.arguments.push_back(condition(argument, where + ".args", depth + 1));
      } else if (single != nullptr) {
        result.arguments.push_back(condition(*single, where + ".arg", depth + 1));
      }
      if (result.arguments.empty() || (result.op == Op::negation && result.arguments.size() != 1)) {
        fault(where, "bij " + std::string(op->first) + " hoort \"args\" met " +
                         (result.op == Op::negation ? "één voorwaarde" : "voorwaarden"));
      }
      return result;
    }
    result.variable = text_at(one, "var", where);
    if (result.variable.empty()) fault(where, "hier ontbreekt \"var\"");
    if (!one.contains("value")) {
      fault(where, "hier ontbreekt \"value\"");
    } else if (const json& compared = one["value"];
               compared.is_object() && compared.size() == 1 && compared.contains("var")) {
      result.other_variable = text_at(compared, "var", where + ".value");
    } else {
      result.value = value(compared, where + ".value");
    }
    return result;
  }

  std::vector<PlanEffect> effects_of(const json& list, const std::string& where) {
    std::vector<PlanEffect> all;
    if (!list.is_array()) fault(where, "hier hoort een lijst");
    for (std::size_t i = 0; list.is_array() && i < list.size(); ++i)
      all.push_back(effect(list[i], where + "[" + std::to_string(i) + "]"));
    return all;
  }

  PlanEffect effect(const json& one, const std::string& where) {
    PlanEffect result;
    if (!one.is_object() || one.size() != 1) {
      fault(where, "hier hoort een object met een van set, add, add_var, throw_error, duration");
      return result;
    }
    const std::string kind = one.begin().key();
    const json& content = one.begin().value();
    if (kind == "throw_error") {
      result.kind = PlanEffect::Kind::throw_error;
      result.error = text_at(one, "throw_error", where);
      return result;
    }
    if (kind == "duration") {
      result.kind = PlanEffect::Kind::duration;
      result.duration = duration(content, where + ".duration");
      return result;
    }
    const bool pair = content.is_array() && content.size() == 2 && content[0].is_string();
    if (kind != "set" && kind != "add" && kind != "add_var") {
      fault(where, "\"" + kind + "\" is geen effect. Kies uit set, add, add_var, throw_error, duration");
    } else if (!pair) {
      fault(where + "." + kind, "hier hoort een lijst van twee: een naam en een waarde");
    } else {
      result.variable = content[0].get<std::string>();
      result.kind = kind == "set"   ? PlanEffect::Kind::set
                    : kind == "add" ? PlanEffect::Kind::add
                                    : PlanEffect::Kind::add_variable;
      if (result.kind == PlanEffect::Kind::add_variable) {
        if (content[1].is_string()) {
          result.from_variable = content[1].get<std::string>();
        } else {
          fault(where + ".add_var", "hier horen twee namen");
        }
      } else {
        result.value = value(content[1], where + "." + kind);
        if (result.kind == PlanEffect::Kind::add && result.value.get_if<Number>() == nullptr)
          fault(where + ".add", "hier hoort een getal");
      }
    }
    return result;
  }

  std::optional<PlanStep> step(const json& one, const std::string& where) {
    if (!one.is_object()) {
      fault(where, "hier hoort een object");
      return std::nullopt;
    }
    Facts variables;
    if (const json* given = member(one, "variables")) variables = facts(*given, where + ".variables");
    if (one.contains("complete")) {
      plan_step::Complete complete{text_at(one, "complete", where), std::move(variables), 0};
      if (const json* instance = member(one, "instance")) {
        if (instance->is_number_unsigned()) {
          complete.instance = instance->get<std::size_t>();
        } else {
          fault(where + ".instance", "hier hoort een getal vanaf 0");
        }
      }
      return complete;
    }
    if (one.contains("message")) {
      plan_step::Message message{text_at(one, "message", where), std::move(variables), std::nullopt};
      if (const json* correlation = member(one, "correlation"))
        message.correlation = value(*correlation, where + ".correlation");
      return message;
    }
    if (one.contains("signal")) return plan_step::Signal{text_at(one, "signal", where), std::move(variables)};
    if (one.contains("advance")) return plan_step::Advance{duration(one["advance"], where + ".advance")};
    if (one.contains("start")) return plan_step::StartProcess{text_at(one, "start", where), std::move(variables)};
    fault(where, "hier hoort een van complete, message, signal, advance, start");
    return std::nullopt;
  }

  std::vector<std::string> faults_;
};

const Value* find(const Facts& variables, const std::string& name) {
  const auto found = variables.find(name);
  return found == variables.end() ? nullptr : &found->second;
}

Error not_comparable(const PlanCondition& condition) {
  return Error{ErrorCode::invalid,
               "Expected values that can be compared, but \"" + condition.variable + "\" is missing or of another type",
               condition.variable};
}

// -1, 0, 1; nothing: not of one ordered type.
std::optional<int> order(const Value& left, const Value& right) {
  const auto compare = [](const auto& a, const auto& b) { return a < b ? -1 : b < a ? 1 : 0; };
  if (const auto* a = left.get_if<Number>(), *b = right.get_if<Number>(); a && b) return compare(*a, *b);
  if (const auto* a = left.get_if<std::string>(), *b = right.get_if<std::string>(); a && b) return compare(*a, *b);
  if (const auto* a = left.get_if<Date>(), *b = right.get_if<Date>(); a && b) return compare(*a, *b);
  if (const auto* a = left.get_if<Instant>(), *b = right.get_if<Instant>(); a && b) return compare(*a, *b);
  return std::nullopt;
}

Result<bool> contains(const PlanCondition& condition, const Value& left, const Value& right) {
  if (const List* list = left.get_if<List>()) return std::find(list->begin(), list->end(), right) != list->end();
  const auto *text = left.get_if<std::string>(), *part = right.get_if<std::string>();
  if (text && part) return text->find(*part) != std::string::npos;
  return not_comparable(condition);
}

}  // namespace

PlanResult parse_plan(std::string_view text) {
  return PlanReader().read(text);
}

Result<bool> holds(const PlanCondition& condition, const Facts& variables) {
  switch (condition.op) {
    case Op::constant:
      return condition.answer;
    case Op::negation: {
      DRAAD_TRY(const bool inner, holds(condition.arguments.front(), variables));
      return !inner;
    }
    case Op::conjunction:
    case Op::disjunction: {
      const bool decides = condition.op == Op::disjunction;
      for (const PlanCondition& argument : condition.arguments) {
        DRAAD_TRY(const bool inner, holds(argument, variables));
        if (inner == decides) return decides;
      }
      return !decides;
    }
    default:
      break;
  }
  const Value null;
  const Value* left = find(variables, condition.variable);
  const Value* right = condition.other_variable.empty() ? &condition.value : find(variables, condition.other_variable);
  if (left == nullptr) left = &null;
  if (right == nullptr) right = &null;
  if (condition.op == Op::equal) return *left == *right;
  if (condition.op == Op::not_equal) return !(*left == *right);
  if (condition.op == Op::contains) return contains(condition, *left, *right);
  const std::optional<int> compared = order(*left, *right);
  if (!compared) return not_comparable(condition);
  switch (condition.op) {
    case Op::less:
      return *compared < 0;
    case Op::at_most:
      return *compared <= 0;
    case Op::greater:
      return *compared > 0;
    default:
      return *compared >= 0;
  }
}

}  // namespace draad::rehearsal
