#include "engine/core/calendar.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "engine/core/internal/scan.h"

namespace draad {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year;

constexpr sys_days kLastDay = sys_days{year{9999} / 12 / 31};

// The Gregorian computus (Meeus, Jones and Butcher).
sys_days easter_sunday(year in) {
  const int y = static_cast<int>(in);
  const int a = y % 19;
  const int b = y / 100;
  const int c = y % 100;
  const int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
  const int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
  return sys_days{in / month{static_cast<unsigned>(f / 31)} / day{static_cast<unsigned>(f % 31 + 1)}};
}

// The day on which the birthday of the monarch is celebrated; never on a Sunday. Nothing before 1949.
std::optional<sys_days> kings_day(year in) {
  const bool of_april_27 = in >= year{2014};
  if (in < year{1949}) return std::nullopt;
  const sys_days nominal = of_april_27 ? sys_days{in / 4 / 27} : sys_days{in / 4 / 30};
  if (weekday{nominal} != std::chrono::Sunday) return nominal;
  return in >= year{1980} ? nominal - days{1} : nominal + days{1};
}

bool is_weekend(sys_days date) {
  const weekday on{date};
  return on == std::chrono::Saturday || on == std::chrono::Sunday;
}

bool is_free_day(sys_days date) {
  return is_weekend(date) || is_dutch_holiday(Date{date});
}

sys_days first_not_free(sys_days date) {
  while (is_free_day(date) && date < kLastDay) date += days{1};
  return date;
}

// Art. 4: the act leaves longer terms alone.
bool act_applies(sys_days start, const Duration& term, sys_days last) {
  if (term.negative || term.years != 0 || last == start) return false;
  if (term.months == 0) return term.days <= 90;
  return last <= sys_days{add(Date{start}, Duration{.months = 3})};
}

// Art. 2: a term of at least three days holds at least two days that are not free.
sys_days with_two_days_not_free(sys_days start, sys_days last) {
  int found = 0;
  for (sys_days date = start + days{1}; date <= last && found < 2; date += days{1}) found += is_free_day(date) ? 0 : 1;
  while (found < 2 && last < kLastDay) {
    last += days{1};
    found += is_free_day(last) ? 0 : 1;
  }
  return last;
}

}  // namespace

std::vector<Holiday> dutch_holidays(year in) {
  const sys_days easter = easter_sunday(in);
  std::vector<Holiday> holidays{
      {in / 1 / 1, "Nieuwjaarsdag"},
      {easter - days{2}, "Goede Vrijdag"},
      {easter, "Eerste paasdag"},
      {easter + days{1}, "Tweede paasdag"},
      {easter + days{39}, "Hemelvaartsdag"},
      {easter + days{49}, "Eerste pinksterdag"},
      {easter + days{50}, "Tweede pinksterdag"},
      {in / 12 / 25, "Eerste kerstdag"},
      {in / 12 / 26, "Tweede kerstdag"},
  };
  if (const auto day = kings_day(in)) holidays.push_back({*day, in >= year{2014} ? "Koningsdag" : "Koninginnedag"});
  if (in >= year{1946}) holidays.push_back({in / 5 / 5, "Bevrijdingsdag"});
  std::stable_sort(holidays.begin(), holidays.end(),
                   [](const Holiday& a, const Holiday& b) { return a.date < b.date; });
  return holidays;
}

bool is_dutch_holiday(Date date) {
  const sys_days day{date};
  const sys_days easter = easter_sunday(date.year());
  for (const int after : {-2, 0, 1, 39, 49, 50}) {
    if (day == easter + days{after}) return true;
  }
  const auto is = [&](unsigned in, unsigned on) {
    return date.month() == month{in} && date.day() == std::chrono::day{on};
  };
  return is(1, 1) || is(12, 25) || is(12, 26) || (is(5, 5) && date.year() >= year{1946}) ||
         day == kings_day(date.year());
}

Result<TermijnKalender> parse_termijn_kalender(std::string_view text) {
  if (text.empty() || text == "kalender") return TermijnKalender::kalender;
  if (text == "werkdagen") return TermijnKalender::werkdagen;
  return Error{ErrorCode::invalid, "Expected kalender or werkdagen, but found " + internal::quoted(text), ""};
}

bool WorkCalendar::is_working_day(Date date) const {
  return !is_free_day(sys_days{date}) && !closing_days_.contains(date);
}

Date WorkCalendar::next_working_day(Date date) const {
  sys_days day{date};
  while (!is_working_day(Date{day}) && day < kLastDay) day += days{1};
  return Date{day};
}

Date WorkCalendar::add_working_days(Date date, int count) const {
  const sys_days first{year{1} / 1 / 1};
  const days step{count < 0 ? -1 : 1};
  sys_days day{date};
  for (std::int64_t left = std::abs(std::int64_t{count}); left > 0;) {
    if (step > days{0} ? day >= kLastDay : day <= first) break;
    day += step;
    if (is_working_day(Date{day})) --left;
  }
  return Date{day};
}

Instant WorkCalendar::term_end(Instant start, const Duration& term, TermijnKalender kalender) const {
  if (term.milliseconds != 0) return add(start, term);
  const Date start_date = date_of(start);
  if (kalender == TermijnKalender::werkdagen) {
    const Date after_months = add(start_date, Duration{term.negative, term.years, term.months, 0, 0});
    if (term.days != 0) return end_of_day(add_working_days(after_months, term.negative ? -term.days : term.days));
    return end_of_day(term.negative ? after_months : next_working_day(after_months));
  }
  const sys_days start_day{start_date};
  sys_days last{add(start_date, term)};
  if (act_applies(start_day, term, last)) {
    last = first_not_free(last);
    if (term.months != 0 || term.days >= 3) last = with_two_days_not_free(start_day, last);
  }
  return end_of_day(Date{last});
}

}  // namespace draad
