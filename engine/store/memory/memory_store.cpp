#include "engine/store/memory/memory_store.h"

#include <algorithm>
#include <limits>
#include <map>
#include <mutex>
#include <set>
#include <tuple>

namespace draad::store {

namespace {

using PendingKey = std::tuple<CasusId, std::uint64_t, PendingKind, std::uint64_t>;

// What the store and its readers share.
struct Shared {
  std::mutex mutex;
  std::map<CasusId, CasusRecord> casussen;
  std::map<CasusId, std::vector<JournalEntry>> journals;
  std::map<std::string, std::pair<CasusId, std::uint64_t>, std::less<>> routed;
  std::set<std::pair<Instant, CasusId>> due;
  std::map<PendingKey, PendingItem> pending;  // Open items only.
  std::map<CasusId, std::map<std::uint64_t, VaultItem>> vault;
  std::map<std::uint64_t, BufferedMessage> buffered;
  std::uint64_t last_message = 0;
  std::vector<AccessRecord> accesses;
  std::map<ReleaseId, ReleaseRecord> releases;
  std::map<ReleaseId, std::vector<ReleaseFile>> release_files;
  std::map<std::string, std::string, std::less<>> notes;
};

std::string text_of(CasusId casus) {
  return std::to_string(casus.value);
}

template <typename Map, typename Key>
auto find_copy(const Map& map, const Key& key) -> std::optional<typename Map::mapped_type> {
  const auto found = map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

// Everything that can be wrong with a batch, before anything of it is written.
Result<Done> check_batch(const Shared& shared, const Batch& batch) {
  std::map<CasusId, std::uint64_t> revisions;
  std::set<std::string_view> keys;
  for (const CasusCommit& commit : batch.commits) {
    DRAAD_CHECK(commit.casus.id && commit.casus.id == commit.entry.casus);
    DRAAD_CHECK(commit.casus.revision == commit.entry.sequence);
    auto [revision, first] = revisions.try_emplace(commit.casus.id, 0);
    if (first) {
      const auto stored = shared.casussen.find(commit.casus.id);
      if (stored != shared.casussen.end()) revision->second = stored->second.revision;
    }
    if (commit.casus.revision != revision->second + 1) {
      return Error{ErrorCode::conflict,
                   "Expected the casus at revision " + std::to_string(commit.casus.revision - 1) +
                       ", but another writer was first",
                   text_of(commit.casus.id)};
    }
    ++revision->second;
    if (commit.entry.routed &&
        (shared.routed.contains(commit.entry.idempotency_key) || !keys.insert(commit.entry.idempotency_key).second)) {
      return Error{ErrorCode::conflict, "Expected a new idempotency key, but it was used before",
                   text_of(commit.casus.id)};
    }
  }
  for (const BufferedMessage& message : batch.buffered) {
    const bool known = std::ranges::any_of(
        shared.buffered, [&](const auto& row) { return row.second.idempotency_key == message.idempotency_key; });
    if (known || !keys.insert(message.idempotency_key).second) {
      return Error{ErrorCode::conflict, "Expected a new idempotency key, but a buffered message has it", message.name};
    }
  }
  return Done{};
}

void write_casus(Shared& shared, const CasusCommit& commit) {
  const CasusId id = commit.casus.id;
  CasusRecord& record = shared.casussen[id];
  if (record.due_at) shared.due.erase({*record.due_at, id});
  const std::optional<Instant> due_before = record.due_at;
  record = commit.casus;
  if (!commit.due_changed) record.due_at = due_before;
  if (record.due_at) shared.due.insert({*record.due_at, id});
  shared.journals[id].push_back(commit.entry);
  if (commit.entry.routed) shared.routed[commit.entry.idempotency_key] = {id, commit.entry.sequence};
  for (const VaultItem& item : commit.vault) shared.vault[id].insert_or_assign(item.reference, item);
  for (const PendingItem& item : commit.pending) {
    const PendingKey key{item.casus, item.owner, item.kind, item.slot};
    if (item.open) {
      shared.pending.insert_or_assign(key, item);
    } else {
      shared.pending.erase(key);
    }
  }
}

template <typename Port>
class MemoryReads : public Port {
 public:
  explicit MemoryReads(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}

  Result<std::optional<CasusRecord>> find_casus(CasusId casus) override {
    const std::lock_guard lock(shared_->mutex);
    return find_copy(shared_->casussen, casus);
  }

  Result<std::vector<CasusRecord>> casussen(CasusId after, std::size_t limit) override {
    const std::lock_guard lock(shared_->mutex);
    std::vector<CasusRecord> out;
    for (auto row = shared_->casussen.upper_bound(after); row != shared_->casussen.end() && out.size() < limit; ++row) {
      out.push_back(row->second);
    }
    return out;
  }

  Result<Totals> totals() override {
    const std::lock_guard lock(shared_->mutex);
    Totals totals;
    for (const auto& [id, record] : shared_->casussen) {
      ++(record.status == CasusStatus::open ? totals.open : totals.closed);
    }
    return totals;
  }

  Result<std::vector<JournalEntry>> journal(CasusId casus, std::uint64_t after, std::size_t limit) override {
    const std::lock_guard lock(shared_->mutex);
    std::vector<JournalEntry> out;
    const auto found = shared_->journals.find(casus);
    if (found == shared_->journals.end()) return out;
    for (const JournalEntry& entry : found->second) {
      if (out.size() == limit) break;
      if (entry.sequence > after) out.push_back(entry);
    }
    return out;
  }

  Result<std::optional<JournalEntry>> find_routed(std::string_view idempotency_key) override {
    const std::lock_guard lock(shared_->mutex);
    const auto found = shared_->routed.find(idempotency_key);
    if (found == shared_->routed.end()) return std::optional<JournalEntry>();
    const auto& [casus, sequence] = found->second;
    return std::optional(shared_->journals.at(casus).at(sequence - 1));
  }

  Result<std::optional<JournalEntry>> find_key(CasusId casus, std::string_view idempotency_key) override {
    const std::lock_guard lock(shared_->mutex);
    const auto found = shared_->journals.find(casus);
    if (found != shared_->journals.end()) {
      for (const JournalEntry& entry : found->second) {
        if (entry.idempotency_key == idempotency_key) return std::optional(entry);
      }
    }
    return std::optional<JournalEntry>();
  }

  Result<std::vector<DueCasus>> due(std::size_t limit) override {
    const std::lock_guard lock(shared_->mutex);
    std::vector<DueCasus> out;
    for (const auto& [due_at, casus] : shared_->due) {
      if (out.size() == limit) break;
      out.push_back({casus, due_at});
    }
    return out;
  }

  Result<std::vector<PendingItem>> pending(PendingKind kind, std::string_view name,
                                           std::optional<std::string_view> correlation, std::size_t limit) override {
    return select_pending(limit, [&](const PendingItem& item) {
      return item.kind == kind && item.name == name && (!correlation || item.correlation == *correlation);
    });
  }

  Result<std::vector<PendingItem>> pending_of(CasusId casus) override {
    return select_pending(std::numeric_limits<std::size_t>::max(),
                          [&](const PendingItem& item) { return item.casus == casus; });
  }

  Result<std::vector<VaultItem>> vault(CasusId casus) override {
    const std::lock_guard lock(shared_->mutex);
    std::vector<VaultItem> out;
    const auto found = shared_->vault.find(casus);
    if (found == shared_->vault.end()) return out;
    for (const auto& [reference, item] : found->second) out.push_back(item);
    return out;
  }

  Result<std::vector<BufferedMessage>> buffered(std::string_view name, std::string_view correlation,
                                                std::size_t limit) override {
    return select_buffered(limit, [&](const BufferedMessage& message) {
      return message.name == name && message.correlation == correlation;
    });
  }

  Result<std::optional<BufferedMessage>> find_buffered(std::string_view idempotency_key) override {
    DRAAD_TRY(const std::vector<BufferedMessage> found, select_buffered(1, [&](const BufferedMessage& message) {
                return message.idempotency_key == idempotency_key;
              }));
    return found.empty() ? std::optional<BufferedMessage>() : std::optional(found.front());
  }

  Result<std::vector<BufferedMessage>> expired(Instant now, std::size_t limit) override {
    return select_buffered(limit, [&](const BufferedMessage& message) { return message.expires_at <= now; });
  }

  Result<std::vector<ReleaseRecord>> releases() override {
    const std::lock_guard lock(shared_->mutex);
    std::vector<ReleaseRecord> out;
    for (const auto& [id, release] : shared_->releases) out.push_back(release);
    return out;
  }

  Result<std::vector<ReleaseFile>> release_files(ReleaseId release) override {
    const std::lock_guard lock(shared_->mutex);
    return find_copy(shared_->release_files, release).value_or(std::vector<ReleaseFile>());
  }

  Result<std::vector<AccessRecord>> accesses(CasusId casus, std::size_t limit) override {
    const std::lock_guard lock(shared_->mutex);
    std::vector<AccessRecord> out;
    for (const AccessRecord& access : shared_->accesses) {
      if (access.casus == casus && out.size() < limit) out.push_back(access);
    }
    return out;
  }

  Result<std::optional<std::string>> note(std::string_view name) override {
    const std::lock_guard lock(shared_->mutex);
    return find_copy(shared_->notes, name);
  }

  Result<std::vector<std::string>> check_integrity() override { return std::vector<std::string>(); }

 protected:
  template <typename Wanted>
  std::vector<PendingItem> select_pending(std::size_t limit, const Wanted& wanted) {
    const std::lock_guard lock(shared_->mutex);
    std::vector<PendingItem> out;
    for (const auto& [key, item] : shared_->pending) {
      if (out.size() == limit) break;
      if (wanted(item)) out.push_back(item);
    }
    return out;
  }

  template <typename Wanted>
  Result<std::vector<BufferedMessage>> select_buffered(std::size_t limit, const Wanted& wanted) {
    const std::lock_guard lock(shared_->mutex);
    std::vector<BufferedMessage> out;
    for (const auto& [id, message] : shared_->buffered) {
      if (out.size() == limit) break;
      if (wanted(message)) out.push_back(message);
    }
    return out;
  }

  std::shared_ptr<Shared> shared_;
};

class MemoryStore final : public MemoryReads<Store> {
 public:
  MemoryStore() : MemoryReads(std::make_shared<Shared>()) {}

  Result<std::unique_ptr<Reader>> open_reader() override {
    return std::unique_ptr<Reader>(std::make_unique<MemoryReads<Reader>>(shared_));
  }

  Result<CasusId> reserve_casus_ids(std::uint32_t count) override {
    const CasusId first{last_id_ + 1};
    last_id_ += count;
    return first;
  }

  Result<Done> commit(const Batch& batch) override {
    const std::lock_guard lock(shared_->mutex);
    DRAAD_TRY_DONE(check_batch(*shared_, batch));
    for (const CasusCommit& commit : batch.commits) write_casus(*shared_, commit);
    for (const std::uint64_t id : batch.unbuffered) shared_->buffered.erase(id);
    for (BufferedMessage message : batch.buffered) {
      message.id = ++shared_->last_message;
      shared_->buffered.emplace(message.id, std::move(message));
    }
    shared_->accesses.insert(shared_->accesses.end(), batch.accesses.begin(), batch.accesses.end());
    return Done{};
  }

  Result<ReleaseRecord> publish(const ReleaseRecord& release, std::span<const ReleaseFile> files) override {
    const std::lock_guard lock(shared_->mutex);
    for (const auto& [id, known] : shared_->releases) {
      if (known.fingerprint == release.fingerprint) return known;
      if (known.version == release.version) {
        return Error{ErrorCode::conflict, "Expected a new version, but it was published before with other content",
                     release.version};
      }
    }
    ReleaseRecord record = release;
    record.id = ReleaseId{shared_->releases.size() + 1};
    shared_->releases.emplace(record.id, record);
    std::vector<ReleaseFile>& kept = shared_->release_files[record.id];
    kept.assign(files.begin(), files.end());
    std::ranges::sort(kept, {}, &ReleaseFile::path);
    return record;
  }

  Result<Done> set_note(std::string_view name, std::string_view text) override {
    const std::lock_guard lock(shared_->mutex);
    shared_->notes.insert_or_assign(std::string(name), std::string(text));
    return Done{};
  }

  Result<Done> erase_vault(CasusId casus) override {
    const std::lock_guard lock(shared_->mutex);
    shared_->vault.erase(casus);
    return Done{};
  }

 private:
  std::uint64_t last_id_ = 0;  // The writer's own.
};

}  // namespace

std::unique_ptr<Store> make_memory_store() {
  return std::make_unique<MemoryStore>();
}

}  // namespace draad::store
