#include "engine/execute/release.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <nlohmann/json.hpp>

#include "engine/execute/internal/timer_text.h"

namespace draad::execute {

using graph::FlowNode;
using graph::NodeKind;
using graph::SequenceFlow;

namespace {

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

bool is_feel(std::string_view language) {
  if (language.empty()) return true;
  if (language.size() < 4) return false;
  const std::string_view tail = language.substr(language.size() - 4);
  constexpr std::string_view kFeel = "feel";
  return std::equal(tail.begin(), tail.end(), kFeel.begin(),
                    [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
}

Formula parse_formula(std::string_view text, std::string_view language) {
  Formula formula;
  text = trimmed(text);
  if (text.empty()) return formula;
  if (!is_feel(language)) {
    formula.fault = "de taal " + std::string(language) + " kan hier niet worden uitgevoerd";
    return formula;
  }
  Result<feel::Expression> parsed = feel::parse(text);
  if (parsed) {
    formula.expression = *std::move(parsed);
  } else {
    formula.fault = parsed.error().message;
  }
  return formula;
}

// ${3} and #{3} are how other tools write what we write as 3.
std::string_view without_wrapping(std::string_view text) {
  text = trimmed(text);
  if (text.size() > 3 && (text.starts_with("${") || text.starts_with("#{")) && text.ends_with("}"))
    return trimmed(text.substr(2, text.size() - 3));
  if (text.size() > 1 && text.front() == '=') return trimmed(text.substr(1));
  return text;
}

// The texts between quotes in a condition: what `uitkomst` may be compared with.
std::vector<std::string> quoted_texts(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t at = text.find('"'); at != std::string_view::npos; at = text.find('"', at + 1)) {
    const std::size_t end = text.find('"', at + 1);
    if (end == std::string_view::npos) break;
    found.emplace_back(text.substr(at + 1, end - at - 1));
    at = end;
  }
  return found;
}

constexpr std::string_view kOutcomeFact = "uitkomst";

}  // namespace

// Works out one release and collects every fault on the way.
class ReleaseBuilder {
 public:
  ReleaseBuilder(std::string version, const ReleaseOptions& options) : options_(options) {
    release_ = std::make_shared<Release>();
    release_->version_ = std::move(version);
    release_->lenient_ = options.lenient;
  }

  ReleaseOutcome build(std::vector<std::shared_ptr<const graph::WorkflowGraph>> graphs) {
    std::stable_sort(graphs.begin(), graphs.end(),
                     [](const auto& a, const auto& b) { return a->process_id() < b->process_id(); });
    for (std::size_t i = 1; i < graphs.size(); ++i) {
      if (graphs[i - 1]->process_id() != graphs[i]->process_id()) continue;
      graph_ = graphs[i].get();
      report("duplicate_process", {graph_->process_id()}, {},
             "Het proces '" + graph_->process_id() + "' staat meer dan een keer in deze publicatie.",
             "Expected each process once, but '" + graph_->process_id() + "' occurs twice.",
             "Geef een van beide processen een ander id, of laat het weg.");
    }
    graphs.erase(std::unique(graphs.begin(), graphs.end(),
                             [](const auto& a, const auto& b) { return a->process_id() == b->process_id(); }),
                 graphs.end());
    for (auto& graph : graphs) {
      auto workflow = std::make_shared<Workflow>();
      workflow->graph_ = std::move(graph);
      workflow_ = workflow.get();
      graph_ = workflow_->graph_.get();
      read_workflow();
      release_->workflows_.push_back(std::move(workflow));
    }
    for (const auto& workflow : release_->workflows_) check_calls(*workflow);

    ReleaseOutcome outcome;
    outcome.findings = std::move(findings_);
    const bool failed = std::any_of(outcome.findings.begin(), outcome.findings.end(),
                                    [](const Finding& finding) { return finding.severity <= Severity::error; });
    if (!failed) outcome.release = std::move(release_);
    return outcome;
  }

 private:
  void report(std::string code, std::vector<std::string> elements, graph::SourcePosition position, std::string message,
              std::string message_en, std::string mend) {
    Finding finding;
    finding.code = std::move(code);
    finding.process = graph_->process_id();
    finding.elements = std::move(elements);
    finding.line = position.line;
    finding.column = position.column;
    finding.message = std::move(message);
    finding.message_en = std::move(message_en);
    finding.mend = std::move(mend);
    findings_.push_back(std::move(finding));
  }

  void read_workflow() {
    for (graph::FlowIndex index = 0; index < graph_->flow_count(); ++index) {
      const SequenceFlow& flow = graph_->flow(index);
      Formula formula = parse_formula(flow.condition, flow.language);
      if (flow.has_condition && !formula.present()) formula.fault = "er staat geen voorwaarde in";
      check(formula, flow.id, flow.position, "De voorwaarde op pijl");
      workflow_->flow_conditions_.push_back(std::move(formula));
    }
    workflow_->plans_.resize(graph_->node_count());
    for (NodeIndex index = 0; index < graph_->node_count(); ++index) read_node(index);
    for (NodeIndex index = 0; index < graph_->node_count(); ++index) read_outcomes(index);
    for (NodeIndex index = 0; index < graph_->node_count(); ++index) check_gateway(index);
  }

  void check(const Formula& formula, const std::string& id, graph::SourcePosition position, std::string_view what) {
    if (formula.fault.empty() || options_.lenient) return;
    report("formula_unreadable", {id}, position,
           std::string(what) + " '" + id + "' kan niet worden gelezen: " + formula.fault + ".",
           "Expected an expression that can be run, but '" + id + "' has: " + formula.fault + ".",
           "Schrijf de voorwaarde in FEEL, bijvoorbeeld: leeftijd < 18.");
  }

  Formula node_formula(const FlowNode& node, std::string_view text, std::string_view language, std::string_view what) {
    Formula formula = parse_formula(text, language);
    if (options_.lenient && !formula.fault.empty()) {
      Formula bare = parse_formula(without_wrapping(text), {});
      if (bare.expression) formula = std::move(bare);
    }
    check(formula, node.id, node.position, what);
    return formula;
  }

  TimerSpec node_timer(const FlowNode& node, graph::TimerKind kind, std::string_view text) {
    TimerSpec spec;
    text = trimmed(text);
    if (!text.empty() && text.front() == '=') {
      spec.formula = node_formula(node, text.substr(1), {}, "De tijd van");
      return spec;
    }
    Result<TimerSpec> parsed = internal::parse_timer(kind, options_.lenient ? without_wrapping(text) : text);
    if (parsed) return *std::move(parsed);
    spec.formula.fault = parsed.error().message;
    if (!options_.lenient) {
      report("timer_unreadable", {node.id}, node.position,
             "De tijd van '" + node.id + "' kan niet worden gelezen: " + parsed.error().message + ".",
             "Expected a date, duration or repetition of ISO 8601, but '" + node.id +
                 "' has: " + parsed.error().message + ".",
             "Schrijf bijvoorbeeld P5D, PT24H, 2026-03-02T09:00 of R3/P1D, of een '=' met een FEEL-formule.");
    }
    return spec;
  }

  void read_node(NodeIndex index) {
    const FlowNode& node = graph_->node(index);
    NodePlan& plan = workflow_->plans_[index];
    const std::size_t definitions = std::max<std::size_t>(node.events.size(), 1);
    plan.conditions.resize(definitions);
    plan.correlations.resize(definitions);
    plan.timers.resize(definitions);
    for (std::size_t i = 0; i < node.events.size(); ++i) {
      const graph::EventDefinition& definition = node.events[i];
      if (definition.kind == graph::EventKind::conditional)
        plan.conditions[i] = node_formula(node, definition.expression, definition.language, "De voorwaarde van");
      if (definition.kind == graph::EventKind::timer)
        plan.timers[i] = node_timer(node, definition.timer, definition.expression);
      if (!definition.correlation.empty())
        plan.correlations[i] = node_formula(node, definition.correlation, {}, "De correlatie van");
    }
    if (!node.correlation.empty()) plan.correlations[0] = node_formula(node, node.correlation, {}, "De correlatie van");
    for (const graph::Mapping& input : node.annotations.inputs)
      plan.inputs.push_back({input.target, node_formula(node, input.expression, {}, "Een invoer van")});
    for (const graph::Mapping& output : node.annotations.outputs)
      plan.outputs.push_back({output.target, node_formula(node, output.expression, {}, "Een uitvoer van")});
    if (node.loop)
      plan.loop_condition = node_formula(node, node.loop->condition, node.loop->language, "De herhaling van");
    if (node.multi_instance) {
      const graph::MultiInstance& multi = *node.multi_instance;
      plan.cardinality = node_formula(node, multi.cardinality, multi.language, "Het aantal van");
      plan.collection = node_formula(node, multi.collection, {}, "De verzameling van");
      plan.output_item = node_formula(node, multi.output_item, {}, "Het resultaatelement van");
      plan.completion = node_formula(node, multi.completion_condition, multi.language, "De eindvoorwaarde van");
    } else if (node.kind == NodeKind::ad_hoc_sub_process) {
      plan.completion =
          node_formula(node, node.completion_condition, node.completion_language, "De eindvoorwaarde van");
    }
    if (!node.annotations.termijn.empty())
      plan.termijn = node_timer(node, graph::TimerKind::duration, node.annotations.termijn);
    if (node.annotations.referred_to.starts_with("="))
      plan.referred_to =
          node_formula(node, std::string_view(node.annotations.referred_to).substr(1), {}, "De ontvanger van");
    if (node.kind == NodeKind::event_sub_process) {
      for (const NodeIndex inner : graph_->scope(node.own_scope).nodes) {
        if (graph_->node(inner).kind != NodeKind::start_event) continue;
        plan.start = inner;
        break;
      }
    }
  }

  // The outcomes of a user task: the flows of the exclusive gateway straight behind it, or its own conditional flows.
  void read_outcomes(NodeIndex index) {
    const FlowNode& node = graph_->node(index);
    if (node.kind != NodeKind::user_task || node.multi_instance || node.loop) return;
    NodeIndex chooser = index;
    if (const auto out = graph_->outgoing(index); out.size() == 1) {
      chooser = graph_->flow(out.front()).target;
      if (graph_->node(chooser).kind != NodeKind::exclusive_gateway) return;
    }
    const auto flows = graph_->outgoing(chooser);
    if (flows.size() < 2) return;
    const NodeIndex task = index;
    const graph::FlowIndex otherwise = graph_->node(chooser).default_flow;
    std::size_t conditioned = 0, on_outcome = 0;
    for (const graph::FlowIndex flow : flows) {
      if (!graph_->flow(flow).has_condition) continue;
      ++conditioned;
      const Formula& formula = workflow_->flow_conditions_[flow];
      if (formula.expression && formula.expression->names() == std::vector<std::string>{std::string(kOutcomeFact)})
        ++on_outcome;
    }
    if (chooser == task && conditioned == 0) return;  // A parallel split.
    if (conditioned != on_outcome) return;            // Other facts decide.
    NodePlan& plan = workflow_->plans_[task];
    plan.outcome_decides = conditioned == 0;
    for (const graph::FlowIndex flow : flows) {
      const SequenceFlow& way = graph_->flow(flow);
      if (!way.has_condition && !plan.outcome_decides && flow != otherwise) continue;
      Outcome outcome{flow, way.name.empty() ? way.id : way.name, way.name.empty() ? way.id : way.name};
      if (way.has_condition) outcome.value = value_for(*workflow_->flow_conditions_[flow].expression, outcome.value);
      plan.outcomes.push_back(std::move(outcome));
    }
  }

  static std::string value_for(const feel::Expression& condition, const std::string& name) {
    std::vector<std::string> candidates = quoted_texts(condition.text());
    candidates.push_back(name);
    for (const std::string& candidate : candidates) {
      const Facts facts{{std::string(kOutcomeFact), Value(candidate)}};
      const Result<bool> holds = feel::holds(condition, feel::FactsEnvironment(facts, Instant{}));
      if (holds && *holds) return candidate;
    }
    return name;
  }

  // A flow without a condition out of a gateway that chooses is only right when a person chose it (rule 18).
  void check_gateway(NodeIndex index) {
    const FlowNode& node = graph_->node(index);
    const bool chooses = node.kind == NodeKind::exclusive_gateway || node.kind == NodeKind::inclusive_gateway;
    if (options_.lenient || !chooses || graph_->outgoing(index).size() < 2) return;
    const auto incoming = graph_->incoming(index);
    const bool person_chooses =
        !incoming.empty() && std::all_of(incoming.begin(), incoming.end(), [&](graph::FlowIndex flow) {
          const NodePlan& plan = workflow_->plans_[graph_->flow(flow).source];
          return plan.outcome_decides && graph_->outgoing(graph_->flow(flow).source).size() == 1;
        });
    if (person_chooses) return;
    for (const graph::FlowIndex index_of_flow : graph_->outgoing(index)) {
      const SequenceFlow& flow = graph_->flow(index_of_flow);
      if (flow.has_condition || index_of_flow == node.default_flow) continue;
      report("unconditioned_flow", {flow.id, node.id}, flow.position,
             "De pijl '" + flow.id + "' uit '" + node.id +
                 "' heeft geen voorwaarde; niemand weet wanneer hij gekozen wordt.",
             "Expected a condition on '" + flow.id + "' or a default flow of '" + node.id + "', but found neither.",
             "Geef de pijl een voorwaarde, maak hem de standaardpijl, of zet een gebruikerstaak vlak voor de gateway.");
    }
  }

  void check_calls(const Workflow& workflow) {
    if (options_.lenient) return;
    graph_ = &workflow.graph();
    for (NodeIndex index = 0; index < graph_->node_count(); ++index) {
      const FlowNode& node = graph_->node(index);
      if (node.kind != NodeKind::call_activity || release_->find(node.called_element)) continue;
      report(
          "called_process_missing", {node.id}, node.position,
          "'" + node.id + "' roept het proces '" + node.called_element + "' aan, maar dat zit niet in deze publicatie.",
          "Expected the called process '" + node.called_element + "' in this release, but it is missing.",
          "Publiceer het aangeroepen proces mee, of verbeter de verwijzing.");
    }
  }

  ReleaseOptions options_;
  std::shared_ptr<Release> release_;
  std::vector<Finding> findings_;
  Workflow* workflow_ = nullptr;
  const graph::WorkflowGraph* graph_ = nullptr;
};

std::optional<WorkflowIndex> Release::find(std::string_view process_id) const {
  const auto found = std::lower_bound(workflows_.begin(), workflows_.end(), process_id,
                                      [](const std::shared_ptr<const Workflow>& workflow, std::string_view id) {
                                        return workflow->graph().process_id() < id;
                                      });
  if (found == workflows_.end() || (*found)->graph().process_id() != process_id) return std::nullopt;
  return static_cast<WorkflowIndex>(found - workflows_.begin());
}

std::string Release::table() const {
  nlohmann::json table = nlohmann::json::array();
  for (const auto& workflow : workflows_) {
    const graph::WorkflowGraph& graph = workflow->graph();
    nlohmann::json nodes = nlohmann::json::array(), flows = nlohmann::json::array();
    for (NodeIndex i = 0; i < graph.node_count(); ++i) nodes.push_back(graph.node(i).id);
    for (FlowIndex i = 0; i < graph.flow_count(); ++i) flows.push_back(graph.flow(i).id);
    table.push_back({{"process", graph.process_id()}, {"nodes", std::move(nodes)}, {"flows", std::move(flows)}});
  }
  return table.dump();
}

ReleaseOutcome make_release(std::string version, std::vector<std::shared_ptr<const graph::WorkflowGraph>> graphs,
                            const ReleaseOptions& options) {
  return ReleaseBuilder(std::move(version), options).build(std::move(graphs));
}

}  // namespace draad::execute
