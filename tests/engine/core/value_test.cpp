#include "engine/core/value.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

namespace draad {
namespace {

using nlohmann::json;

Number number(const char* text) {
  return Number::parse(text).value();
}

TEST(Number, IsExact) {
  EXPECT_EQ(add(number("0.1"), number("0.2")).value(), number("0.3"));
  EXPECT_EQ(subtract(number("0.3"), number("0.1")).value(), number("0.2"));
  EXPECT_EQ(Number::from_double(0.1 + 0.2).value(), number("0.3"));
  EXPECT_LT(number("-0.000001"), number("0"));
}

TEST(Number, IsReadAndWritten) {
  for (const char* text :
       {"0", "1", "-1", "12.5", "-0.000001", "9223372036854.775807", "-9223372036854.775807", "100"}) {
    EXPECT_EQ(number(text).text(), text);
  }
  EXPECT_EQ(number("007.500").text(), "7.5");
  EXPECT_EQ(number("-0").text(), "0");
  EXPECT_EQ(number("1.0000000000").text(), "1");
  EXPECT_EQ(Number::from_scaled(std::numeric_limits<std::int64_t>::min()).text(), "-9223372036854.775808");
}

TEST(Number, RefusesWhatItCannotHold) {
  for (const char* text :
       {"", "-", ".5", "5.", "+5", "1e3", "1,5", " 1", "1 ", "0x1", "--1", "1.2.3", "0.0000001", "nan"}) {
    const auto parsed = Number::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, ErrorCode::invalid) << text;
  }
  for (const char* text : {"9223372036854.775808", "9223372036855", "99999999999999999999999999999999"}) {
    EXPECT_EQ(Number::parse(text).error().code, ErrorCode::limit) << text;
  }
  EXPECT_EQ(add(number("9223372036854"), number("1")).error().code, ErrorCode::limit);
  EXPECT_EQ(subtract(number("-9223372036854"), number("1")).error().code, ErrorCode::limit);
  EXPECT_EQ(Number::from_double(1e13).error().code, ErrorCode::limit);
  EXPECT_EQ(Number::from_double(std::numeric_limits<double>::infinity()).error().code, ErrorCode::limit);
  EXPECT_EQ(Number::from_double(std::nan("")).error().code, ErrorCode::invalid);
}

std::vector<Value> samples() {
  return {Value(),
          Value(true),
          Value(false),
          Value(0),
          Value(-3),
          Value(number("12.5")),
          Value(number("9223372036854.775807")),
          Value(number("-8123456789012.000001")),
          Value(""),
          Value("tekst \"met\" aanhalingstekens"),
          Value(parse_date("2026-03-02").value()),
          Value(parse_instant("2026-03-02T09:00:00.125Z").value()),
          Value(parse_duration("P3M").value()),
          Value(parse_duration("-P1Y2M3DT4H5M6.007S").value()),
          Value(List{}),
          Value(List{Value(1), Value("twee"), Value(), Value(List{Value(true)})}),
          Value(Facts{}),
          Value(Facts{{"leeftijd", Value(16)}, {"vorm", Value("crimineel")}}),
          Value(Facts{{"datum", Value("2026-03-02")}}),
          Value(Facts{{"datum", Value("gisteren")}}),
          Value(Facts{{"datum", Value(parse_date("2026-03-02").value())}}),
          Value(Facts{{"getal", Value("1")}}),
          Value(Facts{{"object", Value(Facts{{"moment", Value("nu")}})}}),
          Value(Facts{{"object", Value("doos")}})};
}

TEST(ValueJson, ReadsBackWhatItWrote) {
  for (const Value& value : samples()) {
    const std::string text = to_json(value).dump();
    const auto back = value_from_json(json::parse(text));
    ASSERT_TRUE(back) << text << ": " << back.error().message;
    EXPECT_TRUE(*back == value) << text;
  }
}

TEST(ValueJson, HasTheWrittenForm) {
  EXPECT_EQ(to_json(Value(number("12.5"))).dump(), "12.5");
  EXPECT_EQ(to_json(Value(12)).dump(), "12");
  EXPECT_EQ(to_json(Value(parse_date("2026-03-02").value())).dump(), R"({"datum":"2026-03-02"})");
  EXPECT_EQ(to_json(Value(parse_instant("2026-03-02T09:00Z").value())).dump(), R"({"moment":"2026-03-02T09:00:00Z"})");
  EXPECT_EQ(to_json(Value(parse_duration("P3M").value())).dump(), R"({"duur":"P3M"})");
  EXPECT_EQ(to_json(Facts{{"b", Value(1)}, {"a", Value()}}).dump(), R"({"a":null,"b":1})");
}

TEST(ValueJson, RefusesWhatIsNoValue) {
  EXPECT_EQ(value_from_json(json::parse(R"({"datum":"2026-02-30"})")).error().code, ErrorCode::invalid);
  EXPECT_EQ(value_from_json(json(INT64_MAX)).error().code, ErrorCode::limit);
  EXPECT_EQ(value_from_json(json(UINT64_MAX)).error().code, ErrorCode::limit);
  EXPECT_EQ(value_from_json(json(1e300)).error().code, ErrorCode::limit);
  EXPECT_EQ(value_from_json(json::binary({1, 2})).error().code, ErrorCode::invalid);
  EXPECT_EQ(facts_from_json(json::parse("[1]")).error().code, ErrorCode::invalid);
  const auto inner = facts_from_json(json::parse(R"({"a":1,"b":{"duur":"kort"}})"));
  ASSERT_FALSE(inner);
  EXPECT_EQ(inner.error().where, "b");
}

TEST(ValueJson, HasADepth) {
  json deep = 1;
  for (int i = 0; i < 100; ++i) deep = json::array({deep});
  EXPECT_TRUE(value_from_json(deep));
  EXPECT_EQ(value_from_json(json::array({deep})).error().code, ErrorCode::limit);
}

TEST(ValueText, IsForPeople) {
  EXPECT_EQ(to_text(Value()), "leeg");
  EXPECT_EQ(to_text(Value(true)), "ja");
  EXPECT_EQ(to_text(Value(false)), "nee");
  EXPECT_EQ(to_text(Value(number("12.5"))), "12,5");
  EXPECT_EQ(to_text(Value(parse_date("2026-03-02").value())), "2026-03-02");
  EXPECT_EQ(to_text(Value(parse_instant("2026-03-02T08:00Z").value())), "2026-03-02 09:00");
  EXPECT_EQ(to_text(Value(parse_duration("P3M").value())), "3 maanden");
  EXPECT_EQ(to_text(Value(parse_duration("P1Y1M2DT1H1M1.5S").value())),
            "1 jaar, 1 maand, 2 dagen, 1 uur, 1 minuut en 1,5 seconden");
  EXPECT_EQ(to_text(Value(parse_duration("-P1D").value())), "min 1 dag");
  EXPECT_EQ(to_text(Value(Duration{})), "0 seconden");
  EXPECT_EQ(to_text(Value(List{Value(1), Value("b")})), "1, b");
  EXPECT_EQ(to_text(Value(Facts{{"a", Value(1)}, {"b", Value(true)}})), "a: 1; b: ja");
}

TEST(Value, KnowsItsType) {
  EXPECT_EQ(type_name(Value()), "leeg");
  EXPECT_EQ(type_name(Value("x")), "tekst");
  EXPECT_EQ(type_name(Value(true)), "ja/nee");
  EXPECT_EQ(type_name(Value(1)), "getal");
  EXPECT_EQ(type_name(Value(Facts{})), "gegevens");
  EXPECT_FALSE(Value(1) == Value("1"));
  EXPECT_FALSE(Value(0) == Value());
}

}  // namespace
}  // namespace draad
