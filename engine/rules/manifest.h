// engine/rules/manifest.h
//
// A plugin: the folder plugins/<name>/ with plugin.json, one <rule>.lua per rule, tests/*.lua and a README. Reading
// reports every fault of a folder at once, each with file, field and mend.
//
//   {
//     "api": 1,
//     "naam": "noord-holland-noord",
//     "omschrijving": "Wekelijkse weging met een vaste sluittijd",
//     "versie": "1.0.0",
//     "geldig_vanaf": "2024-01-01",
//     "geldig_tot": null,                       (the first day it no longer holds)
//     "eigenaar": "Zorg- en Veiligheidshuis ... (functie, geen naam)",
//     "goedgekeurd_door": "...",
//     "niveau": "regio",                        (or "gemeente")
//     "regio": "Noord-Holland Noord",           (niveau regio only)
//     "gemeenten": ["GM0361", ...],             (CBS codes)
//     "regels": {"zvh.aanmelding": "zvh.aanmelding.lua"},
//     "leest": ["acuut"],
//     "bronnen": [{"code": "X09", "kenmerk": "V", "titel": "...", "vindplaats": "..."}]
//   }
//
// Two versions side by side: two folders with the same `naam`, another `versie`, and validity dates that do not
// overlap.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/finding.h"
#include "engine/core/time.h"

namespace draad::rules {

enum class Level { gemeente, regio };

struct Source {
  std::string code;  // Row of the dossier or own code.
  std::string tag;   // S, V, U or P.
  std::string title;
  std::string place;  // Where to find it.
};

struct Manifest {
  int api = 1;
  std::string name;
  std::string purpose;
  std::string version;
  Date valid_from{};
  std::optional<Date> valid_to;  // Exclusive.
  std::string owner;
  std::string approved_by;
  Level level = Level::gemeente;
  std::string region;
  std::vector<std::string> municipalities;   // Ordered, unique.
  std::map<std::string, std::string> rules;  // Rule -> file.
  std::vector<std::string> reads;            // Facts, ordered, unique.
  std::vector<Source> sources;
};

struct Plugin {
  Manifest manifest;
  std::filesystem::path folder;              // Where it was read; empty for one made in memory.
  std::map<std::string, std::string> files;  // Lua source by file name.
  std::map<std::string, std::string> tests;  // tests/*.lua by file name.
};

struct PluginReading {
  std::vector<Plugin> plugins;                 // Those without an error.
  std::vector<std::filesystem::path> refused;  // Folders of the others.
  std::vector<Finding> findings;               // Of all of them.
};

// `place` is what findings call the file.
[[nodiscard]] std::optional<Manifest> parse_manifest(const std::string& json, const std::string& place,
                                                     std::vector<Finding>& findings);
[[nodiscard]] std::optional<Plugin> read_plugin(const std::filesystem::path& folder, std::vector<Finding>& findings);
// Every folder below `root` that holds a plugin.json. A missing root gives no plugins and one finding.
[[nodiscard]] PluginReading read_plugins(const std::filesystem::path& root);

}  // namespace draad::rules
