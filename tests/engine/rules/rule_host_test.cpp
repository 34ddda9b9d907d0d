#include "engine/rules/rule_host.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/engine/rules/plugins.h"

namespace draad::rules {
namespace {

using testing::day;
using testing::OneRule;
using testing::plugin;
using testing::reading;

constexpr const char* kCareTable = R"(
return function(ctx)
  return { stijl = "zorgtafel", voorzitter_rol = "ZCO", betrokkene = "uitgenodigd", alleen_wie_kan_bijdragen = true,
           reden = "zorgtafel", bron = "X11" }
end)";

TEST(RuleHost, GivesTheNationalDefaultWhenNobodyClaims) {
  const RuleHost host;
  const Answer answer = host.answer("overleg.stijl", "GM0001", {}, day("2026-03-02")).value();
  EXPECT_EQ(answer.source, "landelijk");
  EXPECT_EQ(answer.link, Link::landelijk);
  EXPECT_EQ(answer.facts.at("stijl"), Value("veiligheidshuis"));
  EXPECT_TRUE(answer.faults.empty());
}

TEST(RuleHost, GivesThePluginsAnswerWithItsReason) {
  const OneRule one(kCareTable);
  ASSERT_TRUE(one.findings.empty());
  const Answer answer = one.ask();
  EXPECT_EQ(answer.facts.at("stijl"), Value("zorgtafel"));
  EXPECT_EQ(answer.facts.at("alleen_wie_kan_bijdragen"), Value(true));
  EXPECT_EQ(answer.reason, "zorgtafel");
  EXPECT_EQ(answer.basis, "X11");
  EXPECT_EQ(answer.source, "proef");
  EXPECT_EQ(answer.version, "1.0.0");
  EXPECT_EQ(answer.link, Link::gemeente);
  EXPECT_TRUE(answer.faults.empty());
  EXPECT_GT(answer.duration.count(), 0);
}

TEST(RuleHost, RefusesWhatIsNoRule) {
  const RuleHost host;
  EXPECT_EQ(host.answer("route.nergens", "GM9901", {}, day("2026-03-02")).error().code, ErrorCode::not_found);
  EXPECT_EQ(host.answer("slachtoffer.vaststellen", "GM9901", {}, day("2026-03-02")).error().code, ErrorCode::denied);
}

TEST(RuleHost, LetsARuleAskTheRegionAndTheNation) {
  RuleHost host;
  Plugin region = plugin("overleg.stijl", kCareTable, {"GM9901", "GM9902"}, Level::regio);
  Plugin local = plugin("overleg.stijl", R"(
    return function(ctx)
      local antwoord = landelijk(ctx)
      antwoord.betrokkene = "geinformeerd"
      antwoord.reden = "eerst: " .. antwoord.reden
      return antwoord
    end)");
  EXPECT_TRUE(host.load(reading({region, local})).empty());
  const Answer answer = host.answer("overleg.stijl", "GM9901", {}, day("2026-03-02")).value();
  EXPECT_EQ(answer.facts.at("stijl"), Value("zorgtafel"));
  EXPECT_EQ(answer.facts.at("betrokkene"), Value("geinformeerd"));
  EXPECT_EQ(answer.reason, "eerst: zorgtafel");
  EXPECT_EQ(answer.asked, (std::vector<Link>{Link::gemeente, Link::regio}));
  const Answer neighbour = host.answer("overleg.stijl", "GM9902", {}, day("2026-03-02")).value();
  EXPECT_EQ(neighbour.link, Link::regio);
  EXPECT_EQ(neighbour.source, "proef-regio");
}

TEST(RuleHost, AFaultyRegionGivesTheNationalAnswerToWhoAsks) {
  RuleHost host;
  Plugin region = plugin("overleg.stijl", "return function(ctx) return nil + 1 end", {"GM9901"}, Level::regio);
  Plugin local = plugin("overleg.stijl", "return function(ctx) return landelijk(ctx) end");
  EXPECT_TRUE(host.load(reading({region, local})).empty());
  const Answer answer = host.answer("overleg.stijl", "GM9901", {}, day("2026-03-02")).value();
  EXPECT_EQ(answer.source, "proef");
  EXPECT_EQ(answer.facts.at("stijl"), Value("veiligheidshuis"));
  ASSERT_EQ(answer.faults.size(), 1u);
  EXPECT_EQ(answer.faults[0].plugin, "proef-regio");
  EXPECT_EQ(answer.asked, (std::vector<Link>{Link::gemeente, Link::regio, Link::landelijk}));
}

TEST(RuleHost, ReadsFactsOfEveryType) {
  const OneRule one(R"(
    return function(ctx)
      local f = ctx.feiten
      assert(f.vorm == "arbeid" and math.type(f.leeftijd) == "integer" and f.leeftijd == 17 and f.acuut == true)
      local antwoord = landelijk(ctx)
      antwoord.termijn_oppakken = "PT24H"
      antwoord.termijnen_nazorg = { "P1M", "P2M" }
      antwoord.herinneringen_dagen = { -1, 2.5 }
      antwoord.reden = "gemeente " .. ctx.gemeente .. " op " .. ctx.datum .. " over " .. ctx.regel
      return antwoord
    end)",
                    "termijn.waarden");
  const Answer answer = one.ask({{"vorm", "arbeid"}, {"leeftijd", 17}, {"acuut", true}});
  ASSERT_TRUE(answer.faults.empty()) << answer.faults[0].for_owner;
  EXPECT_EQ(answer.reason, "gemeente GM9901 op 2026-03-02 over termijn.waarden");
  EXPECT_EQ(answer.facts.at("termijn_oppakken"), Value(parse_duration("PT24H").value()));
  EXPECT_EQ(std::get<List>(answer.facts.at("termijnen_nazorg").content).size(), 2u);
  EXPECT_EQ(std::get<List>(answer.facts.at("herinneringen_dagen").content)[1], Value(Number::parse("2.5").value()));
}

TEST(RuleHost, WalksFactsInOneOrderAndSeesOnlyDeclaredOnes) {
  RuleHost host;
  Plugin made = plugin("deling.beoordelaar", R"(
    return function(ctx)
      local namen = {}
      for naam, waarde in pairs(ctx.feiten) do namen[#namen + 1] = naam end
      local klassen = {}
      for i, klasse in ipairs(ctx.feiten.gegevensklassen) do klassen[i] = klasse end
      local a = landelijk(ctx)
      a.reden = table.concat(namen, ",") .. "/" .. table.concat(klassen, ",") .. "/" .. #ctx.feiten.gegevensklassen
      return a
    end)");
  made.manifest.reads = {"acuut", "gegevensklassen"};
  EXPECT_TRUE(host.load(reading({made})).empty());
  const Facts facts{{"gegevensklassen", List{"D1", "D4"}}, {"delingsrij", "M4"}, {"acuut", false}, {"naam", "geheim"}};
  const Answer answer = host.answer("deling.beoordelaar", "GM9901", facts, day("2026-03-02")).value();
  ASSERT_TRUE(answer.faults.empty()) << answer.faults[0].for_owner;
  EXPECT_EQ(answer.reason, "acuut,gegevensklassen/D1,D4/2");
}

TEST(RuleHost, AFaultNamesFileLineAndFactsButNoValues) {
  const OneRule one(R"(return function(ctx)
  local f = ctx.feiten
  if f.leeftijd > 10 and f.vorm == "arbeid" then
    error("geheim " .. f.leeftijd)
  end
end)",
                    "route.zorgcoordinator");
  const Answer answer = one.ask({{"leeftijd", 43}, {"vorm", "arbeid"}});
  EXPECT_EQ(answer.source, "landelijk");
  ASSERT_EQ(answer.faults.size(), 1u);
  const Fault& fault = answer.faults[0];
  EXPECT_EQ(fault.kind, FaultKind::error);
  EXPECT_EQ(fault.file, "route.zorgcoordinator.lua");
  EXPECT_EQ(fault.line, 4);
  EXPECT_EQ(fault.facts, (std::vector<std::string>{"leeftijd", "vorm"}));
  EXPECT_EQ(fault.for_owner.find("43"), std::string::npos) << fault.for_owner;
  EXPECT_EQ(fault.for_owner.find("geheim"), std::string::npos) << fault.for_owner;
  EXPECT_NE(fault.for_owner.find("route.zorgcoordinator.lua:4"), std::string::npos) << fault.for_owner;
  EXPECT_NE(fault.for_casus.find("landelijke antwoord is gebruikt"), std::string::npos);
}

TEST(RuleHost, AnUndeclaredFactIsAFaultByName) {
  const OneRule one("return function(ctx) return ctx.feiten.leeftyd end", "route.zorgcoordinator");
  const Answer answer = one.ask();
  ASSERT_EQ(answer.faults.size(), 1u);
  EXPECT_NE(answer.faults[0].for_owner.find("leeftyd"), std::string::npos) << answer.faults[0].for_owner;
}

TEST(RuleHost, TwoVersionsLiveSideBySide) {
  RuleHost host;
  Plugin old = plugin("overleg.stijl", kCareTable);
  old.manifest.valid_to = day("2026-01-01");
  Plugin fresh = plugin("overleg.stijl", "return function(ctx) return landelijk(ctx) end");
  fresh.manifest.version = "2.0.0";
  fresh.manifest.valid_from = day("2026-01-01");
  EXPECT_TRUE(host.load(reading({old, fresh})).empty());
  EXPECT_EQ(host.answer("overleg.stijl", "GM9901", {}, day("2025-12-31")).value().version, "1.0.0");
  EXPECT_EQ(host.answer("overleg.stijl", "GM9901", {}, day("2026-01-01")).value().version, "2.0.0");
  EXPECT_EQ(host.answer("overleg.stijl", "GM9901", {}, day("2019-12-31")).value().source, "landelijk");
}

TEST(RuleHost, ABrokenNewVersionIsRefusedAndTheOldKeepsAnswering) {
  RuleHost host;
  EXPECT_TRUE(host.load(reading({plugin("overleg.stijl", kCareTable)})).empty());
  Plugin broken = plugin("overleg.stijl", "return function(ctx) return { end");
  broken.manifest.version = "1.1.0";
  const auto findings = host.load(reading({broken}));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].code, "plugin.syntaxis");
  EXPECT_EQ(findings[0].line, 1);
  EXPECT_EQ(host.answer("overleg.stijl", "GM9901", {}, day("2026-03-02")).value().version, "1.0.0");
  Plugin mended = plugin("overleg.stijl", kCareTable);
  mended.manifest.version = "1.2.0";
  EXPECT_TRUE(host.load(reading({mended})).empty());
  EXPECT_EQ(host.answer("overleg.stijl", "GM9901", {}, day("2026-03-02")).value().version, "1.2.0");
  EXPECT_TRUE(host.load(reading({})).empty());
  EXPECT_EQ(host.answer("overleg.stijl", "GM9901", {}, day("2026-03-02")).value().source, "landelijk");
}

TEST(RuleHost, AnOverlapFallsOnTheNewcomer) {
  RuleHost host;
  EXPECT_TRUE(host.load(reading({plugin("overleg.stijl", kCareTable)})).empty());
  Plugin other = plugin("overleg.stijl", kCareTable);
  other.manifest.name = "ander";
  const auto findings = host.load(reading({other, plugin("overleg.stijl", kCareTable)}));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].code, "plugin.overlap");
  EXPECT_EQ(findings[0].process, "ander");
  EXPECT_EQ(host.answer("overleg.stijl", "GM9901", {}, day("2026-03-02")).value().source, "proef");
}

struct WrongAnswer {
  const char* name;
  const char* body;
  const char* part;  // Of the line for the owner.
};

class AnswerThatDoesNotFit : public ::testing::TestWithParam<WrongAnswer> {};

TEST_P(AnswerThatDoesNotFit, GivesTheNationalDefaultAndSaysSo) {
  const OneRule one(std::string("return function(ctx) ") + GetParam().body + " end");
  const Answer answer = one.ask();
  EXPECT_EQ(answer.source, "landelijk");
  ASSERT_EQ(answer.faults.size(), 1u);
  EXPECT_EQ(answer.faults[0].kind, FaultKind::answer_invalid);
  EXPECT_NE(answer.faults[0].for_owner.find(GetParam().part), std::string::npos) << answer.faults[0].for_owner;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, AnswerThatDoesNotFit,
    ::testing::Values(
        WrongAnswer{"nothing", "return", "geen tabel"}, WrongAnswer{"text", "return 'ja'", "geen tabel"},
        WrongAnswer{"no_reason", "local a = landelijk(ctx); a.reden = nil; return a", "reden"},
        WrongAnswer{"wrong_choice", "local a = landelijk(ctx); a.stijl = 'feest'; return a", "stijl"},
        WrongAnswer{"missing", "local a = landelijk(ctx); a.stijl = nil; return a", "stijl"},
        WrongAnswer{"stray", "local a = landelijk(ctx); a.extra = 1; return a", "extra"},
        WrongAnswer{"number_key", "local a = landelijk(ctx); a[1] = 1; return a", "?"},
        WrongAnswer{"bad_utf8", "local a = landelijk(ctx); a.voorzitter_rol = '\\xff'; return a", "UTF-8"},
        WrongAnswer{"nul", "local a = landelijk(ctx); a.voorzitter_rol = 'a\\0b'; return a", "UTF-8"},
        WrongAnswer{"too_long", "local a = landelijk(ctx); a.voorzitter_rol = ('x'):rep(100); return a", "te lang"},
        WrongAnswer{"number_for_text", "local a = landelijk(ctx); a.voorzitter_rol = 3; return a", "voorzitter_rol"},
        WrongAnswer{"text_for_truth", "local a = landelijk(ctx); a.alleen_wie_kan_bijdragen = 'ja'; return a",
                    "alleen_wie"}),
    [](const auto& row) { return row.param.name; });

TEST(RuleHost, RunsAScript) {
  const RuleHost host;
  const Facts facts{{"leeftijd", 17}, {"lijst", List{1, 2, 3}}, {"persoon", Facts{{"taal", "ro"}}}};
  const auto given = host.run_script("application/x-lua", R"(
    local som = 0
    for _, n in ipairs(feiten.lijst) do som = som + n end
    return { minderjarig = feiten.leeftijd < 18, som = som, taal = feiten.persoon.taal, dag = { datum = "2026-03-02" },
             namen = { "a", "b" }, onbekend = feiten.bestaat_niet })",
                                     facts);
  ASSERT_TRUE(given.has_value()) << given.error().message;
  EXPECT_EQ(
      *given,
      (Facts{
          {"minderjarig", true}, {"som", 6}, {"taal", "ro"}, {"dag", day("2026-03-02")}, {"namen", List{"a", "b"}}}));
  EXPECT_EQ(host.run_script("lua", "x = 1", {}).value(), Facts{});
}

TEST(RuleHost, SaysWhatIsWrongWithAScript) {
  const RuleHost host;
  EXPECT_EQ(host.run_script("javascript", "1", {}).error().code, ErrorCode::unsupported);
  const auto syntax = host.run_script("lua", "local x = 1\nretrun x", {});
  ASSERT_FALSE(syntax.has_value());
  EXPECT_EQ(syntax.error().code, ErrorCode::invalid);
  EXPECT_EQ(syntax.error().where, "script.lua:2");
  const auto endless = host.run_script("lua", "while true do end", {});
  ASSERT_FALSE(endless.has_value());
  EXPECT_EQ(endless.error().code, ErrorCode::limit);
  EXPECT_FALSE(host.run_script("lua", "return 'tekst'", {}).has_value());
  EXPECT_FALSE(host.run_script("lua", "local t = {} t.t = t return t", {}).has_value());
  EXPECT_EQ(host.run_script("lua", "return { goed = true }", {}).value(), (Facts{{"goed", true}}));
}

TEST(RuleHost, KeepsNothingBetweenCalls) {
  const OneRule one(R"(
    return function(ctx)
      local ok = pcall(function() return teller end)
      local a = landelijk(ctx)
      a.reden = ok and "gelekt" or "schoon"
      teller = 1
      return a
    end)");
  for (int i = 0; i < 3; ++i) {
    const Answer answer = one.ask();
    EXPECT_EQ(answer.reason, "schoon");
  }
  EXPECT_EQ(one.host.counters().states_made, 1u);
}

}  // namespace
}  // namespace draad::rules
