// engine/rehearsal/workflow_set.h
//
// The workflows and forms that a scenario plays: BPMN files (a folder means every .bpmn file directly in it) as one
// release, and the folder of forms beside them. Every fault of every file is told, as "file:line: text mend". Threads:
// a WorkflowSet is immutable.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/casework/form.h"
#include "engine/execute/release.h"

namespace draad::rehearsal {

struct WorkflowBytes {
  std::string path;  // Name within the set: "nvm.bpmn", "formulieren/F1-signaal.json".
  std::string content;
};

struct WorkflowSet {
  std::shared_ptr<const execute::Release> release;
  std::map<std::string, std::shared_ptr<const casework::Form>, std::less<>> forms;
  std::vector<WorkflowBytes> files;  // Everything it was read from, as it was.
};

struct WorkflowSetResult {
  std::shared_ptr<const WorkflowSet> set;  // Null when there are faults.
  std::vector<std::string> faults;
};

// `workflows` and `forms` are relative to `base`; `forms` may be empty: `formulieren` in or beside the first workflow's
// folder, where there is one.
[[nodiscard]] WorkflowSetResult load_workflow_set(const std::filesystem::path& base,
                                                  const std::vector<std::string>& workflows, const std::string& forms);

}  // namespace draad::rehearsal
