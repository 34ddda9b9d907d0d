// engine/rehearsal/plan.h
//
// The plan of `draad simulate`: what waits, what conditions answer, what tasks do, and which steps are played on the
// virtual clock. Its JSON: engine/docs/cli-json.md. parse_plan() tells every fault, each with the place in the JSON
// ("steps[2].advance"). Threads: values.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/core/result.h"
#include "engine/core/value.h"

namespace draad::rehearsal {

// {"op": "<=", "var": "leeftijd", "value": 17}, or true, or {"op": "or", "args": [...]}.
struct PlanCondition {
  enum class Op {
    constant,
    equal,
    not_equal,
    less,
    at_most,
    greater,
    at_least,
    contains,
    negation,
    conjunction,
    disjunction
  };
  Op op = Op::constant;
  bool answer = false;   // constant
  std::string variable;  // comparisons
  Value value;
  std::string other_variable;  // {"value": {"var": "grens"}}: compared with another variable.
  std::vector<PlanCondition> arguments;
};

// Errors: `invalid` when variables are missing or cannot be compared.
[[nodiscard]] Result<bool> holds(const PlanCondition& condition, const Facts& variables);

struct PlanEffect {
  enum class Kind { set, add, add_variable, throw_error, duration };
  Kind kind = Kind::set;
  std::string variable;
  Value value;                // set; add: a number
  std::string from_variable;  // add_variable
  std::string error;
  Duration duration;
};

namespace plan_step {
struct Complete {
  std::string element;
  Facts variables;
  std::size_t instance = 0;  // Among those that wait at this element, from 0.
};
struct Message {
  std::string name;
  Facts variables;
  std::optional<Value> correlation;
};
struct Signal {
  std::string name;
  Facts variables;
};
struct Advance {
  Duration duration;
};
struct StartProcess {
  std::string process;
  Facts variables;
};
}  // namespace plan_step
using PlanStep = std::variant<plan_step::Complete, plan_step::Message, plan_step::Signal, plan_step::Advance,
                              plan_step::StartProcess>;

struct Plan {
  std::string process;  // Empty: the first of the first file.
  std::vector<std::string> start_first;
  Facts variables;
  std::set<std::string, std::less<>> wait_on;  // BPMN names of activity types: "userTask".
  std::map<std::string, PlanCondition, std::less<>> conditions;
  std::map<std::string, std::vector<PlanEffect>, std::less<>> effects;
  std::vector<PlanStep> steps;
  Duration run_until;
};

struct PlanResult {
  std::optional<Plan> plan;         // Nothing when there are faults.
  std::vector<std::string> faults;  // Dutch: place and what was expected.
};

[[nodiscard]] PlanResult parse_plan(std::string_view json);

}  // namespace draad::rehearsal
