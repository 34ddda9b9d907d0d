#include "engine/verify/internal/scope_net.h"

#include <algorithm>

#include "engine/verify/internal/outcome.h"

namespace draad::verify::internal {

using graph::EventKind;
using graph::FlowIndex;
using graph::FlowNode;
using graph::kNone;
using graph::NodeIndex;
using graph::NodeKind;
using graph::ScopeIndex;

namespace {

// Nodes that take time: a token in front of one is the node running.
bool runs(const FlowNode& node) {
  return graph::is_activity(node.kind) || node.kind == NodeKind::event_based_gateway ||
         (node.kind == NodeKind::intermediate_catch_event && node.event_kind() != EventKind::link);
}

bool takes_no_part(const FlowNode& node) {
  return node.kind == NodeKind::event_sub_process || node.for_compensation ||
         (node.kind == NodeKind::boundary_event && node.event_kind() == EventKind::compensation);
}

struct Split {
  std::vector<Place> all, optional;
  Place otherwise = kNothing;
  bool needs_choice = false;
};

class Compiler {
 public:
  Compiler(const graph::WorkflowGraph& graph, const Surroundings& surroundings)
      : graph_(graph), surroundings_(surroundings), outcomes_(graph, surroundings) {}

  ProcessNets run() {
    result_.outcome = outcomes_.scope(0);
    build_scope(0, NetKind::process, kNone, 0, kNothing);
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool takes(FlowIndex flow) const {
    return surroundings_.excluded == nullptr || !surroundings_.excluded->contains(flow);
  }

  // The ways of a token from `node` on, within its scope.
  template <typename Visit>
  void successors(NodeIndex node, const Visit& visit) const {
    for (const FlowIndex flow : graph_.outgoing(node)) visit(graph_.flow(flow).target);
    for (const NodeIndex boundary : graph_.boundary_events(node)) visit(boundary);
    if (graph_.node(node).link_target != kNone) visit(graph_.node(node).link_target);
  }

  [[nodiscard]] bool leaves_scope(NodeIndex index) const {
    const FlowNode& node = graph_.node(index);
    for (const graph::EventDefinition& event : node.events) {
      if (node.kind == NodeKind::end_event &&
          (event.kind == EventKind::terminate || event.kind == EventKind::error || event.kind == EventKind::cancel))
        return true;
      if ((node.kind == NodeKind::end_event || node.kind == NodeKind::intermediate_throw_event) &&
          event.kind == EventKind::escalation && outcomes_.escalation_interrupts(node.scope, event.code))
        return true;
    }
    return graph::is_activity(node.kind) && outcomes_.ends_scope(index);
  }

  // What only a non-interrupting boundary event leads to, when nothing in it touches the rest of its scope; else empty.
  [[nodiscard]] std::vector<NodeIndex> closed_handler(NodeIndex boundary, const std::vector<NodeIndex>& members) const {
    std::vector<NodeIndex> region;
    std::vector<bool> in_region(graph_.node_count(), false);
    const auto enter = [&](NodeIndex node) {
      if (in_region[node]) return;
      in_region[node] = true;
      region.push_back(node);
    };
    for (const FlowIndex flow : graph_.outgoing(boundary)) enter(graph_.flow(flow).target);
    for (std::size_t i = 0; i < region.size(); ++i) successors(region[i], enter);
    if (in_region[boundary] || in_region[graph_.node(boundary).attached_to]) return {};
    for (const NodeIndex node : members) {
      if (in_region[node] || node == boundary) continue;
      bool touches = false;
      successors(node, [&](NodeIndex next) { touches = touches || in_region[next]; });
      if (touches) return {};
    }
    for (const NodeIndex node : region) {
      if (leaves_scope(node)) return {};
      if (graph_.incoming(node).empty() && graph_.node(node).kind != NodeKind::boundary_event) return {};
    }
    return region;
  }

  void build_scope(ScopeIndex scope, NetKind kind, NodeIndex owner, std::size_t parent, Place host) {
    std::vector<NodeIndex> members;
    for (const NodeIndex node : graph_.scope(scope).nodes)
      if (!takes_no_part(graph_.node(node))) members.push_back(node);
    const std::size_t index = build(scope, kind, owner, parent, host, std::move(members));
    for (const NodeIndex handler : graph_.scope(scope).event_sub_processes)
      build_scope(graph_.node(handler).own_scope, NetKind::event_sub_process, handler, index, kNothing);
  }

  struct Later {
    NodeIndex node;
    Place host;
    std::vector<NodeIndex> region;  // Of a handler; empty for a sub-process.
  };

  std::size_t build(ScopeIndex scope, NetKind kind, NodeIndex owner, std::size_t parent, Place host,
                    std::vector<NodeIndex> members) {
    const std::size_t index = result_.nets.size();
    ScopeNet& made = result_.nets.emplace_back();
    made.kind = kind;
    made.scope = scope;
    made.owner = owner;
    made.parent = parent;
    made.host = host;
    made.interruptible = outcomes_.interruptible(scope);

    std::vector<Later> later;
    for (const NodeIndex node : members) {
      const FlowNode& boundary = graph_.node(node);
      if (boundary.kind != NodeKind::boundary_event || boundary.interrupting || !outcomes_.can_trigger(node)) continue;
      std::vector<NodeIndex> region = closed_handler(node, members);
      if (!region.empty() || graph_.outgoing(node).empty()) later.push_back({node, kNothing, std::move(region)});
    }
    // A handler within a handler goes with the outer one.
    std::vector<bool> taken(graph_.node_count(), false);
    for (const Later& handler : later)
      for (const NodeIndex node : handler.region) taken[node] = true;
    std::erase_if(later, [&](const Later& handler) { return taken[handler.node]; });
    std::erase_if(members, [&](NodeIndex node) { return taken[node]; });
    extracted_.clear();
    for (const Later& handler : later) extracted_.insert(handler.node);

    net_ = Net{};
    fill(scope, kind, owner, members);
    for (Later& handler : later) handler.host = run_place_[graph_.node(handler.node).attached_to];
    for (const NodeIndex node : members)
      if (graph_.node(node).own_scope != kNone) later.push_back({node, run_place_[node], {}});
    result_.nets[index].net = std::move(net_);
    result_.nets[index].nodes = std::move(members);

    for (Later& next : later) {
      if (graph_.node(next.node).own_scope != kNone)
        build_scope(graph_.node(next.node).own_scope, NetKind::sub_process, next.node, index, next.host);
      else if (!next.region.empty())
        build(scope, NetKind::handler, next.node, index, next.host, std::move(next.region));
    }
    return index;
  }

  Place flow_place(FlowIndex flow) {
    if (flow_place_[flow] == kNothing) flow_place_[flow] = net_.add_place(flow, kNone);
    return flow_place_[flow];
  }

  Transition& add(std::vector<Place> in, const Split& out, Rope steps) {
    Transition& made = net_.transitions.emplace_back();
    made.in = std::move(in);
    made.out = out.all;
    made.optional = out.optional;
    made.otherwise = out.otherwise;
    made.needs_choice = out.needs_choice;
    made.steps = steps;
    return made;
  }

  [[nodiscard]] bool waits_for_event(NodeIndex index) const {
    const FlowNode& node = graph_.node(index);
    return node.kind == NodeKind::receive_task ||
           (node.kind == NodeKind::intermediate_catch_event && node.event_kind() != EventKind::link);
  }

  // Flows from an event-based gateway to what it waits for carry no token of their own.
  [[nodiscard]] bool carries(FlowIndex flow) const {
    return graph_.node(graph_.flow(flow).source).kind != NodeKind::event_based_gateway ||
           !waits_for_event(graph_.flow(flow).target);
  }

  // How the flows out of a node that is no exclusive gateway are taken.
  Split split_of(NodeIndex index) {
    const FlowNode& node = graph_.node(index);
    Split split;
    const bool inclusive = (node.kind == NodeKind::inclusive_gateway || node.kind == NodeKind::complex_gateway) &&
                           graph_.outgoing(index).size() > 1;
    const bool conditional = graph::is_activity(node.kind);
    for (const FlowIndex flow : graph_.outgoing(index)) {
      if (node.default_flow == flow && (inclusive || conditional) && graph_.outgoing(index).size() > 1) {
        if (takes(flow)) split.otherwise = flow_place(flow);
      } else if (inclusive || (conditional && graph_.flow(flow).has_condition)) {
        if (takes(flow)) split.optional.push_back(flow_place(flow));
      } else
        split.all.push_back(flow_place(flow));
    }
    if (split.otherwise != kNothing && split.optional.empty()) {
      split.all.push_back(split.otherwise);
      split.otherwise = kNothing;
    }
    split.needs_choice = split.all.empty() && split.otherwise == kNothing && !split.optional.empty();
    if (split.needs_choice && split.optional.size() == 1) {
      split.all.swap(split.optional);
      split.needs_choice = false;
    }
    return split;
  }

  // One transition for every way through `node` from each of `from`.
  void add_ways(const std::vector<std::vector<Place>>& from, NodeIndex index, Rope steps, bool inclusive_join) {
    const FlowNode& node = graph_.node(index);
    if (surroundings_.excluded != nullptr)
      for (const auto& in : from)
        for (const FlowIndex flow : graph_.outgoing(index))
          if (!takes(flow)) add_impossible_flow(in.front(), flow);
    if (node.kind == NodeKind::exclusive_gateway && graph_.outgoing(index).size() > 1) {
      for (const auto& in : from)
        for (const FlowIndex flow : graph_.outgoing(index))
          if (takes(flow)) {
            Split one;
            one.all.push_back(flow_place(flow));
            add(in, one, steps);
          }
      return;
    }
    const Split split = split_of(index);
    for (const auto& in : from) add(in, split, steps).inclusive_join = inclusive_join;
  }

  // A way out of `node` that is drawn and cannot be gone.
  void add_impossible(Place from, NodeIndex node) {
    if (!has_joins_) return;
    for (const FlowIndex flow : graph_.outgoing(node)) add_impossible_flow(from, flow);
  }
  void add_impossible_flow(Place from, FlowIndex flow) {
    if (!has_joins_) return;
    if (net_.never == kNothing) net_.never = net_.add_place(kNone, kNone);
    Split one;
    one.all.push_back(flow_place(flow));
    add({from, net_.never}, one, 0);
  }

  void fill(ScopeIndex scope, NetKind kind, NodeIndex owner, const std::vector<NodeIndex>& members) {
    flow_place_.assign(graph_.flow_count(), kNothing);
    run_place_.assign(graph_.node_count(), kNothing);
    std::vector<bool> is_entry(graph_.node_count(), false);
    net_.initial = net_.add_place(kNone, kNone);
    has_joins_ = std::any_of(members.begin(), members.end(), [&](NodeIndex node) {
      return graph_.node(node).kind == NodeKind::inclusive_gateway && graph_.incoming(node).size() > 1;
    });
    if (kind != NetKind::handler) mark_entries(scope, members, is_entry);

    for (const NodeIndex index : members) add_node(index, is_entry[index]);
    add_start(scope, kind, owner, members, is_entry);
  }

  void mark_entries(ScopeIndex scope, const std::vector<NodeIndex>& members, std::vector<bool>& is_entry) const {
    bool any = false;
    for (const NodeIndex index : members) {
      const FlowNode& node = graph_.node(index);
      const bool instantiates = scope == 0 && node.instantiate && graph_.incoming(index).empty();
      if (node.kind == NodeKind::start_event || instantiates) any = is_entry[index] = true;
    }
    if (any) return;
    for (const NodeIndex index : members) {
      const FlowNode& node = graph_.node(index);
      const bool link = node.kind == NodeKind::intermediate_catch_event && node.event_kind() == EventKind::link;
      if (graph_.incoming(index).empty() && node.kind != NodeKind::boundary_event && !link) is_entry[index] = true;
    }
  }

  void add_start(ScopeIndex scope, NetKind kind, NodeIndex owner, const std::vector<NodeIndex>& members,
                 const std::vector<bool>& is_entry) {
    if (kind == NetKind::handler) {
      add({net_.initial}, split_of(owner), 0);
      return;
    }
    const bool ad_hoc = graph_.scope(scope).owner != kNone &&
                        graph_.node(graph_.scope(scope).owner).kind == NodeKind::ad_hoc_sub_process;
    Split together;
    std::vector<Place> alone;
    for (const NodeIndex index : members) {
      if (!is_entry[index]) continue;
      const FlowNode& node = graph_.node(index);
      Place place = run_place_[index];
      if (ad_hoc) {  // Each may be begun or left; what is begun more than once is begun again after it is done.
        const Place open = net_.add_place(kNone, kNone);
        Split begin;
        begin.all.push_back(place);
        add({open}, begin, 0);
        add({open}, Split{}, 0);
        place = open;
      }
      if (node.kind == NodeKind::start_event || node.instantiate)
        alone.push_back(place);
      else
        together.all.push_back(place);
    }
    if (alone.size() + together.all.size() == 1) {
      net_.initial = alone.empty() ? together.all.front() : alone.front();
      return;
    }
    for (const Place place : alone) {
      Split one;
      one.all.push_back(place);
      add({net_.initial}, one, 0);
    }
    // With nothing to begin with, the scope ends as it begins.
    if (!together.all.empty() || alone.empty()) add({net_.initial}, together, 0);
  }

  void add_node(NodeIndex index, bool is_entry) {
    const FlowNode& node = graph_.node(index);
    if (node.kind == NodeKind::boundary_event) return;  // With its host.
    const bool link_catch = node.kind == NodeKind::intermediate_catch_event && node.event_kind() == EventKind::link;

    std::vector<Place> sources;
    for (const FlowIndex flow : graph_.incoming(index))
      if (carries(flow)) sources.push_back(flow_place(flow));
    const bool waits = runs(node);
    if (is_entry) {
      run_place_[index] = net_.add_place(kNone, index);
    } else if (waits) {
      if (sources.size() == 1)
        run_place_[index] = sources.front();
      else
        run_place_[index] = net_.add_place(kNone, index);
    }
    if (waits && run_place_[index] != kNothing) {
      for (const Place source : sources)
        if (source != run_place_[index]) {
          Split enter;
          enter.all.push_back(run_place_[index]);
          add({source}, enter, 0);
        }
      sources = {run_place_[index]};
      PlaceInfo& place = net_.places[run_place_[index]];
      place.covers = net_.ropes.join(place.covers, net_.ropes.leaf(index));
    } else if (is_entry) {
      sources.push_back(run_place_[index]);
    }

    const Rope step = net_.ropes.leaf(index);
    const bool inclusive_join = node.kind == NodeKind::inclusive_gateway && sources.size() > 1;
    if (node.kind == NodeKind::complex_gateway && sources.size() > 1 && result_.undecidable.empty()) {
      result_.undecidable = "een complexe gateway met meer dan een ingang";
      result_.undecidable_at = index;
    }
    std::vector<std::vector<Place>> from;
    if (node.kind == NodeKind::parallel_gateway || inclusive_join) {
      if (!sources.empty()) from.push_back(sources);
    } else {
      for (const Place source : sources) from.push_back({source});
    }
    if (from.empty()) return;

    if (node.kind == NodeKind::event_based_gateway) {
      add_event_gateway(index, from.front().front(), step);
    } else if (graph::is_activity(node.kind)) {
      add_activity(index, step);
    } else if (node.kind == NodeKind::end_event || node.kind == NodeKind::intermediate_throw_event) {
      const bool leaves = leaves_scope(index);
      if (leaves) {
        for (const auto& in : from) add(in, Split{}, step).exit = true;
      } else if (node.link_target != kNone) {
        add_ways(from, node.link_target, net_.ropes.join(step, net_.ropes.leaf(node.link_target)), false);
      } else {
        add_ways(from, index, step, false);
      }
    } else if (!link_catch || !sources.empty()) {
      add_ways(from, index, step, inclusive_join);
    }
  }

  void add_event_gateway(NodeIndex index, Place place, Rope step) {
    for (const FlowIndex flow : graph_.outgoing(index)) {
      const NodeIndex target = graph_.flow(flow).target;
      if (!carries(flow)) {
        add_ways({{place}}, target, net_.ropes.join(step, net_.ropes.leaf(target)), false);
      } else {  // Not a target the standard allows: the token goes there when it likes.
        Split one;
        one.all.push_back(flow_place(flow));
        add({place}, one, step);
      }
    }
  }

  void add_activity(NodeIndex index, Rope step) {
    std::vector<Place> states = {run_place_[index]};
    std::vector<NodeIndex> open_handlers;
    for (const NodeIndex boundary : graph_.boundary_events(index)) {
      if (takes_no_part(graph_.node(boundary)) || graph_.node(boundary).interrupting) continue;
      if (!outcomes_.can_trigger(boundary)) continue;
      if (extracted_.contains(boundary)) {  // Judged on its own; here it only shows that it can come.
        Split same;
        same.all.push_back(states.front());
        Transition& comes = add({states.front()}, same, net_.ropes.leaf(boundary));
        comes.inside = Inside::handler;
        comes.host = boundary;
      } else {
        open_handlers.push_back(boundary);
      }
    }
    // A handler that meets the main path again: each may come once while the activity runs (three of them: in any
    // combination; more: one of the others), because a second token where they meet is found with the first.
    for (std::size_t i = 0; i < open_handlers.size(); ++i) {
      const std::size_t before = i < 3 ? states.size() : 1;
      for (std::size_t s = 0; s < before; ++s) {
        const Place fired = net_.add_place(kNone, index);
        Split out = split_of(open_handlers[i]);
        out.all.push_back(fired);
        add({states[s]}, out, net_.ropes.leaf(open_handlers[i]));
        states.push_back(fired);
      }
    }
    const bool completes = graph_.node(index).own_scope == kNone || outcomes_.inside(index).completes;
    const bool ends_scope = outcomes_.ends_scope(index);
    const auto tag = [&](std::size_t from, Inside inside) {
      for (; from < net_.transitions.size(); ++from) {
        net_.transitions[from].inside = inside;
        net_.transitions[from].host = index;
      }
    };
    for (const Place state : states) {
      const std::size_t first = net_.transitions.size();
      if (completes)
        add_ways({{state}}, index, step, false);
      else
        add_impossible(state, index);
      tag(first, Inside::all);
      const std::size_t failing = net_.transitions.size();
      // What never completes has been reported inside; here it is no second fault to wait for it.
      if (ends_scope || !completes) {
        Transition& leaves = add({state}, Split{}, 0);
        leaves.exit = true;
        leaves.halts = !ends_scope;
      }
      tag(failing, Inside::failed);
      for (const NodeIndex boundary : graph_.boundary_events(index)) {
        const FlowNode& event = graph_.node(boundary);
        if (takes_no_part(event)) continue;
        if (!outcomes_.can_trigger(boundary)) add_impossible(state, boundary);
        if (!event.interrupting || !outcomes_.can_trigger(boundary)) continue;
        const std::size_t leaving = net_.transitions.size();
        add_ways({{state}}, boundary, net_.ropes.leaf(boundary), false);
        tag(leaving, event.event_kind() == EventKind::error ? Inside::failed : Inside::part);
      }
    }
  }

  const graph::WorkflowGraph& graph_;
  const Surroundings& surroundings_;
  Outcomes outcomes_;
  ProcessNets result_;
  Net net_;
  std::vector<Place> flow_place_, run_place_;
  std::set<NodeIndex> extracted_;
  bool has_joins_ = false;
};

}  // namespace

ProcessNets compile_nets(const graph::WorkflowGraph& graph, const Surroundings& surroundings) {
  return Compiler(graph, surroundings).run();
}

}  // namespace draad::verify::internal
