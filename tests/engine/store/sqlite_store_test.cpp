// What only the SQLite store can go through: restarts, other programs, full disks, damage, older and newer versions.

#include "engine/store/sqlite/sqlite_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "tests/engine/store/rows.h"
#include "tests/support/temporary_folder.h"

namespace draad::store {
namespace {

using test::batch;
using test::commit;
using test::waiting;

class SqliteStore : public testing::Test {
 protected:
  draad::test::TemporaryFolder folder;
  const std::string path = folder.file("draad.db");

  [[nodiscard]] std::unique_ptr<Store> open(const SqliteOptions& options = {}) const {
    auto store = open_sqlite_store(path, options);
    EXPECT_TRUE(store.has_value()) << (store ? "" : store.error().message);
    return std::move(store).value();
  }
  [[nodiscard]] SQLite::Database other_program() const { return {path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE}; }
};

TEST_F(SqliteStore, KeepsEverythingOverARestart) {
  {
    const auto store = open();
    CasusCommit first = commit(1, 1);
    first.pending = {waiting(1, 3, "besluit", "\"ZK-1\"")};
    ASSERT_TRUE(store->commit(batch({first, commit(2, 1), commit(1, 2)})).has_value());
  }
  const auto store = open();
  EXPECT_EQ(store->find_casus(CasusId{1}).value(), commit(1, 2).casus);
  EXPECT_EQ(store->journal(CasusId{1}, 0, 10).value().size(), 2u);
  EXPECT_EQ(store->pending_of(CasusId{1}).value().size(), 1u);
  EXPECT_EQ(store->reserve_casus_ids(1).value(), CasusId{3});
}

TEST_F(SqliteStore, IsPrivateToItsUserAndSaysWhoseItIs) {
  { const auto store = open(); }
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  SQLite::Database database = other_program();
  EXPECT_EQ(database.execAndGet("PRAGMA application_id").getInt(), 0x44726164);
  EXPECT_EQ(database.execAndGet("PRAGMA user_version").getInt(), 1);
}

TEST_F(SqliteStore, WritesThroughTheLogAndWaitsForTheDisk) {
  const auto store = open();
  SQLite::Database database = other_program();
  EXPECT_EQ(database.execAndGet("PRAGMA journal_mode").getString(), "wal");
}

struct Forbidden {
  std::string name;
  std::string sql;
};
class SqliteJournal : public SqliteStore, public testing::WithParamInterface<Forbidden> {};

TEST_P(SqliteJournal, CannotBeChangedByAnybody) {
  {
    const auto store = open();
    Batch kept = batch({commit(1, 1), commit(1, 2)});
    kept.accesses = {{CasusId{1}, 1, "zorgcoordinator-1", "intake", test::moment(0)}};
    ASSERT_TRUE(store->commit(kept).has_value());
    ReleaseRecord release;
    release.version = "1";
    ASSERT_TRUE(store->publish(release, std::vector<ReleaseFile>{{"a.bpmn", "<a/>"}}).has_value());
  }
  SQLite::Database database = other_program();
  EXPECT_THROW(database.exec(GetParam().sql), SQLite::Exception);
  const auto store = open();
  EXPECT_EQ(store->journal(CasusId{1}, 0, 10).value(), (std::vector{commit(1, 1).entry, commit(1, 2).entry}));
}

INSTANTIATE_TEST_SUITE_P(
    All, SqliteJournal,
    testing::Values(
        Forbidden{"update", "UPDATE journal SET actor = 'een ander'"},
        Forbidden{"delete", "DELETE FROM journal WHERE sequence = 2"},
        Forbidden{"gap_in_numbers_below_one", "INSERT INTO journal VALUES (1, 0, 0, '', '', '', 0, '', zeroblob(32))"},
        Forbidden{"text_for_a_number", "INSERT INTO journal VALUES (1, 'x', 0, '', '', '', 0, '', zeroblob(32))"},
        Forbidden{"release_update", "UPDATE release SET version = '2'"},
        Forbidden{"release_delete", "DELETE FROM release"},
        Forbidden{"file_update", "UPDATE release_file SET content = x'00'"},
        Forbidden{"file_delete", "DELETE FROM release_file"},
        Forbidden{"access_update", "UPDATE access SET actor = 'een ander'"},
        Forbidden{"access_delete", "DELETE FROM access"}),
    [](const auto& row) { return row.param.name; });

TEST_F(SqliteStore, RefusesASecondServerAndNamesTheFirst) {
  const auto store = open();
  const auto second = open_sqlite_store(path);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
  EXPECT_NE(second.error().message.find("al in gebruik"), std::string::npos) << second.error().message;
  EXPECT_NE(second.error().message.find(std::to_string(::getpid())), std::string::npos) << second.error().message;
}

TEST_F(SqliteStore, TheSlotGoesFreeWithTheStore) {
  { const auto store = open(); }
  { const auto store = open(); }
  SUCCEED();
}

TEST_F(SqliteStore, SaysThatAnotherProgramHoldsTheFileAndGoesOnAfterwards) {
  const auto store = open({.busy_timeout = std::chrono::milliseconds(1)});
  ASSERT_TRUE(store->commit(batch({commit(1, 1)})).has_value());
  {
    SQLite::Database other = other_program();
    SQLite::Transaction held(other, SQLite::TransactionBehavior::IMMEDIATE);
    const auto done = store->commit(batch({commit(2, 1), commit(1, 2)}));
    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().code, ErrorCode::unavailable);
    EXPECT_NE(done.error().message.find("houdt de database vast"), std::string::npos) << done.error().message;
    EXPECT_EQ(store->journal(CasusId{1}, 0, 10).value().size(), 1u) << "Reading goes on";
  }
  EXPECT_FALSE(store->find_casus(CasusId{2}).value().has_value());
  EXPECT_TRUE(store->commit(batch({commit(2, 1), commit(1, 2)})).has_value());
}

// A real limit of the operating system on the size of files: write() fails as on a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    before_handler_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit now = before_;
    now.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, before_handler_);
  }

 private:
  rlimit before_{};
  void (*before_handler_)(int) = nullptr;
};

TEST_F(SqliteStore, AFullDiskLeavesNothingHalfAndGoesOnWhenThereIsSpace) {
  const auto store = open();
  ASSERT_TRUE(store->commit(batch({commit(1, 1)})).has_value());
  std::vector<CasusCommit> many;
  for (std::uint64_t casus = 2; casus <= 200; ++casus) {
    many.push_back(commit(casus, 1));
    many.back().entry.body = "[\"" + std::string(4000, 'x') + "\"]";
  }
  {
    const FileSizeLimit limit(256 * 1024);
    const auto done = store->commit(batch(many));
    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().code, ErrorCode::unavailable);
    EXPECT_NE(done.error().message.find("schijf"), std::string::npos) << done.error().message;
    EXPECT_EQ(store->totals().value().open, 1u);
    EXPECT_TRUE(store->commit(batch({commit(1, 2)})).has_value()) << "What fits still works";
  }
  ASSERT_TRUE(store->commit(batch(many)).has_value());
  EXPECT_EQ(store->totals().value().open, 200u);
  EXPECT_TRUE(store->check_integrity().value().empty());
}

TEST_F(SqliteStore, LeavesADatabaseOfANewerVersionAlone) {
  { const auto store = open(); }
  other_program().exec("PRAGMA user_version = 99");
  const auto store = open_sqlite_store(path);
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().code, ErrorCode::unsupported);
  EXPECT_NE(store.error().message.find("nieuwere versie"), std::string::npos);
  EXPECT_NE(store.error().message.find("99"), std::string::npos);
  EXPECT_EQ(other_program().execAndGet("PRAGMA user_version").getInt(), 99);
}

TEST_F(SqliteStore, LeavesTheDatabaseOfAnotherProgramAlone) {
  other_program().exec("CREATE TABLE boodschappen (wat TEXT)");
  const auto store = open_sqlite_store(path);
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().code, ErrorCode::invalid);
  EXPECT_EQ(other_program().execAndGet("SELECT count(*) FROM sqlite_schema").getInt(), 1);
}

TEST_F(SqliteStore, RefusesAFileThatIsNoDatabase) {
  std::ofstream(path) << std::string(10000, 'x');
  const auto store = open_sqlite_store(path);
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().code, ErrorCode::corrupt);
}

TEST_F(SqliteStore, SaysWhenTheFolderIsNotThere) {
  const auto store = open_sqlite_store(folder.file("weg/draad.db"));
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().code, ErrorCode::unavailable);
  EXPECT_FALSE(open_sqlite_reader(folder.file("niet.db")).has_value());
}

// Every page of the file in turn overwritten with rubbish: the store answers, or says that the file is damaged; it
// never crashes and never invents.
TEST_F(SqliteStore, ADamagedPageIsSaidToBeDamaged) {
  {
    const auto store = open();
    for (std::uint64_t casus = 1; casus <= 100; ++casus) {
      CasusCommit first = commit(casus, 1);
      first.pending = {waiting(casus, 3, "besluit", "\"ZK-1\"")};
      ASSERT_TRUE(store->commit(batch({first, commit(casus, 2)})).has_value());
    }
  }
  std::string sound;
  {
    std::ifstream in(path, std::ios::binary);
    sound.assign(std::istreambuf_iterator<char>(in), {});
  }
  constexpr std::size_t kPage = 4096;
  int found_by_reading = 0;
  for (std::size_t page = 0; page * kPage < sound.size(); ++page) {
    std::string damaged = sound;
    for (std::size_t index = 0; index < kPage; ++index)
      damaged[page * kPage + index] = static_cast<char>(index * 37 + 11);
    std::ofstream(path, std::ios::binary) << damaged;
    const auto store = open_sqlite_store(path);
    if (!store) {
      EXPECT_EQ(store.error().code, ErrorCode::corrupt) << "page " << page << ": " << store.error().message;
      ++found_by_reading;
      continue;
    }
    bool found = false;
    for (std::uint64_t casus = 1; casus <= 100 && !found; ++casus) {
      const auto entries = (*store)->journal(CasusId{casus}, 0, 10);
      if (!entries) {
        EXPECT_EQ(entries.error().code, ErrorCode::corrupt) << entries.error().message;
        EXPECT_NE(entries.error().message.find("reservekopie"), std::string::npos);
        found = true;
      }
    }
    found_by_reading += found ? 1 : 0;
    const auto findings = (*store)->check_integrity();
    EXPECT_TRUE(!findings.has_value() || !findings->empty()) << "page " << page << " was damaged, nobody saw it";
  }
  EXPECT_GT(found_by_reading, 5);
}

TEST_F(SqliteStore, ACommandCostsAtMostFourStatementsWhateverTheLengthOfTheJournal) {
  std::uint64_t writes = 0;
  const auto store = open({.write_count = &writes});
  ASSERT_TRUE(store->commit(batch({commit(1, 1)})).has_value());
  std::uint64_t sequence = 1;
  for (const std::uint64_t length : {10u, 1000u}) {
    while (sequence < length) ASSERT_TRUE(store->commit(batch({commit(1, ++sequence)})).has_value());
    CasusCommit full = commit(1, ++sequence);
    for (std::uint64_t row = 1; row <= 20; ++row) {
      full.vault.push_back({row, 4, {1, 2, 3}});
      full.pending.push_back(waiting(1, row, "besluit", ""));
    }
    writes = 0;
    ASSERT_TRUE(store->commit(batch({full})).has_value());
    EXPECT_EQ(writes, 4u) << "at length " << length;
  }
}

TEST_F(SqliteStore, ErasedValuesAreGoneFromTheFileAndItsLog) {
  const auto store = open();
  CasusCommit first = commit(1, 1);
  const std::string marker = "verzegelde-bytes-van-deze-casus";
  first.vault = {{0, 0, Bytes(marker.begin(), marker.end())}};
  ASSERT_TRUE(store->commit(batch({first})).has_value());
  const auto holds = [&](const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    return bytes.find(marker) != std::string::npos;
  };
  EXPECT_TRUE(holds(path) || holds(path + "-wal"));
  ASSERT_TRUE(store->erase_vault(CasusId{1}).has_value());
  EXPECT_FALSE(holds(path));
  EXPECT_FALSE(holds(path + "-wal"));
}

}  // namespace
}  // namespace draad::store
