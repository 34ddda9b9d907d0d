#include "tests/engine/execute/support/model.h"
#include "tests/engine/execute/support/player.h"

namespace draad::execute::test {
namespace {

Value list(std::initializer_list<Value> items) {
  return Value(List(items));
}

TEST(MultiInstance, ParallelCollectsByIndexAndNotByArrival) {
  Player p("start S\nuser A each=namen item=naam results=antwoorden 'result=antwoord'\nuser B\nS -> A -> B");
  p.start({{"namen", list({"a", "b", "c"})}});
  EXPECT_EQ(p.open(), "A A A");
  const ElementKey first = p.state().tasks[0].element;
  p.send(CompleteTask{p.state().tasks[2].element, "", {{"antwoord", 3}}});
  p.send(CompleteTask{p.state().tasks[1].element, "", {{"antwoord", 2}}});
  p.send(CompleteTask{first, "", {{"antwoord", 1}}});
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.facts().at("antwoorden"), list({1, 2, 3}));
  EXPECT_FALSE(p.facts().contains("antwoord"));
}
TEST(MultiInstance, SequentialKeepsTheSnapshotOfTheCollection) {
  Player p("start S\nuser A each=namen item=naam sequential=yes results=r result=naam\nuser B\nS -> A -> B");
  p.start({{"namen", list({"a", "b"})}});
  EXPECT_EQ(p.open(), "A");
  p.set({{"namen", list({"x", "y", "z"})}});
  p.complete("A");
  EXPECT_EQ(p.open(), "A");
  p.complete("A");
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.facts().at("r"), list({"a", "b"}));
}
TEST(MultiInstance, TheCompletionConditionSeesTheInstanceAndEndsTheRest) {
  Player p("start S\nuser A times=3 'until=akkoord = true' results=r result=akkoord\nuser B\nS -> A -> B");
  p.start();
  p.complete("A", {{"akkoord", false}});
  EXPECT_EQ(p.open(), "A A");
  p.complete("A", {{"akkoord", true}});
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.terminated("A"), 1);
  EXPECT_EQ(p.facts().at("r"), list({false, true, Value()}));
}
TEST(MultiInstance, TheCompletionConditionMayCount) {
  Player p("start S\nuser A times=3 'until=numberOfCompletedInstances >= 2'\nuser B\nS -> A -> B");
  p.start();
  p.complete("A");
  p.complete("A");
  EXPECT_EQ(p.open(), "B");
}
TEST(MultiInstance, NothingToDoIsDoneAtOnce) {
  Player p("start S\nuser A each=namen results=r\nuser B\nS -> A -> B");
  p.start({{"namen", list({})}});
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.facts().at("r"), list({}));
}
TEST(MultiInstance, ANegativeNumberIsAnIncident) {
  Player p("start S\nuser A times=n\nuser B\nS -> A -> B");
  p.start({{"n", -1}});
  EXPECT_EQ(p.incidents(), "A:formula");
  p.set({{"n", 2}});
  p.retry("A");
  EXPECT_EQ(p.open(), "A A");
}
TEST(MultiInstance, TooManyIsAnIncidentThatNamesTheLimit) {
  Player p("start S\nuser A times=n\nS -> A");
  p.start({{"n", 20000}});
  EXPECT_NE(p.state().incidents[0].message.find("instances_max"), std::string::npos);
}

constexpr std::string_view kSubs = R"(
    start S
    sub D each=namen item=naam {
      start S2
      user A
      xor X
      user B
      end Fout error=vol
      end Stop terminate ALL
      S2 -> A -> X
      X -> Fout : fout = true
      X -> Stop : stop = true
      X -> B : default
    }
    boundary F on=D error=vol
    boundary T on=D timer=PT1H
    user C
    user G
    S -> D -> C
    F -> G
    T -> G)";
std::string subs(const std::string& all) {
  std::string text(kSubs);
  text.replace(text.find("ALL"), 3, all);
  return text;
}
TEST(MultiInstance, AnErrorOfOneEndsThemAll) {
  Player p(subs(""));
  p.start({{"namen", list({1, 2, 3})}});
  p.complete("A", {{"fout", true}});
  EXPECT_EQ(p.open(), "G");
  EXPECT_EQ(p.terminated("A"), 2);
}
TEST(MultiInstance, TerminateEndsThatOneInstance) {
  Player p(subs(""));
  p.start({{"namen", list({1, 2})}});
  p.complete("A", {{"stop", true}});
  EXPECT_EQ(p.open(), "A");
  p.complete("A");
  p.complete("B");
  EXPECT_EQ(p.open(), "C");
}
TEST(MultiInstance, OrAllOfThemWhenTheModelSaysSo) {
  Player p(subs("allinstances=yes"));
  p.start({{"namen", list({1, 2, 3})}});
  p.complete("A", {{"stop", true}});
  EXPECT_EQ(p.open(), "C");
}
TEST(MultiInstance, BoundaryEventsSitOnTheBody) {
  Player p(subs(""));
  p.start({{"namen", list({1, 2, 3})}});
  EXPECT_EQ(p.state().timers.size(), 1u);
  p.wait("PT1H");
  EXPECT_EQ(p.open(), "G");
}
TEST(MultiInstance, OfACallHasEachItsOwnFacts) {
  Player p(release_of(
      {model("start S\ncall C process=Q each=namen item=naam in='wie:=naam' results=r result=uit\nuser B\nS -> C -> B",
             "P"),
       model("start S\nuser A uit='uit:=wie'\nS -> A", "Q")}));
  p.start({{"namen", list({"a", "b"})}});
  EXPECT_EQ(p.open(), "A A");
  p.complete("A");
  p.complete("A");
  EXPECT_EQ(p.facts().at("r"), list({"a", "b"}));
}

TEST(StandardLoop, GoesOnWhileItsConditionHolds) {
  Player p("start S\nuser A 'while=nog = true'\nuser B\nS -> A -> B");
  p.start();
  p.complete("A", {{"nog", true}});
  EXPECT_EQ(p.open(), "A");
  p.complete("A", {{"nog", false}});
  EXPECT_EQ(p.open(), "B");
}
TEST(StandardLoop, MayBeTestedBeforehandAndHasAMaximum) {
  Player p("start S\nuser A 'while=nog = true' before=yes max=2\nuser B\nS -> A -> B");
  p.start({{"nog", false}});
  EXPECT_EQ(p.open(), "B");
  Player q("start S\nuser A 'while=nog = true' before=yes max=2\nuser B\nS -> A -> B");
  q.start({{"nog", true}});
  q.complete("A");
  q.complete("A");
  EXPECT_EQ(q.open(), "B");
}

}  // namespace
}  // namespace draad::execute::test
