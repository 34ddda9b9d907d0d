#include "tests/engine/execute/support/model.h"
#include "tests/engine/execute/support/player.h"

namespace draad::execute::test {
namespace {

TEST(Sequence, RunsFromStartToEnd) {
  Player p(R"(
    start S
    task A
    end E
    S -> A -> E)");
  p.start();
  EXPECT_EQ(p.status(), CasusStatus::completed);
  EXPECT_EQ(p.completed("E"), 1);
}

constexpr std::string_view kExclusive = R"(
    start S
    xor X
    user Kind
    user Volwassen
    S -> X
    X -> Kind : leeftijd < 18
    X -> Volwassen : default)";

TEST(ExclusiveGateway, TakesTheFirstFlowThatHolds) {
  Player p(kExclusive);
  p.start({{"leeftijd", 17}});
  EXPECT_EQ(p.open(), "Kind");
  EXPECT_EQ(p.taken("X->Volwassen"), 0);
}
TEST(ExclusiveGateway, TakesTheDefaultFlowWhenNothingHolds) {
  Player p(kExclusive);
  p.start({{"leeftijd", 18}});
  EXPECT_EQ(p.open(), "Volwassen");
}
TEST(ExclusiveGateway, AMissingFactIsAnIncidentThatCanBeMended) {
  Player p(kExclusive);
  p.start();
  EXPECT_EQ(p.incidents(), "X:condition");
  EXPECT_NE(p.state().incidents[0].message.find("leeftijd"), std::string::npos);
  p.set({{"leeftijd", 3}});
  EXPECT_EQ(p.open(), "X");
  p.retry("X");
  EXPECT_EQ(p.open(), "Kind");
  EXPECT_EQ(p.incidents(), "");
}
TEST(ExclusiveGateway, NothingThatHoldsIsAnIncidentWithTheValues) {
  Player p(R"(
    start S
    xor X
    user A
    user B
    S -> X
    X -> A : n = 1
    X -> B : n = 2)");
  p.start({{"n", 3}});
  EXPECT_EQ(p.incidents(), "X:condition");
  EXPECT_NE(p.state().incidents[0].message.find("n = 3"), std::string::npos) << p.state().incidents[0].message;
}

TEST(UserTask, TheFlowsOfTheGatewayBehindItAreTheOutcomes) {
  Player p(R"(
    start S
    user A
    xor X
    user B
    user C
    S -> A -> X
    X -> B : name akkoord
    X -> C : name 'niet akkoord')");
  p.start();
  EXPECT_EQ(p.try_send(CompleteTask{p.key("A"), "", {}}).error().code, ErrorCode::invalid);
  EXPECT_EQ(p.try_send(CompleteTask{p.key("A"), "misschien", {}}).error().code, ErrorCode::invalid);
  EXPECT_EQ(p.open(), "A");
  p.complete("A", {}, "akkoord");
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.facts().at("uitkomst"), Value("akkoord"));
}
TEST(UserTask, AnOutcomeMayAlsoBeReadAsAFact) {
  Player p(R"(
    start S
    user A
    xor X
    user B
    user C
    S -> A -> X
    X -> B : uitkomst = "ja"
    X -> C : default)");
  p.start();
  p.complete("A", {}, "X->B");
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.facts().at("uitkomst"), Value("ja"));
}

TEST(ParallelGateway, SplitsAndJoins) {
  Player p(R"(
    start S
    and Split
    user A
    user B
    and Join
    end E
    S -> Split -> A -> Join -> E
    Split -> B -> Join)");
  p.start();
  EXPECT_EQ(p.open(), "A B");
  p.complete("B");
  EXPECT_EQ(p.status(), CasusStatus::running);
  p.complete("A");
  EXPECT_EQ(p.status(), CasusStatus::completed);
  EXPECT_EQ(p.completed("E"), 1);
}

constexpr std::string_view kInclusive = R"(
    start S
    or Split
    user A
    user B
    user C
    or Join
    end E
    S -> Split
    Split -> A : a
    Split -> B : b
    Split -> C : default
    A -> Join
    B -> Join
    C -> Join
    Join -> E)";

TEST(InclusiveGateway, JoinsExactlyWhatWasSplit) {
  Player p(kInclusive);
  p.start({{"a", true}, {"b", true}});
  EXPECT_EQ(p.open(), "A B");
  p.complete("A");
  EXPECT_EQ(p.completed("Join"), 0);
  p.complete("B");
  EXPECT_EQ(p.completed("Join"), 1);
  EXPECT_EQ(p.status(), CasusStatus::completed);
}
TEST(InclusiveGateway, OneBranchPassesAtOnce) {
  Player p(kInclusive);
  p.start({{"a", false}, {"b", false}});
  EXPECT_EQ(p.open(), "C");
  p.complete("C");
  EXPECT_EQ(p.status(), CasusStatus::completed);
}

TEST(EventBasedGateway, TheFirstEventClosesTheOthers) {
  Player p(R"(
    start S
    event G
    catch M message=antwoord
    catch T timer=P5D
    user A
    user B
    S -> G -> M -> A
    G -> T -> B)");
  p.start();
  EXPECT_EQ(p.open(), "G");
  p.message("antwoord", {}, {{"ja", true}});
  EXPECT_EQ(p.open(), "A");
  EXPECT_TRUE(p.state().timers.empty());
  EXPECT_TRUE(p.state().subscriptions.empty());
  EXPECT_EQ(p.facts().at("ja"), Value(true));
  p.wait("P10D");
  EXPECT_EQ(p.open(), "A");
}

}  // namespace
}  // namespace draad::execute::test
