#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/rehearsal/scenario.h"

namespace draad::rehearsal {
namespace {

using testing::HasSubstr;

Scenario only(std::string_view text) {
  ScenarioFile file = parse_scenarios(text, "proef");
  EXPECT_TRUE(file.faults.empty()) << to_string(file.faults.front(), "proef.scenario");
  EXPECT_EQ(file.scenarios.size(), 1u);
  return file.scenarios.empty() ? Scenario{} : file.scenarios.front();
}

template <typename T>
const T& action_of(const Scenario& scenario, std::size_t index) {
  return std::get<T>(std::get<Act>(scenario.statements.at(index).body).action);
}

TEST(ScenarioParser, AFileWithoutAScenarioLineIsOne) {
  const Scenario scenario =
      only("workflow a.bpmn b.bpmn\nbegin 2026-03-02 09:30\nstart P leeftijd=16 vorm=\"een twee\" open=ja weg=leeg\n");
  EXPECT_EQ(scenario.name, "proef");
  EXPECT_EQ(scenario.workflows, (std::vector<std::string>{"a.bpmn", "b.bpmn"}));
  EXPECT_EQ(to_local_string(scenario.begin), "2026-03-02 09:30");
  const Facts facts = facts_of(action_of<action::Start>(scenario, 0).facts);
  EXPECT_EQ(facts.at("leeftijd"), Value(16));
  EXPECT_EQ(facts.at("vorm"), Value("een twee"));
  EXPECT_EQ(facts.at("open"), Value(true));
  EXPECT_TRUE(facts.at("weg").is_null());
}

TEST(ScenarioParser, WhatStandsAboveHoldsForAll) {
  const ScenarioFile file = parse_scenarios(
      "workflow a.bpmn\nstart P\n\nscenario Een # met commentaar\nklaar a\nscenario \"Twee\"\nbegin 2026-05-01 "
      "10:00\nklaar b\n",
      "x");
  ASSERT_TRUE(file.faults.empty()) << file.faults.front().message;
  ASSERT_EQ(file.scenarios.size(), 2u);
  EXPECT_EQ(file.scenarios[0].name, "Een");
  EXPECT_EQ(file.scenarios[0].statements.size(), 2u);
  EXPECT_EQ(file.scenarios[1].name, "Twee");
  EXPECT_EQ(to_local_string(file.scenarios[0].begin), "2026-03-02 09:00");
  EXPECT_EQ(to_local_string(file.scenarios[1].begin), "2026-05-01 10:00");
}

TEST(ScenarioParser, ContinuationLinesBelongToTheLineAbove) {
  const Scenario scenario = only(
      "workflow a.bpmn\nklaar signaal.registreren#2 uitkomst \"Aan wijzing\" door AFM\n    melder = \"Ines # "
      "Inspecteur\"  # wie\n\n    # leeg\n\ttel=0612345678 lijst=[a, [1, ja], \"b\"]\n");
  const auto& complete = action_of<action::Complete>(scenario, 0);
  EXPECT_EQ(complete.step, (StepRef{"signaal.registreren", 2}));
  EXPECT_EQ(complete.outcome, "Aan wijzing");
  EXPECT_EQ(std::get<Act>(scenario.statements[0].body).actor, "AFM");
  ASSERT_EQ(complete.fields.size(), 3u);
  EXPECT_EQ(complete.fields[0].raw, "Ines # Inspecteur");
  EXPECT_EQ(complete.fields[1].raw, "0612345678");
  EXPECT_EQ(complete.fields[1].line, 6);
  EXPECT_EQ(complete.fields[2].value, Value(List{Value("a"), Value(List{Value(1), Value(true)}), Value("b")}));
}

TEST(ScenarioParser, ValuesHaveTheirTypes) {
  const Facts facts = facts_of(
      action_of<action::SetFacts>(
          only("workflow a\nfeiten d=2026-03-02 m=2026-03-02T09:00 p=P3M t=PT24H n=-1.5 q=\"12\" w=P5x z=Pieter\n"), 0)
          .facts);
  EXPECT_TRUE(facts.at("d").get_if<Date>());
  EXPECT_TRUE(facts.at("m").get_if<Instant>());
  EXPECT_TRUE(facts.at("p").get_if<Duration>());
  EXPECT_TRUE(facts.at("t").get_if<Duration>());
  EXPECT_EQ(facts.at("n").get_if<Number>()->text(), "-1.5");
  EXPECT_EQ(facts.at("q"), Value("12"));
  EXPECT_EQ(facts.at("w"), Value("P5x"));
  EXPECT_EQ(facts.at("z"), Value("Pieter"));
}

TEST(ScenarioParser, EveryAction) {
  const Scenario s = only(R"(workflow a
start P bij S
klaar t zonder formulier x=1
neem t door AFM
teruggeven t
aanvaard v
weiger v reden vol
intrek v
bericht "antwoord van CMH" sleutel 12 kenmerk m1 ok=ja
sein alarm
fout t code E1
escalatie t code E2 a=1
storing t melding "geen verbinding" pogingen 2
feiten in sub x=1
activeer hulp in zorg#2
sluit zorg
opnieuw t
annuleer reden dubbel
geweigerd conflict: klaar t
regel route.zco: route=regio reden="binnen de regio"
script: a=1
wacht 5 werkdagen
wacht P3M
wacht 30 minuten
tot 2026-06-02 09:00
tot 2026-06-03
door ZCO
verhaal "Er was eens"
later delen met CoMensha
)");
  EXPECT_EQ(action_of<action::Start>(s, 0).start_event, "S");
  EXPECT_TRUE(action_of<action::Complete>(s, 1).without_form);
  EXPECT_EQ(std::get<Act>(s.statements[2].body).actor, "AFM");
  EXPECT_TRUE(action_of<action::Claim>(s, 3).give_back);
  EXPECT_EQ(action_of<action::Refuse>(s, 5).reason, "vol");
  EXPECT_EQ(*action_of<action::Message>(s, 7).key, Value(12));
  EXPECT_EQ(action_of<action::Message>(s, 7).message_id, "m1");
  EXPECT_EQ(action_of<action::Throw>(s, 9).code, "E1");
  EXPECT_TRUE(action_of<action::Throw>(s, 10).escalation);
  EXPECT_EQ(action_of<action::Fail>(s, 11).retries_left, 2);
  EXPECT_EQ(action_of<action::SetFacts>(s, 12).scope->name, "sub");
  EXPECT_EQ(action_of<action::Activate>(s, 13).ad_hoc->number, 2);
  EXPECT_EQ(action_of<action::Cancel>(s, 16).reason, "dubbel");
  EXPECT_EQ(std::get<Act>(s.statements[17].body).refused->code, ErrorCode::conflict);
  EXPECT_EQ(std::get<RuleAnswers>(s.statements[18].body).reason, "binnen de regio");
  EXPECT_EQ(std::get<Wait>(s.statements[20].body).working_days, 5);
  EXPECT_EQ(std::get<Wait>(s.statements[21].body).duration.months, 3);
  EXPECT_EQ(std::get<Wait>(s.statements[22].body).duration.milliseconds, 1'800'000);
  EXPECT_EQ(to_local_string(std::get<Until>(s.statements[24].body).at), "2026-06-03 00:00");
  EXPECT_EQ(std::get<Story>(s.statements[26].body).text, "Er was eens");
  EXPECT_EQ(std::get<Later>(s.statements[27].body).text, "delen met CoMensha");
}

TEST(ScenarioParser, EveryClaim) {
  const Scenario s = only(R"(workflow a
verwacht actief a, b#2; precies a; precies niets; niet actief c; gestart a 2 keer; afgerond a; niet afgebroken b;
  volgorde a, b, c; stroom F1 3 keer; niet stroom a->b; wekker t op 2026-03-03 10:00; geen wekker t
verwacht termijn a op 2026-03-03 00:00; termijn a t/m 2026-03-02; termijn a verlopen; geen termijn a; verwijzing v aanvaard
verwacht rol a AFM; feit x = [1, 2]; feit y onbekend; waar leeftijd < 18 and vorm = "een  twee"; kluis bsn
verwacht gebeurtenis MessageThrown t 2 keer; niet gebeurtenis ErrorThrown; incident a condition; geen incident; casus klaar
)");
  const auto& first = std::get<Expect>(s.statements[0].body).claims;
  ASSERT_EQ(first.size(), 12u);
  EXPECT_EQ(std::get<claim::Active>(first[0].claim).steps[1], (StepRef{"b", 2}));
  EXPECT_TRUE(std::get<claim::Exactly>(first[2].claim).steps.empty());
  EXPECT_EQ(std::get<claim::Happened>(first[4].claim).times, 2);
  EXPECT_FALSE(std::get<claim::Happened>(first[5].claim).times);
  EXPECT_EQ(std::get<claim::Happened>(first[6].claim).times, 0);
  EXPECT_EQ(first[7].line, 3);
  EXPECT_EQ(first[7].text, "volgorde a, b, c");
  const auto& third = std::get<Expect>(s.statements[2].body).claims;
  EXPECT_EQ(std::get<claim::Holds>(third[3].claim).expression, "leeftijd < 18 and vorm = \"een  twee\"");
  const auto& fourth = std::get<Expect>(s.statements[3].body).claims;
  EXPECT_EQ(std::get<claim::EventSeen>(fourth[0].claim).step, "t");
  EXPECT_EQ(std::get<claim::EventSeen>(fourth[1].claim).times, 0);
  EXPECT_EQ(std::get<claim::Casus>(fourth[4].claim).stage, claim::CasusStage::completed);
}

TEST(ScenarioParser, AllFaultsAtOnceWithTheirLines) {
  const ScenarioFile file = parse_scenarios(
      "workflow a\nklar t\nwacht 5 manen\nverwacht aktief t; casus dood\nbegin 2026-13-01 09:00\nklaar t \"open\n",
      "x");
  ASSERT_EQ(file.faults.size(), 6u);
  EXPECT_TRUE(file.scenarios.empty());
  EXPECT_EQ(to_string(file.faults[0], "a.scenario"),
            "a.scenario:2: \"klar\" is geen opdracht van een scenario. Bedoelde u \"klaar\"?");
  EXPECT_EQ(file.faults[1].line, 3);
  EXPECT_THAT(file.faults[2].mend, HasSubstr("actief"));
  EXPECT_EQ(file.faults[3].line, 4);
  EXPECT_THAT(file.faults[4].message, HasSubstr("2026-13-01"));
  EXPECT_EQ(file.faults[5].line, 6);
}

struct Wrong {
  const char* name;
  const char* text;
  int line;
};
class WrongLine : public testing::TestWithParam<Wrong> {};
TEST_P(WrongLine, IsAFault) {
  const ScenarioFile file = parse_scenarios(GetParam().text, "x");
  ASSERT_EQ(file.faults.size(), 1u);
  EXPECT_EQ(file.faults[0].line, GetParam().line) << file.faults[0].message;
  EXPECT_TRUE(file.scenarios.empty());
}
INSTANTIATE_TEST_SUITE_P(ScenarioParser, WrongLine,
                         testing::Values(Wrong{"NoWorkflow", "start P\n", 1},
                                         Wrong{"IndentedFirst", "  workflow a\nworkflow b\n", 1},
                                         Wrong{"TwiceTheSameName", "workflow a\nscenario A\nscenario A\n", 3},
                                         Wrong{"FactTwice", "workflow a\nstart P x=1 x=2\n", 2},
                                         Wrong{"NoValue", "workflow a\nstart P x=\n", 2},
                                         Wrong{"StepZero", "workflow a\nklaar t#0\n", 2},
                                         Wrong{"OpenList", "workflow a\nfeiten x=[1, 2\n", 2},
                                         Wrong{"UnknownModifier", "workflow a\nklaar t snel\n", 2},
                                         Wrong{"FactsWhereNone", "workflow a\naanvaard t x=1\n", 2},
                                         Wrong{"NegativeWait", "workflow a\nwacht -P1D\n", 2},
                                         Wrong{"NoColon", "workflow a\ngeweigerd conflict klaar t\n", 2},
                                         Wrong{"UnknownRefusal", "workflow a\ngeweigerd boos: klaar t\n", 2},
                                         Wrong{"NothingExpected", "workflow a\nverwacht\n", 2},
                                         Wrong{"EmptyClaim", "workflow a\nverwacht ; geen incident\n", 2},
                                         Wrong{"TrailingWord", "workflow a\nverwacht geen incident hier\n", 2},
                                         Wrong{"ErrorWithoutCode", "workflow a\nfout t\n", 2},
                                         Wrong{"ControlCharacter", "workflow a\nklaar \x01t\n", 2},
                                         Wrong{"ScenarioWithoutName", "workflow a\nscenario\n", 2}),
                         [](const auto& row) { return row.param.name; });

TEST(ScenarioParser, DeepListsAreRefused) {
  const ScenarioFile file = parse_scenarios("workflow a\nfeiten x=" + std::string(10'000, '[') + "\n", "x");
  ASSERT_FALSE(file.faults.empty());
  EXPECT_EQ(file.faults[0].line, 2);
}

TEST(ScenarioParser, TooBigIsRefused) {
  EXPECT_EQ(parse_scenarios(std::string(2'000'000, '#'), "x").faults.size(), 1u);
}

TEST(ScenarioParser, WindowsLineEndsAndByteOrderMark) {
  const Scenario scenario = only("\xEF\xBB\xBFworkflow a\r\nstart P\r\n");
  EXPECT_EQ(action_of<action::Start>(scenario, 0).process, "P");
}

}  // namespace
}  // namespace draad::rehearsal
