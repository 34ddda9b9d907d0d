#include "engine/verify/internal/explore.h"

#include <algorithm>
#include <bit>

#include "engine/verify/internal/marking_set.h"
#include "engine/verify/internal/reach.h"

namespace draad::verify::internal {

namespace {

using Words = std::vector<std::uint64_t>;

struct Edge {
  State from, to;
  TransitionIndex by;
};

class Explorer {
 public:
  Explorer(const Net& net, const ExploreOptions& options) : net_(net), options_(options), reach_(net) {
    index_.assign(net.places.size(), kNothing);
    for (Place p = 0; p < net.places.size(); ++p)
      if (net.places[p].alive) {
        index_[p] = static_cast<std::uint32_t>(place_of_.size());
        place_of_.push_back(p);
      }
    stride_ = std::max<std::size_t>(1, (place_of_.size() + 63) / 64);
    compile();
    result_.fired.assign(net.transitions.size(), false);
    result_.marked.assign(net.places.size(), false);
    result_.stride = stride_;
    result_.place_of = place_of_;
  }

  Exploration run(const std::vector<bool>& once) {
    MarkingSet set(stride_ * 2);
    set_ = &set;
    Words start(stride_ * 2);
    put(start, index_[net_.initial]);
    discover(start.data(), 0, 0, kNothing);
    while (next_cost_ < buckets_.size()) {
      if (next_in_bucket_ == buckets_[next_cost_].size()) {
        buckets_[next_cost_++] = {};
        next_in_bucket_ = 0;
        continue;
      }
      const State state = buckets_[next_cost_][next_in_bucket_++];
      if (expanded_[state] || cost_[state] < next_cost_) continue;
      expanded_[state] = true;
      expand(state);
      if (result_.goal.has_value() || (options_.stop_at_overflow && !result_.overflows.empty())) break;
      if (spent()) {
        result_.complete = false;
        break;
      }
    }
    result_.states = set.size();
    if (options_.goal == kNothing) settle(once);
    result_.words = set.take_words();
    result_.parents = std::move(parents_);
    return std::move(result_);
  }

 private:
  struct Compiled {
    std::vector<std::uint32_t> in, out;  // Compact place numbers.
    Words need, make;
  };

  void compile() {
    consumers_.resize(place_of_.size());
    by_first_.resize(place_of_.size());
    compiled_.resize(net_.transitions.size());
    for (TransitionIndex t = 0; t < net_.transitions.size(); ++t) {
      const Transition& transition = net_.transitions[t];
      if (!transition.alive) continue;
      Compiled& made = compiled_[t];
      made.need.assign(stride_, 0);
      made.make.assign(stride_, 0);
      for (const Place p : transition.in) {
        made.in.push_back(index_[p]);
        set_bit(made.need, index_[p]);
      }
      for (const Place p : transition.out) {
        made.out.push_back(index_[p]);
        set_bit(made.make, index_[p]);
      }
      if (transition.inclusive_join)
        joins_.push_back(t);
      else if (!made.in.empty())
        by_first_[made.in.front()].push_back(t);
      for (const std::uint32_t p : made.in) consumers_[p].push_back(t);
    }
    if (options_.persistent) find_clusters();
    for (const TransitionIndex join : joins_) {
      std::vector<Words>& inputs = input_reach_.emplace_back();
      for (const Place input : net_.transitions[join].in) {
        Words& mask = inputs.emplace_back(stride_);
        for (std::uint32_t p = 0; p < place_of_.size(); ++p)
          if (!test(compiled_[join].need.data(), p) && reach_.reaches(place_of_[p], input)) set_bit(mask, p);
      }
    }
  }

  // Sets of transitions that nothing else can get in the way of: once one of them can fire, they may be tried alone.
  void find_clusters() {
    cluster_.resize(place_of_.size());
    for (std::uint32_t p = 0; p < place_of_.size(); ++p) {
      if (reach_.reaches_any(place_of_[p])) continue;
      bool alone = true;
      for (const TransitionIndex t : consumers_[p]) {
        const Transition& taker = net_.transitions[t];
        if (taker.exit) continue;
        alone = alone && !taker.inclusive_join &&
                (taker.in.size() == 1 ||
                 (single_taker(p) && std::all_of(compiled_[t].in.begin(), compiled_[t].in.end(), [&](std::uint32_t q) {
                    return single_taker(q) && !reach_.reaches_any(place_of_[q]);
                  })));
        cluster_[p].push_back(t);
      }
      if (!alone) cluster_[p].clear();
    }
  }
  [[nodiscard]] bool single_taker(std::uint32_t p) const {
    return std::count_if(consumers_[p].begin(), consumers_[p].end(),
                         [&](TransitionIndex t) { return !net_.transitions[t].exit; }) == 1;
  }

  static void set_bit(Words& words, std::uint32_t bit) { words[bit / 64] |= std::uint64_t{1} << (bit % 64); }
  static bool test(const std::uint64_t* words, std::uint32_t bit) { return (words[bit / 64] >> (bit % 64) & 1u) != 0; }
  // One token in the first plane, a second one in the second.
  bool put(Words& marking, std::uint32_t p) const {
    const std::uint64_t bit = std::uint64_t{1} << (p % 64);
    std::uint64_t &low = marking[p / 64], &high = marking[stride_ + p / 64];
    if ((low & bit) == 0)
      low |= bit;
    else if ((high & bit) == 0)
      high |= bit;
    else
      return false;
    return true;
  }
  void take(Words& marking, std::uint32_t p) const {
    const std::uint64_t bit = std::uint64_t{1} << (p % 64);
    std::uint64_t &low = marking[p / 64], &high = marking[stride_ + p / 64];
    if ((high & bit) != 0)
      high &= ~bit;
    else
      low &= ~bit;
  }

  [[nodiscard]] bool has_all(const Words& need) const {
    for (std::size_t w = 0; w < stride_; ++w)
      if ((current_[w] & need[w]) != need[w]) return false;
    return true;
  }

  [[nodiscard]] bool join_enabled(std::size_t join) {
    const Compiled& made = compiled_[joins_[join]];
    bool any = false;
    empty_.assign(stride_, 0);
    filled_.assign(stride_, 0);
    for (std::size_t i = 0; i < made.in.size(); ++i) {
      const bool has = test(current_.data(), made.in[i]);
      any = any || has;
      for (std::size_t w = 0; w < stride_; ++w) (has ? filled_ : empty_)[w] |= input_reach_[join][i][w];
    }
    if (!any) return false;
    for (std::size_t w = 0; w < stride_; ++w)
      if ((current_[w] & empty_[w] & ~filled_[w]) != 0) return false;
    return true;
  }

  void discover(const std::uint64_t* marking, std::uint32_t cost, State from, TransitionIndex by) {
    const auto [state, fresh] = set_->insert(marking);
    if (fresh) {
      cost_.push_back(cost);
      parents_.emplace_back(from, by);
      expanded_.push_back(false);
    } else if (cost < cost_[state] && !expanded_[state]) {
      cost_[state] = cost;
      parents_[state] = {from, by};
    } else {
      if (by != kNothing) edges_.push_back({from, state, by});
      reached_open_ = reached_open_ || !expanded_[state];
      return;
    }
    reached_open_ = true;
    if (buckets_.size() <= cost) buckets_.resize(cost + 1);
    buckets_[cost].push_back(state);
    if (by != kNothing) edges_.push_back({from, state, by});
  }

  void expand(State state) {
    current_.assign(set_->at(state), set_->at(state) + stride_ * 2);
    bool empty = true;
    for (std::size_t w = 0; w < stride_; ++w) {
      for (std::uint64_t bits = current_[w]; bits != 0; bits &= bits - 1) {
        const auto p = static_cast<std::uint32_t>(w * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
        result_.marked[place_of_[p]] = true;
        empty = false;
      }
    }
    if (options_.goal != kNothing && test(current_.data(), index_[options_.goal])) {
      result_.goal = state;
      return;
    }
    if (empty) {
      ends_.push_back(state);
      result_.can_end = true;
      return;
    }
    moved_ = false;
    exits_ = false;
    if (!options_.persistent || !try_cluster(state)) fire_all(state);
    if (exits_) {
      ends_.push_back(state);
    } else if (!moved_) {
      note_stuck(state);
    }
  }

  // True when a cluster was enough.
  bool try_cluster(State state) {
    const std::vector<TransitionIndex>* best = nullptr;
    std::size_t best_size = 0;
    for_marked([&](std::uint32_t p) {
      for (const TransitionIndex t : consumers_[p])
        if (net_.transitions[t].exit) {
          exits_ = true;
          result_.can_end = result_.can_end || !net_.transitions[t].halts;
          result_.fired[t] = true;
        }
      const auto& cluster = cluster_[p];
      if (cluster.empty() || (best != nullptr && cluster.size() >= best_size)) return;
      for (const TransitionIndex t : cluster)
        if (!has_all(compiled_[t].need)) return;
      best = &cluster;
      best_size = cluster.size();
    });
    if (best == nullptr) return false;
    reached_open_ = false;
    for (const TransitionIndex t : *best) fire(state, t);
    return reached_open_;
  }

  template <typename Visit>
  void for_marked(const Visit& visit) {
    for (std::size_t w = 0; w < stride_; ++w)
      for (std::uint64_t bits = current_[w]; bits != 0; bits &= bits - 1)
        visit(static_cast<std::uint32_t>(w * 64 + static_cast<std::size_t>(std::countr_zero(bits))));
  }

  void fire_all(State state) {
    for_marked([&](std::uint32_t p) {
      for (const TransitionIndex t : by_first_[p])
        if (has_all(compiled_[t].need)) fire(state, t);
    });
    for (std::size_t j = 0; j < joins_.size(); ++j)
      if (join_enabled(j)) fire(state, joins_[j]);
  }

  void fire(State state, TransitionIndex t) {
    const Transition& transition = net_.transitions[t];
    if (transition.exit) {
      exits_ = true;
      result_.can_end = result_.can_end || !transition.halts;
      result_.fired[t] = true;
      return;
    }
    const std::size_t choices = transition.optional.size();
    if (choices == 0 && transition.otherwise == kNothing) {
      produce(state, t, 0);
      return;
    }
    if (choices > 16) {
      result_.complete = false;
      return;
    }
    const bool may_be_empty = !transition.needs_choice;
    for (std::uint32_t subset = may_be_empty ? 0 : 1; subset < (1u << choices); ++subset) produce(state, t, subset);
  }

  void produce(State state, TransitionIndex t, std::uint32_t subset) {
    const Transition& transition = net_.transitions[t];
    const Compiled& made = compiled_[t];
    moved_ = true;
    next_ = current_;
    for (const std::uint32_t p : made.in)
      if (test(next_.data(), p)) take(next_, p);
    const std::uint32_t cost = cost_[state] + net_.ropes.length(transition.steps);
    bool fits = true;
    const auto add = [&](std::uint32_t p) {
      if (test(next_.data(), p)) note_overflow(state, t, place_of_[p], cost);
      fits = put(next_, p) && fits;
    };
    for (const std::uint32_t p : made.out) add(p);
    for (std::size_t i = 0; i < transition.optional.size(); ++i)
      if ((subset >> i & 1u) != 0) add(index_[transition.optional[i]]);
    if (subset == 0 && transition.otherwise != kNothing) add(index_[transition.otherwise]);
    result_.fired[t] = true;
    if (!fits) {
      result_.truncated = true;
      truncated_states_.push_back(state);
      return;
    }
    discover(next_.data(), cost, state, t);
  }

  void note_overflow(State state, TransitionIndex t, Place place, std::uint32_t cost) {
    for (std::size_t i = 0; i < result_.overflows.size(); ++i) {
      if (result_.overflows[i].place != place) continue;
      if (cost < overflow_cost_[i]) {
        overflow_cost_[i] = cost;
        result_.overflows[i] = {state, t, place};
      }
      return;
    }
    result_.overflows.push_back({state, t, place});
    overflow_cost_.push_back(cost);
  }

  void note_stuck(State state) {
    bool busy = false;
    std::vector<TransitionIndex> waiting;
    for_marked([&](std::uint32_t p) {
      busy = busy || net_.places[place_of_[p]].busy;
      for (const TransitionIndex t : consumers_[p]) waiting.push_back(t);
    });
    std::sort(waiting.begin(), waiting.end());
    waiting.erase(std::unique(waiting.begin(), waiting.end()), waiting.end());
    if (busy) return;  // Goes on for ever without getting anywhere: found with the other livelocks.
    dead_.push_back(state);
    if (std::find(seen_waiting_.begin(), seen_waiting_.end(), waiting) != seen_waiting_.end()) return;
    if (seen_waiting_.size() >= 16) return;
    seen_waiting_.push_back(std::move(waiting));
    result_.stuck.push_back({state, false});
  }

  bool spent() {
    const std::uint64_t bytes = set_->bytes() + edges_.capacity() * sizeof(Edge) + cost_.capacity() * 16;
    if (set_->size() >= options_.markings_max || bytes >= options_.bytes_max) return true;
    return (++asked_ & 0x3ff) == 0 && options_.out_of_time != nullptr && *options_.out_of_time &&
           (*options_.out_of_time)();
  }

  void settle(const std::vector<bool>& once) {
    if (!result_.complete) return;
    const std::uint32_t count = set_->size();
    std::vector<std::uint32_t> start(count + 1, 0), order(edges_.size());
    for (const Edge& edge : edges_) ++start[edge.to + 1];
    for (std::uint32_t i = 0; i < count; ++i) start[i + 1] += start[i];
    std::vector<std::uint32_t> fill(start.begin(), start.end() - 1);
    for (std::uint32_t e = 0; e < edges_.size(); ++e) order[fill[edges_[e].to]++] = e;

    const auto spread = [&](std::vector<bool>& seen, std::vector<State> stack) {
      for (const State state : stack) seen[state] = true;
      while (!stack.empty()) {
        const State state = stack.back();
        stack.pop_back();
        for (std::uint32_t i = start[state]; i < start[state + 1]; ++i) {
          const State before = edges_[order[i]].from;
          if (seen[before]) continue;
          seen[before] = true;
          stack.push_back(before);
        }
      }
    };
    if (!(options_.stop_at_overflow && !result_.overflows.empty())) {
      std::vector<bool> fine(count, false);
      spread(fine, ends_);
      spread(fine, dead_);
      spread(fine, truncated_states_);
      State first = kNothing;
      for (State state = 0; state < count; ++state)
        if (!fine[state] && (first == kNothing || cost_[state] < cost_[first])) first = state;
      if (first != kNothing) result_.stuck.push_back({first, true});
    }
    if (!once.empty()) find_repeated(once, start, order);
  }

  void find_repeated(const std::vector<bool>& once, const std::vector<std::uint32_t>& start,
                     const std::vector<std::uint32_t>& order) {
    std::vector<graph::NodeIndex> watched;
    std::vector<std::vector<std::uint32_t>> of(net_.transitions.size());
    std::vector<std::uint32_t> number(once.size(), kNothing);
    std::vector<graph::NodeIndex> nodes;
    for (TransitionIndex t = 0; t < net_.transitions.size(); ++t) {
      if (!net_.transitions[t].alive || !result_.fired[t]) continue;
      nodes.clear();
      net_.ropes.append(net_.transitions[t].steps, nodes);
      for (const graph::NodeIndex node : nodes) {
        if (!once[node]) continue;
        if (number[node] == kNothing) {
          number[node] = static_cast<std::uint32_t>(watched.size());
          watched.push_back(node);
        }
        of[t].push_back(number[node]);
      }
    }
    for (std::size_t from = 0; from < watched.size(); from += 64) {
      const auto bits = [&](TransitionIndex t) {
        std::uint64_t mask = 0;
        for (const std::uint32_t n : of[t])
          if (n >= from && n < from + 64) mask |= std::uint64_t{1} << (n - from);
        return mask;
      };
      std::vector<std::uint64_t> ahead(set_->size(), 0);  // What can still complete from a state on.
      std::vector<State> stack;
      for (const Edge& edge : edges_)
        if (const std::uint64_t mask = bits(edge.by); mask != 0) {
          ahead[edge.from] |= mask;
          stack.push_back(edge.from);
        }
      while (!stack.empty()) {
        const State state = stack.back();
        stack.pop_back();
        for (std::uint32_t i = start[state]; i < start[state + 1]; ++i) {
          const State before = edges_[order[i]].from;
          if ((ahead[state] & ~ahead[before]) == 0) continue;
          ahead[before] |= ahead[state];
          stack.push_back(before);
        }
      }
      std::uint64_t told = 0;
      for (const Edge& edge : edges_) {
        const std::uint64_t twice = bits(edge.by) & ahead[edge.to] & ~told;
        if (twice == 0) continue;
        told |= twice;
        for (std::uint64_t rest = twice; rest != 0; rest &= rest - 1) {
          const graph::NodeIndex node = watched[from + static_cast<std::size_t>(std::countr_zero(rest))];
          repeated_.push_back({node, edge});
        }
      }
    }
    for (const auto& [node, edge] : repeated_) {
      result_.parents = parents_;
      std::vector<graph::NodeIndex> walk = result_.walk(net_, edge.from);
      net_.ropes.append(net_.transitions[edge.by].steps, walk);
      continue_to(node, edge.to, walk);
      result_.repeated.emplace_back(node, std::move(walk));
    }
  }

  // Breadth first from `state` to the next step that completes `node`.
  void continue_to(graph::NodeIndex node, State state, std::vector<graph::NodeIndex>& walk) const {
    std::vector<std::vector<std::uint32_t>> next(set_->size());
    for (std::uint32_t e = 0; e < edges_.size(); ++e) next[edges_[e].from].push_back(e);
    std::vector<std::uint32_t> by(set_->size(), kNothing);
    std::vector<bool> seen(set_->size(), false);
    std::vector<State> queue = {state};
    seen[state] = true;
    std::vector<graph::NodeIndex> nodes;
    for (std::size_t i = 0; i < queue.size(); ++i) {
      for (const std::uint32_t e : next[queue[i]]) {
        nodes.clear();
        net_.ropes.append(net_.transitions[edges_[e].by].steps, nodes);
        if (std::find(nodes.begin(), nodes.end(), node) != nodes.end()) {
          std::vector<TransitionIndex> path = {edges_[e].by};
          for (State at = queue[i]; at != state; at = edges_[by[at]].from) path.push_back(edges_[by[at]].by);
          for (auto t = path.rbegin(); t != path.rend(); ++t) net_.ropes.append(net_.transitions[*t].steps, walk);
          return;
        }
        if (seen[edges_[e].to]) continue;
        seen[edges_[e].to] = true;
        by[edges_[e].to] = e;
        queue.push_back(edges_[e].to);
      }
    }
  }

  const Net& net_;
  const ExploreOptions& options_;
  JoinReach reach_;
  std::vector<std::uint32_t> index_;
  std::vector<Place> place_of_;
  std::size_t stride_ = 1;
  std::vector<Compiled> compiled_;
  std::vector<std::vector<TransitionIndex>> consumers_, cluster_;
  std::vector<std::vector<TransitionIndex>> by_first_;
  std::vector<TransitionIndex> joins_;
  std::vector<std::vector<Words>> input_reach_;

  MarkingSet* set_ = nullptr;
  Words current_, next_, empty_, filled_;
  std::vector<std::uint32_t> cost_;
  std::vector<std::pair<State, TransitionIndex>> parents_;
  std::vector<bool> expanded_;
  std::vector<std::vector<State>> buckets_;
  std::size_t next_cost_ = 0, next_in_bucket_ = 0;
  std::vector<Edge> edges_;
  std::vector<State> ends_, dead_, truncated_states_;
  std::vector<std::vector<TransitionIndex>> seen_waiting_;
  std::vector<std::uint32_t> overflow_cost_;
  std::vector<std::pair<graph::NodeIndex, Edge>> repeated_;
  bool moved_ = false, exits_ = false, reached_open_ = false;
  std::uint64_t asked_ = 0;
  Exploration result_;
};

}  // namespace

std::vector<graph::NodeIndex> Exploration::walk(const Net& net, State state) const {
  std::vector<TransitionIndex> path;
  for (; parents[state].second != kNothing; state = parents[state].first) path.push_back(parents[state].second);
  std::vector<graph::NodeIndex> nodes;
  for (auto t = path.rbegin(); t != path.rend(); ++t) net.ropes.append(net.transitions[*t].steps, nodes);
  return nodes;
}

std::vector<Place> Exploration::marking(State state) const {
  std::vector<Place> places;
  for (std::size_t i = 0; i < place_of.size(); ++i)
    if ((words[state * stride * 2 + i / 64] >> (i % 64) & 1u) != 0) places.push_back(place_of[i]);
  return places;
}

Exploration explore(const Net& net, const ExploreOptions& options, const std::vector<bool>& once) {
  return Explorer(net, options).run(once);
}

}  // namespace draad::verify::internal
