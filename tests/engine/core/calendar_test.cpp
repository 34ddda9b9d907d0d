#include "engine/core/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace draad {
namespace {

Date day(const char* text) {
  return parse_date(text).value();
}
Instant at(const char* text) {
  return parse_instant(text).value();
}

std::string date_of_holiday(int year, std::string_view name) {
  for (const Holiday& holiday : dutch_holidays(std::chrono::year{year})) {
    if (holiday.name == name) return to_string(holiday.date);
  }
  return "";
}

TEST(Holidays, EasterIsWhereTheTablesHaveIt) {
  const std::pair<int, const char*> rows[] = {
      {1818, "1818-03-22"}, {1943, "1943-04-25"}, {1961, "1961-04-02"}, {2000, "2000-04-23"}, {2024, "2024-03-31"},
      {2025, "2025-04-20"}, {2026, "2026-04-05"}, {2027, "2027-03-28"}, {2028, "2028-04-16"}, {2038, "2038-04-25"},
      {2049, "2049-04-18"}, {2076, "2076-04-19"}, {2285, "2285-03-22"}};
  for (const auto& [year, date] : rows) EXPECT_EQ(date_of_holiday(year, "Eerste paasdag"), date);
}

TEST(Holidays, Of2026) {
  std::vector<std::string> found;
  for (const Holiday& holiday : dutch_holidays(std::chrono::year{2026})) {
    found.push_back(to_string(holiday.date) + ' ' + holiday.name);
  }
  EXPECT_THAT(found, testing::ElementsAre(
                         "2026-01-01 Nieuwjaarsdag", "2026-04-03 Goede Vrijdag", "2026-04-05 Eerste paasdag",
                         "2026-04-06 Tweede paasdag", "2026-04-27 Koningsdag", "2026-05-05 Bevrijdingsdag",
                         "2026-05-14 Hemelvaartsdag", "2026-05-24 Eerste pinksterdag", "2026-05-25 Tweede pinksterdag",
                         "2026-12-25 Eerste kerstdag", "2026-12-26 Tweede kerstdag"));
}

TEST(Holidays, TheMonarchsDayIsNeverOnASunday) {
  EXPECT_EQ(date_of_holiday(2026, "Koningsdag"), "2026-04-27");
  EXPECT_EQ(date_of_holiday(2025, "Koningsdag"), "2025-04-26");
  EXPECT_EQ(date_of_holiday(2014, "Koningsdag"), "2014-04-26");
  EXPECT_EQ(date_of_holiday(2013, "Koninginnedag"), "2013-04-30");
  EXPECT_EQ(date_of_holiday(2006, "Koninginnedag"), "2006-04-29");
  EXPECT_EQ(date_of_holiday(1972, "Koninginnedag"), "1972-05-01");
  EXPECT_EQ(date_of_holiday(1940, "Koninginnedag"), "");
  for (int year = 1949; year < 2200; ++year) {
    const std::string date = date_of_holiday(year, year < 2014 ? "Koninginnedag" : "Koningsdag");
    EXPECT_NE(std::chrono::weekday{std::chrono::sys_days{day(date.c_str())}}, std::chrono::Sunday) << date;
  }
}

TEST(Holidays, ListAndQuestionAgreeOnEveryDay) {
  for (int year = 1900; year < 2150; ++year) {
    const auto holidays = dutch_holidays(std::chrono::year{year});
    for (std::chrono::sys_days date{std::chrono::year{year} / 1 / 1}; date < std::chrono::year{year + 1} / 1 / 1;
         date += std::chrono::days{1}) {
      const bool listed = std::any_of(holidays.begin(), holidays.end(),
                                      [&](const Holiday& holiday) { return holiday.date == Date{date}; });
      ASSERT_EQ(is_dutch_holiday(Date{date}), listed) << to_string(Date{date});
    }
  }
}

TEST(WorkCalendar, KnowsWorkingDays) {
  const WorkCalendar calendar({day("2026-12-24")});
  EXPECT_TRUE(calendar.is_working_day(day("2026-03-02")));
  EXPECT_FALSE(calendar.is_working_day(day("2026-03-07")));
  EXPECT_FALSE(calendar.is_working_day(day("2026-03-08")));
  EXPECT_FALSE(calendar.is_working_day(day("2026-04-06")));
  EXPECT_FALSE(calendar.is_working_day(day("2026-12-24")));
  EXPECT_TRUE(WorkCalendar().is_working_day(day("2026-12-24")));
  EXPECT_EQ(to_string(calendar.next_working_day(day("2026-03-02"))), "2026-03-02");
  EXPECT_EQ(to_string(calendar.next_working_day(day("2026-04-03"))), "2026-04-07");
  EXPECT_EQ(to_string(calendar.next_working_day(day("2026-12-24"))), "2026-12-28");
}

TEST(WorkCalendar, CountsWorkingDays) {
  const WorkCalendar calendar;
  EXPECT_EQ(to_string(calendar.add_working_days(day("2026-03-02"), 0)), "2026-03-02");
  EXPECT_EQ(to_string(calendar.add_working_days(day("2026-03-02"), 5)), "2026-03-09");
  EXPECT_EQ(to_string(calendar.add_working_days(day("2026-03-06"), 1)), "2026-03-09");
  EXPECT_EQ(to_string(calendar.add_working_days(day("2026-03-07"), 1)), "2026-03-09");
  EXPECT_EQ(to_string(calendar.add_working_days(day("2026-04-02"), 1)), "2026-04-07");
  EXPECT_EQ(to_string(calendar.add_working_days(day("2026-12-24"), 2)), "2026-12-29");
  EXPECT_EQ(to_string(calendar.add_working_days(day("2026-03-09"), -5)), "2026-03-02");
  EXPECT_EQ(to_string(calendar.add_working_days(day("9999-12-30"), 40)), "9999-12-31");
  EXPECT_EQ(to_string(calendar.add_working_days(day("0001-01-05"), -40)), "0001-01-01");
}

struct TermRow {
  const char* name;
  const char* start;
  const char* term;
  TermijnKalender kalender;
  const char* too_late;  // The first local moment that is too late.
};

constexpr auto kKalender = TermijnKalender::kalender;
constexpr auto kWerkdagen = TermijnKalender::werkdagen;

const TermRow kTerms[] = {
    {"EndsAtTheEndOfTheLastDay", "2026-03-02T09:00", "P3D", kKalender, "2026-03-06T00:00"},
    {"TheHourOfTheStartDoesNotMatter", "2026-03-02T23:59", "P3D", kKalender, "2026-03-06T00:00"},
    {"SaturdayMovesToMonday", "2026-03-02T09:00", "P5D", kKalender, "2026-03-10T00:00"},
    {"SundayMovesToMonday", "2026-03-02T09:00", "P6D", kKalender, "2026-03-10T00:00"},
    {"GoodFridayMovesOverEaster", "2026-03-27T09:00", "P7D", kKalender, "2026-04-08T00:00"},
    {"KingsDayMoves", "2026-04-20T09:00", "P7D", kKalender, "2026-04-29T00:00"},
    {"ChristmasOnFridayAndSaturdayMovesToMonday", "2026-12-18T09:00", "P7D", kKalender, "2026-12-29T00:00"},
    {"ThreeDaysHoldTwoDaysThatAreNotFree", "2026-04-02T09:00", "P3D", kKalender, "2026-04-09T00:00"},
    {"TwoDaysDoNot", "2026-04-02T09:00", "P2D", kKalender, "2026-04-08T00:00"},
    {"MonthsEndOnTheSameDay", "2026-03-02T09:00", "P3M", kKalender, "2026-06-03T00:00"},
    {"MonthsFromThe31st", "2026-01-31T09:00", "P1M", kKalender, "2026-03-03T00:00"},
    {"MonthsMoveToo", "2026-02-05T09:00", "P3M", kKalender, "2026-05-07T00:00"},
    {"NinetyDaysMove", "2026-01-05T09:00", "P90D", kKalender, "2026-04-08T00:00"},
    {"NinetyOneDaysDoNot", "2026-01-04T09:00", "P91D", kKalender, "2026-04-06T00:00"},
    {"FourMonthsDoNotMove", "2026-01-05T09:00", "P4M", kKalender, "2026-05-06T00:00"},
    {"AYearDoesNotMove", "2026-12-25T09:00", "P1Y", kKalender, "2027-12-26T00:00"},
    {"HoursAreElapsedTime", "2026-03-28T12:00", "PT24H", kKalender, "2026-03-29T13:00"},
    {"HoursInWorkingDaysToo", "2026-03-28T12:00", "PT24H", kWerkdagen, "2026-03-29T13:00"},
    {"WorkingDays", "2026-03-02T09:00", "P5D", kWerkdagen, "2026-03-10T00:00"},
    {"WorkingDaysFromASaturday", "2026-03-07T09:00", "P1D", kWerkdagen, "2026-03-10T00:00"},
    {"WorkingDaysOverEaster", "2026-04-01T09:00", "P2D", kWerkdagen, "2026-04-08T00:00"},
    {"MonthInWorkingDaysEndsOnOne", "2026-03-05T09:00", "P1M", kWerkdagen, "2026-04-08T00:00"},
    {"LastDayOfTheGapDay", "2026-03-26T09:00", "P1D", kKalender, "2026-03-28T00:00"},
    {"OverTheChangeDay", "2026-03-29T09:00", "P1D", kKalender, "2026-03-31T00:00"},
    {"CountsBackWithoutMoving", "2026-03-09T09:00", "-P1D", kKalender, "2026-03-09T00:00"},
    {"CountsBackInWorkingDays", "2026-03-09T09:00", "-P1D", kWerkdagen, "2026-03-07T00:00"},
    {"NothingIsTheSameDay", "2026-03-07T09:00", "P0D", kKalender, "2026-03-08T00:00"},
};

class Terms : public testing::TestWithParam<TermRow> {};

TEST_P(Terms, End) {
  const TermRow& row = GetParam();
  const Instant end = WorkCalendar().term_end(at(row.start), parse_duration(row.term).value(), row.kalender);
  EXPECT_EQ(to_local_string(end), to_local_string(at(row.too_late)));
}

INSTANTIATE_TEST_SUITE_P(Rows, Terms, testing::ValuesIn(kTerms),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(WorkCalendar, AClosingDayIsNoWorkingDayButMovesNoLegalTerm) {
  const WorkCalendar closed({day("2026-03-05")});
  const Duration three = parse_duration("P3D").value();
  EXPECT_EQ(closed.term_end(at("2026-03-02T09:00"), three, kKalender), at("2026-03-06T00:00"));
  EXPECT_EQ(closed.term_end(at("2026-03-02T09:00"), three, kWerkdagen), at("2026-03-07T00:00"));
}

TEST(TermijnKalender, IsReadByName) {
  EXPECT_EQ(parse_termijn_kalender("").value(), kKalender);
  EXPECT_EQ(parse_termijn_kalender("kalender").value(), kKalender);
  EXPECT_EQ(parse_termijn_kalender("werkdagen").value(), kWerkdagen);
  EXPECT_EQ(parse_termijn_kalender("weken").error().message, "Expected kalender or werkdagen, but found \"weken\"");
}

}  // namespace
}  // namespace draad
