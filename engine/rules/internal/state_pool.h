// engine/rules/internal/state_pool.h
//
// Prepared Lua states, handed out one caller at a time. Making one costs tens of microseconds, taking one from the pool
// a few nanoseconds. A state that spent a budget, or served long, does not come back. Threads: safe to use from
// several; no lock, so that callers do not wait for each other.
#pragma once

#include <array>
#include <atomic>
#include <memory>

#include "engine/rules/internal/lua_state.h"

namespace draad::rules::lua {

class StatePool;

class Lease {
 public:
  Lease(StatePool* pool, std::unique_ptr<State> state) : pool_(pool), state_(std::move(state)) {}
  ~Lease();
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  explicit operator bool() const { return state_ != nullptr; }
  State& operator*() const { return *state_; }
  State* operator->() const { return state_.get(); }

 private:
  StatePool* pool_;
  std::unique_ptr<State> state_;
};

class StatePool {
 public:
  explicit StatePool(const Budget& budget) : budget_(budget) {}
  ~StatePool();
  StatePool(const StatePool&) = delete;
  StatePool& operator=(const StatePool&) = delete;

  [[nodiscard]] Lease lease();
  [[nodiscard]] RuleHost::Counters counters() const;

 private:
  friend class Lease;
  void give_back(std::unique_ptr<State> state);

  static constexpr std::size_t kIdleMax = 16;
  Budget budget_;
  std::array<std::atomic<State*>, kIdleMax> idle_{};
  std::array<std::atomic<std::size_t>, kIdleMax> idle_bytes_{};
  std::atomic<std::uint64_t> made_{0};
  std::atomic<std::uint64_t> discarded_{0};
};

}  // namespace draad::rules::lua
