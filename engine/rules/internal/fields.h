// engine/rules/internal/fields.h
//
// Short words to write the catalogue with.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/rules/catalogue.h"

namespace draad::rules::fields {

inline Field field(std::string name, FieldType type, std::string purpose) {
  Field made;
  made.name = std::move(name);
  made.type = type;
  made.purpose = std::move(purpose);
  return made;
}
inline Field janee(std::string name, std::string purpose) {
  return field(std::move(name), FieldType::janee, std::move(purpose));
}
inline Field tekst(std::string name, std::string purpose, std::size_t size_max = 200) {
  Field made = field(std::move(name), FieldType::tekst, std::move(purpose));
  made.size_max = size_max;
  return made;
}
inline Field getal(std::string name, std::string purpose, std::int64_t min, std::int64_t max) {
  Field made = field(std::move(name), FieldType::getal, std::move(purpose));
  made.min = min;
  made.max = max;
  return made;
}
inline Field datum(std::string name, std::string purpose) {
  return field(std::move(name), FieldType::datum, std::move(purpose));
}
inline Field duur(std::string name, std::string purpose) {
  return field(std::move(name), FieldType::duur, std::move(purpose));
}
inline Field keuze(std::string name, std::vector<std::string> choices, std::string purpose) {
  Field made = field(std::move(name), FieldType::keuze, std::move(purpose));
  made.choices = std::move(choices);
  return made;
}
inline Field lijst(std::string name, Field item, std::string purpose, std::size_t items_max = 50) {
  Field made = field(std::move(name), FieldType::lijst, std::move(purpose));
  made.inside = {std::move(item)};
  made.size_max = items_max;
  return made;
}
inline Field groep(std::string name, std::vector<Field> inside, std::string purpose) {
  Field made = field(std::move(name), FieldType::groep, std::move(purpose));
  made.inside = std::move(inside);
  return made;
}
inline Field leeg(Field made) {
  made.may_be_empty = true;
  return made;
}

}  // namespace draad::rules::fields
