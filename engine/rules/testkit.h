// engine/rules/testkit.h
//
// Runs the tests that stand with a plugin: tests/*.lua, each a file that returns a list of cases, as data. Given facts,
// a place and a day, the host is asked as the engine would ask it, and the answer is held against what was expected.
//
//   return {
//     {
//       naam = "22 jaar: de organisatie voor jongeren",
//       regel = "route.zorgcoordinator", gemeente = "GM0200", datum = "2026-03-02",
//       feiten = { leeftijd = 22 },
//       verwacht = { zorgcoordinator_partij = "zorgcoordinatie-tot-23" },   -- leeg: verwacht dat het veld leeg is
//       aantal = { ... },          -- of: hoeveel onderdelen een lijst heeft
//       reden_bevat = "...",       -- of: een stuk van de reden
//       schakel = "landelijk",     -- of: wie moet antwoorden; anders deze plugin zelf
//     },
//   }
//
// The clock is the `datum` of the case; nothing else varies.
#pragma once

#include <chrono>
#include <iosfwd>
#include <string>
#include <vector>

#include "engine/rules/manifest.h"
#include "engine/rules/rule_host.h"

namespace draad::rules {

struct CaseResult {
  std::string plugin;
  std::string file;
  std::string name;  // Of the case.
  bool passed = false;
  std::string message;  // Dutch; empty when it passed.
};

[[nodiscard]] std::vector<CaseResult> run_plugin_tests(const RuleHost& host, const Plugin& plugin);
void print_results(const std::vector<CaseResult>& results, std::chrono::milliseconds took, std::ostream& out);

}  // namespace draad::rules
