// engine/rules/catalogue.h
//
// The rules that can be asked: what each is for, which facts it may see, which answer it must give, who may override
// it, and what holds when nobody does. The list is closed: a name that is not in it cannot be asked and cannot be
// claimed by a plugin. What may never be automated is not in
// it, and is refused by name. The national defaults are C++ data and functions, not a plugin: they must answer when Lua
// does not. Texts are Dutch: `draad rule list` and plugins/README.md show them.   Threads: immutable, built once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/value.h"

namespace draad::rules {

enum class FieldType { janee, getal, tekst, keuze, datum, moment, duur, lijst, groep };
[[nodiscard]] std::string_view to_string(FieldType type);

// One fact that goes in, or one field that comes out. Sizes are limits of the answer, not of the paper it is printed
// on.
struct Field {
  std::string name;
  FieldType type = FieldType::tekst;
  std::string purpose;                   // Dutch, one line.
  bool may_be_empty = false;             // Null or absent is a valid value.
  std::vector<std::string> choices;      // keuze.
  std::optional<std::int64_t> min, max;  // getal: the value; otherwise unused.
  std::size_t size_max = 200;            // tekst: bytes; lijst: items.
  std::vector<Field> inside;             // lijst: exactly one, the item; groep: its fields.
};

enum class Override { gemeente_of_regio, alleen_regio, alleen_gemeente };
[[nodiscard]] std::string_view to_string(Override who);

// What the national default says: values and why, with the tag of its evidence (S, V, U or P) in the reason's source.
struct NationalAnswer {
  Facts facts;
  std::string reason;  // Dutch.
  std::string basis;   // Where it comes from: "S-000", "praktijkafspraak (P)", ...
};

struct Rule {
  std::string name;        // route.zorgcoordinator
  std::string purpose;     // Dutch, one sentence: what the answer settles.
  std::string hook;        // The hook's name in the domain dossier: route.care_coordinator
  std::string variations;  // Its rows there: "X02 X03 X04"
  Override override_by = Override::gemeente_of_regio;
  std::vector<Field> reads;
  std::vector<Field> gives;
  NationalAnswer (*national)(const Facts& facts) = nullptr;
};

[[nodiscard]] std::span<const Rule> catalogue();             // Ordered by name.
[[nodiscard]] const Rule* find_rule(std::string_view name);  // nullptr: no such rule.

// A decision that people take and a rule may not answer: why not, in Dutch. Nothing: the name claims no such thing.
[[nodiscard]] std::optional<std::string> forbidden_decision(std::string_view rule_or_field);
// A fact that may not be read as a predictor (nationality, ethnicity, religion, postcode, sex work): why not, in Dutch.
[[nodiscard]] std::optional<std::string> forbidden_fact(std::string_view fact);

// Whether an answer fits the fields; the error names the field and what was expected, never the value.
[[nodiscard]] Result<Done> check_fields(std::span<const Field> fields, const Facts& facts);

}  // namespace draad::rules
