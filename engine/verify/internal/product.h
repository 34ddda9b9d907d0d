// engine/verify/internal/product.h
//
// A net and an automaton together: every pair of marking and state that can be reached.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "engine/verify/internal/net.h"

namespace draad::verify::internal {

struct ProductStep {
  TransitionIndex by = 0;
  unsigned before = 0, after = 0;  // States of the automaton.
};

enum class ProductGoal : std::uint8_t { none, anywhere, at_end, at_failure };

struct ProductResult {
  bool complete = true;
  Effect all = 0;                                // From the state it began in to those in which the scope can end well.
  Effect part = 0;                               // To those it can be in at any moment.
  Effect failed = 0;                             // To those in which an error leaves it.
  std::optional<std::vector<ProductStep>> walk;  // To the goal, when there is one.
};

struct ProductOptions {
  unsigned state = 0;
  std::uint64_t markings_max = 100'000;
  ProductGoal goal = ProductGoal::none;
  unsigned goal_states = 0;                        // A bit per state.
  std::function<bool(TransitionIndex)> ends_well;  // For exits: whether that is an end (terminate) or a failure.
};

[[nodiscard]] ProductResult explore_product(const Net& net, const ProductOptions& options);

}  // namespace draad::verify::internal
