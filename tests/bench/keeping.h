// tests/bench/keeping.h
//
// What the benchmarks of store and service share: raw SQLite with our own tables and rows (the limit), casussen by the
// hundred thousand, and a closed loop of clients.
//   The limit is what the disk and SQLite allow in the same writer shape: clients put a request into a queue and wait;
//   one writer takes what waits, writes the rows of each in prepared statements through SQLite's C interface, commits
//   once, and wakes them. It decides nothing, encodes nothing, hashes nothing.
#pragma once

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <mutex>
#include <random>
#include <semaphore>
#include <thread>
#include <vector>

#include "engine/bpmn/compile.h"
#include "engine/privacy/chain.h"
#include "engine/service/engine.h"
#include "engine/service/system_ports.h"
#include "engine/store/memory/memory_store.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/temporary_folder.h"

namespace draad::bench {

using Seconds = std::chrono::duration<double>;
using Steady = std::chrono::steady_clock;

inline double since(Steady::time_point begin) {
  return Seconds(Steady::now() - begin).count();
}

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

template <typename T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s (%s)\n", result.error().message.c_str(), result.error().where.c_str());
    std::exit(1);
  }
  return std::move(result).value();
}

// Overwrites 4 KiB and waits for the disk, the median of some hundred: what one durable write costs on this file
// system.
inline double fsync_seconds(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  const std::vector<char> block(4096, 'x');
  constexpr int kBlocks = 256;
  for (int index = 0; index < kBlocks; ++index) (void)!::pwrite(file, block.data(), block.size(), index * 4096);
  ::fsync(file);
  std::vector<double> times;
  for (int index = 0; index < 300; ++index) {
    (void)!::pwrite(file, block.data(), block.size(), (index * 37 % kBlocks) * 4096);
    const auto begin = Steady::now();
    ::fdatasync(file);
    times.push_back(since(begin));
  }
  ::close(file);
  std::filesystem::remove(path);
  return median(times);
}

// A step that comes back for ever: every command is one completed task and one new one.
inline const std::vector<store::ReleaseFile> kFiles{{"rondje.bpmn", R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:draad="urn:rode-draad:bpmn:1" id="d" targetNamespace="bench">
<process id="rondje" isExecutable="true">
  <startEvent id="begin"/><sequenceFlow id="f1" sourceRef="begin" targetRef="samen"/>
  <exclusiveGateway id="samen"/><sequenceFlow id="f2" sourceRef="samen" targetRef="oordelen"/>
  <userTask id="oordelen" draad:rol="AFM" draad:termijn="P5D"/><sequenceFlow id="f3" sourceRef="oordelen" targetRef="kies"/>
  <exclusiveGateway id="kies" default="f4"/>
  <sequenceFlow id="f4" sourceRef="kies" targetRef="samen"/>
  <sequenceFlow id="f5" sourceRef="kies" targetRef="eind"><conditionExpression>klaar = true</conditionExpression></sequenceFlow>
  <endEvent id="eind"/>
</process></definitions>)"}};

inline Result<std::shared_ptr<const execute::Release>> compile(const std::string& version,
                                                               std::span<const store::ReleaseFile> files) {
  std::vector<std::shared_ptr<const graph::WorkflowGraph>> graphs;
  for (const store::ReleaseFile& file : files) {
    if (!file.path.ends_with(".bpmn")) continue;
    const bpmn::Model model = bpmn::load(file.content);
    graphs.insert(graphs.end(), model.graphs.begin(), model.graphs.end());
  }
  const execute::ReleaseOutcome outcome = execute::make_release(version, graphs);
  if (outcome.release == nullptr) {
    return Error{ErrorCode::invalid, outcome.findings.front().message_en, outcome.findings.front().process};
  }
  return outcome.release;
}

struct Machine {
  service::SystemClock clock;
  service::SystemRandom random;
  std::unique_ptr<service::Engine> engine;

  void open(std::unique_ptr<store::Store> store, service::EngineOptions options = {}) {
    std::array<std::uint8_t, privacy::Secret::kBytes> key{};
    service::EngineParts parts{std::move(store), &clock, &random, privacy::MasterKey(privacy::Secret(key)),
                               compile,          {},     nullptr};
    options.fire_timers = false;
    engine = must(service::Engine::open(std::move(parts), options));
  }
};

inline service::Request start_request(const std::string& key) {
  service::Request request;
  request.command.actor = "aandachtsfunctionaris-17";
  request.command.idempotency_key = key;
  request.command.body =
      execute::StartCasus{"rondje", "", {{"leeftijd", Value(19)}, {"vorm", Value("arbeid")}, {"klaar", Value(false)}}};
  return request;
}

inline service::Request step_request(CasusId casus, execute::ElementKey element, const std::string& key) {
  service::Request request;
  request.command.casus = casus;
  request.command.actor = "aandachtsfunctionaris-17";
  request.command.idempotency_key = key;
  request.command.body = execute::CompleteTask{element, "", {{"oordeel", Value("aannemelijk")}}};
  return request;
}

// The element that the answer's events offered.
inline execute::ElementKey offered(const service::Answer& answer) {
  execute::ElementKey element = 0;
  for (const execute::Event& event : answer.events) {
    if (const auto* task = std::get_if<execute::TaskOffered>(&event)) element = task->element;
  }
  return element;
}

// Puts casussen 1..count into a store, each as its start left it, without playing them one by one. The hashes are
// right.
inline void fill(store::Store& store, std::uint64_t count) {
  // One real start, from which all rows are made.
  draad::test::TemporaryFolder folder;
  Machine model;
  model.open(must(store::open_sqlite_store(folder.file("model.db"))));
  must(model.engine->publish("1", kFiles, "bench"));
  const CasusId casus = must(model.engine->submit(start_request("sleutel"))).casus;
  model.engine.reset();
  const auto reader = must(store::open_sqlite_reader(folder.file("model.db")));
  const store::CasusRecord record = *must(reader->find_casus(casus));
  const store::JournalEntry entry = must(reader->journal(casus, 0, 1)).front();
  const std::vector<store::PendingItem> pending = must(reader->pending_of(casus));

  constexpr std::uint64_t kPerBatch = 10'000;
  for (std::uint64_t first = 1; first <= count; first += kPerBatch) {
    store::Batch batch;
    for (std::uint64_t id = first; id < first + kPerBatch && id <= count; ++id) {
      store::CasusCommit& commit = batch.commits.emplace_back();
      commit.casus = record;
      commit.casus.id = CasusId{id};
      commit.entry = entry;
      commit.entry.casus = CasusId{id};
      commit.entry.idempotency_key = "start-" + std::to_string(id);
      commit.entry.hash = commit.casus.head = privacy::entry_hash(
          {},
          {CasusId{id}, 1, entry.at, entry.routed, entry.actor, entry.kind, commit.entry.idempotency_key, entry.body});
      commit.pending = pending;
      for (store::PendingItem& item : commit.pending) item.casus = CasusId{id};
    }
    must(store.commit(batch));
  }
}

// Processor time of this process, all threads: says what a command costs also when others use the machine.
inline double processor_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Rate {
  double per_second = 0;
  double processor_us = 0;  // Per answer, clients included.
};

// Clients that each ask, wait for the answer and ask again, for `seconds`.
inline Rate closed_loop(int clients, double seconds,
                        const std::function<std::function<void()>(int client)>& make_client) {
  std::atomic<bool> stop{false};
  std::atomic<std::uint64_t> answers{0};
  std::vector<std::thread> threads;
  std::atomic<int> ready{0};
  std::atomic<bool> go{false};
  for (int client = 0; client < clients; ++client) {
    threads.emplace_back([&, client] {
      const std::function<void()> ask = make_client(client);
      ++ready;
      go.wait(false);
      std::uint64_t count = 0;
      while (!stop.load(std::memory_order_relaxed)) {
        ask();
        ++count;
      }
      answers += count;
    });
  }
  while (ready < clients) std::this_thread::yield();
  const double processor_before = processor_seconds();
  const auto begin = Steady::now();
  go = true;
  go.notify_all();
  std::this_thread::sleep_for(Seconds(seconds));
  stop = true;
  for (std::thread& thread : threads) thread.join();
  const auto count = static_cast<double>(answers);
  return {count / since(begin), (processor_seconds() - processor_before) * 1e6 / count};
}

// Our tables and the rows of one step, through SQLite's C interface.
class RawWriter {
 public:
  // The database was made by our store (its tables) and holds casussen 1..count; `like` is a real commit of one step.
  RawWriter(const std::string& path, const store::CasusCommit& like) : like_(like) {
    check(sqlite3_open_v2(path.c_str(), &database_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr));
    for (const char* sql : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA cache_size = -65536"}) {
      check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr));
    }
    begin_ = prepare("BEGIN IMMEDIATE");
    commit_ = prepare("COMMIT");
    casus_ = prepare("UPDATE casus SET revision = ?, head = ? WHERE id = ?");
    entry_ = prepare("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)");
    pending_ = prepare(
        "INSERT INTO pending VALUES (?, ?, 4, 0, ?, ?, ?, 0), (?, ?, 4, 0, ?, ?, ?, 1)"
        " ON CONFLICT (casus_id, owner, kind, slot) DO UPDATE SET open = excluded.open");
    revisions_.resize(static_cast<std::size_t>(scalar("SELECT max(id) FROM casus")) + 1);
    sqlite3_stmt* all = prepare("SELECT id, revision FROM casus");
    while (sqlite3_step(all) == SQLITE_ROW) {
      revisions_[static_cast<std::size_t>(sqlite3_column_int64(all, 0))] = sqlite3_column_int64(all, 1);
    }
    sqlite3_finalize(all);
  }
  RawWriter(const RawWriter&) = delete;
  RawWriter& operator=(const RawWriter&) = delete;
  ~RawWriter() {
    for (sqlite3_stmt* statement : {begin_, commit_, casus_, entry_, pending_}) sqlite3_finalize(statement);
    sqlite3_close(database_);
  }

  void write(std::span<const std::uint64_t> casussen) {
    run(begin_);
    for (const std::uint64_t casus : casussen) step(static_cast<std::int64_t>(casus));
    run(commit_);
  }

 private:
  static void check(int code) {
    if (code != SQLITE_OK && code != SQLITE_DONE) {
      std::fprintf(stderr, "SQLite: %s\n", sqlite3_errstr(code));
      std::exit(1);
    }
  }
  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v3(database_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
    return statement;
  }
  std::int64_t scalar(const char* sql) {
    sqlite3_stmt* statement = prepare(sql);
    sqlite3_step(statement);
    const std::int64_t value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
  }
  static void run(sqlite3_stmt* statement) {
    check(sqlite3_step(statement));
    sqlite3_reset(statement);
  }
  static void text(sqlite3_stmt* statement, int index, const std::string& value) {
    sqlite3_bind_text(statement, index, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
  }
  void step(std::int64_t casus) {
    const std::int64_t revision = ++revisions_[static_cast<std::size_t>(casus)];
    const std::int64_t due = like_.casus.due_at ? like_.casus.due_at->time_since_epoch().count() : 0;
    sqlite3_bind_int64(casus_, 1, revision);
    sqlite3_bind_blob(casus_, 2, like_.casus.head.data(), 32, SQLITE_STATIC);
    sqlite3_bind_int64(casus_, 3, casus);
    run(casus_);
    const store::JournalEntry& entry = like_.entry;
    sqlite3_bind_int64(entry_, 1, casus);
    sqlite3_bind_int64(entry_, 2, revision);
    sqlite3_bind_int64(entry_, 3, entry.at.time_since_epoch().count());
    text(entry_, 4, entry.actor);
    text(entry_, 5, entry.kind);
    text(entry_, 6, entry.idempotency_key);
    text(entry_, 7, entry.body);
    sqlite3_bind_blob(entry_, 8, entry.hash.data(), 32, SQLITE_STATIC);
    run(entry_);
    static const std::string kRole = "AFM", kNobody;
    for (int row = 0; row < 2; ++row) {
      sqlite3_bind_int64(pending_, row * 5 + 1, casus);
      sqlite3_bind_int64(pending_, row * 5 + 2, 1'000'000 + (revision + row) * 3);
      text(pending_, row * 5 + 3, kRole);
      text(pending_, row * 5 + 4, kNobody);
      sqlite3_bind_int64(pending_, row * 5 + 5, due);
    }
    run(pending_);
  }

  store::CasusCommit like_;
  sqlite3* database_ = nullptr;
  sqlite3_stmt *begin_, *commit_, *casus_, *entry_, *pending_;
  std::vector<std::int64_t> revisions_;
};

// Clients, a queue, one writer: the shape of the engine around RawWriter.
class RawLoop {
 public:
  explicit RawLoop(RawWriter& writer) : writer_(writer), thread_([this] { run(); }) {}
  RawLoop(const RawLoop&) = delete;
  RawLoop& operator=(const RawLoop&) = delete;
  ~RawLoop() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    filled_.notify_one();
    thread_.join();
  }

  void ask(std::uint64_t casus) {
    std::binary_semaphore done{0};
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back({casus, &done});
    }
    filled_.notify_one();
    done.acquire();
  }
  [[nodiscard]] std::uint64_t groups() const { return groups_; }
  [[nodiscard]] std::uint64_t answers() const { return answers_; }

 private:
  struct Ask {
    std::uint64_t casus;
    std::binary_semaphore* done;
  };

  void run() {
    std::vector<Ask> taken;
    std::vector<std::uint64_t> casussen;
    while (true) {
      taken.clear();
      casussen.clear();
      {
        std::unique_lock lock(mutex_);
        filled_.wait(lock, [&] { return stop_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        taken.swap(waiting_);
      }
      for (const Ask& ask : taken) casussen.push_back(ask.casus);
      writer_.write(casussen);
      ++groups_;
      answers_ += taken.size();
      for (const Ask& ask : taken) ask.done->release();
    }
  }

  RawWriter& writer_;
  std::atomic<std::uint64_t> groups_{0}, answers_{0};
  std::mutex mutex_;
  std::condition_variable filled_;
  std::vector<Ask> waiting_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace draad::bench
