// What the engine refuses to run, and what it does not.

#include "engine/bpmn/unsupported.h"

#include <gtest/gtest.h>

#include "tests/engine/bpmn/support.h"

namespace draad::bpmn {
namespace {

using test::compiled;

struct Row {
  std::string_view name;
  std::string inside;
  std::vector<std::string> refused;  // Element ids.
};

std::vector<Row> rows() {
  const auto event = [](std::string_view element, std::string_view definition) {
    return "<" + std::string(element) + " id=\"E\"><" + std::string(definition) + "EventDefinition/></" +
           std::string(element) + ">";
  };
  const auto boundary = [](std::string_view definition) {
    return "<task id=\"A\"/><boundaryEvent id=\"E\" attachedToRef=\"A\"><" + std::string(definition) +
           "EventDefinition/></boundaryEvent>";
  };
  const auto inside = [](std::string_view attributes, std::string_view definition) {
    return "<subProcess id=\"U\"" + std::string(attributes) + "><startEvent id=\"E\">" +
           (definition.empty() ? std::string() : "<" + std::string(definition) + "EventDefinition/>") +
           "</startEvent></subProcess>";
  };
  const std::string_view of_event = " triggeredByEvent=\"true\"";
  std::vector<Row> rows = {
      {"ComplexGateway", "<complexGateway id=\"E\"/>", {"E"}},
      {"Transaction", "<transaction id=\"E\"/>", {}},
      {"CancelEnd", "<transaction id=\"T\">" + event("endEvent", "cancel") + "</transaction>", {"E"}},
      {"CancelBoundary", boundary("cancel"), {"E"}},
      {"CompensationThrow", event("intermediateThrowEvent", "compensate"), {"E"}},
      {"CompensationBoundary", boundary("compensate"), {"E"}},
      {"CompensationHandler", "<task id=\"E\" isForCompensation=\"true\"/>", {"E"}},
      {"Multiple", "<startEvent id=\"E\"><messageEventDefinition/><timerEventDefinition/></startEvent>", {"E"}},
      {"InstantiatingReceive", "<receiveTask id=\"E\" instantiate=\"true\"/>", {"E"}},
      {"InstantiatingGateway", "<eventBasedGateway id=\"E\" instantiate=\"true\"/>", {"E"}},
      {"ParallelEventGateway", "<eventBasedGateway id=\"E\" eventGatewayType=\"Parallel\"/>", {"E"}},
      {"SignalStart", event("startEvent", "signal"), {"E"}},
      {"ConditionalStart", event("startEvent", "conditional"), {"E"}},
      {"ErrorStart", event("startEvent", "error"), {"E"}},
      {"MessageStart", event("startEvent", "message"), {}},
      {"TimerStart", event("startEvent", "timer"), {}},
      {"NoneStart", "<startEvent id=\"E\"/>", {}},
      {"SubProcessMessageStart", inside("", "message"), {"E"}},
      {"SubProcessNoneStart", inside("", ""), {}},
      {"EventSubProcessNoneStart", inside(of_event, ""), {"E"}},
      {"NoneBoundary", "<task id=\"A\"/><boundaryEvent id=\"E\" attachedToRef=\"A\"/>", {"E"}},
      {"NoneCatch", "<intermediateCatchEvent id=\"E\"/>", {"E"}},
      {"NoneThrow", "<intermediateThrowEvent id=\"E\"/>", {}},
      {"TerminateThrow", event("intermediateThrowEvent", "terminate"), {"E"}},
      {"ErrorCatch", event("intermediateCatchEvent", "error"), {"E"}},
      {"Behavior", "<task id=\"E\"><multiInstanceLoopCharacteristics behavior=\"None\"/></task>", {"E"}},
      {"MultiInstance", "<task id=\"E\"><multiInstanceLoopCharacteristics/></task>", {}},
      {"StandardLoop", "<task id=\"E\"><standardLoopCharacteristics/></task>", {}},
      {"AdHoc", "<adHocSubProcess id=\"E\"/>", {}},
  };
  for (const std::string_view kind : {"message", "timer", "error", "escalation", "signal", "conditional"}) {
    rows.push_back({kind, boundary(kind), {}});
    rows.push_back({kind, inside(of_event, kind), {}});
  }
  for (const std::string_view kind : {"message", "timer", "signal", "conditional", "link"})
    rows.push_back({kind, event("intermediateCatchEvent", kind), {}});
  for (const std::string_view kind : {"message", "signal", "escalation", "link"})
    rows.push_back({kind, event("intermediateThrowEvent", kind), {}});
  for (const std::string_view kind : {"message", "signal", "escalation", "error", "terminate"})
    rows.push_back({kind, event("endEvent", kind), {}});
  for (const std::string_view kind :
       {"task", "userTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask", "manualTask",
        "callActivity", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"})
    rows.push_back({kind, "<" + std::string(kind) + " id=\"E\"/>", {}});
  return rows;
}

TEST(Unsupported, IsWhatTheFirstRoundLeavesOut) {
  for (const Row& row : rows()) {
    const auto result = compiled(row.inside);
    ASSERT_NE(result.graph, nullptr) << row.name;
    std::vector<std::string> refused;
    for (const Finding& finding : unsupported(*result.graph)) {
      EXPECT_EQ(finding.code, "unsupported");
      EXPECT_EQ(finding.severity, Severity::error);
      EXPECT_EQ(finding.process, "P");
      EXPECT_GT(finding.line, 0);
      EXPECT_FALSE(finding.message.empty() || finding.message_en.empty() || finding.mend.empty());
      refused.insert(refused.end(), finding.elements.begin(), finding.elements.end());
    }
    EXPECT_EQ(refused, row.refused) << row.name << ": " << row.inside;
  }
}

TEST(UnsupportedLanguage, OfConditionsAndScripts) {
  const auto result = compiled(R"(
    <task id="A"/><scriptTask id="S" scriptFormat="javascript"><script>x()</script></scriptTask>
    <scriptTask id="L" scriptFormat="Lua"><script>return 1</script></scriptTask><scriptTask id="N"/>
    <sequenceFlow id="F1" sourceRef="A" targetRef="A"><conditionExpression language="https://www.omg.org/spec/DMN/20191111/FEEL/">a</conditionExpression></sequenceFlow>
    <sequenceFlow id="F2" sourceRef="A" targetRef="A"><conditionExpression language="feel">a</conditionExpression></sequenceFlow>
    <sequenceFlow id="F3" sourceRef="A" targetRef="A"><conditionExpression language="juel">a</conditionExpression></sequenceFlow>
    <intermediateCatchEvent id="C"><conditionalEventDefinition><condition language="python">a</condition></conditionalEventDefinition></intermediateCatchEvent>)");
  std::vector<std::string> refused;
  for (const Finding& finding : unsupported_languages(*result.graph)) {
    EXPECT_EQ(finding.code, "unsupported_language");
    refused.push_back(finding.elements.front());
  }
  EXPECT_EQ(refused, (std::vector<std::string>{"S", "C", "F1", "F3"}));
  EXPECT_TRUE(unsupported(*result.graph).empty());
}

}  // namespace
}  // namespace draad::bpmn
