// tests/engine/rules/plugins.h
//
// Plugins made in memory, for tests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/rules/manifest.h"
#include "engine/rules/rule_host.h"

namespace draad::rules::testing {

inline Date day(const char* text) {
  return parse_date(text).value();
}

inline Plugin plugin(std::string rule, std::string source, std::vector<std::string> places = {"GM9901"},
                     Level level = Level::gemeente) {
  Plugin made;
  made.manifest.name = level == Level::gemeente ? "proef" : "proef-regio";
  made.manifest.version = "1.0.0";
  made.manifest.valid_from = day("2020-01-01");
  made.manifest.owner = "beheerder van de proef";
  made.manifest.level = level;
  made.manifest.municipalities = std::move(places);
  made.manifest.sources = {{"X", "P", "proef", ""}};
  for (const Field& fact : find_rule(rule)->reads) made.manifest.reads.push_back(fact.name);
  std::ranges::sort(made.manifest.reads);
  made.files[rule + ".lua"] = std::move(source);
  made.manifest.rules[rule] = rule + ".lua";
  return made;
}

inline PluginReading reading(std::vector<Plugin> plugins) {
  PluginReading made;
  made.plugins = std::move(plugins);
  return made;
}

// A host whose only plugin answers one rule for GM9901.
struct OneRule {
  explicit OneRule(const std::string& source, std::string rule_name = "overleg.stijl", Budget budget = {})
      : rule(std::move(rule_name)), host(budget) {
    findings = host.load(reading({plugin(rule, source)}));
  }
  Answer ask(const Facts& facts = {}) const { return host.answer(rule, "GM9901", facts, day("2026-03-02")).value(); }

  std::string rule;
  RuleHost host;
  std::vector<Finding> findings;
};

}  // namespace draad::rules::testing
