#include "tests/engine/verify/referee.h"

#include <algorithm>
#include <functional>
#include <map>

namespace draad::verify::test {

using graph::EventKind;
using graph::FlowIndex;
using graph::kNone;
using graph::NodeIndex;
using graph::NodeKind;
using graph::ScopeIndex;
using graph::WorkflowGraph;

namespace {

// Tokens on flows, then tokens in nodes.
using State = std::vector<std::uint8_t>;

class Referee {
 public:
  Referee(const WorkflowGraph& graph, std::size_t states_max) : graph_(graph), states_max_(states_max) {}

  Opinion run() {
    std::vector<State> todo;
    for (const State& start : starts()) see(start, todo);
    while (!todo.empty()) {
      const State state = todo.back();
      todo.pop_back();
      for (NodeIndex node = 0; node < graph_.node_count(); ++node)
        if (state[graph_.flow_count() + node] > 0) ran_.insert(node);
      std::vector<State> next = successors(state);
      if (opinion_.lack) return opinion_;
      for (const State& after : next) {
        before_[after].push_back(state);
        see(after, todo);
      }
      if (next.empty() && !is_empty(state, 0)) {
        opinion_.deadlock = true;
        dead_.push_back(state);
      }
      if (seen_.size() > states_max_) {
        opinion_.gave_up = true;
        return opinion_;
      }
    }
    std::set<State> fine;
    for (const State& state : seen_)
      if (is_empty(state, 0)) backward(state, fine);
    for (const State& state : dead_) backward(state, fine);
    opinion_.livelock = fine.size() < seen_.size();
    for (NodeIndex node = 0; node < graph_.node_count(); ++node)
      if (graph::is_activity(graph_.node(node).kind) && !ran_.contains(node) && host_ran(node))
        opinion_.dead.insert(graph_.node(node).id);
    return opinion_;
  }

 private:
  // Inside something that never ran, nothing is reported.
  bool host_ran(NodeIndex node) const {
    const NodeIndex owner = graph_.scope(graph_.node(node).scope).owner;
    return owner == kNone || ran_.contains(owner);
  }

  void see(const State& state, std::vector<State>& todo) {
    if (seen_.insert(state).second) todo.push_back(state);
  }
  void backward(const State& from, std::set<State>& fine) {
    std::vector<State> stack = {from};
    while (!stack.empty()) {
      const State state = stack.back();
      stack.pop_back();
      if (!fine.insert(state).second) continue;
      for (const State& earlier : before_[state]) stack.push_back(earlier);
    }
  }

  bool inside(ScopeIndex inner, ScopeIndex outer) const {
    for (; inner != kNone; inner = graph_.scope(inner).parent)
      if (inner == outer) return true;
    return false;
  }
  ScopeIndex scope_of_slot(std::size_t slot) const {
    return slot < graph_.flow_count() ? graph_.node(graph_.flow(static_cast<FlowIndex>(slot)).source).scope
                                      : graph_.node(static_cast<NodeIndex>(slot - graph_.flow_count())).scope;
  }
  bool is_empty(const State& state, ScopeIndex scope) const {
    for (std::size_t i = 0; i < state.size(); ++i)
      if (state[i] > 0 && inside(scope_of_slot(i), scope)) return false;
    return true;
  }
  void clear(State& state, ScopeIndex scope) const {
    for (std::size_t i = 0; i < state.size(); ++i)
      if (inside(scope_of_slot(i), scope)) state[i] = 0;
  }

  void put(State& state, std::size_t slot) {
    if (++state[slot] > 1) opinion_.lack = true;
  }
  void put_flow(State& state, FlowIndex flow) { put(state, flow); }
  void activate(State& state, NodeIndex node) {
    put(state, graph_.flow_count() + node);
    if (graph_.node(node).own_scope != kNone) enter(state, graph_.node(node).own_scope);
  }

  std::vector<NodeIndex> entries(ScopeIndex scope, bool& alone) const {
    std::vector<NodeIndex> starts, rest;
    for (const NodeIndex node : graph_.scope(scope).nodes) {
      if (graph_.node(node).kind == NodeKind::start_event) starts.push_back(node);
      if (graph_.incoming(node).empty() && graph_.node(node).kind != NodeKind::boundary_event) rest.push_back(node);
    }
    alone = !starts.empty();
    return alone ? starts : rest;
  }
  void enter(State& state, ScopeIndex scope) {  // Generated sub-processes have one start.
    bool alone = false;
    for (const NodeIndex node : entries(scope, alone)) activate(state, node);
  }
  std::vector<State> starts() {
    const State nothing(graph_.flow_count() + graph_.node_count(), 0);
    bool alone = false;
    const std::vector<NodeIndex> nodes = entries(0, alone);
    std::vector<State> result;
    if (!alone) result.push_back(nothing);
    for (const NodeIndex node : nodes) {
      if (alone) result.push_back(nothing);
      activate(result.back(), node);
    }
    return result;
  }

  bool takes_time(NodeIndex node) const {
    const NodeKind kind = graph_.node(node).kind;
    return graph::is_activity(kind) || kind == NodeKind::intermediate_catch_event ||
           kind == NodeKind::event_based_gateway;
  }

  // A token elsewhere that can still come to an empty input holds the join, unless it can come to a filled one as well.
  bool inclusive_may_fire(const State& state, NodeIndex join) const {
    std::vector<FlowIndex> filled, empty;
    for (const FlowIndex flow : graph_.incoming(join)) (state[flow] > 0 ? filled : empty).push_back(flow);
    if (filled.empty()) return false;
    const ScopeIndex scope = graph_.node(join).scope;
    for (std::size_t slot = 0; slot < state.size(); ++slot) {
      if (state[slot] == 0 || scope_of_slot(slot) != scope) continue;
      if (slot < graph_.flow_count() && graph_.flow(static_cast<FlowIndex>(slot)).target == join) continue;
      const std::set<FlowIndex> ahead = flows_ahead(slot, join);
      const auto meets = [&](const std::vector<FlowIndex>& flows) {
        return std::any_of(flows.begin(), flows.end(), [&](FlowIndex flow) { return ahead.contains(flow); });
      };
      if (meets(empty) && !meets(filled)) return false;
    }
    return true;
  }
  std::set<FlowIndex> flows_ahead(std::size_t slot, NodeIndex join) const {
    std::set<FlowIndex> flows;
    std::set<NodeIndex> done;
    std::vector<NodeIndex> stack = {slot < graph_.flow_count() ? graph_.flow(static_cast<FlowIndex>(slot)).target
                                                               : static_cast<NodeIndex>(slot - graph_.flow_count())};
    while (!stack.empty()) {
      const NodeIndex node = stack.back();
      stack.pop_back();
      if (node == join || !done.insert(node).second) continue;
      for (const FlowIndex flow : graph_.outgoing(node)) {
        flows.insert(flow);
        stack.push_back(graph_.flow(flow).target);
      }
      for (const NodeIndex boundary : graph_.boundary_events(node)) stack.push_back(boundary);
    }
    return flows;
  }

  // All ways in which `node` can pass on its token.
  void leave(const State& state, NodeIndex node, std::vector<State>& result) {
    const auto flows = graph_.outgoing(node);
    const NodeKind kind = graph_.node(node).kind;
    if (kind == NodeKind::end_event && graph_.node(node).event_kind() == EventKind::terminate) {
      State after = state;
      clear(after, graph_.node(node).scope);
      result.push_back(after);
      return;
    }
    if (flows.size() <= 1 || (kind != NodeKind::exclusive_gateway && kind != NodeKind::inclusive_gateway)) {
      State after = state;
      for (const FlowIndex flow : flows) put_flow(after, flow);
      result.push_back(after);
      return;
    }
    for (std::uint32_t subset = 1; subset < (1u << flows.size()); ++subset) {
      if (kind == NodeKind::exclusive_gateway && (subset & (subset - 1)) != 0) continue;
      State after = state;
      for (std::size_t i = 0; i < flows.size(); ++i)
        if ((subset >> i & 1u) != 0) put_flow(after, flows[i]);
      result.push_back(after);
    }
  }

  std::vector<State> successors(const State& state) {
    std::vector<State> result;
    for (NodeIndex node = 0; node < graph_.node_count(); ++node) {
      if (takes_time(node))
        running(state, node, result);
      else
        passing(state, node, result);
      if (opinion_.lack) break;
    }
    return result;
  }

  void running(const State& state, NodeIndex node, std::vector<State>& result) {
    for (const FlowIndex flow : graph_.incoming(node)) {
      if (state[flow] == 0) continue;
      State after = state;
      --after[flow];
      activate(after, node);
      result.push_back(after);
    }
    const std::size_t slot = graph_.flow_count() + node;
    if (state[slot] == 0) return;
    State without = state;
    --without[slot];
    if (graph_.node(node).kind == NodeKind::event_based_gateway) {
      for (const FlowIndex flow : graph_.outgoing(node)) leave(without, graph_.flow(flow).target, result);
      return;
    }
    const ScopeIndex own = graph_.node(node).own_scope;
    if (own == kNone || is_empty(state, own)) leave(without, node, result);
    if (own != kNone) clear(without, own);
    for (const NodeIndex boundary : graph_.boundary_events(node)) leave(without, boundary, result);
  }

  void passing(const State& state, NodeIndex node, std::vector<State>& result) {
    const NodeKind kind = graph_.node(node).kind;
    if (kind == NodeKind::boundary_event) return;
    const std::size_t slot = graph_.flow_count() + node;
    const auto incoming = graph_.incoming(node);
    if (kind == NodeKind::parallel_gateway || (kind == NodeKind::inclusive_gateway && incoming.size() > 1)) {
      State after = state;
      if (kind == NodeKind::parallel_gateway) {
        const bool own = incoming.empty();
        if (own ? state[slot] == 0
                : std::any_of(incoming.begin(), incoming.end(), [&](FlowIndex f) { return state[f] == 0; }))
          return;
        if (own) --after[slot];
        for (const FlowIndex flow : incoming) --after[flow];
      } else {
        if (!inclusive_may_fire(state, node)) return;
        for (const FlowIndex flow : incoming)
          if (after[flow] > 0) --after[flow];
      }
      leave(after, node, result);
      return;
    }
    if (state[slot] > 0) {
      State after = state;
      --after[slot];
      leave(after, node, result);
    }
    for (const FlowIndex flow : incoming) {
      if (state[flow] == 0) continue;
      State after = state;
      --after[flow];
      leave(after, node, result);
    }
  }

  const WorkflowGraph& graph_;
  std::size_t states_max_;
  std::set<State> seen_;
  std::map<State, std::vector<State>> before_;
  std::vector<State> dead_;
  std::set<NodeIndex> ran_;
  Opinion opinion_;
};

}  // namespace

Opinion referee(const WorkflowGraph& graph, std::size_t states_max) {
  return Referee(graph, states_max).run();
}

}  // namespace draad::verify::test
