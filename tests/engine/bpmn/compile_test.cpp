// What of a file ends up in the graph.

#include "engine/bpmn/compile.h"

#include <gtest/gtest.h>

#include "tests/engine/bpmn/support.h"

namespace draad::bpmn {
namespace {

using graph::EventKind;
using graph::FlowNode;
using graph::kNone;
using graph::NodeKind;
using graph::TimerKind;
using test::codes;
using test::compiled;
using test::process;

const FlowNode& node(const test::Compiled& compiled, std::string_view id) {
  const auto index = compiled.graph->find_node(id);
  EXPECT_TRUE(index.has_value()) << "no node " << id;
  return compiled.graph->node(index.value_or(0));
}

TEST(Compile, NumbersNodesAndFlowsInDocumentOrder) {
  const auto result = compiled(R"(
    <sequenceFlow id="F1" sourceRef="S" targetRef="A"/>
    <startEvent id="S"/> <userTask id="A" name="Intake"/> <endEvent id="E"/>
    <sequenceFlow id="F2" sourceRef="A" targetRef="E"/>)");
  ASSERT_TRUE(result.findings.empty()) << result.text();
  EXPECT_EQ(result.graph->node_count(), 3u);
  EXPECT_EQ(result.graph->find_node("S"), 0u);
  EXPECT_EQ(result.graph->find_node("E"), 2u);
  EXPECT_EQ(result.graph->find_flow("F2"), 1u);
  EXPECT_EQ(result.graph->outgoing(0).size(), 1u);
  EXPECT_EQ(result.graph->scope(0).entries, std::vector<graph::NodeIndex>{0});
  EXPECT_EQ(node(result, "A").name, "Intake");
}

TEST(Compile, LeavesSoftHyphensToTheDrawing) {
  const auto result = compiled("<userTask id='A' name='Straf\u00ADrechtelijk spoor\u00AD'/>");
  EXPECT_EQ(node(result, "A").name, "Strafrechtelijk spoor");
}

TEST(Compile, ReadsEveryEventDefinition) {
  const auto result = compiled(R"(
    <startEvent id="S"><timerEventDefinition><timeCycle> R3/P1D </timeCycle></timerEventDefinition></startEvent>
    <userTask id="A"/>
    <boundaryEvent id="B1" attachedToRef="A" cancelActivity="false"><timerEventDefinition><timeDuration>PT24H</timeDuration></timerEventDefinition></boundaryEvent>
    <boundaryEvent id="B2" attachedToRef="A"><errorEventDefinition errorRef="Err"/></boundaryEvent>
    <boundaryEvent id="B3" attachedToRef="A"><escalationEventDefinition escalationRef="Esc"/></boundaryEvent>
    <boundaryEvent id="B4" attachedToRef="A"><errorEventDefinition/></boundaryEvent>
    <intermediateCatchEvent id="M"><messageEventDefinition messageRef="tns:Msg"/></intermediateCatchEvent>
    <intermediateCatchEvent id="C"><conditionalEventDefinition><condition>leeftijd &gt; 17</condition></conditionalEventDefinition></intermediateCatchEvent>
    <intermediateThrowEvent id="G"><signalEventDefinition signalRef="Sig"/></intermediateThrowEvent>
    <intermediateThrowEvent id="R"><eventDefinitionRef>tns:Shared</eventDefinitionRef></intermediateThrowEvent>
    <intermediateCatchEvent id="D"><timerEventDefinition><timeDate>2026-03-02T09:00</timeDate></timerEventDefinition></intermediateCatchEvent>
    <endEvent id="E"><terminateEventDefinition/></endEvent>)",
                               R"(
    <message id="Msg" name="antwoord"/> <signal id="Sig" name="alarm"/> <error id="Err" name="Weigering" errorCode="E1"/>
    <escalation id="Esc" name="Laat"/> <messageEventDefinition id="Shared" messageRef="Msg"/>)");
  ASSERT_TRUE(result.findings.empty()) << result.text();
  EXPECT_EQ(node(result, "S").events.at(0).timer, TimerKind::cycle);
  EXPECT_EQ(node(result, "S").events.at(0).expression, "R3/P1D");
  EXPECT_FALSE(node(result, "B1").interrupting);
  EXPECT_EQ(node(result, "B1").events.at(0).timer, TimerKind::duration);
  EXPECT_EQ(node(result, "B1").attached_to, result.graph->find_node("A"));
  EXPECT_TRUE(node(result, "B2").interrupting);
  EXPECT_EQ(node(result, "B2").events.at(0).code, "E1");
  EXPECT_EQ(node(result, "B3").events.at(0).code, "Laat");
  EXPECT_EQ(node(result, "B4").events.at(0).code, "");
  EXPECT_EQ(node(result, "M").events.at(0).name, "antwoord");
  EXPECT_EQ(node(result, "M").events.at(0).reference, "Msg");
  EXPECT_EQ(node(result, "C").events.at(0).expression, "leeftijd > 17");
  EXPECT_EQ(node(result, "G").events.at(0).name, "alarm");
  EXPECT_EQ(node(result, "R").event_kind(), EventKind::message);
  EXPECT_EQ(node(result, "R").events.at(0).name, "antwoord");
  EXPECT_EQ(node(result, "D").events.at(0).timer, TimerKind::date);
  EXPECT_EQ(node(result, "E").event_kind(), EventKind::terminate);
  EXPECT_EQ(result.graph->boundary_events(*result.graph->find_node("A")).size(), 4u);
}

TEST(Compile, KeepsAllDefinitionsOfAMultipleEvent) {
  const auto result = compiled(
      "<startEvent id=\"S\" parallelMultiple=\"true\"><messageEventDefinition/><timerEventDefinition/></startEvent>");
  ASSERT_EQ(node(result, "S").events.size(), 2u);
  EXPECT_EQ(node(result, "S").events[1].kind, EventKind::timer);
  EXPECT_TRUE(node(result, "S").parallel_multiple);
}

TEST(Compile, BothEndsOfAMessageFlowSpeakOfTheSameMessage) {
  const Model model = load(test::file(R"(
    <collaboration id="C"><participant id="PA" processRef="A"/><participant id="PB" processRef="B"/>
      <messageFlow id="M1" sourceRef="Throw" targetRef="Catch"/><messageFlow id="M2" sourceRef="Send" targetRef="Receive"/>
      <messageFlow id="M3" sourceRef="Throw2" targetRef="Catch2" messageRef="Msg"/></collaboration>
    <message id="Msg" name="brief"/>
    <process id="A"><intermediateThrowEvent id="Throw"><messageEventDefinition/></intermediateThrowEvent>
      <sendTask id="Send" messageRef="Msg"/><intermediateThrowEvent id="Throw2"><messageEventDefinition/></intermediateThrowEvent>
      <receiveTask id="Alone"/></process>
    <process id="B"><startEvent id="Catch" name="komt binnen"><messageEventDefinition/></startEvent><receiveTask id="Receive"/>
      <intermediateCatchEvent id="Catch2"><messageEventDefinition/></intermediateCatchEvent></process>)"));
  ASSERT_EQ(model.graphs.size(), 2u);
  const auto at = [&](std::string_view process_id, std::string_view id) -> const FlowNode& {
    const auto graph = model.find(process_id);
    return graph->node(graph->find_node(id).value());
  };
  EXPECT_EQ(at("A", "Throw").events[0].name, "komt binnen");
  EXPECT_EQ(at("B", "Catch").events[0].name, "komt binnen");
  EXPECT_EQ(at("A", "Throw").events[0].reference, "");
  EXPECT_EQ(at("A", "Send").message_name, "brief");
  EXPECT_EQ(at("A", "Send").message_reference, "Msg");
  EXPECT_EQ(at("B", "Receive").message_name, "brief");
  EXPECT_EQ(at("A", "Throw2").events[0].name, "brief");
  EXPECT_EQ(at("B", "Catch2").events[0].name, "brief");
  EXPECT_EQ(at("A", "Alone").message_name, "") << "no message, so it waits for a person";
}

TEST(Compile, ReadsLoops) {
  const auto result = compiled(R"(
    <task id="S"><standardLoopCharacteristics testBefore="true" loopMaximum="3"><loopCondition>= x &lt; 3</loopCondition></standardLoopCharacteristics></task>
    <task id="N"><multiInstanceLoopCharacteristics isSequential="true"><loopCardinality> 4 </loopCardinality>
      <completionCondition language="JavaScript">klaar</completionCondition></multiInstanceLoopCharacteristics></task>
    <dataObject id="D" name="kinderen"/>
    <task id="M"><multiInstanceLoopCharacteristics behavior="One"><loopDataInputRef>tns:D</loopDataInputRef>
      <loopDataOutputRef>D</loopDataOutputRef><inputDataItem id="I" name="kind"/><outputDataItem id="uit"/></multiInstanceLoopCharacteristics></task>
    <task id="V"><multiInstanceLoopCharacteristics draad:verzameling="kinderen" draad:element="kind" draad:resultaat="antwoorden"
      draad:resultaatelement="antwoord"><loopCardinality>9</loopCardinality></multiInstanceLoopCharacteristics></task>)");
  ASSERT_TRUE(result.findings.empty()) << result.text();
  const auto& loop = node(result, "S").loop;
  ASSERT_TRUE(loop.has_value());
  EXPECT_TRUE(loop->test_before);
  EXPECT_EQ(loop->maximum, 3);
  EXPECT_EQ(loop->condition, "x < 3");
  const auto& number = node(result, "N").multi_instance;
  ASSERT_TRUE(number.has_value());
  EXPECT_TRUE(number->sequential);
  EXPECT_EQ(number->cardinality, "4");
  EXPECT_EQ(number->completion_condition, "klaar");
  EXPECT_EQ(number->language, "JavaScript");
  const auto& data = node(result, "M").multi_instance;
  ASSERT_TRUE(data.has_value());
  EXPECT_EQ(data->behavior, "One");
  EXPECT_EQ(data->collection, "kinderen");
  EXPECT_EQ(data->item, "kind");
  EXPECT_EQ(data->output_collection, "kinderen");
  EXPECT_EQ(data->output_item, "uit");
  const auto& ours = node(result, "V").multi_instance;
  ASSERT_TRUE(ours.has_value());
  EXPECT_EQ(ours->collection + " " + ours->item + " " + ours->output_collection + " " + ours->output_item,
            "kinderen kind antwoorden antwoord");
  EXPECT_EQ(ours->cardinality, "") << "the collection counts";
}

TEST(Compile, ReadsScopesOfEveryKind) {
  const auto result = compiled(R"(
    <subProcess id="U"><startEvent id="US"/><subProcess id="UU"><task id="UT"/></subProcess></subProcess>
    <subProcess id="V" triggeredByEvent="true"><startEvent id="VS" isInterrupting="false"><messageEventDefinition/></startEvent></subProcess>
    <adHocSubProcess id="W" ordering="Sequential" cancelRemainingInstances="false"><task id="WT"/><completionCondition>= klaar</completionCondition></adHocSubProcess>
    <transaction id="X"/>
    <callActivity id="Y" calledElement="tns:Ander"/>)");
  ASSERT_TRUE(result.findings.empty()) << result.text();
  EXPECT_EQ(result.graph->scope_count(), 6u);
  EXPECT_EQ(node(result, "UT").scope, node(result, "UU").own_scope);
  EXPECT_EQ(result.graph->scope(node(result, "UU").own_scope).parent, node(result, "U").own_scope);
  EXPECT_EQ(node(result, "V").kind, NodeKind::event_sub_process);
  EXPECT_FALSE(node(result, "VS").interrupting);
  EXPECT_TRUE(node(result, "W").ad_hoc_sequential);
  EXPECT_FALSE(node(result, "W").cancel_remaining);
  EXPECT_EQ(node(result, "W").completion_condition, "klaar");
  EXPECT_EQ(node(result, "X").kind, NodeKind::transaction);
  EXPECT_EQ(node(result, "Y").called_element, "Ander");
  EXPECT_EQ(result.graph->scope(0).entries.size(), 4u) << "all but the event sub-process";
}

TEST(Compile, ReadsConditionsAndDefaults) {
  const auto result = compiled(R"(
    <exclusiveGateway id="G" default="F2"/><task id="A"/>
    <sequenceFlow id="F1" name="ja" sourceRef="G" targetRef="A"><conditionExpression language="python"> a &lt; 1 </conditionExpression></sequenceFlow>
    <sequenceFlow id="F2" sourceRef="G" targetRef="A"/>
    <sequenceFlow id="F3" sourceRef="G" targetRef="A"><conditionExpression/></sequenceFlow>)");
  ASSERT_TRUE(result.findings.empty()) << result.text();
  EXPECT_EQ(node(result, "G").default_flow, 1u);
  EXPECT_EQ(result.graph->flow(0).condition, "a < 1");
  EXPECT_EQ(result.graph->flow(0).language, "python");
  EXPECT_EQ(result.graph->flow(0).name, "ja");
  EXPECT_FALSE(result.graph->flow(1).has_condition);
  EXPECT_TRUE(result.graph->flow(2).has_condition);
}

TEST(Compile, TheLanguageOfTheFileCountsUnlessItIsTheSchemasDefault) {
  const auto language = [](std::string_view of_file) {
    std::string bytes = process(
        "<task id=\"A\"/><sequenceFlow id=\"F\" sourceRef=\"A\" "
        "targetRef=\"A\"><conditionExpression>x</conditionExpression></sequenceFlow>");
    bytes.insert(bytes.find(" xmlns:tns"), " expressionLanguage=\"" + std::string(of_file) + "\"");
    return load(bytes).find("P")->flow(0).language;
  };
  EXPECT_EQ(language("http://www.w3.org/1999/XPath"), "");
  EXPECT_EQ(language("http://www.java.com/java"), "http://www.java.com/java");
}

TEST(Compile, PairsLinksWithinTheirScope) {
  const auto result = compiled(R"(
    <intermediateThrowEvent id="A"><linkEventDefinition name="naar B"/></intermediateThrowEvent>
    <intermediateThrowEvent id="A2"><linkEventDefinition name="naar B"/></intermediateThrowEvent>
    <intermediateCatchEvent id="B"><linkEventDefinition name="naar B"/></intermediateCatchEvent>
    <intermediateThrowEvent id="C"><linkEventDefinition name="weg"/></intermediateThrowEvent>
    <subProcess id="U"><intermediateCatchEvent id="D"><linkEventDefinition name="weg"/></intermediateCatchEvent></subProcess>
    <intermediateCatchEvent id="B2"><linkEventDefinition name="naar B"/></intermediateCatchEvent>)");
  EXPECT_EQ(node(result, "A").link_target, result.graph->find_node("B"));
  EXPECT_EQ(node(result, "A2").link_target, result.graph->find_node("B"));
  EXPECT_EQ(node(result, "C").link_target, kNone);
  EXPECT_EQ(codes(result.findings),
            (std::vector<std::string>{"link_without_pair", "link_ambiguous", "link_without_pair"}));
  EXPECT_EQ(result.findings[0].elements, std::vector<std::string>{"C"});
  EXPECT_EQ(result.findings[1].elements, (std::vector<std::string>{"B2", "B"}));
  EXPECT_EQ(result.findings[2].elements, std::vector<std::string>{"D"});
}

TEST(Compile, TakesTheRoleOfTheInnermostLaneThatHasOne) {
  const Model model = load(test::file(R"(
    <collaboration id="C"><participant id="PA" processRef="P" draad:rol="GEM"/></collaboration>
    <process id="P"><laneSet id="LS">
      <lane id="L1" name="Buiten" draad:rol="AFM"><flowNodeRef>A</flowNodeRef><flowNodeRef>B</flowNodeRef><flowNodeRef>U</flowNodeRef>
        <childLaneSet id="CS"><lane id="L2" name="Binnen"><flowNodeRef>B</flowNodeRef></lane>
          <lane id="L3" draad:rol="ZCO"><flowNodeRef>D</flowNodeRef></lane></childLaneSet></lane>
      <lane id="L4" name="Zonder rol"><flowNodeRef>E</flowNodeRef></lane></laneSet>
      <userTask id="A"/><userTask id="B"/><userTask id="D"/><userTask id="E"/><userTask id="F" draad:rol="POL"/>
      <subProcess id="U"><userTask id="I"/></subProcess></process>)"));
  ASSERT_TRUE(model.findings.empty()) << test::text(model.findings);
  const auto graph = model.find("P");
  const auto role = [&](std::string_view id) { return graph->node(graph->find_node(id).value()).annotations.role; };
  const auto lane = [&](std::string_view id) { return graph->node(graph->find_node(id).value()).lane; };
  EXPECT_EQ(role("A"), "AFM");
  EXPECT_EQ(role("B"), "AFM");
  EXPECT_EQ(lane("B"), "Binnen");
  EXPECT_EQ(role("D"), "ZCO");
  EXPECT_EQ(lane("D"), "L3");
  EXPECT_EQ(role("E"), "GEM") << "the pool says so, the lane only has a name";
  EXPECT_EQ(role("F"), "POL");
  EXPECT_EQ(role("I"), "AFM") << "where its sub-process is";
}

TEST(Compile, ALaneWithoutARoleGivesItsName) {
  const auto result = compiled(
      "<laneSet id=\"LS\"><lane id=\"L\" name=\" Zorgcoördinator "
      "\"><flowNodeRef>A</flowNodeRef></lane></laneSet><userTask id=\"A\"/>");
  EXPECT_EQ(node(result, "A").annotations.role, "Zorgcoördinator");
}

TEST(Compile, ReadsEveryExtension) {
  const auto result = compiled(R"xml(
    <extensionElements><draad:feit naam="leeftijd" type="getal" min="0" max="120" leeg="ja"/><draad:feit naam="vorm" type="keuze" waarden="a b"/></extensionElements>
    <userTask id="U" draad:anker="bedenktijd.aanbieden" draad:rol="AFM" draad:formulier="F1" draad:termijn="P5D" draad:kalender="werkdagen"
      draad:bevoegdheid="art. 1 (V)" draad:vervanger="ZCO" draad:soort="verwijzing" draad:naar="CoMensha">
      <extensionElements><draad:invoer naam="x" waarde="1"/><draad:uitvoer naam="y" waarde="x + 1"/></extensionElements></userTask>
    <userTask id="O" draad:soort="casusoverleg" draad:overleg="ZVH"/>
    <serviceTask id="S" draad:onderwerp="melden" draad:deelt="D1 D14" draad:grondslag="M8 (V)"/>
    <businessRuleTask id="B" draad:regel="route.zorg"/>
    <intermediateCatchEvent id="M" draad:correlatie="zaak" draad:aan-allen="ja" draad:termijn="=termijn"><messageEventDefinition/></intermediateCatchEvent>
    <intermediateCatchEvent id="M2"><messageEventDefinition draad:correlatie="zaak" draad:aan-allen="ja"/></intermediateCatchEvent>
    <receiveTask id="R" draad:correlatie="zaak" draad:aan-allen="ja"/>
    <intermediateThrowEvent id="G" draad:bereik="gemeente"><signalEventDefinition/></intermediateThrowEvent>
    <callActivity id="C" calledElement="Q" draad:alles="ja"/>
    <endEvent id="T" draad:beeindigt="alle"><terminateEventDefinition/></endEvent>
    <endEvent id="E" draad:mag-onafgevangen="ja"><errorEventDefinition/></endEvent>)xml");
  ASSERT_TRUE(result.findings.empty()) << result.text();
  const graph::Annotations& task = node(result, "U").annotations;
  EXPECT_EQ(task.anchor, "bedenktijd.aanbieden");
  EXPECT_EQ(task.role, "AFM");
  EXPECT_EQ(task.form, "F1");
  EXPECT_EQ(task.termijn, "P5D");
  EXPECT_EQ(task.calendar, TermijnKalender::werkdagen);
  EXPECT_EQ(task.legal_basis, "art. 1 (V)");
  EXPECT_EQ(task.stand_in, "ZCO");
  EXPECT_EQ(task.task_kind, graph::TaskKind::referral);
  EXPECT_EQ(task.referred_to, "CoMensha");
  ASSERT_EQ(task.inputs.size() + task.outputs.size(), 2u);
  EXPECT_EQ(task.inputs[0].target + task.outputs[0].expression, "xx + 1");
  EXPECT_EQ(node(result, "O").annotations.meeting, "ZVH");
  EXPECT_EQ(node(result, "S").annotations.topic, "melden");
  EXPECT_EQ(node(result, "S").annotations.shares, (std::vector<std::string>{"D1", "D14"}));
  EXPECT_EQ(node(result, "S").annotations.ground, "M8 (V)");
  EXPECT_EQ(node(result, "B").annotations.rule, "route.zorg");
  for (const char* id : {"M", "M2"}) {
    EXPECT_EQ(node(result, id).events[0].correlation, "zaak");
    EXPECT_TRUE(node(result, id).events[0].broadcast);
  }
  EXPECT_EQ(node(result, "M").annotations.termijn, "=termijn");
  EXPECT_EQ(node(result, "R").correlation, "zaak");
  EXPECT_TRUE(node(result, "R").broadcast);
  EXPECT_TRUE(node(result, "G").events[0].municipality_wide);
  EXPECT_TRUE(node(result, "C").annotations.all_facts);
  EXPECT_TRUE(node(result, "T").annotations.terminates_all_instances);
  EXPECT_TRUE(node(result, "E").annotations.may_be_uncaught);
  ASSERT_EQ(result.graph->facts().size(), 2u);
  EXPECT_EQ(result.graph->facts()[0].type, graph::FactType::number);
  EXPECT_EQ(result.graph->facts()[0].maximum, "120");
  EXPECT_TRUE(result.graph->facts()[0].nullable);
  EXPECT_EQ(result.graph->facts()[1].choices, (std::vector<std::string>{"a", "b"}));
}

TEST(Compile, ReadsTheNameOfTheSafeguards) {
  const Model model = load(test::file("<process id=\"P\" name=\"Kern\" draad:waarborgen=\"kern\"/>"));
  EXPECT_EQ(model.find("P")->safeguards(), "kern");
  EXPECT_EQ(model.find("P")->process_name(), "Kern");
}

struct ExtensionRow {
  std::string_view name;
  std::string inside;
  std::string_view code;
  std::string_view mend;  // A part of it.
};

class WrongExtension : public testing::TestWithParam<ExtensionRow> {};

TEST_P(WrongExtension, IsAFinding) {
  const auto result = compiled(GetParam().inside);
  ASSERT_EQ(result.findings.size(), 1u) << result.text();
  EXPECT_EQ(result.findings[0].code, GetParam().code);
  EXPECT_EQ(result.findings[0].severity, Severity::error);
  EXPECT_NE(result.findings[0].mend.find(GetParam().mend), std::string::npos) << result.findings[0].mend;
  EXPECT_FALSE(result.findings[0].elements.empty());
  EXPECT_NE(result.graph, nullptr);
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongExtension,
    testing::Values(
        ExtensionRow{"Mistyped", "<userTask id=\"A\" draad:termijm=\"P5D\"/>", "unknown_extension", "draad:termijn"},
        ExtensionRow{"NothingNear", "<userTask id=\"A\" draad:qqqqqqq=\"P5D\"/>", "unknown_extension", "lijst"},
        ExtensionRow{"WrongElement", "<serviceTask id=\"A\" draad:formulier=\"F1\"/>", "invalid_extension",
                     "gebruikerstaak"},
        ExtensionRow{"OnAFlow",
                     "<task id=\"A\"/><sequenceFlow id=\"F\" sourceRef=\"A\" targetRef=\"A\" draad:anker=\"a\"/>",
                     "invalid_extension", "stap"},
        ExtensionRow{"NoDuration", "<userTask id=\"A\" draad:termijn=\"5 dagen\"/>", "invalid_value", "P5D"},
        ExtensionRow{"Negative", "<userTask id=\"A\" draad:termijn=\"-P5D\"/>", "invalid_value", "P5D"},
        ExtensionRow{"WrongCalendar", "<userTask id=\"A\" draad:kalender=\"maan\"/>", "invalid_value", "werkdagen"},
        ExtensionRow{"WrongKind", "<userTask id=\"A\" draad:soort=\"iets\"/>", "invalid_value", "casusoverleg"},
        ExtensionRow{"WrongAnchor", "<task id=\"A\" draad:anker=\"Bedenktijd..x\"/>", "invalid_value",
                     "bedenktijd.aanbieden"},
        ExtensionRow{"WrongClass", "<serviceTask id=\"A\" draad:deelt=\"D1 D15\"/>", "invalid_value", "D14"},
        ExtensionRow{"ReferralToOfATask", "<userTask id=\"A\" draad:naar=\"X\"/>", "invalid_extension", "verwijzing"},
        ExtensionRow{"MeetingOfATask", "<userTask id=\"A\" draad:overleg=\"X\"/>", "invalid_extension", "casusoverleg"},
        ExtensionRow{"UnknownFactType", "<extensionElements><draad:feit naam=\"a\" type=\"geta\"/></extensionElements>",
                     "invalid_value", "getal"},
        ExtensionRow{"FactTwice",
                     "<extensionElements><draad:feit naam=\"a\" type=\"getal\"/><draad:feit naam=\"a\" "
                     "type=\"tekst\"/></extensionElements>",
                     "invalid_value", "naam"},
        ExtensionRow{"ChoiceWithoutChoices",
                     "<extensionElements><draad:feit naam=\"a\" type=\"keuze\"/></extensionElements>", "invalid_value",
                     "keuzes"},
        ExtensionRow{"FactAttribute",
                     "<extensionElements><draad:feit naam=\"a\" type=\"getal\" maxx=\"1\"/></extensionElements>",
                     "unknown_extension", "'max'"},
        ExtensionRow{
            "FactOnATask",
            "<task id=\"A\"><extensionElements><draad:feit naam=\"a\" type=\"getal\"/></extensionElements></task>",
            "invalid_extension", "proces"},
        ExtensionRow{"MappingWithoutName",
                     "<task id=\"A\"><extensionElements><draad:invoer waarde=\"1\"/></extensionElements></task>",
                     "invalid_value", "feit"},
        ExtensionRow{
            "UnknownElement",
            "<task id=\"A\"><extensionElements><draad:invoor naam=\"a\" waarde=\"1\"/></extensionElements></task>",
            "unknown_extension", "draad:invoer"},
        ExtensionRow{"LoopMaximum", "<task id=\"A\"><standardLoopCharacteristics loopMaximum=\"veel\"/></task>",
                     "invalid_value", "heel getal"},
        ExtensionRow{"LoopExtension",
                     "<task id=\"A\"><multiInstanceLoopCharacteristics draad:verzamelin=\"x\"/></task>",
                     "unknown_extension", "draad:verzameling"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Compile, ADefaultFlowMustLeaveItsNode) {
  const auto result = compiled(
      "<exclusiveGateway id=\"G\" default=\"F\"/><task id=\"A\"/><sequenceFlow id=\"F\" sourceRef=\"A\" "
      "targetRef=\"G\"/>");
  EXPECT_EQ(codes(result.findings), std::vector<std::string>{"wrong_reference"});
  EXPECT_EQ(node(result, "G").default_flow, kNone);
}

TEST(Compile, GivesAGraphBesideFaults) {
  const auto result = compiled(
      "<startEvent id=\"S\"/><task id=\"A\"/><task id=\"A\"/><sequenceFlow id=\"F\" sourceRef=\"S\" targetRef=\"A\"/>"
      "<sequenceFlow id=\"F2\" sourceRef=\"A\" targetRef=\"weg\"/><subProcess id=\"U\"><task id=\"I\"/></subProcess>"
      "<sequenceFlow id=\"F3\" sourceRef=\"A\" targetRef=\"I\"/>");
  ASSERT_NE(result.graph, nullptr);
  EXPECT_EQ(result.graph->node_count(), 4u);
  EXPECT_EQ(result.graph->flow_count(), 1u);
}

TEST(Compile, AProcessThatIsNotThereIsAFinding) {
  const auto read = read_definitions(process("<task id=\"A\"/>"));
  for (const std::string_view id : {"Q", "A", ""}) {
    const CompileResult result = compile(*read.definitions, id);
    EXPECT_EQ(result.graph, nullptr);
    EXPECT_EQ(codes(result.findings), std::vector<std::string>{"process_not_found"});
  }
}

TEST(Compile, OfWhatWasWrittenIsTheSame) {
  const std::string bytes = process(
      "<startEvent id=\"S\"/><userTask id=\"A\" draad:termijn=\"P5D\"/><sequenceFlow id=\"F\" sourceRef=\"S\" "
      "targetRef=\"A\"/>");
  const auto document = read_document(bytes);
  EXPECT_EQ(load(write(*document.document)).find("P")->fingerprint(), load(bytes).find("P")->fingerprint());
}

}  // namespace
}  // namespace draad::bpmn
