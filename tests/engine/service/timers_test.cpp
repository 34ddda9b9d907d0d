// Timers and terms: they come from the store, so they outlive the process.

#include <gtest/gtest.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <thread>

#include "tests/engine/service/workshop.h"

namespace draad::service {
namespace {

using test::start;

Facts wait_for(const std::string& duration) {
  return {{"wachttijd", Value(parse_duration(duration).value())}};
}

class EngineTimers : public testing::Test, public test::EngineWithClock {
 protected:
  draad::test::TemporaryFolder folder;

  void restart(bool fire_timers) {
    engine.reset();
    open(store::open_sqlite_store(folder.file("draad.db")).value(), {.fire_timers = fire_timers});
  }
  // Kinds of the journal entries of a casus.
  std::vector<std::string> kinds(CasusId casus) {
    std::vector<std::string> out;
    const auto lines = engine->journal(casus).value();
    for (const JournalLine& line : lines) out.push_back(line.entry.kind);
    return out;
  }
  // Until a condition holds: timers fire on a thread of the engine's own.
  template <typename Condition>
  bool eventually(const Condition& condition) {
    for (int attempt = 0; attempt < 200'000; ++attempt) {
      if (condition()) return true;
      std::this_thread::yield();
    }
    return false;
  }
};

const std::vector<std::string> kFired{"StartCasus", "FireDueTimers"};

TEST_F(EngineTimers, FireWhenTheirMomentHasComeAndNotBefore) {
  restart(false);
  publish();
  const Answer started = ask(start("wachten", "k", wait_for("PT1H")));
  EXPECT_EQ(engine->next_due().value(), started.at + std::chrono::hours(1));
  clock.turn(std::chrono::minutes(59));
  ASSERT_TRUE(engine->fire_due().has_value());
  EXPECT_EQ(kinds(started.casus).size(), 1u);
  clock.turn(std::chrono::minutes(1));
  ASSERT_TRUE(engine->fire_due().has_value());
  EXPECT_EQ(kinds(started.casus), kFired);
  EXPECT_EQ(state(started.casus).tasks.size(), 1u);
  EXPECT_EQ(engine->journal(started.casus)->back().entry.actor, "systeem");
  EXPECT_FALSE(engine->next_due()->has_value());
  ASSERT_TRUE(engine->fire_due().has_value());
  EXPECT_EQ(kinds(started.casus), kFired) << "Once";
}

TEST_F(EngineTimers, LateOnesFireInOrderOfTheirMoment) {
  std::vector<CasusId> fired;
  open(std::make_unique<test::WatchedStore>([&](const store::Batch& batch) -> std::optional<Error> {
         for (const store::CasusCommit& commit : batch.commits) {
           if (commit.entry.kind == "FireDueTimers") fired.push_back(commit.casus.id);
         }
         return std::nullopt;
       }),
       {.fire_timers = false});
  publish();
  std::vector<CasusId> wanted(5);
  for (const int hours : {5, 1, 4, 2, 3}) {
    const Answer started = ask(start("wachten", std::to_string(hours), wait_for("PT" + std::to_string(hours) + "H")));
    wanted[static_cast<std::size_t>(hours) - 1] = started.casus;
  }
  clock.turn(std::chrono::hours(24));
  ASSERT_TRUE(engine->fire_due().has_value());
  EXPECT_EQ(fired, wanted);
}

TEST_F(EngineTimers, ATurnedClockWakesTheThread) {
  restart(true);
  publish();
  const Answer started = ask(start("wachten", "k", wait_for("P5D")));
  clock.turn(std::chrono::hours(24 * 6));
  engine->clock_turned();
  EXPECT_TRUE(eventually([&] { return kinds(started.casus) == kFired; }));
}

TEST_F(EngineTimers, WhatWasDueWhileTheEngineWasAwayFiresAtOnce) {
  restart(false);
  publish();
  const Answer started = ask(start("wachten", "k", wait_for("P5D")));
  engine.reset();
  clock.turn(std::chrono::hours(24 * 30));
  restart(true);
  EXPECT_TRUE(eventually([&] { return kinds(started.casus) == kFired; }));
}

TEST_F(EngineTimers, ATimerThatIsSetNowAndDueNowFires) {
  restart(true);
  publish();
  const Answer started = ask(start("wachten", "k", wait_for("PT0S")));
  EXPECT_TRUE(eventually([&] { return kinds(started.casus).size() == 2 || state(started.casus).tasks.size() == 1; }));
}

TEST_F(EngineTimers, OneThatCannotFireDoesNotHoldUpTheOthers) {
  restart(false);
  publish();
  const Answer broken = ask(start("wachten", "k1", wait_for("PT1H")));
  const Answer sound = ask(start("wachten", "k2", wait_for("PT2H")));
  engine.reset();
  {
    // Damage to one journal, by somebody who removed the guard first.
    SQLite::Database database(folder.file("draad.db"), SQLite::OPEN_READWRITE);
    database.exec("DROP TRIGGER journal_no_update");
    database.exec("UPDATE journal SET actor = 'een ander' WHERE casus_id = " + std::to_string(broken.casus.value));
  }
  restart(false);
  clock.turn(std::chrono::hours(3));
  const auto fired = engine->fire_due();
  ASSERT_FALSE(fired.has_value());
  EXPECT_EQ(fired.error().code, ErrorCode::corrupt);
  EXPECT_EQ(kinds(sound.casus), kFired);
}

}  // namespace
}  // namespace draad::service
