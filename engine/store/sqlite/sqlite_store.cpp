#include "engine/store/sqlite/sqlite_store.h"

#include <map>

#include "engine/store/sqlite/internal/reads.h"
#include "engine/store/sqlite/internal/slot.h"

namespace draad::store {

namespace {

using sqlite::Connection;
using sqlite::Use;

constexpr const char* kInsertCasus =
    "INSERT INTO casus (revision, status, release_id, process_id, head, due_at, id) VALUES (?, ?, ?, ?, ?, ?, ?)";
// Two shapes: naming due_at makes SQLite touch its index, also when the moment stays the same.
constexpr const char* kUpdateCasus =
    "UPDATE casus SET revision = ?1, status = ?2, release_id = ?3, process_id = ?4, head = ?5, due_at = ?6"
    " WHERE id = ?7 AND revision = ?1 - 1";
constexpr const char* kUpdateCasusSameDue =
    "UPDATE casus SET revision = ?1, status = ?2, release_id = ?3, process_id = ?4, head = ?5"
    " WHERE id = ?6 AND revision = ?1 - 1";
constexpr const char* kInsertEntry =
    "INSERT INTO journal (casus_id, sequence, at, actor, kind, idempotency_key, routed, body, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kInsertMessage =
    "INSERT INTO message (name, correlation, actor, idempotency_key, body, received_at, expires_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kDeleteMessage = "DELETE FROM message WHERE id = ?";
constexpr const char* kInsertAccess =
    "INSERT INTO access (casus_id, reference, actor, reason, at) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kFindFingerprint =
    "SELECT id, version, published_by, published_at, fingerprint, node_table FROM release WHERE fingerprint = ?";
constexpr const char* kFindVersion = "SELECT 1 FROM release WHERE version = ?";
constexpr const char* kInsertRelease =
    "INSERT INTO release (version, published_by, published_at, fingerprint, node_table) VALUES (?, ?, ?, ?, ?)"
    " RETURNING id";
constexpr const char* kInsertReleaseFile = "INSERT INTO release_file (release_id, path, content) VALUES (?, ?, ?)";
constexpr const char* kSetNote =
    "INSERT INTO note (name, text) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text";
constexpr const char* kEraseVault = "DELETE FROM vault WHERE casus_id = ?";

// Several rows in one statement: head, then one group of place holders per row, then tail. A statement per number of
// rows is kept for the numbers that occur every day.
class RowsStatement {
 public:
  RowsStatement(std::string head, std::string row, std::string tail)
      : head_(std::move(head)), row_(std::move(row)), tail_(std::move(tail)) {}

  template <typename Rows, typename BindRow>
  std::size_t run(SQLite::Database& database, const Rows& rows, const BindRow& bind_row) {
    std::size_t statements = 0;
    for (std::size_t begin = 0; begin < rows.size(); begin += kRowsMost, ++statements) {
      const std::size_t count = std::min(rows.size() - begin, kRowsMost);
      std::unique_ptr<SQLite::Statement> unkept;
      SQLite::Statement& statement = prepare(database, count, unkept);
      Use use(statement);
      for (std::size_t index = begin; index < begin + count; ++index) bind_row(use, rows[index]);
      use.run();
    }
    return statements;
  }

 private:
  static constexpr std::size_t kRowsMost = 2000;  // SQLite takes 32,766 bound values per statement.
  static constexpr std::size_t kRowsKept = 32;

  SQLite::Statement& prepare(SQLite::Database& database, std::size_t count,
                             std::unique_ptr<SQLite::Statement>& unkept) {
    std::unique_ptr<SQLite::Statement>& statement = count <= kRowsKept ? kept_[count] : unkept;
    if (statement == nullptr) {
      std::string sql = head_;
      for (std::size_t index = 0; index < count; ++index) sql += (index == 0 ? "" : ", ") + row_;
      statement = std::make_unique<SQLite::Statement>(database, sql + tail_);
    }
    return *statement;
  }

  std::string head_, row_, tail_;
  std::map<std::size_t, std::unique_ptr<SQLite::Statement>> kept_;
};

class SqliteStore final : public sqlite::Reads<Store> {
 public:
  SqliteStore(sqlite::Slot slot, std::unique_ptr<Connection> connection, SqliteOptions options, CasusId last_id)
      : Reads(std::move(connection)), slot_(std::move(slot)), options_(options), last_id_(last_id) {}

  Result<std::unique_ptr<Reader>> open_reader() override { return open_sqlite_reader(connection_->path(), options_); }

  Result<CasusId> reserve_casus_ids(std::uint32_t count) override {
    const CasusId first{last_id_.value + 1};
    last_id_.value += count;
    return first;
  }

  Result<Done> commit(const Batch& batch) override {
    return transact([&]() -> Result<Done> {
      for (const CasusCommit& commit : batch.commits) DRAAD_TRY_DONE(write(commit));
      for (const std::uint64_t id : batch.unbuffered) run(Use(connection_->prepared(kDeleteMessage)).bind(id));
      for (const BufferedMessage& message : batch.buffered) write(message);
      for (const AccessRecord& access : batch.accesses) write(access);
      return Done{};
    });
  }

  Result<ReleaseRecord> publish(const ReleaseRecord& release, std::span<const ReleaseFile> files) override {
    return transact([&]() -> Result<ReleaseRecord> {
      Use known(connection_->prepared(kFindFingerprint));
      known.bind(release.fingerprint);
      if (known.step()) {
        return ReleaseRecord{
            ReleaseId{known.count(0)}, known.text(1), known.text(2), known.at(3), known.text(4), known.text(5)};
      }
      Use version(connection_->prepared(kFindVersion));
      version.bind(release.version);
      if (version.step()) {
        return Error{ErrorCode::conflict, "Expected a new version, but it was published before with other content",
                     release.version};
      }
      ReleaseRecord record = release;
      Use insert(connection_->prepared(kInsertRelease));
      insert.bind(release.version).bind(release.published_by).bind(release.published_at);
      insert.bind(release.fingerprint).bind(release.table);
      insert.step();
      count_write();
      record.id = ReleaseId{insert.count(0)};
      for (const ReleaseFile& file : files) {
        const std::span content(reinterpret_cast<const std::uint8_t*>(file.content.data()), file.content.size());
        run(Use(connection_->prepared(kInsertReleaseFile)).bind(record.id.value).bind(file.path).bind(content));
      }
      return record;
    });
  }

  Result<Done> set_note(std::string_view name, std::string_view text) override {
    return transact([&]() -> Result<Done> {
      run(Use(connection_->prepared(kSetNote)).bind(name).bind(text));
      return Done{};
    });
  }

  Result<Done> erase_vault(CasusId casus) override {
    DRAAD_TRY_DONE(transact([&]() -> Result<Done> {
      run(Use(connection_->prepared(kEraseVault)).bind(casus.value));
      return Done{};
    }));
    // The write-ahead log still holds the key: move it into the file, which overwrites, and empty the log.
    return connection_->attempt([&]() -> Result<Done> {
      connection_->database().exec("PRAGMA wal_checkpoint(TRUNCATE)");
      return Done{};
    });
  }

 private:
  // Everything or nothing: leaving `work` by an error or an exception rolls back.
  template <typename Work>
  auto transact(const Work& work) -> decltype(work()) {
    return connection_->attempt([&]() -> decltype(work()) {
      SQLite::Transaction transaction(connection_->database(), SQLite::TransactionBehavior::IMMEDIATE);
      auto result = work();
      if (result.has_value()) transaction.commit();
      return result;
    });
  }

  void count_write(std::size_t statements = 1) {
    if (options_.write_count != nullptr) *options_.write_count += statements;
  }

  int run(Use& use) {
    count_write();
    return use.run();
  }

  // At most four statements.
  Result<Done> write(const CasusCommit& commit) {
    DRAAD_TRY_DONE(write_casus(commit));
    const JournalEntry& entry = commit.entry;
    Use insert(connection_->prepared(kInsertEntry));
    insert.bind(entry.casus.value).bind(entry.sequence).bind(entry.at).bind(entry.actor).bind(entry.kind);
    insert.bind(entry.idempotency_key).bind(std::int64_t{entry.routed}).bind(entry.body).bind(entry.hash);
    run(insert);
    count_write(vault_rows_.run(connection_->database(), commit.vault, [&](Use& use, const VaultItem& item) {
      use.bind(commit.casus.id.value).bind(item.reference).bind(std::int64_t{item.data_class}).bind(item.sealed);
    }));
    count_write(pending_rows_.run(connection_->database(), commit.pending, [](Use& use, const PendingItem& item) {
      use.bind(item.casus.value).bind(item.owner).bind(static_cast<std::int64_t>(item.kind)).bind(item.slot);
      use.bind(item.name).bind(item.correlation).bind(item.due_at).bind(std::int64_t{item.open});
    }));
    return Done{};
  }

  Result<Done> write_casus(const CasusCommit& commit) {
    const CasusRecord& casus = commit.casus;
    DRAAD_CHECK(casus.id && casus.id == commit.entry.casus && casus.revision == commit.entry.sequence);
    const bool is_new = casus.revision == 1;
    const bool with_due = is_new || commit.due_changed;
    Use use(connection_->prepared(is_new ? kInsertCasus : with_due ? kUpdateCasus : kUpdateCasusSameDue));
    use.bind(casus.revision).bind(static_cast<std::int64_t>(casus.status)).bind(casus.release.value);
    use.bind(casus.process_id).bind(casus.head);
    if (with_due) use.bind(casus.due_at);
    use.bind(casus.id.value);
    if (run(use) == 0) {
      return Error{
          ErrorCode::conflict,
          "Expected the casus at revision " + std::to_string(casus.revision - 1) + ", but another writer was first",
          std::to_string(casus.id.value)};
    }
    return Done{};
  }

  void write(const BufferedMessage& message) {
    Use use(connection_->prepared(kInsertMessage));
    use.bind(message.name).bind(message.correlation).bind(message.actor).bind(message.idempotency_key);
    use.bind(message.body).bind(message.received_at).bind(message.expires_at);
    run(use);
  }

  void write(const AccessRecord& access) {
    Use use(connection_->prepared(kInsertAccess));
    use.bind(access.casus.value).bind(access.reference).bind(access.actor).bind(access.reason).bind(access.at);
    run(use);
  }

  sqlite::Slot slot_;
  SqliteOptions options_;
  CasusId last_id_;
  RowsStatement vault_rows_{
      "INSERT INTO vault (casus_id, reference, data_class, sealed) VALUES ", "(?, ?, ?, ?)",
      " ON CONFLICT (casus_id, reference) DO UPDATE SET data_class = excluded.data_class, sealed = excluded.sealed"};
  RowsStatement pending_rows_{
      "INSERT INTO pending (casus_id, owner, kind, slot, name, correlation, due_at, open) VALUES ",
      "(?, ?, ?, ?, ?, ?, ?, ?)",
      " ON CONFLICT (casus_id, owner, kind, slot) DO UPDATE SET name = excluded.name,"
      " correlation = excluded.correlation, due_at = excluded.due_at, open = excluded.open"};
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& path, const SqliteOptions& options) {
  DRAAD_TRY(sqlite::Slot slot, sqlite::Slot::take(path));
  DRAAD_TRY(std::unique_ptr<Connection> connection, Connection::open(path, sqlite::Mode::write, options));
  const Result<CasusId> last = connection->attempt([&]() -> Result<CasusId> {
    SQLite::Statement newest(connection->database(), "SELECT coalesce(max(id), 0) FROM casus");
    newest.executeStep();
    return CasusId{static_cast<std::uint64_t>(newest.getColumn(0).getInt64())};
  });
  if (!last) return last.error();
  return std::unique_ptr<Store>(
      std::make_unique<SqliteStore>(std::move(slot), std::move(connection), options, last.value()));
}

Result<std::unique_ptr<Reader>> open_sqlite_reader(const std::string& path, const SqliteOptions& options) {
  DRAAD_TRY(std::unique_ptr<Connection> connection, Connection::open(path, sqlite::Mode::read, options));
  return std::unique_ptr<Reader>(std::make_unique<sqlite::Reads<Reader>>(std::move(connection)));
}

}  // namespace draad::store
