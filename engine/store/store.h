// engine/store/store.h
//
// The one port to what is kept. A casus is a journal of entries (append only) and one small row that says where it
// stands; beside it what is looked up by something else than its id (`PendingItem`), its sealed personal values
// (`VaultItem`), and what is shared by all: releases, messages that nobody waited for yet, notes, the access log.
//
// Writing is one call: commit(batch) writes everything of a group of commands in one durable transaction, or nothing. A
// casus may occur several times in a batch, in the order of its commands. The store expects the revision that the
// writer saw; who writes at revision n has read all n entries, so the idempotency keys among them too, and no second
// index over keys is needed. Costs: at most four statements per CasusCommit, whatever the length of the journal.
//
// An entry of the journal is never changed or removed; neither is a release.
// Errors: `conflict` (another revision; a routed key that exists), `unavailable` (locked, disk full, input/output),
// `corrupt`, `unsupported` (a database of a newer version), `invalid` (not ours). `where` is the casus id or the file.
// Threads: a Store is used by one thread (the writer); every other thread opens a Reader of its own, which sees only
// what is committed.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/ids.h"
#include "engine/core/result.h"
#include "engine/core/time.h"

namespace draad::store {

using Hash = std::array<std::uint8_t, 32>;
using Bytes = std::vector<std::uint8_t>;
using ReleaseId = Id<struct ReleaseTag>;

// The numbers of these enumerations are stored: never renumber.
enum class CasusStatus : std::uint8_t { open = 1, completed = 2, cancelled = 3 };

struct CasusRecord {
  CasusId id;
  std::uint64_t revision = 0;  // Sequence of the last journal entry.
  CasusStatus status = CasusStatus::open;
  std::optional<Instant> due_at;  // Earliest timer or term.
  ReleaseId release;              // The version it began with and stays on.
  std::string process_id;
  Hash head{};  // Hash of the last journal entry.

  friend bool operator==(const CasusRecord&, const CasusRecord&) = default;
};

struct JournalEntry {
  CasusId casus;
  std::uint64_t sequence = 0;  // From 1, without gaps.
  Instant at;
  std::string actor;
  std::string kind;  // Name of the command.
  std::string idempotency_key;
  bool routed = false;  // The command named no casus (a start, a message): its key is unique among all such.
  std::string body;     // The events, as JSON.
  Hash hash{};          // Covers the hash of the entry before it and all fields above (engine/privacy/chain.h).

  friend bool operator==(const JournalEntry&, const JournalEntry&) = default;
};

enum class PendingKind : std::uint8_t { message = 1, signal = 2, delivery = 3, task = 4, incident = 5 };

// Something a casus waits for or owes to the outside, found by name and correlation: a message or signal it listens to,
// a delivery that must leave (the outbox), a task of a role, an incident somebody must mend. (casus, owner, kind, slot)
// names it; when it is over, the same item is written with open = false.
struct PendingItem {
  CasusId casus;
  std::uint64_t owner = 0;  // The element or scope instance it hangs on.
  PendingKind kind = PendingKind::message;
  std::uint64_t slot = 0;   // Tells several of one owner apart.
  std::string name;         // Name of the message or signal, topic, role, kind of incident.
  std::string correlation;  // Canonical JSON of the value it is matched on; empty: no value.
  std::optional<Instant> due_at;
  bool open = true;

  friend bool operator==(const PendingItem&, const PendingItem&) = default;
};

// Reference 0 is the wrapped key of the casus; removing it erases all others.
struct VaultItem {
  std::uint64_t reference = 0;
  std::uint8_t data_class = 0;
  Bytes sealed;

  friend bool operator==(const VaultItem&, const VaultItem&) = default;
};

struct CasusCommit {
  CasusRecord casus;  // As it stands afterwards; its revision is that of the entry. Revision 1 makes the casus.
  JournalEntry entry;
  std::vector<VaultItem> vault;
  std::vector<PendingItem> pending;  // Only what changed.
  bool due_changed = true;           // False lets a store leave its index of due moments alone.
};

struct BufferedMessage {
  std::uint64_t id = 0;  // Given by the store, growing.
  std::string name;
  std::string correlation;
  std::string actor;
  std::string idempotency_key;  // Unique.
  std::string body;             // The facts, as JSON; no personal value.
  Instant received_at;
  Instant expires_at;

  friend bool operator==(const BufferedMessage&, const BufferedMessage&) = default;
};

struct AccessRecord {
  CasusId casus;
  std::uint64_t reference = 0;
  std::string actor;
  std::string reason;
  Instant at;

  friend bool operator==(const AccessRecord&, const AccessRecord&) = default;
};

struct Batch {
  std::vector<CasusCommit> commits;
  std::vector<BufferedMessage> buffered;
  std::vector<std::uint64_t> unbuffered;  // Ids of messages that were delivered or expired.
  std::vector<AccessRecord> accesses;

  [[nodiscard]] bool empty() const {
    return commits.empty() && buffered.empty() && unbuffered.empty() && accesses.empty();
  }
};

struct ReleaseFile {
  std::string path;
  std::string content;  // Bytes as published.

  friend bool operator==(const ReleaseFile&, const ReleaseFile&) = default;
};

struct ReleaseRecord {
  ReleaseId id;         // Given by the store, growing.
  std::string version;  // Unique; what a casus and people name it by.
  std::string published_by;
  Instant published_at;
  std::string fingerprint;  // Unique: the same content is one release.
  std::string table;        // execute::Release::table(): keeps a journal readable whatever a later compiler does.

  friend bool operator==(const ReleaseRecord&, const ReleaseRecord&) = default;
};

struct DueCasus {
  CasusId casus;
  Instant due_at;

  friend bool operator==(const DueCasus&, const DueCasus&) = default;
};

struct Totals {
  std::uint64_t open = 0;
  std::uint64_t closed = 0;
};

class Reader {
 public:
  virtual ~Reader() = default;

  [[nodiscard]] virtual Result<std::optional<CasusRecord>> find_casus(CasusId casus) = 0;
  [[nodiscard]] virtual Result<std::vector<CasusRecord>> casussen(CasusId after, std::size_t limit) = 0;  // By id.
  [[nodiscard]] virtual Result<Totals> totals() = 0;  // Counts rows: not for a hot path.

  // Entries with a sequence greater than `after`, in order.
  [[nodiscard]] virtual Result<std::vector<JournalEntry>> journal(CasusId casus, std::uint64_t after,
                                                                  std::size_t limit) = 0;
  [[nodiscard]] virtual Result<std::optional<JournalEntry>> find_routed(std::string_view idempotency_key) = 0;
  // Walks the journal of the casus: for the rare command that is sent again.
  [[nodiscard]] virtual Result<std::optional<JournalEntry>> find_key(CasusId casus,
                                                                     std::string_view idempotency_key) = 0;

  // Open casussen with something due at any time, earliest first; those with the same moment by id.
  [[nodiscard]] virtual Result<std::vector<DueCasus>> due(std::size_t limit) = 0;

  // Open items only, by casus and element. Nothing for `correlation`: any.
  [[nodiscard]] virtual Result<std::vector<PendingItem>> pending(PendingKind kind, std::string_view name,
                                                                 std::optional<std::string_view> correlation,
                                                                 std::size_t limit) = 0;
  [[nodiscard]] virtual Result<std::vector<PendingItem>> pending_of(CasusId casus) = 0;

  [[nodiscard]] virtual Result<std::vector<VaultItem>> vault(CasusId casus) = 0;  // By reference; the key first.

  [[nodiscard]] virtual Result<std::vector<BufferedMessage>> buffered(std::string_view name,
                                                                      std::string_view correlation,
                                                                      std::size_t limit) = 0;  // Oldest first.
  [[nodiscard]] virtual Result<std::optional<BufferedMessage>> find_buffered(std::string_view idempotency_key) = 0;
  [[nodiscard]] virtual Result<std::vector<BufferedMessage>> expired(Instant now, std::size_t limit) = 0;

  [[nodiscard]] virtual Result<std::vector<ReleaseRecord>> releases() = 0;                      // Oldest first.
  [[nodiscard]] virtual Result<std::vector<ReleaseFile>> release_files(ReleaseId release) = 0;  // By path.

  [[nodiscard]] virtual Result<std::vector<AccessRecord>> accesses(CasusId casus, std::size_t limit) = 0;
  [[nodiscard]] virtual Result<std::optional<std::string>> note(std::string_view name) = 0;

  // Reads everything and answers what is wrong, in Dutch; empty when nothing is.
  [[nodiscard]] virtual Result<std::vector<std::string>> check_integrity() = 0;
};

class Store : public Reader {
 public:
  [[nodiscard]] virtual Result<std::unique_ptr<Reader>> open_reader() = 0;

  // Ids that no other caller was given: the first of `count`. They grow with time.
  [[nodiscard]] virtual Result<CasusId> reserve_casus_ids(std::uint32_t count) = 0;

  [[nodiscard]] virtual Result<Done> commit(const Batch& batch) = 0;

  // The release that has this fingerprint: a new one, or the one that was published before.
  [[nodiscard]] virtual Result<ReleaseRecord> publish(const ReleaseRecord& release,
                                                      std::span<const ReleaseFile> files) = 0;
  [[nodiscard]] virtual Result<Done> set_note(std::string_view name, std::string_view text) = 0;

  // Erasure: removes the wrapped key of the casus and its sealed values.
  [[nodiscard]] virtual Result<Done> erase_vault(CasusId casus) = 0;
};

}  // namespace draad::store
