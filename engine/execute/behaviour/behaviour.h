// engine/execute/behaviour/behaviour.h
//
// What one kind of BPMN element does with a token. Const and without state: a behaviour looks at its Step and says, in
// the verbs of the machine, what happens. One file per kind.
#pragma once

#include "engine/execute/internal/machine.h"

namespace draad::execute::behaviour {

using internal::Machine;
using internal::Step;

class Behaviour {
 public:
  virtual ~Behaviour() = default;

  // A token came in (or a person has the stuck element tried again).
  virtual void enter(const Step& step) const = 0;

  // Its own message, signal, timer or condition came. By default that was all it waited for.
  virtual void triggered(const Step& step, const Waiter& waiter, const Facts& facts) const;

  // No token is left in the scope it owns.
  virtual void emptied(const Step& step) const;
};

[[nodiscard]] const Behaviour& behaviour_of(graph::NodeKind kind);

}  // namespace draad::execute::behaviour
