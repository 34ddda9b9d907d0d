// engine/app/workflow_files.h
//
// The BPMN files that a command line names: files as they stand, folders with everything below them, in order of path.
// Each is read and compiled once.
#pragma once

#include <string>
#include <vector>

#include "engine/bpmn/compile.h"

namespace draad::app {

struct WorkflowFile {
  std::string path;   // As given, or below the folder that was given.
  bpmn::Model model;  // Its findings include those of the file itself (not found, too big).

  // It uses the draad: namespace: one of ours, which must pass the publication gate.
  [[nodiscard]] bool is_ours() const;
};

struct WorkflowFiles {
  std::vector<WorkflowFile> files;
  bool from_folder = false;                // A folder was among the paths.
  std::vector<std::string> empty_folders;  // Folders without a .bpmn file.
};

[[nodiscard]] WorkflowFile read_workflow_file(const std::string& path);
[[nodiscard]] WorkflowFiles read_workflow_files(const std::vector<std::string>& paths);

}  // namespace draad::app
