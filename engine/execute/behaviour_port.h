// engine/execute/behaviour_port.h
//
// Where a plan may differ from the engine's own way: `draad simulate` plays files from other tools, whose conditions
// and scripts we cannot run, and says itself what waits and what a task does. In normal operation there is no such
// port. Threads: called while deciding, from the thread that decides. It must answer the same to the same question.
#pragma once

#include <optional>
#include <string>

#include "engine/core/value.h"
#include "engine/execute/release.h"

namespace draad::execute {

// What a task does when it completes.
struct Effects {
  Facts facts;                       // Set, after the sums of the plan were made.
  std::optional<std::string> error;  // A BPMN error code it throws instead of completing.
};

class BehaviourPort {
 public:
  virtual ~BehaviourPort() = default;

  // Does this activity (task of any kind) wait for a CompleteTask? Asked for tasks only; events always wait for their
  // trigger.
  [[nodiscard]] virtual bool waits(const Workflow& workflow, NodeIndex node) const = 0;

  // How long a task that does not wait takes before it completes (FireDueTimers completes it); nothing: no time.
  [[nodiscard]] virtual std::optional<Duration> duration(const Workflow& workflow, NodeIndex node) const = 0;

  // What the plan says instead of a flow's condition; nothing: the file's own expression. An error is an answer too: it
  // cannot be evaluated, so the gateway fails.
  [[nodiscard]] virtual std::optional<Result<bool>> flow_condition(const Workflow& workflow, FlowIndex flow,
                                                                   const Facts& visible) const = 0;

  // The same for a conditional event, a loop or completion condition (by the element's id).
  [[nodiscard]] virtual std::optional<Result<bool>> node_condition(const Workflow& workflow, NodeIndex node,
                                                                   const Facts& visible) const = 0;

  [[nodiscard]] virtual Effects on_complete(const Workflow& workflow, NodeIndex node, const Facts& visible) const = 0;
};

}  // namespace draad::execute
