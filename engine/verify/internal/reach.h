// engine/verify/internal/reach.h
//
// For inclusive joins: which of their inputs a token on a place can still reach without passing the join itself. Rule 2
// of engine/docs/semantics.md on places instead of nodes.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/verify/internal/net.h"

namespace draad::verify::internal {

class JoinReach {
 public:
  JoinReach() = default;  // No inclusive join: every place reaches the same, nothing.
  explicit JoinReach(const Net& net);

  // Whether two places reach the same inputs of the same joins, so that a join cannot tell on which of them a token is.
  [[nodiscard]] bool same(Place a, Place b) const;
  [[nodiscard]] bool reaches(Place from, Place input) const;
  [[nodiscard]] bool reaches_any(Place from) const;
  void forget(Place input);

 private:
  [[nodiscard]] const std::uint64_t* row(Place place) const { return rows_.data() + place * words_; }

  std::size_t words_ = 0;
  std::vector<std::uint64_t> rows_;        // Per place, a bit per input.
  std::vector<std::uint64_t> remembered_;  // Inputs that still count.
  std::vector<std::uint32_t> number_;      // Per place: its number as an input, or kNothing.
};

}  // namespace draad::verify::internal
