#include "engine/app/check_report.h"

#include <algorithm>
#include <map>
#include <ostream>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/app/finding_text.h"
#include "engine/bpmn/unsupported.h"

namespace draad::app {
namespace {

using GraphPtr = std::shared_ptr<const graph::WorkflowGraph>;
using GraphsById = std::map<std::string, GraphPtr, std::less<>>;

void add_once(std::vector<Finding>& findings, Finding finding) {
  const bool known = std::any_of(findings.begin(), findings.end(), [&](const Finding& other) {
    return other.code == finding.code && other.elements == finding.elements && other.process == finding.process &&
           other.line == finding.line;
  });
  if (!known) findings.push_back(std::move(finding));
}

void order(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.line, a.column, a.severity, a.code) < std::tie(b.line, b.column, b.severity, b.code);
  });
}

CheckReport check_file(const WorkflowFile& file, const CheckOptions& options) {
  CheckReport report;
  report.file = file.path;
  report.findings = file.model.findings;
  report.readable = file.model.definitions.has_value();
  for (const GraphPtr& graph : file.model.graphs) {
    if (!options.process.empty() && graph->process_id() != options.process) continue;
    verify::ProcessVerdict verdict;
    verdict.id = graph->process_id();
    for (Finding& finding : bpmn::unsupported(*graph)) {
      if (!finding.elements.empty()) verdict.unsupported.push_back(finding.elements.front());
      add_once(report.findings, std::move(finding));
    }
    report.processes.push_back(std::move(verdict));
  }
  if (!options.process.empty()) {
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
  std::vector<CheckReport> reports;
  for (const WorkflowFile& file : files) reports.push_back(check_file(file, options));
  return reports;
}

}  // namespace draad::app
