// engine/service/internal/group.h
//
// One group of commands on its way to the store: each is routed, checked for its key and decided against the casus in
// memory, which is then ahead of the disk; commit() writes all of it or makes memory forget it. What a command throws
// to other casussen is decided right behind it, in the same group. Threads: the writer's own.
#pragma once

#include <deque>

#include "engine/service/internal/casus_memory.h"

namespace draad::service {

// What the writer works with; outlives every group.
struct Workshop {
  store::Store& store;
  const Clock& clock;
  Random& random;
  const privacy::MasterKey& master_key;
  const WorkCalendar& calendar;
  const execute::RulePort* rules;
  const EngineOptions& options;
  Releases& releases;
  CasusMemory& memory;
  CasusId next_id;  // Ids up to `last_id` are ours to give.
  CasusId last_id;
  std::uint64_t loads = 0;  // Casussen read from the store.
};

class Group {
 public:
  explicit Group(Workshop& workshop) : workshop_(workshop) {}

  // The answer holds only when commit() succeeds.
  [[nodiscard]] Result<Answer> decide(const Request& request);
  [[nodiscard]] Result<Done> commit();
  [[nodiscard]] std::size_t command_count() const { return batch_.commits.size(); }
  [[nodiscard]] std::optional<Instant> earliest_due() const;  // That these commands set.

 private:
  // A command that follows from another: thrown by a casus, or a buffered message that somebody waits for now.
  struct Following {
    execute::Command command;
    CasusId thrower;                // A signal does not come back to it.
    bool routed = false;            // Keep the key so that the same message is not taken twice.
    std::uint64_t buffered_id = 0;  // Its row in the buffer, to be removed.
  };

  [[nodiscard]] Result<Answer> route(const execute::Command& command, const Request* request);
  [[nodiscard]] Result<Answer> start(const execute::Command& command, const Request* request,
                                     const std::string& version);
  [[nodiscard]] Result<Answer> on_casus(CasusId casus, const execute::Command& command, const Request* request,
                                        bool routed);
  [[nodiscard]] Result<Answer> correlate(const execute::Command& command, const execute::CorrelateMessage& message);
  [[nodiscard]] Result<Answer> broadcast(const execute::Command& command, const execute::BroadcastSignal& signal,
                                         CasusId thrower);
  [[nodiscard]] Result<Answer> start_or_buffer(const execute::Command& command,
                                               const execute::CorrelateMessage& message,
                                               const std::string& correlation);
  [[nodiscard]] Result<Answer> buffer(const execute::Command& command, const execute::CorrelateMessage& message,
                                      const std::string& correlation);
  [[nodiscard]] Result<Answer> send_to_all(const execute::Command& command, const std::vector<CasusId>& receivers);
  void follow();
  void take_thrown(const Held& held, const store::CasusCommit& commit, const std::vector<execute::Event>& events);
  void take_buffered(const Held& held, const store::CasusCommit& commit);

  // Decides and adds to the batch; `held` moves on only when that succeeds.
  [[nodiscard]] Result<Answer> apply(Held& held, execute::Command command, const Request* request, bool routed);
  [[nodiscard]] Result<std::vector<store::VaultItem>> seal(Held& held, execute::Command& command,
                                                           const Request* request);

  [[nodiscard]] Result<Held*> load(CasusId casus);
  [[nodiscard]] Result<CasusId> new_id();
  [[nodiscard]] Result<std::optional<Answer>> first_answer(CasusId casus, const execute::Command& command);
  [[nodiscard]] Result<std::optional<Answer>> first_routed_answer(const execute::Command& command);
  // Open items of the store as this group leaves them.
  [[nodiscard]] Result<std::vector<store::PendingItem>> waiting(store::PendingKind kind, const std::string& name,
                                                                const std::string& correlation);

  Workshop& workshop_;
  store::Batch batch_;
  std::vector<CasusId> touched_;
  std::deque<Following> following_;
};

[[nodiscard]] std::string_view kind_of(const execute::CommandBody& body);  // "CompleteTask": what the journal calls it.

}  // namespace draad::service
