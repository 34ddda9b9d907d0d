#include "engine/rules/testkit.h"

#include <algorithm>
#include <ostream>
#include <set>

#include "engine/rules/internal/lua_call.h"

namespace draad::rules {
namespace {

// Lua has no value for "this field is empty" inside a table, so the kit gives tests a name for it.
constexpr std::string_view kPreamble = "local leeg <const> = { ['(leeg)'] = true } ";

bool is_empty_mark(const Value& value) {
  const Facts* group = value.get_if<Facts>();
  return group != nullptr && group->contains("(leeg)");
}

// What a test wrote as text becomes what the field means. Text that does not fit is left: the comparison will say so.
void coerce(const Field& field, Value& value) {
  if (is_empty_mark(value)) {
    value = Null{};
    return;
  }
  if (const std::string* text = value.get_if<std::string>()) {
    const auto take = [&](auto read) {
      if (read) value = *std::move(read);
    };
    if (field.type == FieldType::datum)
      take(parse_date(*text));
    else if (field.type == FieldType::moment)
      take(parse_instant(*text));
    else if (field.type == FieldType::duur)
      take(parse_duration(*text));
    return;
  }
  if (field.type == FieldType::lijst) {
    if (List* list = std::get_if<List>(&value.content)) {
      for (Value& item : *list) coerce(field.inside.front(), item);
    }
  }
  if (field.type == FieldType::groep) {
    if (Facts* group = std::get_if<Facts>(&value.content)) {
      for (const Field& inner : field.inside) {
        if (const auto found = group->find(inner.name); found != group->end()) coerce(inner, found->second);
      }
    }
  }
}

// Groups need hold no more than what was expected of them.
bool fits(const Value& expected, const Value& actual) {
  if (const Facts* group = expected.get_if<Facts>()) {
    const Facts* other = actual.get_if<Facts>();
    return other != nullptr && std::ranges::all_of(*group, [&](const auto& entry) {
             const auto found = other->find(entry.first);
             return found != other->end() ? fits(entry.second, found->second) : entry.second.is_null();
           });
  }
  if (const List* list = expected.get_if<List>()) {
    const List* other = actual.get_if<List>();
    return other != nullptr && std::ranges::equal(*list, *other, fits);
  }
  return expected == actual;
}

std::string shown(const Value& value) {
  if (const List* list = value.get_if<List>()) {
    std::string text;
    for (const Value& item : *list) text += (text.empty() ? "" : ", ") + shown(item);
    return "[" + text + "]";
  }
  if (const Facts* group = value.get_if<Facts>()) {
    std::string text;
    for (const auto& [name, item] : *group) text += (text.empty() ? "" : ", ") + name + "=" + shown(item);
    return "{" + text + "}";
  }
  return value.is_null() ? "leeg" : to_text(value);
}

// One case of a test file.
class Case {
 public:
  Case(const RuleHost& host, const Plugin& plugin, const Facts& given) : host_(host), plugin_(plugin), given_(given) {}

  // What is wrong; "" when nothing is.
  std::string run() {
    static const std::set<std::string> kKnown = {"naam",     "regel",  "gemeente",    "datum",  "feiten",
                                                 "verwacht", "aantal", "reden_bevat", "schakel"};
    for (const auto& [name, value] : given_) {
      if (!kKnown.contains(name)) return "het veld '" + name + "' kent de testkit niet.";
    }
    const Rule* rule = find_rule(text("regel"));
    if (rule == nullptr) return "de regel '" + text("regel") + "' bestaat niet.";
    const auto date = parse_date(text("datum"));
    if (!date) return "'datum' is geen datum zoals \"2026-03-02\".";
    Facts facts = group("feiten");
    for (auto& [name, value] : facts) {
      const auto field = std::ranges::find(rule->reads, name, &Field::name);
      if (field == rule->reads.end()) return "de regel krijgt het feit '" + name + "' niet; zie 'draad rule list'.";
      coerce(*field, value);
    }
    std::erase_if(facts, [](const auto& entry) { return entry.second.is_null(); });
    if (const auto checked = check_facts(*rule, facts); !checked.empty()) return checked;
    const auto answer = host_.answer(rule->name, text("gemeente"), facts, *date);
    if (!answer) return answer.error().message;
    return judge(*rule, *answer);
  }

 private:
  std::string text(const char* name) const {
    const auto found = given_.find(name);
    if (found == given_.end()) return {};
    const std::string* value = found->second.get_if<std::string>();
    return value == nullptr ? std::string() : *value;
  }
  Facts group(const char* name) const {
    const auto found = given_.find(name);
    if (found == given_.end()) return {};
    const Facts* value = found->second.get_if<Facts>();
    return value == nullptr ? Facts() : *value;
  }
  static std::string check_facts(const Rule& rule, const Facts& facts) {
    for (const auto& [name, value] : facts) {
      const auto field = std::ranges::find(rule.reads, name, &Field::name);
      const auto checked = check_fields(std::span(&*field, 1), Facts{{name, value}});
      if (!checked) return "het feit '" + name + "' past niet: " + checked.error().message;
    }
    return {};
  }

  std::string judge(const Rule& rule, const Answer& answer) const {
    if (!answer.faults.empty()) return answer.faults.back().for_owner;
    if (const std::string wanted = text("schakel"); !wanted.empty()) {
      if (wanted != to_string(answer.link))
        return "verwacht een antwoord van '" + wanted + "', maar '" + std::string(to_string(answer.link)) +
               "' antwoordde.";
    } else if (answer.source != plugin_.manifest.name) {
      return "verwacht dat deze plugin antwoordt, maar '" + answer.source +
             "' antwoordde (gemeente en datum in plugin.json?).";
    }
    for (auto& [name, value] : group("verwacht")) {
      const auto field = std::ranges::find(rule.gives, name, &Field::name);
      if (field == rule.gives.end()) return "de regel geeft geen veld '" + name + "'.";
      Value expected = value;
      coerce(*field, expected);
      const auto actual = answer.facts.find(name);
      const Value given = actual == answer.facts.end() ? Value(Null{}) : actual->second;
      if (!fits(expected, given))
        return "veld '" + name + "': verwacht " + shown(expected) + ", gekregen " + shown(given) + ".";
    }
    for (auto& [name, value] : group("aantal")) {
      const auto actual = answer.facts.find(name);
      const List* list = actual == answer.facts.end() ? nullptr : actual->second.get_if<List>();
      if (list == nullptr) return "veld '" + name + "' is geen lijst.";
      if (Value(static_cast<std::int64_t>(list->size())) != value) {
        return "veld '" + name + "': verwacht " + shown(value) + " onderdelen, gekregen " +
               std::to_string(list->size()) + ".";
      }
    }
    if (const std::string part = text("reden_bevat"); answer.reason.find(part) == std::string::npos) {
      return "de reden bevat niet '" + part + "', maar luidt: " + answer.reason;
    }
    return {};
  }

  const RuleHost& host_;
  const Plugin& plugin_;
  const Facts& given_;
};

Budget generous() {
  Budget budget;
  budget.steps = 2'000'000;
  budget.memory_bytes = 16u << 20;
  budget.block_bytes = 2u << 20;
  budget.wall = std::chrono::milliseconds(500);
  return budget;
}

}  // namespace

std::vector<CaseResult> run_plugin_tests(const RuleHost& host, const Plugin& plugin) {
  std::vector<CaseResult> results;
  const auto add = [&](const std::string& file, std::string name, std::string message) {
    const bool passed = message.empty();
    results.push_back({plugin.manifest.name, "tests/" + file, std::move(name), passed, std::move(message)});
  };
  const auto state = lua::State::make(generous());
  lua::ChunkStore chunks;
  for (const auto& [file, source] : plugin.tests) {
    if (state == nullptr) {
      add(file, "(het bestand)", "er is geen geheugen voor de testkit.");
      continue;
    }
    const auto chunk = chunks.intern(file, std::string(kPreamble) + source);
    Value value;
    std::string wrong;
    bool fits_data = false;
    const auto failure =
        state->run(generous(), [&](lua_State*) { fits_data = lua::run_free(*state, *chunk, nullptr, value, wrong); });
    if (failure || !fits_data) {
      const std::string line = failure && failure->line > 0 ? "regel " + std::to_string(failure->line) + ": " : "";
      add(file, "(het bestand)",
          line + (failure ? (failure->message.empty() ? std::string(to_string(failure->kind)) : failure->message)
                          : wrong));
      continue;
    }
    const List* cases = value.get_if<List>();
    if (cases == nullptr || cases->empty()) {
      add(file, "(het bestand)", "geeft geen lijst van gevallen terug (return { { naam = ... }, ... }).");
      continue;
    }
    for (std::size_t i = 0; i < cases->size(); ++i) {
      const Facts* given = (*cases)[i].get_if<Facts>();
      if (given == nullptr) {
        add(file, "geval " + std::to_string(i + 1), "is geen tabel met velden.");
        continue;
      }
      const auto found = given->find("naam");
      const std::string* name = found == given->end() ? nullptr : found->second.get_if<std::string>();
      add(file, name == nullptr ? "geval " + std::to_string(i + 1) : *name, Case(host, plugin, *given).run());
    }
  }
  return results;
}

void print_results(const std::vector<CaseResult>& results, std::chrono::milliseconds took, std::ostream& out) {
  std::set<std::string> plugins;
  std::size_t failed = 0;
  for (const CaseResult& result : results) {
    plugins.insert(result.plugin);
    if (result.passed) continue;
    ++failed;
    out << "FOUT  " << result.plugin << "/" << result.file << ": " << result.name << "\n      " << result.message
        << "\n";
  }
  out << results.size() << " gevallen in " << plugins.size() << (plugins.size() == 1 ? " plugin" : " plugins") << ": ";
  if (failed == 0)
    out << "alles goed";
  else
    out << failed << (failed == 1 ? " gaat fout" : " gaan fout");
  out << " (" << took.count() << " ms)\n";
}

}  // namespace draad::rules
