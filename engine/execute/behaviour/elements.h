// engine/execute/behaviour/elements.h
//
// All behaviours by name; each is written out in the file of its name.
#pragma once

#include "engine/execute/behaviour/behaviour.h"

namespace draad::execute::behaviour {

class StartEvent final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};
class EndEvent final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};
class IntermediateCatchEvent final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};
class IntermediateThrowEvent final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};
class BoundaryEvent final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};

class ExclusiveGateway final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};
class ParallelGateway final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};
class InclusiveGateway final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};
class EventBasedGateway final : public Behaviour {
 public:
  void enter(const Step& step) const override;
  void triggered(const Step& step, const Waiter& waiter, const Facts& facts) const override;
};

class UndefinedTask final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};
class UserTask final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};
class ManualTask final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};
class ServiceTask final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};
class SendTask final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};
class ReceiveTask final : public Behaviour {
 public:
  void enter(const Step& step) const override;
  void triggered(const Step& step, const Waiter& waiter, const Facts& facts) const override;
};
class ScriptTask final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};
class BusinessRuleTask final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};

class SubProcess final : public Behaviour {
 public:
  void enter(const Step& step) const override;
  void emptied(const Step& step) const override;
};
class EventSubProcess final : public Behaviour {
 public:
  void enter(const Step& step) const override;
  void emptied(const Step& step) const override;
};
class AdHocSubProcess final : public Behaviour {
 public:
  void enter(const Step& step) const override;
  void emptied(const Step& step) const override;
};
class CallActivity final : public Behaviour {
 public:
  void enter(const Step& step) const override;
  void emptied(const Step& step) const override;
};

// What this engine does not run. Publishing refuses it; a lenient release meets it here.
class Unsupported final : public Behaviour {
 public:
  void enter(const Step& step) const override;
};

}  // namespace draad::execute::behaviour
