// Messages and signals between casussen, and from outside.

#include <gtest/gtest.h>

#include <semaphore>

#include "tests/engine/service/workshop.h"

namespace draad::service {
namespace {

using test::start;

class EngineMessages : public testing::Test, public test::EngineWithClock {
 protected:
  void SetUp() override {
    open(store::open_sqlite_store(folder.file("draad.db")).value(), {.fire_timers = false});
    publish();
  }
  void restart() {
    engine.reset();
    open(store::open_sqlite_store(folder.file("draad.db")).value(), {.fire_timers = false});
  }
  static Request message(const std::string& name, const std::string& zaak, const std::string& key,
                         const std::string& message_id = "") {
    Request request;
    request.command.actor = "adapter-zgw";
    request.command.idempotency_key = key;
    request.command.body = execute::CorrelateMessage{name, zaak.empty() ? Value() : Value(zaak), {}, message_id};
    return request;
  }
  Answer waiter(const std::string& zaak) {
    return ask(start("wacht_op_besluit", "wacht-" + zaak + std::to_string(++count), {{"zaak", Value(zaak)}}));
  }
  bool has_arrived(CasusId casus) { return state(casus).tasks.size() == 1; }

  draad::test::TemporaryFolder folder;
  int count = 0;
};

TEST_F(EngineMessages, GoToTheCasusThatWaitsForThem) {
  const Answer first = waiter("ZK-1");
  const Answer second = waiter("ZK-2");
  const Answer answer = ask(message("besluit", "ZK-2", "m1"));
  EXPECT_EQ(answer.casus, second.casus);
  EXPECT_TRUE(has_arrived(second.casus));
  EXPECT_FALSE(has_arrived(first.casus));
}

TEST_F(EngineMessages, TheSameMessageIsTakenOnceWhoeverBringsIt) {
  const Answer first = waiter("ZK-1");
  const Answer taken = ask(message("besluit", "ZK-1", "m1", "uuid-1"));
  const Answer second = waiter("ZK-1");
  const Answer again = ask(message("besluit", "ZK-1", "andere-sleutel", "uuid-1"));
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.casus, taken.casus);
  EXPECT_FALSE(has_arrived(second.casus));
  EXPECT_TRUE(has_arrived(first.casus));
}

TEST_F(EngineMessages, NeverGuessBetweenTwoThatWait) {
  waiter("ZK-1");
  waiter("ZK-1");
  EXPECT_EQ(engine->submit(message("besluit", "ZK-1", "m1")).error().code, ErrorCode::conflict);
}

TEST_F(EngineMessages, AreKeptUntilSomebodyWaits) {
  const Answer kept = ask(message("besluit", "ZK-1", "m1", "uuid-1"));
  EXPECT_TRUE(kept.buffered);
  EXPECT_FALSE(kept.casus);
  EXPECT_TRUE(ask(message("besluit", "ZK-1", "m1", "uuid-1")).repeated);
  restart();
  const Answer late = waiter("ZK-1");
  EXPECT_TRUE(has_arrived(late.casus));
  const Answer again = ask(message("besluit", "ZK-1", "m1", "uuid-1"));
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.casus, late.casus);
  EXPECT_FALSE(has_arrived(waiter("ZK-1").casus)) << "It was taken";
}

TEST_F(EngineMessages, ThatNobodyCouldEverTakeAreRefused) {
  EXPECT_EQ(engine->submit(message("besluit", "", "m1")).error().code, ErrorCode::invalid);
}

TEST_F(EngineMessages, StartAProcessThatBeginsWithThem) {
  const Answer started = ask(message("melding", "", "m1", "uuid-1"));
  EXPECT_TRUE(started.casus);
  EXPECT_EQ(engine->casus(started.casus)->record.process_id, "op_melding");
  EXPECT_TRUE(ask(message("melding", "", "m1", "uuid-1")).repeated);
  EXPECT_EQ(engine->casussen(CasusId{}, 10)->size(), 1u);
}

TEST_F(EngineMessages, ThrownByOneCasusReachAnotherInTheSameCommit) {
  const Answer waits = waiter("ZK-1");
  ask(start("stuurt_besluit", "s1", {{"zaak", Value("ZK-1")}}));
  EXPECT_TRUE(has_arrived(waits.casus));
  EXPECT_EQ(engine->journal(waits.casus)->back().entry.actor, "systeem");
}

TEST_F(EngineMessages, ThrownBeforeAnybodyWaitsAreKept) {
  ask(start("stuurt_besluit", "s1", {{"zaak", Value("ZK-1")}}));
  restart();
  EXPECT_TRUE(has_arrived(waiter("ZK-1").casus));
}

TEST_F(EngineMessages, ThrownAndAmbiguousAreKeptUntilItIsClear) {
  const Answer first = waiter("ZK-1");
  const Answer second = waiter("ZK-1");
  ask(start("stuurt_besluit", "s1", {{"zaak", Value("ZK-1")}}));
  EXPECT_FALSE(has_arrived(first.casus));
  EXPECT_FALSE(has_arrived(second.casus));
}

TEST_F(EngineMessages, ASignalOfTheMunicipalityReachesEverybodyWhoListensNow) {
  const Answer first = ask(start("luistert", "l1"));
  const Answer second = ask(start("luistert", "l2"));
  const Answer thrower = ask(start("roept", "r1"));
  EXPECT_TRUE(state(first.casus).is_over());
  EXPECT_TRUE(state(second.casus).is_over());
  EXPECT_TRUE(state(thrower.casus).is_over());
  const Answer late = ask(start("luistert", "l3"));
  EXPECT_FALSE(state(late.casus).is_over()) << "A signal is not kept";
}

TEST_F(EngineMessages, ASignalFromOutsideReachesEverybodyOnce) {
  const Answer first = ask(start("luistert", "l1"));
  const Answer second = ask(start("luistert", "l2"));
  Request signal;
  signal.command.actor = "beleidsmedewerker-1";
  signal.command.idempotency_key = "alarm-1";
  signal.command.body = execute::BroadcastSignal{"alarm", {}};
  EXPECT_TRUE(ask(signal).casus);
  EXPECT_TRUE(state(first.casus).is_over());
  EXPECT_TRUE(state(second.casus).is_over());
  const Answer third = ask(start("luistert", "l3"));
  EXPECT_TRUE(ask(signal).repeated);
  EXPECT_FALSE(state(third.casus).is_over());
}

TEST_F(EngineMessages, WhatHappensInOneGroupSeesWhatWasDecidedBefore) {
  // All at once, so that they share groups: every waiter gets exactly its own decision, whoever came first.
  constexpr int kPairs = 40;
  std::atomic<int> left{2 * kPairs};
  std::binary_semaphore done{0};
  const auto count_down = [&](const Result<Answer>& answer) {
    EXPECT_TRUE(answer.has_value()) << answer.error().message;
    if (--left == 0) done.release();
  };
  for (int pair = 0; pair < kPairs; ++pair) {
    const std::string zaak = "ZK-" + std::to_string(pair);
    const Request waits = start("wacht_op_besluit", "w" + zaak, {{"zaak", Value(zaak)}});
    const Request sends = start("stuurt_besluit", "s" + zaak, {{"zaak", Value(zaak)}});
    engine->submit(pair % 2 == 0 ? waits : sends, count_down);
    engine->submit(pair % 2 == 0 ? sends : waits, count_down);
  }
  done.acquire();
  int arrived = 0;
  const auto all = engine->casussen(CasusId{}, 1000).value();
  for (const store::CasusRecord& record : all) {
    if (record.process_id != "wacht_op_besluit") continue;
    EXPECT_TRUE(has_arrived(record.id)) << record.id.value;
    ++arrived;
  }
  EXPECT_EQ(arrived, kPairs);
}

}  // namespace
}  // namespace draad::service
