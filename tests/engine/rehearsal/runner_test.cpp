// What the runner says when a scenario does not go as written: a test that cannot fail would show nothing.
#include "engine/rehearsal/runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "engine/rehearsal/timeline.h"
#include "tests/support/temporary_folder.h"

namespace draad::rehearsal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kWorkflow = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:draad="urn:rode-draad:bpmn:1" id="d" targetNamespace="x">
 <process id="P" isExecutable="true">
  <extensionElements><draad:feit naam="leeftijd" type="getal" leeg="ja"/></extensionElements>
  <startEvent id="Start"/>
  <userTask id="A" name="Signaal" draad:anker="signaal.registreren" draad:rol="AFM" draad:termijn="P5D" draad:kalender="werkdagen" draad:formulier="F1"/>
  <exclusiveGateway id="G"/>
  <userTask id="B" draad:soort="verwijzing" draad:naar="ZCO" draad:rol="AFM" draad:termijn="P2D"/>
  <boundaryEvent id="BV" attachedToRef="B"><errorEventDefinition errorRef="E2"/></boundaryEvent>
  <endEvent id="Einde"/>
  <endEvent id="Verlopen" name="Verlopen"/>
  <sequenceFlow id="F1" sourceRef="Start" targetRef="A"/>
  <sequenceFlow id="F2" sourceRef="A" targetRef="G"/>
  <sequenceFlow id="F3" sourceRef="G" targetRef="B"><conditionExpression>leeftijd &lt; 18</conditionExpression></sequenceFlow>
  <sequenceFlow id="F4" sourceRef="G" targetRef="Einde"><conditionExpression>leeftijd &gt;= 18</conditionExpression></sequenceFlow>
  <sequenceFlow id="F5" sourceRef="B" targetRef="Einde"/>
  <sequenceFlow id="F6" sourceRef="BV" targetRef="Verlopen"/>
 </process>
 <error id="E2" errorCode="verwijzing.verlopen"/>
</definitions>)";

constexpr const char* kForm = R"({"type":"object","title":"Signaal","required":["melder"],"properties":{
  "melder":{"type":"string","title":"Melder","x-draad-klasse":"D1"},
  "telefoon":{"type":"string","title":"Telefoon","x-draad-klasse":"D1"},
  "leeftijd":{"type":"integer","title":"Leeftijd","minimum":0,"maximum":120,"x-draad-klasse":"D4","x-draad-feit":"leeftijd"},
  "personen":{"type":"array","title":"Personen","x-draad-klasse":"D1","items":{"type":"object","properties":{"naam":{"type":"string"}}}}}})";

class Runner : public testing::Test {
 protected:
  Runner() {
    write("p.bpmn", kWorkflow);
    std::filesystem::create_directories(folder_.file("formulieren"));
    write("formulieren/F1.json", kForm);
  }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.file(name), std::ios::binary) << text;
  }

  // The faults without the folder in front.
  std::vector<std::string> play(const std::string& scenario, FilePlay how = {}) {
    write("s.scenario", "workflow p.bpmn\n" + scenario);
    FileOutcome outcome = play_file(folder_.file("s.scenario"), how);
    for (std::string& fault : outcome.faults) {
      const std::string prefix = folder_.path() + "/";
      if (fault.starts_with(prefix)) fault = fault.substr(prefix.size());
    }
    return outcome.faults;
  }

  test::TemporaryFolder folder_;
};

constexpr const char* kToB = "start P\nklaar A melder=\"Ines Inspecteur\" telefoon=0612345678 leeftijd=16\n";

TEST_F(Runner, AFormIsFilledInAndPersonalValuesGoToTheVault) {
  for (const Mode mode : {Mode::plain, Mode::restart}) {
    FilePlay how;
    how.stage = in_memory(mode);
    EXPECT_THAT(
        play(std::string(kToB) +
                 "verwacht kluis melder; kluis telefoon; feit leeftijd = 16; actief B; geen incident; rol B AFM\n"
                 "verwacht verwijzing B aangeboden; termijn B t/m 2026-03-04; termijn B op 2026-03-05 00:00\n",
             how),
        IsEmpty());
  }
}

TEST_F(Runner, AFormThatIsNotRightIsToldByField) {
  EXPECT_THAT(
      play("start P\nklaar A leeftijd=130\n"),
      ElementsAre("s.scenario:3: het formulier is niet goed ingevuld. \"Melder\" is niet ingevuld. Vul dit veld in. "
                  "\"Leeftijd\" klopt niet: vul een heel getal in van hoogstens 120."));
  EXPECT_THAT(play("start P\ngeweigerd formulier: klaar A leeftijd=130\nverwacht actief A\n"), IsEmpty());
  EXPECT_THAT(play("start P\nklaar A zonder formulier leeftijd=16\nverwacht actief B\n"), IsEmpty());
  EXPECT_THAT(play("start P\nklaar A melder=I personen.1.naam=\"Yuki Testkamp\" personen.2.naam=12 "
                   "leeftijd=20\nverwacht kluis personen\n"),
              ElementsAre(HasSubstr("\"naam\" klopt niet")));
}

struct Claimed {
  const char* name;
  const char* claim;
  const char* contrary;
};
class FalseClaim : public Runner, public testing::WithParamInterface<Claimed> {};

TEST_P(FalseClaim, IsToldWithWhatIsTheCase) {
  const std::string text = std::string(kToB) + "verwacht " + GetParam().claim + "\n";
  EXPECT_THAT(play(text),
              ElementsAre(testing::AllOf(HasSubstr("s.scenario:4: verwacht "), HasSubstr(GetParam().contrary))));
}

INSTANTIATE_TEST_SUITE_P(
    Runner, FalseClaim,
    testing::Values(
        Claimed{"Active", "actief A", "nu actief: B"}, Claimed{"ActiveTwice", "actief B#2", "loopt niet"},
        Claimed{"NotActive", "niet actief B", "loopt wel"}, Claimed{"Exactly", "precies niets", "er loopt meer"},
        Claimed{"ExactlyOther", "precies A", "loopt niet"},
        Claimed{"UnknownStep", "actief signaal.registeren", "Bedoelde u \"signaal.registreren\"?"},
        Claimed{"Completed", "afgerond A 2 keer", "1 keer"}, Claimed{"Started", "gestart Einde", "niet gebeurd"},
        Claimed{"Terminated", "afgebroken A", "niet gebeurd"}, Claimed{"NotCompleted", "niet afgerond A", "1 keer"},
        Claimed{"Order", "volgorde G, A", "de volgorde was: Start, signaal.registreren, G"},
        Claimed{"Flow", "stroom F4", "niet gebeurd"}, Claimed{"NoFlow", "niet stroom G->B", "1 keer"},
        Claimed{"UnknownFlow", "stroom F33", "geen stroom"},
        Claimed{"Timer", "wekker B op 2026-03-04 00:00", "geen wekker"},
        Claimed{"TermAt", "termijn B op 2026-03-04 00:00", "2026-03-05 00:00"},
        Claimed{"TermLastDay", "termijn B t/m 2026-03-05", "2026-03-04"},
        Claimed{"TermExpired", "termijn B verlopen", "niet verlopen"},
        Claimed{"NoTerm", "geen termijn B", "er loopt een termijn"},
        Claimed{"Referral", "verwijzing B aanvaard", "aangeboden"},
        Claimed{"NoReferral", "verwijzing A aanvaard", "nog geen verwijzing"}, Claimed{"Role", "rol B ZCO", "rol AFM"},
        Claimed{"Fact", "feit leeftijd = 17", "het feit is 16"}, Claimed{"FactType", "feit leeftijd = \"16\"", "getal"},
        Claimed{"FactKnown", "feit leeftijd onbekend", "16"}, Claimed{"FactUnknown", "feit vorm = x", "onbekend"},
        Claimed{"Holds", "waar leeftijd > 18", "geldt niet"},
        Claimed{"HoldsUnreadable", "waar leeftijd >", "niet te lezen"},
        Claimed{"Vault", "kluis leeftijd", "niet in de kluis"},
        Claimed{"Event", "gebeurtenis FlowTaken 9 keer", "3 keer"},
        Claimed{"UnknownEvent", "gebeurtenis FlowTake", "FlowTaken"},
        Claimed{"Incident", "incident B", "zit niet vast"}, Claimed{"CasusDone", "casus klaar", "de casus loopt"}),
    [](const auto& row) { return row.param.name; });

TEST_F(Runner, AnIncidentNobodyExpectsFails) {
  const std::string stuck = "start P\nklaar A melder=I\n";
  EXPECT_THAT(play(stuck), ElementsAre(HasSubstr("niet verwacht")));
  EXPECT_THAT(play(stuck + "verwacht incident G condition; casus loopt\n"), IsEmpty());
  EXPECT_THAT(play(stuck + "verwacht geen incident\n"), testing::SizeIs(1));
  EXPECT_THAT(play(stuck + "feiten leeftijd=17\nopnieuw G\nverwacht geen incident; actief B\n"), IsEmpty());
  EXPECT_THAT(play(stuck + "opnieuw B\n"), ElementsAre(HasSubstr("zit niet vast")));
}

TEST_F(Runner, WhatMustBeRefusedButIsNotFails) {
  EXPECT_THAT(play("start P\ngeweigerd conflict: klaar A melder=I leeftijd=20\n"),
              ElementsAre(HasSubstr("het is gelukt")));
  EXPECT_THAT(play(std::string(kToB) + "geweigerd conflict: klaar A\n"),
              ElementsAre(HasSubstr("geweigerd met not_found")))
      << "Another reason is no proof";
  EXPECT_THAT(
      play(std::string(kToB) + "geweigerd niet-gevonden: klaar A zonder formulier\ngeweigerd iets: aanvaard A\n"),
      IsEmpty());
  EXPECT_THAT(play("start P\ngeweigerd niet-gevonden: klaar Aa\n"), ElementsAre(HasSubstr("geen stap")))
      << "A typing error is no refusal";
}

TEST_F(Runner, TimePassesAndTermsExpireOnTheirOwnMoment) {
  EXPECT_THAT(play(std::string(kToB) + "wacht 1 dag\nverwacht actief B\ntot 2026-03-05 00:00\nverwacht casus klaar; "
                                       "verwijzing B verlopen; afgerond Verlopen\n"),
              IsEmpty());
  EXPECT_THAT(
      play("start P\nverwacht termijn A t/m 2026-03-09\nwacht 6 werkdagen\nverwacht termijn A verlopen; actief A\n"),
      IsEmpty());
  EXPECT_THAT(play("sluitingsdag 2026-03-04\nstart P\nverwacht termijn A t/m 2026-03-10\n"), IsEmpty());
  EXPECT_THAT(play("start P\ntot 2026-03-01\n"), ElementsAre(HasSubstr("terug kan niet")));
}

TEST_F(Runner, ACommandThatFailsEndsThePlay) {
  EXPECT_THAT(play("klaar A\nverwacht casus klaar\n"), ElementsAre(HasSubstr("s.scenario:2: er is nog geen casus")));
  EXPECT_THAT(play("start P\nstart P\n"), ElementsAre(HasSubstr("er loopt al een casus")));
  EXPECT_THAT(play("start Q\n"), ElementsAre(HasSubstr("Wel: P")));
}

TEST_F(Runner, FaultsOfTheWorkflowNameItsFile) {
  write("kapot.bpmn", "<x");
  EXPECT_THAT(play("workflow kapot.bpmn\nstart P\n"), ElementsAre(HasSubstr("kapot.bpmn:1: ")));
  EXPECT_THAT(play("workflow geen.bpmn\nstart P\n"), ElementsAre(HasSubstr("geen.bpmn: ")));
  write("formulieren/F2.json", R"({"type":"object","properties":{"a":{"type":"string"}}})");
  EXPECT_THAT(play("start P\n"), ElementsAre(HasSubstr("F2.json: ")));
}

TEST_F(Runner, OnlyOneScenarioWhenAskedFor) {
  write("s.scenario", "workflow p.bpmn\nscenario Een\nstart P\nscenario Twee\nstart P\n");
  FilePlay how;
  how.only = "Twee";
  const FileOutcome outcome = play_file(folder_.file("s.scenario"), how);
  EXPECT_EQ(outcome.scenarios, 1);
  EXPECT_THAT(outcome.names, ElementsAre("Een", "Twee"));
}

TEST_F(Runner, TheTimelineTellsItInDutchWithoutPersonalValues) {
  std::ostringstream out;
  Timeline timeline(out);
  FilePlay how;
  how.audience = &timeline;
  EXPECT_THAT(play("scenario De zorg zwijgt\nverhaal Een verzonnen verhaal.\nlater delen\n" + std::string(kToB) +
                       "geweigerd iets: aanvaard A\nwacht 3 dagen\nverwacht casus klaar\n",
                   how),
              IsEmpty());
  EXPECT_EQ(out.str(), R"(
========================================================================
  De zorg zwijgt
========================================================================
  Een verzonnen verhaal.
  (later: delen)

  maandag 2 maart 2026
    09:00  systeem      casus begint: P
                        -> Signaal [AFM], uiterlijk maandag 9 maart 2026
    09:00  systeem      v  Signaal
                        -> B [AFM] verwijzing naar ZCO, uiterlijk woensdag 4 maart 2026
    09:00  systeem      geweigerd: aanvaard A
                                   die stap loopt niet (meer)

  donderdag 5 maart 2026
    00:00  klok            verlopen zonder antwoord: B
                           fout verwijzing.verlopen wordt opgevangen
                        x  B vervalt
                        o  Verlopen
                        casus is klaar
    09:00  de casus is klaar.
)");
}

}  // namespace
}  // namespace draad::rehearsal
