// What stands around the rules: manifests, the test kit, checks, what is printed.
#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "engine/rules/check_plugins.h"
#include "engine/rules/print_rules.h"
#include "engine/rules/testkit.h"
#include "tests/engine/rules/plugins.h"

namespace draad::rules {
namespace {

namespace fs = std::filesystem;
using testing::day;
using testing::plugin;
using testing::reading;

constexpr const char* kManifest = R"({
  "api": 1, "naam": "proef", "omschrijving": "een proef", "versie": "1.0.0", "geldig_vanaf": "2026-01-01", "geldig_tot": null,
  "eigenaar": "beheer", "niveau": "gemeente", "gemeenten": ["GM9901"], "regels": {"taal.tolk": "taal.tolk.lua"}, "leest": ["acuut"],
  "bronnen": [{"code": "b", "kenmerk": "P", "titel": "t"}]
})";

struct WrongManifest {
  const char* name;
  const char* from;
  const char* to;
  const char* field;  // The finding names it.
  const char* part;   // Of message or mend.
};

class ManifestThatIsWrong : public ::testing::TestWithParam<WrongManifest> {};

TEST_P(ManifestThatIsWrong, NamesFileFieldAndMend) {
  std::string text = kManifest;
  text.replace(text.find(GetParam().from), std::string(GetParam().from).size(), GetParam().to);
  std::vector<Finding> findings;
  EXPECT_FALSE(parse_manifest(text, "proef/plugin.json", findings));
  ASSERT_FALSE(findings.empty());
  const Finding& finding = findings.front();
  EXPECT_EQ(finding.elements.front(), GetParam().field);
  EXPECT_NE(finding.message.find("proef/plugin.json"), std::string::npos);
  EXPECT_NE((finding.message + finding.mend).find(GetParam().part), std::string::npos)
      << finding.message << " " << finding.mend;
  EXPECT_FALSE(finding.mend.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ManifestThatIsWrong,
    ::testing::Values(WrongManifest{"no_json", "{", "{{", "(hele bestand)", "JSON"},
                      WrongManifest{"api", "\"api\": 1", "\"api\": 2", "api", "1"},
                      WrongManifest{"typo", "\"versie\"", "\"verzie\"", "verzie", "versie"},
                      WrongManifest{"name", "\"proef\"", "\"Proef!\"", "naam", "kleine letters"},
                      WrongManifest{"reserved", "\"proef\"", "\"landelijk\"", "naam", "landelijk"},
                      WrongManifest{"version", "1.0.0", "1.0", "versie", "drie getallen"},
                      WrongManifest{"date", "2026-01-01", "1-1-2026", "geldig_vanaf", "2026-03-02"},
                      WrongManifest{"ends_first", "\"geldig_tot\": null", "\"geldig_tot\": \"2025-01-01\"",
                                    "geldig_tot", "na geldig_vanaf"},
                      WrongManifest{"place", "GM9901", "Utrecht", "gemeenten", "CBS"},
                      WrongManifest{"twice", "[\"GM9901\"]", "[\"GM9901\", \"GM9901\"]", "gemeenten", "twee keer"},
                      WrongManifest{"level", "\"gemeente\"", "\"provincie\"", "niveau", "regio"},
                      WrongManifest{"region_missing", "\"gemeente\"", "\"regio\"", "regio", "ontbreekt"},
                      WrongManifest{"rule_typo", "\"taal.tolk\"", "\"taal.tolkk\"", "regels.taal.tolkk", "taal.tolk"},
                      WrongManifest{"rule_forbidden", "\"taal.tolk\"", "\"deling.zonder_toestemming\"",
                                    "regels.deling.zonder_toestemming", "besluit een mens"},
                      WrongManifest{"path", "taal.tolk.lua", "../x.lua", "regels.taal.tolk", "zelfde map"},
                      WrongManifest{"fact_unknown", "\"acuut\"", "\"leeftijd\"", "leest", "krijgt het feit"},
                      WrongManifest{"fact_forbidden", "\"acuut\"", "\"nationaliteit\"", "leest", "voorspeller"},
                      WrongManifest{"tag", "\"P\"", "\"X\"", "bronnen[1].kenmerk", "S, V, U of P"}),
    [](const auto& row) { return row.param.name; });

TEST(Manifest, ReportsEveryFaultAtOnce) {
  std::vector<Finding> findings;
  EXPECT_FALSE(parse_manifest("{}", "proef/plugin.json", findings));
  EXPECT_GE(findings.size(), 8u);
}

std::vector<std::string> codes(const std::vector<Finding>& findings) {
  std::vector<std::string> all;
  for (const Finding& finding : findings) all.push_back(finding.code);
  std::ranges::sort(all);
  return all;
}

Plugin tested(Plugin made) {
  made.tests["a.lua"] = "return {}";
  return made;
}

TEST(CheckPlugins, FindsFactsThatAreReadButNotDeclared) {
  Plugin made = tested(plugin("taal.tolk", R"(
-- feiten.leeftijd in a comment is no use
return function(ctx)
  local f = ctx.feiten
  local tekst = "feiten.vorm"
  if f.acuut or ctx.feiten.leeftijd then return landelijk(ctx) end
end)"));
  made.manifest.reads = {"taal"};
  const auto findings = check_plugins(reading({made}), day("2026-03-02"));
  EXPECT_EQ(codes(findings),
            (std::vector<std::string>{"plugin.feit_niet_gemeld", "plugin.feit_onbekend", "plugin.feit_ongebruikt"}));
  for (const Finding& finding : findings) {
    if (finding.code == "plugin.feit_niet_gemeld") {
      EXPECT_EQ(finding.line, 6);
    }
  }
}

TEST(CheckPlugins, FindsOverlapsUnreachableRulesAndStrayFiles) {
  Plugin region =
      tested(plugin("overleg.stijl", "return function(ctx) return landelijk(ctx) end", {"GM9901"}, Level::regio));
  Plugin local = tested(plugin("overleg.stijl", "return function() return {} end"));
  local.manifest.reads.clear();
  region.manifest.reads.clear();
  local.files["los.lua"] = "return 1";
  Plugin second = local;
  second.manifest.name = "tweede";
  second.files.erase("los.lua");
  const auto findings = check_plugins(reading({region, local, second}), day("2026-03-02"));
  EXPECT_EQ(codes(findings),
            (std::vector<std::string>{"plugin.bestand_ongebruikt", "plugin.overlap", "plugin.regel_onbereikbaar"}));
}

TEST(TestKit, SaysWhatDiffersAndFailsWhenItMust) {
  Plugin made =
      plugin("termijn.waarden",
             "return function(ctx) local a = landelijk(ctx) a.termijn_oppakken = 'P3D' a.reden = 'zo' return a end");
  made.tests["t_test.lua"] = R"(return {
    { naam = "goed", regel = "termijn.waarden", gemeente = "GM9901", datum = "2026-03-02", feiten = { leeftijd = 3 }, verwacht = { termijn_oppakken = "P3D" } },
    { naam = "waarde", regel = "termijn.waarden", gemeente = "GM9901", datum = "2026-03-02", feiten = {}, verwacht = { termijn_oppakken = "P4D" } },
    { naam = "veld", regel = "termijn.waarden", gemeente = "GM9901", datum = "2026-03-02", feiten = {}, verwacht = { bestaat_niet = 1 } },
    { naam = "feit", regel = "termijn.waarden", gemeente = "GM9901", datum = "2026-03-02", feiten = { bestaat_niet = 1 }, verwacht = {} },
    { naam = "soort", regel = "termijn.waarden", gemeente = "GM9901", datum = "2026-03-02", feiten = { leeftijd = "x" }, verwacht = {} },
    { naam = "ander", regel = "termijn.waarden", gemeente = "GM9902", datum = "2026-03-02", feiten = {}, verwacht = {} },
    { naam = "schakel", regel = "termijn.waarden", gemeente = "GM9901", datum = "2026-03-02", feiten = {}, schakel = "regio", verwacht = {} },
    { naam = "aantal", regel = "termijn.waarden", gemeente = "GM9901", datum = "2026-03-02", feiten = {}, aantal = { termijnen_nazorg = 3 } },
    { naam = "reden", regel = "termijn.waarden", gemeente = "GM9901", datum = "2026-03-02", feiten = {}, reden_bevat = "anders" },
    { naam = "typefout", regel = "termijn.waarden", gemeente = "GM9901", datum = "2026-03-02", feiten = {}, verwacgt = {} },
    { naam = "datum", regel = "termijn.waarden", gemeente = "GM9901", datum = "gisteren", feiten = {}, verwacht = {} },
  })";
  made.tests["u_test.lua"] = "return { 'geen geval' ";
  RuleHost host;
  ASSERT_TRUE(host.load(reading({made})).empty());
  const auto results = run_plugin_tests(host, made);
  ASSERT_EQ(results.size(), 12u);
  EXPECT_TRUE(results[0].passed) << results[0].message;
  for (std::size_t i = 1; i < results.size(); ++i) EXPECT_FALSE(results[i].passed) << results[i].name;
  EXPECT_NE(results[1].message.find("verwacht 4 dagen, gekregen 3 dagen"), std::string::npos) << results[1].message;
  std::ostringstream out;
  print_results(results, std::chrono::milliseconds(5), out);
  EXPECT_NE(out.str().find("12 gevallen in 1 plugin: 11 gaan fout (5 ms)"), std::string::npos) << out.str();
}

TEST(PrintRules, ExplainsTheChain) {
  RuleHost host;
  ASSERT_TRUE(host.load(read_plugins(fs::path(DRAAD_SOURCE_DIR) / "plugins")).empty());
  std::ostringstream out;
  ASSERT_TRUE(print_explanation(host, "zvh.aanmelding", "GM9901", {}, day("2026-03-02"), out));
  EXPECT_NE(out.str().find("gemeente    * wieringerdam"), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("regio       + merwehoek"), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("landelijk   + landelijk antwoord"), std::string::npos) << out.str();
  EXPECT_FALSE(print_explanation(host, "zvh.weging", "GM9901", {}, day("2026-03-02"), out));
}

TEST(PrintRules, PrintsTheCatalogueAndEveryRule) {
  std::ostringstream out;
  print_catalogue(out);
  for (const Rule& rule : catalogue()) {
    EXPECT_NE(out.str().find(rule.name), std::string::npos);
    std::ostringstream one;
    print_rule(rule, one);
    for (const Field& field : rule.gives) EXPECT_NE(one.str().find(field.name), std::string::npos);
  }
}

TEST(PrintRules, TheTypesAreLuaThatLoads) {
  std::ostringstream out;
  print_lua_types(out);
  EXPECT_NE(out.str().find("---@class FeitenRouteZorgcoordinator"), std::string::npos);
  // Only comments and empty functions, which need the globals that a rule has.
  const RuleHost host;
  std::string text = out.str();
  text = "local landelijk, datum\n" + text;
  text.replace(text.find("function landelijk"), 18, "function LANDELIJK");
  const auto run = host.run_script("lua", text, {});
  EXPECT_TRUE(run.has_value()) << run.error().message << " " << run.error().where;
}

class Scaffold : public ::testing::Test {
 protected:
  void SetUp() override { fs::remove_all(root_); }
  void TearDown() override { fs::remove_all(root_); }
  fs::path root_ = fs::temp_directory_path() / ("draad-scaffold-" + std::to_string(::getpid()));
};

TEST_F(Scaffold, MakesPluginsThatPassAtOnceForEveryRule) {
  for (const Rule& rule : catalogue()) {
    ASSERT_TRUE(new_plugin(root_, "nieuw", rule.name, day("2026-03-02"))) << rule.name;
    PluginReading made = read_plugins(root_);
    ASSERT_EQ(made.plugins.size(), 1u) << rule.name;
    EXPECT_TRUE(check_plugins(made, day("2026-03-02")).empty()) << rule.name;
    RuleHost host;
    const Plugin fresh = made.plugins[0];
    EXPECT_TRUE(host.load(std::move(made)).empty());
    for (const CaseResult& result : run_plugin_tests(host, fresh))
      EXPECT_TRUE(result.passed) << rule.name << ": " << result.message;
    EXPECT_EQ(new_plugin(root_, "nieuw", rule.name, day("2026-03-02")).error().code, ErrorCode::conflict);
    fs::remove_all(root_ / "nieuw");
  }
  EXPECT_EQ(new_plugin(root_, "../weg", "taal.tolk", day("2026-03-02")).error().code, ErrorCode::invalid);
  EXPECT_EQ(new_plugin(root_, "nieuw", "taal.nergens", day("2026-03-02")).error().code, ErrorCode::not_found);
}

TEST_F(Scaffold, ABrokenFolderIsRefusedByPlaceAndTheOldKeepsAnswering) {
  ASSERT_TRUE(new_plugin(root_, "nieuw", "taal.tolk", day("2020-01-01")));
  RuleHost host;
  ASSERT_TRUE(host.load(read_plugins(root_)).empty());
  std::ofstream(root_ / "nieuw" / "plugin.json") << "{ stuk";
  const auto findings = host.load(read_plugins(root_));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_NE(findings[0].message.find("nieuw/plugin.json"), std::string::npos);
  EXPECT_EQ(host.answer("taal.tolk", "GM9901", {}, day("2026-03-02")).value().source, "nieuw");
}

TEST_F(Scaffold, AFolderWithoutPluginsSaysSo) {
  EXPECT_EQ(read_plugins(root_ / "nergens").findings.size(), 1u);
}

}  // namespace
}  // namespace draad::rules
