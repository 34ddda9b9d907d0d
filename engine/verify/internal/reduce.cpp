#include <algorithm>
#include <deque>

#include "engine/verify/internal/net.h"
#include "engine/verify/internal/reach.h"

namespace draad::verify::internal {

namespace {

bool contains(const std::vector<std::uint32_t>& sorted, std::uint32_t value) {
  return std::binary_search(sorted.begin(), sorted.end(), value);
}
void insert(std::vector<std::uint32_t>& sorted, std::uint32_t value) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), value);
  if (at == sorted.end() || *at != value) sorted.insert(at, value);
}
void erase(std::vector<std::uint32_t>& sorted, std::uint32_t value) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), value);
  if (at != sorted.end() && *at == value) sorted.erase(at);
}

// The rules and why each keeps the verdicts: engine/docs/verification.md, "Reduction".
class Reducer {
 public:
  explicit Reducer(Net& net) : net_(net), consumers_(net.places.size()), producers_(net.places.size()) {
    for (TransitionIndex t = 0; t < net.transitions.size(); ++t) {
      Transition& transition = net.transitions[t];
      for (auto* list : {&transition.in, &transition.out, &transition.optional}) {
        std::sort(list->begin(), list->end());
        list->erase(std::unique(list->begin(), list->end()), list->end());
      }
      if (transition.in.size() == 1) transition.inclusive_join = false;
      link(t);
    }
    has_joins_ = net.has_inclusive_join();
    if (has_joins_) reach_ = JoinReach(net);
    queued_.assign(net.places.size(), true);
    for (Place p = 0; p < net.places.size(); ++p) queue_.push_back(p);
  }

  void run() {
    while (!queue_.empty()) {
      const Place place = queue_.front();
      queue_.pop_front();
      queued_[place] = false;
      if (!net_.places[place].alive) continue;
      if (drop_unreached(place) || drop_self_loops(place) || merge_alternatives(place) || merge_parallel(place) ||
          merge_into_join(place) || fuse(place))
        continue;
    }
  }

 private:
  Transition& at(TransitionIndex t) { return net_.transitions[t]; }

  template <typename Visit>
  static void outputs(const Transition& t, const Visit& visit) {
    for (const Place p : t.out) visit(p);
    for (const Place p : t.optional) visit(p);
    if (t.otherwise != kNothing) visit(t.otherwise);
  }

  void link(TransitionIndex t) {
    for (const Place p : at(t).in) insert(consumers_[p], t);
    outputs(at(t), [&](Place p) { insert(producers_[p], t); });
  }
  void unlink(TransitionIndex t) {
    for (const Place p : at(t).in) erase(consumers_[p], t);
    outputs(at(t), [&](Place p) { erase(producers_[p], t); });
  }
  void touch(Place p) {
    if (!queued_[p]) {
      queued_[p] = true;
      queue_.push_back(p);
    }
  }
  void touch_around(TransitionIndex t) {
    for (const Place p : at(t).in) touch(p);
    outputs(at(t), [&](Place p) { touch(p); });
  }
  void remove(TransitionIndex t) {
    touch_around(t);
    unlink(t);
    at(t).alive = false;
  }
  void remove_place(Place p) { net_.places[p].alive = false; }

  // A place that nothing fills: what needs it never happens. Not beside inclusive joins: for them what stands in front
  // of such a step still looks as if it could come.
  bool drop_unreached(Place p) {
    if (p == net_.initial || !producers_[p].empty() || has_joins_) return false;
    const std::vector<TransitionIndex> needing = consumers_[p];
    for (const TransitionIndex t : needing) remove(t);
    remove_place(p);
    return true;
  }

  bool drop_self_loops(Place p) {
    bool changed = false;
    const std::vector<TransitionIndex> all = consumers_[p];
    for (const TransitionIndex t : all) {
      const Transition& loop = at(t);
      if (!loop.plain() || loop.exit || loop.in.size() != 1 || loop.out != loop.in || loop.effect != kNoEffect)
        continue;
      PlaceInfo& place = net_.places[p];
      place.covers = net_.ropes.join(place.covers, net_.ropes.join(loop.steps, loop.covers));
      place.busy = true;
      remove(t);
      changed = true;
    }
    if (changed) touch(p);
    return changed;
  }

  // Two transitions that consume and produce the same.
  bool merge_alternatives(Place p) {
    const std::vector<TransitionIndex> all = consumers_[p];
    if (all.size() < 2) return false;
    std::vector<TransitionIndex> order = all;
    const auto key_less = [&](TransitionIndex a, TransitionIndex b) {
      const Transition &x = at(a), &y = at(b);
      return std::tie(x.in, x.out, x.optional, x.otherwise, x.exit, x.halts, x.inclusive_join, x.needs_choice,
                      x.effect) < std::tie(y.in, y.out, y.optional, y.otherwise, y.exit, y.halts, y.inclusive_join,
                                           y.needs_choice, y.effect);
    };
    std::stable_sort(order.begin(), order.end(), key_less);
    bool changed = false;
    TransitionIndex kept = order.front();
    for (std::size_t i = 1; i < order.size(); ++i) {
      TransitionIndex other = order[i];
      if (key_less(kept, other)) {
        kept = other;
        continue;
      }
      if (net_.ropes.length(at(other).steps) < net_.ropes.length(at(kept).steps)) std::swap(kept, other);
      at(kept).covers = net_.ropes.join(at(kept).covers, net_.ropes.join(at(other).steps, at(other).covers));
      remove(other);
      changed = true;
    }
    if (changed) touch(p);
    return changed;
  }

  // Two places that are filled and emptied by the same transitions.
  bool merge_parallel(Place p) {
    if (p == net_.initial || consumers_[p].empty() || producers_[p].empty()) return false;
    const TransitionIndex producer = producers_[p].front();
    for (const Place q : at(producer).out) {
      if (q == p || q == net_.initial || consumers_[q] != consumers_[p] || producers_[q] != producers_[p]) continue;
      if (!std::all_of(producers_[p].begin(), producers_[p].end(), [&](TransitionIndex t) {
            return contains(at(t).out, p) && contains(at(t).out, q) && at(t).otherwise != p && at(t).otherwise != q;
          }))
        continue;
      if (!reach_.same(p, q) && !feeds_one_join(p)) continue;
      drop_parallel(q, p);
      return true;
    }
    return false;
  }

  [[nodiscard]] bool feeds_one_join(Place p) {
    return consumers_[p].size() == 1 && at(consumers_[p].front()).inclusive_join;
  }

  void drop_parallel(Place q, Place into) {
    const std::vector<TransitionIndex> takers = consumers_[q], makers = producers_[q];
    for (const TransitionIndex t : takers) {
      touch_around(t);
      erase(at(t).in, q);
      if (at(t).in.size() == 1) at(t).inclusive_join = false;
    }
    for (const TransitionIndex t : makers) {
      touch_around(t);
      erase(at(t).out, q);
    }
    consumers_[q].clear();
    producers_[q].clear();
    if (!takers.empty()) forget_reach(q, into, takers.front());
    PlaceInfo& kept = net_.places[into];
    kept.covers = net_.ropes.join(kept.covers, net_.places[q].covers);
    kept.busy = kept.busy || net_.places[q].busy;
    remove_place(q);
    touch(into);
  }

  // Inputs of one inclusive join that are filled together, or one instead of the other, by one decision.
  bool merge_into_join(Place p) {
    if (p == net_.initial || !feeds_one_join(p)) return false;
    const TransitionIndex join = consumers_[p].front();
    for (const Place q : at(join).in) {
      if (q == p || q == net_.initial || consumers_[q].size() != 1) continue;
      if (merge_subset(p, q) || merge_choice(p, q)) return true;
    }
    return false;
  }

  // One split that fills p and q, each or both.
  bool merge_subset(Place p, Place q) {
    if (producers_[p].size() != 1 || producers_[p] != producers_[q]) return false;
    const TransitionIndex t = producers_[p].front();
    Transition& split = at(t);
    const bool p_sure = contains(split.out, p), q_sure = contains(split.out, q);
    if (p_sure && q_sure) return false;  // merge_parallel's.
    if (split.otherwise == p || split.otherwise == q) {
      const Place other = split.otherwise == p ? q : p;
      if (split.optional.size() != 1 || split.optional.front() != other) return false;
      unlink(t);
      split.optional.clear();
      split.otherwise = kNothing;
      insert(split.out, other);
      link(t);
      forget_input(other == p ? q : p, p == other ? p : q);
      return true;
    }
    const bool sure = p_sure || q_sure;
    if (sure && split.otherwise != kNothing) return false;
    const Place gone = p_sure ? q : p, kept = p_sure ? p : q;
    unlink(t);
    erase(split.optional, gone);
    if (sure) split.needs_choice = false;  // Choosing what is left out now was a choice.
    if (split.needs_choice && split.optional.size() == 1) {
      insert(split.out, split.optional.front());
      split.optional.clear();
      split.needs_choice = false;
    }
    link(t);
    forget_input(gone, kept);
    return true;
  }

  // Alternatives of one place: each fills p or q and nothing else.
  bool merge_choice(Place p, Place q) {
    Place from = kNothing;
    for (const Place side : {p, q})
      for (const TransitionIndex t : producers_[side]) {
        const Transition& way = at(t);
        if (!way.plain() || way.in.size() != 1 || way.out.size() != 1) return false;
        if (from == kNothing) from = way.in.front();
        if (way.in.front() != from) return false;
      }
    if (from == kNothing) return false;
    const std::vector<TransitionIndex> makers = producers_[q];
    for (const TransitionIndex t : makers) {
      unlink(t);
      at(t).out = {p};
      link(t);
      touch_around(t);
    }
    forget_input(q, p);
    return true;
  }

  void forget_input(Place gone, Place kept) {
    for (const TransitionIndex t : std::vector<TransitionIndex>(consumers_[gone])) {
      touch_around(t);
      erase(at(t).in, gone);
      if (at(t).in.size() == 1) at(t).inclusive_join = false;
    }
    consumers_[gone].clear();
    for (const TransitionIndex t : producers_[kept]) touch_around(t);
    PlaceInfo& place = net_.places[kept];
    place.covers = net_.ropes.join(place.covers, net_.places[gone].covers);
    place.busy = place.busy || net_.places[gone].busy;
    remove_place(gone);
    touch(kept);
    forget_reach(gone, kept, consumers_[kept].front());
  }

  void forget_reach(Place gone, Place kept, TransitionIndex join) {
    reach_.forget(gone);
    if (at(join).inclusive_join) return;
    reach_.forget(kept);  // Nobody waits for it in the inclusive way any more.
    if (has_joins_)
      for (Place p = 0; p < net_.places.size(); ++p) touch(p);
  }

  // p only ever passes its token on: do that at once.
  bool fuse(Place p) {
    if (p == net_.initial) return false;
    const std::vector<TransitionIndex> takers = consumers_[p], makers = producers_[p];
    if (takers.empty() || makers.empty()) return false;
    if (makers.size() > 1 && takers.size() > 1 && makers.size() * takers.size() > 6) return false;
    for (const TransitionIndex f : takers) {
      const Transition& taker = at(f);
      const std::size_t made = taker.out.size() + taker.optional.size();
      if (taker.in.size() != 1 || taker.exit || made == 0) return false;
      if (makers.size() > 1 && made > 2) return false;
      bool keeps = true;
      outputs(taker, [&](Place q) { keeps = keeps && q != p && reach_.same(p, q); });
      if (!keeps) return false;
    }
    for (const TransitionIndex h : makers)
      for (const TransitionIndex f : takers)
        if (!fits(at(h), at(f), p, takers.size())) return false;

    for (const TransitionIndex h : makers) {
      for (const TransitionIndex f : takers) append_fused(h, f, p);
      remove(h);
    }
    for (const TransitionIndex f : takers) remove(f);
    remove_place(p);
    return true;
  }

  static bool fits(const Transition& h, const Transition& f, Place p, std::size_t takers) {
    const bool sure = contains(h.out, p);
    if (h.inclusive_join && takers != 1) return false;  // A join stays one join.
    // What counts for a safeguard keeps its place among the steps beside it.
    if (f.effect != kNoEffect && (h.effect != kNoEffect || !sure || h.out.size() != 1 || !h.plain())) return false;
    if (!sure && (takers != 1 || !f.plain() || f.out.size() != 1)) return false;
    if (sure && !h.plain() && !f.plain() && !(h.inclusive_join && h.optional.empty() && h.otherwise == kNothing))
      return false;
    bool apart = true;
    outputs(f, [&](Place q) { apart = apart && !contains(h.out, q) && !contains(h.optional, q) && h.otherwise != q; });
    return apart && !(sure && (contains(h.optional, p) || h.otherwise == p)) &&
           !(contains(h.optional, p) && h.otherwise == p);
  }

  void append_fused(TransitionIndex h, TransitionIndex f, Place p) {
    Transition made = at(h);
    const Transition& next = at(f);
    if (contains(made.out, p)) {
      erase(made.out, p);
      for (const Place q : next.out) insert(made.out, q);
      if (!next.plain()) {
        made.optional = next.optional;
        made.otherwise = next.otherwise;
        made.needs_choice = next.needs_choice;
      }
      made.steps = net_.ropes.join(made.steps, next.steps);
      made.covers = net_.ropes.join(made.covers, next.covers);
    } else {
      const Place q = next.out.front();
      if (made.otherwise == p)
        made.otherwise = q;
      else {
        erase(made.optional, p);
        insert(made.optional, q);
      }
      // Whether the step behind an optional place is taken depends on the choice; it is covered, and not in the walk.
      made.covers = net_.ropes.join(made.covers, net_.ropes.join(next.steps, next.covers));
    }
    made.covers = net_.ropes.join(made.covers, net_.places[p].covers);
    if (next.effect != kNoEffect) {
      made.effect = next.effect;
      made.inside = next.inside;
      made.host = next.host;
    }
    net_.transitions.push_back(std::move(made));
    const auto t = static_cast<TransitionIndex>(net_.transitions.size() - 1);
    link(t);
    touch_around(t);
  }

  Net& net_;
  std::vector<std::vector<TransitionIndex>> consumers_, producers_;  // Sorted, alive ones only.
  JoinReach reach_;
  bool has_joins_ = false;
  std::deque<Place> queue_;
  std::vector<bool> queued_;
};

}  // namespace

void reduce(Net& net) {
  Reducer(net).run();
}

}  // namespace draad::verify::internal
