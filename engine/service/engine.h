// engine/service/engine.h
//
// The live engine: takes commands, decides them one after another, keeps what follows, answers. An answer means: on
// disk.
//   One writer thread takes everything that waits (group commit), decides each command against the casus in memory,
//   commits them together and then answers. When the commit fails, nothing of the group has happened: its casussen are
//   forgotten and read again. One timer thread asks the store what is due next, so that timers survive a restart; late
//   ones fire in order of their moment. Casussen are read when they are touched (replay of the journal, whose hash
//   chain is checked on the way) and kept in memory up to a number of bytes. A casus stays on the release it began
//   with; several are live side by side. Personal values are sealed into the vault before anything is decided; events
//   hold references only.
// What a casus throws to others (a message, a signal to the municipality) is decided in the same group, so that it is
// kept together with its cause. A message goes to the one casus that waits for its name and correlation; several that
// do not share it is a `conflict`, never a guess; none: a process that starts with it is started, else it is kept until
// somebody waits or it expires. Errors: those of decide(); `invalid` for a request without actor or key; `unavailable`
// when the queue is full, the engine stops or the store cannot write; `corrupt` when a journal does not close;
// `conflict` when a key was used for another kind of command. Threads: every function may be called from any thread,
// but not from within a callback of submit().
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/calendar.h"
#include "engine/core/ports.h"
#include "engine/execute/decide.h"
#include "engine/privacy/personal.h"
#include "engine/privacy/vault.h"
#include "engine/service/request.h"
#include "engine/store/store.h"

namespace draad::service {

// Makes of published files what runs. Comes from the wiring, which knows the reader of files.
using CompileRelease = std::function<Result<std::shared_ptr<const execute::Release>>(
    const std::string& version, std::span<const store::ReleaseFile> files)>;

struct EngineParts {
  std::unique_ptr<store::Store> store;
  const Clock* clock = nullptr;
  Random* random = nullptr;
  privacy::MasterKey master_key;
  CompileRelease compile;
  WorkCalendar calendar;
  const execute::RulePort* rules = nullptr;  // May be null.
};

struct EngineOptions {
  std::size_t group_max = 256;
  std::size_t queue_max = 2000;
  std::size_t cache_bytes = std::size_t{256} * 1024 * 1024;
  std::size_t thrown_max = 1000;  // Commands that may follow from one command (messages, signals).
  bool fire_timers = true;        // False: only fire_due() fires them.
  // A rehearsal or an import says itself when something happened: `at` of a request is taken when it is later than
  // 1970.
  bool take_time_of_request = false;
  execute::Options decide{};  // Also how long a message is kept that nobody waits for.
};

struct CasusView {
  store::CasusRecord record;
  std::shared_ptr<const execute::CasusState> state;
  std::shared_ptr<const execute::Release> release;
};

struct JournalLine {
  store::JournalEntry entry;
  std::vector<execute::Event> events;
};

struct Counters {
  std::uint64_t groups = 0;
  std::uint64_t commands = 0;  // Kept, those that follow from others included.
  std::uint64_t loads = 0;     // Casussen read from the store.
  std::uint64_t cached = 0;
  std::uint64_t cached_bytes = 0;
};

class Engine {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Engine>> open(EngineParts parts, const EngineOptions& options = {});
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine();  // Stops.

  [[nodiscard]] Result<Answer> submit(Request request);  // Waits for the answer.
  // `then` is called once, by the writer or by this call itself when the request is refused at the door; it must be
  // quick.
  void submit(Request request, std::function<void(Result<Answer>)> then);

  // Answers what was accepted, then stops. Further requests are refused.
  void stop();

  // Compiles first: what does not run is not published. The same files again give the same release.
  [[nodiscard]] Result<store::ReleaseRecord> publish(std::string version, std::vector<store::ReleaseFile> files,
                                                     std::string published_by);
  [[nodiscard]] Result<std::vector<store::ReleaseRecord>> releases();
  [[nodiscard]] Result<std::shared_ptr<const execute::Release>> release(store::ReleaseId id);

  [[nodiscard]] Result<CasusView> casus(CasusId casus);  // `not_found`
  [[nodiscard]] Result<std::vector<JournalLine>> journal(CasusId casus, std::uint64_t after = 0,
                                                         std::size_t limit = 10'000);
  [[nodiscard]] Result<std::vector<store::CasusRecord>> casussen(CasusId after, std::size_t limit);
  [[nodiscard]] Result<std::vector<store::PendingItem>> pending(store::PendingKind kind, const std::string& name,
                                                                std::size_t limit);
  [[nodiscard]] Result<Done> verify_chain(CasusId casus);  // Reads the whole journal; `corrupt` names the entry.

  // The value behind a reference. It opens only by access_log(), whose record is on disk before it does.
  [[nodiscard]] Result<privacy::Personal<std::string>> personal(CasusId casus, std::uint64_t reference);
  [[nodiscard]] privacy::AccessLog& access_log();
  [[nodiscard]] Result<Done> erase_personal(CasusId casus);  // Destroys the key and the sealed values.

  // The clock was turned: what is due now fires.
  void clock_turned();
  // Fires everything that is due at the clock's time, what becomes due by that included, and returns when it is done.
  [[nodiscard]] Result<Done> fire_due();
  [[nodiscard]] Result<std::optional<Instant>> next_due();

  [[nodiscard]] Counters counters() const;

 private:
  class Parts;
  explicit Engine(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// The fact that stands for a personal value, and back. Nothing: the fact is none.
[[nodiscard]] Value vault_reference(std::uint64_t reference);
[[nodiscard]] std::optional<std::uint64_t> vault_reference_of(const Value& fact);

}  // namespace draad::service
