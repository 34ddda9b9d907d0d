// engine/casework/form.h
//
// Forms: a subset of JSON Schema (2020-12) with two words of our own. A form is a flat object; each property is a field
// with a data class, and sets a fact or holds a personal value.
//   type       string, integer, number, boolean, array (of those, or of flat objects)
//   string     enum, format (date, date-time), pattern (RE2), minLength, maxLength (4,000 unless it says less)
//   numbers    minimum, maximum;   array: items, minItems, maxItems
//   required, title, description, default, examples as usual; additionalProperties is always false
//   x-draad-klasse   data class D1..D14 of the field; every field has one
//   x-draad-groep    heading under which the field stands on the screen
//   x-draad-feit     name of the fact that the field sets; without it the field is personal and goes to the vault
// Unknown key words are a fault, so that a typing error does not silently weaken a form; `$...` and other `x-...` are
// not. Errors of a filled form are Dutch, by field, all at once, and never repeat what was filled in. Patterns run in
// linear time (RE2).   Threads: a Form is immutable and may be shared.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "engine/core/finding.h"
#include "engine/core/value.h"
#include "engine/privacy/data_class.h"

namespace draad::casework {

enum class FieldType { text, date, moment, whole, number, boolean, list, group };

struct FieldShape;  // internal/field_shape.h

struct FormField {
  std::string name;
  std::string title;  // Dutch; the name where the form has none.
  std::string description;
  std::string group;  // Heading it stands under; may be empty.
  FieldType type = FieldType::text;
  std::vector<std::string> choices;  // enum; empty: free.
  bool required = false;
  privacy::DataClass data_class = privacy::DataClass::signal;
  std::string fact;                         // Empty: personal.
  std::shared_ptr<const FieldShape> shape;  // Everything that a value must satisfy.

  [[nodiscard]] bool is_personal() const { return fact.empty(); }
};

struct FieldError {
  std::string field;    // Name of the field: "personen[2].naam" inside a list.
  std::string message;  // Dutch, names the field by its title and says how to mend it.
};

// A value for the vault: text as filled in, anything else as JSON.
struct PersonalValue {
  std::string field;
  privacy::DataClass data_class = privacy::DataClass::signal;
  std::string text;
};

struct FilledForm {
  Facts facts;                          // A field that is left out sets nothing; one that is emptied sets null.
  std::vector<PersonalValue> personal;  // In order of the form; without the fields that were left empty.
  std::vector<FieldError> errors;       // Empty: facts and personal are complete.
};

class Form {
 public:
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& title() const { return title_; }
  [[nodiscard]] const std::string& description() const { return description_; }
  [[nodiscard]] const std::vector<FormField>& fields() const { return fields_; }
  [[nodiscard]] const FormField* find(std::string_view field) const;  // nullptr: no such field.

  [[nodiscard]] FilledForm fill(const nlohmann::json& answers) const;

 private:
  friend struct FormReader;
  std::string name_;
  std::string title_;
  std::string description_;
  std::vector<FormField> fields_;  // In the order of the file.
};

struct FormResult {
  std::shared_ptr<const Form> form;  // Null when a finding is an error or fatal.
  std::vector<Finding> findings;     // All of them; `elements` names the field.
};

// `name`: of the form, its file name without ".json". Codes: form_unreadable, form_shape, form_keyword,
// form_class_missing, form_class_unknown, form_fact_repeated, form_fact_free_text, form_pattern.
[[nodiscard]] FormResult read_form(std::string_view json, std::string_view name);

}  // namespace draad::casework
