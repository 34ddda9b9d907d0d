#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/casework/internal/field_shape.h"

namespace draad::casework {

using Json = nlohmann::ordered_json;  // Fields keep the order of the file.

// Reads a form and gathers every fault on the way.
struct FormReader {
  std::string name;
  std::vector<Finding> findings;

  void fault(std::string code, std::string_view field, std::string message, std::string message_en, std::string mend,
             Severity severity = Severity::error) {
    Finding finding;
    finding.code = std::move(code);
    finding.severity = severity;
    if (!field.empty()) finding.elements.emplace_back(field);
    const std::string place =
        field.empty() ? "Formulier " + name : "Formulier " + name + ", veld " + std::string(field);
    finding.message = place + ": " + std::move(message);
    finding.message_en =
        "Form " + name + (field.empty() ? "" : ", field " + std::string(field)) + ": " + std::move(message_en);
    finding.mend = std::move(mend);
    findings.push_back(std::move(finding));
  }

  std::string text_of(const Json& object, const char* key, std::string_view field) {
    const auto found = object.find(key);
    if (found == object.end()) return {};
    if (found->is_string()) return found->get<std::string>();
    fault("form_shape", field, std::string("\"") + key + "\" is geen tekst.",
          std::string("Expected text at \"") + key + "\", but found another type.", "Zet er aanhalingstekens omheen.");
    return {};
  }

  std::optional<std::size_t> count_of(const Json& object, const char* key, std::string_view field) {
    const auto found = object.find(key);
    if (found == object.end()) return std::nullopt;
    if (found->is_number_unsigned() && found->get<std::uint64_t>() <= 1'000'000) return found->get<std::size_t>();
    fault("form_shape", field, std::string("\"") + key + "\" is geen geheel getal van 0 tot 1.000.000.",
          std::string("Expected a whole number at \"") + key + "\".", "Schrijf een geheel getal.");
    return std::nullopt;
  }

  std::optional<Number> number_of(const Json& object, const char* key, std::string_view field) {
    const auto found = object.find(key);
    if (found == object.end()) return std::nullopt;
    if (found->is_number()) {
      if (auto number = Number::parse(found->dump())) return *number;
      if (auto number = Number::from_double(found->get<double>())) return *number;
    }
    fault("form_shape", field, std::string("\"") + key + "\" is geen getal.",
          std::string("Expected a number at \"") + key + "\".", "Schrijf een getal zonder aanhalingstekens.");
    return std::nullopt;
  }

  void known_keywords(const Json& object, const std::set<std::string_view>& known, std::string_view field) {
    for (const auto& [key, unused] : object.items()) {
      if (known.contains(key) || key.starts_with("$") || (key.starts_with("x-") && !key.starts_with("x-draad-")))
        continue;
      fault("form_keyword", field, "het sleutelwoord \"" + key + "\" kennen formulieren niet.",
            "Expected a known key word, but found \"" + key + "\".",
            "Haal het weg of verbeter de spelling. Welke er zijn staat in engine/casework/form.h.");
    }
  }

  std::vector<std::string> choices_of(const Json& object, std::string_view field) {
    std::vector<std::string> choices;
    const auto found = object.find("enum");
    if (found == object.end()) return choices;
    bool sound = found->is_array() && !found->empty();
    if (sound) {
      for (const Json& choice : *found) {
        if (!choice.is_string() ||
            std::find(choices.begin(), choices.end(), choice.get<std::string>()) != choices.end()) {
          sound = false;
        } else {
          choices.push_back(choice.get<std::string>());
        }
      }
    }
    if (!sound) {
      fault("form_shape", field, "\"enum\" is geen lijst van verschillende teksten.",
            "Expected \"enum\" to be a list of distinct texts.",
            "Schrijf bijvoorbeeld \"enum\": [\"ja\", \"nee\", \"onbekend\"].");
    }
    return choices;
  }

  static std::set<std::string_view> keywords_for(FieldType type) {
    std::set<std::string_view> known = {"type",     "title",          "description",  "default",
                                        "examples", "x-draad-klasse", "x-draad-feit", "x-draad-groep"};
    switch (type) {
      case FieldType::text:
        known.insert({"enum", "format", "pattern", "minLength", "maxLength"});
        break;
      case FieldType::date:
      case FieldType::moment:
        known.insert({"format"});
        break;
      case FieldType::whole:
      case FieldType::number:
        known.insert({"minimum", "maximum"});
        break;
      case FieldType::boolean:
        break;
      case FieldType::list:
        known.insert({"items", "minItems", "maxItems"});
        break;
      case FieldType::group:
        known.insert({"properties", "required", "additionalProperties"});
        break;
    }
    return known;
  }

  std::optional<FieldType> type_of(const Json& object, std::string_view field) {
    static const std::map<std::string_view, FieldType> types = {
        {"string", FieldType::text},     {"integer", FieldType::whole}, {"number", FieldType::number},
        {"boolean", FieldType::boolean}, {"array", FieldType::list},    {"object", FieldType::group}};
    const std::string type = text_of(object, "type", field);
    const auto found = types.find(type);
    if (found == types.end()) {
      fault("form_shape", field,
            type.empty() ? "\"type\" ontbreekt." : "het type \"" + type + "\" kennen formulieren niet.",
            "Expected a known \"type\", but found \"" + type + "\".",
            "Kies uit: string, integer, number, boolean, array.");
      return std::nullopt;
    }
    if (found->second != FieldType::text) return found->second;
    const std::string format = text_of(object, "format", field);
    if (format.empty()) return FieldType::text;
    if (format == "date") return FieldType::date;
    if (format == "date-time") return FieldType::moment;
    fault("form_shape", field, "het format \"" + format + "\" kennen formulieren niet.",
          "Expected format date or date-time, but found \"" + format + "\".",
          "Kies date of date-time, of gebruik pattern.");
    return std::nullopt;
  }

  void read_pattern(const Json& object, std::string_view field, FieldShape& shape) {
    shape.pattern_text = text_of(object, "pattern", field);
    if (shape.pattern_text.empty()) return;
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(1 << 20);
    auto pattern = std::make_shared<RE2>(shape.pattern_text, options);
    if (!pattern->ok()) {
      fault("form_pattern", field, "het patroon \"" + shape.pattern_text + "\" is niet te lezen.",
            "Expected an RE2 pattern, but " + pattern->error() + ".",
            "Gebruik een eenvoudig patroon zonder terugverwijzingen, zoals ^[0-9]{4}[A-Z]{2}$.");
      return;
    }
    shape.pattern = std::move(pattern);
  }

  std::shared_ptr<const FieldShape> shape_of(const Json& object, std::string_view field, bool in_list) {
    const std::optional<FieldType> type = type_of(object, field);
    if (!type) return nullptr;
    auto shape = std::make_shared<FieldShape>();
    shape->type = *type;
    known_keywords(object, keywords_for(*type), field);
    if (*type == FieldType::text) {
      shape->choices = choices_of(object, field);
      read_pattern(object, field, *shape);
      shape->length_min = count_of(object, "minLength", field).value_or(0);
      shape->length_max = std::min(count_of(object, "maxLength", field).value_or(kTextMax), std::size_t{100'000});
    } else if (*type == FieldType::whole || *type == FieldType::number) {
      shape->minimum = number_of(object, "minimum", field);
      shape->maximum = number_of(object, "maximum", field);
    } else if (*type == FieldType::list) {
      shape->items_min = count_of(object, "minItems", field).value_or(0);
      shape->items_max = std::min(count_of(object, "maxItems", field).value_or(kItemsMax), kItemsMax);
      const auto items = object.find("items");
      if (in_list || items == object.end() || !items->is_object()) {
        fault("form_shape", field,
              in_list ? "een lijst in een lijst kennen formulieren niet." : "bij een lijst hoort \"items\".",
              "Expected \"items\" with the shape of one member.", "Beschrijf met items wat er in de lijst staat.");
        return nullptr;
      }
      shape->item = shape_of(*items, field, true);
      if (shape->item == nullptr) return nullptr;
    } else if (*type == FieldType::group) {
      if (!in_list) {
        fault("form_shape", field, "een veld van type object mag alleen binnen een lijst staan.",
              "Expected a plain type, but found object.", "Maak er losse velden van, of een lijst.");
        return nullptr;
      }
      shape->fields = fields_of(object, field);
    }
    return shape;
  }

  void read_class(const Json& object, FormField& field) {
    const std::string text = text_of(object, "x-draad-klasse", field.name);
    if (text.empty()) {
      fault("form_class_missing", field.name, "de gegevensklasse ontbreekt.",
            "Expected a data class, but \"x-draad-klasse\" is absent.",
            "Zet \"x-draad-klasse\" erbij: D1 tot en met D14. Zonder klasse weet niemand wie het mag zien.");
      return;
    }
    if (auto data_class = privacy::parse_data_class(text)) {
      field.data_class = *data_class;
    } else {
      fault("form_class_unknown", field.name, "\"" + text + "\" is geen gegevensklasse.",
            "Expected a data class D1 to D14, but found \"" + text + "\".", "Kies uit D1 tot en met D14.");
    }
  }

  // A fact stands in the journal for ever; a free text or a name must not become one.
  void check_fact(const FormField& field) {
    if (field.fact.empty()) return;
    const FieldShape& shape = *field.shape;
    const FieldShape& content = shape.item ? *shape.item : shape;
    const bool identifying = field.data_class <= privacy::DataClass::bsn;
    const bool free_text =
        content.type == FieldType::text && content.choices.empty() &&
        (identifying || (content.pattern == nullptr && field.data_class != privacy::DataClass::figures));
    if (free_text || content.type == FieldType::group) {
      fault("form_fact_free_text", field.name,
            "vrije tekst mag geen feit worden, want feiten blijven voor altijd in het journaal.",
            "Expected a fact without personal content, but the field is free text.",
            "Haal x-draad-feit weg (dan gaat het naar de kluis), of beperk het veld met enum of pattern.");
    }
  }

  std::vector<FormField> fields_of(const Json& object, std::string_view outer) {
    std::vector<FormField> fields;
    const auto properties = object.find("properties");
    if (properties == object.end() || !properties->is_object() || properties->empty()) {
      fault("form_shape", outer, "er staan geen velden in (\"properties\").",
            "Expected \"properties\" with at least one field.", "Zet de velden in \"properties\".");
      return fields;
    }
    for (const auto& [key, property] : properties->items()) {
      if (!property.is_object()) {
        fault("form_shape", key, "dit veld is geen object.", "Expected an object.",
              "Schrijf \"" + key + "\": {\"type\": \"string\", ...}.");
        continue;
      }
      FormField field;
      field.name = key;
      field.title = text_of(property, "title", key);
      if (field.title.empty()) field.title = key;
      field.description = text_of(property, "description", key);
      field.group = text_of(property, "x-draad-groep", key);
      field.fact = text_of(property, "x-draad-feit", key);
      // Inside a list the class and the fact are those of the list.
      if (outer.empty()) {
        read_class(property, field);
      } else if (!field.fact.empty()) {
        fault("form_shape", key, "een veld binnen een lijst kan geen feit zijn.", "Expected no fact inside a list.",
              "Haal x-draad-feit weg.");
      }
      field.shape = shape_of(property, key, !outer.empty());
      if (field.shape == nullptr) continue;
      field.type = field.shape->type;
      field.choices = field.shape->choices;
      check_fact(field);
      fields.push_back(std::move(field));
    }
    read_required(object, fields, outer);
    return fields;
  }

  void read_required(const Json& object, std::vector<FormField>& fields, std::string_view outer) {
    const auto required = object.find("required");
    if (required == object.end()) return;
    if (!required->is_array()) {
      fault("form_shape", outer, "\"required\" is geen lijst.", "Expected \"required\" to be a list.",
            "Schrijf \"required\": [\"veld\"].");
      return;
    }
    for (const Json& one : *required) {
      const std::string field_name = one.is_string() ? one.get<std::string>() : one.dump();
      const auto found =
          std::find_if(fields.begin(), fields.end(), [&](const FormField& field) { return field.name == field_name; });
      if (found != fields.end()) {
        found->required = true;
      } else if (!object.at("properties").contains(field_name)) {
        fault("form_shape", outer, "\"required\" noemt \"" + field_name + "\", maar dat veld is er niet.",
              "Expected a field \"" + field_name + "\", but \"properties\" has none.",
              "Verbeter de naam of haal hem weg.");
      }
    }
  }

  void facts_once(const std::vector<FormField>& fields) {
    std::map<std::string, std::string> setter;
    for (const FormField& field : fields) {
      if (field.fact.empty()) continue;
      const auto [at, fresh] = setter.emplace(field.fact, field.name);
      if (!fresh) {
        fault("form_fact_repeated", field.name,
              "het feit \"" + field.fact + "\" wordt ook gezet door veld " + at->second + ".",
              "Expected one field for fact \"" + field.fact + "\", but found two.", "Laat één veld dit feit zetten.");
      }
    }
  }

  FormResult read(std::string_view text) {
    const Json root = Json::parse(text, nullptr, false);
    if (text.size() > 1024 * 1024 || root.is_discarded() || !root.is_object()) {
      fault("form_unreadable", {}, "dit is geen leesbare JSON (of groter dan 1 MB).",
            "Expected a JSON object of at most 1 MB.", "Controleer haakjes, komma's en aanhalingstekens.",
            Severity::fatal);
      return {nullptr, std::move(findings)};
    }
    known_keywords(root, {"type", "title", "description", "properties", "required", "additionalProperties"}, {});
    if (text_of(root, "type", {}) != "object") {
      fault("form_shape", {}, "\"type\" is niet \"object\".", "Expected \"type\": \"object\".",
            "Schrijf bovenaan \"type\": \"object\".");
    }
    auto form = std::make_shared<Form>();
    form->name_ = name;
    form->title_ = text_of(root, "title", {});
    if (form->title_.empty()) form->title_ = name;
    form->description_ = text_of(root, "description", {});
    form->fields_ = fields_of(root, {});
    facts_once(form->fields_);
    const bool broken = std::any_of(findings.begin(), findings.end(),
                                    [](const Finding& one) { return one.severity <= Severity::error; });
    return {broken ? nullptr : std::shared_ptr<const Form>(std::move(form)), std::move(findings)};
  }
};

FormResult read_form(std::string_view json, std::string_view name) {
  return FormReader{std::string(name), {}}.read(json);
}

}  // namespace draad::casework
