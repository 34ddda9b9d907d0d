// The values that conditions compare, as sums of variables; and the variables and dimensions themselves.
#include <algorithm>
#include <limits>

#include "engine/feel/internal/compiler.h"
#include "engine/feel/internal/evaluator.h"
#include "engine/feel/internal/typing.h"

namespace draad::feel {
namespace {

using std::chrono::sys_days;
using std::chrono::year;

constexpr std::int64_t kDay = 86'400'000;

constexpr Interval kDates{sys_days{year{1} / 1 / 1}.time_since_epoch().count(),
                          sys_days{year{9999} / 12 / 31}.time_since_epoch().count()};
constexpr Interval kInstants{kDates.low * kDay, kDates.high* kDay};
constexpr Interval kNumbers{-std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::max()};
constexpr Interval kMonths{-120'000, 120'000};
constexpr Interval kDaysAndTime{-3'660'000 * kDay, 3'660'000 * kDay};
constexpr Interval kAges{-10'000 * Number::kScale, 10'000 * Number::kScale};
constexpr Interval kCounts{0, 1'000'000 * Number::kScale};

Interval domain_of(Unit unit) {
  switch (unit) {
    case Unit::number:
      return kNumbers;
    case Unit::date:
      return kDates;
    case Unit::instant:
      return kInstants;
    case Unit::days_and_time:
      return kDaysAndTime;
    case Unit::months:
      return kMonths;
  }
  return kNumbers;
}

bool asks_nothing(const Node& node) {
  if (node.kind == Kind::name) return false;
  if (node.kind == Kind::call && (node.function == Function::today || node.function == Function::now)) return false;
  if (node.kind == Kind::call && node.function == Function::age && node.children.size() == 1) return false;
  return std::all_of(node.children.begin(), node.children.end(), asks_nothing);
}

bool is_truth(const Node& node) {
  switch (node.kind) {
    case Kind::disjunction:
    case Kind::conjunction:
    case Kind::comparison:
    case Kind::between:
    case Kind::in:
      return true;
    case Kind::call:
      return node.function == Function::not_ || node.function == Function::contains;
    default:
      return false;
  }
}

void collect_duration_facts(const Node& node, const FactTypes& types, std::set<std::string>& facts, bool& months) {
  if (node.kind == Kind::name) {
    const auto found = types.find(node.text);
    if (found != types.end() && found->second.kind == TypeKind::duration) facts.insert(node.text);
  }
  const auto* duration = node.value.get_if<Duration>();
  if (node.kind == Kind::literal && duration != nullptr && kind_of(*duration) == DurationKind::months) months = true;
  for (const Node& child : node.children) collect_duration_facts(child, types, facts, months);
}

}  // namespace

void Compiler::prepare(const Node& node) {
  if (node.kind == Kind::literal) {
    if (const auto* text = node.value.get_if<std::string>()) all_literals_.insert(*text);
  }
  if (node.kind == Kind::name) {
    const auto found = types_.find(node.text);
    if (found != types_.end()) all_literals_.insert(found->second.choices.begin(), found->second.choices.end());
  }
  if (node.kind == Kind::comparison || node.kind == Kind::between || node.kind == Kind::in) {
    std::set<std::string> facts;
    bool months = false;
    collect_duration_facts(node, types_, facts, months);
    if (months) month_facts_.insert(facts.begin(), facts.end());
  }
  for (const Node& child : node.children) prepare(child);
}

Term Compiler::term_of(const Node& node) {
  Term term;
  if (node.kind == Kind::literal && node.value.is_null()) {
    term.kind = Term::Kind::null;
  } else if (asks_nothing(node) && !is_truth(node)) {
    term = opaque_term(node);
    term.nullables.clear();
    // A sum of literals: the evaluator knows.
    static const Facts kNoFacts;
    const FactsEnvironment nothing(kNoFacts, Instant{});
    auto value = evaluate_node(node, nothing);
    if (value && !value->is_null()) {
      term.kind = Term::Kind::constant;
      term.value = std::move(value).value();
    } else if (value) {
      term.kind = Term::Kind::null;
    }
  } else if (is_truth(node)) {
    term = boolean_term(node);
  } else if (node.kind == Kind::name) {
    term = name_term(node);
  } else if (node.kind == Kind::sum) {
    term = sum_term(node);
  } else if (node.kind == Kind::negation) {
    term = negated(term_of(node.children[0]));
  } else if (node.kind == Kind::call) {
    switch (node.function) {
      case Function::today:
      case Function::now: {
        term.kind = Term::Kind::linear;
        term.unit = node.function == Function::today ? Unit::date : Unit::instant;
        term.factors[clock_variable(node.function == Function::today ? Role::today : Role::now)] = 1;
        break;
      }
      case Function::age:
        term = age_term(node);
        break;
      case Function::count:
        term = count_term(node);
        break;
      default:
        term = opaque_term(node);
    }
  } else {
    term = opaque_term(node);
  }
  term.source = write(node);
  return term;
}

Term Compiler::boolean_term(const Node& node) {
  Term term;
  term.kind = Term::Kind::boolean;
  term.form = form_of(node);
  return term;
}

// Nothing is known of its value, but when it is null: when one of its facts is.
Term Compiler::opaque_term(const Node& node) {
  Term term;
  term.kind = Term::Kind::opaque;
  if (node.kind == Kind::name) {
    const auto found = types_.find(node.text);
    if (found != types_.end() && found->second.nullable) term.nullables.insert(node.text);
  }
  if (node.kind == Kind::list) return term;  // A list is there, whatever is in it.
  for (const Node& child : node.children) term.nullables.merge(opaque_term(child).nullables);
  return term;
}

Term Compiler::name_term(const Node& node) {
  const auto found = types_.find(node.text);
  if (found == types_.end()) return opaque_term(node);
  Term term;
  if (found->second.nullable) term.nullables.insert(node.text);
  switch (found->second.kind) {
    case TypeKind::boolean:
      return boolean_term(node);
    case TypeKind::text:
    case TypeKind::choice:
      term.kind = Term::Kind::text;
      term.fact = node.text;
      return term;
    case TypeKind::list:
      term.kind = Term::Kind::list;
      term.fact = node.text;
      return term;
    case TypeKind::number:
    case TypeKind::date:
    case TypeKind::instant:
    case TypeKind::duration:
      break;
  }
  const int variable = fact_variable(node.text);
  term.kind = Term::Kind::linear;
  term.unit = problem_.variables[static_cast<std::size_t>(variable)].unit;
  term.factors[variable] = 1;
  return term;
}

std::optional<Term> Compiler::as_linear(const Term& term) const {
  if (term.kind == Term::Kind::linear) return term;
  if (term.kind != Term::Kind::constant) return std::nullopt;
  const auto amount = amount_of(term.value);
  if (!amount) return std::nullopt;
  Term linear = term;
  linear.kind = Term::Kind::linear;
  linear.unit = amount->first;
  linear.constant = amount->second;
  return linear;
}

Term Compiler::sum_term(const Node& node) {
  Term total = term_of(node.children[0]);
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    total = added(std::move(total), term_of(node.children[i]), node.children[i].subtracted);
  }
  return total;
}

Term Compiler::negated(const Term& term) const {
  Term result;
  result.nullables = term.nullables;
  if (term.kind == Term::Kind::null) result.kind = Term::Kind::null;
  const auto linear = as_linear(term);
  if (!linear || linear->unit == Unit::date || linear->unit == Unit::instant) return result;
  result.kind = Term::Kind::linear;
  result.unit = linear->unit;
  result.constant = -linear->constant;
  for (const auto& [variable, factor] : linear->factors) result.factors[variable] = -factor;
  return result;
}

Term Compiler::added(Term a, Term b, bool subtracted) const {
  Term sum;
  sum.nullables = a.nullables;
  sum.nullables.insert(b.nullables.begin(), b.nullables.end());
  if (a.kind == Term::Kind::null || b.kind == Term::Kind::null) {
    sum.kind = Term::Kind::null;
    return sum;
  }
  const auto is_moment = [](const Term& term) {
    return term.kind == Term::Kind::moment ||
           (term.kind == Term::Kind::linear && (term.unit == Unit::date || term.unit == Unit::instant));
  };
  if (!subtracted && is_moment(b) && !is_moment(a)) std::swap(a, b);

  if (is_moment(a) && b.kind == Term::Kind::constant && b.value.get_if<Duration>() != nullptr) {
    Duration step = *b.value.get_if<Duration>();
    if (subtracted && !(step == Duration{})) step.negative = !step.negative;
    const std::int64_t sign = step.negative ? -1 : 1;
    const bool only_days = step.years == 0 && step.months == 0 && step.milliseconds == 0;
    const bool only_clock = step.years == 0 && step.months == 0 && step.days == 0;
    sum = a;
    if (a.kind == Term::Kind::linear && a.unit == Unit::date && only_days) {
      sum.constant += sign * Wide{step.days};
    } else if (a.kind == Term::Kind::linear && a.unit == Unit::instant && only_clock) {
      sum.constant += sign * Wide{step.milliseconds};
    } else if (a.kind == Term::Kind::moment ||
               (a.constant == 0 && a.factors.size() == 1 && a.factors.begin()->second == 1)) {
      if (a.kind == Term::Kind::linear) sum.moment = {a.factors.begin()->first, {}};
      sum.kind = Term::Kind::moment;
      sum.moment.steps.push_back(step);
    } else if (a.unit == Unit::date && a.factors.size() == 1 && a.factors.begin()->second == 1) {
      // Days first and months behind them: the days become a step of their own.
      const auto days = static_cast<std::int32_t>(a.constant);
      sum.kind = Term::Kind::moment;
      sum.moment = {a.factors.begin()->first, {Duration{.negative = days < 0, .days = std::abs(days)}, step}};
    } else {
      sum.kind = Term::Kind::opaque;
    }
    return sum;
  }

  const auto left = as_linear(a);
  const auto right = as_linear(b);
  if (!left || !right) return sum;  // Opaque.
  Wide scale = 1;
  Unit unit = left->unit;
  if (left->unit != right->unit) return sum;
  if (unit == Unit::date || unit == Unit::instant) {
    if (!subtracted) return sum;
    scale = unit == Unit::date ? kDay : 1;  // The difference of two dates is a duration.
    unit = Unit::days_and_time;
  }
  sum.kind = Term::Kind::linear;
  sum.unit = unit;
  sum.constant = scale * (left->constant + (subtracted ? -right->constant : right->constant));
  for (const auto& [variable, factor] : left->factors) sum.factors[variable] += scale * factor;
  for (const auto& [variable, factor] : right->factors)
    sum.factors[variable] += scale * (subtracted ? -factor : factor);
  std::erase_if(sum.factors, [](const auto& each) { return each.second == 0; });
  return sum;
}

Term Compiler::age_term(const Node& node) {
  const auto is_plain_date = [&](const Term& term) {
    return term.kind == Term::Kind::linear && term.unit == Unit::date && term.constant == 0 &&
           term.factors.size() == 1 && term.factors.begin()->second == 1;
  };
  const Term birth = term_of(node.children[0]);
  Term at;
  if (node.children.size() > 1) {
    at = term_of(node.children[1]);
  } else {
    at.kind = Term::Kind::linear;
    at.unit = Unit::date;
    at.factors[clock_variable(Role::today)] = 1;
  }
  Term term;
  term.nullables = birth.nullables;
  term.nullables.insert(at.nullables.begin(), at.nullables.end());
  if (birth.kind == Term::Kind::null || at.kind == Term::Kind::null) {
    term.kind = Term::Kind::null;
    return term;
  }
  const auto fixed_date = [](const Term& each) -> std::optional<Date> {
    if (each.kind != Term::Kind::constant) return std::nullopt;
    if (const auto* date = each.value.get_if<Date>()) return *date;
    if (const auto* instant = each.value.get_if<Instant>()) return date_of(*instant);
    return std::nullopt;
  };
  if (is_plain_date(birth) && fixed_date(at)) {
    term.kind = Term::Kind::monotone;
    term.variable = birth.factors.begin()->first;
    term.increasing = false;
    term.fixed = *fixed_date(at);
    return term;
  }
  if (is_plain_date(at) && fixed_date(birth)) {
    term.kind = Term::Kind::monotone;
    term.variable = at.factors.begin()->first;
    term.increasing = true;
    term.fixed = *fixed_date(birth);
    return term;
  }
  Variable variable;
  variable.role = Role::unlinked;
  variable.domain = kAges;
  variable.step = Number::kScale;
  variable.text = write(node);
  std::string key = "age " + variable.text;
  if (is_plain_date(birth) && is_plain_date(at)) {
    variable.role = Role::age;
    variable.birth = birth.factors.begin()->first;
    variable.at = at.factors.begin()->first;
    key = "age " + std::to_string(variable.birth) + ' ' + std::to_string(variable.at);
  }
  const auto known = variable_by_key_.find(key);
  const int index = known != variable_by_key_.end() ? known->second : new_variable(std::move(variable));
  variable_by_key_[key] = index;
  term.kind = Term::Kind::linear;
  term.factors[index] = 1;
  return term;
}

Term Compiler::count_term(const Node& node) {
  const Term list = term_of(node.children[0]);
  Term term;
  term.nullables = list.nullables;
  if (list.kind != Term::Kind::list) {
    if (list.kind == Term::Kind::null) term.kind = Term::Kind::null;
    return term;
  }
  const std::string key = "count " + list.fact;
  const auto known = variable_by_key_.find(key);
  int index = kNone;
  if (known != variable_by_key_.end()) {
    index = known->second;
  } else {
    Variable variable;
    variable.role = Role::count;
    variable.domain = kCounts;
    variable.step = Number::kScale;
    variable.fact = list.fact;
    variable.text = write(node);
    index = variable_by_key_[key] = new_variable(std::move(variable));
  }
  term.kind = Term::Kind::linear;
  term.factors[index] = 1;
  return term;
}

int Compiler::new_variable(Variable variable) {
  problem_.variables.push_back(std::move(variable));
  return static_cast<int>(problem_.variables.size()) - 1;
}

int Compiler::fact_variable(const std::string& fact) {
  const auto known = problem_.fact_variables.find(fact);
  if (known != problem_.fact_variables.end()) return known->second;
  const FactType& type = types_.find(fact)->second;
  Variable variable;
  variable.fact = fact;
  variable.text = fact;
  const auto bound = [&](const std::optional<Value>& value) { return value ? amount_of(*value) : std::nullopt; };
  switch (type.kind) {
    case TypeKind::date:
      variable.unit = Unit::date;
      break;
    case TypeKind::instant:
      variable.unit = Unit::instant;
      break;
    case TypeKind::duration: {
      variable.unit = month_facts_.contains(fact) ? Unit::months : Unit::days_and_time;
      for (const auto& each : {bound(type.minimum), bound(type.maximum)}) {
        if (each && each->second != 0) variable.unit = each->first;
      }
      break;
    }
    default:
      variable.unit = Unit::number;
  }
  variable.domain = domain_of(variable.unit);
  const auto fits = [&](const auto& each) { return each && (each->first == variable.unit || each->second == 0); };
  if (const auto low = bound(type.minimum); fits(low)) variable.domain.low = std::max(variable.domain.low, low->second);
  if (const auto high = bound(type.maximum); fits(high))
    variable.domain.high = std::min(variable.domain.high, high->second);
  return problem_.fact_variables[fact] = new_variable(std::move(variable));
}

int Compiler::clock_variable(Role role) {
  int& index = role == Role::today ? problem_.today : problem_.now;
  if (index != kNone) return index;
  Variable variable;
  variable.role = role;
  variable.unit = role == Role::today ? Unit::date : Unit::instant;
  variable.domain = domain_of(variable.unit);
  variable.text = role == Role::today ? "today()" : "now()";
  return index = new_variable(std::move(variable));
}

int Compiler::new_dimension(Dimension dimension, const std::string& key) {
  const auto [known, inserted] = dimension_by_key_.emplace(key, static_cast<int>(problem_.dimensions.size()));
  if (inserted) problem_.dimensions.push_back(std::move(dimension));
  return known->second;
}

int Compiler::null_dimension(const std::string& fact) {
  Dimension dimension;
  dimension.kind = DimensionKind::null;
  dimension.fact = fact;
  return problem_.null_dimensions[fact] = new_dimension(std::move(dimension), "null " + fact);
}

int Compiler::text_dimension(const std::string& fact) {
  const auto known = problem_.text_dimensions.find(fact);
  if (known != problem_.text_dimensions.end()) return known->second;
  Dimension dimension;
  dimension.kind = DimensionKind::text;
  dimension.fact = fact;
  const FactType& type = types_.find(fact)->second;
  dimension.closed = type.kind == TypeKind::choice;
  if (dimension.closed) {
    for (const std::string& choice : type.choices) dimension.texts.push_back({choice, {}, {}});
  }
  return problem_.text_dimensions[fact] = new_dimension(std::move(dimension), "text " + fact);
}

}  // namespace draad::feel
