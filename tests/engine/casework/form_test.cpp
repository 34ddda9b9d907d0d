#include "engine/casework/form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace draad::casework {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kSignal = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object", "title": "Signaal", "description": "Wat iemand zag.",
  "required": ["melder", "gevaar", "personen"],
  "properties": {
    "melder":   {"type": "string", "title": "Wie meldt", "x-draad-groep": "Melder", "maxLength": 20, "x-draad-klasse": "D1"},
    "gevaar":   {"type": "boolean", "title": "Acuut gevaar", "x-draad-klasse": "D4", "x-draad-feit": "acuut"},
    "vorm":     {"type": "string", "title": "Vorm", "enum": ["arbeid", "seksueel"], "x-draad-klasse": "D5", "x-draad-feit": "vorm"},
    "leeftijd": {"type": "integer", "title": "Leeftijd", "minimum": 0, "maximum": 120, "x-draad-klasse": "D1", "x-draad-feit": "leeftijd"},
    "gezien":   {"type": "string", "format": "date", "title": "Gezien op", "x-draad-klasse": "D4", "x-draad-feit": "gezien_op"},
    "bedrag":   {"type": "number", "title": "Schuld", "minimum": 0, "x-draad-klasse": "D11"},
    "postcode": {"type": "string", "title": "Postcode", "pattern": "^[0-9]{4}[A-Z]{2}$", "x-draad-klasse": "D2"},
    "personen": {"type": "array", "title": "Personen", "minItems": 1, "x-draad-klasse": "D1",
                 "items": {"type": "object", "required": ["naam"], "properties": {"naam": {"type": "string", "title": "Naam"}}}}
  }})";

std::shared_ptr<const Form> signal_form() {
  FormResult result = read_form(kSignal, "F1");
  EXPECT_TRUE(result.findings.empty()) << result.findings.front().message;
  return result.form;
}

std::vector<std::string> fields_of(const FilledForm& filled) {
  std::vector<std::string> fields;
  for (const FieldError& error : filled.errors) fields.push_back(error.field);
  return fields;
}

TEST(Form, KeepsTheOrderOfTheFile) {
  const auto form = signal_form();
  ASSERT_EQ(form->fields().size(), 8u);
  EXPECT_EQ(form->fields()[0].name, "melder");
  EXPECT_EQ(form->fields()[1].name, "gevaar");
  EXPECT_EQ(form->fields()[0].group, "Melder");
  EXPECT_TRUE(form->fields()[0].is_personal());
  EXPECT_EQ(form->fields()[1].fact, "acuut");
}

TEST(Form, SplitsFactsFromPersonalValues) {
  const FilledForm filled = signal_form()->fill(json::parse(
      R"({"melder":"Ines Inspecteur","gevaar":true,"vorm":"arbeid","leeftijd":16,"gezien":"2026-03-01","bedrag":19.5,"personen":[{"naam":"Yuki Testkamp"}]})"));
  EXPECT_THAT(fields_of(filled), ElementsAre());
  EXPECT_EQ(filled.facts.at("acuut"), Value(true));
  EXPECT_EQ(filled.facts.at("vorm"), Value("arbeid"));
  EXPECT_EQ(filled.facts.at("leeftijd"), Value(16));
  EXPECT_EQ(filled.facts.at("gezien_op"), Value(*parse_date("2026-03-01")));
  ASSERT_EQ(filled.personal.size(), 3u);
  EXPECT_EQ(filled.personal[0].text, "Ines Inspecteur");
  EXPECT_EQ(filled.personal[1].text, "19.5");
  EXPECT_EQ(filled.personal[2].text, R"([{"naam":"Yuki Testkamp"}])");
  EXPECT_EQ(to_json(filled.facts).dump().find("Yuki"), std::string::npos);
}

TEST(Form, AnEmptyFieldIsANullFactAndNoPersonalValue) {
  const FilledForm filled = signal_form()->fill(
      json::parse(R"({"melder":"Ines","gevaar":false,"vorm":"","postcode":"","personen":[{"naam":"Yuki"}]})"));
  EXPECT_THAT(fields_of(filled), ElementsAre());
  EXPECT_TRUE(filled.facts.at("vorm").is_null());
  EXPECT_FALSE(filled.facts.contains("leeftijd")) << "A field that was left out must not wipe an earlier answer";
  EXPECT_EQ(filled.personal.size(), 2u);
}

TEST(Form, TellsEveryErrorAtOnceByField) {
  const FilledForm filled = signal_form()->fill(json::parse(
      R"({"melder":"Ines die een veel te lange naam heeft","vorm":"anders","leeftijd":130,"gezien":"1 maart","postcode":"12","personen":[{"naam":""},{}],"extra":1})"));
  EXPECT_THAT(fields_of(filled), ElementsAre("extra", "melder", "gevaar", "vorm", "leeftijd", "gezien", "postcode",
                                             "personen[1].naam", "personen[2].naam"));
  for (const FieldError& error : filled.errors) {
    EXPECT_EQ(error.message.find("anders"), std::string::npos) << "An error must not repeat what was filled in";
  }
}

TEST(Form, CountsCharactersNotBytes) {
  const auto form = signal_form();
  EXPECT_THAT(fields_of(form->fill(
                  json{{"melder", "ÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉÉ"}, {"gevaar", true}, {"personen", {{{"naam", "Y"}}}}})),
              ElementsAre());
  EXPECT_THAT(fields_of(form->fill(json{{"melder", "\xC3"}, {"gevaar", true}, {"personen", {{{"naam", "Y"}}}}})),
              ElementsAre("melder"));
}

TEST(Form, AWholeNumberMustBeWhole) {
  const auto form = signal_form();
  EXPECT_THAT(fields_of(form->fill(
                  json{{"melder", "I"}, {"gevaar", true}, {"personen", {{{"naam", "Y"}}}}, {"leeftijd", 16.5}})),
              ElementsAre("leeftijd"));
  EXPECT_THAT(fields_of(form->fill(
                  json{{"melder", "I"}, {"gevaar", true}, {"personen", {{{"naam", "Y"}}}}, {"leeftijd", 1e300}})),
              ElementsAre("leeftijd"));
  EXPECT_THAT(fields_of(form->fill(json{{"melder", "I"}, {"gevaar", "ja"}, {"personen", json::array()}})),
              ElementsAre("gevaar", "personen"));
}

TEST(Form, AnswersThatAreNoObject) {
  EXPECT_EQ(signal_form()->fill(json::array()).errors.size(), 1u);
}

struct Wrong {
  const char* name;
  const char* property;
  const char* code;
};

class WrongForm : public testing::TestWithParam<Wrong> {};

TEST_P(WrongForm, IsRefusedByName) {
  const std::string text = std::string(R"({"type":"object","properties":{"a":)") + GetParam().property +
                           R"(,"b":{"type":"boolean","x-draad-klasse":"D4","x-draad-feit":"b"}}})";
  const FormResult result = read_form(text, "F");
  EXPECT_EQ(result.form, nullptr);
  ASSERT_FALSE(result.findings.empty());
  EXPECT_EQ(result.findings.front().code, GetParam().code) << result.findings.front().message;
  EXPECT_FALSE(result.findings.front().mend.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Form, WrongForm,
    testing::Values(
        Wrong{"NoClass", R"({"type":"string"})", "form_class_missing"},
        Wrong{"NoSuchClass", R"({"type":"string","x-draad-klasse":"D15"})", "form_class_unknown"},
        Wrong{"NoType", R"({"x-draad-klasse":"D1"})", "form_shape"},
        Wrong{"OddType", R"({"type":"file","x-draad-klasse":"D1"})", "form_shape"},
        Wrong{"OddFormat", R"({"type":"string","format":"email","x-draad-klasse":"D1"})", "form_shape"},
        Wrong{"Misspelled", R"({"type":"string","maxLenght":3,"x-draad-klasse":"D1"})", "form_keyword"},
        Wrong{"MisspelledOfOurs", R"({"type":"string","x-draad-feiten":"a","x-draad-klasse":"D1"})", "form_keyword"},
        Wrong{"Pattern", R"({"type":"string","pattern":"(a","x-draad-klasse":"D1"})", "form_pattern"},
        Wrong{"BackReference", R"({"type":"string","pattern":"(a)\\1","x-draad-klasse":"D1"})", "form_pattern"},
        Wrong{"FreeTextFact", R"({"type":"string","x-draad-klasse":"D4","x-draad-feit":"a"})", "form_fact_free_text"},
        Wrong{"NameAsFact", R"({"type":"string","pattern":"^[a-z]+$","x-draad-klasse":"D1","x-draad-feit":"a"})",
              "form_fact_free_text"},
        Wrong{"FactTwice", R"({"type":"boolean","x-draad-klasse":"D4","x-draad-feit":"b"})", "form_fact_repeated"},
        Wrong{"Enum", R"({"type":"string","enum":["a","a"],"x-draad-klasse":"D4","x-draad-feit":"a"})", "form_shape"},
        Wrong{"NoItems", R"({"type":"array","x-draad-klasse":"D4"})", "form_shape"},
        Wrong{"Nested", R"({"type":"object","properties":{},"x-draad-klasse":"D4"})", "form_shape"}),
    [](const auto& row) { return row.param.name; });

TEST(Form, UnreadableJsonIsFatal) {
  for (const char* text : {"", "{", "[]", "null", "{\"type\":\"object\"} x"}) {
    const FormResult result = read_form(text, "F");
    EXPECT_EQ(result.form, nullptr);
    ASSERT_FALSE(result.findings.empty());
    EXPECT_EQ(result.findings.front().code, "form_unreadable") << text;
  }
}

TEST(Form, RequiredFieldMustExist) {
  const FormResult result = read_form(
      R"({"type":"object","required":["naam"],"properties":{"a":{"type":"boolean","x-draad-klasse":"D4"}}})", "F");
  EXPECT_EQ(result.form, nullptr);
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_THAT(result.findings[0].message, HasSubstr("naam"));
}

}  // namespace
}  // namespace draad::casework
