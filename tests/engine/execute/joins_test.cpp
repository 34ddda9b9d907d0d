// Rules 1, 2 and 3, in the shapes where engines are known to differ.
#include "tests/engine/execute/support/model.h"
#include "tests/engine/execute/support/player.h"

namespace draad::execute::test {
namespace {

// Two tokens over one flow, and one over the other.
constexpr std::string_view kTwice = R"(
    start S
    and Split
    user A1
    user A2
    user B
    task M
    and Join
    user E
    S -> Split -> A1 -> M
    Split -> A2 -> M
    Split -> B -> Join
    M -> Join
    Join -> E)";

TEST(ParallelJoin, TwoTokensOnOneFlowDoNotOpenIt) {
  Player p(kTwice);
  p.start();
  p.complete("A1");
  p.complete("A2");
  EXPECT_EQ(p.open(), "B");
}
TEST(ParallelJoin, ASurplusTokenStaysAndIsNamedWhenNothingElseCanCome) {
  Player p(kTwice);
  p.start();
  p.complete("A1");
  p.complete("A2");
  p.complete("B");
  EXPECT_EQ(p.open(), "E");
  EXPECT_EQ(p.incidents(), "");  // E may still do anything.
  p.complete("E");
  EXPECT_EQ(p.status(), CasusStatus::running);
  EXPECT_EQ(p.incidents(), "Join:join_stuck");
  EXPECT_EQ(p.state().incidents[0].detail, "B->Join");
}
TEST(ParallelJoin, ASurplusTokenCountsForTheNextRound) {
  Player p(R"(
    start S
    xor M
    and Split
    user A
    user B
    and Join
    xor X
    end E
    S -> M -> Split -> A -> Join
    Split -> B -> Join
    Join -> X
    X -> M : nog = true
    X -> E : default)");
  p.start({{"nog", true}});
  p.complete("A");
  p.complete("B");
  p.set({{"nog", false}});
  p.complete("B");
  p.complete("A");
  EXPECT_EQ(p.status(), CasusStatus::completed);
}

TEST(InclusiveJoin, DoesNotWaitForATokenThatDied) {
  // The awaited branch is ended by an interrupting boundary that leads elsewhere.
  Player p(R"(
    start S
    or Split
    user A
    user B
    boundary X on=B message=weg
    user Elders
    or Join
    user E
    S -> Split
    Split -> A : true
    Split -> B : true
    A -> Join
    B -> Join
    X -> Elders
    Join -> E)");
  p.start();
  p.complete("A");
  EXPECT_EQ(p.open(), "B");
  p.message("weg");
  EXPECT_EQ(p.open(), "Elders E");
}
TEST(InclusiveJoin, FiresTwiceWhereTheStandardFiresTwice) {
  // Both tokens come over the same flow, and nothing can reach the other one.
  Player p(R"(
    start S
    and Split
    user A
    user B
    task M
    or Join
    user C
    user E
    S -> Split -> A -> M
    Split -> B -> M
    M -> Join
    C -> Join
    Join -> E)");
  p.start();
  p.complete("A");
  EXPECT_EQ(p.open(), "B E");
  p.complete("B");
  EXPECT_EQ(p.open(), "E E");
}
TEST(InclusiveJoin, ATokenInsideANestedScopeCountsAtTheNestedActivity) {
  Player p(R"(
    start S
    and Split
    user A
    sub D {
      start S2
      user B
      S2 -> B
    }
    or Join
    user E
    S -> Split -> A -> Join
    Split -> D -> Join
    Join -> E)");
  p.start();
  p.complete("A");
  EXPECT_EQ(p.open(), "B");
  p.complete("B");
  EXPECT_EQ(p.open(), "E");
  EXPECT_EQ(p.completed("Join"), 1);
}
TEST(InclusiveJoin, IsPerScopeInstance) {
  Player p(R"(
    start S
    sub D times=2 {
      start S2
      and Split
      user A
      user B
      or Join
      user E
      S2 -> Split -> A -> Join
      Split -> B -> Join
      Join -> E
    }
    S -> D)");
  p.start();
  EXPECT_EQ(p.open(), "A B A B");
  p.complete("A");
  p.complete("B");
  EXPECT_EQ(p.open(), "A B E");  // The second instance does not hold the first one up.
}
TEST(InclusiveJoin, InALoopDoesNotWaitForItself) {
  Player p(R"(
    start S
    or Join
    user A
    xor X
    end E
    S -> Join -> A -> X
    X -> Join : nog = true
    X -> E : default)");
  p.start({{"nog", true}});
  EXPECT_EQ(p.open(), "A");
  p.complete("A");
  EXPECT_EQ(p.open(), "A");
  p.complete("A", {{"nog", false}});
  EXPECT_EQ(p.status(), CasusStatus::completed);
}
TEST(InclusiveJoin, FollowsLinksAndBoundaryEvents) {
  Player p(R"(
    start S
    and Split
    user A
    user B
    boundary X on=B timer=PT1H interrupting=no
    throw L1 link=naar
    catch L2 link=naar
    user C
    or Join
    user E
    S -> Split -> A -> Join
    Split -> B
    X -> L1
    L2 -> C -> Join
    Join -> E)");
  p.start();
  p.complete("A");
  EXPECT_EQ(p.open(), "B");  // B's boundary can still send one by the link.
  p.wait("PT1H");
  EXPECT_EQ(p.open(), "B C");
  p.complete("B");
  p.complete("C");
  EXPECT_EQ(p.open(), "E");
}
TEST(InclusiveJoin, TwoThatWaitForEachOtherAreAnIncidentAtBoth) {
  Player p(R"(
    start S
    and Split
    or J1
    or J2
    task A
    task B
    S -> Split
    Split -> J1
    Split -> J2
    J1 -> A -> J2
    J2 -> B -> J1)");
  p.start();
  EXPECT_EQ(p.incidents(), "J1:join_stuck J2:join_stuck");
}

TEST(ScopeCompletion, ABranchThatWentElsewhereLeavesANamedIncidentAtTheJoin) {
  Player p(R"(
    start S
    and Split
    user A
    xor X
    and Join
    end Weg
    end E
    S -> Split -> A -> Join -> E
    Split -> X
    X -> Join : goed = true
    X -> Weg : default)");
  p.start({{"goed", false}});
  EXPECT_EQ(p.incidents(), "");
  p.complete("A");
  EXPECT_EQ(p.incidents(), "Join:join_stuck");
  EXPECT_NE(p.state().incidents[0].message.find("X->Join"), std::string::npos);
  p.retry("Join");
  EXPECT_EQ(p.incidents(), "Join:join_stuck");
}
TEST(ScopeCompletion, WaitsForBoundaryAndEventSubProcessActivity) {
  Player p(R"(
    start S
    sub D {
      start S2
      user A
      boundary X on=A timer=PT1H interrupting=no
      user B
      esp H {
        start T timer=PT2H interrupting=no
        user C
        T -> C
      }
      S2 -> A
      X -> B
    }
    user E
    S -> D -> E)");
  p.start();
  p.wait("PT3H");
  EXPECT_EQ(p.open(), "A B C");
  p.complete("A");
  p.complete("B");
  EXPECT_EQ(p.open(), "C");
  p.complete("C");
  EXPECT_EQ(p.open(), "E");
}

}  // namespace
}  // namespace draad::execute::test
