#include "engine/app/check_report.h"

#include <algorithm>
#include <chrono>

#include <nlohmann/json.hpp>

#include "engine/app/check_context.h"
#include "engine/app/finding_text.h"
#include "engine/bpmn/unsupported.h"

namespace draad::app {
namespace {

using GraphPtr = std::shared_ptr<const graph::WorkflowGraph>;

void add_once(std::vector<Finding>& findings, Finding finding) {
  const bool known = std::any_of(findings.begin(), findings.end(), [&](const Finding& other) {
    return other.code == finding.code && other.elements == finding.elements && other.process == finding.process &&
           other.line == finding.line && other.constraint == finding.constraint;
  });
  if (!known) findings.push_back(std::move(finding));
}

void order(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.line, a.column, a.severity, a.code) < std::tie(b.line, b.column, b.severity, b.code);
  });
}

// Time for one file; when it is spent the verdict is "not decided".
constexpr std::chrono::seconds kTimeBudget{10};

CheckReport check_file(const WorkflowFile& file, const CheckContext& context, const CheckOptions& options) {
  CheckReport report;
  report.file = file.path;
  report.findings = file.model.findings;
  report.readable = file.model.definitions.has_value();
  if (report.readable) {
    verify::Input input;
    input.definitions = &*file.model.definitions;
    input.publication_gate = file.is_ours();
    input.processes = file.model.graphs;
    input.others = context.called_from(file);
    verify::Options how;
    how.with_conditions = options.with_conditions;
    const auto end = std::chrono::steady_clock::now() + kTimeBudget;
    how.out_of_time = [end] { return std::chrono::steady_clock::now() > end; };
    const std::optional<verify::SafeguardFile> safeguards = context.safeguards_of(file, report.findings);
    how.safeguards = safeguards ? &*safeguards : nullptr;
    verify::Report judged = verify::verify(input, how);
    report.processes = std::move(judged.processes);
    report.collaboration = judged.collaboration;
    // A process of which not even a part holds together has no graph; it is named all the same.
    for (const bpmn::ElementIndex index : file.model.definitions->processes) {
      const std::string& id = file.model.definitions->at(index).id;
      if (file.model.find(id) != nullptr) continue;
      verify::ProcessVerdict unknown;
      unknown.id = id;
      unknown.analysis = verify::Analysis::bounded;
      report.processes.push_back(std::move(unknown));
    }
    for (Finding& finding : judged.findings) add_once(report.findings, std::move(finding));
    for (const GraphPtr& graph : file.model.graphs) {
      for (Finding& finding : bpmn::unsupported(*graph)) add_once(report.findings, std::move(finding));
    }
  }
  if (!options.process.empty()) {
    std::erase_if(report.processes, [&](const verify::ProcessVerdict& one) { return one.id != options.process; });
    std::erase_if(report.findings,
                  [&](const Finding& one) { return !one.process.empty() && one.process != options.process; });
  }
  order(report.findings);
  return report;
}

}  // namespace

std::size_t CheckReport::count(Severity severity) const {
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(),
                                                [severity](const Finding& one) { return one.severity == severity; }));
}

int CheckReport::exit_status(Severity fail_on) const {
  const bool refused = !readable || count(Severity::fatal) > 0 ||
                       std::any_of(processes.begin(), processes.end(),
                                   [](const verify::ProcessVerdict& one) { return !one.unsupported.empty(); });
  if (refused) return kExitUnreadable;
  const bool failed =
      std::any_of(findings.begin(), findings.end(), [fail_on](const Finding& one) { return one.severity <= fail_on; });
  return failed ? kExitFindings : kExitGood;
}

std::vector<CheckReport> check_files(const std::vector<WorkflowFile>& files, const CheckOptions& options) {
  const CheckContext context(files);
  std::vector<CheckReport> reports;
  for (const WorkflowFile& file : files) reports.push_back(check_file(file, context, options));
  return reports;
}

}  // namespace draad::app
