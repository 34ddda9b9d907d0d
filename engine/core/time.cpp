#include "engine/core/time.h"

#include <date/tz.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>

namespace draad {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::milliseconds;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;

// Everything that is written has a year of four digits, so arithmetic stops at both ends instead of running out of
// them.
constexpr Date kFirstDate{year{1}, std::chrono::January, std::chrono::day{1}};
constexpr Date kLastDate{year{9999}, std::chrono::December, std::chrono::day{31}};
constexpr Instant kFirstInstant = sys_days{kFirstDate};
constexpr Instant kLastInstant = sys_days{kLastDate} + hours{22};  // Still the same year in local time.

Instant within_range(Instant instant) {
  return std::clamp(instant, kFirstInstant, kLastInstant);
}

// A system without zone rules cannot compute a legal term: better no answer than one that is an hour off.
const date::time_zone& amsterdam() {
  static const date::time_zone* const zone = [] {
    try {
      return date::locate_zone("Europe/Amsterdam");
    } catch (const std::exception& failure) {
      std::fprintf(
          stderr, "Expected the zone rules of Europe/Amsterdam in the system's tz database (package tzdata), but: %s\n",
          failure.what());
      std::abort();
    }
  }();
  return *zone;
}

// The tz database lists its changes up to 2037 and continues with a rule that the date library does not read.
// From 2037 on we apply that rule ourselves: the European one, provided the list still ends with a summer time.
constexpr Instant kRuleBegins = sys_days{year{2037} / 1 / 1};

bool has_summer_time() {
  static const bool answer = [] {
    const auto summer = amsterdam().get_info(date::sys_seconds{sys_days{year{2036} / 7 / 1}.time_since_epoch()});
    return summer.offset == hours{2};
  }();
  return answer;
}

// Directive 2000/84/EC: summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on that of October.
Instant change_in(year in, std::chrono::month month) {
  return sys_days{in / month / std::chrono::Sunday[std::chrono::last]} + hours{1};
}

milliseconds offset_by_rule(Instant instant) {
  const year in = Date{std::chrono::floor<days>(instant)}.year();
  const bool summer = has_summer_time() && instant >= change_in(in, std::chrono::March) &&
                      instant < change_in(in, std::chrono::October);
  return summer ? hours{2} : hours{1};
}

Instant from_local_by_rule(LocalTime local) {
  // The offset an instant has cannot be read from its local time alone, so try both; the earliest that fits is the
  // first.
  const Instant as_summer{local.time_since_epoch() - hours{2}};
  const Instant as_winter{local.time_since_epoch() - hours{1}};
  if (offset_by_rule(as_summer) == hours{2}) return as_summer;
  if (offset_by_rule(as_winter) == hours{1}) return as_winter;
  return change_in(Date{std::chrono::floor<days>(as_winter)}.year(), std::chrono::March);  // In the gap.
}

struct Step {
  std::int64_t months = 0;
  std::int64_t days = 0;
  std::int64_t milliseconds = 0;
};

Step step_of(const Duration& duration) {
  const std::int64_t sign = duration.negative ? -1 : 1;
  return {sign * (std::int64_t{duration.years} * 12 + duration.months), sign * duration.days,
          sign * duration.milliseconds};
}

constexpr std::int64_t kMonthsMost = 12 * 10'000;
constexpr std::int64_t kDaysMost = 366 * 10'000;
constexpr std::int64_t kMillisecondsMost = kDaysMost * 86'400'000;

// Clamped, so that no later sum can overflow; a clamped step leads past both ends of the range from anywhere in it.
Date add_calendar(Date date, std::int64_t month_count, std::int64_t day_count) {
  const std::int64_t month_index = std::int64_t{static_cast<int>(date.year())} * 12 +
                                   static_cast<unsigned>(date.month()) - 1 +
                                   std::clamp(month_count, -kMonthsMost, kMonthsMost);
  if (month_index < 12) return kFirstDate;
  if (month_index >= 10'000 * 12) return kLastDate;
  const std::chrono::year_month month{year{static_cast<int>(month_index / 12)},
                                      std::chrono::month{static_cast<unsigned>(month_index % 12 + 1)}};
  const std::chrono::day last = (month / std::chrono::last).day();
  const Date moved = month / std::min(date.day(), last);
  const sys_days result = sys_days{moved} + days{std::clamp(day_count, -kDaysMost, kDaysMost)};
  return Date{std::clamp(result, sys_days{kFirstDate}, sys_days{kLastDate})};
}

Instant add_step(Instant instant, const Step& step) {
  Instant moved = within_range(instant);
  if (step.months != 0 || step.days != 0) {
    const LocalTime local = to_local(moved);
    const auto day = std::chrono::floor<days>(local);
    const Date target = add_calendar(Date{day}, step.months, step.days);
    moved = from_local(LocalTime{local_days{target}} + (local - day));
  }
  return within_range(moved + milliseconds{std::clamp(step.milliseconds, -kMillisecondsMost, kMillisecondsMost)});
}

// Nothing when the product leads out of the range anyway.
std::optional<std::int64_t> times(std::int64_t part, std::int64_t count, std::int64_t most) {
  if (part == 0) return 0;
  if (count > most / part) return std::nullopt;
  return part * count;
}

}  // namespace

LocalTime to_local(Instant instant) {
  const Instant at = within_range(instant);
  if (at >= kRuleBegins) return LocalTime{at.time_since_epoch() + offset_by_rule(at)};
  const auto info = amsterdam().get_info(std::chrono::floor<std::chrono::seconds>(at));
  return LocalTime{at.time_since_epoch() + info.offset};
}

Instant from_local(LocalTime local) {
  local = std::clamp(local, LocalTime{local_days{kFirstDate}}, LocalTime{local_days{kLastDate} + days{1}});
  if (local >= LocalTime{kRuleBegins.time_since_epoch() + hours{1}}) return within_range(from_local_by_rule(local));
  const date::local_seconds second{std::chrono::floor<std::chrono::seconds>(local.time_since_epoch())};
  const auto info = amsterdam().get_info(second);
  if (info.result == date::local_info::nonexistent) return Instant{info.first.end};
  return within_range(Instant{local.time_since_epoch() - info.first.offset});
}

Date date_of(Instant instant) {
  return Date{std::chrono::floor<days>(to_local(instant))};
}

Instant start_of_day(Date date) {
  return from_local(local_days{date});
}

Instant end_of_day(Date date) {
  return from_local(local_days{date} + days{1});
}

Date add(Date date, const Duration& calendar_part) {
  const Step step = step_of(calendar_part);
  return add_calendar(date, step.months, step.days);
}

Instant add(Instant instant, const Duration& duration) {
  return add_step(instant, step_of(duration));
}

std::optional<Instant> firing(const Repetition& repetition, Instant set_at, std::int64_t n) {
  if (n < 1 || (repetition.count && n > *repetition.count)) return std::nullopt;
  if (repetition.period.negative) return std::nullopt;
  const Step period = step_of(repetition.period);
  if (period.months <= 0 && period.days <= 0 && period.milliseconds <= 0) return std::nullopt;
  const std::int64_t periods = repetition.start ? n - 1 : n;
  const auto month_count = times(period.months, periods, kMonthsMost);
  const auto day_count = times(period.days, periods, kDaysMost);
  const auto millisecond_count = times(period.milliseconds, periods, kMillisecondsMost);
  if (!month_count || !day_count || !millisecond_count) return std::nullopt;
  const Instant at = add_step(repetition.start.value_or(set_at), {*month_count, *day_count, *millisecond_count});
  if (date_of(at) == kLastDate || (repetition.end && at > *repetition.end)) return std::nullopt;
  return at;
}

std::optional<Firing> next_firing(const Repetition& repetition, Instant set_at, Instant after) {
  const auto is_later = [&](std::int64_t n) {
    const auto at = firing(repetition, set_at, n);
    return !at || *at > after;
  };
  // Firings only ever get later, so double until one is late enough and then halve: some fifty looks, however far away.
  std::int64_t high = 1;
  while (!is_later(high)) high *= 2;
  std::int64_t low = high / 2;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (is_later(middle) ? high : low) = middle;
  }
  const auto at = firing(repetition, set_at, high);
  if (!at) return std::nullopt;
  return Firing{high, *at};
}

}  // namespace draad
