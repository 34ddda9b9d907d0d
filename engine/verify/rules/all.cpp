// Every structure rule, by name. A rule that is not here is not checked; the test counts the files.
#include <array>

#include "engine/verify/rules/rule.h"

namespace draad::verify {

extern const Rule kAdHocEvents;
extern const Rule kAnchorTwice;
extern const Rule kBoundaryEventIncoming;
extern const Rule kBoundaryEventOutgoing;
extern const Rule kCallTargetUnknown;
extern const Rule kCallWithoutTarget;
extern const Rule kCancelOutsideTransaction;
extern const Rule kChoiceWithoutCondition;
extern const Rule kCompensationBoundary;
extern const Rule kCompensationHandlerFlow;
extern const Rule kConditionWithoutChoice;
extern const Rule kDefaultFlowCondition;
extern const Rule kEndEventOutgoing;
extern const Rule kErrorUncaught;
extern const Rule kEventGatewayOutgoing;
extern const Rule kEventGatewayTarget;
extern const Rule kEventSubProcessFlow;
extern const Rule kEventSubProcessStart;
extern const Rule kGatewayDeadEnd;
extern const Rule kGatewayWithoutChoice;
extern const Rule kImplicitMerge;
extern const Rule kImplicitSplit;
extern const Rule kLoopWithoutExit;
extern const Rule kMessageFlowSamePool;
extern const Rule kMessageWithoutName;
extern const Rule kMultiInstanceWithoutCount;
extern const Rule kNoEndEvent;
extern const Rule kNoStartEvent;
extern const Rule kReferralWithoutRefusal;
extern const Rule kRuleTaskWithoutRule;
extern const Rule kServiceTaskWithoutTopic;
extern const Rule kSharingWithoutGround;
extern const Rule kStartEventIncoming;
extern const Rule kSubProcessStartEvent;
extern const Rule kTermWithoutBasis;
extern const Rule kTimerWithoutTime;
extern const Rule kUnreachableElement;
extern const Rule kUserTaskForm;
extern const Rule kUserTaskRole;
extern const Rule kUserTaskTerm;

std::span<const Rule* const> structure_rules() {
  static const std::array<const Rule*, 40> rules = {&kAdHocEvents,
                                                    &kAnchorTwice,
                                                    &kBoundaryEventIncoming,
                                                    &kBoundaryEventOutgoing,
                                                    &kCallTargetUnknown,
                                                    &kCallWithoutTarget,
                                                    &kCancelOutsideTransaction,
                                                    &kChoiceWithoutCondition,
                                                    &kCompensationBoundary,
                                                    &kCompensationHandlerFlow,
                                                    &kConditionWithoutChoice,
                                                    &kDefaultFlowCondition,
                                                    &kEndEventOutgoing,
                                                    &kErrorUncaught,
                                                    &kEventGatewayOutgoing,
                                                    &kEventGatewayTarget,
                                                    &kEventSubProcessFlow,
                                                    &kEventSubProcessStart,
                                                    &kGatewayDeadEnd,
                                                    &kGatewayWithoutChoice,
                                                    &kImplicitMerge,
                                                    &kImplicitSplit,
                                                    &kLoopWithoutExit,
                                                    &kMessageFlowSamePool,
                                                    &kMessageWithoutName,
                                                    &kMultiInstanceWithoutCount,
                                                    &kNoEndEvent,
                                                    &kNoStartEvent,
                                                    &kReferralWithoutRefusal,
                                                    &kRuleTaskWithoutRule,
                                                    &kServiceTaskWithoutTopic,
                                                    &kSharingWithoutGround,
                                                    &kStartEventIncoming,
                                                    &kSubProcessStartEvent,
                                                    &kTermWithoutBasis,
                                                    &kTimerWithoutTime,
                                                    &kUnreachableElement,
                                                    &kUserTaskForm,
                                                    &kUserTaskRole,
                                                    &kUserTaskTerm};
  return rules;
}

}  // namespace draad::verify
