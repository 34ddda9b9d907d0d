#include "engine/feel/internal/semantics.h"

#include <algorithm>

namespace draad::feel {
namespace {

constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kMonthsMost = 12 * 10'000;
constexpr std::int64_t kDaysMost = 366 * 10'000;

template <typename T>
Truth ordered(const T& a, Comparator comparator, const T& b) {
  switch (comparator) {
    case Comparator::equal:
      return a == b;
    case Comparator::not_equal:
      return a != b;
    case Comparator::less:
      return a < b;
    case Comparator::less_equal:
      return a <= b;
    case Comparator::greater:
      return a > b;
    case Comparator::greater_equal:
      return a >= b;
  }
  return std::nullopt;
}

Truth compare_durations(const Duration& a, Comparator comparator, const Duration& b) {
  const DurationKind kinds[] = {kind_of(a), kind_of(b)};
  const auto fits = [&](DurationKind kind) {
    return std::all_of(kinds, kinds + 2, [&](DurationKind each) { return each == kind || each == DurationKind::zero; });
  };
  if (fits(DurationKind::months)) return ordered(months_of(a), comparator, months_of(b));
  if (fits(DurationKind::days_and_time)) return ordered(milliseconds_of(a), comparator, milliseconds_of(b));
  const bool same = months_of(a) == months_of(b) && milliseconds_of(a) == milliseconds_of(b);
  if (kinds[0] != DurationKind::both || kinds[1] != DurationKind::both) return std::nullopt;
  if (comparator == Comparator::equal) return same;
  if (comparator == Comparator::not_equal) return !same;
  return std::nullopt;
}

Error too_long() {
  return {ErrorCode::limit, "Expected a duration of at most 10000 years, but a sum is longer", ""};
}

// Months, or days and milliseconds, each with its own sign; one sign for all in the end, for which days become hours.
Result<Value> duration_of(std::int64_t months, std::int64_t days, std::int64_t milliseconds) {
  if ((days < 0 && milliseconds > 0) || (days > 0 && milliseconds < 0)) {
    milliseconds += days * kDay;
    days = 0;
  }
  Duration result;
  result.negative = months < 0 || days < 0 || milliseconds < 0;
  months = std::abs(months);
  days = std::abs(days);
  milliseconds = std::abs(milliseconds);
  if (months > kMonthsMost || days > kDaysMost || milliseconds > kDaysMost * kDay) return too_long();
  result.years = static_cast<std::int32_t>(months / 12);
  result.months = static_cast<std::int32_t>(months % 12);
  result.days = static_cast<std::int32_t>(days);
  result.milliseconds = milliseconds;
  return Value(result);
}

Result<Value> add_durations(const Duration& a, const Duration& b) {
  const DurationKind kind_a = kind_of(a);
  const DurationKind kind_b = kind_of(b);
  if (kind_a == DurationKind::zero) return Value(b);
  if (kind_b == DurationKind::zero) return Value(a);
  if (kind_a != kind_b || kind_a == DurationKind::both) return Value();
  const std::int64_t sign_a = a.negative ? -1 : 1;
  const std::int64_t sign_b = b.negative ? -1 : 1;
  return duration_of(months_of(a) + months_of(b), sign_a * a.days + sign_b * b.days,
                     sign_a * a.milliseconds + sign_b * b.milliseconds);
}

// A date has no clock: of a duration with one, the whole days count (as midnight plus the duration would).
Date add_to_date(Date date, const Duration& duration) {
  const std::int64_t clock = duration.negative ? -duration.milliseconds : duration.milliseconds;
  const std::int64_t whole = clock >= 0 ? clock / kDay : -((-clock + kDay - 1) / kDay);
  const Date moved = add(date, duration);
  const auto count = static_cast<std::int32_t>(std::clamp(std::abs(whole), std::int64_t{0}, kDaysMost));
  return add(moved, Duration{.negative = whole < 0, .days = count});
}

Duration turned(Duration duration) {
  if (!(duration == Duration{})) duration.negative = !duration.negative;
  return duration;
}

// A duration that did not come through the parser may be longer than any date can bear.
bool is_sane(const Duration& duration) {
  return duration.years >= 0 && duration.years <= 10'000 && duration.months >= 0 && duration.months <= kMonthsMost &&
         duration.days >= 0 && duration.days <= kDaysMost && duration.milliseconds >= 0 &&
         duration.milliseconds <= kDaysMost * kDay;
}

}  // namespace

DurationKind kind_of(const Duration& duration) {
  const bool calendar = duration.years != 0 || duration.months != 0;
  const bool clock = duration.days != 0 || duration.milliseconds != 0;
  if (calendar) return clock ? DurationKind::both : DurationKind::months;
  return clock ? DurationKind::days_and_time : DurationKind::zero;
}

std::int64_t months_of(const Duration& duration) {
  const std::int64_t months = std::int64_t{duration.years} * 12 + duration.months;
  return duration.negative ? -months : months;
}

std::int64_t milliseconds_of(const Duration& duration) {
  const std::int64_t milliseconds = duration.days * kDay + duration.milliseconds;
  return duration.negative ? -milliseconds : milliseconds;
}

Truth equal(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  if (a.content.index() != b.content.index()) return std::nullopt;
  if (const auto* duration = a.get_if<Duration>()) {
    return compare_durations(*duration, Comparator::equal, *b.get_if<Duration>());
  }
  return a == b;
}

Truth compare(const Value& a, Comparator comparator, const Value& b) {
  if (comparator == Comparator::equal || comparator == Comparator::not_equal) {
    const Truth answer = equal(a, b);
    return answer && comparator == Comparator::not_equal ? Truth(!*answer) : answer;
  }
  if (a.content.index() != b.content.index()) return std::nullopt;
  return std::visit(
      Overloaded{
          [&](const Number& value) { return ordered(value, comparator, *b.get_if<Number>()); },
          [&](const std::string& value) { return ordered(value, comparator, *b.get_if<std::string>()); },
          [&](const Date& value) { return ordered(value, comparator, *b.get_if<Date>()); },
          [&](const Instant& value) { return ordered(value, comparator, *b.get_if<Instant>()); },
          [&](const Duration& value) { return compare_durations(value, comparator, *b.get_if<Duration>()); },
          [](const auto&) { return Truth(); },
      },
      a.content);
}

Result<Value> plus(const Value& a, const Value& b) {
  const auto* duration = b.get_if<Duration>();
  if (const auto* number = a.get_if<Number>(); number != nullptr && b.get_if<Number>() != nullptr) {
    DRAAD_TRY(const Number sum, add(*number, *b.get_if<Number>()));
    return Value(sum);
  }
  if (duration == nullptr) {
    // Addition goes both ways for a moment and a duration.
    if (a.get_if<Duration>() != nullptr && (b.get_if<Date>() != nullptr || b.get_if<Instant>() != nullptr))
      return plus(b, a);
    return Value();
  }
  if (!is_sane(*duration)) return too_long();
  if (const auto* date = a.get_if<Date>()) return Value(add_to_date(*date, *duration));
  if (const auto* instant = a.get_if<Instant>()) return Value(add(*instant, *duration));
  if (const auto* other = a.get_if<Duration>()) return is_sane(*other) ? add_durations(*other, *duration) : too_long();
  return Value();
}

Result<Value> minus(const Value& a, const Value& b) {
  if (const auto* number = b.get_if<Number>()) {
    if (a.get_if<Number>() == nullptr) return Value();
    DRAAD_TRY(const Number difference, subtract(*a.get_if<Number>(), *number));
    return Value(difference);
  }
  if (const auto* date = b.get_if<Date>()) {
    const auto* from = a.get_if<Date>();
    if (from == nullptr) return Value();
    return duration_of(0, (std::chrono::sys_days{*from} - std::chrono::sys_days{*date}).count(), 0);
  }
  if (const auto* instant = b.get_if<Instant>()) {
    const auto* from = a.get_if<Instant>();
    if (from == nullptr) return Value();
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(from->time_since_epoch().count(), instant->time_since_epoch().count(), &difference) ||
        difference == INT64_MIN) {
      return too_long();
    }
    return duration_of(0, 0, difference);
  }
  if (const auto* duration = b.get_if<Duration>()) return plus(a, Value(turned(*duration)));
  return Value();
}

Result<Value> negated(const Value& value) {
  if (const auto* number = value.get_if<Number>()) {
    DRAAD_TRY(const Number turned_number, subtract(Number(), *number));
    return Value(turned_number);
  }
  if (const auto* duration = value.get_if<Duration>()) return Value(turned(*duration));
  return Value();
}

int age(Date birth, Date at) {
  const int years = static_cast<int>(at.year()) - static_cast<int>(birth.year());
  const bool had_birthday = std::pair(at.month(), at.day()) >= std::pair(birth.month(), birth.day());
  return had_birthday ? years : years - 1;
}

Truth contains(const Value& text_or_list, const Value& item) {
  if (const auto* text = text_or_list.get_if<std::string>()) {
    const auto* part = item.get_if<std::string>();
    if (part == nullptr) return std::nullopt;
    return text->find(*part) != std::string::npos;
  }
  if (const auto* list = text_or_list.get_if<List>()) {
    return std::any_of(list->begin(), list->end(), [&](const Value& each) { return equal(each, item) == true; });
  }
  return std::nullopt;
}

}  // namespace draad::feel
