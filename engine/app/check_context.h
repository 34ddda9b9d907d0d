// engine/app/check_context.h
//
// What stands around a file that is checked: the processes it may call, whether others call it, and its safeguards.
// Our own workflows are looked at in their folder, also when only one file of it was named: a called process alone says
// nothing about what happened before it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/app/workflow_files.h"
#include "engine/verify/safeguards.h"

namespace draad::app {

class CheckContext {
 public:
  explicit CheckContext(const std::vector<WorkflowFile>& files);

  using GraphPtr = std::shared_ptr<const graph::WorkflowGraph>;
  // Every process that this file calls, directly or not, and that another file has.
  [[nodiscard]] std::vector<GraphPtr> called_from(const WorkflowFile& file) const;
  // The safeguards that must hold from here: none for processes that others call, which are judged with their callers.
  // Faults of the safeguards file itself are added to `findings`. Code of our own: safeguards_missing.
  [[nodiscard]] std::optional<verify::SafeguardFile> safeguards_of(const WorkflowFile& file,
                                                                   std::vector<Finding>& findings) const;

 private:
  void add(const WorkflowFile& file);

  std::map<std::string, GraphPtr, std::less<>> known_;  // The first file that has a process counts.
  std::set<std::string, std::less<>> called_;
};

}  // namespace draad::app
