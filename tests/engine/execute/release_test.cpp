#include "engine/execute/release.h"

#include <gtest/gtest.h>

#include "tests/engine/execute/support/model.h"

namespace draad::execute::test {
namespace {

std::string faults(std::string_view text) {
  const ReleaseOutcome outcome = make_release("1", {model(text)});
  std::string found;
  for (const Finding& finding : outcome.findings) {
    EXPECT_FALSE(finding.message.empty());
    EXPECT_FALSE(finding.message_en.empty());
    EXPECT_FALSE(finding.mend.empty());
    found += (found.empty() ? "" : " ") + finding.code + ":" + finding.elements.front();
  }
  EXPECT_EQ(outcome.release == nullptr, !found.empty());
  return found;
}

TEST(Release, ReportsEveryFaultByElement) {
  EXPECT_EQ(faults(R"(
    start S
    xor X
    user A
    user B
    call C process=Weg
    catch T timer=morgen
    boundary K on=A 'condition=gevaar = '
    S -> X
    X -> A : leeftijd <
    X -> B : default
    A -> C -> T
    K -> B)"),
            "formula_unreadable:X->A timer_unreadable:T formula_unreadable:K called_process_missing:C");
}
TEST(Release, RefusesAChoiceThatNobodyMakes) {
  EXPECT_EQ(faults("start S\nxor X\nuser A\nuser B\nS -> X\nX -> A : a = 1\nX -> B"), "unconditioned_flow:X->B");
}
TEST(Release, AcceptsAChoiceThatAPersonMakes) {
  EXPECT_EQ(faults("start S\nuser K\nxor X\nuser A\nuser B\nS -> K -> X\nX -> A\nX -> B"), "");
}
TEST(Release, RefusesItWhenTheGatewayIsAlsoReachedWithoutAPerson) {
  EXPECT_EQ(faults("start S\nand P\nuser K\nxor X\nuser A\nuser B\nS -> P -> K -> X\nP -> X\nX -> A\nX -> B"),
            "unconditioned_flow:X->A unconditioned_flow:X->B");
}
TEST(Release, RefusesOneProcessTwice) {
  const auto one = model("start S");
  const ReleaseOutcome outcome = make_release("1", {one, one});
  ASSERT_EQ(outcome.findings.size(), 1u);
  EXPECT_EQ(outcome.findings[0].code, "duplicate_process");
}
TEST(Release, ALenientOneTakesWhatOtherToolsWrite) {
  const ReleaseOutcome outcome = make_release("1",
                                              {model("start S\ncatch T 'timer=${P1D}'\nuser A times=${3}\nxor X\nuser "
                                                     "B\nuser C\nS -> T -> A -> X\nX -> B : ${goed}\nX -> C")},
                                              ReleaseOptions{true});
  ASSERT_NE(outcome.release, nullptr);
  const Workflow& workflow = outcome.release->workflow(0);
  EXPECT_TRUE(workflow.plan(*workflow.graph().find_node("A")).cardinality.expression.has_value());
  EXPECT_FALSE(workflow.flow_condition(*workflow.graph().find_flow("X->B")).fault.empty());
}
TEST(Release, FindsProcessesAndKnowsItsTable) {
  const auto release = release_of({model("start S\nuser A\nS -> A", "Q"), model("start S", "P")});
  EXPECT_EQ(release->find("P"), 0u);
  EXPECT_EQ(release->find("Q"), 1u);
  EXPECT_EQ(release->find("R"), std::nullopt);
  EXPECT_EQ(release->table(),
            R"([{"flows":[],"nodes":["S"],"process":"P"},{"flows":["S->A"],"nodes":["S","A"],"process":"Q"}])");
}
TEST(Release, TheOutcomesOfATaskAreItsGatewaysFlows) {
  const auto release = release_of(R"(
    start S
    user A
    xor X
    user B
    user C
    user D
    S -> A -> X
    X -> B : uitkomst = "ja"
    X -> C : uitkomst in ("nee", "misschien")
    X -> D : default)");
  const NodePlan& plan = release->workflow(0).plan(1);
  ASSERT_EQ(plan.outcomes.size(), 3u);
  EXPECT_EQ(plan.outcomes[0].value, "ja");
  EXPECT_EQ(plan.outcomes[1].value, "nee");
  EXPECT_EQ(plan.outcomes[2].value, "X->D");
  EXPECT_FALSE(plan.outcome_decides);
}

}  // namespace
}  // namespace draad::execute::test
