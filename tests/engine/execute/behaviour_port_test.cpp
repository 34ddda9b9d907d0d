// The hooks of `draad simulate`: a plan says what waits, which conditions hold and what a task does.
#include "engine/execute/behaviour_port.h"

#include <map>

#include "tests/engine/execute/support/model.h"
#include "tests/engine/execute/support/player.h"

namespace draad::execute::test {
namespace {

class Plan final : public BehaviourPort {
 public:
  std::map<std::string, bool> conditions;
  std::map<std::string, Effects> effects;
  std::map<std::string, Duration> durations;
  bool tasks_wait = false;

  bool waits(const Workflow& workflow, NodeIndex node) const override {
    return tasks_wait && workflow.graph().node(node).kind == graph::NodeKind::user_task;
  }
  std::optional<Duration> duration(const Workflow& workflow, NodeIndex node) const override {
    const auto found = durations.find(workflow.graph().node(node).id);
    return found == durations.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<Result<bool>> flow_condition(const Workflow& workflow, FlowIndex flow, const Facts&) const override {
    return find(workflow.graph().flow(flow).id);
  }
  std::optional<Result<bool>> node_condition(const Workflow& workflow, NodeIndex node, const Facts&) const override {
    return find(workflow.graph().node(node).id);
  }
  Effects on_complete(const Workflow& workflow, NodeIndex node, const Facts& visible) const override {
    const auto found = effects.find(workflow.graph().node(node).id);
    Effects result = found == effects.end() ? Effects{} : found->second;
    if (visible.contains("teller"))
      result.facts["teller"] = Value(visible.at("teller").get_if<Number>()->scaled() / Number::kScale + 1);
    return result;
  }

 private:
  std::optional<Result<bool>> find(const std::string& id) const {
    const auto found = conditions.find(id);
    return found == conditions.end() ? std::nullopt : std::optional(Result<bool>(found->second));
  }
};

Player player(std::string_view text, const Plan& plan) {
  Player p(release_of({model(text)}, true));
  p.options.behaviour = &plan;
  p.options.facts_to_process = true;
  p.options.uncaught_error_ends = true;
  return p;
}

TEST(BehaviourPort, WithoutAPlanNothingWaits) {
  const Plan plan;
  Player p = player("start S\nuser A\nreceive R message=m\nscript L script=x\nrule Q\nS -> A -> R -> L -> Q", plan);
  p.start();
  EXPECT_EQ(p.status(), CasusStatus::completed);
  EXPECT_EQ(p.completed("Q"), 1);
}
TEST(BehaviourPort, ThePlanReplacesConditions) {
  Plan plan;
  plan.tasks_wait = true;
  plan.conditions = {{"X->B", true}};
  Player p = player("start S\nxor X\nuser A\nuser B\nS -> X\nX -> A : ${nee}\nX -> B : ${ja}", plan);
  p.start();
  EXPECT_EQ(p.incidents(), "X:condition");  // The first is none of ours and the plan is silent about it.
  plan.conditions["X->A"] = false;
  p.retry("X");
  EXPECT_EQ(p.open(), "B");
}
TEST(BehaviourPort, EffectsAreFactsOrAnError) {
  Plan plan;
  plan.effects["A"].facts["x"] = Value(5);
  plan.effects["B"].error = "mis";
  Player p = player(
      "start S\nuser A\nsub D {\nstart S2\ntask B\nS2 -> B\n}\nboundary F on=D error=mis\ntask C\nS -> A -> D\nF -> C",
      plan);
  p.start({{"teller", 0}});
  EXPECT_EQ(p.status(), CasusStatus::completed);
  EXPECT_EQ(p.facts(), (Facts{{"x", 5}, {"teller", 3}}));
  EXPECT_EQ(p.terminated("B"), 1);
}
TEST(BehaviourPort, AnUncaughtErrorEndsTheCasus) {
  Plan plan;
  plan.effects["A"].error = "mis";
  Player p = player("start S\ntask A\nS -> A", plan);
  p.start();
  EXPECT_EQ(p.status(), CasusStatus::ended_by_error);
}
TEST(BehaviourPort, WorkMayTakeTime) {
  Plan plan;
  plan.durations["A"] = *parse_duration("PT10S");
  Player p = player("start S\nand P\ntask A\ntask B\nS -> P -> A\nP -> B", plan);
  p.start();
  EXPECT_EQ(p.completed("B"), 1);
  EXPECT_EQ(p.open(), "A");
  p.wait("PT10S");
  EXPECT_EQ(p.status(), CasusStatus::completed);
}
TEST(BehaviourPort, InAnAdHocEverythingIsDoneOnce) {
  const Plan plan;
  for (const char* ordering : {"", "sequential=yes"}) {
    Player p =
        player(std::string("start S\nadhoc D ") + ordering + " {\ntask A\ntask B\ntask C\nB -> C\n}\nS -> D", plan);
    p.start();
    EXPECT_EQ(p.status(), CasusStatus::completed);
    EXPECT_EQ(p.completed("A") + p.completed("B") + p.completed("C"), 3);
  }
}

}  // namespace
}  // namespace draad::execute::test
