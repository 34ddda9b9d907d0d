// apply: one function per kind of event, each a few lines that change and decide nothing.
#include "engine/execute/event.h"

#include <algorithm>
#include <array>

namespace draad::execute {

namespace {

template <typename T, typename Member>
auto position_of(std::vector<T>& list, std::uint64_t key, Member member) {
  return std::lower_bound(list.begin(), list.end(), key,
                          [member](const T& item, std::uint64_t wanted) { return item.*member < wanted; });
}

template <typename T, typename Member>
T* find_by(std::vector<T>& list, std::uint64_t key, Member member) {
  const auto found = position_of(list, key, member);
  return found != list.end() && (*found).*member == key ? &*found : nullptr;
}

template <typename T, typename Member>
void erase_by(std::vector<T>& list, std::uint64_t key, Member member) {
  const auto found = position_of(list, key, member);
  if (found != list.end() && (*found).*member == key) list.erase(found);
}

ScopeInstance* scope_at(CasusState& state, ScopeKey key) {
  return find_by(state.scopes, key, &ScopeInstance::key);
}
ElementInstance* element_at(CasusState& state, ElementKey key) {
  return find_by(state.elements, key, &ElementInstance::key);
}
TaskState* task_at(CasusState& state, ElementKey key) {
  return find_by(state.tasks, key, &TaskState::element);
}

void note_key(CasusState& state, std::uint64_t key) {
  state.next_key = std::max(state.next_key, key + 1);
}

void count_live(CasusState& state, ScopeKey key, std::int64_t change) {
  if (ScopeInstance* scope = scope_at(state, key))
    scope->live = static_cast<std::uint32_t>(static_cast<std::int64_t>(scope->live) + change);
}

auto token_position(CasusState& state, ScopeKey scope, FlowRef flow) {
  return std::lower_bound(state.tokens.begin(), state.tokens.end(), std::pair(scope, flow),
                          [](const FlowTokens& tokens, const std::pair<ScopeKey, FlowRef>& wanted) {
                            return std::pair(tokens.scope, tokens.flow) < wanted;
                          });
}

void add_token(CasusState& state, ScopeKey scope, FlowRef flow) {
  const auto at = token_position(state, scope, flow);
  if (at != state.tokens.end() && at->scope == scope && at->flow == flow) {
    ++at->count;
  } else {
    state.tokens.insert(at, FlowTokens{scope, flow, 1});
  }
  count_live(state, scope, 1);
}

void take_token(CasusState& state, ScopeKey scope, FlowRef flow) {
  const auto at = token_position(state, scope, flow);
  if (at == state.tokens.end() || at->scope != scope || at->flow != flow) return;
  if (--at->count == 0) state.tokens.erase(at);
  count_live(state, scope, -1);
}

void drop_tokens(CasusState& state, ScopeKey scope) {
  std::erase_if(state.tokens, [scope](const FlowTokens& tokens) { return tokens.scope == scope; });
}

template <typename Predicate>
void drop_triggers(CasusState& state, Predicate hangs_on) {
  if (!state.timers.empty())
    std::erase_if(state.timers, [&](const TimerState& timer) { return hangs_on(timer.waiter); });
  if (!state.subscriptions.empty())
    std::erase_if(state.subscriptions,
                  [&](const SubscriptionState& subscription) { return hangs_on(subscription.waiter); });
}

void close_element(CasusState& state, ElementKey key) {
  const auto at = position_of(state.elements, key, &ElementInstance::key);
  if (at == state.elements.end() || at->key != key) return;
  count_live(state, at->scope, -1);
  state.elements.erase(at);
  erase_by(state.tasks, key, &TaskState::element);
  erase_by(state.loops, key, &LoopState::element);
  drop_triggers(state, [key](const Waiter& waiter) { return waiter.element == key; });
  if (!state.incidents.empty())
    std::erase_if(state.incidents, [key](const Incident& incident) { return incident.element == key; });
}

void clear_running(CasusState& state) {
  state.elements.clear();
  state.tokens.clear();
  state.loops.clear();
  state.tasks.clear();
  state.timers.clear();
  state.subscriptions.clear();
  state.messages.clear();
  state.incidents.clear();
  if (state.scopes.size() > 1) state.scopes.resize(1);
  if (!state.scopes.empty()) state.scopes.front().live = 0;
}

void end(CasusState& state, CasusStatus status, const std::string& detail) {
  state.status = status;
  state.end_detail = detail;
  clear_running(state);
}

TimerState* timer_at(CasusState& state, const Waiter& waiter) {
  const auto found =
      std::lower_bound(state.timers.begin(), state.timers.end(), waiter,
                       [](const TimerState& timer, const Waiter& wanted) { return timer.waiter < wanted; });
  return found != state.timers.end() && found->waiter == waiter ? &*found : nullptr;
}

void erase_timer(CasusState& state, const Waiter& waiter) {
  if (TimerState* timer = timer_at(state, waiter))
    state.timers.erase(state.timers.begin() + (timer - state.timers.data()));
}

struct Applier {
  CasusState& state;

  void operator()(const CasusStarted& e) const {
    state.status = CasusStatus::running;
    state.release = e.release;
    state.workflow = e.workflow;
    state.started_at = e.at;
  }
  void operator()(const CasusCompleted&) const { end(state, CasusStatus::completed, {}); }
  void operator()(const CasusCancelled& e) const { end(state, CasusStatus::cancelled, e.reason); }
  void operator()(const CasusEndedByError& e) const { end(state, CasusStatus::ended_by_error, e.code); }

  void operator()(const ScopeOpened& e) const {
    static const auto kNoFacts = std::make_shared<const Facts>();
    note_key(state, e.scope);
    ScopeInstance scope;
    scope.key = e.scope;
    scope.parent = e.parent;
    scope.owner = e.owner;
    scope.workflow = e.workflow;
    scope.index = e.index;
    scope.facts = kNoFacts;
    state.scopes.push_back(std::move(scope));
    if (ElementInstance* owner = element_at(state, e.owner)) owner->local = e.scope;
  }
  void operator()(const ScopeClosed& e) const {
    drop_tokens(state, e.scope);
    drop_triggers(state, [&e](const Waiter& waiter) { return waiter.element == 0 && waiter.scope == e.scope; });
    if (!state.incidents.empty())
      std::erase_if(state.incidents, [&e](const Incident& incident) { return incident.scope == e.scope; });
    if (const ScopeInstance* scope = scope_at(state, e.scope))
      if (ElementInstance* owner = element_at(state, scope->owner)) owner->local = 0;
    erase_by(state.scopes, e.scope, &ScopeInstance::key);
  }
  void operator()(const ScopeInterrupted& e) const {
    std::uint32_t dropped = 0;
    for (const FlowTokens& tokens : state.tokens)
      if (tokens.scope == e.scope) dropped += tokens.count;
    drop_tokens(state, e.scope);
    count_live(state, e.scope, -static_cast<std::int64_t>(dropped));
    drop_triggers(state, [&e](const Waiter& waiter) { return waiter.element == 0 && waiter.scope == e.scope; });
    std::erase_if(state.incidents,
                  [&e](const Incident& incident) { return incident.scope == e.scope && incident.element == 0; });
    if (ScopeInstance* scope = scope_at(state, e.scope)) scope->interrupted = true;
  }

  void operator()(const ElementActivated& e) const {
    note_key(state, e.element);
    if (e.via != kNone) take_token(state, e.scope, FlowRef{e.node.workflow, e.via});
    ElementInstance element;
    element.key = e.element;
    element.scope = e.scope;
    element.node = e.node;
    element.body = e.body;
    element.loop_index = e.loop_index;
    state.elements.push_back(element);
    count_live(state, e.scope, 1);
  }
  void operator()(const ElementWaits& e) const {
    if (ElementInstance* element = element_at(state, e.element)) element->status = ElementStatus::waiting;
  }
  void operator()(const ElementCompleted& e) const { close_element(state, e.element); }
  void operator()(const ElementTerminated& e) const { close_element(state, e.element); }
  void operator()(const FlowTaken& e) const { add_token(state, e.scope, e.flow); }
  void operator()(const AdHocClosing& e) const {
    if (ScopeInstance* scope = scope_at(state, e.scope)) scope->closing = true;
  }
  void operator()(const TokensConsumed& e) const {
    for (const FlowIndex flow : e.flows) take_token(state, e.scope, FlowRef{e.workflow, flow});
  }

  void operator()(const LoopStarted& e) const {
    LoopState loop;
    loop.element = e.element;
    loop.total = e.total;
    loop.items = e.items;
    state.loops.insert(position_of(state.loops, e.element, &LoopState::element), std::move(loop));
  }
  void operator()(const LoopRound& e) const {
    if (LoopState* loop = find_by(state.loops, e.element, &LoopState::element)) loop->started = e.index + 1;
  }
  void operator()(const LoopOutput& e) const {
    LoopState* loop = find_by(state.loops, e.element, &LoopState::element);
    if (loop == nullptr) return;
    ++loop->completed;
    if (e.output.is_null()) return;
    if (loop->outputs.size() <= e.index) loop->outputs.resize(e.index + 1);
    loop->outputs[e.index] = e.output;
  }

  void operator()(const TaskOffered& e) const {
    TaskState task;
    task.element = e.element;
    task.kind = e.kind;
    task.referral = e.kind == graph::TaskKind::referral ? ReferralState::offered : ReferralState::none;
    task.role = e.role;
    task.referred_to = e.referred_to;
    task.due_at = e.due_at;
    if (TaskState* known = task_at(state, e.element)) {
      *known = std::move(task);  // Offered again.
    } else {
      state.tasks.insert(position_of(state.tasks, e.element, &TaskState::element), std::move(task));
    }
  }
  void operator()(const TaskClaimed& e) const {
    if (TaskState* task = task_at(state, e.element)) task->assignee = e.person;
  }
  void operator()(const ReferralAccepted& e) const { set_referral(e.element, ReferralState::accepted); }
  void operator()(const ReferralRefused& e) const { set_referral(e.element, ReferralState::refused); }
  void operator()(const ReferralExpired& e) const {
    set_referral(e.element, ReferralState::expired);
    if (TaskState* task = task_at(state, e.element)) task->overdue = true;
  }
  void operator()(const ReferralWithdrawn& e) const { set_referral(e.element, ReferralState::withdrawn); }
  void operator()(const TermijnVerstreken& e) const {
    if (TaskState* task = task_at(state, e.element)) task->overdue = true;
    erase_term_timer(e.element);
  }
  void operator()(const TaskFailed& e) const {
    if (TaskState* task = task_at(state, e.element)) task->retries_left = e.retries_left;
  }

  void operator()(const TimerScheduled& e) const {
    erase_timer(state, e.waiter);
    const auto at =
        std::lower_bound(state.timers.begin(), state.timers.end(), e.waiter,
                         [](const TimerState& timer, const Waiter& wanted) { return timer.waiter < wanted; });
    state.timers.insert(at, TimerState{e.waiter, e.due_at, e.set_at, e.nth, e.spec});
  }
  void operator()(const TimerFired& e) const { erase_timer(state, e.waiter); }
  void operator()(const TimerCancelled& e) const { erase_timer(state, e.waiter); }

  void operator()(const SubscriptionOpened& e) const {
    state.subscriptions.push_back(
        SubscriptionState{e.waiter, e.kind, e.broadcast, e.municipality_wide, e.last_truth, e.name, e.correlation});
  }
  void operator()(const SubscriptionClosed& e) const {
    std::erase_if(state.subscriptions,
                  [&e](const SubscriptionState& subscription) { return subscription.waiter == e.waiter; });
  }
  void operator()(const ConditionObserved& e) const {
    for (SubscriptionState& subscription : state.subscriptions)
      if (subscription.waiter == e.waiter) subscription.last_truth = e.truth;
  }
  void operator()(const MessageCorrelated&) const {}
  void operator()(const MessageBuffered& e) const {
    note_key(state, e.number);
    state.messages.push_back(BufferedMessage{e.number, e.name, e.correlation, e.facts, e.message_id, e.expires_at});
  }
  void operator()(const MessageUnbuffered& e) const { erase_by(state.messages, e.number, &BufferedMessage::number); }
  void operator()(const MessageThrown&) const {}
  void operator()(const SignalThrown&) const {}
  void operator()(const SignalCaught&) const {}
  void operator()(const EscalationThrown&) const {}
  void operator()(const ErrorThrown&) const {}
  void operator()(const TriggerCaught&) const {}
  void operator()(const TriggerDiscarded&) const {}

  void operator()(const FactsSet& e) const {
    ScopeInstance* scope = scope_at(state, e.scope);
    if (scope == nullptr) return;
    auto facts = std::make_shared<Facts>(*scope->facts);  // Copies of the state keep seeing the old ones.
    for (const auto& [name, value] : e.facts) facts->insert_or_assign(name, value);
    scope->facts = std::move(facts);
  }
  void operator()(const RuleAnswered&) const {}
  void operator()(const DeliveryRequested&) const {}

  void operator()(const IncidentRaised& e) const {
    note_key(state, e.incident);
    state.incidents.push_back(
        Incident{e.incident, e.kind, e.scope, e.element, e.node, e.leaving, e.message, e.detail, e.since});
    if (ElementInstance* element = element_at(state, e.element)) element->status = ElementStatus::stuck;
  }
  void operator()(const IncidentResolved& e) const {
    const Incident* incident = find_by(state.incidents, e.incident, &Incident::key);
    if (incident == nullptr) return;
    if (ElementInstance* element = element_at(state, incident->element)) element->status = ElementStatus::active;
    erase_by(state.incidents, e.incident, &Incident::key);
  }

 private:
  void set_referral(ElementKey key, ReferralState referral) const {
    if (TaskState* task = task_at(state, key)) task->referral = referral;
  }
  void erase_term_timer(ElementKey key) const {
    std::erase_if(state.timers, [key](const TimerState& timer) {
      return timer.waiter.element == key && timer.waiter.definition == kTermTimer;
    });
  }
};

}  // namespace

std::string_view name_of(const Event& event) {
  static constexpr std::array<std::string_view, std::variant_size_v<Event>> kNames = {
      "CasusStarted",      "CasusCompleted",    "CasusCancelled",    "CasusEndedByError",  "ScopeOpened",
      "ScopeClosed",       "ScopeInterrupted",  "ElementActivated",  "ElementWaits",       "ElementCompleted",
      "ElementTerminated", "FlowTaken",         "AdHocClosing",      "TokensConsumed",     "LoopStarted",
      "LoopRound",         "LoopOutput",        "TaskOffered",       "TaskClaimed",        "ReferralAccepted",
      "ReferralRefused",   "ReferralExpired",   "ReferralWithdrawn", "TermijnVerstreken",  "TaskFailed",
      "TimerScheduled",    "TimerFired",        "TimerCancelled",    "SubscriptionOpened", "SubscriptionClosed",
      "ConditionObserved", "MessageCorrelated", "MessageBuffered",   "MessageUnbuffered",  "MessageThrown",
      "SignalThrown",      "SignalCaught",      "EscalationThrown",  "ErrorThrown",        "TriggerCaught",
      "TriggerDiscarded",  "FactsSet",          "RuleAnswered",      "DeliveryRequested",  "IncidentRaised",
      "IncidentResolved"};
  return kNames[event.index()];
}

void apply(CasusState& state, const Event& event) {
  std::visit(Applier{state}, event);
}

void apply(CasusState& state, std::span<const Event> events) {
  for (const Event& event : events) apply(state, event);
}

}  // namespace draad::execute
