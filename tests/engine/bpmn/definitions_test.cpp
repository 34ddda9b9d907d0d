// What the reader understands of a file, and that it reports all faults at once with their place.

#include "engine/bpmn/definitions.h"

#include <gtest/gtest.h>

#include "tests/engine/bpmn/support.h"

namespace draad::bpmn {
namespace {

using test::codes;
using test::file;
using test::process;
using test::text;

Definitions must_read(std::string_view bytes) {
  DefinitionsResult result = read_definitions(bytes);
  EXPECT_TRUE(result.definitions.has_value()) << text(result.findings);
  return result.definitions ? std::move(*result.definitions) : Definitions{};
}

TEST(Definitions, HoldsElementsInDocumentOrderWithTheirPlace) {
  const Definitions definitions = must_read(
      "<b:definitions xmlns:b=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" id=\"D\" name=\"n\" exporter=\"e\" "
      "exporterVersion=\"2\" "
      "targetNamespace=\"urn:t\">\n  <b:process id=\"P\">\n    <!-- é --> <b:task id=\" A \" name=\"Ä\"/>\n  "
      "</b:process>\n</b:definitions>");
  EXPECT_EQ(definitions.id, "D");
  EXPECT_EQ(definitions.target_namespace, "urn:t");
  EXPECT_EQ(definitions.exporter + definitions.exporter_version, "e2");
  ASSERT_EQ(definitions.elements.size(), 3u);
  const Element* task = definitions.find("A");
  ASSERT_NE(task, nullptr);
  EXPECT_EQ(task->type, "task");
  EXPECT_EQ(task->name, "Ä");
  EXPECT_EQ(task->position.line, 3);
  EXPECT_EQ(task->position.column, 16) << "columns count characters, not bytes";
  EXPECT_EQ(definitions.process_of(2), "P");
  EXPECT_EQ(definitions.processes, std::vector<ElementIndex>{1});
}

TEST(Definitions, TellsVocabulariesApart) {
  const Definitions definitions =
      must_read(process("<userTask id=\"A\" draad:rol=\"AFM\" x:rol=\"y\" "
                        "xmlns:x=\"urn:x\"><extensionElements><draad:invoer naam=\"a\" waarde=\"1\"/>"
                        "<x:iets/><task id=\"geen_taak\"/></extensionElements></userTask>"));
  const Element* task = definitions.find("A");
  ASSERT_NE(task, nullptr);
  EXPECT_EQ(*task->draad_attribute("rol"), "AFM");
  EXPECT_EQ(task->attribute("rol"), nullptr);
  const Element& extensions = *definitions.child(*task, "extensionElements");
  ASSERT_EQ(extensions.children.size(), 3u);
  EXPECT_EQ(definitions.at(extensions.children[0]).space, Space::draad);
  EXPECT_EQ(definitions.at(extensions.children[1]).name_space, "urn:x");
  EXPECT_EQ(definitions.at(extensions.children[2]).space, Space::other)
      << "an element in an extension is not part of the model";
  EXPECT_EQ(definitions.find("geen_taak"), nullptr);
}

TEST(Definitions, ResolvesReferencesWithAndWithoutPrefix) {
  const Definitions definitions =
      must_read(process("<sequenceFlow id=\"F\" sourceRef=\" A \" targetRef=\"tns:B\"/><task id=\"A\"><outgoing> "
                        "tns:F\n</outgoing></task><receiveTask "
                        "id=\"B\" messageRef=\"tns:M\"/>",
                        "<message id=\"M\"/>"));
  const auto index = [&](std::string_view id) { return definitions.index_of(id); };
  EXPECT_EQ(definitions.find("F")->reference("sourceRef")->target, index("A"));
  EXPECT_EQ(definitions.find("F")->reference("targetRef")->target, index("B"));
  EXPECT_EQ(definitions.find("A")->reference("outgoing")->target, index("F"));
  EXPECT_EQ(definitions.find("B")->reference("messageRef")->id, "M");
}

TEST(Definitions, KnowsPoolsAndMessageFlows) {
  const Definitions definitions = must_read(file(
      "<collaboration id=\"C\"><participant id=\"P1\" name=\"Gemeente\" processRef=\"tns:P\" "
      "draad:rol=\"AFM\"/><participant id=\"P2\"/>"
      "<messageFlow id=\"MF\" sourceRef=\"T\" targetRef=\"P2\" messageRef=\"M\"/></collaboration><message id=\"M\"/>"
      "<process id=\"P\"><task id=\"T\"/></process>"));
  ASSERT_EQ(definitions.collaborations.size(), 1u);
  const Collaboration& collaboration = definitions.collaborations.front();
  ASSERT_EQ(collaboration.participants.size(), 2u);
  EXPECT_EQ(collaboration.participants[0].process, "P");
  EXPECT_EQ(collaboration.participants[0].role, "AFM");
  EXPECT_EQ(collaboration.participants[1].process, "");
  ASSERT_EQ(collaboration.message_flows.size(), 1u);
  EXPECT_EQ(collaboration.message_flows[0].source, "T");
  EXPECT_EQ(collaboration.message_flows[0].target, "P2");
  EXPECT_EQ(collaboration.message_flows[0].message, "M");
}

TEST(Definitions, GivesFlowsWithoutAnIdAName) {
  const DefinitionsResult result =
      read_definitions(process("<task id=\"A\"/><task id=\"B\"/><sequenceFlow sourceRef=\"A\" "
                               "targetRef=\"B\"/><sequenceFlow sourceRef=\"A\" targetRef=\"B\"/>"));
  ASSERT_TRUE(result.definitions.has_value());
  EXPECT_EQ(codes(result.findings), (std::vector<std::string>{"missing_id", "missing_id"}));
  EXPECT_EQ(result.findings[0].severity, Severity::info);
  EXPECT_NE(result.definitions->find("A->B"), nullptr);
  EXPECT_NE(result.findings[0].elements, result.findings[1].elements);
}

TEST(Definitions, KnowsWhatIsDrawn) {
  const DefinitionsResult result =
      read_definitions(file("<process id=\"P\"><task id=\"A\"/></process><bpmndi:BPMNDiagram "
                            "id=\"D\"><bpmndi:BPMNPlane id=\"Pl\" bpmnElement=\"tns:P\">"
                            "<bpmndi:BPMNShape id=\"S\" bpmnElement=\"A\"/><bpmndi:BPMNShape id=\"S\" "
                            "bpmnElement=\"weg\"/></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"));
  ASSERT_TRUE(result.definitions.has_value());
  EXPECT_EQ(result.definitions->drawn, (std::vector<std::string>{"A", "P", "weg"}));
  EXPECT_EQ(codes(result.findings), (std::vector<std::string>{"duplicate_id", "diagram_reference"}));
  for (const Finding& finding : result.findings) EXPECT_EQ(finding.severity, Severity::warning);
}

struct FaultRow {
  std::string_view name;
  std::string inside;  // Of process P.
  std::string_view code;
  Severity severity;
  std::vector<std::string> elements;
};

std::vector<FaultRow> fault_rows() {
  const auto with_ab = [](std::string_view rest) { return "<task id=\"A\"/><task id=\"B\"/>" + std::string(rest); };
  return {
      {"TwoTasks", "<task id=\"A\"/><task id=\"A\"/>", "duplicate_id", Severity::error, {"A"}},
      {"DanglingSource",
       with_ab("<sequenceFlow id=\"F\" sourceRef=\"X\" targetRef=\"B\"/>"),
       "dangling_reference",
       Severity::error,
       {"F", "X"}},
      {"DanglingTarget",
       with_ab("<sequenceFlow id=\"F\" sourceRef=\"A\" targetRef=\"tns:X\"/>"),
       "dangling_reference",
       Severity::error,
       {"F", "X"}},
      {"NoSource", with_ab("<sequenceFlow id=\"F\" targetRef=\"B\"/>"), "missing_reference", Severity::error, {"F"}},
      {"EmptyTarget",
       with_ab("<sequenceFlow id=\"F\" sourceRef=\"A\" targetRef=\" \"/>"),
       "missing_reference",
       Severity::error,
       {"F"}},
      {"FlowFromAFlow",
       with_ab("<sequenceFlow id=\"F\" sourceRef=\"F\" targetRef=\"B\"/>"),
       "wrong_reference",
       Severity::error,
       {"F", "F"}},
      {"DanglingHost",
       "<boundaryEvent id=\"E\" attachedToRef=\"X\"/>",
       "dangling_reference",
       Severity::error,
       {"E", "X"}},
      {"NoHost", "<boundaryEvent id=\"E\"/>", "missing_reference", Severity::error, {"E"}},
      {"HostIsAnEvent",
       "<startEvent id=\"S\"/><boundaryEvent id=\"E\" attachedToRef=\"S\"/>",
       "wrong_reference",
       Severity::error,
       {"E", "S"}},
      {"DanglingDefault",
       "<exclusiveGateway id=\"G\" default=\"X\"/>",
       "dangling_reference",
       Severity::error,
       {"G", "X"}},
      {"DanglingIncoming",
       "<task id=\"A\"><incoming>X</incoming></task>",
       "dangling_reference",
       Severity::error,
       {"A", "X"}},
      {"DanglingOutgoing",
       "<task id=\"A\"><outgoing>X</outgoing></task>",
       "dangling_reference",
       Severity::error,
       {"A", "X"}},
      {"DanglingMessage",
       "<receiveTask id=\"A\" messageRef=\"X\"/>",
       "dangling_reference",
       Severity::error,
       {"A", "X"}},
      {"DanglingError",
       "<endEvent id=\"E\"><errorEventDefinition id=\"D\" errorRef=\"X\"/></endEvent>",
       "dangling_reference",
       Severity::error,
       {"D", "X"}},
      {"ErrorIsATask",
       "<task id=\"A\"/><endEvent id=\"E\"><errorEventDefinition id=\"D\" errorRef=\"A\"/></endEvent>",
       "wrong_reference",
       Severity::error,
       {"D", "A"}},
      {"DanglingData",
       "<dataObjectReference id=\"R\" dataObjectRef=\"X\"/>",
       "dangling_reference",
       Severity::warning,
       {"R", "X"}},
      {"DanglingLane",
       "<laneSet><lane id=\"L\"><flowNodeRef>X</flowNodeRef></lane></laneSet>",
       "dangling_reference",
       Severity::warning,
       {"L", "X"}},
      {"OutOfTheSubProcess",
       "<subProcess id=\"U\"><task id=\"I\"/></subProcess><task id=\"A\"/><sequenceFlow id=\"F\" sourceRef=\"I\" "
       "targetRef=\"A\"/>",
       "flow_crosses_scope",
       Severity::error,
       {"F", "I", "A"}},
      {"UntrueList",
       with_ab("<task id=\"C\"><incoming>F</incoming></task><sequenceFlow id=\"F\" sourceRef=\"A\" targetRef=\"B\"/>"),
       "flow_list_mismatch",
       Severity::warning,
       {"C", "F"}},
      {"UnknownElement", "<userTasks id=\"A\"/>", "unknown_element", Severity::error, {"A"}},
      {"TaskInATask", "<task id=\"A\"><task id=\"B\"/></task>", "misplaced_element", Severity::error, {"B"}},
      {"UndeclaredPrefix", "<task id=\"A\" camunda:x=\"1\"/>", "undeclared_prefix", Severity::error, {}},
  };
}

class Fault : public testing::TestWithParam<FaultRow> {};

TEST_P(Fault, IsReportedWithElementAndLine) {
  const DefinitionsResult result = read_definitions(process("\n\n" + GetParam().inside));
  ASSERT_TRUE(result.definitions.has_value()) << text(result.findings);
  ASSERT_EQ(result.findings.size(), 1u) << text(result.findings);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.code, GetParam().code);
  EXPECT_EQ(finding.severity, GetParam().severity);
  EXPECT_EQ(finding.elements, GetParam().elements);
  EXPECT_EQ(finding.line, 3);
  EXPECT_GT(finding.column, 0);
  EXPECT_FALSE(finding.message.empty() || finding.message_en.empty() || finding.mend.empty());
  EXPECT_EQ(finding.process, finding.elements.empty() ? "" : "P");
}
INSTANTIATE_TEST_SUITE_P(All, Fault, testing::ValuesIn(fault_rows()),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Faults, ComeAllAtOnceInOrderOfPlace) {
  const DefinitionsResult result =
      read_definitions(process("<task id=\"A\"/>\n<sequenceFlow id=\"F\" sourceRef=\"X\" targetRef=\"Y\"/>\n<task "
                               "id=\"A\"/>\n<boundaryEvent id=\"E\"/>\n<wat/>"));
  EXPECT_EQ(codes(result.findings), (std::vector<std::string>{"dangling_reference", "dangling_reference",
                                                              "duplicate_id", "missing_reference", "unknown_element"}));
}

TEST(Faults, AFileWithoutAProcess) {
  EXPECT_EQ(codes(read_definitions(file("")).findings), std::vector<std::string>{"missing_process"});
  EXPECT_EQ(read_definitions(file("")).findings[0].severity, Severity::error);
  const auto pools = read_definitions(file("<collaboration id=\"C\"><participant id=\"A\"/></collaboration>"));
  ASSERT_EQ(codes(pools.findings), std::vector<std::string>{"missing_process"});
  EXPECT_EQ(pools.findings[0].severity, Severity::warning);
}

TEST(Faults, AnImportedReferenceIsNone) {
  EXPECT_TRUE(
      read_definitions(
          file("<import importType=\"x\" location=\"y\" namespace=\"urn:o\"/><process id=\"P\"><receiveTask id=\"A\" "
               "messageRef=\"o:M\" xmlns:o=\"urn:o\"/></process>"))
          .findings.empty());
}

TEST(Faults, UnknownVendorExtensionsAreNone) {
  EXPECT_TRUE(
      read_definitions(
          process("<extensionElements><v:x xmlns:v=\"urn:v\" id=\"A\"><v:y ref=\"weg\"/></v:x></extensionElements>"
                  "<task id=\"A\" v:z=\"1\" xmlns:v=\"urn:v\"/>"))
          .findings.empty());
}

}  // namespace
}  // namespace draad::bpmn
