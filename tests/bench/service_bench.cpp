// The live engine, durable, beside raw SQLite transactions of the same rows in the same writer shape on the same disk,
// in the same run.
//   service_bench [--seconds S] [--rounds N] [--million] [--only limit|growth|startup|memory|load]
// --million adds the store with 1,000,000 casussen to the growth table (some 30 s to fill, 1.5 GB).

#include <malloc.h>

#include <cstring>

#include "tests/bench/keeping.h"

namespace draad::bench {
namespace {

constexpr std::uint64_t kHot = 2000;

struct Choice {
  double seconds = 1.0;
  int rounds = 5;
  bool million = false;
  std::string only;

  [[nodiscard]] bool wants(const char* part) const { return only.empty() || only == part; }
};

// One client of the engine: its own hot casussen, each completed again and again.
class EngineClients {
 public:
  // Casussen first..first+count-1, shared out over the clients.
  EngineClients(service::Engine& engine, std::uint64_t first, std::uint64_t count) : engine_(engine), first_(first) {
    elements_.resize(count);
    for (std::uint64_t index = 0; index < count; ++index) {
      elements_[index] = must(engine.casus(CasusId{first + index})).state->tasks.front().element;
    }
  }

  // Loads them into memory: what is measured is hot.
  void warm() {
    for (std::uint64_t index = 0; index < elements_.size(); ++index) step(index);
  }

  [[nodiscard]] std::function<void()> client(int number, int clients) {
    return [this, at = static_cast<std::uint64_t>(number), by = static_cast<std::uint64_t>(clients)]() mutable {
      step(at);
      at += by;
      if (at >= elements_.size()) at %= by;
    };
  }

 private:
  void step(std::uint64_t index) {
    const std::string key = "stap-" + std::to_string(first_ + index) + "-" + std::to_string(elements_[index]);
    elements_[index] = offered(must(engine_.submit(step_request(CasusId{first_ + index}, elements_[index], key))));
  }

  service::Engine& engine_;
  std::uint64_t first_;
  std::vector<execute::ElementKey> elements_;
};

void fill_file(const std::string& path, std::uint64_t count) {
  Machine publisher;
  publisher.open(must(store::open_sqlite_store(path)));
  must(publisher.engine->publish("1", kFiles, "bench"));
  publisher.engine.reset();
  const auto store = must(store::open_sqlite_store(path));
  fill(*store, count);
}

// A real commit of one step, for the raw rows.
store::CasusCommit real_step(const std::string& path) {
  {
    Machine machine;
    machine.open(must(store::open_sqlite_store(path)));
    EngineClients(*machine.engine, 1, 1).warm();
  }
  const auto reader = must(store::open_sqlite_reader(path));
  store::CasusCommit commit;
  commit.casus = *must(reader->find_casus(CasusId{1}));
  commit.entry = must(reader->journal(CasusId{1}, commit.casus.revision - 1, 1)).front();
  return commit;
}

// What deciding, encoding and hashing cost without any store.
double decide_only(double seconds) {
  const auto release = must(compile("1", kFiles));
  const WorkCalendar calendar;
  execute::Command command = start_request("x").command;
  command.at = Instant(std::chrono::milliseconds(1'772'442'000'000));
  execute::CasusState state = must(execute::decide({}, command, {*release, calendar, nullptr, {}})).after;
  std::uint64_t count = 0;
  const auto begin = Steady::now();
  while (since(begin) < seconds) {
    for (int index = 0; index < 100; ++index, ++count) {
      command.body = execute::CompleteTask{state.tasks.front().element, "", {{"oordeel", Value("aannemelijk")}}};
      state = must(execute::decide(state, command, {*release, calendar, nullptr, {}})).after;
    }
  }
  return static_cast<double>(count) / since(begin);
}

void limit(const Choice& choice) {
  const draad::test::TemporaryFolder folder;
  const std::string ours = folder.file("ours.db"), raw = folder.file("raw.db");
  fill_file(ours, kHot);
  fill_file(raw, kHot);
  const store::CasusCommit like = real_step(raw);
  RawWriter raw_writer(raw, like);
  RawLoop raw_loop(raw_writer);
  std::uint64_t writes = 0;
  Machine machine;
  machine.open(must(store::open_sqlite_store(ours, {.write_count = &writes})));
  EngineClients clients(*machine.engine, 1, kHot);
  clients.warm();

  std::printf("\nDurable commands per second, one step = %zu bytes of events\n", like.entry.body.size());
  std::printf("LIMIT_FSYNC %.3f ms; deciding alone (no store): %.0f commands/s\n",
              fsync_seconds(folder.file("fsync")) * 1000, decide_only(choice.seconds));
  std::printf("%8s %14s %14s %8s %19s %19s   %s\n", "clients", "engine", "LIMIT_SQLITE", "ratio", "per group (limit)",
              "cpu us each (limit)", "ratio per round");
  for (const int count : {1, 8, 64}) {
    std::vector<double> engine_rates, raw_rates, ratios, engine_cpu, raw_cpu;
    const service::Counters before = machine.engine->counters();
    const std::uint64_t raw_groups_before = raw_loop.groups(), raw_before = raw_loop.answers();
    for (int round = 0; round < choice.rounds; ++round) {
      const Rate engine_rate =
          closed_loop(count, choice.seconds, [&](int client) { return clients.client(client, count); });
      const Rate raw_rate = closed_loop(count, choice.seconds, [&](int client) -> std::function<void()> {
        return [&raw_loop, at = static_cast<std::uint64_t>(client), by = static_cast<std::uint64_t>(count)]() mutable {
          raw_loop.ask(at % kHot + 1);
          at += by;
        };
      });
      engine_rates.push_back(engine_rate.per_second);
      engine_cpu.push_back(engine_rate.processor_us);
      raw_rates.push_back(raw_rate.per_second);
      raw_cpu.push_back(raw_rate.processor_us);
      ratios.push_back(engine_rate.per_second / raw_rate.per_second);
    }
    const service::Counters after = machine.engine->counters();
    std::printf(
        "%8d %14.0f %14.0f %8.2f %9.1f %9.1f %9.1f %9.1f  ", count, median(engine_rates), median(raw_rates),
        median(ratios),
        static_cast<double>(after.commands - before.commands) / static_cast<double>(after.groups - before.groups),
        static_cast<double>(raw_loop.answers() - raw_before) /
            static_cast<double>(raw_loop.groups() - raw_groups_before),
        median(engine_cpu), median(raw_cpu));
    for (const double ratio : ratios) std::printf(" %.2f", ratio);
    std::printf("%s\n", count == 64 ? "   goal 0.60" : "");
  }
  std::printf("SQL writes per command: %.2f (goal: at most 4)\n",
              static_cast<double>(writes) / static_cast<double>(machine.engine->counters().commands));
}

void growth(const Choice& choice) {
  std::vector<std::uint64_t> sizes{1'000, 100'000};
  if (choice.million) sizes.push_back(1'000'000);
  const draad::test::TemporaryFolder folder;
  std::vector<std::unique_ptr<Machine>> machines;
  std::vector<std::unique_ptr<EngineClients>> clients;
  constexpr std::uint64_t kNewest = 500;
  for (const std::uint64_t size : sizes) {
    const std::string path = folder.file(std::to_string(size) + ".db");
    const auto begin = Steady::now();
    fill_file(path, size);
    std::printf("filled %llu casussen in %.1f s\n", static_cast<unsigned long long>(size), since(begin));
    machines.push_back(std::make_unique<Machine>());
    machines.back()->open(must(store::open_sqlite_store(path)));
    clients.push_back(std::make_unique<EngineClients>(*machines.back()->engine, size - kNewest + 1, kNewest));
    clients.back()->warm();
  }
  for (const int count : {1, 64}) {
    std::vector<std::vector<double>> rates(sizes.size()), costs(sizes.size());
    for (int round = 0; round < choice.rounds; ++round) {
      for (std::size_t index = 0; index < sizes.size(); ++index) {
        const Rate rate =
            closed_loop(count, choice.seconds, [&](int client) { return clients[index]->client(client, count); });
        rates[index].push_back(rate.per_second);
        costs[index].push_back(rate.processor_us);
      }
    }
    std::printf("\nHot casussen by size of the store, %d client(s)\n%12s %12s %14s %10s\n", count, "casussen",
                "commands/s", "us/command", "to first");
    for (std::size_t index = 0; index < sizes.size(); ++index) {
      const double rate = median(rates[index]);
      const double cost = median(costs[index]);
      std::printf("%12llu %12.0f %10.2f %12.1f %10.2f\n", static_cast<unsigned long long>(sizes[index]), rate,
                  rate / median(rates[0]), cost, cost / median(costs[0]));
    }
    std::printf("goal: within 0.80 - 1.20\n");
  }
}

void startup(const Choice&) {
  const draad::test::TemporaryFolder folder;
  const std::string path = folder.file("draad.db");
  constexpr std::uint64_t kOpen = 100'000;
  fill_file(path, kOpen);
  std::vector<double> opens, firsts, scans;
  for (int round = 0; round < 5; ++round) {
    const auto begin = Steady::now();
    Machine machine;
    machine.open(must(store::open_sqlite_store(path)));
    opens.push_back(since(begin));
    EngineClients(*machine.engine, kOpen / 2 + static_cast<std::uint64_t>(round), 1).warm();
    firsts.push_back(since(begin));
    machine.engine.reset();
    const auto scan = Steady::now();
    const auto reader = must(store::open_sqlite_reader(path));
    must(reader->casussen(CasusId{}, kOpen));
    scans.push_back(since(scan));
  }
  std::printf(
      "\nStart-up with %llu open casussen: engine open after %.1f ms, first command answered after %.1f ms "
      "(goal: < 500 ms); reading all rows: %.1f ms\n",
      static_cast<unsigned long long>(kOpen), median(opens) * 1000, median(firsts) * 1000, median(scans) * 1000);
}

void memory(const Choice&) {
  const draad::test::TemporaryFolder folder;
  constexpr std::uint64_t kOpen = 20'000;
  const std::string path = folder.file("draad.db");
  fill_file(path, kOpen);
  Machine machine;
  machine.open(must(store::open_sqlite_store(path, {.cache_kibibytes = 1024})), {.cache_bytes = std::size_t{4} << 30});
  const std::size_t before = mallinfo2().uordblks;
  EngineClients clients(*machine.engine, 1, kOpen);
  clients.warm();
  const std::size_t after = mallinfo2().uordblks;
  const service::Counters counters = machine.engine->counters();
  std::printf("\nMemory: %.0f bytes for each open casus that is held (%llu held); the engine's own estimate is %.0f\n",
              static_cast<double>(after - before) / static_cast<double>(counters.cached),
              static_cast<unsigned long long>(counters.cached),
              static_cast<double>(counters.cached_bytes) / static_cast<double>(counters.cached));
}

void load(const Choice&) {
  const draad::test::TemporaryFolder folder;
  const std::string path = folder.file("draad.db");
  fill_file(path, 1);
  std::printf("\nReading a cold casus (replay and chain check) by length of its journal\n%10s %12s %14s\n", "entries",
              "us", "us per entry");
  std::uint64_t length = 1;
  for (const std::uint64_t wanted : {10u, 100u, 1000u}) {
    Machine machine;
    machine.open(must(store::open_sqlite_store(path)));
    EngineClients clients(*machine.engine, 1, 1);
    for (; length < wanted; ++length) clients.client(0, 1)();
    std::vector<double> times;
    for (int round = 0; round < 20; ++round) {
      const auto begin = Steady::now();
      must(machine.engine->verify_chain(CasusId{1}));
      times.push_back(since(begin));
    }
    std::printf("%10llu %12.0f %14.1f\n", static_cast<unsigned long long>(wanted), median(times) * 1e6,
                median(times) * 1e6 / static_cast<double>(wanted));
  }
}

Choice read_choice(int count, char** words) {
  Choice choice;
  for (int index = 1; index < count; ++index) {
    const std::string word = words[index];
    const bool has_next = index + 1 < count;
    if (word == "--million") {
      choice.million = true;
    } else if (word == "--seconds" && has_next) {
      choice.seconds = std::atof(words[++index]);
    } else if (word == "--rounds" && has_next) {
      choice.rounds = std::atoi(words[++index]);
    } else if (word == "--only" && has_next) {
      choice.only = words[++index];
    } else if (!word.starts_with("--benchmark")) {  // Of the other benchmarks: the same command line goes to all.
      std::fprintf(stderr, "unknown: %s\n", word.c_str());
      std::exit(2);
    }
  }
  return choice;
}

}  // namespace
}  // namespace draad::bench

int main(int count, char** words) {
  using namespace draad::bench;
  const Choice choice = read_choice(count, words);
  if (choice.wants("limit")) limit(choice);
  if (choice.wants("growth")) growth(choice);
  if (choice.wants("startup")) startup(choice);
  if (choice.wants("memory")) memory(choice);
  if (choice.wants("load")) load(choice);
  return 0;
}
