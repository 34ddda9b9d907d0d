// How two values lie to each other, as questions about dimensions.
#include <algorithm>
#include <limits>
#include <numeric>

#include "engine/feel/internal/compiler.h"

namespace draad::feel {
namespace {

constexpr Wide kMost = std::numeric_limits<std::int64_t>::max();

Wide floor_divided(Wide amount, Wide by) {  // `by` is positive.
  const Wide quotient = amount / by;
  return amount % by < 0 ? quotient - 1 : quotient;
}

Wide ceiling_divided(Wide amount, Wide by) {
  return -floor_divided(-amount, by);
}

std::int64_t clamped(Wide amount) {
  return static_cast<std::int64_t>(std::clamp(amount, -kMost, kMost));
}

Wide greatest_common_divisor(const std::map<int, Wide>& factors) {
  Wide result = 0;
  for (const auto& [variable, factor] : factors) {
    Wide a = result;
    Wide b = factor < 0 ? -factor : factor;
    while (b != 0) std::tie(a, b) = std::pair(b, a % b);
    result = a;
  }
  return result;
}

Moment as_moment(const Term& term) {
  if (term.kind == Term::Kind::moment) return term.moment;
  return {term.factors.begin()->first, {}};
}

bool is_bare_variable(const Term& term) {
  return term.kind == Term::Kind::linear && term.constant == 0 && term.factors.size() == 1 &&
         term.factors.begin()->second == 1;
}

}  // namespace

int Compiler::limit_form(int x, int y, Wide limit) {
  Dimension dimension;
  dimension.kind = DimensionKind::difference;
  dimension.x = x;
  dimension.y = y;
  const int index = new_dimension(std::move(dimension), "difference " + std::to_string(x) + ' ' + std::to_string(y));
  problem_.dimensions[static_cast<std::size_t>(index)].limits.push_back(clamped(limit));
  Form form;
  form.kind = FormKind::limit;
  form.dimension = index;
  form.limit = clamped(limit);
  return make(std::move(form));
}

Order Compiler::turned(const Order& order) {
  return {negated_form(order.before), negated_form(order.before_or_same), order.same};
}

Order Compiler::from_cells(int dimension) {
  return {cell_form(dimension, {kTrue, kTrue, kFalse}), cell_form(dimension, {kTrue, kFalse, kFalse}),
          cell_form(dimension, {kFalse, kTrue, kFalse})};
}

// Neither side is null, and not both are constants.
Order Compiler::order_of(const Term& a, const Term& b) {
  if (a.source == b.source) return {constant(kTrue), constant(kFalse), constant(kTrue)};
  if (a.kind == Term::Kind::text || b.kind == Term::Kind::text) return text_order(a, b);
  if (a.kind == Term::Kind::monotone && b.kind == Term::Kind::constant) return monotone_order(a, b, false);
  if (b.kind == Term::Kind::monotone && a.kind == Term::Kind::constant) return monotone_order(b, a, true);
  if (a.kind == Term::Kind::moment || b.kind == Term::Kind::moment) return moment_order(a, b);
  return linear_order(a, b);
}

// a - b <= 0 and a - b < 0, as a bound on one variable, on the difference of two, or on a sum of several.
Order Compiler::linear_order(const Term& left, const Term& right) {
  const auto a = as_linear(left);
  const auto b = as_linear(right);
  if (!a || !b) return opaque_order(left, right);
  // A duration of nothing is of either kind.
  const auto is_nothing = [](const Term& term) { return term.factors.empty() && term.constant == 0; };
  if (a->unit != b->unit && !is_nothing(*a) && !is_nothing(*b)) return opaque_order(left, right);
  const Unit unit = is_nothing(*a) ? b->unit : a->unit;

  std::map<int, Wide> factors = a->factors;
  for (const auto& [variable, factor] : b->factors) factors[variable] -= factor;
  std::erase_if(factors, [](const auto& each) { return each.second == 0; });
  const Wide bound = b->constant - a->constant;  // sum of factors <= bound
  if (factors.empty()) {
    const auto truth = [&](bool holds) { return constant(holds ? kTrue : kFalse); };
    return {truth(0 <= bound), truth(0 < bound), truth(0 == bound)};
  }
  const Wide divisor = greatest_common_divisor(factors);
  for (auto& [variable, factor] : factors) factor /= divisor;

  Order order;
  const auto with_same = [&] {
    order.same = join(FormKind::conjunction, {order.before_or_same, negated_form(order.before)});
    return order;
  };
  int x = factors.begin()->first;
  int y = kNone;
  const bool negative = factors.begin()->second < 0;
  if (factors.size() == 2 && factors.begin()->second * factors.rbegin()->second == -1) {
    y = factors.rbegin()->first;
  } else if (factors.size() > 1) {
    if (negative) {
      for (auto& [variable, factor] : factors) factor = -factor;
    }
    x = sum_variable(factors, unit);
    if (x == kNone) return opaque_order(left, right);
  }
  if (!negative) {
    order.before_or_same = limit_form(x, y, floor_divided(bound, divisor));
    order.before = limit_form(x, y, floor_divided(bound - 1, divisor));
  } else {  // -x <= bound: x >= -bound
    order.before_or_same = negated_form(limit_form(x, y, ceiling_divided(-bound, divisor) - 1));
    order.before = negated_form(limit_form(x, y, ceiling_divided(1 - bound, divisor) - 1));
  }
  return with_same();
}

// The factors have no common divisor and the first is positive, so that one sum is one variable however it is written.
int Compiler::sum_variable(const std::map<int, Wide>& factors, Unit unit) {
  constexpr Wide kFactorMost = 1'000'000'000;
  Variable sum;
  sum.role = Role::sum;
  sum.unit = unit;
  Wide low = 0;
  Wide high = 0;
  std::string key = "sum";
  for (const auto& [variable, factor] : factors) {
    if (factor > kFactorMost || factor < -kFactorMost) return kNone;
    const Interval domain = problem_.variables[static_cast<std::size_t>(variable)].domain;
    low += factor * (factor > 0 ? domain.low : domain.high);
    high += factor * (factor > 0 ? domain.high : domain.low);
    const auto part = static_cast<std::int64_t>(factor);
    sum.parts.emplace_back(variable, part);
    key += ' ' + std::to_string(variable) + '*' + std::to_string(part);
    sum.text += (sum.text.empty() ? "" : ", ") + problem_.variables[static_cast<std::size_t>(variable)].text;
  }
  sum.domain = {clamped(low), clamped(high)};
  const auto known = variable_by_key_.find(key);
  if (known != variable_by_key_.end()) return known->second;
  return variable_by_key_[key] = new_variable(std::move(sum));
}

Order Compiler::text_order(const Term& a, const Term& b) {
  if (a.kind == Term::Kind::text && b.kind == Term::Kind::constant) {
    const std::string& text = *b.value.get_if<std::string>();
    return {text_form(a.fact, Comparator::less_equal, text), text_form(a.fact, Comparator::less, text),
            text_form(a.fact, Comparator::equal, text)};
  }
  if (b.kind == Term::Kind::text && a.kind == Term::Kind::constant) return turned(text_order(b, a));
  if (a.kind != Term::Kind::text || b.kind != Term::Kind::text) return opaque_order(a, b);
  constexpr std::size_t kLiteralsMost = 200;
  Order order = opaque_order(a, b);
  if (all_literals_.size() <= kLiteralsMost) order.same = text_pair_form(a, b);
  return order;
}

// A moment that is moved by months or by days over changes of the clock. Against a constant it holds up to a last value
// of its variable, which is looked up; against another variable it is a question of its own.
Order Compiler::moment_order(const Term& a, const Term& b) {
  if (b.kind == Term::Kind::moment && a.kind != Term::Kind::moment) return turned(moment_order(b, a));
  const Moment& left = a.moment;
  if (b.kind == Term::Kind::constant) {
    const Interval domain = problem_.variables[static_cast<std::size_t>(left.variable)].domain;
    const auto last = [&](Comparator comparator) {
      return last_that_holds(domain, [&](std::int64_t amount) {
        return compare(moved(problem_, left, amount), comparator, b.value) == true;
      });
    };
    const int before_or_same = limit_form(left.variable, kNone, last(Comparator::less_equal));
    const int before = limit_form(left.variable, kNone, last(Comparator::less));
    return {before_or_same, before, join(FormKind::conjunction, {before_or_same, negated_form(before)})};
  }
  if (b.kind != Term::Kind::moment && !is_bare_variable(b)) return opaque_order(a, b);
  return relation_order(left, as_moment(b), a.source + " en " + b.source);
}

Order Compiler::relation_order(const Moment& a, const Moment& b, const std::string& text) {
  const auto key_of = [](const Moment& moment) {
    std::string key = std::to_string(moment.variable);
    for (const Duration& step : moment.steps) key += ' ' + to_string(step);
    return key;
  };
  const std::string key_a = key_of(a);
  const std::string key_b = key_of(b);
  if (key_b < key_a) return turned(relation_order(b, a, text));
  Dimension dimension;
  dimension.kind = DimensionKind::relation;
  dimension.cell_count = 3;
  dimension.left = a;
  dimension.right = b;
  dimension.text = text;
  return from_cells(new_dimension(std::move(dimension), "relation " + key_a + " : " + key_b));
}

// The age of somebody with a known birthday grows with the date; the age at a known date falls with the birthday.
Order Compiler::monotone_order(const Term& term, const Term& limit, bool swapped) {
  const Interval domain = problem_.variables[static_cast<std::size_t>(term.variable)].domain;
  const auto age_at = [&](std::int64_t amount) {
    const Date moving{std::chrono::sys_days{std::chrono::days{amount}}};
    return Value(term.increasing ? age(term.fixed, moving) : age(moving, term.fixed));
  };
  const auto form = [&](Comparator comparator) {
    const auto holds = [&](std::int64_t amount) { return compare(age_at(amount), comparator, limit.value) == true; };
    if (term.increasing) return limit_form(term.variable, kNone, last_that_holds(domain, holds));
    const auto fails = [&](std::int64_t amount) { return !holds(amount); };
    return negated_form(limit_form(term.variable, kNone, last_that_holds(domain, fails)));
  };
  Order order;
  order.before_or_same = form(Comparator::less_equal);
  order.before = form(Comparator::less);
  order.same = join(FormKind::conjunction, {order.before_or_same, negated_form(order.before)});
  return swapped ? turned(order) : order;
}

Order Compiler::opaque_order(const Term& a, const Term& b) {
  if (b.source < a.source) return turned(opaque_order(b, a));
  Dimension dimension;
  dimension.kind = DimensionKind::opaque;
  dimension.cell_count = 3;
  dimension.text = a.source + " en " + b.source;
  return from_cells(new_dimension(std::move(dimension), "opaque " + a.source + " : " + b.source));
}

}  // namespace draad::feel
