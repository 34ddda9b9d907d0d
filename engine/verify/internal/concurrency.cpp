// Which places can be marked together, over-approximated without exploring: pairs that one transition makes, and pairs
// in which one place stays while the other's token moves on. For nets without inclusive joins this is Kovalyov's
// structural concurrency relation; an inclusive join is held back by a token that can still reach one of its inputs.
// Source: A. Kovalyov, J. Esparza, "A polynomial algorithm to compute the concurrency relation of free-choice signal
// transition graphs", 1996.
#include <algorithm>
#include <utility>

#include "engine/verify/internal/net.h"
#include "engine/verify/internal/reach.h"

namespace draad::verify::internal {

namespace {

class Concurrency {
 public:
  Concurrency(const Net& net, std::uint64_t budget)
      : net_(net), reach_(net), budget_(budget), count_(net.places.size()), words_((count_ + 63) / 64) {
    together_.assign(count_ * words_, 0);
    consumers_.resize(count_);
    for (TransitionIndex t = 0; t < net.transitions.size(); ++t)
      if (net.transitions[t].alive)
        for (const Place p : net.transitions[t].in) consumers_[p].push_back(t);
  }

  // False as soon as a place meets itself.
  bool safe() {
    for (const Transition& t : net_.transitions)
      if (t.alive && !made_together(t)) return false;
    while (!work_.empty()) {
      const auto [p, q] = work_.back();
      work_.pop_back();
      if (!moves(p, q) || !moves(q, p)) return false;
    }
    return true;
  }

 private:
  [[nodiscard]] bool both(Place p, Place q) const { return (together_[p * words_ + q / 64] >> (q % 64) & 1u) != 0; }

  bool add(Place p, Place q) {
    if (p == q) return false;
    if (both(p, q)) return true;
    if (budget_ == 0) return false;
    --budget_;
    together_[p * words_ + q / 64] |= std::uint64_t{1} << (q % 64);
    together_[q * words_ + p / 64] |= std::uint64_t{1} << (p % 64);
    work_.emplace_back(p, q);
    return true;
  }

  bool made_together(const Transition& t) {
    for (std::size_t i = 0; i < t.out.size(); ++i) {
      for (std::size_t j = i + 1; j < t.out.size(); ++j)
        if (!add(t.out[i], t.out[j])) return false;
      for (const Place q : t.optional)
        if (!add(t.out[i], q)) return false;
      if (t.otherwise != kNothing && !add(t.out[i], t.otherwise)) return false;
    }
    for (std::size_t i = 0; i < t.optional.size(); ++i)
      for (std::size_t j = i + 1; j < t.optional.size(); ++j)
        if (!add(t.optional[i], t.optional[j])) return false;
    return true;
  }

  [[nodiscard]] bool enabled_beside(const Transition& t, Place p) const {
    if (!t.inclusive_join) return std::all_of(t.in.begin(), t.in.end(), [&](Place q) { return both(p, q); });
    bool held_back = false, let_go = false;
    for (const Place q : t.in) {
      if (both(p, q))
        let_go = let_go || reach_.reaches(p, q);
      else
        held_back = held_back || reach_.reaches(p, q);
    }
    return !held_back || let_go;
  }

  // p stays; the token on q moves on.
  bool moves(Place p, Place q) {
    for (const TransitionIndex index : consumers_[q]) {
      const Transition& t = net_.transitions[index];
      if (t.exit || std::find(t.in.begin(), t.in.end(), p) != t.in.end() || !enabled_beside(t, p)) continue;
      for (const Place r : t.out)
        if (!add(p, r)) return false;
      for (const Place r : t.optional)
        if (!add(p, r)) return false;
      if (t.otherwise != kNothing && !add(p, t.otherwise)) return false;
    }
    return true;
  }

  const Net& net_;
  JoinReach reach_;
  std::uint64_t budget_;
  std::size_t count_, words_;
  std::vector<std::uint64_t> together_;
  std::vector<std::vector<TransitionIndex>> consumers_;
  std::vector<std::pair<Place, Place>> work_;
};

}  // namespace

bool surely_safe(const Net& net, std::uint64_t budget_pairs) {
  if (net.places.size() > 20'000) return false;
  return Concurrency(net, budget_pairs).safe();
}

}  // namespace draad::verify::internal
