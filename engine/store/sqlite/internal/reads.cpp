#include "engine/store/sqlite/internal/reads.h"

#include <limits>

namespace draad::store::sqlite {

namespace {

#define DRAAD_CASUS_COLUMNS "id, revision, status, due_at, release_id, process_id, head"
#define DRAAD_ENTRY_COLUMNS "casus_id, sequence, at, actor, kind, idempotency_key, routed, body, hash"
#define DRAAD_PENDING_COLUMNS "casus_id, owner, kind, slot, name, correlation, due_at, open"
#define DRAAD_MESSAGE_COLUMNS "id, name, correlation, actor, idempotency_key, body, received_at, expires_at"

constexpr const char* kFindCasus = "SELECT " DRAAD_CASUS_COLUMNS " FROM casus WHERE id = ?";
constexpr const char* kCasussen = "SELECT " DRAAD_CASUS_COLUMNS " FROM casus WHERE id > ? ORDER BY id LIMIT ?";
constexpr const char* kTotals = "SELECT count(*), coalesce(sum(status = 1), 0) FROM casus";
constexpr const char* kJournal =
    "SELECT " DRAAD_ENTRY_COLUMNS " FROM journal WHERE casus_id = ? AND sequence > ? ORDER BY sequence LIMIT ?";
constexpr const char* kFindRouted =
    "SELECT " DRAAD_ENTRY_COLUMNS " FROM journal WHERE idempotency_key = ? AND routed = 1";
constexpr const char* kFindKey = "SELECT " DRAAD_ENTRY_COLUMNS
                                 " FROM journal WHERE casus_id = ? AND idempotency_key = ? ORDER BY sequence LIMIT 1";
constexpr const char* kDue = "SELECT id, due_at FROM casus WHERE due_at IS NOT NULL ORDER BY due_at, id LIMIT ?";
constexpr const char* kPending = "SELECT " DRAAD_PENDING_COLUMNS
                                 " FROM pending INDEXED BY pending_open WHERE open = 1 AND kind = ? AND name = ?"
                                 " AND correlation = ? ORDER BY casus_id, owner, slot LIMIT ?";
constexpr const char* kPendingAny = "SELECT " DRAAD_PENDING_COLUMNS
                                    " FROM pending INDEXED BY pending_open WHERE open = 1 AND kind = ? AND name = ?"
                                    " ORDER BY casus_id, owner, slot LIMIT ?";
constexpr const char* kPendingOf =
    "SELECT " DRAAD_PENDING_COLUMNS " FROM pending WHERE casus_id = ? AND open = 1 ORDER BY owner, kind, slot";
constexpr const char* kVault = "SELECT reference, data_class, sealed FROM vault WHERE casus_id = ? ORDER BY reference";
constexpr const char* kBuffered =
    "SELECT " DRAAD_MESSAGE_COLUMNS " FROM message WHERE name = ? AND correlation = ? ORDER BY id LIMIT ?";
constexpr const char* kFindBuffered = "SELECT " DRAAD_MESSAGE_COLUMNS " FROM message WHERE idempotency_key = ?";
constexpr const char* kExpired =
    "SELECT " DRAAD_MESSAGE_COLUMNS " FROM message WHERE expires_at <= ? ORDER BY expires_at, id LIMIT ?";
constexpr const char* kReleases =
    "SELECT id, version, published_by, published_at, fingerprint, node_table FROM release ORDER BY id";
constexpr const char* kReleaseFiles = "SELECT path, content FROM release_file WHERE release_id = ? ORDER BY path";
constexpr const char* kAccesses =
    "SELECT casus_id, reference, actor, reason, at FROM access WHERE casus_id = ? ORDER BY id LIMIT ?";
constexpr const char* kNote = "SELECT text FROM note WHERE name = ?";

CasusRecord read_casus(const Use& row) {
  CasusRecord record;
  record.id = CasusId{row.count(0)};
  record.revision = row.count(1);
  record.status = static_cast<CasusStatus>(row.number(2));
  record.due_at = row.at_or_nothing(3);
  record.release = ReleaseId{row.count(4)};
  record.process_id = row.text(5);
  record.head = row.hash(6);
  return record;
}

JournalEntry read_entry(const Use& row) {
  JournalEntry entry;
  entry.casus = CasusId{row.count(0)};
  entry.sequence = row.count(1);
  entry.at = row.at(2);
  entry.actor = row.text(3);
  entry.kind = row.text(4);
  entry.idempotency_key = row.text(5);
  entry.routed = row.number(6) != 0;
  entry.body = row.text(7);
  entry.hash = row.hash(8);
  return entry;
}

PendingItem read_pending(const Use& row) {
  PendingItem item;
  item.casus = CasusId{row.count(0)};
  item.owner = row.count(1);
  item.kind = static_cast<PendingKind>(row.number(2));
  item.slot = row.count(3);
  item.name = row.text(4);
  item.correlation = row.text(5);
  item.due_at = row.at_or_nothing(6);
  item.open = row.number(7) != 0;
  return item;
}

BufferedMessage read_message(const Use& row) {
  BufferedMessage message;
  message.id = row.count(0);
  message.name = row.text(1);
  message.correlation = row.text(2);
  message.actor = row.text(3);
  message.idempotency_key = row.text(4);
  message.body = row.text(5);
  message.received_at = row.at(6);
  message.expires_at = row.at(7);
  return message;
}

std::int64_t row_limit(std::size_t limit) {
  constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>(std::min(limit, kMost));
}

// All rows of a statement that is bound already.
template <typename Read>
auto collect(Use& use, const Read& read) {
  std::vector<decltype(read(use))> rows;
  while (use.step()) rows.push_back(read(use));
  return rows;
}

template <typename Read>
auto first(Use& use, const Read& read) {
  std::optional<decltype(read(use))> row;
  if (use.step()) row = read(use);
  return row;
}

}  // namespace

Result<std::optional<CasusRecord>> find_casus(Connection& connection, CasusId casus) {
  return connection.attempt([&]() -> Result<std::optional<CasusRecord>> {
    Use use(connection.prepared(kFindCasus));
    use.bind(casus.value);
    return first(use, read_casus);
  });
}

Result<std::vector<CasusRecord>> casussen(Connection& connection, CasusId after, std::size_t limit) {
  return connection.attempt([&]() -> Result<std::vector<CasusRecord>> {
    Use use(connection.prepared(kCasussen));
    use.bind(after.value).bind(row_limit(limit));
    return collect(use, read_casus);
  });
}

Result<Totals> totals(Connection& connection) {
  return connection.attempt([&]() -> Result<Totals> {
    Use use(connection.prepared(kTotals));
    use.step();
    return Totals{use.count(1), use.count(0) - use.count(1)};
  });
}

Result<std::vector<JournalEntry>> journal(Connection& connection, CasusId casus, std::uint64_t after,
                                          std::size_t limit) {
  return connection.attempt([&]() -> Result<std::vector<JournalEntry>> {
    Use use(connection.prepared(kJournal));
    use.bind(casus.value).bind(after).bind(row_limit(limit));
    return collect(use, read_entry);
  });
}

Result<std::optional<JournalEntry>> find_routed(Connection& connection, std::string_view idempotency_key) {
  return connection.attempt([&]() -> Result<std::optional<JournalEntry>> {
    Use use(connection.prepared(kFindRouted));
    use.bind(idempotency_key);
    return first(use, read_entry);
  });
}

Result<std::optional<JournalEntry>> find_key(Connection& connection, CasusId casus, std::string_view idempotency_key) {
  return connection.attempt([&]() -> Result<std::optional<JournalEntry>> {
    Use use(connection.prepared(kFindKey));
    use.bind(casus.value).bind(idempotency_key);
    return first(use, read_entry);
  });
}

Result<std::vector<DueCasus>> due(Connection& connection, std::size_t limit) {
  return connection.attempt([&]() -> Result<std::vector<DueCasus>> {
    Use use(connection.prepared(kDue));
    use.bind(row_limit(limit));
    return collect(use, [](const Use& row) { return DueCasus{CasusId{row.count(0)}, row.at(1)}; });
  });
}

Result<std::vector<PendingItem>> pending(Connection& connection, PendingKind kind, std::string_view name,
                                         std::optional<std::string_view> correlation, std::size_t limit) {
  return connection.attempt([&]() -> Result<std::vector<PendingItem>> {
    Use use(connection.prepared(correlation ? kPending : kPendingAny));
    use.bind(static_cast<std::int64_t>(kind)).bind(name);
    if (correlation) use.bind(*correlation);
    use.bind(row_limit(limit));
    return collect(use, read_pending);
  });
}

Result<std::vector<PendingItem>> pending_of(Connection& connection, CasusId casus) {
  return connection.attempt([&]() -> Result<std::vector<PendingItem>> {
    Use use(connection.prepared(kPendingOf));
    use.bind(casus.value);
    return collect(use, read_pending);
  });
}

Result<std::vector<VaultItem>> vault(Connection& connection, CasusId casus) {
  return connection.attempt([&]() -> Result<std::vector<VaultItem>> {
    Use use(connection.prepared(kVault));
    use.bind(casus.value);
    return collect(use, [](const Use& row) {
      return VaultItem{row.count(0), static_cast<std::uint8_t>(row.number(1)), row.bytes(2)};
    });
  });
}

Result<std::vector<BufferedMessage>> buffered(Connection& connection, std::string_view name,
                                              std::string_view correlation, std::size_t limit) {
  return connection.attempt([&]() -> Result<std::vector<BufferedMessage>> {
    Use use(connection.prepared(kBuffered));
    use.bind(name).bind(correlation).bind(row_limit(limit));
    return collect(use, read_message);
  });
}

Result<std::optional<BufferedMessage>> find_buffered(Connection& connection, std::string_view idempotency_key) {
  return connection.attempt([&]() -> Result<std::optional<BufferedMessage>> {
    Use use(connection.prepared(kFindBuffered));
    use.bind(idempotency_key);
    return first(use, read_message);
  });
}

Result<std::vector<BufferedMessage>> expired(Connection& connection, Instant now, std::size_t limit) {
  return connection.attempt([&]() -> Result<std::vector<BufferedMessage>> {
    Use use(connection.prepared(kExpired));
    use.bind(now).bind(row_limit(limit));
    return collect(use, read_message);
  });
}

Result<std::vector<ReleaseRecord>> releases(Connection& connection) {
  return connection.attempt([&]() -> Result<std::vector<ReleaseRecord>> {
    Use use(connection.prepared(kReleases));
    return collect(use, [](const Use& row) {
      return ReleaseRecord{ReleaseId{row.count(0)}, row.text(1), row.text(2), row.at(3), row.text(4), row.text(5)};
    });
  });
}

Result<std::vector<ReleaseFile>> release_files(Connection& connection, ReleaseId release) {
  return connection.attempt([&]() -> Result<std::vector<ReleaseFile>> {
    Use use(connection.prepared(kReleaseFiles));
    use.bind(release.value);
    return collect(use, [](const Use& row) { return ReleaseFile{row.text(0), row.text(1)}; });
  });
}

Result<std::vector<AccessRecord>> accesses(Connection& connection, CasusId casus, std::size_t limit) {
  return connection.attempt([&]() -> Result<std::vector<AccessRecord>> {
    Use use(connection.prepared(kAccesses));
    use.bind(casus.value).bind(row_limit(limit));
    return collect(use, [](const Use& row) {
      return AccessRecord{CasusId{row.count(0)}, row.count(1), row.text(2), row.text(3), row.at(4)};
    });
  });
}

Result<std::optional<std::string>> note(Connection& connection, std::string_view name) {
  return connection.attempt([&]() -> Result<std::optional<std::string>> {
    Use use(connection.prepared(kNote));
    use.bind(name);
    return first(use, [](const Use& row) { return row.text(0); });
  });
}

Result<std::vector<std::string>> check_integrity(Connection& connection) {
  return connection.attempt([&]() -> Result<std::vector<std::string>> {
    SQLite::Statement check(connection.database(), "PRAGMA integrity_check(100)");
    std::vector<std::string> findings;
    while (check.executeStep()) {
      const std::string line = check.getColumn(0).getString();
      if (line != "ok") findings.push_back("De database is beschadigd: " + line);
    }
    return findings;
  });
}

}  // namespace draad::store::sqlite
