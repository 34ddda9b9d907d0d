// engine/core/calendar.h
//
// Working days and legal terms. Dutch public holidays are computed for any year; a municipality's own closing days
// are added by value: nobody works on them, but a legal term does not move for them.
// The Algemene termijnenwet is applied to terms in calendar days, weeks and months: a term that would end on a Saturday,
// Sunday or public holiday moves to the next day that is none (art. 1), a term of at least three days holds at least two
// such days (art. 2), and terms in hours or years, over 90 days or over three months are left alone (art. 4).
// Source: Algemene termijnenwet, art. 1-4 (U: from general knowledge; engine/docs/time.md says what is to be checked).
// Threads: immutable after construction.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/time.h"

namespace draad {

struct Holiday {
  Date date;
  std::string name;  // Dutch.
};

[[nodiscard]] std::vector<Holiday> dutch_holidays(std::chrono::year year);
[[nodiscard]] bool is_dutch_holiday(Date date);

enum class TermijnKalender { kalender, werkdagen };
[[nodiscard]] Result<TermijnKalender> parse_termijn_kalender(std::string_view text);  // "" is kalender.

class WorkCalendar {
 public:
  WorkCalendar() = default;
  explicit WorkCalendar(std::set<Date> closing_days) : closing_days_(std::move(closing_days)) {}

  [[nodiscard]] bool is_working_day(Date date) const;         // Monday to Friday, no holiday, no closing day.
  [[nodiscard]] Date next_working_day(Date date) const;       // The date itself when it is one.
  [[nodiscard]] Date add_working_days(Date date, int count) const;

  // When a legal term that starts at `start` runs out. Days, months and years end at the end of the last civil day
  // (23:59:59.999 is still in time; the answer is the first instant that is too late); PnD with kalender `werkdagen` counts
  // working days; a term with a clock part (PT24H) is counted in elapsed time and never moved. The day of `start` itself
  // is not counted. A negative term counts back and is never moved.
  [[nodiscard]] Instant term_end(Instant start, const Duration& term, TermijnKalender kalender) const;

 private:
  std::set<Date> closing_days_;
};

}  // namespace draad
