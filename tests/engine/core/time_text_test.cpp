#include <gtest/gtest.h>

#include "engine/core/time.h"

namespace draad {
namespace {

struct TextRow {
  const char* text;
  const char* canonical;
};

class GoodDurations : public testing::TestWithParam<TextRow> {};

TEST_P(GoodDurations, HaveACanonicalText) {
  const auto duration = parse_duration(GetParam().text);
  ASSERT_TRUE(duration) << duration.error().message;
  EXPECT_EQ(to_string(*duration), GetParam().canonical);
  EXPECT_EQ(parse_duration(to_string(*duration)).value(), *duration);
}

INSTANTIATE_TEST_SUITE_P(Rows, GoodDurations,
                         testing::Values(TextRow{"P1D", "P1D"}, TextRow{"PT24H", "PT24H"}, TextRow{"P2W", "P14D"},
                                         TextRow{"P1Y2M3D", "P1Y2M3D"}, TextRow{"P1Y2M3DT4H5M6S", "P1Y2M3DT4H5M6S"},
                                         TextRow{"PT90M", "PT1H30M"}, TextRow{"PT0.5S", "PT0.5S"},
                                         TextRow{"PT0,25S", "PT0.25S"}, TextRow{"PT1.5H", "PT1H30M"},
                                         TextRow{"PT0.001S", "PT0.001S"}, TextRow{"PT1.0009S", "PT1S"},
                                         TextRow{"P0D", "PT0S"}, TextRow{"-P0D", "PT0S"}, TextRow{"-P3M", "-P3M"},
                                         TextRow{"-PT1H", "-PT1H"}, TextRow{"P12M", "P12M"}, TextRow{"P007D", "P7D"},
                                         TextRow{"P1W1D", "P8D"}, TextRow{"P10000Y", "P10000Y"},
                                         TextRow{"PT61S", "PT1M1S"}));

TEST(Durations, KeepCalendarAndClockApart) {
  EXPECT_EQ(parse_duration("P1D").value(), (Duration{.days = 1}));
  EXPECT_EQ(parse_duration("PT24H").value(), (Duration{.milliseconds = 86'400'000}));
  EXPECT_EQ(parse_duration("-P1Y2MT3S").value(), (Duration{true, 1, 2, 0, 3'000}));
}

class BadDurations : public testing::TestWithParam<const char*> {};

TEST_P(BadDurations, AreRefusedWithTheText) {
  const auto duration = parse_duration(GetParam());
  ASSERT_FALSE(duration);
  EXPECT_EQ(duration.error().code, ErrorCode::invalid);
  EXPECT_EQ(duration.error().message.substr(0, 8), "Expected");
}

INSTANTIATE_TEST_SUITE_P(Rows, BadDurations,
                         testing::Values("", "P", "PT", "P1", "1D", "P1DT", "P1H", "PT1D", "P1M1Y", "P1D1D", "P-1D",
                                         "+P1D", "P1.5D", "PT1.5H30M", "PT1.S", "P1D ", " P1D", "p1d", "P1D2W",
                                         "PT1H1H", "--P1D", "P1DT1HT1M", "P1D\n", "PT1111111111111111111S"));

TEST(Durations, HaveALimit) {
  for (const char* text :
       {"P10001Y", "P120001M", "P3660001D", "P999999999W", "PT99999999999H", "PT999999999999999999S"}) {
    const auto duration = parse_duration(text);
    ASSERT_FALSE(duration) << text;
    EXPECT_EQ(duration.error().code, ErrorCode::limit) << text;
  }
}

TEST(Durations, QuoteNoMoreThanIsUseful) {
  const auto duration = parse_duration("P\x1b[31m" + std::string(1'000, 'x'));
  ASSERT_FALSE(duration);
  EXPECT_LT(duration.error().message.size(), 160u);
  EXPECT_EQ(duration.error().message.find('\x1b'), std::string::npos);
}

TEST(Dates, AreReadAndWritten) {
  EXPECT_EQ(to_string(parse_date("2026-03-02").value()), "2026-03-02");
  EXPECT_EQ(to_string(parse_date("2028-02-29").value()), "2028-02-29");
  EXPECT_EQ(to_string(parse_date("0001-01-01").value()), "0001-01-01");
  for (const char* text :
       {"", "2026-3-2", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-04-31", "0000-01-01", "26-03-02",
        "2026/03/02", "2026-03-02 ", "2026-03-02T09:00", "-2026-03-02", "12026-03-02"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

class GoodInstants : public testing::TestWithParam<TextRow> {};

TEST_P(GoodInstants, HaveAnInstant) {
  const auto instant = parse_instant(GetParam().text);
  ASSERT_TRUE(instant) << instant.error().message;
  EXPECT_EQ(to_string(*instant), GetParam().canonical);
  EXPECT_EQ(parse_instant(to_string(*instant)).value(), *instant);
}

INSTANTIATE_TEST_SUITE_P(Rows, GoodInstants,
                         testing::Values(TextRow{"2026-03-02T09:00", "2026-03-02T08:00:00Z"},
                                         TextRow{"2026-03-02T09:00:00", "2026-03-02T08:00:00Z"},
                                         TextRow{"2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z"},
                                         TextRow{"2026-03-02T09:00+01:00", "2026-03-02T08:00:00Z"},
                                         TextRow{"2026-03-02T09:00:00-05:30", "2026-03-02T14:30:00Z"},
                                         TextRow{"2026-03-02T09:00:00+0100", "2026-03-02T08:00:00Z"},
                                         TextRow{"2026-03-02T09:00:00+01", "2026-03-02T08:00:00Z"},
                                         TextRow{"2026-03-02T09:00:00.5Z", "2026-03-02T09:00:00.5Z"},
                                         TextRow{"2026-03-02T09:00:00.1239999Z", "2026-03-02T09:00:00.123Z"},
                                         TextRow{"2026-03-02T24:00", "2026-03-02T23:00:00Z"},
                                         TextRow{"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
                                         TextRow{"2026-07-02T09:00", "2026-07-02T07:00:00Z"}));

TEST(Instants, RefuseOtherForms) {
  for (const char* text :
       {"", "2026-03-02", "2026-03-02T", "2026-03-02T9:00", "2026-03-02T25:00", "2026-03-02T24:01", "2026-03-02T09:60",
        "2026-03-02T09:00:60", "2026-03-02 09:00", "2026-03-02T09", "2026-03-02T09:00:00.", "2026-03-02T09:00Z ",
        "2026-03-02T09:00+", "2026-03-02T09:00+1", "2026-03-02T09:00+19:00", "2026-03-02T09:00+01:60",
        "9999-12-31T23:00-18:00", "0001-01-01T00:00+18:00", "2026-02-30T09:00"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

class GoodRepetitions : public testing::TestWithParam<TextRow> {};

TEST_P(GoodRepetitions, AreReadAndWritten) {
  const auto repetition = parse_repetition(GetParam().text);
  ASSERT_TRUE(repetition) << repetition.error().message;
  EXPECT_EQ(to_string(*repetition), GetParam().canonical);
  EXPECT_EQ(parse_repetition(to_string(*repetition)).value(), *repetition);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, GoodRepetitions,
    testing::Values(TextRow{"R/P1D", "R/P1D"}, TextRow{"R3/PT24H", "R3/PT24H"}, TextRow{"R0/PT1S", "R0/PT1S"},
                    TextRow{"R/2026-03-02T09:00/P1D", "R/2026-03-02T08:00:00Z/P1D"},
                    TextRow{"R3/2026-03-02T09:00Z/PT1H", "R3/2026-03-02T09:00:00Z/PT1H"},
                    TextRow{"R/P1D/2026-03-12T09:00Z", "R/P1D/2026-03-12T09:00:00Z"},
                    TextRow{"R/2026-03-02T09:00Z/P1D/2026-03-12T09:00Z",
                            "R/2026-03-02T09:00:00Z/P1D/2026-03-12T09:00:00Z"},
                    TextRow{"R2/2026-03-02T09:00Z/2026-03-02T11:30Z", "R2/2026-03-02T09:00:00Z/PT2H30M"}));

TEST(Repetitions, RefuseOtherForms) {
  for (const char* text : {"",
                           "R",
                           "R/",
                           "P1D",
                           "R3",
                           "R3/",
                           "R-1/P1D",
                           "R/P0D",
                           "R/-P1D",
                           "R//P1D",
                           "R/P1D/",
                           "r/P1D",
                           "R/2026-03-02T09:00Z",
                           "R/P1D/P1D",
                           "R/2026-03-02T09:00Z/2026-03-02T09:00Z",
                           "R/P1D/a",
                           "R/2026-03-02T09:00Z/P1D/2026-03-12T09:00Z/P1D",
                           "R/2026-03-03T09:00Z/2026-03-02T09:00Z",
                           "R/2026-03-02T09:00Z/2026-03-03T09:00Z/2026-03-04T09:00Z",
                           "0 0/5 * * * ?",
                           "R9999999999999999999/P1D"}) {
    EXPECT_FALSE(parse_repetition(text)) << text;
  }
}

}  // namespace
}  // namespace draad
