#include "engine/rules/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace draad::rules {
namespace {

// Facts that bring every branch of a default to light: unknown, a minor, an unaccompanied minor, work, a late action.
std::vector<Facts> situations() {
  return {
      {},
      {{"leeftijd", 15}, {"vorm", "seksueel"}, {"aanleiding", "partner_afwezig"}, {"keren", 2}, {"dagen_te_laat", 4}},
      {{"leeftijd", 16}, {"amv", true}, {"aanleiding", "geen_opvang"}, {"geblokkeerd", true}},
      {{"leeftijd", 30},
       {"vorm", "arbeid"},
       {"soort_signaal", "bedrijf"},
       {"aanleiding", "veiligheid"},
       {"dagen_te_laat", 9}},
      {{"leeftijd", 30},
       {"bedenktijd_loopt", true},
       {"verblijfsgroep", "derdeland_zonder_verblijf"},
       {"aanleiding", "juridische_blokkade"}},
      {{"leeftijd", 40}, {"meervoudige_problematiek", true}, {"aanleiding", "actie_geblokkeerd"}},
      {{"leeftijd", "geen getal"}, {"vorm", 3}, {"amv", "ja"}, {"aanleiding", true}, {"dagen_te_laat", "x"}},
  };
}

class CatalogueRule : public testing::TestWithParam<std::string> {
 protected:
  const Rule& rule() const { return *find_rule(GetParam()); }
};

TEST_P(CatalogueRule, NationalDefaultAlwaysFitsItsOwnFields) {
  for (const Facts& facts : situations()) {
    const NationalAnswer answer = rule().national(facts);
    const auto checked = check_fields(rule().gives, answer.facts);
    EXPECT_TRUE(checked.has_value()) << (checked ? "" : checked.error().message);
    EXPECT_FALSE(answer.reason.empty());
    EXPECT_FALSE(answer.basis.empty());
  }
}

TEST_P(CatalogueRule, SaysWhatItIsFor) {
  EXPECT_FALSE(rule().purpose.empty());
  EXPECT_FALSE(rule().hook.empty());
  EXPECT_FALSE(rule().variations.empty());
  EXPECT_FALSE(rule().gives.empty());
}

TEST_P(CatalogueRule, ClaimsNoDecisionThatPeopleTake) {
  EXPECT_FALSE(forbidden_decision(rule().name)) << *forbidden_decision(rule().name);
  for (const Field& field : rule().gives)
    EXPECT_FALSE(forbidden_decision(field.name)) << *forbidden_decision(field.name);
  for (const Field& field : rule().reads) EXPECT_FALSE(forbidden_fact(field.name)) << *forbidden_fact(field.name);
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const Rule& rule : catalogue()) all.push_back(rule.name);
  return all;
}

INSTANTIATE_TEST_SUITE_P(All, CatalogueRule, testing::ValuesIn(names()), [](const auto& row) {
  std::string name = row.param;
  std::ranges::replace_if(
      name, [](char c) { return c == '.' || c == '-'; }, '_');
  return name;
});

TEST(Catalogue, IsOrderedAndUnique) {
  const std::vector<std::string> all = names();
  EXPECT_TRUE(std::ranges::is_sorted(all));
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
  EXPECT_EQ(find_rule("route.bestaat_niet"), nullptr);
}

TEST(Catalogue, CoversTheVariationsOfTheDossier) {
  std::string variations;
  for (const Rule& rule : catalogue()) variations += rule.variations + " ";
  for (int number = 1; number <= 23; ++number) {
    const std::string row = (number < 10 ? "X0" : "X") + std::to_string(number);
    EXPECT_NE(variations.find(row), std::string::npos) << row << " has no rule";
  }
}

// Domain dossier 6.6: what is never automated. Whoever adds a rule for one of these breaks this test, on purpose.
TEST(Catalogue, HasNoHookForWhatIsNeverAutomated) {
  for (const char* name : {"slachtoffer.is",      "slachtoffer.vaststellen",
                           "slachtofferschap",    "aanwijzing.geringste",
                           "duiding.uitkomst",    "ouders.informeren",
                           "partner.informeren",  "werkgever.informeren",
                           "deling.besluit",      "deling.zonder_toestemming",
                           "deling.toegestaan",   "grondslag.vaststellen",
                           "hulp.weigeren",       "hulp.beeindigen",
                           "opvang.weigeren",     "opvang.beeindigen",
                           "opvang.verkorten",    "bedenktijd.verkorten",
                           "bedenktijd.weigeren", "bedenktijd.beeindigen",
                           "zvh.weging",          "zvh.triage",
                           "triage.uitslag",      "risicoscore",
                           "risico_score"}) {
    EXPECT_EQ(find_rule(name), nullptr) << name;
    EXPECT_TRUE(forbidden_decision(name).has_value()) << name;
  }
  for (const char* fact :
       {"nationaliteit", "etniciteit", "religie", "postcode", "sekswerk", "is_sekswerker", "herkomstland"}) {
    EXPECT_TRUE(forbidden_fact(fact).has_value()) << fact;
  }
}

// The refusal list must not grow into the words that rules need.
TEST(Catalogue, RefusesNoOrdinaryName) {
  for (const char* name :
       {"route.duiding", "zvh.aanmelding", "deling.beoordelaar", "overleg.deelnemers", "bedenktijd_loopt"}) {
    EXPECT_FALSE(forbidden_decision(name)) << name;
  }
}

struct Wrong {
  const char* name;
  Facts facts;
  const char* field;
};

class CheckFields : public testing::TestWithParam<Wrong> {};

TEST_P(CheckFields, NamesTheFieldAndNotTheValue) {
  const Rule& rule = *find_rule("route.zorgcoordinator");
  const auto checked = check_fields(rule.gives, GetParam().facts);
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().code, ErrorCode::invalid);
  EXPECT_EQ(checked.error().where, GetParam().field);
  EXPECT_EQ(checked.error().message.find("geheim"), std::string::npos) << checked.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CheckFields,
    testing::Values(
        Wrong{"missing", {{"zorgcoordinator_rol", "ZCO"}}, "op_afstand"},
        Wrong{"stray", {{"zorgcoordinator_rol", "ZCO"}, {"op_afstand", false}, {"extra", "geheim"}}, "extra"},
        Wrong{"type", {{"zorgcoordinator_rol", "ZCO"}, {"op_afstand", "geheim"}}, "op_afstand"},
        Wrong{"choice", {{"zorgcoordinator_rol", "geheim"}, {"op_afstand", true}}, "zorgcoordinator_rol"},
        Wrong{"null", {{"zorgcoordinator_rol", Null{}}, {"op_afstand", true}}, "zorgcoordinator_rol"},
        Wrong{"length",
              {{"zorgcoordinator_rol", "ZCO"}, {"op_afstand", true}, {"zorgcoordinator_partij", std::string(65, 'x')}},
              "zorgcoordinator_partij"}),
    [](const auto& row) { return row.param.name; });

TEST(CheckFields, NamesThePlaceInsideListsAndGroups) {
  const Rule& rule = *find_rule("overleg.agenda");
  Facts facts = rule.national({}).facts;
  auto& items = std::get<List>(facts["punten"].content);
  std::get<Facts>(items[2].content)["minuten"] = 1000;
  const auto checked = check_fields(rule.gives, facts);
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().where, "punten[3].minuten");
}

}  // namespace
}  // namespace draad::rules
