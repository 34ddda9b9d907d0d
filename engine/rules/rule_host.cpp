#include "engine/rules/rule_host.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <thread>

#include "engine/rules/internal/lua_call.h"
#include "engine/rules/internal/national.h"
#include "engine/rules/internal/state_pool.h"
#include "engine/rules/plugin_set.h"

namespace draad::rules {

std::string_view to_string(Link link) {
  switch (link) {
    case Link::gemeente:
      return "gemeente";
    case Link::regio:
      return "regio";
    case Link::landelijk:
      return "landelijk";
  }
  return "";
}

std::string_view to_string(FaultKind kind) {
  switch (kind) {
    case FaultKind::error:
      return "fout";
    case FaultKind::steps_spent:
      return "rekenbudget op";
    case FaultKind::memory_spent:
      return "geheugenbudget op";
    case FaultKind::time_spent:
      return "tijdbudget op";
    case FaultKind::answer_invalid:
      return "antwoord past niet";
  }
  return "";
}

struct RuleHost::Inside {
  explicit Inside(const Budget& given) : budget(given), pool(given) {}

  Budget budget;
  mutable lua::StatePool pool;
  mutable lua::ChunkStore chunks;
  std::mutex loading;  // One load at a time.
  std::atomic<std::shared_ptr<const PluginSet>> plugins{
      std::make_shared<const PluginSet>(std::vector<std::shared_ptr<const LoadedPlugin>>())};
};

RuleHost::RuleHost(Budget budget) : inside_(std::make_unique<Inside>(budget)) {}
RuleHost::~RuleHost() = default;

std::shared_ptr<const PluginSet> RuleHost::plugins() const {
  return inside_->plugins.load();
}

RuleHost::Counters RuleHost::counters() const {
  return inside_->pool.counters();
}

namespace {

Link link_of(const Claim& claim) {
  return claim.plugin->plugin.manifest.level == Level::gemeente ? Link::gemeente : Link::regio;
}

void take_national(const Rule& rule, const Facts& facts, Answer& answer) {
  NationalAnswer national = rule.national(facts);
  answer.facts = std::move(national.facts);
  answer.reason = std::move(national.reason);
  answer.basis = std::move(national.basis);
  answer.source = "landelijk";
  answer.version = kNationalVersion;
  answer.link = Link::landelijk;
}

void take_plugin(const Claim& claim, lua::LinkAnswer&& given, Answer& answer) {
  const Manifest& manifest = claim.plugin->plugin.manifest;
  answer.facts = std::move(given.facts);
  answer.reason = std::move(given.reason);
  answer.basis = std::move(given.basis);
  if (answer.basis.empty() && !manifest.sources.empty()) {
    const Source& source = manifest.sources.front();
    answer.basis = source.code + " (" + source.tag + ")";
  }
  answer.source = manifest.name;
  answer.version = manifest.version;
  answer.link = link_of(claim);
}

void ask_plugins(lua::State& state, const Budget& budget, lua::Call& call, Answer& answer) {
  lua::LinkAnswer given;
  std::string wrong;
  bool fits = false;
  const auto failure = state.run(budget, [&](lua_State*) { fits = lua::run_chain(state, call, given, wrong); });
  answer.faults = std::move(call.faults);
  if (!failure && fits) {
    take_plugin(call.chain.links[0], std::move(given), answer);
  } else {
    answer.faults.push_back(lua::make_fault(call, failure.value_or(lua::Failure{}), wrong));
    call.asked[Chain::kLinksMax] = true;
    take_national(*call.rule, *call.facts, answer);
  }
  for (std::size_t i = 0; i < call.chain.count; ++i) {
    if (call.asked[i]) answer.asked.push_back(link_of(call.chain.links[i]));
  }
  if (call.asked[Chain::kLinksMax]) answer.asked.push_back(Link::landelijk);
}

}  // namespace

Result<Answer> RuleHost::answer(std::string_view rule, std::string_view gemeente, const Facts& facts, Date on) const {
  const auto start = std::chrono::steady_clock::now();
  const Rule* found = find_rule(rule);
  if (found == nullptr) {
    if (const auto why = forbidden_decision(rule)) return Error{ErrorCode::denied, *why, std::string(rule)};
    return Error{ErrorCode::not_found,
                 "Expected a rule of the catalogue (draad rule list), but found '" + std::string(rule) + "'",
                 std::string(rule)};
  }
  Answer answer;
  const std::shared_ptr<const PluginSet> plugins = inside_->plugins.load();
  lua::Call call;
  call.chain = plugins->chain(*found, gemeente, on);
  if (call.chain.count == 0) {
    take_national(*found, facts, answer);
    answer.asked.push_back(Link::landelijk);
  } else {
    const std::string date = draad::to_string(on);
    call.rule = found;
    call.gemeente = gemeente;
    call.date = date;
    call.facts = &facts;
    if (const lua::Lease state = inside_->pool.lease()) {
      ask_plugins(*state, inside_->budget, call, answer);
    } else {
      lua::Failure no_memory;
      no_memory.kind = FaultKind::memory_spent;
      answer.faults.push_back(lua::make_fault(call, no_memory, ""));
      answer.asked.push_back(Link::landelijk);
      take_national(*found, facts, answer);
    }
  }
  answer.duration = std::chrono::steady_clock::now() - start;
  return answer;
}

Result<Facts> RuleHost::run_script(std::string_view format, std::string_view script, const Facts& facts) const {
  std::string language(format);
  std::ranges::transform(language, language.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (language != "lua" && language != "application/x-lua" && language != "text/x-lua") {
    return Error{ErrorCode::unsupported, "Expected a script in Lua, but its format is '" + std::string(format) + "'",
                 ""};
  }
  if (script.size() > inside_->budget.source_bytes) {
    return Error{
        ErrorCode::limit,
        "Expected a script of at most " + std::to_string(inside_->budget.source_bytes) + " bytes, but it is longer",
        "script.lua"};
  }
  const auto chunk = inside_->chunks.intern("script.lua", script);
  const lua::Lease state = inside_->pool.lease();
  if (!state) return Error{ErrorCode::limit, "Expected memory for a Lua state, but there is none", "script.lua"};
  Value value;
  std::string wrong;
  bool fits = false;
  const auto failure =
      state->run(inside_->budget, [&](lua_State*) { fits = lua::run_free(*state, *chunk, &facts, value, wrong); });
  if (failure) {
    const std::string where = "script.lua" + (failure->line > 0 ? ":" + std::to_string(failure->line) : std::string());
    if (failure->kind != FaultKind::error) {
      return Error{ErrorCode::limit,
                   "Expected the script to end within its budget, but: " + std::string(to_string(failure->kind)),
                   where};
    }
    return Error{ErrorCode::invalid,
                 "Expected the script to run, but " +
                     (failure->raised_by_script ? std::string("it raised an error of its own") : failure->message),
                 where};
  }
  if (!fits) return Error{ErrorCode::invalid, "Expected the script to return facts, but: " + wrong, "script.lua"};
  if (Facts* given = std::get_if<Facts>(&value.content)) return std::move(*given);
  const List* empty = value.get_if<List>();
  if (value.is_null() || (empty != nullptr && empty->empty())) return Facts{};
  return Error{ErrorCode::invalid,
               "Expected the script to return a table of facts, but it returned " + std::string(type_name(value)),
               "script.lua"};
}

namespace {

// What identifies a plugin across loads: its folder, or for one made in memory its name and version.
bool same_place(const Plugin& a, const Plugin& b) {
  if (!a.folder.empty() || !b.folder.empty()) return a.folder == b.folder;
  return a.manifest.name == b.manifest.name && a.manifest.version == b.manifest.version;
}

Finding refused(const Plugin& plugin, std::string code, std::string message, std::string mend) {
  Finding finding;
  finding.code = std::move(code);
  finding.process = plugin.manifest.name;
  finding.elements = {plugin.manifest.name + " " + plugin.manifest.version};
  finding.message = std::move(message);
  finding.mend = std::move(mend);
  return finding;
}

std::string place_of(const Plugin& plugin) {
  return plugin.folder.empty() ? plugin.manifest.name : plugin.folder.filename().string();
}

}  // namespace

std::vector<Finding> RuleHost::load(PluginReading reading) {
  const std::lock_guard lock(inside_->loading);
  const std::shared_ptr<const PluginSet> before = inside_->plugins.load();
  std::vector<Finding> findings = std::move(reading.findings);
  std::vector<std::shared_ptr<const LoadedPlugin>> accepted;
  std::vector<bool> keep(before->plugins().size(), false);
  const auto keep_old = [&](auto&& which) {
    for (std::size_t i = 0; i < keep.size(); ++i) {
      if (which(before->plugins()[i]->plugin)) keep[i] = true;
    }
  };
  for (const auto& folder : reading.refused) {
    keep_old([&](const Plugin& old) { return old.folder == folder; });
  }
  const lua::Lease state = inside_->pool.lease();
  for (Plugin& plugin : reading.plugins) {
    auto loaded = std::make_shared<LoadedPlugin>();
    bool good = static_cast<bool>(state);
    for (const auto& [name, file] : plugin.manifest.rules) {
      LoadedRule rule;
      rule.rule = find_rule(name);
      rule.file = file;
      const auto text = plugin.files.find(file);
      if (rule.rule == nullptr || text == plugin.files.end()) {
        findings.push_back(refused(
            plugin, "plugin.regel",
            place_of(plugin) + ": de regel '" + name + "' bestaat niet, of het bestand '" + file + "' ontbreekt.",
            "Kies een regel uit 'draad rule list' en zet het bestand in de map."));
        good = false;
        continue;
      }
      for (const Field& fact : rule.rule->reads) {
        if (std::ranges::binary_search(plugin.manifest.reads, fact.name)) rule.reads.push_back(fact.name);
      }
      std::ranges::sort(rule.reads);
      rule.chunk = inside_->chunks.intern(file, text->second);
      std::optional<lua::Failure> failure;
      if (text->second.size() > inside_->budget.source_bytes) {
        findings.push_back(refused(plugin, "plugin.te_groot", place_of(plugin) + "/" + file + " is te groot.",
                                   "Houd een regel onder 64 KB."));
        good = false;
      } else if (state &&
                 (failure = state->run(inside_->budget, [&](lua_State*) { state->push_chunk(*rule.chunk); }))) {
        Finding finding =
            refused(plugin, "plugin.syntaxis",
                    place_of(plugin) + "/" + file + ":" + std::to_string(failure->line) + ": " + failure->message,
                    "Herstel de Lua-tekst; 'draad plugin check' wijst de regel aan.");
        finding.line = failure->line;
        findings.push_back(std::move(finding));
        good = false;
      }
      loaded->rules.push_back(std::move(rule));
    }
    if (!good) {
      keep_old([&](const Plugin& old) { return same_place(old, plugin) || old.manifest.name == plugin.manifest.name; });
      continue;
    }
    loaded->plugin = std::move(plugin);
    accepted.push_back(std::move(loaded));
  }
  // What was loaded before and is still the same goes first, so that an overlap falls on the newcomer.
  std::ranges::stable_sort(accepted, {}, [&](const auto& loaded) {
    return std::ranges::none_of(before->plugins(),
                                [&](const auto& old) { return same_place(old->plugin, loaded->plugin); });
  });
  std::vector<std::shared_ptr<const LoadedPlugin>> all;
  for (std::size_t i = 0; i < keep.size(); ++i) {
    if (keep[i] && std::ranges::none_of(accepted, [&](const auto& fresh) {
          return same_place(fresh->plugin, before->plugins()[i]->plugin);
        })) {
      all.push_back(before->plugins()[i]);
    }
  }
  std::ranges::copy(accepted, std::back_inserter(all));
  std::vector<const Plugin*> plugins;
  for (const auto& loaded : all) plugins.push_back(&loaded->plugin);
  for (const Overlap& overlap : overlaps(plugins)) {
    const auto out = std::ranges::find_if(all, [&](const auto& loaded) { return &loaded->plugin == overlap.second; });
    if (out == all.end()) continue;
    findings.push_back(refused(*overlap.second, "plugin.overlap",
                               place_of(*overlap.second) + " en " + place_of(*overlap.first) + " willen allebei '" +
                                   overlap.rule + "' beantwoorden voor " + overlap.municipalities.front() +
                                   (overlap.municipalities.size() > 1 ? " en andere gemeenten" : "") +
                                   ", op dezelfde dagen.",
                               "Laat één van beide de regel los, of laat de geldigheid aansluiten."));
    const std::shared_ptr<const LoadedPlugin> newcomer = *out;
    all.erase(out);
    // The version it would have replaced goes on answering, when that one fits.
    for (const auto& old : before->plugins()) {
      if (!same_place(old->plugin, newcomer->plugin) || std::ranges::find(all, old) != all.end()) continue;
      std::vector<const Plugin*> with{&old->plugin};
      for (const auto& loaded : all) with.push_back(&loaded->plugin);
      if (overlaps(with).empty()) all.push_back(old);
    }
  }
  inside_->plugins.store(std::make_shared<const PluginSet>(std::move(all)));
  return findings;
}

}  // namespace draad::rules
