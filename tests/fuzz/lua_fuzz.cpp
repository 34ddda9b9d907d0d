// Random Lua through the sandbox, and random answers through the check of answers. Whatever it is, a call ends within
// its budget, the host answers, and the next call is right.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engine/rules/rule_host.h"

namespace {

using namespace draad;
using namespace draad::rules;

Plugin plugin_of(const std::string& rule, std::string source, const char* name, const char* place) {
  Plugin plugin;
  plugin.manifest.name = name;
  plugin.manifest.version = "1.0.0";
  plugin.manifest.valid_from = parse_date("2020-01-01").value();
  plugin.manifest.municipalities = {place};
  for (const Field& fact : find_rule(rule)->reads) plugin.manifest.reads.push_back(fact.name);
  std::sort(plugin.manifest.reads.begin(), plugin.manifest.reads.end());
  plugin.manifest.rules[rule] = "r.lua";
  plugin.files["r.lua"] = std::move(source);
  return plugin;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > 8'192) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  static const char* const kRules[] = {"termijn.waarden", "overleg.agenda", "formulier.extra_velden",
                                       "route.handhaving"};
  const std::string rule = kRules[data[0] % 4];
  // As it is, as the body of a rule, as one field of an answer, or as a pattern.
  std::string source;
  switch (data[0] / 4 % 4) {
    case 0:
      source = text;
      break;
    case 1:
      source = "return function(ctx) " + text + "\nend";
      break;
    case 2:
      source =
          "return function(ctx) local a = landelijk(ctx) for k in pairs(a) do a[k] = " + text + "\nend return a end";
      break;
    default:
      source = "return function(ctx) local s = [==[" + text +
               "]==] s:find(s) s:gsub(s, s) (s .. s):match(s) for x in s:gmatch(s) do end end";
      break;
  }
  Budget budget;
  budget.steps = 50'000;
  budget.wall = std::chrono::milliseconds(2'000);  // Sanitizers are slow; steps must do the work.
  RuleHost host(budget);
  PluginReading reading;
  reading.plugins.push_back(plugin_of(rule, source, "fuzz", "GM9901"));
  reading.plugins.push_back(plugin_of(
      rule, "return function(ctx) local a = landelijk(ctx) a.reden = 'rustig' return a end", "buur", "GM9902"));
  static_cast<void>(host.load(std::move(reading)));
  const Facts facts{{"leeftijd", 17}, {"vorm", "arbeid"}, {"acuut", true}};
  const Date on = parse_date("2026-03-02").value();
  const auto given = host.answer(rule, "GM9901", facts, on);
  if (!given || !check_fields(find_rule(rule)->gives, given->facts)) std::abort();
  const auto neighbour = host.answer(rule, "GM9902", facts, on);
  if (!neighbour || neighbour->reason != "rustig") std::abort();
  const auto script = host.run_script("lua", text, facts);
  static_cast<void>(script);
  return 0;
}
