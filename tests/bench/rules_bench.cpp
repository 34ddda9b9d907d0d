// What a rule costs. Compare within one run:
//   rule/*            a call through pool, chain and sandbox, 20 facts in and 5 fields out
//   pcall_tables      a pooled lua_pcall of the same function, with the same facts converted into a table and the
//   fields out of one answer/threads    RuleHost::answer on a rule of the catalogue reload_400        read from disk,
//   check and load 400 plugins; `MB` is what they keep
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <lua5.4/lua.hpp>

#include "engine/rules/internal/lua_call.h"
#include "engine/rules/internal/state_pool.h"
#include "engine/rules/print_rules.h"

namespace {

using namespace draad;
using namespace draad::rules;

Facts twenty_facts() {
  Facts facts;
  for (int i = 0; i < 8; ++i) facts["getal_" + std::to_string(i)] = Value(i * 7);
  for (int i = 0; i < 8; ++i) facts["tekst_" + std::to_string(i)] = Value("waarde nummer " + std::to_string(i));
  for (int i = 0; i < 4; ++i) facts["janee_" + std::to_string(i)] = Value(i % 2 == 0);
  return facts;
}

Rule bench_rule() {
  Rule rule;
  rule.name = "bench.regel";
  for (const auto& [name, value] : twenty_facts()) {
    Field field;
    field.name = name;
    rule.reads.push_back(field);
  }
  const std::pair<const char*, FieldType> kGives[] = {{"rol", FieldType::tekst},
                                                      {"partij", FieldType::tekst},
                                                      {"aantal", FieldType::getal},
                                                      {"spoed", FieldType::janee}};
  for (const auto& [name, type] : kGives) {
    Field field;
    field.name = name;
    field.type = type;
    rule.gives.push_back(field);
  }
  rule.national = [](const Facts&) { return NationalAnswer{}; };
  return rule;
}

// Five fields out: four of the rule, and the reason.
constexpr const char* kReadsSix = R"(
return function(ctx)
  local f = ctx.feiten
  local spoed = f.janee_0 and f.getal_3 < 30
  return { rol = spoed and "ZCO" or "AFM", partij = f.tekst_2, aantal = f.getal_1 + f.getal_2, spoed = f.janee_2 or spoed, reden = "zo" }
end)";
constexpr const char* kReadsAll = R"(
return function(ctx)
  local f = ctx.feiten
  local som = f.getal_0 + f.getal_1 + f.getal_2 + f.getal_3 + f.getal_4 + f.getal_5 + f.getal_6 + f.getal_7
  local gelijk = f.tekst_0 == f.tekst_1 or f.tekst_2 == f.tekst_3 or f.tekst_4 == f.tekst_5 or f.tekst_6 == f.tekst_7
  local spoed = f.janee_0 and f.janee_1 or f.janee_2 and f.janee_3
  return { rol = gelijk and "ZCO" or "AFM", partij = f.tekst_2, aantal = som, spoed = spoed, reden = "zo" }
end)";

void rule_call(benchmark::State& bench, const char* source) {
  static const Rule rule = bench_rule();
  lua::ChunkStore chunks;
  auto loaded = std::make_shared<LoadedPlugin>();
  loaded->plugin.manifest.name = "bench";
  loaded->plugin.manifest.municipalities = {"GM9901"};
  LoadedRule one;
  one.rule = &rule;
  one.file = "bench.lua";
  one.chunk = chunks.intern("bench.lua", source);
  for (const Field& field : rule.reads) one.reads.push_back(field.name);
  loaded->rules.push_back(one);
  const PluginSet plugins({loaded});
  lua::StatePool pool{Budget{}};
  const Facts facts = twenty_facts();
  const Date on = parse_date("2026-03-02").value();
  for (auto _ : bench) {
    lua::Call call;
    call.chain = plugins.chain(rule, "GM9901", on);
    call.rule = &rule;
    call.gemeente = "GM9901";
    call.date = "2026-03-02";
    call.facts = &facts;
    const lua::Lease state = pool.lease();
    lua::LinkAnswer answer;
    std::string wrong;
    bool fits = false;
    const auto failure = state->run(Budget{}, [&](lua_State*) { fits = lua::run_chain(*state, call, answer, wrong); });
    if (failure || !fits) bench.SkipWithError(failure ? failure->message.c_str() : wrong.c_str());
    benchmark::DoNotOptimize(answer);
  }
}
void BM_rule_reads_6(benchmark::State& bench) {
  rule_call(bench, kReadsSix);
}
void BM_rule_reads_20(benchmark::State& bench) {
  rule_call(bench, kReadsAll);
}

void push_fact(lua_State* lua, const Value& value) {
  if (const bool* truth = value.get_if<bool>())
    lua_pushboolean(lua, *truth ? 1 : 0);
  else if (const Number* number = value.get_if<Number>())
    lua_pushinteger(lua, number->scaled() / Number::kScale);
  else if (const std::string* text = value.get_if<std::string>())
    lua_pushlstring(lua, text->data(), text->size());
}

void pcall_tables(benchmark::State& bench, const char* source) {
  lua_State* lua = luaL_newstate();
  luaL_openlibs(lua);
  if (luaL_loadstring(lua, source) != LUA_OK || lua_pcall(lua, 0, 1, 0) != LUA_OK)
    bench.SkipWithError("the source does not load");
  const int function = luaL_ref(lua, LUA_REGISTRYINDEX);
  const Facts facts = twenty_facts();
  for (auto _ : bench) {
    lua_rawgeti(lua, LUA_REGISTRYINDEX, function);
    lua_createtable(lua, 0, 1);
    lua_createtable(lua, 0, static_cast<int>(facts.size()));
    for (const auto& [name, value] : facts) {
      lua_pushlstring(lua, name.data(), name.size());
      push_fact(lua, value);
      lua_rawset(lua, -3);
    }
    lua_setfield(lua, -2, "feiten");
    if (lua_pcall(lua, 1, 1, 0) != LUA_OK) bench.SkipWithError(lua_tostring(lua, -1));
    Facts answer;
    for (lua_pushnil(lua); lua_next(lua, -2) != 0; lua_pop(lua, 1)) {
      std::size_t size = 0;
      const char* name = lua_tolstring(lua, -2, &size);
      Value value;
      if (lua_isboolean(lua, -1))
        value = lua_toboolean(lua, -1) != 0;
      else if (lua_isinteger(lua, -1))
        value = static_cast<std::int64_t>(lua_tointeger(lua, -1));
      else if (const char* text = lua_tostring(lua, -1))
        value = std::string(text);
      answer.insert_or_assign(std::string(name, size), std::move(value));
    }
    lua_settop(lua, 0);
    benchmark::DoNotOptimize(answer);
  }
  lua_close(lua);
}
void BM_pcall_tables_reads_6(benchmark::State& bench) {
  pcall_tables(bench, kReadsSix);
}
void BM_pcall_tables_reads_20(benchmark::State& bench) {
  pcall_tables(bench, kReadsAll);
}

void BM_answer(benchmark::State& bench) {
  static RuleHost host;
  if (bench.thread_index() == 0) host.load(read_plugins(std::filesystem::path(DRAAD_SOURCE_DIR) / "plugins"));
  const Facts facts{{"leeftijd", 22}, {"vorm", "seksueel"}};
  const Date on = parse_date("2026-03-02").value();
  for (auto _ : bench) benchmark::DoNotOptimize(host.answer("route.zorgcoordinator", "GM0200", facts, on));
  bench.SetItemsProcessed(bench.iterations());
}

double resident_megabytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  file >> total >> resident;
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1048576.0;
}

// Every municipality and hub its own plugin, each with three rules.
class ManyPlugins {
 public:
  ManyPlugins() {
    std::filesystem::remove_all(root_);
    const Date from = parse_date("2024-01-01").value();
    for (int i = 0; i < 400; ++i) {
      const std::string name = "plugin-" + std::to_string(i);
      if (!new_plugin(root_, name, "route.zorgcoordinator", from)) std::abort();
      edit(root_ / name / "plugin.json", std::to_string(1000 + i));
      for (const char* rule : {"termijn.waarden.lua", "zvh.aanmelding.lua"}) {
        std::ofstream(root_ / name / rule)
            << "-- Anders in " << i << ".\nreturn function(ctx)\n  local a = landelijk(ctx)\n  a.reden = 'zo in " << i
            << "'\n  return a\nend\n";
      }
    }
  }
  ~ManyPlugins() { std::filesystem::remove_all(root_); }
  ManyPlugins(const ManyPlugins&) = delete;
  ManyPlugins& operator=(const ManyPlugins&) = delete;
  [[nodiscard]] const std::filesystem::path& root() const { return root_; }

 private:
  static void edit(const std::filesystem::path& path, const std::string& code) {
    std::ifstream in(path);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    text.replace(text.find("GM9901"), 6, "GM" + code);
    const std::string rule = "\"route.zorgcoordinator\": \"route.zorgcoordinator.lua\"";
    text.replace(text.find(rule), rule.size(),
                 rule + ", \"termijn.waarden\": \"termijn.waarden.lua\", \"zvh.aanmelding\": \"zvh.aanmelding.lua\"");
    std::ofstream(path) << text;
  }
  std::filesystem::path root_ = std::filesystem::temp_directory_path() / ("draad-bench-" + std::to_string(::getpid()));
};

void BM_reload_400(benchmark::State& bench) {
  const ManyPlugins many;
  const double before = resident_megabytes();
  RuleHost host;
  for (auto _ : bench) {
    const auto findings = host.load(read_plugins(many.root()));
    if (!findings.empty()) bench.SkipWithError(findings.front().message.c_str());
  }
  bench.counters["plugins"] = static_cast<double>(host.plugins()->plugins().size());
  bench.counters["MB"] = resident_megabytes() - before;
}

BENCHMARK(BM_rule_reads_6)->Name("rule/reads_6");
BENCHMARK(BM_pcall_tables_reads_6)->Name("pcall_tables/reads_6");
BENCHMARK(BM_rule_reads_20)->Name("rule/reads_20");
BENCHMARK(BM_pcall_tables_reads_20)->Name("pcall_tables/reads_20");
BENCHMARK(BM_answer)->Name("answer/threads")->Threads(1)->Threads(2)->Threads(8)->UseRealTime();
BENCHMARK(BM_reload_400)->Name("reload_400")->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
