// What every store promises, run over every store. A new store adds one line at the bottom.

#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "engine/store/memory/memory_store.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/engine/store/rows.h"
#include "tests/support/temporary_folder.h"

namespace draad::store {
namespace {

using test::batch;
using test::commit;
using test::message;
using test::moment;
using test::waiting;

struct Kind {
  std::string name;
  std::function<std::unique_ptr<Store>(const draad::test::TemporaryFolder&)> make;
};

class StoreContract : public testing::TestWithParam<Kind> {
 protected:
  draad::test::TemporaryFolder folder;
  std::unique_ptr<Store> store = GetParam().make(folder);

  void keep(std::vector<CasusCommit> commits) {
    const auto done = store->commit(batch(std::move(commits)));
    ASSERT_TRUE(done.has_value()) << done.error().message;
  }
  std::vector<JournalEntry> journal(std::uint64_t casus) { return store->journal(CasusId{casus}, 0, 1000).value(); }
};

TEST_P(StoreContract, IsEmptyAtFirst) {
  EXPECT_FALSE(store->find_casus(CasusId{1}).value().has_value());
  EXPECT_TRUE(store->casussen(CasusId{}, 10).value().empty());
  EXPECT_TRUE(journal(1).empty());
  EXPECT_TRUE(store->due(10).value().empty());
  EXPECT_TRUE(store->releases().value().empty());
  EXPECT_FALSE(store->note("hoofdsleutel").value().has_value());
  EXPECT_TRUE(store->check_integrity().value().empty());
}

TEST_P(StoreContract, GivesBackWhatACommandWrote) {
  CasusCommit first = commit(1, 1);
  first.casus.due_at = moment(100);
  first.entry.body = "[\"caf\xc3\xa9 \xf0\x9f\x8c\xb7\", \"\"]";
  first.entry.actor = "";
  keep({first});
  EXPECT_EQ(store->find_casus(CasusId{1}).value(), first.casus);
  EXPECT_EQ(journal(1), std::vector{first.entry});
}

TEST_P(StoreContract, AGroupHoldsSeveralCommandsOfOneCasusInOrder) {
  keep({commit(1, 1), commit(2, 1), commit(1, 2), commit(1, 3)});
  EXPECT_EQ(store->find_casus(CasusId{1}).value(), commit(1, 3).casus);
  const auto entries = journal(1);
  ASSERT_EQ(entries.size(), 3u);
  for (std::uint64_t sequence = 1; sequence <= 3; ++sequence) {
    EXPECT_EQ(entries[sequence - 1], commit(1, sequence).entry);
  }
}

TEST_P(StoreContract, ReadsAJournalInPieces) {
  keep({commit(1, 1), commit(1, 2), commit(1, 3), commit(1, 4), commit(2, 1)});
  const auto entries = store->journal(CasusId{1}, 1, 2).value();
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].sequence, 2u);
  EXPECT_EQ(entries[1].sequence, 3u);
}

TEST_P(StoreContract, ListsCasussenById) {
  keep({commit(5, 1), commit(3, 1), commit(9, 1)});
  const auto page = store->casussen(CasusId{3}, 1).value();
  ASSERT_EQ(page.size(), 1u);
  EXPECT_EQ(page[0].id, CasusId{5});
  EXPECT_EQ(store->casussen(CasusId{}, 10).value().size(), 3u);
}

TEST_P(StoreContract, CountsOpenAndClosed) {
  CasusCommit done = commit(2, 1);
  done.casus.status = CasusStatus::completed;
  keep({commit(1, 1), done, commit(3, 1)});
  EXPECT_EQ(store->totals().value().open, 2u);
  EXPECT_EQ(store->totals().value().closed, 1u);
}

// Nothing of a group that holds one wrong command is kept.
TEST_P(StoreContract, RefusesAnotherRevisionAndKeepsNothingOfTheGroup) {
  keep({commit(1, 1)});
  for (const std::uint64_t sequence : {1u, 3u}) {
    const auto done = store->commit(batch({commit(2, 1), commit(1, sequence), commit(3, 1)}));
    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().code, ErrorCode::conflict) << done.error().message;
  }
  EXPECT_FALSE(store->find_casus(CasusId{2}).value().has_value());
  EXPECT_FALSE(store->find_casus(CasusId{3}).value().has_value());
  EXPECT_TRUE(journal(2).empty());
  EXPECT_EQ(journal(1).size(), 1u);
  keep({commit(1, 2)});
}

TEST_P(StoreContract, RefusesACommandOnACasusThatIsNotThere) {
  EXPECT_EQ(store->commit(batch({commit(4, 2)})).error().code, ErrorCode::conflict);
  EXPECT_TRUE(journal(4).empty());
}

TEST_P(StoreContract, FindsARoutedCommandByItsKeyAndRefusesTheKeyTwice) {
  keep({commit(1, 1), commit(1, 2)});
  EXPECT_EQ(store->find_routed("sleutel-1-1").value(), commit(1, 1).entry);
  EXPECT_FALSE(store->find_routed("sleutel-1-2").value().has_value()) << "It named its casus";
  CasusCommit again = commit(2, 1);
  again.entry.idempotency_key = "sleutel-1-1";
  EXPECT_EQ(store->commit(batch({again})).error().code, ErrorCode::conflict);
  EXPECT_FALSE(store->find_casus(CasusId{2}).value().has_value());
  again.entry.idempotency_key = "x";
  CasusCommit same_group = commit(3, 1);
  same_group.entry.idempotency_key = "x";
  EXPECT_EQ(store->commit(batch({again, same_group})).error().code, ErrorCode::conflict);
  // The same key may be used on two casussen by commands that named them.
  CasusCommit second = commit(2, 1);
  CasusCommit named = commit(2, 2);
  named.entry.idempotency_key = "sleutel-1-2";
  keep({second, named});
}

TEST_P(StoreContract, FindsACommandOfACasusByItsKey) {
  keep({commit(1, 1), commit(1, 2), commit(1, 3), commit(2, 1)});
  EXPECT_EQ(store->find_key(CasusId{1}, "sleutel-1-2").value(), commit(1, 2).entry);
  EXPECT_FALSE(store->find_key(CasusId{2}, "sleutel-1-2").value().has_value());
}

TEST_P(StoreContract, ListsWhatIsDueEarliestFirst) {
  CasusCommit late = commit(1, 1), early = commit(2, 1), same = commit(3, 1), never = commit(4, 1);
  late.casus.due_at = moment(300);
  early.casus.due_at = moment(100);
  same.casus.due_at = moment(300);
  keep({same, late, early, never});
  const std::vector<DueCasus> all{{CasusId{2}, moment(100)}, {CasusId{1}, moment(300)}, {CasusId{3}, moment(300)}};
  EXPECT_EQ(store->due(10).value(), all);
  EXPECT_EQ(store->due(1).value().size(), 1u);

  CasusCommit fired = commit(2, 2);
  CasusCommit moved = commit(1, 2);
  moved.casus.due_at = moment(50);
  CasusCommit untouched = commit(3, 2);  // Says that its moment did not change.
  untouched.casus.due_at = moment(300);
  untouched.due_changed = false;
  keep({fired, moved, untouched});
  const std::vector<DueCasus> left{{CasusId{1}, moment(50)}, {CasusId{3}, moment(300)}};
  EXPECT_EQ(store->due(10).value(), left);
  EXPECT_EQ(store->find_casus(CasusId{3}).value()->due_at, moment(300));
}

TEST_P(StoreContract, FindsWhoWaitsByNameAndCorrelation) {
  CasusCommit first = commit(1, 1), second = commit(2, 1);
  first.pending = {waiting(1, 7, "besluit", "\"ZK-1\""), waiting(1, 8, "besluit", "\"ZK-2\"")};
  first.pending[1].due_at = moment(5);
  second.pending = {waiting(2, 7, "besluit", "\"ZK-1\""), waiting(2, 9, "advies", "")};
  second.pending[1].kind = PendingKind::task;
  keep({second, first});

  const auto named = store->pending(PendingKind::message, "besluit", "\"ZK-1\"", 10).value();
  EXPECT_EQ(named, (std::vector{first.pending[0], second.pending[0]}));
  EXPECT_EQ(store->pending(PendingKind::message, "besluit", std::nullopt, 10).value().size(), 3u);
  EXPECT_EQ(store->pending(PendingKind::message, "besluit", std::nullopt, 2).value().size(), 2u);
  EXPECT_TRUE(store->pending(PendingKind::message, "advies", std::nullopt, 10).value().empty());
  EXPECT_EQ(store->pending(PendingKind::task, "advies", "", 10).value(), std::vector{second.pending[1]});
  EXPECT_EQ(store->pending_of(CasusId{1}).value(), first.pending);
}

TEST_P(StoreContract, WhatIsOverIsNoLongerFoundAndMayOpenAgain) {
  CasusCommit first = commit(1, 1), second = commit(1, 2), third = commit(1, 3);
  first.pending = {waiting(1, 7, "besluit", "\"ZK-1\""), waiting(1, 8, "besluit", "\"ZK-2\"")};
  second.pending = {first.pending[0]};
  second.pending[0].open = false;
  third.pending = {waiting(1, 7, "besluit", "\"ZK-3\"")};
  keep({first, second});
  EXPECT_EQ(store->pending_of(CasusId{1}).value(), std::vector{first.pending[1]});
  EXPECT_TRUE(store->pending(PendingKind::message, "besluit", "\"ZK-1\"", 10).value().empty());
  keep({third});
  EXPECT_EQ(store->pending(PendingKind::message, "besluit", "\"ZK-3\"", 10).value(), third.pending);
}

TEST_P(StoreContract, TakesManyRowsInOneCommand) {
  CasusCommit first = commit(1, 1);
  for (std::uint64_t owner = 1; owner <= 5000; ++owner) first.pending.push_back(waiting(1, owner, "besluit", ""));
  keep({first});
  EXPECT_EQ(store->pending_of(CasusId{1}).value(), first.pending);
}

TEST_P(StoreContract, KeepsSealedValuesUntilTheyAreErased) {
  CasusCommit first = commit(1, 1), other = commit(2, 1);
  first.vault = {{1, 4, {9, 0, 8}}, {0, 0, {1, 2, 3}}};
  other.vault = {{0, 0, {5}}};
  keep({first, other});
  const auto items = store->vault(CasusId{1}).value();
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0], first.vault[1]) << "The key comes first";
  EXPECT_EQ(items[1], first.vault[0]);
  ASSERT_TRUE(store->erase_vault(CasusId{1}).has_value());
  EXPECT_TRUE(store->vault(CasusId{1}).value().empty());
  EXPECT_EQ(store->vault(CasusId{2}).value(), other.vault);
  EXPECT_EQ(journal(1).size(), 1u) << "The journal stays";
}

TEST_P(StoreContract, BuffersMessagesUntilTheyAreTaken) {
  Batch kept;
  kept.buffered = {message("besluit", "\"ZK-1\"", "m1", 0), message("besluit", "\"ZK-1\"", "m2", 10),
                   message("besluit", "\"ZK-2\"", "m3", 20)};
  ASSERT_TRUE(store->commit(kept).has_value());
  auto waiting_for = store->buffered("besluit", "\"ZK-1\"", 10).value();
  ASSERT_EQ(waiting_for.size(), 2u);
  EXPECT_LT(waiting_for[0].id, waiting_for[1].id);
  EXPECT_EQ(waiting_for[0].idempotency_key, "m1");
  EXPECT_EQ(store->find_buffered("m3").value()->name, "besluit");
  EXPECT_FALSE(store->find_buffered("m4").value().has_value());

  Batch twice;
  twice.buffered = {message("besluit", "\"ZK-1\"", "m2", 30)};
  EXPECT_EQ(store->commit(twice).error().code, ErrorCode::conflict);

  ASSERT_EQ(store->expired(moment(70), 10).value().size(), 2u);
  EXPECT_TRUE(store->expired(moment(59), 10).value().empty());

  Batch taken = batch({commit(1, 1)});
  taken.unbuffered = {waiting_for[0].id};
  ASSERT_TRUE(store->commit(taken).has_value());
  waiting_for = store->buffered("besluit", "\"ZK-1\"", 10).value();
  ASSERT_EQ(waiting_for.size(), 1u);
  EXPECT_EQ(waiting_for[0].idempotency_key, "m2");
}

TEST_P(StoreContract, AFailedGroupBuffersAndRecordsNothing) {
  Batch wrong = batch({commit(1, 2)});
  wrong.buffered = {message("besluit", "", "m1", 0)};
  wrong.accesses = {{CasusId{1}, 1, "zorgcoordinator-1", "intake", moment(0)}};
  ASSERT_FALSE(store->commit(wrong).has_value());
  EXPECT_FALSE(store->find_buffered("m1").value().has_value());
  EXPECT_TRUE(store->accesses(CasusId{1}, 10).value().empty());
}

TEST_P(StoreContract, RecordsWhoSawWhat) {
  Batch seen = batch({commit(1, 1)});
  seen.accesses = {{CasusId{1}, 1, "zorgcoordinator-1", "intake", moment(0)},
                   {CasusId{1}, 2, "zorgcoordinator-2", "intake", moment(1)}};
  ASSERT_TRUE(store->commit(seen).has_value());
  EXPECT_EQ(store->accesses(CasusId{1}, 10).value(), seen.accesses);
  EXPECT_EQ(store->accesses(CasusId{1}, 1).value().size(), 1u);
}

ReleaseRecord release(std::string version, std::string fingerprint) {
  ReleaseRecord record;
  record.version = std::move(version);
  record.published_by = "beleidsmedewerker-1";
  record.published_at = moment(0);
  record.fingerprint = std::move(fingerprint);
  record.table = R"({"landelijk":["start"]})";
  return record;
}

TEST_P(StoreContract, KeepsSeveralReleasesSideBySide) {
  const std::vector<ReleaseFile> old_files{{"landelijk.bpmn", std::string("<a/>\0\xff", 6)}, {"b.json", ""}};
  const std::vector<ReleaseFile> new_files{{"landelijk.bpmn", "<b/>"}};
  const ReleaseRecord first = store->publish(release("2026.1", "aaa"), old_files).value();
  const ReleaseRecord second = store->publish(release("2026.2", "bbb"), new_files).value();
  EXPECT_LT(first.id, second.id);
  EXPECT_EQ(store->releases().value(), (std::vector{first, second}));
  const auto files = store->release_files(first.id).value();
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[0].path, "b.json");
  EXPECT_EQ(files[1], old_files[0]);
}

TEST_P(StoreContract, TheSameContentIsOneReleaseAndAVersionNamesOneContent) {
  const ReleaseRecord first = store->publish(release("2026.1", "aaa"), {}).value();
  EXPECT_EQ(store->publish(release("2026.2", "aaa"), {}).value(), first);
  EXPECT_EQ(store->publish(release("2026.1", "bbb"), {}).error().code, ErrorCode::conflict);
  EXPECT_EQ(store->releases().value().size(), 1u);
}

TEST_P(StoreContract, NotesCanBeReplaced) {
  ASSERT_TRUE(store->set_note("hoofdsleutel", "a").has_value());
  ASSERT_TRUE(store->set_note("hoofdsleutel", "b").has_value());
  EXPECT_EQ(store->note("hoofdsleutel").value(), "b");
}

TEST_P(StoreContract, ReservedIdsGrowAndAreGivenOnce) {
  const CasusId first = store->reserve_casus_ids(3).value();
  const CasusId second = store->reserve_casus_ids(1).value();
  EXPECT_GE(first.value, 1u);
  EXPECT_GE(second.value, first.value + 3);
}

TEST_P(StoreContract, AReaderSeesWhatIsCommitted) {
  const auto reader = store->open_reader().value();
  EXPECT_FALSE(reader->find_casus(CasusId{1}).value().has_value());
  keep({commit(1, 1)});
  EXPECT_EQ(reader->find_casus(CasusId{1}).value(), commit(1, 1).casus);
  EXPECT_EQ(reader->journal(CasusId{1}, 0, 10).value().size(), 1u);
}

TEST_P(StoreContract, ReadersRunBesideTheWriter) {
  keep({commit(1, 1)});
  const auto reader = store->open_reader().value();
  std::thread other([&] {
    std::uint64_t last = 1;
    while (last < 200) {
      const auto record = reader->find_casus(CasusId{1}).value();
      ASSERT_TRUE(record.has_value());
      ASSERT_GE(record->revision, last);
      last = record->revision;
      const auto entries = reader->journal(CasusId{1}, last - 1, 1).value();
      ASSERT_EQ(entries.size(), 1u);
      ASSERT_EQ(entries[0].hash, record->head);
    }
  });
  for (std::uint64_t sequence = 2; sequence <= 200; ++sequence) keep({commit(1, sequence)});
  other.join();
}

INSTANTIATE_TEST_SUITE_P(All, StoreContract,
                         testing::Values(Kind{"memory", [](const auto&) { return make_memory_store(); }},
                                         Kind{"sqlite",
                                              [](const auto& folder) {
                                                return open_sqlite_store(folder.file("draad.db")).value();
                                              }}),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace draad::store
