#include "engine/verify/internal/product.h"

#include <algorithm>
#include <bit>

#include "engine/verify/internal/marking_set.h"
#include "engine/verify/internal/reach.h"

namespace draad::verify::internal {

namespace {

// A second token on a place is not counted: a net that has them has been reported for it.
class Product {
 public:
  Product(const Net& net, const ProductOptions& options) : net_(net), options_(options), reach_(net) {
    index_.assign(net.places.size(), kNothing);
    for (Place p = 0; p < net.places.size(); ++p)
      if (net.places[p].alive) index_[p] = count_++;
    words_ = count_ / 64 + 1;
    consumers_.resize(count_);
    for (TransitionIndex t = 0; t < net.transitions.size(); ++t)
      if (net.transitions[t].alive)
        for (const Place p : net.transitions[t].in) consumers_[index_[p]].push_back(t);
  }

  ProductResult run() {
    MarkingSet set(words_ + 1);
    set_ = &set;
    std::vector<std::uint64_t> start(words_ + 1, 0);
    set_bit(start, index_[net_.initial]);
    start[words_] = options_.state;
    visit(start, {});
    for (std::uint32_t state = 0; state < set.size() && !result_.walk; ++state) {
      if (set.size() > options_.markings_max) {
        result_.complete = false;
        break;
      }
      expand(state);
    }
    return std::move(result_);
  }

 private:
  struct Parent {
    std::uint32_t from = 0;
    ProductStep step;
  };

  static void set_bit(std::vector<std::uint64_t>& m, std::uint32_t p) { m[p / 64] |= std::uint64_t{1} << (p % 64); }
  static void clear_bit(std::vector<std::uint64_t>& m, std::uint32_t p) {
    m[p / 64] &= ~(std::uint64_t{1} << (p % 64));
  }
  [[nodiscard]] bool has(Place p) const { return (current_[index_[p] / 64] >> (index_[p] % 64) & 1u) != 0; }

  void reached(Effect& effect, ProductGoal where, unsigned q, std::uint32_t state, const ProductStep* last) {
    effect = static_cast<Effect>(effect | (1u << (4 * options_.state + q)));
    if (options_.goal != where || (options_.goal_states >> q & 1u) == 0 || result_.walk) return;
    std::vector<ProductStep> walk;
    if (last != nullptr) walk.push_back(*last);
    for (; state != 0; state = parents_[state].from) walk.push_back(parents_[state].step);
    std::reverse(walk.begin(), walk.end());
    result_.walk = std::move(walk);
  }

  bool visit(const std::vector<std::uint64_t>& marking, Parent parent) {
    const auto [state, fresh] = set_->insert(marking.data());
    if (!fresh) return false;
    parents_.push_back(parent);
    const auto q = static_cast<unsigned>(marking[words_]);
    reached(result_.part, ProductGoal::anywhere, q, state, nullptr);
    if (std::all_of(marking.begin(), marking.end() - 1, [](std::uint64_t w) { return w == 0; }))
      reached(result_.all, ProductGoal::at_end, q, state, nullptr);
    return true;
  }

  [[nodiscard]] bool enabled(const Transition& t) const {
    if (!t.inclusive_join) return std::all_of(t.in.begin(), t.in.end(), [&](Place p) { return has(p); });
    bool any = false;
    for (const Place p : t.in) any = any || has(p);
    if (!any) return false;
    for (Place p = 0; p < net_.places.size(); ++p) {
      if (index_[p] == kNothing || !has(p) || std::find(t.in.begin(), t.in.end(), p) != t.in.end()) continue;
      bool held_back = false, let_go = false;
      for (const Place q : t.in) (has(q) ? let_go : held_back) |= reach_.reaches(p, q);
      if (held_back && !let_go) return false;
    }
    return true;
  }

  // Silent steps that nothing else can take away may go first and alone.
  [[nodiscard]] bool alone(Place p) const {
    if (reach_.reaches_any(p)) return false;
    return std::all_of(consumers_[index_[p]].begin(), consumers_[index_[p]].end(), [&](TransitionIndex t) {
      const Transition& taker = net_.transitions[t];
      return taker.in.size() == 1 && taker.effect == kNoEffect && !taker.exit;
    });
  }

  void expand(std::uint32_t state) {
    current_.assign(set_->at(state), set_->at(state) + words_ + 1);
    for (Place p = 0; p < net_.places.size(); ++p) {
      if (index_[p] == kNothing || !has(p) || !alone(p)) continue;
      bool fresh = false;
      for (const TransitionIndex t : consumers_[index_[p]]) fresh = fire(state, t) || fresh;
      if (fresh) return;
    }
    for (TransitionIndex t = 0; t < net_.transitions.size(); ++t)
      if (net_.transitions[t].alive && enabled(net_.transitions[t])) fire(state, t);
  }

  bool fire(std::uint32_t state, TransitionIndex index) {
    const Transition& t = net_.transitions[index];
    const auto before = static_cast<unsigned>(current_[words_]);
    bool fresh = false;
    for (unsigned after = 0; after < 4; ++after) {
      if ((t.effect >> (4 * before + after) & 1u) == 0) continue;
      const ProductStep step{index, before, after};
      if (t.exit) {
        if (t.halts) continue;
        reached(result_.part, ProductGoal::anywhere, after, state, &step);
        const bool well = options_.ends_well && options_.ends_well(index);
        reached(well ? result_.all : result_.failed, well ? ProductGoal::at_end : ProductGoal::at_failure, after, state,
                &step);
        continue;
      }
      if (t.optional.size() > 12) {
        result_.complete = false;
        return false;
      }
      for (std::uint32_t subset = t.needs_choice ? 1 : 0; subset < (1u << t.optional.size()); ++subset) {
        std::vector<std::uint64_t> next = current_;
        for (const Place p : t.in) clear_bit(next, index_[p]);
        for (const Place p : t.out) set_bit(next, index_[p]);
        for (std::size_t i = 0; i < t.optional.size(); ++i)
          if ((subset >> i & 1u) != 0) set_bit(next, index_[t.optional[i]]);
        if (subset == 0 && t.otherwise != kNothing) set_bit(next, index_[t.otherwise]);
        next[words_] = after;
        fresh = visit(next, {state, step}) || fresh;
      }
    }
    return fresh;
  }

  const Net& net_;
  const ProductOptions& options_;
  JoinReach reach_;
  std::vector<std::uint32_t> index_;
  std::uint32_t count_ = 0;
  std::size_t words_ = 1;
  std::vector<std::vector<TransitionIndex>> consumers_;
  MarkingSet* set_ = nullptr;
  std::vector<Parent> parents_;
  std::vector<std::uint64_t> current_;
  ProductResult result_;
};

}  // namespace

ProductResult explore_product(const Net& net, const ProductOptions& options) {
  return Product(net, options).run();
}

}  // namespace draad::verify::internal
