#include "engine/rules/manifest.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/core/words.h"
#include "engine/rules/catalogue.h"

namespace draad::rules {
namespace {

using Json = nlohmann::json;

// Collects every fault of one file, so that an author mends them in one go.
class Reading {
 public:
  Reading(const std::string& place, std::vector<Finding>& findings) : place_(place), findings_(findings) {}

  [[nodiscard]] bool good() const { return good_; }

  void wrong(const std::string& field, const std::string& message, const std::string& mend) {
    Finding finding;
    finding.code = "plugin.manifest";
    finding.process = place_;
    finding.elements = {field};
    finding.message = place_ + ", veld '" + field + "': " + message;
    finding.mend = mend;
    findings_.push_back(std::move(finding));
    good_ = false;
  }

  std::string text(const Json& json, const std::string& field, bool obligatory = true, std::size_t most = 200) {
    const auto found = json.find(field);
    if (found == json.end() || found->is_null()) {
      if (obligatory) wrong(field, "ontbreekt.", "Voeg \"" + field + "\" toe.");
      return {};
    }
    if (!found->is_string()) {
      wrong(field, "verwacht tekst, maar vond " + std::string(found->type_name()) + ".",
            "Zet de waarde tussen aanhalingstekens.");
      return {};
    }
    auto value = found->get<std::string>();
    if ((obligatory && value.empty()) || value.size() > most) {
      wrong(field, value.empty() ? "is leeg." : "is langer dan " + std::to_string(most) + " tekens.",
            "Geef een korte tekst.");
      return {};
    }
    return value;
  }

  std::optional<Date> date(const Json& json, const std::string& field, bool obligatory) {
    const std::string text_value = text(json, field, obligatory, 10);
    if (text_value.empty()) return std::nullopt;
    const auto read = parse_date(text_value);
    if (!read) {
      wrong(field, "verwacht een datum zoals 2026-03-02.", "Schrijf jaar-maand-dag.");
      return std::nullopt;
    }
    return *read;
  }

  std::vector<std::string> texts(const Json& json, const std::string& field, bool obligatory) {
    std::vector<std::string> values;
    const auto found = json.find(field);
    if (found == json.end()) {
      if (obligatory) wrong(field, "ontbreekt.", "Voeg \"" + field + "\" toe, als lijst van teksten.");
      return values;
    }
    if (!found->is_array()) {
      wrong(field, "verwacht een lijst van teksten.", "Schrijf [\"..\", \"..\"].");
      return values;
    }
    for (const Json& item : *found) {
      if (!item.is_string()) {
        wrong(field, "bevat iets anders dan tekst.", "Schrijf [\"..\", \"..\"].");
        return values;
      }
      values.push_back(item.get<std::string>());
    }
    std::ranges::sort(values);
    if (std::ranges::adjacent_find(values) != values.end()) {
      wrong(field, "noemt '" + *std::ranges::adjacent_find(values) + "' twee keer.", "Haal de dubbele weg.");
    }
    return values;
  }

 private:
  const std::string& place_;
  std::vector<Finding>& findings_;
  bool good_ = true;
};

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 60 && text.front() != '-' &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_version(std::string_view text) {
  int parts = 1;
  bool digit_before = false;
  for (const char c : text) {
    if (c == '.') {
      if (!digit_before) return false;
      ++parts;
      digit_before = false;
    } else if (c >= '0' && c <= '9') {
      digit_before = true;
    } else {
      return false;
    }
  }
  return parts == 3 && digit_before && text.size() <= 20;
}

bool is_cbs_code(std::string_view text) {
  return text.size() == 6 && text.starts_with("GM") &&
         std::ranges::all_of(text.substr(2), [](char c) { return c >= '0' && c <= '9'; });
}

void read_place(Reading& reading, const Json& json, Manifest& manifest) {
  const std::string level = reading.text(json, "niveau");
  if (level == "regio") {
    manifest.level = Level::regio;
    manifest.region = reading.text(json, "regio");
  } else if (level == "gemeente") {
    if (json.contains("regio"))
      reading.wrong("regio", "hoort alleen bij niveau \"regio\".", "Haal het veld weg of kies niveau \"regio\".");
  } else if (!level.empty()) {
    reading.wrong("niveau", "verwacht \"gemeente\" of \"regio\".", "Kies één van beide.");
  }
  manifest.municipalities = reading.texts(json, "gemeenten", true);
  if (json.contains("gemeenten") && manifest.municipalities.empty()) {
    reading.wrong("gemeenten", "noemt geen enkele gemeente.", "Noem CBS-codes, zoals \"GM0363\".");
  }
  for (const std::string& code : manifest.municipalities) {
    if (!is_cbs_code(code))
      reading.wrong("gemeenten", "'" + code.substr(0, 20) + "' is geen CBS-code.",
                    "Schrijf GM en vier cijfers, zoals \"GM0363\".");
  }
}

void read_rules(Reading& reading, const Json& json, Manifest& manifest) {
  const auto found = json.find("regels");
  if (found == json.end() || !found->is_object() || found->empty()) {
    reading.wrong("regels", "verwacht minstens één regel.", "Schrijf {\"regelnaam\": \"bestand.lua\"}.");
    return;
  }
  for (const auto& [name, file] : found->items()) {
    const std::string field = "regels." + name;
    const Rule* rule = find_rule(name);
    if (rule == nullptr) {
      const auto why = forbidden_decision(name);
      std::vector<std::string_view> names;
      for (const Rule& one : catalogue()) names.push_back(one.name);
      const std::string near = nearest_word(name, names);
      reading.wrong(field, why ? *why : "deze regel bestaat niet.",
                    why            ? "Haal de regel weg."
                    : near.empty() ? "Kies een naam uit 'draad rule list'."
                                   : "Bedoelde u '" + near + "'? 'draad rule list' noemt ze alle.");
      continue;
    }
    if ((rule->override_by == Override::alleen_regio && manifest.level != Level::regio) ||
        (rule->override_by == Override::alleen_gemeente && manifest.level != Level::gemeente)) {
      reading.wrong(field, "mag beantwoord worden door: " + std::string(to_string(rule->override_by)) + ".",
                    "Zet de regel in een plugin van dat niveau.");
    }
    if (!file.is_string() || !file.get<std::string>().ends_with(".lua") ||
        file.get<std::string>().find('/') != std::string::npos) {
      reading.wrong(field, "verwacht de naam van een .lua-bestand in dezelfde map.",
                    "Schrijf bijvoorbeeld \"" + name + ".lua\".");
      continue;
    }
    manifest.rules[name] = file.get<std::string>();
  }
}

void read_facts(Reading& reading, const Json& json, Manifest& manifest) {
  manifest.reads = reading.texts(json, "leest", true);
  for (const std::string& fact : manifest.reads) {
    if (const auto why = forbidden_fact(fact)) {
      reading.wrong("leest", *why, "Haal het feit weg.");
      continue;
    }
    const bool known = std::ranges::any_of(manifest.rules, [&](const auto& entry) {
      const Rule* rule = find_rule(entry.first);
      return rule != nullptr && std::ranges::find(rule->reads, fact, &Field::name) != rule->reads.end();
    });
    if (!known) {
      reading.wrong("leest", "geen van de regels van deze plugin krijgt het feit '" + fact.substr(0, 64) + "'.",
                    "Zie 'draad rule list': daar staat welke feiten een regel krijgt.");
    }
  }
}

void read_sources(Reading& reading, const Json& json, Manifest& manifest) {
  const auto found = json.find("bronnen");
  if (found == json.end() || !found->is_array() || found->empty()) {
    reading.wrong("bronnen", "verwacht minstens één bron.",
                  "Schrijf [{\"code\", \"kenmerk\", \"titel\", \"vindplaats\"}].");
    return;
  }
  static const std::set<std::string> kTags = {"S", "V", "U", "P"};
  std::size_t index = 0;
  for (const Json& item : *found) {
    const std::string field = "bronnen[" + std::to_string(++index) + "]";
    if (!item.is_object()) {
      reading.wrong(field, "verwacht een bron met velden.",
                    "Schrijf {\"code\", \"kenmerk\", \"titel\", \"vindplaats\"}.");
      continue;
    }
    Source source{reading.text(item, "code"), reading.text(item, "kenmerk"), reading.text(item, "titel", true, 400),
                  reading.text(item, "vindplaats", false, 400)};
    if (!source.tag.empty() && !kTags.contains(source.tag)) {
      reading.wrong(field + ".kenmerk", "verwacht S, V, U of P.",
                    "S: Kamerstuk, V: gelezen bron, U: niet nagegaan, P: eigen keuze.");
    }
    manifest.sources.push_back(std::move(source));
  }
}

}  // namespace

std::optional<Manifest> parse_manifest(const std::string& text, const std::string& place,
                                       std::vector<Finding>& findings) {
  Reading reading(place, findings);
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded() || !json.is_object()) {
    reading.wrong("(hele bestand)", "is geen geldige JSON.", "Kijk naar komma's en aanhalingstekens.");
    return std::nullopt;
  }
  static const std::set<std::string> kFields = {
      "$schema",          "api",    "naam",  "omschrijving", "versie", "geldig_vanaf", "geldig_tot", "eigenaar",
      "goedgekeurd_door", "niveau", "regio", "gemeenten",    "regels", "leest",        "bronnen",    "opmerkingen"};
  for (const auto& [field, value] : json.items()) {
    if (kFields.contains(field)) continue;
    const std::string near = nearest_word(field, std::vector<std::string_view>(kFields.begin(), kFields.end()));
    reading.wrong(field, "dit veld bestaat niet.", near.empty() ? "Haal het weg." : "Bedoelde u \"" + near + "\"?");
  }
  Manifest manifest;
  const auto api = json.find("api");
  if (api == json.end() || !api->is_number_integer() || *api != 1) {
    reading.wrong("api", "verwacht 1.", "Schrijf \"api\": 1.");
  }
  manifest.name = reading.text(json, "naam");
  if (!manifest.name.empty() && !is_name(manifest.name)) {
    reading.wrong("naam", "verwacht kleine letters, cijfers en streepjes.",
                  "Schrijf bijvoorbeeld \"noord-holland-noord\".");
  }
  if (manifest.name == "landelijk")
    reading.wrong("naam", "'landelijk' is de naam van het landelijke antwoord.", "Kies een andere naam.");
  manifest.purpose = reading.text(json, "omschrijving", true, 500);
  manifest.version = reading.text(json, "versie");
  if (!manifest.version.empty() && !is_version(manifest.version))
    reading.wrong("versie", "verwacht drie getallen.", "Schrijf bijvoorbeeld \"1.0.0\".");
  if (const auto from = reading.date(json, "geldig_vanaf", true)) manifest.valid_from = *from;
  manifest.valid_to = reading.date(json, "geldig_tot", false);
  if (manifest.valid_to && *manifest.valid_to <= manifest.valid_from) {
    reading.wrong("geldig_tot", "ligt niet na geldig_vanaf.",
                  "geldig_tot is de eerste dag waarop de plugin niet meer geldt.");
  }
  manifest.owner = reading.text(json, "eigenaar");
  manifest.approved_by = reading.text(json, "goedgekeurd_door", false);
  read_place(reading, json, manifest);
  read_rules(reading, json, manifest);
  read_facts(reading, json, manifest);
  read_sources(reading, json, manifest);
  if (!reading.good()) return std::nullopt;
  return manifest;
}

}  // namespace draad::rules
