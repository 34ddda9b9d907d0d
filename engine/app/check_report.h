// engine/app/check_report.h
//
// What `draad check` found in each file, and how it is written down: text, JSON (engine/docs/cli-json.md), SARIF 2.1.0.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "engine/app/command.h"
#include "engine/app/workflow_files.h"
#include "engine/verify/verify.h"

namespace draad::app {

struct CheckReport {
  std::string file;
  std::vector<verify::ProcessVerdict> processes;
  std::optional<verify::CollaborationVerdict> collaboration;
  std::vector<Finding> findings;  // By place in the file.
  bool readable = true;

  [[nodiscard]] std::size_t count(Severity severity) const;
  // 0, 1 or 2; `fail_on`: the mildest severity that counts as a failure.
  [[nodiscard]] int exit_status(Severity fail_on) const;
};

struct CheckOptions {
  bool with_conditions = false;
  std::string process;  // Only this one; empty: all.
};

// Judges every file; calls are looked up among all of them.
[[nodiscard]] std::vector<CheckReport> check_files(const std::vector<WorkflowFile>& files, const CheckOptions& options);

void print_report(const std::vector<CheckReport>& reports, const Context& context);
[[nodiscard]] nlohmann::ordered_json to_json(const CheckReport& report);
[[nodiscard]] nlohmann::ordered_json to_sarif(const std::vector<CheckReport>& reports, bool english);
[[nodiscard]] nlohmann::ordered_json to_json(const Finding& finding);

}  // namespace draad::app
