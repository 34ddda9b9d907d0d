// engine/rehearsal/internal/plan_behaviour.h
//
// A plan as the engine asks for it while it decides.
#pragma once

#include "engine/execute/behaviour_port.h"
#include "engine/rehearsal/plan.h"

namespace draad::rehearsal {

class PlanBehaviour final : public execute::BehaviourPort {
 public:
  explicit PlanBehaviour(const Plan& plan) : plan_(plan) {}

  [[nodiscard]] bool waits(const execute::Workflow& workflow, execute::NodeIndex node) const override;
  [[nodiscard]] std::optional<Duration> duration(const execute::Workflow& workflow,
                                                 execute::NodeIndex node) const override;
  [[nodiscard]] std::optional<Result<bool>> flow_condition(const execute::Workflow& workflow, execute::FlowIndex flow,
                                                           const Facts& visible) const override;
  [[nodiscard]] std::optional<Result<bool>> node_condition(const execute::Workflow& workflow, execute::NodeIndex node,
                                                           const Facts& visible) const override;
  [[nodiscard]] execute::Effects on_complete(const execute::Workflow& workflow, execute::NodeIndex node,
                                             const Facts& visible) const override;

 private:
  const Plan& plan_;
};

}  // namespace draad::rehearsal
