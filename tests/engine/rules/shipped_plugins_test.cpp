// The plugins that ship: each passes its own tests, is free of findings, and the whole suite takes less than a second.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "engine/rules/check_plugins.h"
#include "engine/rules/plugin_set.h"
#include "engine/rules/print_rules.h"
#include "engine/rules/testkit.h"
#include "tests/engine/rules/plugins.h"

namespace draad::rules {
namespace {

namespace fs = std::filesystem;
using testing::day;

fs::path root() {
  return fs::path(DRAAD_SOURCE_DIR) / "plugins";
}

TEST(ShippedPlugins, HaveNoFindings) {
  for (const Finding& finding : check_plugins(read_plugins(root()), day("2026-03-02"))) {
    ADD_FAILURE() << finding.message << " " << finding.mend;
  }
}

TEST(ShippedPlugins, PassTheirOwnTestsInASecond) {
  const auto start = std::chrono::steady_clock::now();
  PluginReading reading = read_plugins(root());
  const std::vector<Plugin> plugins = reading.plugins;
  RuleHost host;
  EXPECT_TRUE(host.load(std::move(reading)).empty());
  std::size_t cases = 0;
  for (const Plugin& plugin : plugins) {
    const auto results = run_plugin_tests(host, plugin);
    EXPECT_FALSE(results.empty()) << plugin.manifest.name;
    for (const CaseResult& result : results) {
      ++cases;
      EXPECT_TRUE(result.passed) << result.plugin << "/" << result.file << ": " << result.name << ": "
                                 << result.message;
    }
  }
  EXPECT_GE(cases, 60u);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

TEST(ShippedPlugins, ExpressTheSourcedVariations) {
  const PluginReading reading = read_plugins(root());
  EXPECT_GE(reading.plugins.size(), 9u);
  std::set<std::string> sourced;
  for (const Plugin& plugin : reading.plugins) {
    for (const Source& source : plugin.manifest.sources) {
      if (source.tag == "S" || source.tag == "V") sourced.insert(source.code);
    }
  }
  for (const char* row : {"X03", "X04", "X09", "X10", "X11", "X12", "X14", "X15"})
    EXPECT_TRUE(sourced.contains(row)) << row;
}

// Every test of a rule exists, and the demo municipality answers each rule of the catalogue by itself.
TEST(ShippedPlugins, TheDemoMunicipalityUsesEveryRule) {
  RuleHost host;
  EXPECT_TRUE(host.load(read_plugins(root())).empty());
  for (const Rule& rule : catalogue()) {
    const Answer answer = host.answer(rule.name, "GM9901", {{"dagen_te_laat", 1}}, day("2026-03-02")).value();
    EXPECT_EQ(answer.source, "wieringerdam") << rule.name;
    EXPECT_TRUE(answer.faults.empty()) << answer.faults[0].for_owner;
  }
}

TEST(ShippedPlugins, EveryRuleOfAPluginHasATest) {
  for (const Plugin& plugin : read_plugins(root()).plugins) {
    for (const auto& [rule, file] : plugin.manifest.rules) {
      bool tested = false;
      for (const auto& [name, text] : plugin.tests)
        tested = tested || text.find("\"" + rule + "\"") != std::string::npos;
      EXPECT_TRUE(tested) << plugin.manifest.name << " does not test " << rule;
    }
  }
}

TEST(ShippedPlugins, DescribeThemselvesInDutch) {
  for (const Plugin& plugin : read_plugins(root()).plugins) {
    std::ostringstream out;
    print_description(plugin, out);
    for (const char* part : {"Voor wie", "Sinds wanneer", "Wat verandert er", "Hier: ", "Op welke bron"}) {
      EXPECT_NE(out.str().find(part), std::string::npos) << plugin.manifest.name << ": " << part;
    }
  }
}

TEST(ShippedPlugins, TheReadmeHoldsTheCatalogueAsItIs) {
  std::ifstream file(root() / "README.md");
  std::stringstream readme;
  readme << file.rdbuf();
  std::ostringstream table;
  print_catalogue_markdown(table);
  EXPECT_NE(readme.str().find(table.str()), std::string::npos) << "Paste this into plugins/README.md:\n" << table.str();
}

}  // namespace
}  // namespace draad::rules
