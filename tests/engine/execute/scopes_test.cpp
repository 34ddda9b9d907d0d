#include "tests/engine/execute/support/model.h"
#include "tests/engine/execute/support/player.h"

namespace draad::execute::test {
namespace {

TEST(SubProcess, EndsWhenNothingIsLeftInIt) {
  Player p(R"(
    start S
    sub D {
      start S2
      and X
      user A
      user B
      S2 -> X -> A
      X -> B
    }
    user C
    S -> D -> C)");
  p.start();
  EXPECT_EQ(p.open(), "A B");
  p.complete("A");
  EXPECT_EQ(p.open(), "B");
  p.complete("B");
  EXPECT_EQ(p.open(), "C");
}

constexpr std::string_view kBoundary = R"(
    start S
    sub D {
      start S2
      user A
      user B
      S2 -> A -> B
    }
    boundary T on=D timer=PT1H interrupting=INT
    user C
    user E
    S -> D -> C
    T -> E)";
std::string boundary(const std::string& interrupting) {
  std::string text(kBoundary);
  text.replace(text.find("INT"), 3, interrupting);
  return text;
}

TEST(BoundaryEvent, AnInterruptingOneEndsItsHost) {
  Player p(boundary("yes"));
  p.start();
  p.complete("A");
  p.wait("PT2H");
  EXPECT_EQ(p.open(), "E");
  EXPECT_EQ(p.terminated("B"), 1);
  EXPECT_EQ(p.terminated("D"), 1);
  EXPECT_EQ(p.completed("T"), 1);
}
TEST(BoundaryEvent, ANonInterruptingOneRunsBesideIt) {
  Player p(boundary("no"));
  p.start();
  p.wait("PT2H");
  EXPECT_EQ(p.open(), "A E");
  p.complete("A");
  p.complete("B");
  EXPECT_EQ(p.open(), "E C");
}
TEST(BoundaryEvent, IsGoneWithItsHost) {
  Player p(boundary("yes"));
  p.start();
  p.complete("A");
  p.complete("B");
  EXPECT_EQ(next_due(p.state()), std::nullopt);
  p.wait("PT2H");
  EXPECT_EQ(p.open(), "C");
}

TEST(CallActivity, RunsTheProcessOfTheSameRelease) {
  const auto called = model(R"(
    start S
    user A
    S -> A)",
                            "Q");
  const auto caller = model(R"(
    start S
    call C process=Q in='x:=n' uit='m:=y'
    user B
    S -> C -> B)",
                            "P");
  Player p(release_of({caller, called}));
  p.start({{"n", 5}, {"geheim", true}});
  EXPECT_EQ(p.open(), "A");
  const ScopeKey inner = find_element(p.state(), p.key("C"))->local;
  EXPECT_EQ(visible_facts(p.state(), inner), (Facts{{"x", 5}}));
  p.complete("A", {{"y", 6}});
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.facts().at("m"), Value(6));
  EXPECT_FALSE(p.facts().contains("y"));
}
TEST(CallActivity, EverythingCrossesWhenTheModelSaysSo) {
  Player p(release_of(
      {model("start S\ncall C process=Q alles=yes\nuser B\nS -> C -> B", "P"), model("start S\nuser A\nS -> A", "Q")}));
  p.start({{"n", 5}});
  EXPECT_EQ(visible_facts(p.state(), find_element(p.state(), p.key("C"))->local), (Facts{{"n", 5}}));
  p.complete("A", {{"y", 6}});
  EXPECT_EQ(p.facts(), (Facts{{"n", 5}, {"y", 6}}));
}

TEST(EventSubProcess, InterruptingTakesOverItsScope) {
  Player p(R"(
    start S
    user A
    esp H {
      start T message=stop
      user B
      T -> B
    }
    S -> A)");
  p.start();
  p.message("stop", {}, {{"reden", "x"}});
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.terminated("A"), 1);
  p.complete("B");
  EXPECT_EQ(p.status(), CasusStatus::completed);
}
TEST(EventSubProcess, NonInterruptingMayRunManyTimes) {
  Player p(R"(
    start S
    user A
    esp H {
      start T message=extra interrupting=no
      user B
      T -> B
    }
    S -> A)");
  p.start();
  p.message("extra");
  p.message("extra");
  EXPECT_EQ(p.open(), "A B B");
  p.complete("A");
  EXPECT_EQ(p.status(), CasusStatus::running);
  p.complete("B");
  p.complete("B");
  EXPECT_EQ(p.status(), CasusStatus::completed);
}

constexpr std::string_view kAdHoc = R"(
    start S
    adhoc D UNTIL {
      user A
      user B
      user C
    }
    user E
    S -> D -> E)";
std::string ad_hoc(const std::string& settings) {
  std::string text(kAdHoc);
  text.replace(text.find("UNTIL"), 5, settings);
  return text;
}

TEST(AdHoc, PeopleStartWhatIsNeededAndCloseIt) {
  Player p(ad_hoc(""));
  p.start();
  EXPECT_EQ(p.open(), "D");
  p.send(ActivateAdHoc{p.key("D"), "B"});
  p.send(ActivateAdHoc{p.key("D"), "B"});
  EXPECT_EQ(p.open(), "D B B");
  p.complete("B");
  p.complete("B");
  EXPECT_EQ(p.open(), "D");
  EXPECT_EQ(p.try_send(ActivateAdHoc{p.key("D"), "E"}).error().code, ErrorCode::not_found);
  p.send(CompleteAdHoc{p.key("D")});
  EXPECT_EQ(p.open(), "E");
}
TEST(AdHoc, ClosingEndsWhatStillRuns) {
  Player p(ad_hoc(""));
  p.start();
  p.send(ActivateAdHoc{p.key("D"), "A"});
  p.send(CompleteAdHoc{p.key("D")});
  EXPECT_EQ(p.open(), "E");
  EXPECT_EQ(p.terminated("A"), 1);
}
TEST(AdHoc, OrWaitsForItWhenTheModelSaysSo) {
  Player p(ad_hoc("cancelremaining=no"));
  p.start();
  p.send(ActivateAdHoc{p.key("D"), "A"});
  p.send(CompleteAdHoc{p.key("D")});
  EXPECT_EQ(p.open(), "D A");
  EXPECT_EQ(p.try_send(ActivateAdHoc{p.key("D"), "B"}).error().code, ErrorCode::conflict);
  p.complete("A");
  EXPECT_EQ(p.open(), "E");
}
TEST(AdHoc, SequentialRunsOneAtATime) {
  Player p(ad_hoc("sequential=yes"));
  p.start();
  p.send(ActivateAdHoc{p.key("D"), "A"});
  EXPECT_EQ(p.try_send(ActivateAdHoc{p.key("D"), "B"}).error().code, ErrorCode::conflict);
  p.complete("A");
  p.send(ActivateAdHoc{p.key("D"), "B"});
  EXPECT_EQ(p.open(), "D B");
}
TEST(AdHoc, TheCompletionConditionIsAskedAfterEachStep) {
  Player p(ad_hoc("'until=klaar = true'"));
  p.start();
  p.send(ActivateAdHoc{p.key("D"), "A"});
  p.send(ActivateAdHoc{p.key("D"), "B"});
  p.complete("A");
  EXPECT_EQ(p.open(), "D B");
  p.set({{"klaar", true}});
  EXPECT_EQ(p.open(), "D B");
  p.send(ActivateAdHoc{p.key("D"), "C"});
  p.complete("C");
  EXPECT_EQ(p.open(), "E");
  EXPECT_EQ(p.terminated("B"), 1);
}

TEST(Links, JumpToTheirOtherHalf) {
  Player p(R"(
    start S
    throw L1 link=verder
    catch L2 link=verder
    user A
    S -> L1
    L2 -> A)");
  p.start();
  EXPECT_EQ(p.open(), "A");
}

TEST(Cancel, EndsEverything) {
  Player p(boundary("no"));
  p.start();
  p.send(CancelCasus{"dubbel"});
  EXPECT_EQ(p.status(), CasusStatus::cancelled);
  EXPECT_EQ(p.terminated("A"), 1);
  EXPECT_EQ(p.try_send(FireDueTimers{}).error().code, ErrorCode::conflict);
}

TEST(Budget, ALoopWithoutAWaitIsRefusedByName) {
  Player p(R"(
    start S
    task A
    S -> A -> A)");
  p.options.steps_max = 1000;
  const Result<Done> sent = p.try_send(StartCasus{"P", "", {}});
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, ErrorCode::limit);
  EXPECT_NE(sent.error().message.find("steps_max"), std::string::npos);
  EXPECT_EQ(p.status(), CasusStatus::fresh);
}

constexpr std::string_view kEndless = R"(
    start S
    user A
    boundary T on=A timer=PT1H interrupting=no
    boundary U on=A timer=PT2H interrupting=no
    xor M
    task B
    xor X
    user C
    end E
    S -> A
    T -> M -> B -> X
    X -> E : stop = true
    X -> M : default
    U -> C)";
TEST(Budget, ATimerThatSetsOneOffIsSetAsideAndTheOthersGoOn) {
  Player p(kEndless);
  p.options.steps_max = 1000;
  p.start({{"stop", false}});
  p.jump("PT3H");
  EXPECT_EQ(p.incidents(), "T:out_of_steps");
  EXPECT_EQ(p.open(), "A C");
  p.set({{"stop", true}});
  p.retry("T");
  EXPECT_EQ(p.completed("E"), 1);
  EXPECT_EQ(p.open(), "A C");
  p.complete("A");
  EXPECT_EQ(p.open(), "C");
}
TEST(Budget, TheTaskItHangsOnCanStillBeDone) {
  Player p(kEndless);
  p.options.steps_max = 1000;
  p.start({{"stop", false}});
  p.wait("PT1H");
  p.complete("A");
  EXPECT_EQ(p.status(), CasusStatus::completed);
}

}  // namespace
}  // namespace draad::execute::test
