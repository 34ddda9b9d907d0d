// engine/feel/internal/theory.h
//
// Whether cells of different dimensions go together, and values that lie in them.
//   Bounds on variables and on differences of two form a graph whose shortest paths are the tightest bounds; a negative
//   cycle is a contradiction (Bellman and Ford). That is exact. Ages, sums of several facts and calendar arithmetic add
//   bounds that may be wider than the truth, and become exact when the values they depend on are fixed, one after
//   another.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "engine/feel/internal/problem.h"

namespace draad::feel {

// Steps that may still be spent on a set of questions. When they are spent, nothing is called a contradiction any more.
struct Work {
  std::size_t left = 0;

  bool spend(std::size_t steps) {
    left -= std::min(left, steps);
    return left > 0;
  }
};

using Fixed = std::vector<std::optional<std::int64_t>>;  // Per variable.

// The range of each variable; nothing when the cells contradict each other.
[[nodiscard]] std::optional<std::vector<Interval>> ranges(const Problem& problem, const Cells& cells,
                                                          const Fixed& fixed, Work& work);

// A text for each of the texts, by fact; nothing when the cells contradict each other.
struct Texts {
  std::map<std::string, std::string> by_fact;
  bool complete = true;  // A text was found for every one.
};
[[nodiscard]] std::optional<Texts> texts(const Problem& problem, const Cells& cells, Work& work);

// One casus in these cells; nothing when none was found, which does not mean that there is none.
struct Wish {
  std::vector<std::string> names;  // Facts it must have.
  const FactTypes* types = nullptr;
};
struct Candidate {
  Facts facts;
  Instant now;
};
[[nodiscard]] bool build(const Problem& problem, const Cells& cells, const Wish& wish,
                         const std::function<bool(const Candidate&)>& accepts, Work& work);

}  // namespace draad::feel
