#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/feel/feel.h"

namespace draad::feel {
namespace {

TEST(Parse, CollectsTheNamesSortedAndOnce) {
  const auto expression =
      parse("b.c = 1 and (a < 2 or b.c > 3) and contains(lijst, a) and d in [e..f] and not(today() = g)");
  EXPECT_THAT(expression.value().names(), testing::ElementsAre("a", "b.c", "d", "e", "f", "g", "lijst"));
  EXPECT_EQ(parse("1 < 2").value().names().size(), 0u);
}

TEST(Parse, KeepsTheText) {
  EXPECT_EQ(parse("  a<1 ").value().text(), "  a<1 ");
}

struct WriteRow {
  const char* text;
  const char* canonical;
};

class Written : public testing::TestWithParam<WriteRow> {};

TEST_P(Written, ReadsBackTheSame) {
  const auto expression = parse(GetParam().text);
  ASSERT_TRUE(expression) << expression.error().message;
  EXPECT_EQ(to_string(*expression), GetParam().canonical);
  const auto again = parse(to_string(*expression));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_TRUE(same(*again, *expression));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Written,
    testing::Values(WriteRow{"a<1", "a < 1"}, WriteRow{"(a)", "a"}, WriteRow{"a or b and c", "a or b and c"},
                    WriteRow{"(a or b) and c", "(a or b) and c"}, WriteRow{"a or (b or c)", "a or (b or c)"},
                    WriteRow{"a - (b - c)", "a - (b - c)"}, WriteRow{"(a - b) - c", "(a - b) - c"},
                    WriteRow{"-a", "-a"}, WriteRow{"-(a+b)", "-(a + b)"}, WriteRow{"- 5", "-5"},
                    WriteRow{"x in (1..2)", "x in ((1..2))"}, WriteRow{"x in [1..2[", "x in ([1..2))"},
                    WriteRow{"x in [1,2]", "x in ([1, 2])"}, WriteRow{"x in y", "x in (y)"},
                    WriteRow{"x in (<1,>2)", "x in (< 1, > 2)"}, WriteRow{"x in ((a = b), c)", "x in ((a = b), c)"},
                    WriteRow{"(a = b) = c", "(a = b) = c"}, WriteRow{"not ( a )", "not(a)"},
                    WriteRow{"x between 1 and 2 and y", "x between 1 and 2 and y"},
                    WriteRow{"@\"P1W\" = duration(\"P7D\")", "duration(\"P7D\") = duration(\"P7D\")"},
                    WriteRow{R"("a\"b\n" = x)", R"("a\"b\n" = x)"}, WriteRow{"[]", "[]"},
                    WriteRow{"x in ([[1]..[2]])", "x in ([[1]..[2]])"}));

struct BadRow {
  const char* text;
  const char* message;
};

class Refused : public testing::TestWithParam<BadRow> {};

TEST_P(Refused, SaysWhatWasExpectedAndWhere) {
  const auto expression = parse(GetParam().text);
  ASSERT_FALSE(expression) << GetParam().text;
  EXPECT_EQ(expression.error().message, GetParam().message);
}

constexpr const char* kOnly =
    "Expected a condition with comparisons, and, or, not, in, between, + and - only, but found ";

INSTANTIATE_TEST_SUITE_P(
    Rows, Refused,
    testing::Values(
        BadRow{"", "Expected a value, but found the end (column 1)"},
        BadRow{"leeftijd <", "Expected a value, but found the end (column 11)"},
        BadRow{"leeftijd < < 3", "Expected a value, but found < (column 12)"},
        BadRow{"a = b = c", "Expected and, or, or the end of the condition, but found = (column 7)"},
        BadRow{"(a", "Expected ), but found the end (column 3)"},
        BadRow{"a)", "Expected and, or, or the end of the condition, but found ) (column 2)"},
        BadRow{"a == 1", "Expected and, or, or the end of the condition, but found ==; equal is written = (column 3)"},
        BadRow{"a && b", "Expected and, or, or the end of the condition, but found &&; write and (column 3)"},
        BadRow{"!a", "Expected a value, but found !; not equal is written !=, and the opposite not(...) (column 1)"},
        BadRow{"a = 'x'", "Expected a value, but found '; a text stands in \"...\" (column 5)"},
        BadRow{"é = ü)", "Expected and, or, or the end of the condition, but found ) (column 6)"},
        BadRow{"\"abc", "Expected a closing \" of the text that begins here, but found none (column 1)"},
        BadRow{"a = \"x\ny\"", "Expected a closing \" of the text that begins here, but found none (column 5)"},
        BadRow{R"("\x")",
               R"(Expected \n, \r, \t, \", \', \\, \u and four or \U and six digits, but found another \ (column 2))"},
        BadRow{R"("\ud800")",
               R"(Expected \n, \r, \t, \", \', \\, \u and four or \U and six digits, but found another \ (column 2))"},
        BadRow{"\xff", "Expected text in UTF-8, but found a byte that is none (column 1)"},
        BadRow{"a and", "Expected a value, but found the end (column 6)"},
        BadRow{"and a", "Expected a value, but found \"and\" (column 1)"},
        BadRow{"not a", "Expected a value, but found \"not\" (column 1)"},
        BadRow{"not()", "Expected 1 value in not(), but found 0 (column 1)"},
        BadRow{"age(a, b, c)", "Expected 1 or 2 values in age(), but found 3 (column 1)"},
        BadRow{"contains(a)", "Expected 2 values in contains(), but found 1 (column 1)"},
        BadRow{
            "sum(a)",
            "Expected one of the functions not, today, now, age, count, contains, date, date and time, duration, but "
            "found \"sum\" (column 1)"},
        BadRow{"a between 1", "Expected and with the upper bound of between, but found the end (column 12)"},
        BadRow{"a in < 3", "Expected parentheses around the tests, such as in (< 18), but found < (column 6)"},
        BadRow{"a in (1", "Expected , or ) after the tests of in, but found the end (column 8)"},
        BadRow{"a in [1..2", "Expected ] or ) at the end of the range, but found the end (column 11)"},
        BadRow{"a in ]1,2]", "Expected .. of the range, but found , (column 8)"},
        BadRow{"[1..2]", "Expected , or ] of the list, but found .. (column 3)"},
        BadRow{"a in [b = 1..2]", "Expected , or ] of the list, but found .. (column 12)"},
        BadRow{"[1, 2", "Expected , or ] of the list, but found the end (column 6)"},
        BadRow{"date(\"2026-02-30\")", "Expected a date such as 2026-03-02, but found \"2026-02-30\" (column 6)"},
        BadRow{"date(x)", "Expected a text in quotes, but found \"x\" (column 6)"},
        BadRow{"@\"morgen\"",
               "Expected a date, a date and time or a duration after @, but found \"morgen\" (column 1)"},
        BadRow{"1.0000001",
               "Expected a number such as 12 or -12.5 with at most six decimals, but found \"1.0000001\" (column 1)"},
        BadRow{"1e3", "Expected and, or, or the end of the condition, but found \"e3\" (column 2)"},
        BadRow{"a $ b", "Expected and, or, or the end of the condition, but found $ (column 3)"}));

TEST(Parse, SaysThatTheRestOfFeelIsOutside) {
  const std::pair<const char*, const char*> rows[] = {{"if a then b else c", "\"if\""},
                                                      {"for x in y return x", "\"for\""},
                                                      {"some x in y satisfies x", "\"some\""},
                                                      {"every x in y", "\"every\""},
                                                      {"function(x) x", "\"function\""},
                                                      {"a * 2 > 3", "*"},
                                                      {"a / 2 > 3", "/"},
                                                      {"a ** 2 > 3", "**"},
                                                      {"a > 3 then b", "\"then\""},
                                                      {"{a: 1}", "{"}};
  for (const auto& [text, found] : rows) {
    const auto expression = parse(text);
    ASSERT_FALSE(expression) << text;
    EXPECT_EQ(expression.error().code, ErrorCode::unsupported) << text;
    EXPECT_THAT(expression.error().message,
                testing::StartsWith(std::string(kOnly) + found + ", which is outside the condition language"));
  }
}

TEST(Parse, HasLimits) {
  EXPECT_TRUE(parse(std::string(199, '(') + '1' + std::string(199, ')')));
  EXPECT_EQ(parse(std::string(200, '(') + '1' + std::string(200, ')')).error().code, ErrorCode::limit);
  EXPECT_EQ(parse(std::string(60'000, '(')).error().code, ErrorCode::limit);
  EXPECT_EQ(parse(std::string(60'000, '[')).error().code, ErrorCode::limit);
  EXPECT_EQ(parse("x in " + std::string(60'000, '(')).error().code, ErrorCode::limit);
  EXPECT_EQ(parse(std::string(64 * 1024 + 1, ' ')).error().code, ErrorCode::limit);
  EXPECT_EQ(parse("99999999999999").error().code, ErrorCode::limit);
}

// A chain is as flat as it is long, however many links it has.
TEST(Parse, TakesLongChains) {
  std::string sum = "1";
  std::string either = "a";
  while (sum.size() < 60'000) sum += "+1";
  while (either.size() < 60'000) either += " or a";
  const Facts facts;
  const FactsEnvironment environment(facts, Instant{});
  EXPECT_TRUE(evaluate(parse(sum).value(), environment).value() ==
              Value(static_cast<std::int64_t>(sum.size() / 2 + 1)));
  EXPECT_TRUE(evaluate(parse(either).value(), environment).value().is_null());
}

}  // namespace
}  // namespace draad::feel
