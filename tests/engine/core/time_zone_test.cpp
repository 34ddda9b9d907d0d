// Every daylight-saving edge of Europe/Amsterdam that a timer or a legal term can meet.
#include <gtest/gtest.h>

#include "engine/core/time.h"

namespace draad {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::milliseconds;
using std::chrono::minutes;

Instant at(const char* text) {
  return parse_instant(text).value();
}
Duration span(const char* text) {
  return parse_duration(text).value();
}

struct LocalRow {
  const char* name;
  const char* local;
  const char* utc;
};

const LocalRow kLocalRows[] = {
    {"WinterDay", "2026-01-15T12:00", "2026-01-15T11:00:00Z"},
    {"SummerDay", "2026-07-15T12:00", "2026-07-15T10:00:00Z"},
    {"LastMomentBeforeTheGap", "2026-03-29T01:59:59.999", "2026-03-29T00:59:59.999Z"},
    {"StartOfTheGap", "2026-03-29T02:00", "2026-03-29T01:00:00Z"},
    {"InsideTheGapMovesToItsEnd", "2026-03-29T02:30", "2026-03-29T01:00:00Z"},
    {"LastMomentOfTheGap", "2026-03-29T02:59:59.999", "2026-03-29T01:00:00Z"},
    {"EndOfTheGap", "2026-03-29T03:00", "2026-03-29T01:00:00Z"},
    {"BeforeTheOverlap", "2026-10-25T01:59:59.999", "2026-10-24T23:59:59.999Z"},
    {"OverlapMeansTheFirst", "2026-10-25T02:00", "2026-10-25T00:00:00Z"},
    {"InsideTheOverlapMeansTheFirst", "2026-10-25T02:30", "2026-10-25T00:30:00Z"},
    {"LastMomentOfTheOverlap", "2026-10-25T02:59:59.999", "2026-10-25T00:59:59.999Z"},
    {"AfterTheOverlap", "2026-10-25T03:00", "2026-10-25T02:00:00Z"},
    {"LastYearOfTheDatabaseSummer", "2037-07-01T12:00", "2037-07-01T10:00:00Z"},
    {"NewYearAfterTheDatabase", "2038-01-01T00:00", "2037-12-31T23:00:00Z"},
    {"SummerBeyondTheDatabase", "2045-07-01T12:00", "2045-07-01T10:00:00Z"},
    {"GapBeyondTheDatabase", "2045-03-26T02:30", "2045-03-26T01:00:00Z"},
    {"BeforeTheGapBeyondTheDatabase", "2045-03-26T01:59:59.999", "2045-03-26T00:59:59.999Z"},
    {"OverlapBeyondTheDatabase", "2045-10-29T02:30", "2045-10-29T00:30:00Z"},
    {"AfterTheOverlapBeyondTheDatabase", "2045-10-29T03:00", "2045-10-29T02:00:00Z"},
    {"WithoutSummerTime", "1976-07-01T12:00", "1976-07-01T11:00:00Z"},
    {"GapInApril1977", "1977-04-03T02:30", "1977-04-03T01:00:00Z"},
    {"OverlapInSeptember1995", "1995-09-24T02:30", "1995-09-24T00:30:00Z"},
};

class LocalTimes : public testing::TestWithParam<LocalRow> {};

TEST_P(LocalTimes, HaveOneInstant) {
  EXPECT_EQ(to_string(at(GetParam().local)), GetParam().utc);
}

INSTANTIATE_TEST_SUITE_P(Edges, LocalTimes, testing::ValuesIn(kLocalRows),
                         [](const auto& row) { return std::string(row.param.name); });

struct AddRow {
  const char* name;
  const char* start;
  const char* duration;
  const char* expected;
};

const AddRow kAddRows[] = {
    {"CalendarDayIntoSummerHas23Hours", "2026-03-28T12:00", "P1D", "2026-03-29T12:00"},
    {"ClockDayIntoSummerHas24Hours", "2026-03-28T12:00", "PT24H", "2026-03-29T13:00"},
    {"CalendarDayIntoWinterHas25Hours", "2026-10-24T12:00", "P1D", "2026-10-25T12:00"},
    {"ClockDayIntoWinterHas24Hours", "2026-10-24T12:00", "PT24H", "2026-10-25T11:00"},
    {"CalendarDayIntoTheGap", "2026-03-28T02:30", "P1D", "2026-03-29T03:00"},
    {"CalendarDayOverTheGap", "2026-03-28T02:30", "P2D", "2026-03-30T02:30"},
    {"CalendarDayIntoTheOverlap", "2026-10-24T02:30", "P1D", "2026-10-25T00:30:00Z"},
    {"DayFromTheSecondTwoThirty", "2026-10-25T01:30:00Z", "P1D", "2026-10-26T02:30"},
    {"ZeroDurationKeepsTheSecondTwoThirty", "2026-10-25T01:30:00Z", "PT0S", "2026-10-25T01:30:00Z"},
    {"ClockPartOnlyKeepsTheSecondTwoThirty", "2026-10-25T01:30:00Z", "PT1S", "2026-10-25T01:30:01Z"},
    {"BackOverTheGap", "2026-03-29T12:00", "-P1D", "2026-03-28T12:00"},
    {"BackByClockOverTheGap", "2026-03-29T12:00", "-PT24H", "2026-03-28T11:00"},
    {"CalendarThenClock", "2026-03-28T02:00", "P1DT1H", "2026-03-29T04:00"},
    {"MonthFromThe31st", "2026-01-31T09:00", "P1M", "2026-02-28T09:00"},
    {"MonthFromThe31stInALeapYear", "2028-01-31T09:00", "P1M", "2028-02-29T09:00"},
    {"ThreeMonthsFromThe30thOfNovember", "2026-11-30T09:00", "P3M", "2027-02-28T09:00"},
    {"MonthFromThe28th", "2026-02-28T09:00", "P1M", "2026-03-28T09:00"},
    {"YearFromALeapDay", "2028-02-29T09:00", "P1Y", "2029-02-28T09:00"},
    {"FourYearsFromALeapDay", "2028-02-29T09:00", "P4Y", "2032-02-29T09:00"},
    {"MonthsBeforeDays", "2026-01-31T09:00", "P1M1D", "2026-03-01T09:00"},
    {"MonthsOverAYear", "2026-11-15T09:00", "P14M", "2028-01-15T09:00"},
    {"MonthsBack", "2026-03-31T09:00", "-P1M", "2026-02-28T09:00"},
    {"WeekOverTheChange", "2026-10-22T09:00", "P1W", "2026-10-29T09:00"},
    {"StopsAtTheLastYear", "2026-01-01T00:00", "P9999Y", "9999-12-31T00:00"},
    {"StopsAtTheFirstYear", "2026-01-01T00:00", "-P9999Y", "0001-01-01T00:00:00Z"},
};

class Sums : public testing::TestWithParam<AddRow> {};

TEST_P(Sums, FollowTheWrittenRules) {
  EXPECT_EQ(to_string(add(at(GetParam().start), span(GetParam().duration))), to_string(at(GetParam().expected)));
}

INSTANTIATE_TEST_SUITE_P(Edges, Sums, testing::ValuesIn(kAddRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Zone, DaysHave23And24And25Hours) {
  const auto length = [](const char* date) {
    const Date day = parse_date(date).value();
    return std::chrono::duration_cast<hours>(end_of_day(day) - start_of_day(day)).count();
  };
  EXPECT_EQ(length("2026-03-29"), 23);
  EXPECT_EQ(length("2026-03-30"), 24);
  EXPECT_EQ(length("2026-10-25"), 25);
  EXPECT_EQ(length("2050-03-27"), 23);
  EXPECT_EQ(length("2050-10-30"), 25);
}

TEST(Zone, CivilDayBeginsAtLocalMidnight) {
  EXPECT_EQ(to_string(date_of(at("2026-03-01T22:59:59.999Z"))), "2026-03-01");
  EXPECT_EQ(to_string(date_of(at("2026-03-01T23:00:00Z"))), "2026-03-02");
  EXPECT_EQ(to_string(date_of(at("2026-07-01T22:00:00Z"))), "2026-07-02");
  EXPECT_EQ(to_local_string(at("2026-03-02T08:00:00Z")), "2026-03-02 09:00");
}

// Local time moves by exactly what the rule says, in every year the database lists and in a century after it: the
// hour before and after each change, forth and back.
TEST(Zone, ChangesOnTheLastSundaysOfMarchAndOctoberSince1996) {
  for (int y = 1996; y <= 2140; ++y) {
    const std::chrono::year year{y};
    const auto last_sunday = [&](std::chrono::month month) {
      return Instant{std::chrono::sys_days{year / month / std::chrono::Sunday[std::chrono::last]}} + hours{1};
    };
    const Instant spring = last_sunday(std::chrono::March);
    const Instant autumn = last_sunday(std::chrono::October);
    const auto offset = [](Instant instant) {
      return to_local(instant).time_since_epoch() - instant.time_since_epoch();
    };
    ASSERT_EQ(offset(spring - milliseconds{1}), hours{1}) << y;
    ASSERT_EQ(offset(spring), hours{2}) << y;
    ASSERT_EQ(offset(autumn - milliseconds{1}), hours{2}) << y;
    ASSERT_EQ(offset(autumn), hours{1}) << y;
    for (const Instant edge : {spring, autumn}) {
      for (Instant instant = edge - hours{3}; instant < edge + hours{3}; instant += minutes{10}) {
        const bool second_of_two = edge == autumn && instant >= autumn && instant < autumn + hours{1};
        ASSERT_EQ(from_local(to_local(instant)), second_of_two ? instant - hours{1} : instant) << to_string(instant);
      }
    }
  }
}

TEST(Zone, EveryCivilDayFollowsThePreviousOneWithoutAHole) {
  Date day = parse_date("1995-12-30").value();
  while (static_cast<int>(day.year()) < 2060) {
    const Date next{std::chrono::sys_days{day} + days{1}};
    ASSERT_EQ(end_of_day(day), start_of_day(next));
    ASSERT_EQ(date_of(start_of_day(day)), day);
    ASSERT_EQ(date_of(end_of_day(day) - milliseconds{1}), day);
    day = next;
  }
}

TEST(Zone, TheEndsOfTimeStayInside) {
  for (const Instant instant : {Instant::min(), Instant::max()}) {
    EXPECT_TRUE(date_of(instant).ok());
    EXPECT_TRUE(date_of(add(instant, span("P1000Y"))).ok());
    EXPECT_TRUE(date_of(add(instant, span("-P1000YT1H"))).ok());
  }
  const Date last = parse_date("9999-12-31").value();
  EXPECT_EQ(add(last, span("P1D")), last);
  EXPECT_EQ(date_of(start_of_day(last)), last);
  const Date first = parse_date("0001-01-01").value();
  EXPECT_EQ(add(first, span("-P1M")), first);
  EXPECT_EQ(date_of(start_of_day(first)), first);
  EXPECT_EQ(from_local(LocalTime::max()), at("9999-12-31T22:00:00Z"));
  EXPECT_EQ(from_local(LocalTime::min()), at("0001-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace draad
