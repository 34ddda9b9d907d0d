#include "engine/rules/check_plugins.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "engine/rules/catalogue.h"
#include "engine/rules/plugin_set.h"
#include "engine/rules/rule_host.h"

namespace draad::rules {
namespace {

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The source without comments and texts, so that a word in a comment is no use of a fact. Lines stay where they are.
std::string code_only(std::string_view source) {
  std::string code(source);
  const auto blank = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < std::min(to, code.size()); ++i) {
      if (code[i] != '\n') code[i] = ' ';
    }
  };
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (source.substr(i, 4) == "--[[") {
      const auto end = source.find("]]", i);
      const std::size_t to = end == std::string_view::npos ? source.size() : end + 2;
      blank(i, to);
      i = to - 1;
    } else if (source.substr(i, 2) == "--") {
      const std::size_t to = std::min(source.find('\n', i), source.size());
      blank(i, to);
      i = to;
    } else if (source[i] == '"' || source[i] == '\'') {
      std::size_t end = i + 1;
      while (end < source.size() && source[end] != source[i] && source[end] != '\n') end += source[end] == '\\' ? 2 : 1;
      blank(i + 1, end);
      i = end;
    }
  }
  return code;
}

struct Use {
  std::string fact;
  int line = 0;
};

// Facts that are read as `feiten.leeftijd` (also through a local with another name: `local f = ctx.feiten`).
std::vector<Use> uses_of_facts(std::string_view source) {
  const std::string code = code_only(source);
  std::set<std::string> names = {"feiten"};
  for (std::size_t at = code.find("local "); at != std::string::npos; at = code.find("local ", at + 6)) {
    std::size_t end = at + 6;
    while (end < code.size() && is_name_char(code[end])) ++end;
    const std::string name = code.substr(at + 6, end - at - 6);
    std::string_view rest(code);
    rest.remove_prefix(end);
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '=')) rest.remove_prefix(1);
    if (rest.starts_with("ctx.feiten") && (rest.size() == 10 || (rest[10] != '.' && !is_name_char(rest[10]))))
      names.insert(name);
  }
  std::vector<Use> uses;
  int line = 1;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i] == '\n') ++line;
    if (!is_name_char(code[i]) || (i > 0 && is_name_char(code[i - 1]))) continue;
    std::size_t end = i;
    while (end < code.size() && is_name_char(code[end])) ++end;
    if (!names.contains(code.substr(i, end - i)) || end >= code.size() || code[end] != '.') continue;
    std::size_t stop = end + 1;
    while (stop < code.size() && is_name_char(code[stop])) ++stop;
    if (stop > end + 1) uses.push_back({code.substr(end + 1, stop - end - 1), line});
  }
  return uses;
}

class Checker {
 public:
  explicit Checker(const PluginReading& reading, Date today) : reading_(reading), today_(today) {}

  std::vector<Finding> run() {
    findings_ = RuleHost().load(reading_);  // Reading, rules, syntax, overlaps.
    for (const Plugin& plugin : reading_.plugins) {
      facts(plugin);
      files(plugin);
      days(plugin);
      shadowed(plugin);
    }
    return std::move(findings_);
  }

 private:
  void add(const Plugin& plugin, Severity severity, const char* code, const std::string& place, int line,
           const std::string& message, const std::string& mend) {
    Finding finding;
    finding.code = code;
    finding.severity = severity;
    finding.process = plugin.manifest.name;
    finding.elements = {place};
    finding.line = line;
    finding.message = name_of(plugin) + "/" + place + (line > 0 ? ":" + std::to_string(line) : "") + ": " + message;
    finding.mend = mend;
    findings_.push_back(std::move(finding));
  }
  static std::string name_of(const Plugin& plugin) {
    return plugin.folder.empty() ? plugin.manifest.name : plugin.folder.filename().string();
  }

  void facts(const Plugin& plugin) {
    std::set<std::string> read;
    bool walks_all = false;
    for (const auto& [rule_name, file] : plugin.manifest.rules) {
      const Rule* rule = find_rule(rule_name);
      const auto source = plugin.files.find(file);
      if (rule == nullptr || source == plugin.files.end()) continue;
      walks_all = walks_all || source->second.find("pairs(ctx.feiten)") != std::string::npos;
      for (const Use& use : uses_of_facts(source->second)) {
        read.insert(use.fact);
        const bool known = std::ranges::find(rule->reads, use.fact, &Field::name) != rule->reads.end();
        if (!known) {
          add(plugin, Severity::error, "plugin.feit_onbekend", file, use.line,
              "de regel '" + rule_name + "' krijgt het feit '" + use.fact + "' niet.",
              "Zie 'draad rule list " + rule_name + "' voor de feiten die hij wel krijgt.");
        } else if (!std::ranges::binary_search(plugin.manifest.reads, use.fact)) {
          add(plugin, Severity::error, "plugin.feit_niet_gemeld", file, use.line,
              "leest het feit '" + use.fact + "', maar plugin.json noemt het niet bij \"leest\".",
              "Zet \"" + use.fact + "\" bij \"leest\".");
        }
      }
    }
    for (const std::string& fact : plugin.manifest.reads) {
      if (walks_all || read.contains(fact)) continue;
      add(plugin, Severity::warning, "plugin.feit_ongebruikt", "plugin.json", 0,
          "noemt het feit '" + fact + "' bij \"leest\", maar geen regel leest het.",
          "Haal het weg: een plugin krijgt niet meer te zien dan nodig.");
    }
  }

  void files(const Plugin& plugin) {
    for (const auto& [file, source] : plugin.files) {
      const bool used =
          std::ranges::any_of(plugin.manifest.rules, [&](const auto& entry) { return entry.second == file; });
      if (!used)
        add(plugin, Severity::warning, "plugin.bestand_ongebruikt", file, 0,
            "geen regel in plugin.json verwijst naar dit bestand.", "Noem het bij \"regels\" of haal het weg.");
    }
    if (plugin.tests.empty())
      add(plugin, Severity::warning, "plugin.geen_tests", "tests", 0, "er zijn geen tests.",
          "Schrijf er minstens één per regel; 'draad plugin new' geeft een voorbeeld.");
    if (!plugin.folder.empty()) {
      std::error_code failed;
      if (!std::filesystem::exists(plugin.folder / "README.md", failed)) {
        add(plugin, Severity::warning, "plugin.geen_readme", "README.md", 0, "ontbreekt.",
            "Schrijf in gewone taal wat er verandert, voor wie, en op welke bron.");
      }
    }
  }

  void days(const Plugin& plugin) {
    if (plugin.manifest.valid_to && *plugin.manifest.valid_to <= today_) {
      add(plugin, Severity::info, "plugin.verlopen", "plugin.json", 0, "geldt niet meer.",
          "Laat hem staan zolang oude casussen hem noemen, of haal hem weg.");
    }
  }

  // A region's rule that every one of its municipalities answers itself is never reached (unless one asks landelijk).
  void shadowed(const Plugin& plugin) {
    if (plugin.manifest.level != Level::regio) return;
    for (const auto& [rule, file] : plugin.manifest.rules) {
      const bool reached = std::ranges::any_of(plugin.manifest.municipalities, [&](const std::string& place) {
        return std::ranges::none_of(reading_.plugins, [&](const Plugin& other) {
          const auto claim = other.manifest.rules.find(rule);
          if (other.manifest.level != Level::gemeente || claim == other.manifest.rules.end()) return false;
          if (!std::ranges::binary_search(other.manifest.municipalities, place)) return false;
          const auto source = other.files.find(claim->second);
          const bool always = other.manifest.valid_from <= plugin.manifest.valid_from && !other.manifest.valid_to;
          return always && source != other.files.end() && source->second.find("landelijk") == std::string::npos;
        });
      });
      if (!reached) {
        add(plugin, Severity::warning, "plugin.regel_onbereikbaar", file, 0,
            "de regel '" + rule + "' wordt nooit gevraagd: elke gemeente van de regio beantwoordt hem zelf.",
            "Haal de regel weg, of laat de gemeenten landelijk(ctx) vragen.");
      }
    }
  }

  const PluginReading& reading_;
  Date today_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_plugins(const PluginReading& reading, Date today) {
  return Checker(reading, today).run();
}

}  // namespace draad::rules
