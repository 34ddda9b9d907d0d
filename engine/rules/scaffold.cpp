// `draad plugin new` and `draad plugin types`: a plugin whose tests pass at once, and annotations for the Lua language
// server.
#include <algorithm>
#include <fstream>
#include <ostream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "engine/rules/print_rules.h"

namespace draad::rules {
namespace {

std::string lua_type(const Field& field) {
  switch (field.type) {
    case FieldType::janee:
      return "boolean";
    case FieldType::getal:
      return "number";
    case FieldType::tekst:
    case FieldType::moment:
      return "string";
    case FieldType::datum:
      return "datum";
    case FieldType::duur:
      return "duur";
    case FieldType::keuze: {
      std::string text;
      for (const std::string& choice : field.choices) text += (text.empty() ? "\"" : "|\"") + choice + "\"";
      return text;
    }
    case FieldType::lijst: {
      const std::string item = lua_type(field.inside.front());
      return item.find('|') != std::string::npos ? "(" + item + ")[]" : item + "[]";
    }
    case FieldType::groep: {
      std::string text = "{ ";
      for (const Field& inner : field.inside)
        text += inner.name + (inner.may_be_empty ? "?: " : ": ") + lua_type(inner) + ", ";
      return text + "}";
    }
  }
  return "any";
}

std::string class_name(std::string_view rule) {
  std::string name;
  bool start = true;
  for (const char c : rule) {
    if (c == '.' || c == '_') {
      start = true;
    } else {
      name.push_back(start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
      start = false;
    }
  }
  return name;
}

Result<Done> write(const std::filesystem::path& path, const std::string& text) {
  std::error_code failed;
  std::filesystem::create_directories(path.parent_path(), failed);
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) return Error{ErrorCode::unavailable, "Expected to write a file, but could not", path.string()};
  return Done{};
}

}  // namespace

void print_lua_types(std::ostream& out) {
  out << "---@meta\n-- Gemaakt door 'draad plugin types'. Voor de Lua-taalserver; de engine leest dit niet.\n\n"
         "---@alias datum string  Een datum, \"2026-03-02\".\n---@alias duur string  Een duur, \"P5D\" of "
         "\"PT24H\".\n\n"
         "---@class Datum\ndatum = {}\n---@param dag datum\n---@param duur duur\n---@return datum\nfunction "
         "datum.plus(dag, duur) end\n"
         "---@param van datum\n---@param tot datum\n---@return integer\nfunction datum.dagen_tussen(van, tot) end\n"
         "---@param dag datum\n---@return integer  1 (maandag) tot en met 7\nfunction datum.weekdag(dag) end\n\n"
         "-- Het antwoord van de volgende schakel: de regio, of het landelijke antwoord.\n---@param ctx "
         "table\n---@return table\nfunction landelijk(ctx) end\n";
  for (const Rule& rule : catalogue()) {
    const std::string name = class_name(rule.name);
    out << "\n-- " << rule.name << ": " << rule.purpose << "\n---@class Feiten" << name << "\n";
    for (const Field& field : rule.reads)
      out << "---@field " << field.name << (field.may_be_empty ? "? " : " ") << lua_type(field) << "  " << field.purpose
          << "\n";
    out << "---@class Ctx" << name << "\n---@field feiten Feiten" << name
        << "\n---@field gemeente string\n---@field datum datum\n---@field regel string\n";
    out << "---@class Antwoord" << name << "\n";
    for (const Field& field : rule.gives)
      out << "---@field " << field.name << (field.may_be_empty ? "? " : " ") << lua_type(field) << "  " << field.purpose
          << "\n";
    out << "---@field reden string  Waarom, in gewone taal.\n---@field bron? string\n";
    out << "---@alias Regel" << name << " fun(ctx: Ctx" << name << "): Antwoord" << name << "\n";
  }
}

Result<Done> new_plugin(const std::filesystem::path& root, const std::string& name, const std::string& rule_name,
                        Date today) {
  const Rule* rule = find_rule(rule_name);
  if (rule == nullptr)
    return Error{ErrorCode::not_found, "De regel '" + rule_name + "' bestaat niet; 'draad rule list' noemt ze.",
                 rule_name};
  const std::filesystem::path folder = root / name;
  std::error_code failed;
  if (std::filesystem::exists(folder, failed)) return Error{ErrorCode::conflict, "De map bestaat al.", folder.string()};
  std::vector<Finding> findings;
  const nlohmann::ordered_json manifest = {
      {"$schema", "../plugin.schema.json"},
      {"api", 1},
      {"naam", name},
      {"omschrijving", "Wat verandert er, in één zin"},
      {"versie", "0.1.0"},
      {"geldig_vanaf", draad::to_string(today)},
      {"geldig_tot", nullptr},
      {"eigenaar", "functie, geen naam van een persoon"},
      {"goedgekeurd_door", ""},
      {"niveau", "gemeente"},
      {"gemeenten", {"GM9901"}},
      {"regels", {{rule_name, rule_name + ".lua"}}},
      {"leest", nlohmann::ordered_json::array()},
      {"bronnen", {{{"code", "bron1"}, {"kenmerk", "P"}, {"titel", "Waar staat dit?"}, {"vindplaats", ""}}}}};
  const std::string text = manifest.dump(2) + "\n";
  if (!parse_manifest(text, name, findings))
    return Error{ErrorCode::invalid, findings.front().message + " " + findings.front().mend, name};
  DRAAD_TRY_DONE(write(folder / "plugin.json", text));
  const std::string type = class_name(rule_name);
  DRAAD_TRY_DONE(write(
      folder / (rule_name + ".lua"),
      "-- Zeg hier in gewone taal wat er anders is; 'draad plugin describe' laat deze regels zien.\n---@type Regel" +
          type +
          "\nreturn function(ctx)\n  local antwoord = landelijk(ctx)\n  antwoord.reden = \"Zeg hier waarom.\"\n  "
          "return antwoord\nend\n"));
  std::string given;
  for (const Field& field : rule->reads) {
    if (!field.may_be_empty && field.type == FieldType::getal)
      given += (given.empty() ? "" : ", ") + field.name + " = 1";
  }
  DRAAD_TRY_DONE(write(folder / "tests" / (name + "_test.lua"),
                       "return {\n  {\n    naam = \"deze plugin antwoordt\",\n    regel = \"" + rule_name +
                           "\", gemeente = \"GM9901\", datum = \"" + draad::to_string(today) + "\",\n    feiten = {" +
                           (given.empty() ? "" : " " + given + " ") +
                           "},\n    verwacht = {},\n    reden_bevat = \"waarom\",\n  },\n}\n"));
  return write(folder / "README.md", "# " + name + "\n\n**Wat verandert er?** " + rule->purpose +
                                         "\n\n**Voor wie?**\n\n**Op welke bron?**\n\n**Niet zeker:**\n");
}

}  // namespace draad::rules
