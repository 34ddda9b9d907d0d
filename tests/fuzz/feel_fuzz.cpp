// Conditions: any text is read or refused; what is read is written and read back the same, evaluates, and is decided,
// and every example does what it is an example of.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "engine/feel/decide.h"

namespace {

using namespace draad;
using namespace draad::feel;

void require(bool condition) {
  if (!condition) std::abort();
}

const Facts& some_facts() {
  static const Facts kFacts{{"a", Value(16)},
                            {"b", Value(true)},
                            {"c", Value("x")},
                            {"d", Value(parse_date("2028-02-29").value())},
                            {"e", Value(parse_instant("2026-03-29T02:30").value())},
                            {"f", Value(parse_duration("P1M").value())},
                            {"g", Value(List{Value(1), Value("x"), Value()})},
                            {"h", Value(Facts{{"a", Value(1)}})},
                            {"i", Value()}};
  return kFacts;
}

FactTypes some_types() {
  FactTypes types;
  const std::pair<const char*, TypeKind> kinds[] = {
      {"a", TypeKind::number},  {"b", TypeKind::boolean},  {"c", TypeKind::text}, {"d", TypeKind::date},
      {"e", TypeKind::instant}, {"f", TypeKind::duration}, {"g", TypeKind::list}, {"i", TypeKind::number},
      {"j", TypeKind::choice},  {"k", TypeKind::text},     {"l", TypeKind::date}};
  for (const auto& [name, kind] : kinds) types[name].kind = kind;
  types["i"].nullable = true;
  types["k"].nullable = true;
  types["j"].choices = {"x", "y"};
  return types;
}

void check_example(const Expression& condition, const Example& example, bool wanted) {
  const FactsEnvironment environment(example.facts, example.now.value_or(Instant{}));
  const auto value = evaluate(condition, environment);
  require(value.has_value());
  const auto* truth = value->get_if<bool>();
  require((truth != nullptr && *truth) == wanted);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto condition = parse(text);
  if (!condition) {
    require(!condition.error().message.empty());
    return 0;
  }
  const auto again = parse(feel::to_string(*condition));
  require(again.has_value() && same(*again, *condition));
  require(feel::to_string(*again) == feel::to_string(*condition));

  const FactsEnvironment environment(some_facts(), parse_instant("2026-10-25T02:30").value());
  const auto value = evaluate(*condition, environment);
  const auto truth = holds(*condition, environment);
  require(!truth || (value.has_value() && *value->get_if<bool>() == *truth));
  const auto value_again = evaluate(*again, environment);
  require(value.has_value() == value_again.has_value() && (!value || *value == *value_again));

  DecideOptions options;
  options.cases_most = 200;
  const std::vector<Expression> conditions{*condition};
  const GatewayVerdict verdict = decide(conditions, infer_types(conditions, some_types()), options);
  if (verdict.satisfiable[0].example) check_example(*condition, *verdict.satisfiable[0].example, true);
  if (verdict.exhaustive.example) check_example(*condition, *verdict.exhaustive.example, false);
  return 0;
}
