// How long a check takes: the shipped workflows, and made models from a chain to twenty branches side by side.
// Goals: 100 elements under 1 ms; a chain of 1,000 and twenty branches under 10 ms; ten nested blocks with loops under 100 ms;
// reading plus checking all of workflows/ under 50 ms. Reading is left out except where the name says so.

#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "engine/bpmn/compile.h"
#include "engine/verify/verify.h"

namespace {

namespace fs = std::filesystem;
using draad::verify::Input;

class Drawing {
 public:
  std::string node(const std::string& type) {
    const std::string id = "N" + std::to_string(count_++);
    text_ += "<" + type + " id=\"" + id + "\"/>\n";
    return id;
  }
  void flow(const std::string& from, const std::string& to) {
    text_ += "<sequenceFlow id=\"F" + std::to_string(count_++) + "\" sourceRef=\"" + from + "\" targetRef=\"" + to + "\"/>\n";
  }
  std::string task_after(const std::string& before) {
    std::string id = node("userTask");
    flow(before, id);
    return id;
  }
  [[nodiscard]] Input input() const {
    const auto model = draad::bpmn::load(
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" targetNamespace=\"urn:bench\"><process id=\"P\">" +
        text_ + "</process></definitions>");
    Input input;
    input.processes = model.graphs;
    return input;
  }

 private:
  std::string text_;
  int count_ = 0;
};

void check(benchmark::State& state, const Input& input) {
  double markings = 0;
  for (auto round : state) {
    const draad::verify::Report report = draad::verify::verify(input);
    markings += static_cast<double>(report.processes.front().states);
    if (report.processes.front().sound != true) state.SkipWithError("this model is sound, but the check says otherwise");
  }
  state.counters["markings/s"] = benchmark::Counter(markings, benchmark::Counter::kIsRate);
}

void chain(benchmark::State& state) {
  Drawing drawing;
  std::string last = drawing.node("startEvent");
  for (std::int64_t i = 2; i < state.range(0); ++i) last = drawing.task_after(last);
  drawing.flow(last, drawing.node("endEvent"));
  check(state, drawing.input());
}
BENCHMARK(chain)->Arg(10)->Arg(100)->Arg(1000)->Arg(5000)->Unit(benchmark::kMicrosecond);

void branches_side_by_side(benchmark::State& state) {
  Drawing drawing;
  const std::string split = drawing.node("parallelGateway"), join = drawing.node("parallelGateway");
  drawing.flow(drawing.node("startEvent"), split);
  for (std::int64_t i = 0; i < state.range(0); ++i)
    drawing.flow(drawing.task_after(drawing.task_after(drawing.task_after(split))), join);
  drawing.flow(join, drawing.node("endEvent"));
  check(state, drawing.input());
}
BENCHMARK(branches_side_by_side)->Arg(2)->Arg(5)->Arg(10)->Arg(20)->Unit(benchmark::kMicrosecond);

void nested_blocks_with_loops(benchmark::State& state) {
  Drawing drawing;
  std::string before = drawing.node("startEvent");
  std::vector<std::string> joins;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    const std::string split = drawing.node("parallelGateway"), join = drawing.node("parallelGateway");
    drawing.flow(before, split);
    const std::string again = drawing.node("exclusiveGateway"), choice = drawing.node("exclusiveGateway");
    drawing.flow(split, again);
    drawing.flow(drawing.task_after(again), choice);
    drawing.flow(choice, again);
    drawing.flow(choice, join);
    before = drawing.task_after(split);
    joins.push_back(join);
  }
  for (auto join = joins.rbegin(); join != joins.rend(); ++join) {
    drawing.flow(before, *join);
    before = *join;
  }
  drawing.flow(before, drawing.node("endEvent"));
  check(state, drawing.input());
}
BENCHMARK(nested_blocks_with_loops)->Arg(3)->Arg(10)->Unit(benchmark::kMicrosecond);

void rows_of_choices(benchmark::State& state) {
  Drawing drawing;
  std::string last = drawing.node("startEvent");
  for (std::int64_t i = 0; i * 7 < state.range(0); ++i) {
    const std::string split = drawing.node("inclusiveGateway"), join = drawing.node("inclusiveGateway");
    drawing.flow(last, split);
    for (int branch = 0; branch < 3; ++branch) drawing.flow(drawing.task_after(split), join);
    last = drawing.task_after(join);
  }
  drawing.flow(last, drawing.node("endEvent"));
  check(state, drawing.input());
}
BENCHMARK(rows_of_choices)->Arg(100)->Arg(1000)->Unit(benchmark::kMicrosecond);

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void reading_and_checking_all_of_workflows(benchmark::State& state) {
  const fs::path folder = fs::path(DRAAD_SOURCE_DIR) / "workflows" / "landelijk";
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".bpmn") paths.push_back(entry.path());
  const auto safeguards = draad::verify::parse_safeguards(contents(folder / "waarborgen.txt")).file;
  const bool with_safeguards = state.range(0) != 0;
  for (auto round : state) {
    std::vector<draad::bpmn::Model> models;
    for (const fs::path& path : paths) models.push_back(draad::bpmn::load(contents(path)));
    for (std::size_t i = 0; i < models.size(); ++i) {
      Input input;
      input.definitions = models[i].definitions ? &*models[i].definitions : nullptr;
      input.processes = models[i].graphs;
      input.publication_gate = true;
      for (std::size_t other = 0; other < models.size(); ++other)
        if (other != i) input.others.insert(input.others.end(), models[other].graphs.begin(), models[other].graphs.end());
      draad::verify::Options options;
      // Safeguards hold for whole casussen, so the main process is where they are checked.
      if (with_safeguards && paths[i].filename() == "nvm.bpmn") options.safeguards = &safeguards;
      benchmark::DoNotOptimize(draad::verify::verify(input, options));
    }
  }
  state.counters["files"] = static_cast<double>(paths.size());
}
BENCHMARK(reading_and_checking_all_of_workflows)->ArgName("safeguards")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
