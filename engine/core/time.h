// engine/core/time.h
//
// Moments, civil dates and ISO 8601 durations, as BPMN timers and legal terms need them.
//   Instant   a moment, UTC, milliseconds since 1970-01-01T00:00Z.
//   Date      a civil day, without a zone.
//   Duration  ISO 8601: calendar part (years, months, days; weeks are read as 7 days) and clock part (milliseconds).
//             P1D is a calendar day in the zone, PT24H is not (semantics: engine/docs/time.md).
//   Repetition  ISO 8601 R[n]/[start/]period[/end].
// Calendar arithmetic happens in Europe/Amsterdam (zone rules from the system's tz database): a local time that does
// not exist moves to the next valid instant; one that exists twice means the first. Adding months keeps the day
// number, else the last day of the month. Years run from 1 to 9999; a sum that would leave them stops at the border.
// Errors: `invalid` with the text and the expected form, `limit` for a duration over 10,000 years.  Threads: pure functions.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/result.h"

namespace draad {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::year_month_day;
using LocalTime = std::chrono::local_time<std::chrono::milliseconds>;

struct Duration {
  bool negative = false;
  std::int32_t years = 0;
  std::int32_t months = 0;
  std::int32_t days = 0;
  std::int64_t milliseconds = 0;

  friend bool operator==(const Duration&, const Duration&) = default;
};

struct Repetition {
  std::optional<std::int64_t> count;  // Nothing: for ever. R3 means three times in total.
  std::optional<Instant> start;
  Duration period;
  std::optional<Instant> end;

  friend bool operator==(const Repetition&, const Repetition&) = default;
};

[[nodiscard]] Result<Duration> parse_duration(std::string_view text);
[[nodiscard]] Result<Date> parse_date(std::string_view text);            // 2026-03-02
[[nodiscard]] Result<Instant> parse_instant(std::string_view text);      // 2026-03-02T09:00[:00[.123]][Z|+01:00]; no zone: Amsterdam
[[nodiscard]] Result<Repetition> parse_repetition(std::string_view text);

[[nodiscard]] std::string to_string(const Duration& duration);   // Canonical ISO 8601, "PT0S" for nothing.
[[nodiscard]] std::string to_string(const Date& date);
[[nodiscard]] std::string to_string(const Repetition& repetition);
[[nodiscard]] std::string to_string(Instant instant);            // UTC, with Z; milliseconds only where there are any.
[[nodiscard]] std::string to_local_string(Instant instant);      // 2026-03-02 09:00 in Amsterdam, for people.

[[nodiscard]] LocalTime to_local(Instant instant);
[[nodiscard]] Instant from_local(LocalTime local);
[[nodiscard]] Date date_of(Instant instant);                     // The civil day in Amsterdam.
[[nodiscard]] Instant start_of_day(Date date);
[[nodiscard]] Instant end_of_day(Date date);                     // The first instant of the next civil day.

[[nodiscard]] Date add(Date date, const Duration& calendar_part);
[[nodiscard]] Instant add(Instant instant, const Duration& duration);

// The n-th firing (from 1) of a repetition that was set at `set_at`: never drifts, because it counts from the start.
// R/start/P1D fires first at start, R/P1D first after one period. Nothing: no n-th firing.
[[nodiscard]] std::optional<Instant> firing(const Repetition& repetition, Instant set_at, std::int64_t n);

// The first firing later than `after`, found by arithmetic: after years of absence the cycle goes on where it would be.
struct Firing {
  std::int64_t n = 0;
  Instant at;

  friend bool operator==(const Firing&, const Firing&) = default;
};
[[nodiscard]] std::optional<Firing> next_firing(const Repetition& repetition, Instant set_at, Instant after);

}  // namespace draad
