#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <ostream>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/app/check_report.h"
#include "engine/app/commands.h"
#include "engine/app/finding_text.h"
#include "engine/app/workflow_files.h"
#include "engine/bpmn/unsupported.h"
#include "engine/core/words.h"
#include "engine/rehearsal/simulate.h"

namespace draad::app {
namespace {

using GraphPtr = std::shared_ptr<const graph::WorkflowGraph>;

constexpr std::chrono::seconds kWallBudget{20};

struct SimulateInput {
  std::vector<std::string> files;
  std::string plan;
  bool json = false;
};

// What was read, and why it cannot be played.
struct Stageful {
  std::vector<GraphPtr> graphs;  // Each process once; the first file that has it counts.
  std::vector<rehearsal::MessageLink> links;
  std::vector<std::pair<std::string, Finding>> refusals;  // File, finding.
};

void add_links(const bpmn::Definitions& definitions, std::vector<rehearsal::MessageLink>& links) {
  for (const bpmn::Collaboration& collaboration : definitions.collaborations) {
    // A node, or the process of a participant; a participant without a process is a black box.
    const auto end_of = [&](const std::string& id) {
      for (const bpmn::Participant& participant : collaboration.participants) {
        if (participant.id == id) return std::pair(std::string(), participant.process);
      }
      return std::pair(id, std::string(definitions.process_of(definitions.index_of(id))));
    };
    for (const bpmn::MessageFlow& flow : collaboration.message_flows) {
      auto [source_node, source_process] = end_of(flow.source);
      auto [target_node, target_process] = end_of(flow.target);
      links.push_back(
          {std::move(source_node), std::move(source_process), std::move(target_node), std::move(target_process)});
    }
  }
}

Stageful read(const std::vector<std::string>& paths) {
  Stageful stage;
  std::set<std::string> known;
  for (const std::string& path : paths) {
    WorkflowFile file = read_workflow_file(path);
    if (!file.model.definitions) {
      for (Finding& finding : file.model.findings) stage.refusals.emplace_back(path, std::move(finding));
      continue;
    }
    add_links(*file.model.definitions, stage.links);
    for (GraphPtr& graph : file.model.graphs) {
      if (known.insert(graph->process_id()).second) stage.graphs.push_back(std::move(graph));
    }
  }
  return stage;
}

GraphPtr find_graph(const Stageful& stage, std::string_view id) {
  const auto found = std::find_if(stage.graphs.begin(), stage.graphs.end(),
                                  [id](const GraphPtr& one) { return one->process_id() == id; });
  return found == stage.graphs.end() ? nullptr : *found;
}

// Without a name in the plan: the first process that can begin by itself, else the first.
std::string first_process(const Stageful& stage) {
  for (const GraphPtr& graph : stage.graphs) {
    const auto& entries = graph->scope(0).entries;
    if (!entries.empty() && graph->node(entries.front()).event_kind() == graph::EventKind::none)
      return graph->process_id();
  }
  return stage.graphs.empty() ? std::string() : stage.graphs.front()->process_id();
}

// Whatever is started or called must be able to run.
void refuse_unsupported(Stageful& stage, const rehearsal::Plan& plan, const std::string& file) {
  std::vector<std::string> open = plan.start_first;
  open.push_back(plan.process);
  for (const rehearsal::PlanStep& step : plan.steps) {
    if (const auto* start = std::get_if<rehearsal::plan_step::StartProcess>(&step)) open.push_back(start->process);
  }
  std::set<std::string> seen;
  while (!open.empty()) {
    const std::string id = std::move(open.back());
    open.pop_back();
    const GraphPtr graph = find_graph(stage, id);
    if (graph == nullptr || !seen.insert(id).second) continue;
    for (Finding& finding : bpmn::unsupported(*graph)) stage.refusals.emplace_back(file, std::move(finding));
    for (graph::NodeIndex node = 0; node < graph->node_count(); ++node) {
      if (graph->node(node).kind == graph::NodeKind::call_activity) open.push_back(graph->node(node).called_element);
    }
  }
}

int refuse(const Stageful& stage, bool json, Context& context) {
  if (json) {
    nlohmann::ordered_json trace = rehearsal::refused_trace();
    for (const auto& [file, finding] : stage.refusals) {
      nlohmann::ordered_json one = to_json(finding);
      one["file"] = file;
      trace["findings"].push_back(std::move(one));
    }
    context.out << trace.dump(2) << "\n";
  } else {
    context.err << "Dit kan niet worden gespeeld:\n";
    for (const auto& [file, finding] : stage.refusals) print_finding(file, finding, context, context.err);
  }
  return kExitUnreadable;
}

std::string_view dutch_event(const std::string& event) {
  static const std::map<std::string_view, std::string_view> words = {
      {"activated", "begint"}, {"completed", "klaar"}, {"cancelled", "afgebroken"}, {"taken", "pijl"},
      {"thrown", "verstuurt"}, {"caught", "ontvangt"}, {"waiting", "wacht"},        {"failed", "loopt vast"}};
  const auto found = words.find(event);
  return found == words.end() ? std::string_view(event) : found->second;
}

std::string_view dutch_outcome(rehearsal::RunOutcome outcome) {
  using rehearsal::RunOutcome;
  switch (outcome) {
    case RunOutcome::completed:
      return "afgelopen: er is niets meer te doen";
    case RunOutcome::waiting:
      return "wacht op werk of een gebeurtenis";
    case RunOutcome::stuck:
      return "zit vast: er staat nog iets, maar er kan nooit meer iets komen";
    case RunOutcome::failed:
      return "afgebroken";
    case RunOutcome::error_end:
      return "geëindigd met een fout die nergens is opgevangen";
  }
  return "";
}

void print_trace(const rehearsal::Trace& trace, Context& context) {
  std::string moment;
  for (const rehearsal::TraceEvent& event : trace.events) {
    if (event.event == "activated" || event.event == "taken") continue;  // The rest says enough for a person.
    const std::string t = to_string(event.t);
    if (t != moment) context.out << "na " << t << "\n";
    moment = t;
    context.out << "  [" << event.instance << "] ";
    for (const std::string& scope : event.scope) context.out << scope << " / ";
    context.out << event.element << (event.loop ? " #" + std::to_string(*event.loop + 1) : "") << " "
                << dutch_event(event.event);
    if (!event.detail.empty()) context.out << " (" << event.detail << ")";
    context.out << "\n";
  }
  context.out << "\n";
  for (const rehearsal::TraceInstance& one : trace.instances) {
    context.out << "instantie " << one.id << " van " << one.process
                << (one.parent ? " (aangeroepen door " + *one.parent + ")" : "") << ": " << one.state << "\n";
    for (const auto& [name, value] : one.variables) context.out << "    " << name << " = " << to_text(value) << "\n";
  }
  for (const rehearsal::TraceWaiting& one : trace.waiting)
    context.out << "wacht: [" << one.instance << "] " << one.element << " op " << one.kind << "\n";
  for (const rehearsal::SkippedStep& one : trace.skipped_steps)
    context.out << "stap " << one.step << " overgeslagen: " << one.reason << "\n";
  context.out << "Uitkomst: " << dutch_outcome(trace.outcome);
  if (trace.failed_element) context.out << " bij " << *trace.failed_element;
  if (!trace.reason.empty()) context.out << ". " << trace.reason;
  context.out << "\n";
}

std::optional<rehearsal::Plan> read_plan(const std::string& path, Context& context) {
  if (path.empty()) return rehearsal::Plan{};
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file && text.empty()) {
    wrong_use(context, "Het plan \"" + path + "\" is er niet of mag niet worden gelezen.",
              "Controleer de naam en de map.");
    return std::nullopt;
  }
  rehearsal::PlanResult result = rehearsal::parse_plan(text);
  for (const std::string& fault : result.faults) wrong_use(context, path + ": " + fault, "");
  return std::move(result.plan);
}

// Every process that the plan names must be there.
bool plan_fits(const Stageful& stage, const rehearsal::Plan& plan, Context& context) {
  std::vector<std::string> named = plan.start_first;
  named.push_back(plan.process);
  for (const rehearsal::PlanStep& step : plan.steps) {
    if (const auto* start = std::get_if<rehearsal::plan_step::StartProcess>(&step)) named.push_back(start->process);
  }
  std::vector<std::string_view> ids;
  for (const GraphPtr& graph : stage.graphs) ids.push_back(graph->process_id());
  for (const std::string& id : named) {
    if (find_graph(stage, id) != nullptr) continue;
    std::string all;
    for (const std::string_view one : ids) all += (all.empty() ? "" : ", ") + std::string(one);
    const std::string near = nearest_word(id, ids);
    wrong_use(context, "Het proces \"" + id + "\" van het plan staat niet in de bestanden.",
              near.empty() ? "Wel: " + all + "." : "Bedoelde u \"" + near + "\"?");
    return false;
  }
  return true;
}

int simulate(const SimulateInput& input, Context& context) {
  std::optional<rehearsal::Plan> plan = read_plan(input.plan, context);
  if (!plan) return kExitWrongUse;
  Stageful stage = read(input.files);
  if (!stage.refusals.empty()) return refuse(stage, input.json, context);
  if (plan->process.empty()) plan->process = first_process(stage);
  if (stage.graphs.empty()) {
    Finding finding;
    finding.code = "missing_process";
    finding.severity = Severity::fatal;
    finding.message = "Er staat geen proces in dit bestand.";
    finding.message_en = "Expected a process, but the file holds none.";
    stage.refusals.emplace_back(input.files.front(), std::move(finding));
    return refuse(stage, input.json, context);
  }
  if (!plan_fits(stage, *plan, context)) return kExitWrongUse;
  refuse_unsupported(stage, *plan, input.files.front());
  if (!stage.refusals.empty()) return refuse(stage, input.json, context);

  execute::ReleaseOptions options;
  options.lenient = true;
  execute::ReleaseOutcome release = execute::make_release("simulatie", stage.graphs, options);
  if (release.release == nullptr) {
    for (Finding& finding : release.findings) stage.refusals.emplace_back(input.files.front(), std::move(finding));
    return refuse(stage, input.json, context);
  }
  rehearsal::SimulationBudget budget;
  const auto end = std::chrono::steady_clock::now() + kWallBudget;
  budget.out_of_time = [end] { return std::chrono::steady_clock::now() > end; };
  const rehearsal::Trace trace = rehearsal::simulate(*release.release, *plan, stage.links, budget);
  if (input.json) {
    context.out << rehearsal::to_json(trace).dump(2) << "\n";
  } else {
    print_trace(trace, context);
  }
  return kExitGood;
}

}  // namespace

Command simulate_command() {
  auto input = std::make_shared<SimulateInput>();
  const auto part = [&input](auto& member) {
    return std::shared_ptr<std::remove_reference_t<decltype(member)>>(input, &member);
  };
  return {
      .name = "simulate",
      .summary = "Speelt een BPMN-bestand, van wie dan ook, op een klok die meteen vooruit kan",
      .details =
          "Het eerste bestand bevat het proces; de andere mogen processen bevatten die worden aangeroepen of meedoen.\n"
          "Zonder plan wacht niets en zijn er geen variabelen. Een plan zegt welke taken wachten, wat voorwaarden\n"
          "antwoorden, wat taken doen en welke stappen gezet worden; de vorm staat in engine/docs/cli-json.md.\n\n"
          "Afloop: 0 er is gespeeld (hoe het ook afliep), 2 geweigerd, 3 verkeerd gebruik.\n\n"
          "Voorbeelden:\n"
          "  draad simulate proces.bpmn\n"
          "  draad simulate proces.bpmn --plan plan.json --json",
      .options = {{.name = "BESTAND",
                   .help = "BPMN-bestanden; het eerste bevat het proces",
                   .required = true,
                   .list = part(input->files)},
                  {.name = "--plan", .help = "het plan (JSON)", .value = "BESTAND", .text = part(input->plan)},
                  {.name = "--json", .help = "het verloop als JSON", .flag = part(input->json)}},
      .run = [input](Context& context) { return simulate(*input, context); }};
}

}  // namespace draad::app
