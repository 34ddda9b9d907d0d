#include "engine/rules/internal/state_pool.h"

#include <functional>
#include <thread>

namespace draad::rules::lua {
namespace {

// Where a thread starts looking, so that it mostly finds the state it used last, warm in its core's cache.
std::size_t start_of_this_thread() {
  static thread_local const std::size_t start = std::hash<std::thread::id>{}(std::this_thread::get_id());
  return start;
}

}  // namespace

Lease::~Lease() {
  if (state_ != nullptr) pool_->give_back(std::move(state_));
}

StatePool::~StatePool() {
  for (auto& slot : idle_) delete slot.exchange(nullptr);  // The one owner left.
}

Lease StatePool::lease() {
  const std::size_t start = start_of_this_thread();
  for (std::size_t i = 0; i < kIdleMax; ++i) {
    auto& slot = idle_[(start + i) % kIdleMax];
    if (slot.load(std::memory_order_relaxed) == nullptr) continue;
    if (State* found = slot.exchange(nullptr, std::memory_order_acquire)) return {this, std::unique_ptr<State>(found)};
  }
  auto made = State::make(budget_);
  if (made != nullptr) made_.fetch_add(1, std::memory_order_relaxed);
  return {this, std::move(made)};
}

void StatePool::give_back(std::unique_ptr<State> state) {
  if (state->usable()) {
    const std::size_t bytes = state->bytes();
    const std::size_t start = start_of_this_thread();
    for (std::size_t i = 0; i < kIdleMax; ++i) {
      const std::size_t at = (start + i) % kIdleMax;
      State* expected = nullptr;
      if (idle_[at].load(std::memory_order_relaxed) != nullptr) continue;
      if (idle_[at].compare_exchange_strong(expected, state.get(), std::memory_order_release,
                                            std::memory_order_relaxed)) {
        static_cast<void>(state.release());
        idle_bytes_[at].store(bytes, std::memory_order_relaxed);
        return;
      }
    }
  }
  discarded_.fetch_add(1, std::memory_order_relaxed);
}

RuleHost::Counters StatePool::counters() const {
  RuleHost::Counters counters;
  counters.states_made = made_.load();
  counters.states_discarded = discarded_.load();
  for (std::size_t i = 0; i < kIdleMax; ++i) {
    if (idle_[i].load() == nullptr) continue;
    ++counters.states_idle;
    counters.bytes_idle += idle_bytes_[i].load();
  }
  return counters;
}

}  // namespace draad::rules::lua
