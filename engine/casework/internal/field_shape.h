// engine/casework/internal/field_shape.h
//
// What a value of a field must satisfy, and its compiled pattern.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <re2/re2.h>

#include "engine/casework/form.h"

namespace draad::casework {

inline constexpr std::size_t kTextMax = 4'000;  // Characters of a text without its own maxLength.
inline constexpr std::size_t kItemsMax = 1'000;

struct FieldShape {
  FieldType type = FieldType::text;
  std::vector<std::string> choices;
  std::optional<Number> minimum, maximum;
  std::size_t length_min = 0, length_max = kTextMax;
  std::shared_ptr<const RE2> pattern;
  std::string pattern_text;
  // list
  std::size_t items_min = 0, items_max = kItemsMax;
  std::shared_ptr<const FieldShape> item;
  // group: the fields of one member of a list
  std::vector<FormField> fields;
};

// Characters (not bytes) of UTF-8; nothing for bytes that are none.
[[nodiscard]] std::optional<std::size_t> character_count(std::string_view text);

}  // namespace draad::casework
