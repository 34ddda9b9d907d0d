#include "engine/feel/internal/problem.h"

#include <algorithm>

namespace draad::feel {
namespace {

constexpr std::int64_t kDay = 86'400'000;

Truths opposite(Truths truths) {
  return static_cast<Truths>((truths & kNull) | ((truths & kTrue) != 0 ? kFalse : 0) |
                             ((truths & kFalse) != 0 ? kTrue : 0));
}

// `and` of two independent sets.
Truths both(Truths a, Truths b) {
  Truths result = (a | b) & kFalse;
  if ((a & kTrue) != 0 && (b & kTrue) != 0) result |= kTrue;
  if (((a & kNull) != 0 && (b & (kNull | kTrue)) != 0) || ((b & kNull) != 0 && (a & (kNull | kTrue)) != 0)) {
    result |= kNull;
  }
  return result;
}

Truths is_one_of(Truths truths, Truths wanted) {
  return static_cast<Truths>(((truths & wanted) != 0 ? kTrue : 0) | ((truths & ~wanted) != 0 ? kFalse : 0));
}

Truths possible_cell(const Form& form, const Cells& cells) {
  const auto part = [&]() -> Truths {
    const int cell = cells[static_cast<std::size_t>(form.part)];
    return cell == kUnknown ? kTrue | kFalse : cell == 1 ? kTrue : kFalse;
  };
  const int cell = cells[static_cast<std::size_t>(form.dimension)];
  if (cell != kUnknown) {
    const Truths said = form.per_cell[static_cast<std::size_t>(cell)];
    return said == 0 ? part() : said;
  }
  return form.part == kNone ? form.truths : static_cast<Truths>(form.truths | part());
}

Truths possible_limit(const Problem& problem, const Form& form, const Cells& cells) {
  const auto dimension = static_cast<std::size_t>(form.dimension);
  const std::vector<Interval>& intervals = problem.dimensions[dimension].intervals;
  if (cells[dimension] != kUnknown) {
    return intervals[static_cast<std::size_t>(cells[dimension])].high <= form.limit ? kTrue : kFalse;
  }
  return static_cast<Truths>((intervals.front().high <= form.limit ? kTrue : 0) |
                             (intervals.back().low > form.limit ? kFalse : 0));
}

}  // namespace

Truths possible(const Problem& problem, int index, const Cells& cells) {
  const Form& form = problem.forms[static_cast<std::size_t>(index)];
  switch (form.kind) {
    case FormKind::constant:
      return form.truths;
    case FormKind::conjunction: {
      Truths result = kTrue;
      for (const int child : form.children) {
        result = both(result, possible(problem, child, cells));
        if (result == kFalse) break;
      }
      return result;
    }
    case FormKind::disjunction: {
      Truths result = kTrue;  // As the opposite of a conjunction of opposites.
      for (const int child : form.children) {
        result = both(result, opposite(possible(problem, child, cells)));
        if (result == kFalse) break;
      }
      return opposite(result);
    }
    case FormKind::negation:
      return opposite(possible(problem, form.children[0], cells));
    case FormKind::guard: {
      Truths missing = kFalse;
      for (std::size_t i = 0; i + 1 < form.children.size() && missing != kTrue; ++i) {
        missing = opposite(both(opposite(missing), opposite(possible(problem, form.children[i], cells))));
      }
      Truths result = (missing & kTrue) != 0 ? kNull : 0;
      if ((missing & kFalse) != 0) result |= possible(problem, form.children.back(), cells);
      return result;
    }
    case FormKind::is_true:
      return is_one_of(possible(problem, form.children[0], cells), kTrue);
    case FormKind::is_false:
      return is_one_of(possible(problem, form.children[0], cells), kFalse);
    case FormKind::is_null:
      return is_one_of(possible(problem, form.children[0], cells), kNull);
    case FormKind::cell:
      return possible_cell(form, cells);
    case FormKind::limit:
      return possible_limit(problem, form, cells);
  }
  return kTrue | kFalse | kNull;
}

int first_unknown(const Problem& problem, int index, const Cells& cells) {
  const Form& form = problem.forms[static_cast<std::size_t>(index)];
  const auto is_known = [](Truths truths) { return truths == kTrue || truths == kFalse || truths == kNull; };
  if (form.kind == FormKind::cell || form.kind == FormKind::limit) {
    if (cells[static_cast<std::size_t>(form.dimension)] == kUnknown) {
      return is_known(possible(problem, index, cells)) ? kNone : form.dimension;
    }
    if (form.part != kNone && !is_known(possible(problem, index, cells))) return form.part;
    return kNone;
  }
  for (const int child : form.children) {
    if (is_known(possible(problem, child, cells))) continue;
    const int unknown = first_unknown(problem, child, cells);
    if (unknown != kNone) return unknown;
  }
  return kNone;
}

Value value_in(Unit unit, std::int64_t amount) {
  switch (unit) {
    case Unit::number:
      return Value(Number::from_scaled(amount));
    case Unit::date:
      return Value(Date{std::chrono::sys_days{std::chrono::days{amount}}});
    case Unit::instant:
      return Value(Instant{std::chrono::milliseconds{amount}});
    case Unit::days_and_time: {
      const std::int64_t size = std::abs(amount);
      return Value(Duration{
          .negative = amount < 0, .days = static_cast<std::int32_t>(size / kDay), .milliseconds = size % kDay});
    }
    case Unit::months: {
      const std::int64_t size = std::abs(amount);
      return Value(Duration{.negative = amount < 0,
                            .years = static_cast<std::int32_t>(size / 12),
                            .months = static_cast<std::int32_t>(size % 12)});
    }
  }
  return {};
}

std::optional<std::pair<Unit, std::int64_t>> amount_of(const Value& value) {
  if (const auto* number = value.get_if<Number>()) return std::pair(Unit::number, number->scaled());
  if (const auto* date = value.get_if<Date>()) {
    return std::pair(Unit::date, std::int64_t{std::chrono::sys_days{*date}.time_since_epoch().count()});
  }
  if (const auto* instant = value.get_if<Instant>()) {
    return std::pair(Unit::instant, std::int64_t{instant->time_since_epoch().count()});
  }
  if (const auto* duration = value.get_if<Duration>()) {
    switch (kind_of(*duration)) {
      case DurationKind::months:
        return std::pair(Unit::months, months_of(*duration));
      case DurationKind::zero:
      case DurationKind::days_and_time:
        return std::pair(Unit::days_and_time, milliseconds_of(*duration));
      case DurationKind::both:
        return std::nullopt;
    }
  }
  return std::nullopt;
}

Value moved(const Problem& problem, const Moment& moment, std::int64_t amount) {
  Value value = value_in(problem.variables[static_cast<std::size_t>(moment.variable)].unit, amount);
  for (const Duration& step : moment.steps) value = plus(value, Value(step)).value_or(Value());
  return value;
}

std::int64_t last_that_holds(Interval domain, const std::function<bool(std::int64_t)>& holds) {
  std::int64_t low = domain.low - 1;    // Holds, or is outside.
  std::int64_t high = domain.high + 1;  // Does not hold, or is outside.
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (holds(middle) ? low : high) = middle;
  }
  return low;
}

}  // namespace draad::feel
