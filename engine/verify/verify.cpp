#include "engine/verify/verify.h"

#include <algorithm>

#include "engine/bpmn/unsupported.h"
#include "engine/verify/internal/conditions.h"
#include "engine/verify/internal/safeguard_check.h"
#include "engine/verify/internal/soundness.h"
#include "engine/verify/rules/rule.h"

namespace draad::verify {

std::string_view to_string(Analysis analysis) {
  switch (analysis) {
    case Analysis::exhaustive:
      return "exhaustive";
    case Analysis::structural:
      return "structural";
    case Analysis::bounded:
      break;
  }
  return "bounded";
}

std::string_view called_process_id(std::string_view called_element) {
  const std::size_t colon = called_element.rfind(':');
  return colon == std::string_view::npos ? called_element : called_element.substr(colon + 1);
}

Input with_replacement(Input core, Graph replacement, std::string_view replaces) {
  const std::string_view id = replaces.empty() ? std::string_view(replacement->process_id()) : replaces;
  for (auto* graphs : {&core.processes, &core.others})
    for (Graph& graph : *graphs)
      if (graph->process_id() == id) graph = replacement;
  return core;
}

namespace {

std::vector<Graph> all_graphs(const Input& input) {
  std::vector<Graph> all = input.processes;
  // A process of this file goes before one of the same name elsewhere.
  for (const Graph& other : input.others)
    if (std::none_of(all.begin(), all.end(),
                     [&](const Graph& known) { return known->process_id() == other->process_id(); }))
      all.push_back(other);
  return all;
}

// Processes of this file that nothing known calls: a safeguard speaks of a whole casus.
std::vector<Graph> roots_of(const Input& input, const std::vector<Graph>& all) {
  std::vector<Graph> roots;
  for (const Graph& graph : input.processes) {
    const bool called = std::any_of(all.begin(), all.end(), [&](const Graph& other) {
      for (graph::NodeIndex node = 0; node < other->node_count(); ++node)
        if (other->node(node).kind == graph::NodeKind::call_activity && other != graph &&
            called_process_id(other->node(node).called_element) == graph->process_id())
          return true;
      return false;
    });
    if (!called) roots.push_back(graph);
  }
  return roots;
}

void sort_findings(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.severity, a.line, a.column, a.code) < std::tie(b.severity, b.line, b.column, b.code);
  });
}

}  // namespace

Report verify(const Input& input, const Options& options) {
  Report report;
  internal::Surroundings surroundings;
  const std::vector<Graph> all = all_graphs(input);
  surroundings.called = internal::outcomes_of(all);
  std::set<std::string, std::less<>> known;
  for (const Graph& graph : all) known.insert(graph->process_id());
  for (const Graph& graph : input.processes) {
    if (options.rules) {
      std::vector<Finding> found = check_structure({*graph, input.definitions, known, input.publication_gate});
      std::move(found.begin(), found.end(), std::back_inserter(report.findings));
    }
    ProcessVerdict verdict;
    verdict.id = graph->process_id();
    internal::ConditionsJudgement conditions;
    if (options.conditions || options.with_conditions)
      conditions = internal::judge_conditions(*graph, input.publication_gate, options.out_of_time);
    if (options.conditions)
      std::move(conditions.findings.begin(), conditions.findings.end(), std::back_inserter(report.findings));
    if (options.soundness) {
      internal::Surroundings here = surroundings;
      if (options.with_conditions) here.excluded = &conditions.excluded;
      internal::Judgement judgement = internal::judge(*graph, here, options);
      verdict = std::move(judgement.verdict);
      std::move(judgement.findings.begin(), judgement.findings.end(), std::back_inserter(report.findings));
    }
    for (const Finding& finding : bpmn::unsupported(*graph))
      if (!finding.elements.empty() && std::find(verdict.unsupported.begin(), verdict.unsupported.end(),
                                                 finding.elements.front()) == verdict.unsupported.end())
        verdict.unsupported.push_back(finding.elements.front());
    report.processes.push_back(std::move(verdict));
  }
  if (options.safeguards != nullptr) {
    std::vector<Finding> found =
        internal::check_safeguards(*options.safeguards, roots_of(input, all), all, surroundings, options);
    std::move(found.begin(), found.end(), std::back_inserter(report.findings));
  }
  sort_findings(report.findings);
  return report;
}

}  // namespace draad::verify
