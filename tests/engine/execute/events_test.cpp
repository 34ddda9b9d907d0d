#include "tests/engine/execute/support/model.h"
#include "tests/engine/execute/support/player.h"

namespace draad::execute::test {
namespace {

// ---- Timers (rule 11)
// -----------------------------------------------------------------------------------------------------

std::string cycle(const std::string& timer, const std::string& interrupting = "no") {
  return R"(
    start S
    user A
    boundary T on=A timer=)" +
         timer + " interrupting=" + interrupting + R"(
    task B
    S -> A
    T -> B)";
}

TEST(Timers, ACycleFiresThatManyTimesInTotalWithoutDrift) {
  Player p(cycle("R3/PT1H"));
  p.start();
  p.wait("PT1H");
  EXPECT_EQ(p.completed("B"), 1);
  p.wait("PT10H");
  EXPECT_EQ(p.completed("B"), 3);
  EXPECT_EQ(next_due(p.state()), std::nullopt);
}
TEST(Timers, AfterDowntimeOneCatchUpAndThenOn) {
  Player p(cycle("R/PT1H"));
  p.start();
  p.jump("PT5H30M");
  EXPECT_EQ(p.completed("B"), 1);
  EXPECT_EQ(to_local_string(*next_due(p.state())), "2026-03-02 15:00");  // Started at 09:00: on the hour, as before.
  p.wait("PT1H");
  EXPECT_EQ(p.completed("B"), 2);
}
TEST(Timers, ADayIsACalendarDayAndTwentyFourHoursAreNot) {
  const auto due_after = [](const std::string& timer) {
    Player p("start S\ncatch T timer=" + timer + "\nS -> T");
    p.clock("2026-03-28T09:00");  // The clock goes forward that night.
    p.start();
    return to_local_string(*next_due(p.state()));
  };
  EXPECT_EQ(due_after("P1D"), "2026-03-29 09:00");
  EXPECT_EQ(due_after("PT24H"), "2026-03-29 10:00");
}
TEST(Timers, ADateInThePastFiresAtOnce) {
  Player p("start S\ncatch T timer=2026-01-01T09:00\nuser A\nS -> T -> A");
  p.start();
  p.wait("PT0S");
  EXPECT_EQ(p.open(), "A");
}
TEST(Timers, AFormulaMaySayWhen) {
  Player p("start S\ncatch T 'timer== wachttijd'\nuser A\nS -> T -> A");
  p.start({{"wachttijd", Value(*parse_duration("P2D"))}});
  EXPECT_EQ(to_local_string(*next_due(p.state())), "2026-03-04 09:00");
}
TEST(Timers, AFormulaWithoutAnAnswerIsAnIncident) {
  Player p("start S\ncatch T 'timer== wachttijd'\nuser A\nS -> T -> A");
  p.start();
  EXPECT_EQ(p.incidents(), "T:formula");
  p.set({{"wachttijd", Value("PT1H")}});
  p.retry("T");
  p.wait("PT1H");
  EXPECT_EQ(p.open(), "A");
}
TEST(Timers, DueOnesFireEarliestFirstAndWhatOneEndsTheOtherDoesNotFind) {
  Player p(R"(
    start S
    user A
    boundary T2 on=A timer=PT2H
    boundary T1 on=A timer=PT1H
    user B
    user C
    S -> A
    T1 -> B
    T2 -> C)");
  p.start();
  p.jump("PT3H");
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.terminated("A"), 1);
}

// ---- Messages (rule 9)
// ----------------------------------------------------------------------------------------------------

TEST(Messages, AnEarlyOneIsKeptUntilSomebodyListens) {
  Player p("start S\nuser A\ncatch M message=brief\nuser B\nS -> A -> M -> B");
  p.start();
  p.message("brief", {}, {{"van", "OM"}}, "id-1");
  p.message("brief", {}, {{"van", "OM"}}, "id-1");  // The same one again.
  EXPECT_EQ(p.state().messages.size(), 1u);
  p.complete("A");
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.facts().at("van"), Value("OM"));
  EXPECT_TRUE(p.state().messages.empty());
}
TEST(Messages, AreKeptInOrder) {
  Player p("start S\nuser A\ncatch M1 message=brief\ncatch M2 message=brief\nuser B\nS -> A -> M1 -> M2 -> B");
  p.start();
  p.message("brief", {}, {{"eerste", 1}});
  p.message("brief", {}, {{"eerste", 2}, {"tweede", 2}});
  p.complete("A");
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.facts().at("eerste"), Value(2));  // The second was delivered last.
}
TEST(Messages, ExpireWhenNobodyComes) {
  Player p("start S\nuser A\ncatch M message=brief\nS -> A -> M");
  p.start();
  p.message("brief");
  p.wait("P8D");
  EXPECT_TRUE(p.state().messages.empty());
  p.complete("A");
  EXPECT_EQ(p.open(), "M");
}
TEST(Messages, AreMatchedOnTheirCorrelation) {
  Player p(R"(
    start S
    and X
    catch M1 message=brief key=a
    catch M2 message=brief key=b
    user A
    user B
    S -> X -> M1 -> A
    X -> M2 -> B)");
  p.start({{"a", 1}, {"b", 2}});
  p.message("brief", Value(2));
  EXPECT_EQ(p.open(), "M1 B");
}
TEST(Messages, AnAmbiguousOneIsKeptAndNeverGuessed) {
  Player p(R"(
    start S
    and X
    catch M1 message=brief
    catch M2 message=brief
    user Z
    boundary W on=Z message=weg
    user A
    S -> X -> M1 -> A
    X -> M2 -> A
    X -> Z
    W -> A)");
  p.start();
  p.message("brief", {}, {{"x", 1}});
  EXPECT_EQ(p.open(), "M1 M2 Z");
  EXPECT_EQ(p.incidents(), "M1:message_ambiguous");
  EXPECT_EQ(p.state().messages.size(), 1u);
  EXPECT_EQ(p.try_send(RetryIncident{p.state().incidents[0].key}).error().code, ErrorCode::conflict);
}
TEST(Messages, SeveralMayShareOneWhenTheModelSaysSo) {
  Player p(R"(
    start S
    and X
    catch M1 message=brief broadcast=yes
    catch M2 message=brief broadcast=yes
    user A
    S -> X -> M1 -> A
    X -> M2 -> A)");
  p.start();
  p.message("brief");
  EXPECT_EQ(p.open(), "A A");
}
TEST(Messages, AReceiveTaskGetsOneOrIsToldSo) {
  Player p("start S\nreceive R message=brief\nreceive R2 message=brief\nuser A\nS -> R -> R2 -> A");
  p.start();
  p.message("brief", {}, {{"x", 1}});
  EXPECT_EQ(p.open(), "R2");
  p.complete("R2");
  EXPECT_EQ(p.open(), "A");
  EXPECT_TRUE(p.state().subscriptions.empty());
}
TEST(Messages, AProcessMayStartWithOne) {
  Player p("start S message=aanmelding\nuser A\nS -> A");
  EXPECT_EQ(p.try_send(StartCasus{"P", "", {}}).error().code, ErrorCode::invalid);
  p.start({{"x", 1}}, "P", "S");
  EXPECT_EQ(p.open(), "A");
}

// ---- Signals (rule 10)
// ----------------------------------------------------------------------------------------------------

TEST(Signals, ReachEverybodyWhoListensAndAreNotKept) {
  Player p(R"(
    start S
    and X
    catch C1 signal=alarm
    catch C2 signal=alarm
    user Eerst
    catch C3 signal=alarm
    user A
    S -> X -> C1 -> A
    X -> C2 -> A
    X -> Eerst -> C3 -> A)");
  p.start();
  p.signal("alarm");
  EXPECT_EQ(p.open(), "Eerst A A");
  p.complete("Eerst");
  EXPECT_EQ(p.open(), "A A C3");
}
TEST(Signals, AThrownOneIsHeardInTheSameCasus) {
  Player p(R"(
    start S
    and X
    throw T signal=alarm
    user A
    boundary B on=A signal=alarm interrupting=no
    user C
    S -> X -> T
    X -> A
    B -> C)");
  p.start();
  EXPECT_EQ(p.open(), "A C");
  EXPECT_EQ(p.count("SignalThrown"), 1);
}

// ---- Conditional events (rule 16)
// -----------------------------------------------------------------------------------------

TEST(Conditions, FireWhenTheyBecomeTrueAndNotAgainWhileTheyAre) {
  Player p(R"(
    start S
    user A
    boundary C on=A 'condition=gevaar = true' interrupting=no
    task B
    S -> A
    C -> B)");
  p.start();
  EXPECT_EQ(p.completed("B"), 0);
  p.set({{"gevaar", true}});
  EXPECT_EQ(p.completed("B"), 1);
  p.set({{"gevaar", true}, {"iets", 1}});
  EXPECT_EQ(p.completed("B"), 1);
  p.set({{"gevaar", false}});
  p.set({{"gevaar", true}});
  EXPECT_EQ(p.completed("B"), 2);
}
TEST(Conditions, ThatHoldOnEntryFireOnEntry) {
  Player p("start S\nuser A\nboundary C on=A 'condition=gevaar = true'\nuser B\nS -> A\nC -> B");
  p.start({{"gevaar", true}});
  EXPECT_EQ(p.open(), "B");
}
TEST(Conditions, OuterScopesGoFirstAndEndTheInnerOnes) {
  Player p(R"(
    start S
    sub D {
      start S2
      catch C 'condition=gevaar = true'
      user A
      S2 -> C -> A
    }
    esp H {
      start T 'condition=gevaar = true'
      user B
      T -> B
    }
    S -> D)");
  p.start();
  p.set({{"gevaar", true}});
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.completed("C"), 0);
}
TEST(Conditions, ATaskThatIsDoneWinsFromAConditionItsOwnFactsMakeTrue) {
  Player p("start S\nuser A\nboundary C on=A 'condition=gevaar = true'\nuser B\nuser D\nS -> A -> D\nC -> B");
  p.start();
  p.complete("A", {{"gevaar", true}});
  EXPECT_EQ(p.open(), "D");
}

// ---- Errors and escalations (rules 12, 13)
// --------------------------------------------------------------------------------

TEST(Errors, TheNearestCatcherWithTheCodeBeatsOneThatCatchesAll) {
  Player p(R"(
    start S
    sub D {
      start S2
      end E2 error=vol
      S2 -> E2
    }
    boundary Alles on=D error=*
    boundary Vol on=D error=vol
    user A
    user B
    S -> D
    Alles -> A
    Vol -> B)");
  p.start();
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.completed("E2"), 1);
}
TEST(Errors, AnEventSubProcessOfTheScopeComesBeforeTheBoundary) {
  Player p(R"(
    start S
    sub D {
      start S2
      end E2 error=vol
      esp H {
        start T error=*
        user A
        T -> A
      }
      S2 -> E2
    }
    boundary Vol on=D error=vol
    user B
    S -> D
    Vol -> B)");
  p.start();
  EXPECT_EQ(p.open(), "A");
}
TEST(Errors, CrossCallActivities) {
  Player p(release_of({model(R"(
    start S
    call C process=Q
    boundary F on=C error=vol
    user A
    S -> C
    F -> A)",
                             "P"),
                       model("start S\nsub D {\nstart S2\nend E error=vol\nS2 -> E\n}\nS -> D", "Q")}));
  p.start();
  EXPECT_EQ(p.open(), "A");
  EXPECT_EQ(p.terminated("C"), 1);
  EXPECT_EQ(p.terminated("D"), 1);
}
TEST(Errors, ThatNobodyCatchesAreAnIncident) {
  Player p("start S\nend E error=vol\nS -> E");
  p.start();
  EXPECT_EQ(p.incidents(), "E:uncaught_error");
  EXPECT_EQ(p.state().incidents[0].detail, "vol");
}
TEST(Errors, UnlessTheModelSaysTheyMayBe) {
  Player p("start S\nend E error=vol uncaught=yes\nS -> E");
  p.start();
  EXPECT_EQ(p.status(), CasusStatus::ended_by_error);
  EXPECT_EQ(p.state().end_detail, "vol");
}
TEST(Errors, AWorkerMayReportOne) {
  Player p("start S\nservice A topic=t\nboundary F on=A error=vol\nuser B\nS -> A\nF -> B");
  p.start();
  p.send(ThrowFromTask{p.key("A"), false, "vol", {{"reden", "x"}}});
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.facts().at("reden"), Value("x"));
}

constexpr std::string_view kEscalation = R"(
    start S
    sub D {
      start S2
      throw T escalation=laat
      user A
      S2 -> T -> A
    }
    BOUNDARY
    user B
    S -> D)";
std::string escalation(const std::string& boundary) {
  std::string text(kEscalation);
  text.replace(text.find("BOUNDARY"), 8, boundary);
  return text;
}
TEST(Escalations, ThatNobodyCatchesAreWrittenDownAndIgnored) {
  Player p(escalation(""));
  p.start();
  EXPECT_EQ(p.open(), "A");
  EXPECT_EQ(p.count("EscalationThrown"), 1);
  EXPECT_EQ(p.incidents(), "");
}
TEST(Escalations, TheThrowerGoesOnBesideANonInterruptingCatcher) {
  Player p(escalation("boundary X on=D escalation=laat interrupting=no\nX -> B"));
  p.start();
  EXPECT_EQ(p.open(), "B A");
}
TEST(Escalations, AnInterruptingCatcherEndsTheThrower) {
  Player p(escalation("boundary X on=D escalation=* interrupting=yes\nX -> B"));
  p.start();
  EXPECT_EQ(p.open(), "B");
  EXPECT_EQ(p.completed("T"), 1);
  EXPECT_EQ(p.completed("D"), 0);
}

// ---- Terminate (rule 7)
// ---------------------------------------------------------------------------------------------------

TEST(Terminate, EndsOnlyTheEnclosingScope) {
  Player p(R"(
    start S
    sub D {
      start S2
      and X
      user A
      user B
      end E2 terminate
      S2 -> X -> A
      X -> B -> E2
    }
    user C
    S -> D -> C)");
  p.start();
  p.complete("B");
  EXPECT_EQ(p.open(), "C");
  EXPECT_EQ(p.terminated("A"), 1);
  EXPECT_EQ(p.completed("D"), 1);
}
TEST(Terminate, ACalledProcessEndsItselfAndNotItsCaller) {
  Player p(release_of({model("start S\ncall C process=Q\nuser A\nS -> C -> A", "P"),
                       model("start S\nand X\nuser B\nend E terminate\nS -> X -> B\nX -> E", "Q")}));
  p.start();
  EXPECT_EQ(p.open(), "A");
}

}  // namespace
}  // namespace draad::execute::test
