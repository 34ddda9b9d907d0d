#include "engine/service/internal/pending_items.h"

#include <nlohmann/json.hpp>

#include <tuple>

namespace draad::service {

namespace {

using store::PendingItem;
using store::PendingKind;

constexpr std::uint64_t kPassing = 1;  // Slot of a delivery that nothing in the state waits for.

auto order(const PendingItem& item) {
  return std::tuple(item.owner, item.kind, item.slot);
}

void add_subscription(std::vector<PendingItem>& items, const execute::SubscriptionState& subscription) {
  const bool is_message =
      subscription.kind == execute::SubscriptionKind::message && !subscription.correlation.is_null();
  const bool is_signal = subscription.kind == execute::SubscriptionKind::signal && subscription.municipality_wide;
  if (!is_message && !is_signal) return;
  const execute::Waiter& waiter = subscription.waiter;
  PendingItem item;
  item.owner = waiter.element != 0 ? waiter.element : waiter.scope;
  item.kind = is_message ? PendingKind::message : PendingKind::signal;
  item.slot = (std::uint64_t{waiter.node.workflow} << 40) | (std::uint64_t{waiter.node.node} << 8) |
              (waiter.definition & 0xffu);
  item.name = subscription.name;
  if (is_message) item.correlation = correlation_text(subscription.correlation);
  items.push_back(std::move(item));
}

void add_task(std::vector<PendingItem>& items, const execute::CasusState& state, const execute::Release& release,
              const execute::TaskState& task) {
  const execute::ElementInstance* element = execute::find_element(state, task.element);
  if (element == nullptr) return;
  const graph::FlowNode& node = release.node(element->node);
  PendingItem item;
  item.owner = task.element;
  item.due_at = task.due_at;
  if (!node.annotations.topic.empty()) {
    item.kind = PendingKind::delivery;
    item.name = node.annotations.topic;
  } else {
    item.kind = PendingKind::task;
    item.name = task.role;
    item.correlation = task.assignee;
  }
  items.push_back(std::move(item));
}

}  // namespace

std::string correlation_text(const Value& value) {
  return value.is_null() ? "" : to_json(value).dump();
}

std::vector<PendingItem> pending_items(CasusId casus, const execute::CasusState& state,
                                       const execute::Release& release) {
  std::vector<PendingItem> items;
  if (state.is_over()) return items;
  for (const execute::SubscriptionState& subscription : state.subscriptions) add_subscription(items, subscription);
  for (const execute::TaskState& task : state.tasks) add_task(items, state, release, task);
  for (const execute::Incident& incident : state.incidents) {
    PendingItem item;
    item.owner = incident.key;
    item.kind = PendingKind::incident;
    item.name = to_string(incident.kind);
    items.push_back(std::move(item));
  }
  for (PendingItem& item : items) item.casus = casus;
  std::ranges::sort(items, {}, order);
  return items;
}

std::vector<PendingItem> passing_deliveries(CasusId casus, const execute::CasusState& after,
                                            std::span<const execute::Event> events) {
  std::vector<PendingItem> items;
  for (const execute::Event& event : events) {
    const auto* requested = std::get_if<execute::DeliveryRequested>(&event);
    if (requested == nullptr || execute::find_task(after, requested->element) != nullptr) continue;
    PendingItem item;
    item.casus = casus;
    item.owner = requested->element;
    item.kind = PendingKind::delivery;
    item.slot = kPassing;
    item.name = requested->topic;
    items.push_back(std::move(item));
  }
  return items;
}

bool is_passing_delivery(const PendingItem& item) {
  return item.kind == PendingKind::delivery && item.slot == kPassing;
}

std::vector<PendingItem> changes(std::span<const PendingItem> before, std::span<const PendingItem> after) {
  std::vector<PendingItem> out;
  const auto close = [&](PendingItem item) {
    item.open = false;
    out.push_back(std::move(item));
  };
  std::size_t old_index = 0, new_index = 0;
  while (old_index < before.size() || new_index < after.size()) {
    if (new_index == after.size() ||
        (old_index < before.size() && order(before[old_index]) < order(after[new_index]))) {
      close(before[old_index++]);
    } else if (old_index == before.size() || order(after[new_index]) < order(before[old_index])) {
      out.push_back(after[new_index++]);
    } else {
      if (before[old_index] != after[new_index]) out.push_back(after[new_index]);
      ++old_index;
      ++new_index;
    }
  }
  return out;
}

}  // namespace draad::service
