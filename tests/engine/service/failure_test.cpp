// What happens when the store says no: nothing of the group has happened, everybody is told, and the engine goes on.

#include <gtest/gtest.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <semaphore>

#include "engine/execute/json.h"
#include "tests/engine/service/workshop.h"

namespace draad::service {
namespace {

using test::on;
using test::start;
using test::task_of;

class EngineFailure : public testing::Test, public test::EngineWithClock {
 protected:
  void SetUp() override {
    open(std::make_unique<test::WatchedStore>([this](const store::Batch& batch) { return watch(batch); }));
    publish();
  }
  std::optional<Error> watch(const store::Batch& batch) {
    largest = std::max(largest.load(), batch.commits.size());
    if (fail_all) return Error{ErrorCode::unavailable, "De schijf is vol", ""};
    for (const store::CasusCommit& commit : batch.commits) {
      if (commit.entry.idempotency_key == "gif") return Error{ErrorCode::conflict, "Expected another", ""};
    }
    return std::nullopt;
  }
  // Submits all of them as one group, and gives the answers.
  std::vector<Result<Answer>> together(std::vector<Request> requests) {
    std::binary_semaphore inside{0}, go_on{0}, done{0};
    engine->submit(start("niets", "prop" + std::to_string(++plugs)), [&](const Result<Answer>&) {
      inside.release();
      go_on.acquire();
    });
    inside.acquire();
    std::vector<Result<Answer>> answers(requests.size(), Result<Answer>(Answer{}));
    std::atomic<std::size_t> left{requests.size()};
    for (std::size_t index = 0; index < requests.size(); ++index) {
      engine->submit(std::move(requests[index]), [&, index](Result<Answer> answer) {
        answers[index] = std::move(answer);
        if (--left == 0) done.release();
      });
    }
    go_on.release();
    done.acquire();
    return answers;
  }

  std::atomic<bool> fail_all{false};
  std::atomic<std::size_t> largest{0};
  int plugs = 0;
};

TEST_F(EngineFailure, EverybodyInTheGroupIsToldAndNothingHappened) {
  const Answer first = ask(start("twee", "a"));
  const std::string before = execute::encode(state(first.casus));
  fail_all = true;
  const auto task = task_of(state(first.casus));
  const auto answers = together({on(first.casus, "b", execute::CompleteTask{task, "", {}}),
                                 on(first.casus, "c", execute::CompleteTask{task, "", {}}), start("twee", "d")});
  for (const auto& answer : answers) EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
  EXPECT_EQ(execute::encode(state(first.casus)), before);
  EXPECT_EQ(engine->casussen(CasusId{}, 10)->size(), 1u);
  fail_all = false;
  const Answer retried = ask(on(first.casus, "b", execute::CompleteTask{task, "", {}}));
  EXPECT_FALSE(retried.repeated);
  EXPECT_EQ(retried.sequence, 2u);
  EXPECT_TRUE(engine->verify_chain(first.casus).has_value());
}

TEST_F(EngineFailure, ACommandThatDoesNotFitTheStoreDoesNotTakeTheOthersWithIt) {
  const auto answers = together({start("twee", "a"), start("twee", "gif"), start("twee", "b")});
  EXPECT_GE(largest, 3u) << "They were one group";
  EXPECT_TRUE(answers[0].has_value());
  EXPECT_EQ(answers[1].error().code, ErrorCode::conflict);
  EXPECT_TRUE(answers[2].has_value());
  EXPECT_EQ(engine->casussen(CasusId{}, 10)->size(), 2u);
}

TEST_F(EngineFailure, WhatIsNotCommittedIsNotShown) {
  const Answer first = ask(start("twee", "a"));
  std::optional<CasusView> during;
  // The watch runs after deciding and before writing.
  std::atomic<bool> look{true};
  test::EngineWithClock other;
  Engine* watched = nullptr;
  other.open(std::make_unique<test::WatchedStore>([&](const store::Batch& batch) -> std::optional<Error> {
    if (look && !batch.commits.empty() && batch.commits[0].casus.revision == 2) {
      during = watched->casus(batch.commits[0].casus.id).value();
    }
    return std::nullopt;
  }));
  watched = other.engine.get();
  other.publish();
  const Answer started = other.ask(start("twee", "a"));
  other.complete(started.casus, "b");
  ASSERT_TRUE(during.has_value());
  EXPECT_EQ(during->record.revision, 1u);
  EXPECT_EQ(during->state->tasks.front().role, "AFM");
  EXPECT_EQ(other.state(started.casus).tasks.front().role, "ZCO");
}

TEST_F(EngineFailure, ATamperedJournalIsNotPlayedOn) {
  draad::test::TemporaryFolder folder;
  test::EngineWithClock other;
  other.open(store::open_sqlite_store(folder.file("draad.db")).value());
  other.publish();
  const Answer started = other.ask(start("twee", "a"));
  const auto task = task_of(other.state(started.casus));
  other.engine.reset();
  {
    SQLite::Database database(folder.file("draad.db"), SQLite::OPEN_READWRITE);
    database.exec("DROP TRIGGER journal_no_update");
    database.exec("UPDATE journal SET body = replace(body, 'AFM', 'ZCO')");
  }
  other.open(store::open_sqlite_store(folder.file("draad.db")).value());
  EXPECT_EQ(other.engine->verify_chain(started.casus).error().code, ErrorCode::corrupt);
  EXPECT_EQ(other.engine->submit(on(started.casus, "b", execute::CompleteTask{task, "", {}})).error().code,
            ErrorCode::corrupt);
  EXPECT_TRUE(other.engine->submit(start("twee", "c")).has_value()) << "Other casussen go on";
}

}  // namespace
}  // namespace draad::service
