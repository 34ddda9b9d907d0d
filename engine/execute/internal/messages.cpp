// Messages and signals within a casus. A message goes to the one subscription with its name and correlation; several
// that did not agree to share it are an incident and the message is kept; nobody yet: it is kept until its time is over
// (rule 9). A signal goes to everybody who listens when it is thrown, and is not kept (rule 10).
#include <algorithm>

#include "engine/execute/internal/machine.h"
#include "engine/execute/internal/text.h"

namespace draad::execute::internal {

std::vector<SubscriptionState> Machine::matching(const std::string& name, const Value& correlation) const {
  std::vector<SubscriptionState> found;
  for (const SubscriptionState& open : state_.subscriptions)
    if (open.kind == SubscriptionKind::message && open.name == name && open.correlation == correlation)
      found.push_back(open);
  return found;
}

namespace {

bool is_ambiguous(const std::vector<SubscriptionState>& candidates) {
  return candidates.size() > 1 && !std::all_of(candidates.begin(), candidates.end(),
                                               [](const SubscriptionState& open) { return open.broadcast; });
}

}  // namespace

void Machine::deliver(const SubscriptionState& subscription, const std::string& message_id, const Facts& facts) {
  if (!is_open(subscription.waiter)) {
    emit(TriggerDiscarded{subscription.waiter, "message"});
    return;
  }
  emit(MessageCorrelated{subscription.waiter, subscription.name, message_id});
  fire(subscription.waiter, facts);
}

void Machine::correlate(const CorrelateMessage& message) {
  if (message.subscription && *message.subscription < state_.subscriptions.size()) {
    const SubscriptionState named = state_.subscriptions[*message.subscription];
    if (named.kind == SubscriptionKind::message) return deliver(named, message.message_id, message.facts);
  }
  const std::vector<SubscriptionState> candidates = matching(message.name, message.correlation);
  if (!candidates.empty() && !is_ambiguous(candidates)) {
    for (const SubscriptionState& candidate : candidates) deliver(candidate, message.message_id, message.facts);
    return;
  }
  const bool repeated = !message.message_id.empty() &&
                        std::any_of(state_.messages.begin(), state_.messages.end(), [&](const BufferedMessage& kept) {
                          return kept.message_id == message.message_id && kept.name == message.name;
                        });
  if (repeated) return;
  const std::uint64_t number = new_key();
  emit(MessageBuffered{number, message.name, message.correlation, message.facts, message.message_id,
                       add(now(), options().message_ttl)});
  if (candidates.empty()) return;
  const SubscriptionState& first = candidates.front();
  emit(IncidentRaised{
      new_key(), IncidentKind::message_ambiguous, first.waiter.scope, 0, first.waiter.node, false,
      "Het bericht '" + message.name + "' past op " + std::to_string(candidates.size()) +
          " plaatsen tegelijk. Het is bewaard; rond eerst een van de wachtende stappen af en probeer het opnieuw.",
      std::to_string(number), now()});
}

void Machine::match_buffered(const Waiter& waiter) {
  const auto found = std::find_if(state_.subscriptions.begin(), state_.subscriptions.end(),
                                  [&waiter](const SubscriptionState& open) { return open.waiter == waiter; });
  if (found == state_.subscriptions.end()) return;
  const SubscriptionState subscription = *found;
  if (is_ambiguous(matching(subscription.name, subscription.correlation))) return;
  for (const BufferedMessage& at : state_.messages) {  // First come, first served.
    if (at.name != subscription.name || at.correlation != subscription.correlation || at.expires_at <= now()) continue;
    const BufferedMessage message = at;
    emit(MessageUnbuffered{message.number, false});
    deliver(subscription, message.message_id, message.facts);
    return;
  }
}

bool Machine::match_again(std::uint64_t number) {
  const auto found = std::find_if(state_.messages.begin(), state_.messages.end(),
                                  [number](const BufferedMessage& kept) { return kept.number == number; });
  if (found == state_.messages.end()) return true;  // Taken or expired: nothing left to solve.
  const BufferedMessage message = *found;
  const std::vector<SubscriptionState> candidates = matching(message.name, message.correlation);
  if (is_ambiguous(candidates)) return false;
  if (candidates.empty()) return true;  // It stays kept for whoever listens next.
  emit(MessageUnbuffered{number, false});
  for (const SubscriptionState& candidate : candidates) deliver(candidate, message.message_id, message.facts);
  return true;
}

void Machine::drop_expired_messages() {
  std::vector<std::uint64_t> expired;
  for (const BufferedMessage& message : state_.messages)
    if (message.expires_at <= now()) expired.push_back(message.number);
  for (const std::uint64_t number : expired) emit(MessageUnbuffered{number, true});
}

void Machine::throw_signal(const Step& step, std::size_t definition) {
  const graph::EventDefinition& signal = step.node.events[definition];
  emit(SignalThrown{step.element.scope, step.element.node, signal.name, signal.municipality_wide});
  // After the tokens that are on their way already, so that a parallel branch a step behind hears it too; before its
  // own next step.
  queue_.emplace_back(Broadcast{signal.name, {}});
}

void Machine::broadcast(const std::string& name, const Facts& facts) {
  std::vector<Waiter> listeners;
  for (const SubscriptionState& open : state_.subscriptions)
    if (open.kind == SubscriptionKind::signal && open.name == name) listeners.push_back(open.waiter);
  for (const Waiter& listener : listeners) {
    if (!is_open(listener)) {
      emit(TriggerDiscarded{listener, "signal"});
      continue;
    }
    emit(SignalCaught{listener, name});
    fire(listener, facts);
  }
}

}  // namespace draad::execute::internal
