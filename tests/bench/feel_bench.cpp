// What a condition costs: reading it once, evaluating it at every gateway, deciding a gateway before publication.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "engine/feel/decide.h"

namespace {

using namespace draad;
using namespace draad::feel;

constexpr const char* kSimple = "leeftijd < 18";
constexpr const char* kUsual = "vorm = \"crimineel\" and leeftijd < 18 and not(toestemming = false) or signalen >= 3";
constexpr const char* kDates =
    "age(geboren) < 18 and einde - ingang <= duration(\"P90D\") and ingang in [date(\"2026-01-01\")..today()]";

const Facts& facts() {
  static const Facts kFacts{{"leeftijd", Value(16)},
                            {"vorm", Value("crimineel")},
                            {"toestemming", Value(true)},
                            {"signalen", Value(2)},
                            {"geboren", Value(parse_date("2010-05-01").value())},
                            {"ingang", Value(parse_date("2026-02-01").value())},
                            {"einde", Value(parse_date("2026-03-01").value())}};
  return kFacts;
}

FactTypes types() {
  FactTypes types;
  types["leeftijd"].kind = TypeKind::number;
  types["leeftijd"].minimum = Value(0);
  types["leeftijd"].maximum = Value(120);
  types["vorm"].kind = TypeKind::choice;
  types["vorm"].choices = {"arbeid", "crimineel", "seksueel", "anders"};
  types["toestemming"].kind = TypeKind::boolean;
  types["toestemming"].nullable = true;
  types["signalen"].kind = TypeKind::number;
  for (const char* name : {"geboren", "ingang", "einde"}) types[name].kind = TypeKind::date;
  return types;
}

void read(benchmark::State& state, const char* text) {
  for (auto _ : state) benchmark::DoNotOptimize(parse(text));
}

void evaluate_one(benchmark::State& state, const char* text) {
  const Expression condition = parse(text).value();
  const FactsEnvironment environment(facts(), parse_instant("2026-03-02T09:00").value());
  for (auto _ : state) benchmark::DoNotOptimize(holds(condition, environment));
}

void decide_one(benchmark::State& state, const std::vector<const char*>& texts) {
  std::vector<Expression> conditions;
  for (const char* text : texts) conditions.push_back(parse(text).value());
  const FactTypes declared = types();
  for (auto _ : state) benchmark::DoNotOptimize(decide(conditions, declared));
}

// A decision table of `range` rows over two facts.
void decide_table(benchmark::State& state) {
  std::vector<Expression> conditions;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    conditions.push_back(
        parse("vorm = \"arbeid\" and leeftijd in [" + std::to_string(i) + ".." + std::to_string(i + 1) + ")").value());
  }
  const FactTypes declared = types();
  for (auto _ : state) benchmark::DoNotOptimize(decide(conditions, declared));
}

BENCHMARK_CAPTURE(read, simple, kSimple);
BENCHMARK_CAPTURE(read, usual, kUsual);
BENCHMARK_CAPTURE(read, dates, kDates);
BENCHMARK_CAPTURE(evaluate_one, simple, kSimple);
BENCHMARK_CAPTURE(evaluate_one, usual, kUsual);
BENCHMARK_CAPTURE(evaluate_one, dates, kDates);
BENCHMARK_CAPTURE(decide_one, two_ways, std::vector<const char*>{"leeftijd < 18", "leeftijd >= 18"})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decide_one, usual,
                  std::vector<const char*>{kUsual, "vorm = \"arbeid\"",
                                           "vorm in (\"seksueel\", \"anders\") and leeftijd >= 18"})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decide_one, dates, std::vector<const char*>{kDates, "age(geboren) >= 18", "einde > ingang"})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(decide_table)->Arg(5)->Arg(20)->Arg(50)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
