// The compiled process as a graph: numbering, faults, reach into inclusive joins, dominators, loops.

#include "engine/graph/workflow_graph.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/graph/internal/ways.h"

namespace draad::graph {
namespace {

// "S A; A B" and the like: flows named F0, F1, ... between nodes whose kind the first letter tells.
class Builder {
 public:
  Builder() : builder_("P", "Proces") {}

  NodeIndex node(const std::string& id, NodeKind kind, ScopeIndex scope = 0) {
    FlowNode node;
    node.id = id;
    node.kind = kind;
    node.scope = scope;
    return builder_.add_node(std::move(node));
  }
  NodeIndex task(const std::string& id, ScopeIndex scope = 0) { return node(id, NodeKind::task, scope); }
  FlowIndex flow(const std::string& source, const std::string& target) {
    return builder_.add_flow("F" + std::to_string(flow_count_++), source, target, {});
  }
  GraphBuilder& raw() { return builder_; }
  std::shared_ptr<const WorkflowGraph> finish() {
    auto result = std::move(builder_).finish();
    EXPECT_TRUE(result.has_value()) << result.error().message;
    return std::move(result).value();
  }

 private:
  GraphBuilder builder_;
  int flow_count_ = 0;
};

TEST(WorkflowGraph, KeepsDocumentOrder) {
  Builder builder;
  builder.node("S", NodeKind::start_event);
  builder.task("A");
  builder.task("B");
  builder.flow("S", "B");
  builder.flow("S", "A");
  builder.flow("B", "A");
  const auto graph = builder.finish();
  EXPECT_EQ(graph->process_name(), "Proces");
  EXPECT_EQ(std::vector(graph->outgoing(0).begin(), graph->outgoing(0).end()), (std::vector<FlowIndex>{0, 1}));
  EXPECT_EQ(std::vector(graph->incoming(1).begin(), graph->incoming(1).end()), (std::vector<FlowIndex>{1, 2}));
  EXPECT_TRUE(graph->outgoing(1).empty());
  EXPECT_EQ(graph->find_node("B"), 2u);
  EXPECT_EQ(graph->find_flow("F2"), 2u);
  EXPECT_EQ(graph->find_node("C"), std::nullopt);
  EXPECT_EQ(graph->scope(0).nodes, (std::vector<NodeIndex>{0, 1, 2}));
}

TEST(WorkflowGraph, RefusesAFlowToNowhere) {
  Builder builder;
  builder.task("A");
  builder.flow("A", "B");
  auto result = std::move(builder.raw()).finish();
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, ErrorCode::invalid);
  EXPECT_EQ(result.error().where, "F0");
}

TEST(WorkflowGraph, ReportsAllFaultsTogether) {
  Builder builder;
  builder.task("A");
  builder.task("A");
  builder.task("");
  builder.flow("X", "Y");
  const NodeIndex gateway = builder.node("G", NodeKind::exclusive_gateway);
  builder.raw().node(gateway).default_flow = 0;
  const auto faults = builder.raw().faults();
  std::vector<ErrorCode> codes;
  for (const Error& fault : faults) codes.push_back(fault.code);
  EXPECT_EQ(codes, (std::vector{ErrorCode::conflict, ErrorCode::invalid, ErrorCode::invalid, ErrorCode::invalid,
                                ErrorCode::invalid}));
}

TEST(WorkflowGraph, AFlowAndANodeMayNotShareAnId) {
  Builder builder;
  builder.task("F0");
  builder.task("B");
  builder.flow("F0", "B");
  EXPECT_EQ(std::move(builder.raw()).finish().error().code, ErrorCode::conflict);
}

TEST(WorkflowGraph, BeginsAtNoneStartEventsElseWhereNothingComesIn) {
  Builder with_start;
  with_start.node("S", NodeKind::start_event);
  with_start.task("A");
  EXPECT_EQ(with_start.finish()->scope(0).entries, std::vector<NodeIndex>{0});

  Builder without;
  const NodeIndex message = without.node("M", NodeKind::start_event);
  without.raw().node(message).events.push_back(
      {EventKind::message, {}, {}, {}, {}, TimerKind::duration, {}, {}, {}, false, false});
  without.task("A");
  without.task("B");
  const NodeIndex boundary = without.node("R", NodeKind::boundary_event);
  without.raw().node(boundary).attached_to = 1;
  without.node("E", NodeKind::event_sub_process);
  const NodeIndex handler = without.task("H");
  without.raw().node(handler).for_compensation = true;
  const NodeIndex link = without.node("L", NodeKind::intermediate_catch_event);
  without.raw().node(link).events.push_back(
      {EventKind::link, {}, {}, {}, {}, TimerKind::duration, {}, {}, {}, false, false});
  without.flow("A", "B");
  const auto graph = without.finish();
  EXPECT_EQ(graph->scope(0).entries, (std::vector<NodeIndex>{message, 1}));
  EXPECT_EQ(graph->scope(0).event_sub_processes, std::vector<NodeIndex>{4});
  EXPECT_EQ(graph->boundary_events(1).front(), boundary);
}

TEST(WorkflowGraph, GivesEverySubProcessItsScope) {
  Builder builder;
  const NodeIndex outer = builder.node("Sub", NodeKind::sub_process);
  const ScopeIndex scope = builder.raw().add_scope(0, outer);
  builder.node("S", NodeKind::start_event, scope);
  const NodeIndex inner = builder.node("Event", NodeKind::event_sub_process, scope);
  const ScopeIndex nested = builder.raw().add_scope(scope, inner);
  builder.task("T", nested);
  const auto graph = builder.finish();
  EXPECT_EQ(graph->scope_count(), 3u);
  EXPECT_EQ(graph->node(outer).own_scope, scope);
  EXPECT_EQ(graph->scope(nested).parent, scope);
  EXPECT_EQ(graph->scope(nested).owner, inner);
  EXPECT_EQ(graph->scope(scope).event_sub_processes, std::vector<NodeIndex>{inner});
  EXPECT_EQ(graph->scope(0).nodes, std::vector<NodeIndex>{outer});
}

// S -> split -> {A, B} -> join -> C -> back to split; B has a boundary event that leads to D -> join; a link K -> L ->
// join.
struct JoinGraph {
  std::shared_ptr<const WorkflowGraph> graph;
  FlowIndex from_a, from_b, from_d, from_l, to_c, back, into_a;
};
JoinGraph join_graph() {
  Builder builder;
  JoinGraph made;
  builder.node("S", NodeKind::start_event);
  builder.node("split", NodeKind::inclusive_gateway);
  builder.task("A");
  builder.task("B");
  const NodeIndex boundary = builder.node("R", NodeKind::boundary_event);
  builder.raw().node(boundary).attached_to = 3;
  builder.task("D");
  const NodeIndex thrower = builder.node("K", NodeKind::intermediate_throw_event);
  const NodeIndex catcher = builder.node("L", NodeKind::intermediate_catch_event);
  builder.raw().node(thrower).link_target = catcher;
  builder.node("join", NodeKind::inclusive_gateway);
  builder.task("C");
  builder.flow("S", "split");
  made.into_a = builder.flow("split", "A");
  builder.flow("split", "B");
  builder.flow("split", "K");
  made.from_a = builder.flow("A", "join");
  made.from_b = builder.flow("B", "join");
  builder.flow("R", "D");
  made.from_d = builder.flow("D", "join");
  made.from_l = builder.flow("L", "join");
  made.to_c = builder.flow("join", "C");
  made.back = builder.flow("C", "split");
  made.graph = builder.finish();
  return made;
}

std::string members(const WorkflowGraph& graph, FlowIndex flow) {
  std::string ids;
  for (NodeIndex i = 0; i < graph.node_count(); ++i)
    if (graph.reaches(flow).test(i)) ids += graph.node(i).id + " ";
  return ids;
}

TEST(Reach, FollowsFlowsLinksAndBoundaryEventsButNeverThroughTheJoin) {
  const JoinGraph made = join_graph();
  EXPECT_EQ(members(*made.graph, made.from_a), "S split A C ");
  EXPECT_EQ(members(*made.graph, made.from_b), "S split B C ");
  EXPECT_EQ(members(*made.graph, made.from_d), "S split B R D C ");
  EXPECT_EQ(members(*made.graph, made.from_l), "S split K L C ");
  EXPECT_TRUE(made.graph->reaches(made.to_c).empty());
  // `split` has two incoming flows too, so it is a join as well: what follows it may come back.
  EXPECT_EQ(members(*made.graph, made.back), "A B R D K L join C ");
}

TEST(Reach, OfATokenOnAFlowIsThatOfItsTarget) {
  const JoinGraph made = join_graph();
  EXPECT_TRUE(made.graph->flow_reaches(made.into_a, made.from_a));
  EXPECT_FALSE(made.graph->flow_reaches(made.into_a, made.from_b));
  EXPECT_TRUE(made.graph->flow_reaches(made.from_a, made.from_a));
  EXPECT_FALSE(made.graph->flow_reaches(made.from_a, made.from_b)) << "it would have to pass the join";
  EXPECT_TRUE(made.graph->flow_reaches(made.to_c, made.from_b)) << "around the loop";
}

TEST(Reach, OfAFlowFromTheJoinToItselfIsEmpty) {
  Builder builder;
  builder.node("S", NodeKind::start_event);
  builder.node("J", NodeKind::inclusive_gateway);
  builder.flow("S", "J");
  const FlowIndex loop = builder.flow("J", "J");
  const auto graph = builder.finish();
  EXPECT_EQ(members(*graph, loop), "");
  EXPECT_TRUE(graph->on_cycle(1));
}

TEST(Reach, HasALimit) {
  Builder builder;
  builder.node("J", NodeKind::inclusive_gateway);
  for (int i = 0; i < 50'000; ++i) {
    builder.task("T" + std::to_string(i));
    builder.flow("T" + std::to_string(i), "J");
  }
  const auto result = std::move(builder.raw()).finish();
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, ErrorCode::limit);
  EXPECT_EQ(result.error().where, "J");
}

TEST(Dominators, OfADiamondWithALoop) {
  Builder builder;
  builder.node("S", NodeKind::start_event);
  for (const char* id : {"A", "B", "C", "D", "X"}) builder.task(id);
  for (const auto& [from, to] : {std::pair("S", "A"), {"A", "B"}, {"A", "C"}, {"B", "D"}, {"C", "D"}, {"D", "A"}})
    builder.flow(from, to);
  builder.flow("X", "X");
  const auto graph = builder.finish();
  EXPECT_EQ(graph->immediate_dominator(0), kNone);
  EXPECT_EQ(graph->immediate_dominator(1), 0u);
  EXPECT_EQ(graph->immediate_dominator(4), 1u);
  EXPECT_EQ(graph->immediate_dominator(5), kNone) << "no way leads to it";
  EXPECT_FALSE(graph->on_cycle(0));
  EXPECT_TRUE(graph->on_cycle(1) && graph->on_cycle(4) && graph->on_cycle(5));
  EXPECT_EQ(graph->component(1), graph->component(4));
  EXPECT_GT(graph->component(0), graph->component(1));
}

// Which nodes are reached when `without` is taken out.
std::vector<bool> reached(std::uint32_t count, const std::vector<internal::Way>& ways,
                          std::span<const NodeIndex> entries, NodeIndex without) {
  std::vector<bool> seen(count, false);
  std::vector<NodeIndex> stack;
  const auto visit = [&](NodeIndex node) {
    if (node == without || seen[node]) return;
    seen[node] = true;
    stack.push_back(node);
  };
  for (const NodeIndex entry : entries) visit(entry);
  while (!stack.empty()) {
    const NodeIndex node = stack.back();
    stack.pop_back();
    for (const auto& [from, to] : ways)
      if (from == node) visit(to);
  }
  return seen;
}

// By definition: a node dominates another when nothing reaches the other without it; the immediate one is the nearest.
TEST(Dominators, AreThoseOfTheDefinitionOnRandomGraphs) {
  std::mt19937 random(20260302);
  for (int round = 0; round < 300; ++round) {
    const auto count = static_cast<std::uint32_t>(2 + random() % 20);
    const auto any = [&] { return static_cast<NodeIndex>(random() % count); };
    std::vector<internal::Way> ways;
    for (std::uint32_t i = 0; i < count * 2; ++i) {
      const NodeIndex from = any();
      ways.emplace_back(from, any());
    }
    const std::vector<NodeIndex> entries = {0, 1};
    const std::vector<bool> all = reached(count, ways, entries, kNone);
    std::vector<std::vector<bool>> without;
    for (NodeIndex i = 0; i < count; ++i) without.push_back(reached(count, ways, entries, i));
    const auto dominates = [&](NodeIndex one, NodeIndex other) {
      return one != other && all[one] && all[other] && !without[one][other];
    };

    const std::vector<NodeIndex> found = internal::dominators(count, ways, entries);
    for (NodeIndex node = 0; node < count; ++node) {
      NodeIndex expected = kNone;
      for (NodeIndex one = 0; one < count; ++one)
        if (dominates(one, node) && (expected == kNone || dominates(expected, one))) expected = one;
      ASSERT_EQ(found[node], expected) << "round " << round << " node " << node;
    }
  }
}

// A chain this long overflows the stack of a recursive algorithm.
TEST(WorkflowGraph, TakesAChainOf300000Tasks) {
  constexpr std::uint32_t kCount = 300'000;
  Builder builder;
  for (std::uint32_t i = 0; i < kCount; ++i) builder.task("T" + std::to_string(i));
  for (std::uint32_t i = 0; i + 1 < kCount; ++i) builder.flow("T" + std::to_string(i), "T" + std::to_string(i + 1));
  const auto graph = builder.finish();
  EXPECT_EQ(graph->immediate_dominator(kCount - 1), kCount - 2);
  EXPECT_EQ(graph->scope(0).entries, std::vector<NodeIndex>{0});
}

TEST(Fingerprint, ChangesWithWhatMattersAndNotWithNamesForPeople) {
  const auto make = [](auto change) {
    Builder builder;
    builder.node("S", NodeKind::start_event);
    builder.task("A");
    builder.flow("S", "A");
    change(builder.raw().node(1));
    return builder.finish()->fingerprint();
  };
  const std::string base = make([](FlowNode&) {});
  EXPECT_EQ(make([](FlowNode& node) { node.name = "Intake"; }), base);
  EXPECT_EQ(make([](FlowNode& node) { node.position = {7, 1}; }), base);
  const std::vector<std::string> changed = {
      make([](FlowNode& node) { node.kind = NodeKind::user_task; }),
      make([](FlowNode& node) { node.annotations.role = "AFM"; }),
      make([](FlowNode& node) { node.annotations.termijn = "P5D"; }),
      make([](FlowNode& node) { node.annotations.calendar = TermijnKalender::werkdagen; }),
      make([](FlowNode& node) {
        node.annotations.inputs.push_back({"x", "1"});
      }),
      make([](FlowNode& node) {
        node.annotations.outputs.push_back({"x", "1"});
      }),
      make([](FlowNode& node) { node.loop = StandardLoop{}; }),
      make([](FlowNode& node) { node.multi_instance = MultiInstance{}; }),
      make([](FlowNode& node) { node.cancel_remaining = false; }),
      make([](FlowNode& node) { node.correlation = "x"; }),
      make([](FlowNode& node) {
        node.default_flow = kNone;
        node.events.emplace_back();
      }),
  };
  for (const std::string& fingerprint : changed) EXPECT_NE(fingerprint, base);
  for (std::size_t i = 0; i < changed.size(); ++i)
    for (std::size_t j = i + 1; j < changed.size(); ++j) EXPECT_NE(changed[i], changed[j]) << i << " " << j;
}

TEST(NodeKinds, AreNamedAsInAFile) {
  EXPECT_EQ(to_string(NodeKind::event_sub_process), "subProcess");
  EXPECT_EQ(to_string(NodeKind::call_activity), "callActivity");
  EXPECT_EQ(to_string(EventKind::cancel), "cancel");
  EXPECT_TRUE(is_event(NodeKind::boundary_event) && !is_event(NodeKind::exclusive_gateway));
  EXPECT_TRUE(is_gateway(NodeKind::complex_gateway) && !is_gateway(NodeKind::task));
  EXPECT_TRUE(is_activity(NodeKind::call_activity) && !is_activity(NodeKind::complex_gateway));
  EXPECT_TRUE(owns_scope(NodeKind::transaction) && !owns_scope(NodeKind::call_activity));
}

TEST(Bitset, HoldsWhatIsSetAndMeets) {
  Bitset left(130), right(70);
  left.set(129);
  left.set(3);
  right.set(69);
  EXPECT_TRUE(left.test(129) && !left.test(128) && !left.test(1000));
  EXPECT_FALSE(left.meets(right));
  right.set(3);
  EXPECT_TRUE(left.meets(right) && right.meets(left));
  left.reset(3);
  EXPECT_FALSE(left.meets(right));
}

}  // namespace
}  // namespace draad::graph
