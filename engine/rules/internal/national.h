// engine/rules/internal/national.h
//
// The rules with their national defaults, a file a subject. A default reads facts defensively: one that is absent or of
// another type counts as unknown, because this answer must always come.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/rules/catalogue.h"

namespace draad::rules {

// The version that journals record when the national default answered. Raise it with every change in national_*.cpp.
inline constexpr const char* kNationalVersion = "2026.1";

std::vector<Rule> national_route_rules();
std::vector<Rule> national_role_rules();
std::vector<Rule> national_term_rules();
std::vector<Rule> national_meeting_rules();

std::optional<std::int64_t> whole_fact(const Facts& facts, std::string_view name);
std::string text_fact(const Facts& facts, std::string_view name);  // "" when unknown.
bool true_fact(const Facts& facts, std::string_view name);         // false when unknown.
List texts(std::initializer_list<const char*> values);

// The facts that several rules read, described once.
Field fact_leeftijd();
Field fact_vorm();
Field fact_amv();
Field fact_acuut();
Field fact_overleg_soort();

}  // namespace draad::rules
