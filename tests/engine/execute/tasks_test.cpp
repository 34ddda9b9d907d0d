#include "tests/engine/execute/support/model.h"
#include "tests/engine/execute/support/player.h"

namespace draad::execute::test {
namespace {

class Rules final : public RulePort {
 public:
  Result<RuleAnswer> answer(std::string_view rule, const Facts& facts) const override {
    if (rule != "route.zorgcoordinator") return Error{ErrorCode::not_found, "geen regel met die naam", {}};
    const auto age = facts.find("leeftijd");
    const bool minor = age != facts.end() && *age->second.get_if<Number>() < Number(18);
    return RuleAnswer{{{"route", Value(minor ? "jeugd" : "regio")}}, "op leeftijd", "landelijk", "1"};
  }
  Result<Facts> run_script(std::string_view format, std::string_view script, const Facts&) const override {
    if (format != "lua") return Error{ErrorCode::unsupported, "geen lua", {}};
    return Facts{{"gedaan", Value(std::string(script))}};
  }
};

TEST(Tasks, SendGoesOnAndServiceWaitsForItsWorker) {
  Player p(R"(
    start S
    send Z topic=mail.sturen deelt='D1 D4' grondslag=M8 message=hallo
    service D topic=tolk.regelen
    end E
    S -> Z -> D -> E)");
  p.start();
  EXPECT_EQ(p.open(), "D");
  EXPECT_EQ(p.count("DeliveryRequested"), 2);
  EXPECT_EQ(p.count("MessageThrown"), 1);
  for (const Event& event : p.journal()) {
    if (const auto* delivery = std::get_if<DeliveryRequested>(&event);
        delivery != nullptr && delivery->topic == "mail.sturen") {
      EXPECT_EQ(delivery->shares, (std::vector<std::string>{"D1", "D4"}));
      EXPECT_EQ(delivery->ground, "M8");
    }
  }
  p.complete("D", {{"tolk", true}});
  EXPECT_EQ(p.status(), CasusStatus::completed);
  EXPECT_EQ(p.facts().at("tolk"), Value(true));
}

TEST(Tasks, AWorkerThatGivesUpIsAnIncident) {
  Player p(R"(
    start S
    service D topic=tolk.regelen
    S -> D)");
  p.start();
  p.send(FailTask{p.key("D"), "geen verbinding", 2});
  EXPECT_EQ(p.incidents(), "");
  p.send(FailTask{p.key("D"), "geen verbinding", 0});
  EXPECT_EQ(p.incidents(), "D:task_failed");
  p.retry("D");
  EXPECT_EQ(p.incidents(), "");
  EXPECT_EQ(p.count("DeliveryRequested"), 2);
  p.send(FailTask{p.key("D"), "geen verbinding", 0});
  p.complete("D");  // It was done after all.
  EXPECT_EQ(p.status(), CasusStatus::completed);
}

TEST(Tasks, RulesAndScriptsAnswerAtOnce) {
  const Rules rules;
  Player p(R"(
    start S
    rule R regel=route.zorgcoordinator
    script L script='x = 1'
    user A
    S -> R -> L -> A)");
  p.rules = &rules;
  p.start({{"leeftijd", 12}});
  EXPECT_EQ(p.open(), "A");
  EXPECT_EQ(p.facts().at("route"), Value("jeugd"));
  EXPECT_EQ(p.facts().at("gedaan"), Value("x = 1"));
  EXPECT_EQ(p.count("RuleAnswered"), 2);
}

TEST(Tasks, ARuleThatNobodyAnswersIsAnIncident) {
  Player p(R"(
    start S
    rule R regel=route.zorgcoordinator
    S -> R)");
  p.start();
  EXPECT_EQ(p.incidents(), "R:rule");
  const Rules rules;
  p.rules = &rules;
  p.retry("R");
  EXPECT_EQ(p.status(), CasusStatus::completed);
}

TEST(Tasks, ManualWorkWaitsOnlyWhenItHasARole) {
  Player p(R"(
    start S
    manual M
    task T
    manual N rol=AFM
    S -> M -> T -> N)");
  p.start();
  EXPECT_EQ(p.open(), "N");
}

TEST(Tasks, ClaimingAndGivingBack) {
  Player p("start S\nuser A\nS -> A");
  p.start();
  const ElementKey a = p.key("A");
  p.send(ClaimTask{a, "petra"});
  EXPECT_EQ(find_task(p.state(), a)->assignee, "petra");
  EXPECT_EQ(p.try_send(ClaimTask{a, "kees"}).error().code, ErrorCode::conflict);
  p.send(ClaimTask{a, ""});
  p.send(ClaimTask{a, "kees"});
  EXPECT_EQ(find_task(p.state(), a)->assignee, "kees");
}

TEST(Tasks, WhatIsDoneIsNotFoundASecondTime) {
  Player p("start S\nuser A\nuser B\nS -> A -> B");
  p.start();
  const ElementKey a = p.key("A");
  p.complete("A");
  EXPECT_EQ(p.try_send(CompleteTask{a, "", {}}).error().code, ErrorCode::not_found);
  p.complete("B");
  EXPECT_EQ(p.try_send(CompleteTask{a, "", {}}).error().code, ErrorCode::conflict);
}

TEST(Tasks, ATermPassesAndTheTaskStaysOpen) {
  Player p("start S\nuser A termijn=P5D kalender=werkdagen\nS -> A");
  p.start();
  ASSERT_EQ(p.state().tasks.size(), 1u);
  EXPECT_EQ(to_local_string(*p.state().tasks[0].due_at), "2026-03-10 00:00");
  p.wait("P8D");
  EXPECT_EQ(p.count("TermijnVerstreken"), 1);
  EXPECT_TRUE(p.state().tasks[0].overdue);
  EXPECT_EQ(p.open(), "A");
  EXPECT_EQ(next_due(p.state()), std::nullopt);
}

TEST(Tasks, ATermMayBeWorkedOutFromFacts) {
  Player p("start S\nuser A 'termijn== duration(\"P3D\")'\nS -> A");
  p.start();
  EXPECT_EQ(to_local_string(*p.state().tasks[0].due_at), "2026-03-06 00:00");
}

constexpr std::string_view kReferral = R"(
    start S
    user A soort=verwijzing naar=ZCO termijn=P2D
    boundary Nee on=A error=verwijzing.geweigerd
    boundary Laat on=A error=verwijzing.verlopen
    user N
    user L
    end E
    S -> A -> E
    Nee -> N
    Laat -> L)";

TEST(Referral, IsOfferedAcceptedAndDone) {
  Player p(kReferral);
  p.start();
  EXPECT_EQ(p.state().tasks[0].referral, ReferralState::offered);
  EXPECT_EQ(p.state().tasks[0].referred_to, "ZCO");
  p.send(AcceptReferral{p.key("A")});
  EXPECT_EQ(p.try_send(AcceptReferral{p.key("A")}).error().code, ErrorCode::conflict);
  EXPECT_EQ(p.try_send(RefuseReferral{p.key("A"), "vol"}).error().code, ErrorCode::conflict);
  p.complete("A");
  EXPECT_EQ(p.status(), CasusStatus::completed);
}
TEST(Referral, RefusalIsAnErrorThatTheBoundaryCatches) {
  Player p(kReferral);
  p.start();
  p.send(RefuseReferral{p.key("A"), "vol"});
  EXPECT_EQ(p.open(), "N");
}
TEST(Referral, ExpiryBeforeAcceptanceToo) {
  Player p(kReferral);
  p.start();
  p.wait("P4D");
  EXPECT_EQ(p.open(), "L");
}
TEST(Referral, OnceAcceptedItIsOnlyOverdue) {
  Player p(kReferral);
  p.start();
  p.send(AcceptReferral{p.key("A")});
  p.wait("P4D");
  EXPECT_EQ(p.open(), "A");
  EXPECT_TRUE(p.state().tasks[0].overdue);
}
TEST(Referral, AnswerNobodyCatchesIsAnIncidentAndIsOfferedAgain) {
  Player p("start S\nuser A soort=verwijzing naar=ZCO\nS -> A");
  p.start();
  p.send(WithdrawReferral{p.key("A"), "dubbel"});
  EXPECT_EQ(p.incidents(), "A:uncaught_error");
  EXPECT_EQ(p.try_send(CompleteTask{p.key("A"), "", {}}).error().code, ErrorCode::conflict);
  p.retry("A");
  EXPECT_EQ(p.state().tasks[0].referral, ReferralState::offered);
}

TEST(Tasks, InputAndOutputAreWhatCrosses) {
  Player p(R"(
    start S
    sub D in='x:=n + 1' uit='y:=x + z' {
      start S2
      user A
      S2 -> A
    }
    end E
    S -> D -> E)");
  p.start({{"n", 1}});
  p.complete("A", {{"z", 10}, {"klad", true}});
  EXPECT_EQ(p.facts().at("y"), Value(12));
  EXPECT_FALSE(p.facts().contains("klad"));
  EXPECT_FALSE(p.facts().contains("x"));
}

TEST(Tasks, AnOutputWithoutAValueHoldsTheTaskAndGoesOnFromThere) {
  Player p(R"(
    start S
    user A uit='y:=n + n'
    end E
    S -> A -> E)");
  p.start({{"n", Value(std::int64_t{9'000'000'000'000})}});
  p.complete("A");  // The sum is out of range.
  EXPECT_EQ(p.incidents(), "A:formula");
  p.set({{"n", 1}});
  p.retry("A");
  EXPECT_EQ(p.status(), CasusStatus::completed);
  EXPECT_EQ(p.count("TaskOffered"), 1);
}

}  // namespace
}  // namespace draad::execute::test
