// How fast tokens move, beside what the machine can do at most: a walk over the same steps in flat arrays, which keeps
// nothing, explains nothing and cannot be replayed. A token step is one flow node entered and left (activated,
// completed, flow taken).
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "engine/execute/decide.h"
#include "engine/execute/json.h"

namespace draad::execute {
namespace {

using graph::FlowNode;
using graph::GraphBuilder;
using graph::NodeKind;

class Draft {
 public:
  Draft& node(NodeKind kind, const std::string& id) {
    FlowNode node;
    node.id = id;
    node.kind = kind;
    builder_.add_node(std::move(node));
    return *this;
  }
  Draft& flow(const std::string& from, const std::string& to, const std::string& condition = {}) {
    graph::SequenceFlow rest;
    rest.condition = condition;
    rest.has_condition = !condition.empty();
    builder_.add_flow("f" + std::to_string(flows_++), from, to, std::move(rest));
    return *this;
  }
  GraphBuilder& builder() { return builder_; }
  std::shared_ptr<const Release> release() {
    auto graph = std::move(builder_).finish();
    if (!graph) {
      std::cerr << graph.error().message << '\n';
      std::abort();
    }
    auto outcome = make_release("1", {*graph});
    if (!outcome.release) {
      std::cerr << outcome.findings.front().message_en << '\n';
      std::abort();
    }
    return outcome.release;
  }

 private:
  GraphBuilder builder_{"P", "P"};
  int flows_ = 0;
};

Command at_nine(CommandBody body) {
  Command command;
  command.at = Instant{std::chrono::milliseconds{1'772'438'400'000}};
  command.body = std::move(body);
  return command;
}

// A chain that runs through in one command.
void TokenStepsChain(benchmark::State& bench) {
  const auto length = static_cast<int>(bench.range(0));
  Draft draft;
  draft.node(NodeKind::start_event, "n0");
  for (int i = 1; i <= length; ++i)
    draft.node(NodeKind::task, "n" + std::to_string(i)).flow("n" + std::to_string(i - 1), "n" + std::to_string(i));
  const auto release = draft.release();
  const WorkCalendar calendar;
  const Surroundings surroundings{*release, calendar, nullptr, {}};
  const Command start = at_nine(StartCasus{"P", "", {}});
  std::int64_t steps = 0;
  for (auto _ : bench) {
    const auto decision = decide(CasusState{}, start, surroundings);
    benchmark::DoNotOptimize(decision);
    steps += length + 1;
  }
  bench.counters["steps"] = benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
}
BENCHMARK(TokenStepsChain)->Arg(10)->Arg(100)->Arg(1000);

// The limit beside it: the same chain as two arrays.
void TokenStepsFlatArrays(benchmark::State& bench) {
  const auto length = static_cast<std::size_t>(bench.range(0));
  std::vector<std::uint32_t> outgoing(length), target(length);
  for (std::size_t i = 0; i < length; ++i) outgoing[i] = target[i] = static_cast<std::uint32_t>(i + 1);
  std::int64_t steps = 0;
  for (auto _ : bench) {
    std::uint32_t at = 0;
    std::vector<std::uint32_t> active(length + 1);
    while (at < length) {
      --active[at];
      at = target[outgoing[at] - 1];
      ++active[at];
      benchmark::ClobberMemory();
    }
    benchmark::DoNotOptimize(active);
    steps += static_cast<std::int64_t>(length);
  }
  bench.counters["steps"] = benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
}
BENCHMARK(TokenStepsFlatArrays)->Arg(100);

// Split, conditions, joins: the gateways of a usual process, again and again in one command.
void TokenStepsGateways(benchmark::State& bench) {
  constexpr int kBlocks = 20;
  Draft draft;
  draft.node(NodeKind::start_event, "start");
  std::string before = "start";
  for (int i = 0; i < kBlocks; ++i) {
    const std::string n = std::to_string(i);
    draft.node(NodeKind::inclusive_gateway, "s" + n).node(NodeKind::task, "a" + n).node(NodeKind::task, "b" + n);
    draft.node(NodeKind::inclusive_gateway, "j" + n);
    draft.flow(before, "s" + n).flow("s" + n, "a" + n, "leeftijd < 18").flow("s" + n, "b" + n, "vorm = \"arbeid\"");
    draft.flow("a" + n, "j" + n).flow("b" + n, "j" + n);
    before = "j" + n;
  }
  draft.node(NodeKind::end_event, "end").flow(before, "end");
  const auto release = draft.release();
  const WorkCalendar calendar;
  const Surroundings surroundings{*release, calendar, nullptr, {}};
  const Command start = at_nine(StartCasus{"P", "", {{"leeftijd", 17}, {"vorm", "arbeid"}}});
  std::int64_t steps = 0;
  for (auto _ : bench) {
    const auto decision = decide(CasusState{}, start, surroundings);
    benchmark::DoNotOptimize(decision);
    steps += kBlocks * 4 + 2;
  }
  bench.counters["steps"] = benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
}
BENCHMARK(TokenStepsGateways);

std::shared_ptr<const Release> handover() {
  Draft draft;
  draft.node(NodeKind::start_event, "start")
      .node(NodeKind::user_task, "registreren")
      .node(NodeKind::exclusive_gateway, "kies");
  draft.node(NodeKind::user_task, "duiden")
      .node(NodeKind::parallel_gateway, "splits")
      .node(NodeKind::user_task, "zorg");
  draft.node(NodeKind::user_task, "opvang")
      .node(NodeKind::parallel_gateway, "samen")
      .node(NodeKind::end_event, "einde");
  draft.flow("start", "registreren")
      .flow("registreren", "kies")
      .flow("kies", "duiden", "ernst >= 2")
      .flow("kies", "splits", "ernst < 2");
  draft.flow("duiden", "kies")
      .flow("splits", "zorg")
      .flow("splits", "opvang")
      .flow("zorg", "samen")
      .flow("opvang", "samen")
      .flow("samen", "einde");
  for (const char* task : {"registreren", "duiden", "zorg", "opvang"}) {
    FlowNode& node = draft.builder().node(*draft.builder().find_node(task));
    node.annotations.role = "ZCO";
    node.annotations.termijn = "P5D";
  }
  return draft.release();
}

CasusState run_handover(const Release& release, const WorkCalendar& calendar, bool encoded, std::int64_t& commands,
                        std::size_t& bytes) {
  const Surroundings surroundings{release, calendar, nullptr, {}};
  CasusState state;
  const auto send = [&](CommandBody body) {
    auto decision = decide(state, at_nine(std::move(body)), surroundings);
    if (!decision) std::abort();
    if (encoded) bytes += encode(decision->events).size();
    state = std::move(decision->after);
    ++commands;
  };
  send(StartCasus{"P", "", {{"gemeente", "Wieringerdam"}}});
  send(CompleteTask{state.tasks[0].element, "", {{"ernst", 2}}});
  send(CompleteTask{state.tasks[0].element, "", {{"ernst", 1}}});
  send(CompleteTask{state.tasks[0].element, "", {}});
  send(CompleteTask{state.tasks[0].element, "", {}});
  if (!state.is_over()) std::abort();
  return state;
}

// Whole casussen from start to end, five commands each, in memory; with and without writing their events down as text.
void WholeCasus(benchmark::State& bench) {
  const auto release = handover();
  const WorkCalendar calendar;
  std::int64_t commands = 0;
  std::size_t bytes = 0;
  for (auto _ : bench) benchmark::DoNotOptimize(run_handover(*release, calendar, bench.range(0) != 0, commands, bytes));
  bench.counters["commands"] = benchmark::Counter(static_cast<double>(commands), benchmark::Counter::kIsRate);
  bench.counters["bytes_per_command"] = static_cast<double>(bytes) / static_cast<double>(commands);
}
BENCHMARK(WholeCasus)->Arg(0)->Arg(1);

// Reading a journal back: what opening a casus after a restart costs.
void Replay(benchmark::State& bench) {
  const auto release = handover();
  const WorkCalendar calendar;
  const Surroundings surroundings{*release, calendar, nullptr, {}};
  const auto started = decide(CasusState{}, at_nine(StartCasus{"P", "", {{"gemeente", "Wieringerdam"}}}), surroundings);
  const std::string journal = encode(started->events);
  const std::string snapshot = encode(started->after);
  for (auto _ : bench) {
    CasusState state;
    const auto events = decode_events(journal);
    execute::apply(state, *events);
    benchmark::DoNotOptimize(state);
  }
  bench.counters["snapshot_bytes"] = static_cast<double>(snapshot.size());
}
BENCHMARK(Replay);

}  // namespace
}  // namespace draad::execute

BENCHMARK_MAIN();
