#include <gtest/gtest.h>

#include <chrono>

#include "engine/core/time.h"

namespace draad {
namespace {

Instant at(const char* text) {
  return parse_instant(text).value();
}

struct FiringRow {
  const char* name;
  const char* repetition;
  const char* set_at;
  std::int64_t n;
  const char* expected;  // Empty: there is no such firing.
};

const FiringRow kRows[] = {
    {"FirstAfterOnePeriod", "R/P1D", "2026-03-02T09:00", 1, "2026-03-03T09:00"},
    {"SecondAfterTwoPeriods", "R/P1D", "2026-03-02T09:00", 2, "2026-03-04T09:00"},
    {"WithAStartFirstAtTheStart", "R/2026-03-02T09:00/P1D", "2026-01-01T00:00", 1, "2026-03-02T09:00"},
    {"WithAStartSecondOnePeriodLater", "R/2026-03-02T09:00/P1D", "2026-01-01T00:00", 2, "2026-03-03T09:00"},
    {"ThreeMeansThreeInTotal", "R3/PT1H", "2026-03-02T09:00", 3, "2026-03-02T12:00"},
    {"ThereIsNoFourthOfThree", "R3/PT1H", "2026-03-02T09:00", 4, ""},
    {"ThreeFromAStart", "R3/2026-03-02T09:00/PT1H", "2026-03-02T09:00", 3, "2026-03-02T11:00"},
    {"ZeroTimesIsNever", "R0/PT1H", "2026-03-02T09:00", 1, ""},
    {"ThereIsNoZeroth", "R/PT1H", "2026-03-02T09:00", 0, ""},
    {"CalendarDaysKeepTheHourIntoSummer", "R/2026-03-27T09:00/P1D", "2026-03-01T00:00", 4, "2026-03-30T09:00"},
    {"ClockDaysDoNot", "R/2026-03-27T09:00/PT24H", "2026-03-01T00:00", 4, "2026-03-30T10:00"},
    {"CalendarDaysKeepTheHourIntoWinter", "R/2026-10-24T09:00/P1D", "2026-03-01T00:00", 3, "2026-10-26T09:00"},
    {"ClockDaysIntoWinter", "R/2026-10-24T09:00/PT24H", "2026-03-01T00:00", 3, "2026-10-26T08:00"},
    {"InTheGapItMoves", "R/2026-03-28T02:30/P1D", "2026-03-01T00:00", 2, "2026-03-29T03:00"},
    {"AfterTheGapItIsBack", "R/2026-03-28T02:30/P1D", "2026-03-01T00:00", 3, "2026-03-30T02:30"},
    {"MonthsFromThe31stFebruary", "R/2026-01-31T09:00/P1M", "2026-01-01T00:00", 2, "2026-02-28T09:00"},
    {"MonthsFromThe31stAreBackInMarch", "R/2026-01-31T09:00/P1M", "2026-01-01T00:00", 3, "2026-03-31T09:00"},
    {"YearsFromALeapDay", "R/2028-02-29T09:00/P1Y", "2026-01-01T00:00", 5, "2032-02-29T09:00"},
    {"UpToAndIncludingTheEnd", "R/P1D/2026-03-04T09:00", "2026-03-02T09:00", 2, "2026-03-04T09:00"},
    {"NotBeyondTheEnd", "R/P1D/2026-03-04T09:00", "2026-03-02T09:00", 3, ""},
    {"AMillionthDayIsComputed", "R/2026-03-02T09:00/P1D", "2026-03-02T09:00", 1'000'001, "4764-01-28T09:00"},
    {"ABillionthSecondIsComputed", "R/2026-03-02T09:00:00Z/PT1S", "2026-03-02T09:00", 1'000'000'001,
     "2057-11-08T10:46:40Z"},
    {"NothingAfterTheLastYear", "R/P1Y", "2026-03-02T09:00", 8'000, ""},
    {"NothingAtTheFarEnd", "R/PT1S", "2026-03-02T09:00", INT64_MAX, ""},
};

class Firings : public testing::TestWithParam<FiringRow> {};

TEST_P(Firings, CountFromTheStart) {
  const FiringRow& row = GetParam();
  const auto fired = firing(parse_repetition(row.repetition).value(), at(row.set_at), row.n);
  EXPECT_EQ(fired ? to_string(*fired) : "", *row.expected == '\0' ? "" : to_string(at(row.expected)));
}

INSTANTIATE_TEST_SUITE_P(Rows, Firings, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(NextFiring, IsTheFirstOneLaterThan) {
  const Repetition daily = parse_repetition("R/2026-03-02T09:00/P1D").value();
  const Instant set = at("2026-03-01T00:00");
  EXPECT_EQ(next_firing(daily, set, set), (Firing{1, at("2026-03-02T09:00")}));
  EXPECT_EQ(next_firing(daily, set, at("2026-03-02T09:00")), (Firing{2, at("2026-03-03T09:00")}));
  EXPECT_EQ(next_firing(daily, set, at("2026-03-02T08:59:59.999")), (Firing{1, at("2026-03-02T09:00")}));
  EXPECT_EQ(next_firing(daily, set, at("2036-03-02T10:00")), (Firing{3655, at("2036-03-03T09:00")}));
}

TEST(NextFiring, EndsWithTheCount) {
  const Repetition three = parse_repetition("R3/PT1H").value();
  const Instant set = at("2026-03-02T09:00");
  EXPECT_EQ(next_firing(three, set, at("2026-03-02T11:30")), (Firing{3, at("2026-03-02T12:00")}));
  EXPECT_EQ(next_firing(three, set, at("2026-03-02T12:00")), std::nullopt);
}

// Ten years away from a cycle of a millisecond: stepping would take 3e11 steps.
TEST(NextFiring, NeedsNoStepsOverALongAbsence) {
  const Repetition fast = parse_repetition("R/PT0.001S").value();
  const Instant set = at("2026-03-02T09:00");
  const Instant back = at("2036-03-02T09:00");
  const auto next = next_firing(fast, set, back);
  ASSERT_TRUE(next);
  EXPECT_EQ(next->at, back + std::chrono::milliseconds{1});
  EXPECT_EQ(next->n, (back - set).count() + 1);
}

TEST(NextFiring, AgreesWithCountingOverTwoYearsOfChanges) {
  for (const char* text : {"R/PT7H", "R/P1D", "R/2026-01-31T02:30/P1M", "R/P1DT1H", "R50/P1W"}) {
    const Repetition repetition = parse_repetition(text).value();
    const Instant set = at("2026-01-01T02:30");
    std::int64_t n = 1;
    for (Instant after = set; after < at("2028-01-01T00:00"); after += std::chrono::hours{5}) {
      while (firing(repetition, set, n) && *firing(repetition, set, n) <= after) ++n;
      const auto counted = firing(repetition, set, n);
      const auto found = next_firing(repetition, set, after);
      ASSERT_EQ(found.has_value(), counted.has_value()) << text;
      if (found) {
        ASSERT_EQ(*found, (Firing{n, *counted})) << text << " after " << to_string(after);
      }
    }
  }
}

TEST(Firing, OfAPeriodThatDoesNotAdvanceIsNothing) {
  Repetition still;
  EXPECT_EQ(firing(still, at("2026-03-02T09:00"), 1), std::nullopt);
  still.period = Duration{.negative = true, .days = 1};
  EXPECT_EQ(firing(still, at("2026-03-02T09:00"), 1), std::nullopt);
  EXPECT_EQ(next_firing(still, at("2026-03-02T09:00"), at("2026-03-02T09:00")), std::nullopt);
}

}  // namespace
}  // namespace draad
