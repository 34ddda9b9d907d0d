// engine/verify/internal/explore.h
//
// Every marking a net can reach, in order of the number of steps taken, so that what is found first has a shortest
// walk. With `persistent` only one order of independent steps is tried (stubborn sets with a proviso against ignoring):
// allowed for a net that is surely safe. Deadlocks, coverage and the option to complete are kept by it; walks may be
// longer.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "engine/verify/internal/net.h"

namespace draad::verify::internal {

struct ExploreOptions {
  bool persistent = false;
  bool stop_at_overflow = false;  // A reduced net needs only the first.
  Place goal = kNothing;          // Stop once it is marked.
  std::uint64_t markings_max = 1'000'000;
  std::uint64_t bytes_max = 512u << 20;
  const std::function<bool()>* out_of_time = nullptr;
};

using State = std::uint32_t;

struct Stuck {
  State state = 0;
  bool livelock = false;
};

struct Overflow {
  State state = 0;  // Before the step that puts the second token there.
  TransitionIndex by = 0;
  Place place = 0;
};

struct Exploration {
  bool complete = true;             // False: the budget ran out.
  bool truncated = false;           // Steps that would put a third token on a place were left out.
  std::vector<Overflow> overflows;  // The first for every place.
  std::vector<Stuck> stuck;         // The first deadlock for every set of waiting joins; the first livelock.
  std::vector<bool> fired;          // Per transition.
  std::vector<bool> marked;         // Per place.
  bool can_end = false;
  std::optional<State> goal;  // Where `goal` was marked first.
  std::uint64_t states = 0;
  // Node that completes twice in one run, if it is in `once`; and the walk to there.
  std::vector<std::pair<graph::NodeIndex, std::vector<graph::NodeIndex>>> repeated;

  // What led to a state: the nodes that completed, in order.
  [[nodiscard]] std::vector<graph::NodeIndex> walk(const Net& net, State state) const;
  [[nodiscard]] std::vector<Place> marking(State state) const;

  std::vector<std::pair<State, TransitionIndex>> parents;  // Per state; the first points to itself.
  std::vector<std::uint64_t> words;  // Markings: two planes (one token, a second) of `stride` words.
  std::size_t stride = 0;
  std::vector<Place> place_of;  // What each bit of a marking stands for.
};

// `once`: nodes (end events) that should complete at most once in a run, by node index.
[[nodiscard]] Exploration explore(const Net& net, const ExploreOptions& options, const std::vector<bool>& once = {});

}  // namespace draad::verify::internal
