// engine/service/internal/casus_memory.h
//
// Casussen in memory: read by replaying their journal, kept while there is room, least recently used leaves first.
//   `Held` is the writer's own and may be ahead of the disk while a group is being decided.
//   `views` is what other threads may see: only what is committed.
// Threads: Held and its functions belong to the writer; view() is safe.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/service/engine.h"
#include "engine/service/internal/releases.h"

namespace draad::service {

struct Held {
  CasusView now;
  Instant last_at;
  std::vector<std::uint64_t> keys;          // Hashes of the idempotency keys of all entries, in order.
  std::vector<store::PendingItem> pending;  // As the store has them, without passing deliveries.
  std::optional<privacy::CasusKey> vault_key;
  std::uint64_t next_reference = 0;  // 0: the vault of this casus was not looked at yet.
};

[[nodiscard]] std::uint64_t key_hash(std::string_view idempotency_key);

// Replays the journal; checks its chain. `not_found` when there is no such casus.
[[nodiscard]] Result<Held> load_casus(store::Reader& reader, Releases& releases, CasusId casus);

class CasusMemory {
 public:
  explicit CasusMemory(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  [[nodiscard]] Held* find(CasusId casus);  // nullptr: not in memory.
  Held& keep(CasusId casus, Held held);
  void forget(CasusId casus);
  void make_visible(const std::vector<CasusId>& casussen);  // What their Held says is committed now.
  void make_room();                                         // Between groups: pointers to Held end here.

  [[nodiscard]] std::optional<CasusView> view(CasusId casus) const;
  [[nodiscard]] std::size_t count() const;
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Row {
    std::unique_ptr<Held> held;
    std::list<CasusId>::iterator used;
    std::size_t bytes = 0;
  };
  struct HashId {
    std::size_t operator()(CasusId id) const { return std::hash<std::uint64_t>()(id.value * 0x9e3779b97f4a7c15u); }
  };

  std::size_t bytes_max_;
  std::unordered_map<CasusId, Row, HashId> rows_;  // Looked up, never walked.
  std::list<CasusId> used_;                        // Most recent first.
  mutable std::mutex mutex_;                       // Guards what follows.
  std::unordered_map<CasusId, CasusView, HashId> views_;
  std::size_t bytes_ = 0;
};

}  // namespace draad::service
