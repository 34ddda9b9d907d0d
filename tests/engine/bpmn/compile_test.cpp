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

}  // namespace
}  // namespace draad::bpmn
