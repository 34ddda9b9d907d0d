// Plugins from disk. A file that is too large, or no file, is a finding; nothing outside the plugin's own folder is
// opened.
#include <algorithm>
#include <fstream>
#include <iterator>

#include "engine/rules/manifest.h"

namespace draad::rules {
namespace {

namespace fs = std::filesystem;
constexpr std::uintmax_t kFileBytesMax = 256u << 10;

Finding unreadable(const std::string& place, const std::string& message, const std::string& mend) {
  Finding finding;
  finding.code = "plugin.bestand";
  finding.process = place;
  finding.elements = {place};
  finding.message = place + ": " + message;
  finding.mend = mend;
  return finding;
}

std::optional<std::string> read_file(const fs::path& path, const std::string& place, std::vector<Finding>& findings) {
  std::error_code failed;
  const fs::file_status status = fs::symlink_status(path, failed);
  if (failed || !fs::is_regular_file(status)) {
    findings.push_back(unreadable(place, "bestaat niet, of is geen gewoon bestand.",
                                  "Zet het bestand zelf in de map, geen verwijzing."));
    return std::nullopt;
  }
  const std::uintmax_t size = fs::file_size(path, failed);
  if (failed || size > kFileBytesMax) {
    findings.push_back(unreadable(place, "is groter dan 256 KB.", "Houd bestanden van een plugin klein."));
    return std::nullopt;
  }
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file.good() && !file.eof()) {
    findings.push_back(unreadable(place, "kan niet gelezen worden.", "Kijk naar de rechten van het bestand."));
    return std::nullopt;
  }
  return text;
}

std::vector<fs::path> entries(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
    found.push_back(at->path());
  std::ranges::sort(found);
  return found;
}

// Every *.lua of a folder, by file name.
bool read_texts(const fs::path& folder, const std::string& place, std::map<std::string, std::string>& texts,
                std::vector<Finding>& findings) {
  bool good = true;
  for (const fs::path& path : entries(folder)) {
    if (path.extension() != ".lua") continue;
    const std::string name = path.filename().string();
    if (auto text = read_file(path, place + "/" + name, findings)) {
      texts[name] = std::move(*text);
    } else {
      good = false;
    }
  }
  return good;
}

}  // namespace

std::optional<Plugin> read_plugin(const fs::path& folder, std::vector<Finding>& findings) {
  const std::string place = folder.filename().string();
  const auto json = read_file(folder / "plugin.json", place + "/plugin.json", findings);
  if (!json) return std::nullopt;
  const auto manifest = parse_manifest(*json, place + "/plugin.json", findings);
  Plugin plugin;
  plugin.folder = folder;
  bool good = read_texts(folder, place, plugin.files, findings);
  good = read_texts(folder / "tests", place + "/tests", plugin.tests, findings) && good;
  if (!manifest || !good) return std::nullopt;
  plugin.manifest = *manifest;
  for (const auto& [rule, file] : manifest->rules) {
    if (plugin.files.contains(file)) continue;
    findings.push_back(unreadable(place + "/" + file, "ontbreekt, maar plugin.json noemt het bij '" + rule + "'.",
                                  "Zet het bestand in de map."));
    good = false;
  }
  if (!good) return std::nullopt;
  return plugin;
}

PluginReading read_plugins(const fs::path& root) {
  PluginReading reading;
  std::error_code failed;
  if (!fs::is_directory(root, failed)) {
    reading.findings.push_back(
        unreadable(root.filename().string(), "is geen map met plugins.", "Wijs de map 'plugins' aan."));
    return reading;
  }
  for (const fs::path& folder : entries(root)) {
    if (!fs::is_directory(folder, failed) || !fs::exists(folder / "plugin.json", failed)) continue;
    if (auto plugin = read_plugin(folder, reading.findings)) {
      reading.plugins.push_back(std::move(*plugin));
    } else {
      reading.refused.push_back(folder);
    }
  }
  return reading;
}

}  // namespace draad::rules
