#include "engine/service/engine.h"

#include <algorithm>
#include <atomic>
#include <semaphore>
#include <thread>

#include "engine/execute/json.h"
#include "engine/privacy/chain.h"
#include "engine/service/internal/casus_memory.h"
#include "engine/service/internal/group.h"
#include "engine/service/internal/queue.h"
#include "engine/service/internal/reader_pool.h"
#include "engine/service/internal/releases.h"
#include "engine/service/internal/timers.h"

namespace draad::service {

namespace {

constexpr std::size_t kReaders = 2;
constexpr std::size_t kExpiredPerRound = 256;
constexpr const char* kKeyNote = "hoofdsleutel";

// One thread waits until another has an answer for it.
template <typename T>
class Handover {
 public:
  void give(T value) {
    value_.emplace(std::move(value));
    ready_.release();
  }
  T take() {
    ready_.acquire();
    return std::move(*value_);
  }

 private:
  std::binary_semaphore ready_{0};
  std::optional<T> value_;
};

Error refused(bool closed) {
  return closed ? Error{ErrorCode::unavailable, "De server stopt; probeer het straks opnieuw.", ""}
                : Error{ErrorCode::unavailable, "Het is te druk op de server; probeer het zo opnieuw.", ""};
}

// A database belongs to the key it was first opened with.
Result<Done> check_master_key(store::Store& store, const privacy::MasterKey& key) {
  DRAAD_TRY(const std::optional<std::string> known, store.note(kKeyNote));
  if (!known) return store.set_note(kKeyNote, key.fingerprint());
  if (*known != key.fingerprint()) {
    return Error{
        ErrorCode::denied,
        "De hoofdsleutel hoort niet bij deze database: de persoonsgegevens zijn er niet mee te openen. Zet het "
        "sleutelbestand terug dat bij deze database hoort.",
        ""};
  }
  return Done{};
}

}  // namespace

class Engine::Parts {
 public:
  Parts(EngineParts parts, const EngineOptions& chosen)
      : options(chosen),
        store(std::move(parts.store)),
        clock(*parts.clock),
        random(*parts.random),
        master_key(std::move(parts.master_key)),
        calendar(std::move(parts.calendar)),
        rules(parts.rules),
        releases(std::move(parts.compile)),
        memory(options.cache_bytes),
        queue(options.queue_max),
        timers(clock, readers, [this](const std::vector<store::DueCasus>& due) { return fire(due); }),
        access(*this) {}

  Result<Done> open() {
    DRAAD_TRY_DONE(check_master_key(*store, master_key));
    DRAAD_TRY(std::vector<store::ReleaseRecord> records, store->releases());
    releases.set_records(std::move(records));
    DRAAD_TRY_DONE(readers.fill(*store, kReaders));
    writer = std::thread([this] { write(); });
    if (options.fire_timers) timers.start([this] { drop_expired(); });
    return Done{};
  }

  void stop() {
    const std::lock_guard lock(stop_mutex);
    timers.stop();  // First: it waits for answers of the writer.
    queue.close();
    if (writer.joinable()) writer.join();
  }

  void submit(Request request, std::function<void(Result<Answer>)> then, bool urgent) {
    Job job{std::move(request), std::move(then), nullptr};
    if (!queue.put(job, urgent)) job.then(refused(queue.closed()));
  }

  // Does `work` on the writer's thread, between groups, and waits for its result.
  template <typename Work>
  auto on_writer(const Work& work) -> decltype(work()) {
    Handover<decltype(work())> handover;
    Job job{{}, nullptr, [&] { handover.give(work()); }};
    if (!queue.put(job, true)) return refused(true);
    return handover.take();
  }

  std::vector<Result<Answer>> fire(const std::vector<store::DueCasus>& due);
  void drop_expired();
  Result<CasusView> view(CasusId casus);

 private:
  void write();
  void handle(Workshop& workshop, std::span<Job> jobs);

  class Access final : public privacy::AccessLog {
   public:
    explicit Access(Parts& parts) : parts_(parts) {}
    Result<Done> record(const privacy::FieldId& field, const privacy::Purpose& purpose) override {
      return parts_.on_writer([&] {
        store::Batch batch;
        batch.accesses.push_back({field.casus, field.reference, purpose.actor, purpose.reason, parts_.clock.now()});
        return parts_.store->commit(batch);
      });
    }

   private:
    Parts& parts_;
  };

 public:
  EngineOptions options;
  std::unique_ptr<store::Store> store;  // The writer's, once it runs.
  const Clock& clock;
  Random& random;
  privacy::MasterKey master_key;
  WorkCalendar calendar;
  const execute::RulePort* rules;
  Releases releases;
  CasusMemory memory;
  ReaderPool readers;
  Queue queue;
  Timers timers;
  Access access;
  std::atomic<std::uint64_t> groups{0};
  std::atomic<std::uint64_t> commands{0};
  std::atomic<std::uint64_t> loads{0};

 private:
  std::thread writer;
  std::mutex stop_mutex;
};

void Engine::Parts::write() {
  Workshop workshop{*store, clock, random, master_key, calendar, rules, options, releases, memory, {}, {}, 0};
  while (true) {
    std::vector<Job> jobs = queue.take(options.group_max);
    if (jobs.empty()) return;
    for (std::size_t begin = 0; begin < jobs.size();) {
      if (jobs[begin].work) {
        jobs[begin++].work();
        continue;
      }
      std::size_t end = begin;
      while (end < jobs.size() && !jobs[end].work) ++end;
      handle(workshop, std::span(jobs).subspan(begin, end - begin));
      begin = end;
    }
    loads.store(workshop.loads, std::memory_order_relaxed);
    for (Job& job : jobs) {
      for (PersonalValue& value : job.request.personal) privacy::wipe(value.text);
    }
    memory.make_room();
  }
}

void Engine::Parts::handle(Workshop& workshop, std::span<Job> jobs) {
  Group group(workshop);
  std::vector<Result<Answer>> answers;
  answers.reserve(jobs.size());
  for (const Job& job : jobs) answers.push_back(group.decide(job.request));
  const Result<Done> done = group.commit();
  if (!done && done.error().code == ErrorCode::conflict && jobs.size() > 1) {
    // Somebody's command does not fit what is stored: the others need not suffer for it.
    for (std::size_t index = 0; index < jobs.size(); ++index) handle(workshop, jobs.subspan(index, 1));
    return;
  }
  if (done) {
    groups.fetch_add(1, std::memory_order_relaxed);
    commands.fetch_add(group.command_count(), std::memory_order_relaxed);
    timers.committed(group.earliest_due());
  }
  for (std::size_t index = 0; index < jobs.size(); ++index) {
    jobs[index].then(done ? std::move(answers[index]) : Result<Answer>(done.error()));
  }
}

std::vector<Result<Answer>> Engine::Parts::fire(const std::vector<store::DueCasus>& due) {
  std::vector<Result<Answer>> answers(due.size(), Result<Answer>(refused(true)));
  std::counting_semaphore<> answered(0);
  for (std::size_t index = 0; index < due.size(); ++index) {
    Request request;
    request.command.casus = due[index].casus;
    request.command.actor = "systeem";
    request.command.idempotency_key = "klok";
    request.command.body = execute::FireDueTimers{};
    submit(
        std::move(request),
        [&answers, &answered, index](Result<Answer> answer) {
          answers[index] = std::move(answer);
          answered.release();
        },
        true);
  }
  for (std::size_t index = 0; index < due.size(); ++index) answered.acquire();
  return answers;
}

void Engine::Parts::drop_expired() {
  const auto old = readers.with([&](store::Reader& reader) { return reader.expired(clock.now(), kExpiredPerRound); });
  if (!old || old->empty()) return;
  store::Batch batch;
  for (const store::BufferedMessage& message : *old) batch.unbuffered.push_back(message.id);
  [[maybe_unused]] const auto dropped = on_writer([&]() -> Result<Done> { return store->commit(batch); });
}

Result<CasusView> Engine::Parts::view(CasusId casus) {
  if (std::optional<CasusView> known = memory.view(casus)) return *std::move(known);
  return readers.with([&](store::Reader& reader) -> Result<CasusView> {
    DRAAD_TRY(Held held, load_casus(reader, releases, casus));
    return std::move(held.now);
  });
}

Engine::Engine(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Engine::~Engine() {
  stop();
}

Result<std::unique_ptr<Engine>> Engine::open(EngineParts parts, const EngineOptions& options) {
  DRAAD_CHECK(parts.store != nullptr && parts.clock != nullptr && parts.random != nullptr && parts.compile);
  std::unique_ptr<Engine> engine(new Engine(std::make_unique<Parts>(std::move(parts), options)));
  DRAAD_TRY_DONE(engine->parts_->open());
  return engine;
}

Result<Answer> Engine::submit(Request request) {
  Handover<Result<Answer>> handover;
  submit(std::move(request), [&](Result<Answer> answer) { handover.give(std::move(answer)); });
  return handover.take();
}

void Engine::submit(Request request, std::function<void(Result<Answer>)> then) {
  parts_->submit(std::move(request), std::move(then), false);
}

void Engine::stop() {
  parts_->stop();
}

namespace {

// A process that starts by the clock needs somebody who starts it, and the live engine does not do that yet: refused by
// name, rather than published and never started.
Result<Done> refuse_starts_by_the_clock(const execute::Release& release) {
  for (const auto& workflow : release.workflows()) {
    const graph::WorkflowGraph& process = workflow->graph();
    for (const graph::NodeIndex index : process.scope(0).nodes) {
      const graph::FlowNode& node = process.node(index);
      if (node.kind == graph::NodeKind::start_event && node.event_kind() == graph::EventKind::timer)
        return Error{ErrorCode::unsupported,
                     "Expected a process that a person or a message starts, but this start event waits for the clock, "
                     "which the live engine cannot do yet; use a none or message start event",
                     node.id};
    }
  }
  return Done{};
}

}  // namespace

Result<store::ReleaseRecord> Engine::publish(std::string version, std::vector<store::ReleaseFile> files,
                                             std::string published_by) {
  DRAAD_TRY(const std::shared_ptr<const execute::Release> compiled, parts_->releases.compile()(version, files));
  DRAAD_TRY_DONE(refuse_starts_by_the_clock(*compiled));
  std::ranges::sort(files, {}, &store::ReleaseFile::path);
  store::ReleaseRecord record;
  record.version = std::move(version);
  record.published_by = std::move(published_by);
  record.fingerprint = fingerprint_of(files);
  record.table = compiled->table();
  return parts_->on_writer([&]() -> Result<store::ReleaseRecord> {
    record.published_at = parts_->clock.now();
    DRAAD_TRY(const store::ReleaseRecord published, parts_->store->publish(record, files));
    parts_->releases.add(published, compiled);
    return published;
  });
}

Result<std::vector<store::ReleaseRecord>> Engine::releases() {
  return parts_->releases.records();
}

Result<std::shared_ptr<const execute::Release>> Engine::release(store::ReleaseId id) {
  return parts_->readers.with([&](store::Reader& reader) { return parts_->releases.compiled(id, reader); });
}

Result<CasusView> Engine::casus(CasusId casus) {
  return parts_->view(casus);
}

Result<std::vector<JournalLine>> Engine::journal(CasusId casus, std::uint64_t after, std::size_t limit) {
  DRAAD_TRY(std::vector<store::JournalEntry> entries,
            parts_->readers.with([&](store::Reader& reader) { return reader.journal(casus, after, limit); }));
  std::vector<JournalLine> lines;
  lines.reserve(entries.size());
  for (store::JournalEntry& entry : entries) {
    DRAAD_TRY(std::vector<execute::Event> events, execute::decode_events(entry.body));
    lines.push_back({std::move(entry), std::move(events)});
  }
  return lines;
}

Result<std::vector<store::CasusRecord>> Engine::casussen(CasusId after, std::size_t limit) {
  return parts_->readers.with([&](store::Reader& reader) { return reader.casussen(after, limit); });
}

Result<std::vector<store::PendingItem>> Engine::pending(store::PendingKind kind, const std::string& name,
                                                        std::size_t limit) {
  return parts_->readers.with([&](store::Reader& reader) { return reader.pending(kind, name, std::nullopt, limit); });
}

Result<Done> Engine::verify_chain(CasusId casus) {
  // Loading replays the whole journal from the disk and checks the chain on the way.
  return parts_->readers.with([&](store::Reader& reader) -> Result<Done> {
    DRAAD_TRY([[maybe_unused]] const Held held, load_casus(reader, parts_->releases, casus));
    return Done{};
  });
}

Result<privacy::Personal<std::string>> Engine::personal(CasusId casus, std::uint64_t reference) {
  DRAAD_TRY(const std::vector<store::VaultItem> items,
            parts_->readers.with([&](store::Reader& reader) { return reader.vault(casus); }));
  const std::string where = std::to_string(casus.value) + "/" + std::to_string(reference);
  const auto item = std::ranges::find(items, reference, &store::VaultItem::reference);
  if (reference == 0 || item == items.end()) {
    return Error{ErrorCode::not_found, "Expected a value in the vault, but there is none (any more)", where};
  }
  if (items.front().reference != 0) {
    return Error{ErrorCode::not_found, "Expected the key of the casus, but it was destroyed", where};
  }
  DRAAD_TRY(const privacy::CasusKey key, parts_->master_key.unwrap(casus, items.front().sealed));
  return key.open(reference, static_cast<privacy::DataClass>(item->data_class), item->sealed);
}

privacy::AccessLog& Engine::access_log() {
  return parts_->access;
}

Result<Done> Engine::erase_personal(CasusId casus) {
  return parts_->on_writer([&]() -> Result<Done> {
    DRAAD_TRY_DONE(parts_->store->erase_vault(casus));
    parts_->memory.forget(casus);  // With the key that it may hold.
    return Done{};
  });
}

void Engine::clock_turned() {
  parts_->timers.wake();
}

Result<Done> Engine::fire_due() {
  return parts_->timers.fire_due();
}

Result<std::optional<Instant>> Engine::next_due() {
  DRAAD_TRY(const std::vector<store::DueCasus> due,
            parts_->readers.with([&](store::Reader& reader) { return reader.due(1); }));
  return due.empty() ? std::optional<Instant>() : std::optional(due.front().due_at);
}

Counters Engine::counters() const {
  Counters counters;
  counters.groups = parts_->groups.load(std::memory_order_relaxed);
  counters.commands = parts_->commands.load(std::memory_order_relaxed);
  counters.loads = parts_->loads.load(std::memory_order_relaxed);
  counters.cached = parts_->memory.count();
  counters.cached_bytes = parts_->memory.bytes();
  return counters;
}

Value vault_reference(std::uint64_t reference) {
  return Value(Facts{{"kluis", Value(static_cast<std::int64_t>(reference))}});
}

std::optional<std::uint64_t> vault_reference_of(const Value& fact) {
  const Facts* facts = fact.get_if<Facts>();
  if (facts == nullptr || facts->size() != 1) return std::nullopt;
  const auto found = facts->find("kluis");
  const Number* number = found == facts->end() ? nullptr : found->second.get_if<Number>();
  if (number == nullptr || !number->is_whole() || number->scaled() <= 0) return std::nullopt;
  return static_cast<std::uint64_t>(number->scaled() / Number::kScale);
}

}  // namespace draad::service
