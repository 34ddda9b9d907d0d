#include "engine/rules/internal/fields.h"
#include "engine/rules/internal/national.h"

namespace draad::rules {

std::optional<std::int64_t> whole_fact(const Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  if (found == facts.end()) return std::nullopt;
  const Number* number = found->second.get_if<Number>();
  if (number == nullptr) return std::nullopt;
  return number->scaled() / Number::kScale;
}

std::string text_fact(const Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  if (found == facts.end()) return {};
  const std::string* text = found->second.get_if<std::string>();
  return text == nullptr ? std::string() : *text;
}

bool true_fact(const Facts& facts, std::string_view name) {
  const auto found = facts.find(name);
  if (found == facts.end()) return false;
  const bool* truth = found->second.get_if<bool>();
  return truth != nullptr && *truth;
}

List texts(std::initializer_list<const char*> values) {
  List list;
  for (const char* value : values) list.emplace_back(value);
  return list;
}

using namespace fields;

Field fact_leeftijd() {
  return leeg(getal("leeftijd", "leeftijd in jaren, of onbekend", 0, 120));
}
Field fact_vorm() {
  return leeg(keuze("vorm", {"seksueel", "arbeid", "crimineel", "bedelarij", "orgaan", "onbekend"},
                    "vermoede vorm van uitbuiting"));
}
Field fact_amv() {
  return leeg(janee("amv", "alleenstaande minderjarige vreemdeling"));
}
Field fact_acuut() {
  return leeg(janee("acuut", "er is nu gevaar"));
}
Field fact_overleg_soort() {
  return leeg(keuze("overleg_soort", {"weging", "casus", "vervolg", "opschaling"}, "soort casusoverleg"));
}

}  // namespace draad::rules
