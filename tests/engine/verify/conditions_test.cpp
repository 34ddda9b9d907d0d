// The conditions of one choice after another: what is said, and what is left out of the exploration.
#include "engine/verify/internal/conditions.h"

#include <gtest/gtest.h>

#include "engine/bpmn/compile.h"
#include "engine/verify/verify.h"

namespace draad::verify {
namespace {

constexpr std::string_view kFacts = R"(
  <draad:feit naam="leeftijd" type="getal" min="0" max="120"/>
  <draad:feit naam="misschien" type="getal" leeg="ja"/>
  <draad:feit naam="acuut" type="janee"/>
  <draad:feit naam="vorm" type="keuze" waarden="arbeid crimineel seksueel"/>)";

std::string file(std::string_view facts, std::string_view elements) {
  return R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:draad="urn:rode-draad:bpmn:1"
    targetNamespace="urn:test"><process id="P" isExecutable="true"><extensionElements>)" +
         std::string(facts) + "</extensionElements>" + std::string(elements) + "</process></definitions>";
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string(1, c);
  return result;
}

// One gateway K with a flow Kx to a task Tx for each condition; "*" is the default flow, "" has no condition.
std::string gateway(std::string_view kind, const std::vector<std::string>& conditions,
                    std::string_view before = "<task id=\"Vooraf\"/>", std::string_view facts = kFacts) {
  std::string flows, otherwise;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    const std::string n = std::to_string(i + 1);
    flows += "<task id=\"T" + n + "\"/><endEvent id=\"E" + n + "\"/><sequenceFlow id=\"G" + n + "\" sourceRef=\"T" + n +
             "\" targetRef=\"E" + n + "\"/><sequenceFlow id=\"K" + n + "\" sourceRef=\"K\" targetRef=\"T" + n + "\">";
    if (conditions[i] == "*")
      otherwise = " default=\"K" + n + "\"";
    else if (!conditions[i].empty())
      flows += "<conditionExpression>" + escaped(conditions[i]) + "</conditionExpression>";
    flows += "</sequenceFlow>";
  }
  return file(facts, "<startEvent id=\"S\"/><sequenceFlow id=\"F1\" sourceRef=\"S\" targetRef=\"Vooraf\"/>" +
                         std::string(before) + "<sequenceFlow id=\"F2\" sourceRef=\"Vooraf\" targetRef=\"K\"/><" +
                         std::string(kind) + " id=\"K\" name=\"Kiezen\"" + otherwise + "/>" + flows);
}

std::vector<Finding> judged(const std::string& xml, bool ours) {
  const bpmn::Model model = bpmn::load(xml);
  EXPECT_NE(model.find("P"), nullptr);
  return internal::judge_conditions(*model.find("P"), ours).findings;
}

std::string codes(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings)
    text += (text.empty() ? "" : " ") + finding.code + ":" + std::string(to_string(finding.severity));
  return text;
}

struct Row {
  std::string name;
  std::string kind;
  std::vector<std::string> conditions;
  std::string ours;       // Codes in a workflow of our own.
  std::string elsewhere;  // In a file that declares no facts.
};

class Conditions : public testing::TestWithParam<Row> {};

TEST_P(Conditions, OurOwn) {
  EXPECT_EQ(codes(judged(gateway(GetParam().kind, GetParam().conditions), true)), GetParam().ours);
}

TEST_P(Conditions, Elsewhere) {
  EXPECT_EQ(codes(judged(gateway(GetParam().kind, GetParam().conditions, "<task id=\"Vooraf\"/>", ""), false)),
            GetParam().elsewhere);
}

const std::string kXor = "exclusiveGateway", kOr = "inclusiveGateway", kTask = "userTask";

INSTANTIATE_TEST_SUITE_P(
    Rows, Conditions,
    testing::Values(
        Row{"Covers", kXor, {"leeftijd < 18", "leeftijd >= 18"}, "", ""},
        Row{"CoversByDefault", kXor, {"leeftijd < 18", "*"}, "", ""},
        Row{"CoversAChoice", kXor, {R"(vorm = "arbeid")", R"(vorm != "arbeid")"}, "", ""},
        Row{"Gap",
            kXor,
            {"leeftijd < 18", "leeftijd > 18"},
            "branches_not_exhaustive:error",
            "branches_not_exhaustive:info"},
        Row{"GapInclusive",
            kOr,
            {"leeftijd < 12", "acuut = true"},
            "branches_not_exhaustive:error",
            "branches_not_exhaustive:info"},
        Row{"GapOfATask",
            kTask,
            {"leeftijd < 12", "acuut = true"},
            "branches_not_exhaustive:error",
            "branches_not_exhaustive:info"},
        Row{"TaskWithAFlowThatIsAlwaysTaken", kTask, {"leeftijd < 12", ""}, "", ""},
        Row{"NeverTrue",
            kXor,
            {"leeftijd < 3 and leeftijd > 5", "*"},
            "branch_never_taken:error",
            "branch_never_taken:warning"},
        Row{"NeverTrueWithinTheBounds", kXor, {"leeftijd > 120", "*"}, "branch_never_taken:error", ""},
        Row{"AnEarlierFlowTakesItAll",
            kXor,
            {"leeftijd < 18", "leeftijd < 12", "*"},
            "branch_never_taken:error",
            "branch_never_taken:warning"},
        Row{"InclusiveFlowsDoNotTakeFromEachOther", kOr, {"leeftijd < 18", "leeftijd < 12", "*"}, "", ""},
        Row{"Overlap", kXor, {"leeftijd < 18", "acuut = true", "*"}, "branches_overlap:info", ""},
        Row{"OverlapIsThePointOfInclusive", kOr, {"leeftijd < 18", "acuut = true", "*"}, "", ""},
        Row{"UnknownFact", kXor, {"leeftijdd < 18", "*"}, "unknown_fact:error", ""},
        Row{"WrongType", kXor, {R"(leeftijd = "oud")", "*"}, "condition_type:error", ""},
        Row{"UnknownChoice", kXor, {R"(vorm = "arbijd")", "*"}, "branch_never_taken:error condition_type:error", ""},
        Row{"NoConditionButANumber", kXor, {"leeftijd + 1", "*"}, "condition_type:error", ""},
        Row{"NullIsNoAnswer", kXor, {"misschien < 18", "*"}, "condition_undefined:error", ""},
        Row{"NullAskedFirst", kXor, {"misschien != null and misschien < 18", "*"}, "", ""},
        Row{"AnotherLanguage",
            kXor,
            {"${leeftijd lt 18}", "*"},
            "condition_unreadable:error",
            "condition_language:info"},
        Row{"AnotherLanguageManyTimes",
            kXor,
            {"${a}", "${b}", "${c}"},
            "condition_unreadable:error condition_unreadable:error condition_unreadable:error",
            "condition_language:info"}),
    [](const testing::TestParamInfo<Row>& row) { return row.param.name; });

TEST(Conditions, TellWhichCaseFallsThrough) {
  const std::vector<Finding> found = judged(gateway(kXor, {"leeftijd < 18", "leeftijd > 18"}), true);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found[0].message.find("bijvoorbeeld niet als leeftijd = 18"), std::string::npos) << found[0].message;
  EXPECT_EQ(found[0].elements, (std::vector<std::string>{"K", "K1", "K2"}));
  EXPECT_EQ(found[0].process, "P");
  EXPECT_GT(found[0].line, 0);
}

TEST(Conditions, APersonWhoPressesAnOutcomeLeavesNoGap) {
  const std::vector<std::string> outcomes = {R"(uitkomst = "ja")", R"(uitkomst = "nee")"};
  EXPECT_EQ(codes(judged(gateway(kXor, outcomes, "<userTask id=\"Vooraf\"/>"), true)), "");
  // Nobody presses anything here.
  EXPECT_EQ(codes(judged(gateway(kXor, outcomes, "<task id=\"Vooraf\"/>"), true)),
            "unknown_fact:error unknown_fact:error");
  // Two buttons that do the same: the second never does what it says.
  EXPECT_EQ(
      codes(judged(gateway(kXor, {R"(uitkomst = "ja")", R"(uitkomst = "ja")"}, "<userTask id=\"Vooraf\"/>"), true)),
      "branch_never_taken:error");
}

TEST(Conditions, AFactThatAMappingBringsInIsKnown) {
  const std::string before =
      R"(<task id="Vooraf"><extensionElements><draad:uitvoer naam="som" waarde="leeftijd + 1"/></extensionElements></task>)";
  EXPECT_EQ(codes(judged(gateway(kXor, {"som < 18", "som >= 18"}, before), true)), "");
}

TEST(Conditions, AConditionInAnotherDeclaredLanguageIsAnErrorOnlyInOurOwn) {
  std::string xml = gateway(kXor, {"leeftijd < 18", "*"});
  const std::string tag = "<conditionExpression>";
  xml.replace(xml.find(tag), tag.size(), R"(<conditionExpression language="http://www.java.com/java">)");
  EXPECT_EQ(codes(judged(xml, true)), "unsupported_language:error");
  EXPECT_EQ(codes(judged(xml, false)), "condition_language:info");
}

TEST(Conditions, SayThatTheTimeIsSpent) {
  const bpmn::Model model = bpmn::load(gateway(kXor, {"leeftijd < 18", "leeftijd > 18"}));
  const auto findings = internal::judge_conditions(*model.find("P"), true, [] { return true; }).findings;
  EXPECT_EQ(codes(findings), "condition_undecided:info");
}

Report verified(const std::string& xml, bool with_conditions) {
  const bpmn::Model model = bpmn::load(xml);
  Input input;
  input.definitions = &*model.definitions;
  input.processes = model.graphs;
  input.publication_gate = true;
  Options options;
  options.rules = false;
  options.conditions = false;
  options.with_conditions = with_conditions;
  return verify(input, options);
}

// What the conditions exclude is only left out when asked for.
TEST(Conditions, WithConditionsABranchThatIsNeverTrueIsDead) {
  const std::string xml = gateway(kXor, {"leeftijd > 120", "*"});
  EXPECT_EQ(verified(xml, false).processes.at(0).sound, true);
  const Report report = verified(xml, true);
  EXPECT_EQ(report.processes.at(0).sound, false);
  EXPECT_TRUE(report.processes.at(0).with_conditions);
  ASSERT_EQ(codes(report.findings), "dead_activity:error");
  EXPECT_EQ(report.findings[0].elements.front(), "T1");
}

TEST(Conditions, WithConditionsADefaultFlowThatNothingLeavesForIsDead) {
  for (const std::string& kind : {kXor, kOr, kTask}) {
    const std::string xml = gateway(kind, {"leeftijd < 18", "leeftijd >= 18", "*"});
    EXPECT_EQ(codes(verified(xml, false).findings), "") << kind;
    const Report report = verified(xml, true);
    ASSERT_EQ(codes(report.findings), "dead_activity:error") << kind;
    EXPECT_EQ(report.findings[0].elements.front(), "T3") << kind;
  }
}

// A split that looks wrong, and is right once the conditions are read: the second flow is never taken together.
TEST(Conditions, WithConditionsAJoinNeedsOnlyWhatCanCome) {
  const std::string xml = file(kFacts, R"(<startEvent id="S"/><sequenceFlow id="F0" sourceRef="S" targetRef="Of"/>
    <inclusiveGateway id="Of"/><task id="A"/><endEvent id="E"/>
    <sequenceFlow id="F1" sourceRef="Of" targetRef="A"><conditionExpression>leeftijd &gt;= 0</conditionExpression></sequenceFlow>
    <sequenceFlow id="F2" sourceRef="Of" targetRef="Weg"><conditionExpression>leeftijd &lt; 0</conditionExpression></sequenceFlow>
    <exclusiveGateway id="Weg"/><sequenceFlow id="F3" sourceRef="A" targetRef="Weg"/>
    <sequenceFlow id="F4" sourceRef="Weg" targetRef="E"/>)");
  EXPECT_EQ(verified(xml, false).processes.at(0).sound, false);
  EXPECT_EQ(verified(xml, true).processes.at(0).sound, true);
}

}  // namespace
}  // namespace draad::verify
