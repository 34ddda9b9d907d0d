#include "engine/rehearsal/internal/ledger.h"

#include <algorithm>

#include "engine/rehearsal/internal/step_names.h"

namespace draad::rehearsal {

using execute::ElementKey;

namespace {

template <std::size_t... Index>
std::vector<std::string_view> names_of(std::index_sequence<Index...>) {
  return {execute::name_of(execute::Event(std::in_place_index<Index>))...};
}

}  // namespace

const std::vector<std::string_view>& event_names() {
  static const std::vector<std::string_view> names =
      names_of(std::make_index_sequence<std::variant_size_v<execute::Event>>());
  return names;
}

void Ledger::add(std::span<const execute::Event> events) {
  using claim::ReferralStage;
  for (const execute::Event& event : events) {
    Seen seen{execute::name_of(event), {}, false};
    const auto at_node = [&seen](execute::NodeRef node) {
      seen.node = node;
      seen.has_node = true;
    };
    std::visit(
        [&](const auto& one) {
          using Kind = std::decay_t<decltype(one)>;
          if constexpr (std::is_same_v<Kind, execute::ElementActivated>) {
            nodes_.emplace(one.element, one.node);
            started_.push_back(one.element);
          } else if constexpr (std::is_same_v<Kind, execute::LoopStarted>) {
            bodies_.insert(one.element);
          } else if constexpr (std::is_same_v<Kind, execute::ElementCompleted>) {
            completed_.push_back(one.element);
            if (referrals_.contains(one.element)) stages_[one.element] = ReferralStage::done;
          } else if constexpr (std::is_same_v<Kind, execute::ElementTerminated>) {
            terminated_.push_back(one.element);
          } else if constexpr (std::is_same_v<Kind, execute::FlowTaken>) {
            ++flows_[one.flow];
          } else if constexpr (std::is_same_v<Kind, execute::TaskOffered>) {
            if (one.kind == graph::TaskKind::referral) {
              referrals_.insert(one.element);
              stages_[one.element] = ReferralStage::offered;
            }
          } else if constexpr (std::is_same_v<Kind, execute::ReferralAccepted>) {
            stages_[one.element] = ReferralStage::accepted;
          } else if constexpr (std::is_same_v<Kind, execute::ReferralRefused>) {
            stages_[one.element] = ReferralStage::refused;
          } else if constexpr (std::is_same_v<Kind, execute::ReferralExpired>) {
            stages_[one.element] = ReferralStage::expired;
            expired_.insert(one.element);
          } else if constexpr (std::is_same_v<Kind, execute::ReferralWithdrawn>) {
            stages_[one.element] = ReferralStage::withdrawn;
          } else if constexpr (std::is_same_v<Kind, execute::TermijnVerstreken>) {
            expired_.insert(one.element);
          }
          if constexpr (requires { one.node; }) {
            at_node(one.node);
          } else if constexpr (requires { one.waiter; }) {
            at_node(one.waiter.node);
          } else if constexpr (requires { one.element; }) {
            if (const execute::NodeRef* node = node_of(one.element)) at_node(*node);
          }
        },
        event);
    seen_.push_back(seen);
  }
}

const execute::NodeRef* Ledger::node_of(ElementKey element) const {
  const auto found = nodes_.find(element);
  return found == nodes_.end() ? nullptr : &found->second;
}

int Ledger::count(claim::Course course, std::string_view step) const {
  const std::vector<ElementKey>& keys = course == claim::Course::started     ? started_
                                        : course == claim::Course::completed ? completed_
                                                                             : terminated_;
  return static_cast<int>(std::count_if(keys.begin(), keys.end(), [&](ElementKey key) {
    const execute::NodeRef* node = node_of(key);
    return !bodies_.contains(key) && node != nullptr && is_called(release_, *node, step);
  }));
}

int Ledger::flow_count(std::string_view flow) const {
  int count = 0;
  for (const auto& [ref, times] : flows_) {
    if (is_flow_called(release_, ref, flow)) count += times;
  }
  return count;
}

int Ledger::event_count(std::string_view kind, std::string_view step) const {
  return static_cast<int>(std::count_if(seen_.begin(), seen_.end(), [&](const Seen& one) {
    return one.kind == kind && (step.empty() || (one.has_node && is_called(release_, one.node, step)));
  }));
}

bool Ledger::completed_in_order(const std::vector<std::string>& steps) const {
  std::size_t next = 0;
  for (const ElementKey key : completed_) {
    if (next == steps.size()) break;
    const execute::NodeRef* node = node_of(key);
    if (node != nullptr && is_called(release_, *node, steps[next])) ++next;
  }
  return next == steps.size();
}

bool Ledger::term_expired(std::string_view step) const {
  return std::any_of(expired_.begin(), expired_.end(), [&](ElementKey key) {
    const execute::NodeRef* node = node_of(key);
    return node != nullptr && is_called(release_, *node, step);
  });
}

std::optional<claim::ReferralStage> Ledger::referral(std::string_view step) const {
  for (auto stage = stages_.rbegin(); stage != stages_.rend(); ++stage) {
    const execute::NodeRef* node = node_of(stage->first);
    if (node != nullptr && is_called(release_, *node, step)) return stage->second;
  }
  return std::nullopt;
}

std::vector<std::string> Ledger::completed() const {
  std::vector<std::string> names;
  for (const ElementKey key : completed_) {
    if (const execute::NodeRef* node = node_of(key); node != nullptr && !bodies_.contains(key))
      names.push_back(name_of_node(release_, *node));
  }
  return names;
}

ElementKey Ledger::latest(std::string_view step) const {
  for (auto key = started_.rbegin(); key != started_.rend(); ++key) {
    if (const execute::NodeRef* node = node_of(*key); node != nullptr && is_called(release_, *node, step)) return *key;
  }
  return 0;
}

}  // namespace draad::rehearsal
