#include <gtest/gtest.h>

#include "engine/feel/feel.h"

namespace draad::feel {
namespace {

Date day(const char* text) {
  return parse_date(text).value();
}
Instant at(const char* text) {
  return parse_instant(text).value();
}

const Facts& facts() {
  static const Facts kFacts{
      {"leeftijd", Value(16)},
      {"bedrag", Value(Number::parse("12.5").value())},
      {"vorm", Value("crimineel")},
      {"minderjarig", Value(true)},
      {"gemeld", Value(false)},
      {"leeg", Value()},
      {"geboren", Value(day("2008-02-29"))},
      {"sinds", Value(at("2026-03-01T09:00"))},
      {"termijn", Value(parse_duration("P5D").value())},
      {"signalen", Value(List{Value("a"), Value("b"), Value(3)})},
      {"niets", Value(List{})},
      {"casus.ernst", Value(3)},
      {"intake", Value(Facts{{"ernst", Value(4)}, {"plaats.code", Value("GM0363")}})},
      {"indicatie", Value(true)},
      {"order", Value(1)},
      {"notitie", Value("x")},
      {"date", Value(7)},
      {"time", Value(8)},
      {"reünie_2", Value(9)},
  };
  return kFacts;
}

std::string answer(const char* text) {
  const auto expression = parse(text);
  if (!expression) return "cannot be read: " + expression.error().message;
  const FactsEnvironment environment(facts(), at("2026-03-02T09:00"));
  const auto value = evaluate(*expression, environment);
  if (!value) return "error: " + value.error().message;
  if (value->is_null()) return "null";
  if (const auto* boolean = value->get_if<bool>()) return *boolean ? "true" : "false";
  if (const auto* number = value->get_if<Number>()) return number->text();
  if (const auto* date = value->get_if<Date>()) return draad::to_string(*date);
  if (const auto* instant = value->get_if<Instant>()) return draad::to_string(*instant);
  if (const auto* duration = value->get_if<Duration>()) return draad::to_string(*duration);
  return to_text(*value);
}

struct Row {
  const char* text;
  const char* expected;
};

class Answers : public testing::TestWithParam<Row> {};

TEST_P(Answers, AreThoseOfTheStandard) {
  EXPECT_EQ(answer(GetParam().text), GetParam().expected) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(Comparison, Answers,
                         testing::Values(Row{"leeftijd < 18", "true"}, Row{"leeftijd >= 18", "false"},
                                         Row{"leeftijd = 16", "true"}, Row{"leeftijd != 16", "false"},
                                         Row{"leeftijd <= 16.000001", "true"}, Row{"vorm = \"crimineel\"", "true"},
                                         Row{"vorm != \"crimineel\"", "false"}, Row{"\"a\" < \"b\"", "true"},
                                         Row{"\"B\" < \"a\"", "true"}, Row{"minderjarig = true", "true"},
                                         Row{"minderjarig < true", "null"}, Row{"leeftijd = \"16\"", "null"},
                                         Row{"leeftijd < \"a\"", "null"}, Row{"0.1 + 0.2 = 0.3", "true"},
                                         Row{"date(\"2026-03-01\") < date(\"2026-03-02\")", "true"},
                                         Row{"date(\"2026-03-01\") < sinds", "null"}, Row{"sinds < now()", "true"},
                                         Row{"[1, 2] = [1, 2]", "true"}, Row{"[1, 2] = [2, 1]", "false"},
                                         Row{"[1] < [2]", "null"}));

INSTANTIATE_TEST_SUITE_P(Null, Answers,
                         testing::Values(Row{"leeg = null", "true"}, Row{"leeg != null", "false"},
                                         Row{"leeftijd = null", "false"}, Row{"null = leeftijd", "false"},
                                         Row{"leeftijd != null", "true"}, Row{"onbekend = null", "true"},
                                         Row{"leeg < 18", "null"}, Row{"leeg = 18", "false"}, Row{"leeg != 18", "true"},
                                         Row{"leeg + 1", "null"}, Row{"-leeg", "null"}, Row{"not(leeg)", "null"},
                                         Row{"leeg between 1 and 2", "null"}, Row{"3 between 4 and leeg", "false"},
                                         Row{"leeg in (1, 2)", "false"}, Row{"leeg in (1, null)", "true"},
                                         Row{"leeg in [1..2]", "null"}, Row{"leeg in (< 5)", "null"},
                                         Row{"leeg in (5, < 5)", "null"}, Row{"count(leeg)", "null"},
                                         Row{"contains(leeg, \"a\")", "null"}, Row{"age(leeg)", "null"}));

INSTANTIATE_TEST_SUITE_P(
    Logic, Answers,
    testing::Values(Row{"true and true", "true"}, Row{"true and false", "false"}, Row{"true and null", "null"},
                    Row{"false and null", "false"}, Row{"null and false", "false"}, Row{"null and null", "null"},
                    Row{"true or null", "true"}, Row{"null or true", "true"}, Row{"false or null", "null"},
                    Row{"false or false", "false"}, Row{"null or null", "null"}, Row{"not(true)", "false"},
                    Row{"not(false)", "true"}, Row{"not(null)", "null"}, Row{"not(1)", "null"},
                    Row{"true and 1", "null"}, Row{"false and 1", "false"}, Row{"true or \"x\"", "true"},
                    Row{"false or \"x\"", "null"}, Row{"true or false and false", "true"},
                    Row{"(true or false) and false", "false"}, Row{"minderjarig and not(gemeld)", "true"},
                    Row{"minderjarig and leeftijd > 20 or order = 1", "true"}));

INSTANTIATE_TEST_SUITE_P(
    In, Answers,
    testing::Values(Row{"leeftijd in (15, 16)", "true"}, Row{"leeftijd in (15, 17)", "false"},
                    Row{"leeftijd in (< 18)", "true"}, Row{"leeftijd in (<= 15, > 20)", "false"},
                    Row{"leeftijd in [16..18]", "true"}, Row{"leeftijd in (16..18]", "false"},
                    Row{"leeftijd in ]16..18]", "false"}, Row{"leeftijd in [12..16]", "true"},
                    Row{"leeftijd in [12..16)", "false"}, Row{"leeftijd in [12..16[", "false"},
                    Row{"leeftijd in (12..18)", "true"}, Row{"leeftijd in ((12..18))", "true"},
                    Row{"leeftijd in ((12..14), [16..18])", "true"}, Row{"leeftijd in (15+1, 3)", "true"},
                    Row{"leeftijd in ((15)+1)", "true"}, Row{"leeftijd in [10+2..order+15]", "true"},
                    Row{"vorm in (\"arbeid\", \"crimineel\")", "true"},
                    Row{"vorm in [\"arbeid\", \"crimineel\"]", "true"}, Row{"vorm in [\"a\"..\"d\"]", "true"},
                    Row{"\"a\" in signalen", "true"}, Row{"\"z\" in signalen", "false"}, Row{"3 in signalen", "true"},
                    Row{"leeftijd in 16", "true"}, Row{"leeftijd in (leeftijd)", "true"}, Row{"1 in []", "false"},
                    Row{"leeftijd in ([1..2], \"x\")", "null"}, Row{"not(leeftijd in (1, 2))", "true"},
                    Row{"2 between 1 and 3 and true", "true"}, Row{"2 between 1 and 3 and 5 between 1 and 3", "false"},
                    Row{"1 between 1 and 1", "true"}, Row{"[1] in ([1], [2])", "true"}, Row{"1.5 in [1...6]", "false"},
                    Row{"casus.ernst in [casus.ernst..5]", "true"}, Row{"2 in [order..casus.ernst]", "true"}));

INSTANTIATE_TEST_SUITE_P(
    Sums, Answers,
    testing::Values(
        Row{"1 + 2 - 4", "-1"}, Row{"1 - (2 - 4)", "3"}, Row{"-leeftijd", "-16"}, Row{"1 - -1", "2"},
        Row{"-(1 + 2)", "-3"}, Row{"bedrag + .5", "13"}, Row{"\"a\" + \"b\"", "null"}, Row{"1 + \"b\"", "null"},
        Row{"9223372036854 + 1", "error: Expected a number between -9.2e12 and 9.2e12, but found 9223372036854 + 1"},
        Row{"date(\"2026-01-31\") + duration(\"P1M\")", "2026-02-28"},
        Row{"duration(\"P1M\") + date(\"2026-01-31\")", "2026-02-28"},
        Row{"date(\"2026-03-01\") - duration(\"P1D\")", "2026-02-28"},
        Row{"date(\"2026-03-01\") + duration(\"PT36H\")", "2026-03-02"},
        Row{"date(\"2026-03-01\") - duration(\"PT1H\")", "2026-02-28"},
        Row{"date(\"2026-03-02\") - date(\"2026-02-28\")", "P2D"},
        Row{"date(\"2026-02-28\") - date(\"2026-03-02\")", "-P2D"}, Row{"now() - sinds", "PT24H"},
        Row{"sinds + duration(\"P1D\") = now()", "true"},
        Row{"date and time(\"2026-03-28T12:00\") + duration(\"P1D\")", "2026-03-29T10:00:00Z"},
        Row{"date and time(\"2026-03-28T12:00\") + duration(\"PT24H\")", "2026-03-29T11:00:00Z"},
        Row{"now() + sinds", "null"}, Row{"now() - today()", "null"},
        Row{"duration(\"P1D\") + duration(\"PT12H\")", "P1DT12H"},
        Row{"duration(\"P1D\") - duration(\"PT12H\")", "PT12H"}, Row{"duration(\"P1Y\") - duration(\"P1M\")", "P11M"},
        Row{"duration(\"P1M\") + duration(\"P1D\")", "null"}, Row{"duration(\"PT0S\") + duration(\"P1D\")", "P1D"},
        Row{"-duration(\"P1D\")", "-P1D"}, Row{"-duration(\"PT0S\")", "PT0S"}, Row{"-date(\"2026-03-02\")", "null"},
        Row{"duration(\"P9999Y\") + duration(\"P9999Y\")",
            "error: Expected a duration of at most 10000 years, but a sum is longer"}));

INSTANTIATE_TEST_SUITE_P(Durations, Answers,
                         testing::Values(Row{"duration(\"P1D\") = duration(\"PT24H\")", "true"},
                                         Row{"duration(\"P12M\") = duration(\"P1Y\")", "true"},
                                         Row{"duration(\"P1D\") < duration(\"PT25H\")", "true"},
                                         Row{"duration(\"P1M\") < duration(\"P31D\")", "null"},
                                         Row{"duration(\"P1M\") = duration(\"P31D\")", "null"},
                                         Row{"duration(\"PT0S\") < duration(\"P1M\")", "true"},
                                         Row{"duration(\"-P1D\") < duration(\"PT0S\")", "true"},
                                         Row{"duration(\"P1M1D\") = duration(\"P1M1D\")", "true"},
                                         Row{"duration(\"P1M1D\") = duration(\"P1M2D\")", "false"},
                                         Row{"duration(\"P1M1D\") < duration(\"P2M\")", "null"},
                                         Row{"termijn between duration(\"P4D\") and @\"P6D\"", "true"}));

INSTANTIATE_TEST_SUITE_P(
    Functions, Answers,
    testing::Values(Row{"today()", "2026-03-02"}, Row{"now()", "2026-03-02T08:00:00Z"}, Row{"age(geboren)", "18"},
                    Row{"age(geboren, date(\"2026-02-28\"))", "17"}, Row{"age(geboren, date(\"2026-03-01\"))", "18"},
                    Row{"age(geboren, date(\"2028-02-29\"))", "20"}, Row{"age(geboren, sinds)", "18"},
                    Row{"age(geboren, date(\"2008-02-28\"))", "-1"}, Row{"age(geboren, 3)", "null"},
                    Row{"age(leeftijd)", "null"}, Row{"count(signalen)", "3"}, Row{"count(niets) = 0", "true"},
                    Row{"count(leeftijd)", "null"}, Row{"contains(vorm, \"crim\")", "true"},
                    Row{"contains(vorm, \"arbeid\")", "false"}, Row{"contains(signalen, \"b\")", "true"},
                    Row{"contains(signalen, 4)", "false"}, Row{"contains(vorm, 4)", "null"},
                    Row{"contains(3, 3)", "null"}, Row{"not(contains(signalen, 4))", "true"}));

INSTANTIATE_TEST_SUITE_P(Names, Answers,
                         testing::Values(Row{"indicatie", "true"}, Row{"order = 1", "true"},
                                         Row{"notitie = \"x\"", "true"}, Row{"indicatie and order in (1)", "true"},
                                         Row{"casus.ernst", "3"}, Row{"intake.ernst", "4"},
                                         Row{"intake.plaats.code", "GM0363"}, Row{"intake.niets", "null"},
                                         Row{"vorm.niets", "null"}, Row{"date", "7"}, Row{"date and time = 8", "null"},
                                         Row{"reünie_2 = 9", "true"}, Row{"order=1and indicatie", "true"},
                                         Row{"now", "null"}));

INSTANTIATE_TEST_SUITE_P(Texts, Answers,
                         testing::Values(Row{R"("a\"b\\c")", "a\"b\\c"}, Row{R"("\u0041\U01F600\uD83D\uDE00")", "A😀😀"},
                                         Row{R"("\t\n\r\'")", "\t\n\r'"}, Row{R"("")", ""},
                                         Row{R"("é" = "\u00e9")", "true"}, Row{"@\"2026-03-02\"", "2026-03-02"},
                                         Row{"@\"P3M\"", "P3M"}, Row{"@\"2026-03-02T09:00\"", "2026-03-02T08:00:00Z"},
                                         Row{"\xc2\xa0 1 +\n\t2", "3"}));

TEST(Evaluate, ListsStayLists) {
  const Facts none;
  const FactsEnvironment environment(none, at("2026-03-02T09:00"));
  const auto value = evaluate(parse("[1, \"a\", null, [true]]").value(), environment);
  EXPECT_TRUE(value.value() == Value(List{Value(1), Value("a"), Value(), Value(List{Value(true)})}));
}

TEST(Holds, IsTrueOrFalseOrAnErrorThatShowsTheValues) {
  const FactsEnvironment environment(facts(), at("2026-03-02T09:00"));
  EXPECT_TRUE(holds(parse("leeftijd < 18").value(), environment).value());
  EXPECT_FALSE(holds(parse("leeftijd > 18").value(), environment).value());
  const auto missing = holds(parse("leeg > 18 and vorm = \"crimineel\"").value(), environment);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::invalid);
  EXPECT_EQ(
      missing.error().message,
      "Expected `leeg > 18 and vorm = \"crimineel\"` to be true or false, but it is null with leeg = null, vorm = "
      "crimineel");
  EXPECT_EQ(holds(parse("leeftijd").value(), environment).error().message,
            "Expected `leeftijd` to be true or false, but it is 16 with leeftijd = 16");
  EXPECT_EQ(holds(parse("9223372036854 + 1 > 2").value(), environment).error().code, ErrorCode::limit);
}

TEST(Holds, ShortCircuitsWithoutLosingTheThirdValue) {
  const FactsEnvironment environment(facts(), at("2026-03-02T09:00"));
  EXPECT_TRUE(holds(parse("leeg > 1 or true").value(), environment).value());
  EXPECT_FALSE(holds(parse("leeg > 1 and false").value(), environment).value());
}

}  // namespace
}  // namespace draad::feel
