// Reading and compiling: a file of 100 and of 5,000 flow elements, written as a modeler writes it, with its diagram.
// The steps build on each other: document, definitions, graph.

#include <benchmark/benchmark.h>

#include <string>

#include "engine/bpmn/compile.h"

namespace {

// A row of blocks: split, two tasks, inclusive join; nine flow elements each.
std::string made(std::int64_t elements) {
  std::string flow_elements, diagram;
  const auto shape = [&](const std::string& id) {
    diagram += "<bpmndi:BPMNShape id=\"" + id + "_di\" bpmnElement=\"" + id +
               "\"><dc:Bounds x=\"1\" y=\"2\" width=\"100\" height=\"80\"/></bpmndi:BPMNShape>\n";
  };
  const auto node = [&](const std::string& type, const std::string& id) {
    flow_elements += "<bpmn:" + type + " id=\"" + id + "\" name=\"Stap " + id + "\"/>\n";
    shape(id);
  };
  const auto flow = [&](const std::string& from, const std::string& to) {
    const std::string id = "Flow_" + from + "_" + to;
    flow_elements += "<bpmn:sequenceFlow id=\"" + id + "\" sourceRef=\"" + from + "\" targetRef=\"" + to + "\"/>\n";
    diagram += "<bpmndi:BPMNEdge id=\"" + id + "_di\" bpmnElement=\"" + id +
               "\"><di:waypoint x=\"1\" y=\"2\"/><di:waypoint x=\"3\" y=\"4\"/></bpmndi:BPMNEdge>\n";
  };
  node("startEvent", "N0");
  std::string before = "N0";
  for (std::int64_t i = 1; i * 9 <= elements; ++i) {
    const std::string number = std::to_string(i);
    node("inclusiveGateway", "S" + number);
    node("userTask", "A" + number);
    node("serviceTask", "B" + number);
    node("inclusiveGateway", "J" + number);
    flow(before, "S" + number);
    flow("S" + number, "A" + number);
    flow("S" + number, "B" + number);
    flow("A" + number, "J" + number);
    flow("B" + number, "J" + number);
    before = "J" + number;
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<bpmn:definitions "
         "xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
         "xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\" "
         "xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" "
         "xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\" targetNamespace=\"urn:bench\"><bpmn:process id=\"P\">" +
         flow_elements + "</bpmn:process><bpmndi:BPMNDiagram id=\"D\"><bpmndi:BPMNPlane id=\"Pl\" bpmnElement=\"P\">" +
         diagram + "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>";
}

void read_document(benchmark::State& state) {
  const std::string bytes = made(state.range(0));
  for (auto round : state) benchmark::DoNotOptimize(draad::bpmn::read_document(bytes));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes.size()));
}
BENCHMARK(read_document)->Arg(100)->Arg(5000)->Unit(benchmark::kMicrosecond);

void read_definitions(benchmark::State& state) {
  const std::string bytes = made(state.range(0));
  for (auto round : state) benchmark::DoNotOptimize(draad::bpmn::read_definitions(bytes));
}
BENCHMARK(read_definitions)->Arg(100)->Arg(5000)->Unit(benchmark::kMicrosecond);

void read_and_compile(benchmark::State& state) {
  const std::string bytes = made(state.range(0));
  if (!draad::bpmn::load(bytes).find("P")) return state.SkipWithError("the made file does not compile");
  for (auto round : state) benchmark::DoNotOptimize(draad::bpmn::load(bytes));
}
BENCHMARK(read_and_compile)->Arg(100)->Arg(5000)->Unit(benchmark::kMicrosecond);

void round_trip(benchmark::State& state) {
  const std::string bytes = made(state.range(0));
  for (auto round : state) benchmark::DoNotOptimize(draad::bpmn::write(*draad::bpmn::read_document(bytes).document));
}
BENCHMARK(round_trip)->Arg(100)->Arg(5000)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
