#include "engine/casework/form.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/casework/internal/field_shape.h"

namespace draad::casework {
namespace {

using nlohmann::json;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// One value against its shape: the fact it would be, or errors.
class Filler {
 public:
  explicit Filler(std::vector<FieldError>& errors) : errors_(errors) {}

  Value check(const FieldShape& shape, const json& answer, const std::string& path, const std::string& title) {
    switch (shape.type) {
      case FieldType::text:
        return text(shape, answer, path, title);
      case FieldType::date:
        return date(answer, path, title);
      case FieldType::moment:
        return moment(answer, path, title);
      case FieldType::whole:
      case FieldType::number:
        return number(shape, answer, path, title);
      case FieldType::boolean:
        if (answer.is_boolean()) return Value(answer.get<bool>());
        return wrong(path, title, "kies ja of nee");
      case FieldType::list:
        return list(shape, answer, path, title);
      case FieldType::group:
        group(shape, answer, path, title);
        return {};
    }
    return {};
  }

  void fields(const std::vector<FormField>& all, const json& answers, const std::string& prefix) {
    for (const auto& [key, unused] : answers.items()) {
      const bool known = std::any_of(all.begin(), all.end(), [&](const FormField& field) { return field.name == key; });
      if (!known)
        errors_.push_back({prefix + key, "Het veld \"" + key + "\" hoort niet bij dit formulier. Haal het weg."});
    }
  }

  static bool is_empty(const json& answers, const std::string& field) {
    const auto found = answers.find(field);
    return found == answers.end() || found->is_null() ||
           (found->is_string() && found->get_ref<const std::string&>().empty());
  }

  void missing(const FormField& field, const std::string& path) {
    errors_.push_back({path, "\"" + field.title + "\" is niet ingevuld. Vul dit veld in."});
  }

 private:
  Value wrong(const std::string& path, const std::string& title, const std::string& mend) {
    errors_.push_back({path, "\"" + title + "\" klopt niet: " + mend + "."});
    return {};
  }

  Value text(const FieldShape& shape, const json& answer, const std::string& path, const std::string& title) {
    if (!answer.is_string()) return wrong(path, title, "vul een tekst in");
    const std::string& content = answer.get_ref<const std::string&>();
    const std::optional<std::size_t> length = character_count(content);
    if (!length) return wrong(path, title, "er staan tekens in die geen tekst zijn");
    if (!shape.choices.empty() &&
        std::find(shape.choices.begin(), shape.choices.end(), content) == shape.choices.end()) {
      return wrong(path, title, "kies uit " + joined(shape.choices));
    }
    if (*length < shape.length_min)
      return wrong(path, title, "vul minstens " + std::to_string(shape.length_min) + " tekens in");
    if (*length > shape.length_max)
      return wrong(path, title, "vul hoogstens " + std::to_string(shape.length_max) + " tekens in");
    if (shape.pattern && !RE2::PartialMatch(content, *shape.pattern))
      return wrong(path, title, "de vorm moet zijn " + shape.pattern_text);
    return Value(content);
  }

  Value date(const json& answer, const std::string& path, const std::string& title) {
    if (answer.is_string()) {
      if (auto parsed = parse_date(answer.get_ref<const std::string&>())) return Value(*parsed);
    }
    return wrong(path, title, "vul een datum in als jaar-maand-dag, zoals 2026-03-02");
  }

  Value moment(const json& answer, const std::string& path, const std::string& title) {
    if (answer.is_string()) {
      if (auto parsed = parse_instant(answer.get_ref<const std::string&>())) return Value(*parsed);
    }
    return wrong(path, title, "vul een datum en tijd in, zoals 2026-03-02T09:00");
  }

  Value number(const FieldShape& shape, const json& answer, const std::string& path, const std::string& title) {
    const bool whole = shape.type == FieldType::whole;
    const std::string kind = whole ? "vul een heel getal in" : "vul een getal in";
    if (!answer.is_number()) return wrong(path, title, kind);
    Result<Number> exact = Number::parse(answer.dump());
    if (!exact) exact = Number::from_double(answer.get<double>());
    if (!exact || (whole && !exact->is_whole())) return wrong(path, title, kind);
    if (shape.minimum && *exact < *shape.minimum)
      return wrong(path, title, kind + " van minstens " + shape.minimum->text());
    if (shape.maximum && *exact > *shape.maximum)
      return wrong(path, title, kind + " van hoogstens " + shape.maximum->text());
    return Value(*exact);
  }

  Value list(const FieldShape& shape, const json& answer, const std::string& path, const std::string& title) {
    if (!answer.is_array()) return wrong(path, title, "vul een lijst in");
    if (answer.size() < shape.items_min)
      return wrong(path, title, "er horen er minstens " + std::to_string(shape.items_min) + " in te staan");
    if (answer.size() > shape.items_max)
      return wrong(path, title, "er mogen er hoogstens " + std::to_string(shape.items_max) + " in staan");
    List items;
    for (std::size_t i = 0; i < answer.size(); ++i) {
      items.push_back(check(*shape.item, answer[i], path + "[" + std::to_string(i + 1) + "]", title));
    }
    return Value(std::move(items));
  }

  void group(const FieldShape& shape, const json& answer, const std::string& path, const std::string& title) {
    if (!answer.is_object()) {
      wrong(path, title, "vul bij elk onderdeel de velden in");
      return;
    }
    fields(shape.fields, answer, path + ".");
    for (const FormField& field : shape.fields) {
      const std::string inner = path + "." + field.name;
      if (!is_empty(answer, field.name)) {
        check(*field.shape, answer.at(field.name), inner, field.title);
      } else if (field.required) {
        missing(field, inner);
      }
    }
  }

  std::vector<FieldError>& errors_;
};

}  // namespace

std::optional<std::size_t> character_count(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : (lead & 0xF0) == 0xE0       ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || i + length > text.size()) return std::nullopt;
    for (std::size_t j = 1; j < length; ++j) {
      if ((static_cast<unsigned char>(text[i + j]) & 0xC0) != 0x80) return std::nullopt;
    }
    i += length;
  }
  return count;
}

const FormField* Form::find(std::string_view field) const {
  const auto found =
      std::find_if(fields_.begin(), fields_.end(), [&](const FormField& one) { return one.name == field; });
  return found == fields_.end() ? nullptr : &*found;
}

FilledForm Form::fill(const json& answers) const {
  FilledForm filled;
  if (!answers.is_object()) {
    filled.errors.push_back({"", "Het formulier \"" + title_ + "\" is niet als lijst van velden ingevuld."});
    return filled;
  }
  Filler filler(filled.errors);
  filler.fields(fields_, answers, "");
  for (const FormField& field : fields_) {
    if (Filler::is_empty(answers, field.name)) {
      if (field.required) filler.missing(field, field.name);
      if (!field.is_personal() && answers.contains(field.name))
        filled.facts.insert_or_assign(field.fact, Value(Null{}));
      continue;
    }
    const json& answer = answers.at(field.name);
    Value value = filler.check(*field.shape, answer, field.name, field.title);
    if (field.is_personal()) {
      filled.personal.push_back({field.name, field.data_class,
                                 answer.is_string() ? answer.get<std::string>()
                                                    : answer.dump(-1, ' ', false, json::error_handler_t::replace)});
    } else {
      filled.facts.insert_or_assign(field.fact, std::move(value));
    }
  }
  return filled;
}

}  // namespace draad::casework
