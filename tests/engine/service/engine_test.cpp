#include "engine/service/engine.h"

#include <gtest/gtest.h>

#include <functional>
#include <semaphore>
#include <thread>

#include "engine/execute/json.h"
#include "tests/engine/service/workshop.h"

namespace draad::service {
namespace {

using test::on;
using test::start;
using test::task_of;

struct Kind {
  std::string name;
  std::function<std::unique_ptr<store::Store>(const draad::test::TemporaryFolder&)> make;
};

class EngineOnStore : public testing::TestWithParam<Kind>, public test::EngineWithClock {
 protected:
  void SetUp() override {
    open(GetParam().make(folder));
    publish();
  }

  draad::test::TemporaryFolder folder;
};

TEST_P(EngineOnStore, PlaysACasusToItsEnd) {
  const Answer started = ask(start("twee", "k1"));
  EXPECT_EQ(started.casus, CasusId{1});
  EXPECT_EQ(started.sequence, 1u);
  EXPECT_FALSE(started.events.empty());
  complete(started.casus, "k2");
  const Answer last = complete(started.casus, "k3");
  EXPECT_EQ(last.sequence, 3u);
  const CasusView view = engine->casus(started.casus).value();
  EXPECT_EQ(view.record.status, store::CasusStatus::completed);
  EXPECT_EQ(view.record.revision, 3u);
  EXPECT_TRUE(view.state->is_over());
}

TEST_P(EngineOnStore, WritesWhoWhatAndWhenInTheJournal) {
  const Answer started = ask(start("twee", "k1"));
  clock.turn(std::chrono::minutes(5));
  const Answer done = complete(started.casus, "k2");
  const auto lines = engine->journal(started.casus).value();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[1].entry.actor, "aandachtsfunctionaris-1");
  EXPECT_EQ(lines[1].entry.kind, "CompleteTask");
  EXPECT_EQ(lines[1].entry.idempotency_key, "k2");
  EXPECT_EQ(lines[1].entry.at, clock.now());
  EXPECT_EQ(execute::encode(lines[1].events), execute::encode(done.events));
  EXPECT_TRUE(engine->verify_chain(started.casus).has_value());
}

TEST_P(EngineOnStore, AJournalNeverRunsBackwardsWhenTheClockDoes) {
  const Answer started = ask(start("twee", "k1"));
  clock.turn(-std::chrono::hours(1));
  EXPECT_EQ(complete(started.casus, "k2").at, started.at);
}

TEST_P(EngineOnStore, ARepeatedKeyGivesTheFirstAnswer) {
  const Answer started = ask(start("twee", "k1"));
  const Answer started_again = ask(start("twee", "k1"));
  EXPECT_TRUE(started_again.repeated);
  EXPECT_EQ(started_again.casus, started.casus);
  EXPECT_EQ(execute::encode(started_again.events), execute::encode(started.events));

  const Request request = on(started.casus, "k2", execute::CompleteTask{task_of(state(started.casus)), "", {}});
  const Answer first = ask(request);
  complete(started.casus, "k3");
  const Answer again = ask(request);
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.sequence, first.sequence);
  EXPECT_EQ(again.at, first.at);
  EXPECT_EQ(execute::encode(again.events), execute::encode(first.events));
  EXPECT_EQ(engine->casus(started.casus).value().record.revision, 3u) << "Nothing was applied twice";
}

TEST_P(EngineOnStore, AKeyNamesOneKindOfCommand) {
  const Answer started = ask(start("twee", "k1"));
  complete(started.casus, "k2");
  const auto other = engine->submit(on(started.casus, "k2", execute::CancelCasus{"dubbel"}));
  EXPECT_EQ(other.error().code, ErrorCode::conflict);
}

TEST_P(EngineOnStore, ARefusedCommandLeavesNoTrace) {
  const Answer started = ask(start("twee", "k1"));
  const auto refused = engine->submit(on(started.casus, "k2", execute::CompleteTask{999, "", {}}));
  EXPECT_EQ(refused.error().code, ErrorCode::not_found);
  EXPECT_EQ(engine->journal(started.casus).value().size(), 1u);
  complete(started.casus, "k2");  // The key was not used up.
}

TEST_P(EngineOnStore, RefusesWhatHasNoCasusNoActorOrNoKey) {
  EXPECT_EQ(engine->submit(on(CasusId{77}, "k", execute::CancelCasus{"x"})).error().code, ErrorCode::not_found);
  EXPECT_EQ(engine->submit(on(CasusId{}, "k", execute::CancelCasus{"x"})).error().code, ErrorCode::invalid);
  EXPECT_EQ(engine->submit(start("twee", "")).error().code, ErrorCode::invalid);
  Request nobody = start("twee", "k");
  nobody.command.actor.clear();
  EXPECT_EQ(engine->submit(nobody).error().code, ErrorCode::invalid);
  EXPECT_EQ(engine->submit(start("bestaat_niet", "k")).error().code, ErrorCode::not_found);
  EXPECT_EQ(engine->casus(CasusId{77}).error().code, ErrorCode::not_found);
  EXPECT_TRUE(engine->casussen(CasusId{}, 10).value().empty());
}

TEST_P(EngineOnStore, ListsTasksByRoleUntilTheyAreDone) {
  const Answer started = ask(start("twee", "k1"));
  ASSERT_EQ(engine->pending(store::PendingKind::task, "AFM", 10).value().size(), 1u);
  EXPECT_EQ(engine->pending(store::PendingKind::task, "AFM", 10).value()[0].casus, started.casus);
  complete(started.casus, "k2");
  EXPECT_TRUE(engine->pending(store::PendingKind::task, "AFM", 10).value().empty());
  EXPECT_EQ(engine->pending(store::PendingKind::task, "ZCO", 10).value().size(), 1u);
  complete(started.casus, "k3");
  EXPECT_TRUE(engine->pending(store::PendingKind::task, "ZCO", 10).value().empty());
}

TEST_P(EngineOnStore, ManyClientsAtOnceGetTheirOwnAnswers) {
  constexpr int kClients = 8, kEach = 20;
  std::vector<std::thread> clients;
  for (int client = 0; client < kClients; ++client) {
    clients.emplace_back([&, client] {
      for (int round = 0; round < kEach; ++round) {
        const std::string key = std::to_string(client) + "-" + std::to_string(round);
        const auto started = engine->submit(start("twee", key + "s", {{"ronde", Value(round)}}));
        ASSERT_TRUE(started.has_value()) << started.error().message;
        const CasusView view = engine->casus(started->casus).value();
        ASSERT_EQ(view.record.id, started->casus);
        const auto done =
            engine->submit(on(started->casus, key + "a", execute::CompleteTask{task_of(*view.state), "", {}}));
        ASSERT_TRUE(done.has_value()) << done.error().message;
        ASSERT_EQ(done->casus, started->casus);
        ASSERT_EQ(done->sequence, 2u);
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(engine->casussen(CasusId{}, 1000).value().size(), std::size_t{kClients * kEach});
  EXPECT_EQ(engine->counters().commands, std::uint64_t{2 * kClients * kEach});
}

TEST_P(EngineOnStore, TheSameCommandFromManySidesHappensOnce) {
  std::vector<std::thread> clients;
  std::vector<Answer> answers(8);
  for (Answer& answer : answers) {
    clients.emplace_back([&] { answer = ask(start("twee", "dezelfde")); });
  }
  for (std::thread& client : clients) client.join();
  for (const Answer& answer : answers) EXPECT_EQ(answer.casus, answers.front().casus);
  EXPECT_EQ(std::ranges::count_if(answers, [](const Answer& answer) { return !answer.repeated; }), 1);
  EXPECT_EQ(engine->casussen(CasusId{}, 10).value().size(), 1u);
}

TEST_P(EngineOnStore, AStoppedEngineAnswersWhatItTookAndRefusesTheRest) {
  std::atomic<int> answered{0};
  for (int index = 0; index < 50; ++index) {
    engine->submit(start("twee", std::to_string(index)), [&](Result<Answer> answer) {
      EXPECT_TRUE(answer.has_value());
      ++answered;
    });
  }
  engine->stop();
  EXPECT_EQ(answered, 50);
  EXPECT_EQ(engine->submit(start("twee", "laat")).error().code, ErrorCode::unavailable);
}

INSTANTIATE_TEST_SUITE_P(All, EngineOnStore,
                         testing::Values(Kind{"memory", [](const auto&) { return store::make_memory_store(); }},
                                         Kind{"sqlite",
                                              [](const auto& folder) {
                                                return store::open_sqlite_store(folder.file("draad.db")).value();
                                              }}),
                         [](const auto& row) { return row.param.name; });

class EngineRestart : public testing::Test, public test::EngineWithClock {
 protected:
  draad::test::TemporaryFolder folder;
  const std::string path = folder.file("draad.db");

  void restart(EngineOptions options = {}) {
    engine.reset();
    open(store::open_sqlite_store(path).value(), options);
  }
};

TEST_F(EngineRestart, StateIsTheReplayOfTheJournal) {
  restart();
  publish();
  const Answer started = ask(start("rondje", "k0", {{"weer", Value(true)}}));
  for (int round = 1; round <= 20; ++round) complete(started.casus, "k" + std::to_string(round));
  const std::string before = execute::encode(state(started.casus));
  restart();
  EXPECT_EQ(execute::encode(state(started.casus)), before);
  const Request again = on(started.casus, "k7", execute::CompleteTask{999, "", {}});
  EXPECT_TRUE(ask(again).repeated) << "Keys survive a restart";
  complete(started.casus, "k21", {{"weer", Value(false)}});
  EXPECT_TRUE(state(started.casus).is_over());
}

TEST_F(EngineRestart, NumbersGoOnWhereTheyWere) {
  restart();
  publish();
  EXPECT_EQ(ask(start("twee", "a")).casus, CasusId{1});
  restart();
  EXPECT_EQ(ask(start("twee", "b")).casus, CasusId{2});
}

TEST_F(EngineRestart, ACasusStaysOnTheReleaseItBeganWith) {
  restart();
  publish();
  const Answer old_one = ask(start("twee", "oud"));
  std::string changed = test::kTwoSteps;
  changed.replace(changed.find("draad:rol=\"ZCO\""), 15, "draad:rol=\"NEW\"");
  const auto second = engine->publish("2", {{"twee.bpmn", changed}}, "beleidsmedewerker-1").value();
  EXPECT_EQ(second.version, "2");
  restart();
  const Answer new_one = ask(start("twee", "nieuw"));
  Request pinned = start("twee", "gekozen");
  pinned.release = "1";
  const Answer chosen = ask(pinned);
  complete(old_one.casus, "k1");
  complete(new_one.casus, "k1");
  complete(chosen.casus, "k1");
  EXPECT_EQ(state(old_one.casus).tasks.front().role, "ZCO");
  EXPECT_EQ(state(new_one.casus).tasks.front().role, "NEW");
  EXPECT_EQ(state(chosen.casus).tasks.front().role, "ZCO");
  EXPECT_EQ(engine->casus(new_one.casus)->record.release, second.id);
  EXPECT_EQ(engine->releases()->size(), 2u);
}

TEST_F(EngineRestart, TheSameFilesAreOneReleaseAndFaultyFilesAreNone) {
  restart();
  publish();
  const auto again = engine->publish("9", test::all_files(), "beleidsmedewerker-1").value();
  EXPECT_EQ(again.version, "1");
  EXPECT_EQ(engine->publish("1", {{"twee.bpmn", test::kTwoSteps}}, "x").error().code, ErrorCode::conflict);
  EXPECT_FALSE(engine->publish("3", {{"stuk.bpmn", "<geen bpmn"}}, "x").has_value());
  EXPECT_EQ(engine->releases()->size(), 1u);
}

TEST_F(EngineRestart, RefusesAProcessThatOnlyTheClockCouldStart) {
  restart();
  const std::string weekly = test::definitions(R"(
<process id="weeklijst" isExecutable="true">
  <startEvent id="elke_week"><timerEventDefinition><timeCycle>R/P7D</timeCycle></timerEventDefinition></startEvent>
  <sequenceFlow id="f1" sourceRef="elke_week" targetRef="a"/>
  <userTask id="a" draad:rol="AFM"/><sequenceFlow id="f2" sourceRef="a" targetRef="eind"/><endEvent id="eind"/>
</process>)");
  const auto refused = engine->publish("1", {{"weeklijst.bpmn", weekly}}, "beleidsmedewerker-1");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::unsupported);
  EXPECT_EQ(refused.error().where, "elke_week");
}

TEST_F(EngineRestart, ForgetsCasussenWhenMemoryIsFullAndReadsThemAgain) {
  restart({.cache_bytes = 20'000});
  publish();
  std::vector<CasusId> casussen;
  for (int index = 0; index < 100; ++index) casussen.push_back(ask(start("twee", std::to_string(index))).casus);
  EXPECT_LT(engine->counters().cached, 40u);
  EXPECT_LE(engine->counters().cached_bytes, 20'000u);
  for (const CasusId casus : casussen) complete(casus, "k");
  EXPECT_GT(engine->counters().loads, 50u);
  for (const CasusId casus : casussen) EXPECT_EQ(state(casus).tasks.front().role, "ZCO");
}

TEST_F(EngineRestart, RefusesTheWrongMasterKey) {
  restart();
  engine.reset();
  const auto wrong = try_open(store::open_sqlite_store(path).value(), {}, 8);
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().code, ErrorCode::denied);
  restart();
}

TEST(EngineTime, ARehearsalSaysItselfWhenSomethingHappened) {
  test::EngineWithClock live, rehearsal;
  live.open(store::make_memory_store());
  rehearsal.open(store::make_memory_store(), {.take_time_of_request = true});
  Request request = start("twee", "k1");
  request.command.at = live.clock.now() + std::chrono::hours(24);
  for (test::EngineWithClock* under : {&live, &rehearsal}) under->publish();
  EXPECT_EQ(live.ask(request).at, live.clock.now());
  EXPECT_EQ(rehearsal.ask(request).at, request.command.at);
  EXPECT_EQ(rehearsal.complete(CasusId{1}, "k2").at, request.command.at) << "Never backwards";
}

TEST(EngineQueue, SaysSoWhenItIsFull) {
  test::EngineWithClock under;
  under.open(store::make_memory_store(), {.queue_max = 3});
  under.publish();
  std::binary_semaphore inside{0}, go_on{0};
  under.engine->submit(start("twee", "eerste"), [&](Result<Answer>) {
    inside.release();
    go_on.acquire();  // Keeps the writer busy.
  });
  inside.acquire();
  std::vector<ErrorCode> refused;
  std::atomic<int> answered{0};
  for (int index = 0; index < 5; ++index) {
    under.engine->submit(start("twee", std::to_string(index)), [&](Result<Answer> answer) {
      if (!answer) refused.push_back(answer.error().code);
      ++answered;
    });
  }
  EXPECT_EQ(refused, std::vector(2, ErrorCode::unavailable));
  go_on.release();
  under.engine->stop();
  EXPECT_EQ(answered, 5);
  EXPECT_EQ(refused.size(), 2u);
}

}  // namespace
}  // namespace draad::service
