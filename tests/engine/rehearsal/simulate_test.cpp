#include "engine/rehearsal/simulate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "engine/bpmn/compile.h"

namespace draad::rehearsal {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string file(const std::string& content) {
  return R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">)" + content +
         "</definitions>";
}
std::string flow(const std::string& id, const std::string& from, const std::string& to,
                 const std::string& inside = {}) {
  return "<sequenceFlow id='" + id + "' sourceRef='" + from + "' targetRef='" + to + "'>" + inside + "</sequenceFlow>";
}
std::string process(const std::string& id, const std::string& content) {
  return "<process id='" + id + "'>" + content + "</process>";
}

Trace play(const std::string& xml, const std::string& plan_json, const std::vector<MessageLink>& links = {},
           const SimulationBudget& budget = {}) {
  const bpmn::Model model = bpmn::load(xml);
  EXPECT_TRUE(model.definitions) << (model.findings.empty() ? "" : model.findings.front().message_en);
  execute::ReleaseOptions options;
  options.lenient = true;
  const execute::ReleaseOutcome release = execute::make_release("proef", model.graphs, options);
  EXPECT_NE(release.release, nullptr) << (release.findings.empty() ? "" : release.findings.front().message_en);
  PlanResult plan = parse_plan(plan_json);
  EXPECT_THAT(plan.faults, IsEmpty());
  if (plan.plan->process.empty()) plan.plan->process = model.graphs.front()->process_id();
  return simulate(*release.release, *plan.plan, links, budget);
}

std::vector<std::string> elements(const Trace& trace, const std::string& event) {
  std::vector<std::string> ids;
  for (const TraceEvent& one : trace.events)
    if (one.event == event) ids.push_back(one.element);
  return ids;
}
std::vector<std::string> waiting(const std::vector<TraceWaiting>& list) {
  std::vector<std::string> texts;
  for (const TraceWaiting& one : list) texts.push_back(one.element + ":" + one.kind + ":" + one.instance);
  return texts;
}

const std::string kStraight =
    process("P", "<startEvent id='S'/><userTask id='A'/><serviceTask id='B'/><endEvent id='E'/>" +
                     flow("f1", "S", "A") + flow("f2", "A", "B") + flow("f3", "B", "E"));

TEST(Simulate, WithoutAPlanNothingWaits) {
  const Trace trace = play(file(kStraight), "{}");
  EXPECT_EQ(trace.outcome, RunOutcome::completed);
  EXPECT_THAT(elements(trace, "completed"), ElementsAre("S", "A", "B", "E"));
  EXPECT_THAT(elements(trace, "taken"), ElementsAre("f1", "f2", "f3"));
  ASSERT_EQ(trace.instances.size(), 1u);
  EXPECT_EQ(trace.instances[0].state, "completed");
  EXPECT_THAT(trace.instances[0].end_events, ElementsAre("E"));
  EXPECT_THAT(trace.waiting, IsEmpty());
}

TEST(Simulate, WhatWaitsIsCompletedBySteps) {
  const Trace trace = play(file(kStraight), R"({"wait_on":["userTask"],"variables":{"a":1},
      "steps":[{"complete":"B"},{"complete":"A","variables":{"ok":true}}]})");
  EXPECT_EQ(trace.outcome, RunOutcome::completed);
  ASSERT_EQ(trace.checkpoints.size(), 2u);
  EXPECT_THAT(waiting(trace.checkpoints[0].waiting), ElementsAre("A:work:1"));
  EXPECT_THAT(trace.checkpoints[1].waiting, IsEmpty());
  ASSERT_EQ(trace.skipped_steps.size(), 1u);
  EXPECT_EQ(trace.skipped_steps[0].step, 0u);
  EXPECT_EQ(trace.instances[0].variables, (Facts{{"a", Value(1)}, {"ok", Value(true)}}));
}

TEST(Simulate, TheTraceAsJson) {
  const auto json = to_json(play(file(kStraight), R"({"wait_on":["userTask"],"steps":[{"advance":"PT1H"}]})"));
  EXPECT_EQ(json["format"], "draad.trace/1");
  EXPECT_EQ(json["outcome"], "waiting");
  EXPECT_TRUE(json["failed_element"].is_null());
  EXPECT_EQ(json["waiting"], nlohmann::ordered_json::parse(R"([{"element":"A","kind":"work","instance":"1"}])"));
  EXPECT_EQ(json["checkpoints"][0]["after_step"], 0);
  EXPECT_EQ(
      json["events"][0],
      nlohmann::ordered_json::parse(
          R"({"n":1,"t":"PT0S","instance":"1","scope":[],"element":"S","type":"startEvent","event":"activated","loop":null})"));
  EXPECT_TRUE(json["findings"].empty());
}

const std::string kChoice =
    process("P", "<startEvent id='S'/><exclusiveGateway id='G'/><task id='A'/><task id='B'/><endEvent id='E'/>" +
                     flow("f1", "S", "G") +
                     flow("f2", "G", "A", "<conditionExpression language='java'>x.equals(1)</conditionExpression>") +
                     flow("f3", "G", "B", "<conditionExpression language='java'>true</conditionExpression>") +
                     flow("f4", "A", "E") + flow("f5", "B", "E"));

TEST(Simulate, ThePlanAnswersConditions) {
  const std::string by_id =
      R"({"variables":{"x":17},"conditions":{"f2":{"op":"<=","var":"x","value":16},"G->B":true}})";
  EXPECT_THAT(elements(play(file(kChoice), by_id), "completed"), ElementsAre("S", "G", "B", "E"));
  const std::string composed = R"({"variables":{"x":17,"l":["a"]},"conditions":{"f2":{"op":"and","args":[
      {"op":"not","args":[{"op":"==","var":"x","value":16}]},{"op":"contains","var":"l","value":"a"}]},"f3":false}})";
  EXPECT_THAT(elements(play(file(kChoice), composed), "completed"), ElementsAre("S", "G", "A", "E"));
}

TEST(Simulate, AnExpressionThatCannotBeEvaluatedFails) {
  const Trace trace = play(file(kChoice), "{}");
  EXPECT_EQ(trace.outcome, RunOutcome::failed);
  EXPECT_EQ(trace.failed_element, "G");
  EXPECT_EQ(trace.instances[0].state, "failed");
}

TEST(Simulate, NoFlowCanBeTaken) {
  const Trace trace = play(file(kChoice), R"({"conditions":{"f2":false,"f3":false}})");
  EXPECT_EQ(trace.outcome, RunOutcome::failed);
  EXPECT_EQ(trace.failed_element, "G");
}

TEST(Simulate, AJoinThatCanNeverFireIsStuck) {
  const Trace trace = play(
      file(process("P", "<startEvent id='S'/><exclusiveGateway id='G'/><parallelGateway id='J'/><endEvent id='E'/>" +
                            flow("f1", "S", "G") + flow("f2", "G", "J") + flow("f3", "G", "J") + flow("f4", "J", "E"))),
      R"({"conditions":{"f2":true,"f3":false}})");
  EXPECT_EQ(trace.outcome, RunOutcome::stuck);
  EXPECT_FALSE(trace.failed_element);
  EXPECT_THAT(trace.waiting, IsEmpty());
  EXPECT_EQ(trace.instances[0].state, "stuck");
}

const std::string kGuarded =
    "<error id='e1' errorCode='E1'/>" +
    process("P",
            "<startEvent id='S'/><serviceTask id='A'/><boundaryEvent id='BT' attachedToRef='A'><timerEventDefinition>"
            "<timeDuration>PT5S</timeDuration></timerEventDefinition></boundaryEvent><boundaryEvent id='BE' "
            "attachedToRef='A'>"
            "<errorEventDefinition errorRef='e1'/></boundaryEvent><endEvent id='E'/><endEvent id='ET'/><endEvent "
            "id='EE'/>" +
                flow("f1", "S", "A") + flow("f2", "A", "E") + flow("f3", "BT", "ET") + flow("f4", "BE", "EE"));

TEST(Simulate, TasksTakeTime) {
  EXPECT_THAT(
      play(file(kGuarded), R"({"effects":{"A":[{"duration":"PT10S"}]},"run_until":"PT1M"})").instances[0].end_events,
      ElementsAre("ET"));
  const Trace trace = play(file(kGuarded), R"({"effects":{"A":[{"duration":"PT3S"},{"set":["x",5]},{"add":["x",2]},
      {"add":["y",1]},{"add_var":["x","y"]}]},"run_until":"PT1M"})");
  EXPECT_THAT(trace.instances[0].end_events, ElementsAre("E"));
  EXPECT_EQ(to_string(trace.events.back().t), "PT3S");
  EXPECT_EQ(trace.instances[0].variables, (Facts{{"x", Value(8)}, {"y", Value(1)}}));
  const Trace early = play(file(kGuarded), R"({"effects":{"A":[{"duration":"PT3S"}]}})");
  EXPECT_EQ(early.outcome, RunOutcome::waiting);
  EXPECT_THAT(waiting(early.waiting), ElementsAre("A:timer:1"));
}

TEST(Simulate, ErrorsAreCaughtOrNot) {
  const Trace caught = play(file(kGuarded), R"({"effects":{"A":[{"throw_error":"E1"}]}})");
  EXPECT_THAT(caught.instances[0].end_events, ElementsAre("EE"));
  EXPECT_THAT(elements(caught, "thrown"), ElementsAre("A"));
  EXPECT_THAT(elements(caught, "caught"), ElementsAre("BE"));
  EXPECT_THAT(elements(caught, "cancelled"), ElementsAre("A"));
  const Trace uncaught = play(file(kGuarded), R"({"effects":{"A":[{"throw_error":"E2"}]}})");
  EXPECT_EQ(uncaught.outcome, RunOutcome::failed);
  EXPECT_EQ(uncaught.failed_element, "A");
}

TEST(Simulate, AnErrorEndThatNobodyCatches) {
  const Trace trace =
      play(file("<error id='e1' errorCode='E1'/>" + process("P",
                                                            "<startEvent id='S'/><userTask id='A'/><endEvent "
                                                            "id='E'><errorEventDefinition errorRef='e1'/></endEvent>" +
                                                                flow("f1", "S", "A") + flow("f2", "S", "E"))),
           R"({"wait_on":["userTask"]})");
  EXPECT_EQ(trace.outcome, RunOutcome::error_end);
  EXPECT_FALSE(trace.failed_element);
  EXPECT_EQ(trace.instances[0].state, "error_end");
  EXPECT_THAT(elements(trace, "cancelled"), ElementsAre("A"));
}

TEST(Simulate, CalledProcessesAreInstances) {
  const Trace trace = play(
      file(process("P", "<startEvent id='S'/><callActivity id='C' calledElement='Q'/><endEvent id='E'/>" +
                            flow("f1", "S", "C") + flow("f2", "C", "E")) +
           process("Q",
                   "<startEvent id='QS'/><subProcess id='Sub'><startEvent id='IS'/><task id='T'/><endEvent id='IE'/>" +
                       flow("i1", "IS", "T") + flow("i2", "T", "IE") + "</subProcess><endEvent id='QE'/>" +
                       flow("q1", "QS", "Sub") + flow("q2", "Sub", "QE"))),
      R"({"process":"P","variables":{"a":1},"effects":{"T":[{"add":["a",1]}]}})");
  EXPECT_EQ(trace.outcome, RunOutcome::completed);
  ASSERT_EQ(trace.instances.size(), 2u);
  EXPECT_EQ(trace.instances[1].process, "Q");
  EXPECT_EQ(trace.instances[1].parent, "1");
  EXPECT_EQ(trace.instances[1].state, "completed");
  EXPECT_THAT(trace.instances[1].end_events, ElementsAre("QE"))
      << "The end of a sub-process is not an end of the process";
  EXPECT_EQ(trace.instances[0].variables.at("a"), Value(2));
  bool seen = false;
  for (const TraceEvent& event : trace.events) {
    if (event.element != "T" || event.event != "completed") continue;
    seen = true;
    EXPECT_EQ(event.instance, "2");
    EXPECT_THAT(event.scope, ElementsAre("Sub"));
  }
  EXPECT_TRUE(seen);
}

TEST(Simulate, RoundsOfAMultiInstanceCountItsBodyDoesNot) {
  const std::string xml = file(process(
      "P",
      "<startEvent id='S'/><userTask id='A'><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
      "</multiInstanceLoopCharacteristics></userTask><endEvent id='E'/>" +
          flow("f1", "S", "A") + flow("f2", "A", "E")));
  const Trace trace = play(xml, R"({"wait_on":["userTask"],"steps":[{"complete":"A","instance":2},{"complete":"A"}]})");
  EXPECT_THAT(waiting(trace.waiting), ElementsAre("A:work:1"));
  EXPECT_THAT(elements(trace, "completed"), ElementsAre("S", "A", "A"));
  std::vector<std::uint32_t> rounds;
  for (const TraceEvent& event : trace.events)
    if (event.event == "completed" && event.element == "A") rounds.push_back(event.loop.value());
  EXPECT_THAT(rounds, ElementsAre(2, 0));
  EXPECT_THAT(elements(play(xml, "{}"), "completed"), ElementsAre("S", "A", "A", "A", "E"));
}

const std::string kPools =
    "<collaboration id='C'><participant id='PP' processRef='P'/><participant id='PQ' processRef='Q'/>"
    "<messageFlow id='m1' sourceRef='Send' targetRef='QS'/><messageFlow id='m2' sourceRef='Reply' "
    "targetRef='Get'/></collaboration>" +
    process("P", "<startEvent id='S'/><sendTask id='Send'/><receiveTask id='Get'/><endEvent id='E'/>" +
                     flow("f1", "S", "Send") + flow("f2", "Send", "Get") + flow("f3", "Get", "E")) +
    process("Q",
            "<startEvent id='QS'><messageEventDefinition/></startEvent><intermediateThrowEvent "
            "id='Reply'><messageEventDefinition/>"
            "</intermediateThrowEvent><endEvent id='QE'/>" +
                flow("q1", "QS", "Reply") + flow("q2", "Reply", "QE"));

TEST(Simulate, MessagesFollowTheDrawingEvenWithoutNames) {
  const std::vector<MessageLink> links = {{"Send", "P", "QS", "Q"}, {"Reply", "Q", "Get", "P"}};
  const Trace trace = play(file(kPools), R"({"process":"P","wait_on":["receiveTask"]})", links);
  ASSERT_EQ(trace.instances.size(), 2u);
  EXPECT_EQ(trace.instances[1].process, "Q");
  EXPECT_EQ(trace.instances[1].state, "completed");
  EXPECT_THAT(elements(trace, "thrown"), ElementsAre("Send", "Reply"));
}

const std::string kCatches =
    "<message id='m' name='antwoord'/><signal id='s' name='alarm'/>" +
    process(
        "P",
        "<startEvent id='S'/><eventBasedGateway id='G'/><intermediateCatchEvent id='M'><messageEventDefinition "
        "messageRef='m'/>"
        "</intermediateCatchEvent><intermediateCatchEvent id='X'><signalEventDefinition "
        "signalRef='s'/></intermediateCatchEvent>"
        "<intermediateCatchEvent "
        "id='T'><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></intermediateCatchEvent>"
        "<endEvent id='EM'/><endEvent id='EX'/><endEvent id='ET'/>" +
            flow("f1", "S", "G") + flow("f2", "G", "M") + flow("f3", "G", "X") + flow("f4", "G", "T") +
            flow("f5", "M", "EM") + flow("f6", "X", "EX") + flow("f7", "T", "ET"));

TEST(Simulate, AnEventGatewayTakesWhatComesFirst) {
  const Trace idle = play(file(kCatches), "{}");
  EXPECT_EQ(idle.outcome, RunOutcome::waiting);
  EXPECT_THAT(waiting(idle.waiting), testing::UnorderedElementsAre("M:message:1", "X:signal:1", "T:timer:1"));
  const auto ends = [](const std::string& plan) { return play(file(kCatches), plan).instances[0].end_events; };
  EXPECT_THAT(ends(R"({"steps":[{"message":"antwoord","variables":{"a":1}}]})"), ElementsAre("EM"));
  EXPECT_THAT(ends(R"({"steps":[{"signal":"alarm"},{"message":"antwoord"}]})"), ElementsAre("EX"));
  EXPECT_THAT(ends(R"({"steps":[{"advance":"PT23H"},{"advance":"PT1H"}]})"), ElementsAre("ET"));
  EXPECT_THAT(ends(R"({"run_until":"P2D"})"), ElementsAre("ET"));
}

TEST(Simulate, AMessageThatNobodyWaitsForYetIsKept) {
  const std::string xml = file("<message id='m' name='antwoord'/>" +
                               process("P",
                                       "<startEvent id='S'/><userTask id='A'/><intermediateCatchEvent "
                                       "id='M'><messageEventDefinition messageRef='m'/>"
                                       "</intermediateCatchEvent><endEvent id='E'/>" +
                                           flow("f1", "S", "A") + flow("f2", "A", "M") + flow("f3", "M", "E")));
  const Trace trace = play(xml, R"({"wait_on":["userTask"],"steps":[{"message":"antwoord"},{"complete":"A"}]})");
  EXPECT_EQ(trace.outcome, RunOutcome::completed);
}

TEST(Simulate, ProcessesStartOneAfterAnother) {
  const std::string xml = file("<signal id='s' name='alarm'/>" +
                               process("Q",
                                       "<startEvent id='QS'/><intermediateCatchEvent id='X'><signalEventDefinition "
                                       "signalRef='s'/></intermediateCatchEvent>"
                                       "<endEvent id='QE'/>" +
                                           flow("q1", "QS", "X") + flow("q2", "X", "QE")) +
                               process("P",
                                       "<startEvent id='S'/><intermediateThrowEvent id='Y'><signalEventDefinition "
                                       "signalRef='s'/></intermediateThrowEvent>"
                                       "<endEvent id='E'/>" +
                                           flow("f1", "S", "Y") + flow("f2", "Y", "E")));
  const Trace together = play(xml, R"({"process":"P","start_first":["Q"]})");
  EXPECT_EQ(together.outcome, RunOutcome::completed);
  EXPECT_EQ(together.instances[0].process, "Q");
  const Trace late = play(xml, R"({"process":"P","steps":[{"start":"Q"}]})");
  EXPECT_EQ(late.outcome, RunOutcome::waiting) << "A signal is not kept";
}

TEST(Simulate, ALoopThatNeverWaitsEndsWithAReason) {
  SimulationBudget budget;
  budget.steps_per_command = 500;
  const Trace trace = play(file(process("P", "<startEvent id='S'/><task id='A'/><task id='B'/>" + flow("f1", "S", "A") +
                                                 flow("f2", "A", "B") + flow("f3", "B", "A"))),
                           "{}", {}, budget);
  EXPECT_EQ(trace.outcome, RunOutcome::failed);
  EXPECT_THAT(trace.reason, HasSubstr("500"));
  EXPECT_GT(trace.events.size(), 100u) << "What happened until then is shown";
}

TEST(Simulate, AClockThatKeepsRingingEndsWithAReason) {
  SimulationBudget budget;
  budget.firings_max = 50;
  const Trace trace =
      play(file(process(
               "P",
               "<startEvent id='S'/><userTask id='A'/><boundaryEvent id='B' attachedToRef='A' cancelActivity='false'>"
               "<timerEventDefinition><timeCycle>R/PT1S</timeCycle></timerEventDefinition></boundaryEvent><endEvent "
               "id='E'/>" +
                   flow("f1", "S", "A") + flow("f2", "B", "E"))),
           R"({"wait_on":["userTask"],"run_until":"P1D"})", {}, budget);
  EXPECT_EQ(trace.outcome, RunOutcome::failed);
  EXPECT_THAT(trace.reason, HasSubstr("50"));
}

TEST(Plan, TellsEveryFaultWithItsPlace) {
  const PlanResult result = parse_plan(
      R"({"variables":[],"wait_on":"userTask","conditions":{"f":{"op":"=~","var":"x"},"g":{"op":"<","var":"x"}},
      "effects":{"A":[{"sett":["x",1]},{"add":["x","y"]}]},"steps":[{"advance":"1 uur"},{"fly":1},{"complete":"A","instance":-1}],"run_until":"PT"})");
  EXPECT_FALSE(result.plan);
  EXPECT_THAT(
      result.faults,
      ElementsAre(HasSubstr("variables"), HasSubstr("wait_on"), HasSubstr("conditions.f"), HasSubstr("conditions.g"),
                  HasSubstr("effects.A[0]"), HasSubstr("effects.A[1].add"), HasSubstr("steps[0].advance"),
                  HasSubstr("steps[1]"), HasSubstr("steps[2].instance"), HasSubstr("run_until")));
}

TEST(Plan, IsAnObject) {
  for (const char* text : {"", "[]", "{", "3"}) EXPECT_THAT(parse_plan(text).faults, testing::SizeIs(1)) << text;
  EXPECT_TRUE(parse_plan("{}").plan);
  std::string deep = "true";
  for (int i = 0; i < 500; ++i) deep = R"({"op":"not","args":[)" + deep + "]}";
  EXPECT_FALSE(parse_plan(R"({"conditions":{"f":)" + deep + "}}").plan) << "Too deep to follow";
}

}  // namespace
}  // namespace draad::rehearsal
