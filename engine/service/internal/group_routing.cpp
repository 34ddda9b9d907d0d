// Routing of messages and signals: who waits for them, what follows from a command, what nobody waits for yet.

#include <nlohmann/json.hpp>

#include "engine/service/internal/group.h"
#include "engine/service/internal/pending_items.h"

namespace draad::service {

namespace {

using execute::Command;
using store::PendingItem;
using store::PendingKind;

constexpr std::size_t kReceiversMost = 1000;
constexpr std::size_t kBufferedMost = 100;  // Of one name and correlation that are handed over at once.

std::string message_key(const Command& command, const execute::CorrelateMessage& message) {
  // A message id names the message, whoever passes it on under whichever key.
  return message.message_id.empty() ? command.idempotency_key : "bericht/" + message.name + "/" + message.message_id;
}

std::vector<CasusId> casussen_of(const std::vector<PendingItem>& items) {
  std::vector<CasusId> out;
  for (const PendingItem& item : items) {
    if (out.empty() || out.back() != item.casus) out.push_back(item.casus);
  }
  return out;
}

// True when every subscription of this casus to the message says that others may have it too.
bool shares(const execute::CasusState& state, const execute::CorrelateMessage& message) {
  return std::ranges::all_of(state.subscriptions, [&](const execute::SubscriptionState& subscription) {
    return subscription.kind != execute::SubscriptionKind::message || subscription.name != message.name ||
           !(subscription.correlation == message.correlation) || subscription.broadcast;
  });
}

struct MessageStart {
  std::string process_id;
  std::string start_event;
};

std::vector<MessageStart> starts_with(const execute::Release& release, const std::string& message) {
  std::vector<MessageStart> out;
  for (const auto& workflow : release.workflows()) {
    const graph::WorkflowGraph& graph = workflow->graph();
    for (const graph::NodeIndex index : graph.scope(0).nodes) {
      const graph::FlowNode& node = graph.node(index);
      if (node.kind == graph::NodeKind::start_event && node.event_kind() == graph::EventKind::message &&
          node.events.front().name == message) {
        out.push_back({graph.process_id(), node.id});
      }
    }
  }
  return out;
}

}  // namespace

Result<std::vector<PendingItem>> Group::waiting(PendingKind kind, const std::string& name,
                                                const std::string& correlation) {
  DRAAD_TRY(std::vector<PendingItem> items, workshop_.store.pending(kind, name, correlation, kReceiversMost + 1));
  for (const store::CasusCommit& commit : batch_.commits) {
    for (const PendingItem& item : commit.pending) {
      if (item.kind != kind) continue;
      std::erase_if(items, [&](const PendingItem& known) {
        return known.casus == item.casus && known.owner == item.owner && known.slot == item.slot;
      });
      if (item.open && item.name == name && item.correlation == correlation) items.push_back(item);
    }
  }
  std::ranges::sort(items, {}, [](const PendingItem& item) { return std::tuple(item.casus, item.owner, item.slot); });
  if (items.size() > kReceiversMost) {
    return Error{ErrorCode::limit, "Expected at most 1,000 receivers of a message or signal, but there are more", name};
  }
  return items;
}

Result<Answer> Group::correlate(const Command& command, const execute::CorrelateMessage& message) {
  Command named = command;
  named.idempotency_key = message_key(command, message);
  DRAAD_TRY(const std::optional<Answer> first, first_routed_answer(named));
  if (first) return *first;
  const std::string correlation = correlation_text(message.correlation);
  std::vector<CasusId> receivers;
  if (!correlation.empty()) {
    DRAAD_TRY(const std::vector<PendingItem> items, waiting(PendingKind::message, message.name, correlation));
    receivers = casussen_of(items);
  }
  if (receivers.empty()) return start_or_buffer(named, message, correlation);
  if (receivers.size() > 1) {
    for (const CasusId receiver : receivers) {
      DRAAD_TRY(const Held* const held, load(receiver));
      if (!shares(*held->now.state, message)) {
        return Error{ErrorCode::conflict,
                     "Expected one casus that waits for this message, but " + std::to_string(receivers.size()) + " do",
                     message.name};
      }
    }
  }
  return send_to_all(named, receivers);
}

Result<Answer> Group::broadcast(const Command& command, const execute::BroadcastSignal& signal, CasusId thrower) {
  DRAAD_TRY(const std::optional<Answer> first, first_routed_answer(command));
  if (first) return *first;
  DRAAD_TRY(const std::vector<PendingItem> items, waiting(PendingKind::signal, signal.name, ""));
  std::vector<CasusId> receivers = casussen_of(items);
  std::erase(receivers, thrower);
  return send_to_all(command, receivers);
}

// The first receiver's entry holds the key itself, so that a repeated command is found; the answer is that receiver's.
Result<Answer> Group::send_to_all(const Command& command, const std::vector<CasusId>& receivers) {
  std::optional<Result<Answer>> answer;
  for (const CasusId receiver : receivers) {
    Command copy = command;
    const bool is_first = !answer.has_value() || !answer->has_value();
    if (!is_first) copy.idempotency_key += "#" + std::to_string(receiver.value);
    Result<Answer> one = on_casus(receiver, copy, nullptr, true);  // One that cannot take it does not stop the others.
    if (is_first) answer = std::move(one);
  }
  if (answer) return *std::move(answer);
  Answer nobody;
  nobody.at = workshop_.clock.now();
  return nobody;
}

Result<Answer> Group::start_or_buffer(const Command& command, const execute::CorrelateMessage& message,
                                      const std::string& correlation) {
  if (const auto newest = workshop_.releases.find(""); newest) {
    DRAAD_TRY(const auto release, workshop_.releases.compiled(newest->id, workshop_.store));
    const std::vector<MessageStart> starts = starts_with(*release, message.name);
    if (starts.size() > 1) {
      return Error{ErrorCode::conflict,
                   "Expected one process that starts with this message, but " + std::to_string(starts.size()) + " do",
                   message.name};
    }
    if (starts.size() == 1) {
      Command started = command;
      started.body = execute::StartCasus{starts.front().process_id, starts.front().start_event, message.facts};
      return start(started, nullptr, "");
    }
  }
  if (correlation.empty()) {
    return Error{ErrorCode::invalid,
                 "Expected a casus, a correlation value or a process that starts with this message, but there is none",
                 message.name};
  }
  return buffer(command, message, correlation);
}

Result<Answer> Group::buffer(const Command& command, const execute::CorrelateMessage& message,
                             const std::string& correlation) {
  Answer answer;
  answer.at = workshop_.clock.now();
  answer.buffered = true;
  DRAAD_TRY(const auto known, workshop_.store.find_buffered(command.idempotency_key));
  answer.repeated = known.has_value() || std::ranges::any_of(batch_.buffered, [&](const auto& row) {
                      return row.idempotency_key == command.idempotency_key;
                    });
  if (answer.repeated) return answer;
  store::BufferedMessage row;
  row.name = message.name;
  row.correlation = correlation;
  row.actor = command.actor;
  row.idempotency_key = command.idempotency_key;
  row.body = to_json(message.facts).dump();
  row.received_at = answer.at;
  row.expires_at = add(answer.at, workshop_.options.decide.message_ttl);
  batch_.buffered.push_back(std::move(row));
  return answer;
}

void Group::take_thrown(const Held& held, const store::CasusCommit& commit, const std::vector<execute::Event>& events) {
  const CasusId casus = commit.casus.id;
  for (std::size_t index = 0; index < events.size(); ++index) {
    Following next;
    next.thrower = casus;
    next.command.actor = "systeem";
    const auto* message = std::get_if<execute::MessageThrown>(&events[index]);
    const auto* signal = std::get_if<execute::SignalThrown>(&events[index]);
    if (message != nullptr) {
      // With a topic it leaves the engine: a delivery, not a message between casussen.
      if (!held.now.release->node(message->node).annotations.topic.empty()) continue;
      if (message->correlation.is_null()) next.command.casus = casus;
      next.command.body = execute::CorrelateMessage{message->name, message->correlation, message->facts, ""};
    } else if (signal != nullptr && signal->municipality_wide) {
      next.command.body = execute::BroadcastSignal{signal->name, {}};
    } else {
      continue;
    }
    next.command.idempotency_key = "geworpen/" + std::to_string(casus.value) + "/" +
                                   std::to_string(commit.casus.revision) + "/" + std::to_string(index);
    following_.push_back(std::move(next));
  }
}

void Group::take_buffered(const Held& held, const store::CasusCommit& commit) {
  for (const PendingItem& item : commit.pending) {
    if (!item.open || item.kind != PendingKind::message) continue;
    const auto hand_over = [&](const store::BufferedMessage& row) {
      if (std::ranges::find(batch_.unbuffered, row.id) != batch_.unbuffered.end()) return;
      const auto facts = facts_from_json(nlohmann::json::parse(row.body, nullptr, false));
      const auto correlation = value_from_json(nlohmann::json::parse(row.correlation, nullptr, false));
      if (!facts || !correlation) return;  // Not ours to understand: it expires.
      Following next;
      next.command.casus = held.now.record.id;
      next.command.actor = row.actor;
      next.command.idempotency_key = row.idempotency_key;
      next.command.body = execute::CorrelateMessage{row.name, *correlation, *facts, row.idempotency_key};
      next.routed = true;
      next.buffered_id = row.id;
      following_.push_back(std::move(next));
    };
    if (const auto rows = workshop_.store.buffered(item.name, item.correlation, kBufferedMost)) {
      std::ranges::for_each(*rows, hand_over);
    }
    for (const store::BufferedMessage& row : batch_.buffered) {
      if (row.name == item.name && row.correlation == item.correlation) hand_over(row);
    }
  }
}

// Decides what follows from the command, and what follows from that. A follower that is refused undoes nothing: a
// message to others is then kept as if nobody waited for it.
void Group::follow() {
  for (std::size_t count = 0; !following_.empty(); ++count) {
    const Following next = std::move(following_.front());
    following_.pop_front();
    if (next.buffered_id != 0 || next.routed) {
      const Result<Answer> taken = on_casus(next.command.casus, next.command, nullptr, next.routed);
      if (!taken || taken->sequence == 0) continue;  // It stays in the buffer.
      if (next.buffered_id != 0) batch_.unbuffered.push_back(next.buffered_id);
      std::erase_if(batch_.buffered,
                    [&](const auto& row) { return row.idempotency_key == next.command.idempotency_key; });
      continue;
    }
    const auto* message = std::get_if<execute::CorrelateMessage>(&next.command.body);
    const auto* signal = std::get_if<execute::BroadcastSignal>(&next.command.body);
    const bool within = count < workshop_.options.thrown_max;
    Result<Answer> answer = !within             ? Result<Answer>(Error{ErrorCode::limit, "", ""})
                            : signal != nullptr ? broadcast(next.command, *signal, next.thrower)
                                                : route(next.command, nullptr);
    if (!answer && message != nullptr && !next.command.casus) {
      [[maybe_unused]] const auto kept = buffer(next.command, *message, correlation_text(message->correlation));
    }
  }
}

}  // namespace draad::service
