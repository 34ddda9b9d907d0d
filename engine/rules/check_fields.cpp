// The shape of an answer. Messages name fields, never values: the value may be what makes a casus recognisable.
#include <algorithm>

#include "engine/rules/catalogue.h"

namespace draad::rules {
namespace {

Error wrong(const std::string& where, const std::string& message) {
  return Error{ErrorCode::invalid, message, where};
}

Result<Done> check_value(const Field& field, const Value& value, const std::string& where);

Result<Done> check_group(std::span<const Field> fields, const Facts& facts, const std::string& prefix) {
  for (const Field& field : fields) {
    const auto found = facts.find(field.name);
    const std::string where = prefix + field.name;
    if (found == facts.end() || found->second.is_null()) {
      if (!field.may_be_empty) return wrong(where, "Expected field '" + where + "', but it is missing");
      continue;
    }
    DRAAD_TRY_DONE(check_value(field, found->second, where));
  }
  for (const auto& [name, value] : facts) {
    if (std::ranges::find(fields, name, &Field::name) == fields.end()) {
      return wrong(prefix + name,
                   "Expected only the fields of the rule, but '" + prefix + name + "' is not one of them");
    }
  }
  return Done{};
}

template <typename T>
Result<Done> expect(const Value& value, const Field& field, const std::string& where) {
  if (value.get_if<T>() == nullptr) {
    return wrong(where, "Expected '" + where + "' to be of type " + std::string(to_string(field.type)) +
                            ", but it is " + std::string(type_name(value)));
  }
  return Done{};
}

Result<Done> check_value(const Field& field, const Value& value, const std::string& where) {
  switch (field.type) {
    case FieldType::janee:
      return expect<bool>(value, field, where);
    case FieldType::datum:
      return expect<Date>(value, field, where);
    case FieldType::moment:
      return expect<Instant>(value, field, where);
    case FieldType::duur:
      return expect<Duration>(value, field, where);
    case FieldType::getal: {
      DRAAD_TRY_DONE(expect<Number>(value, field, where));
      const Number number = *value.get_if<Number>();
      if ((field.min && number < Number(*field.min)) || (field.max && number > Number(*field.max))) {
        return wrong(where, "Expected '" + where + "' to be from " + std::to_string(field.min.value_or(0)) + " to " +
                                std::to_string(field.max.value_or(0)) + ", but it is outside");
      }
      return Done{};
    }
    case FieldType::tekst: {
      DRAAD_TRY_DONE(expect<std::string>(value, field, where));
      if (value.get_if<std::string>()->size() > field.size_max) {
        return wrong(where, "Expected '" + where + "' to be at most " + std::to_string(field.size_max) +
                                " bytes, but it is longer");
      }
      return Done{};
    }
    case FieldType::keuze: {
      DRAAD_TRY_DONE(expect<std::string>(value, field, where));
      if (std::ranges::find(field.choices, *value.get_if<std::string>()) == field.choices.end()) {
        std::string choices;
        for (const std::string& choice : field.choices) choices += (choices.empty() ? "" : ", ") + choice;
        return wrong(where, "Expected '" + where + "' to be one of " + choices + ", but it is none of them");
      }
      return Done{};
    }
    case FieldType::lijst: {
      DRAAD_TRY_DONE(expect<List>(value, field, where));
      const List& list = *value.get_if<List>();
      if (list.size() > field.size_max) {
        return wrong(where, "Expected '" + where + "' to have at most " + std::to_string(field.size_max) +
                                " items, but it has more");
      }
      for (std::size_t i = 0; i < list.size(); ++i) {
        DRAAD_TRY_DONE(check_value(field.inside.front(), list[i], where + "[" + std::to_string(i + 1) + "]"));
      }
      return Done{};
    }
    case FieldType::groep:
      DRAAD_TRY_DONE(expect<Facts>(value, field, where));
      return check_group(field.inside, *value.get_if<Facts>(), where + ".");
  }
  return Done{};
}

}  // namespace

Result<Done> check_fields(std::span<const Field> fields, const Facts& facts) {
  return check_group(fields, facts, "");
}

}  // namespace draad::rules
