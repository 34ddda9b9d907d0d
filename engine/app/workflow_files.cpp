#include "engine/app/workflow_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "engine/bpmn/file.h"

namespace draad::app {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code failure;
  auto entry = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, failure);
  for (const auto end = fs::recursive_directory_iterator(); !failure && entry != end; entry.increment(failure)) {
    std::error_code unreadable;
    if (entry->path().extension() == ".bpmn" && entry->is_regular_file(unreadable))
      found.push_back(entry->path().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

WorkflowFile read_workflow_file(const std::string& path) {
  WorkflowFile file{path, {}};
  bpmn::FileResult bytes = bpmn::read_file(path);
  if (bytes.fault) {
    file.model.findings.push_back(std::move(*bytes.fault));
  } else {
    file.model = bpmn::load(*bytes.bytes);
  }
  return file;
}

bool WorkflowFile::is_ours() const {
  if (!model.definitions) return false;
  const auto& elements = model.definitions->elements;
  return std::any_of(elements.begin(), elements.end(), [](const bpmn::Element& element) {
    return element.space == bpmn::Space::draad ||
           std::any_of(element.attributes.begin(), element.attributes.end(),
                       [](const bpmn::Attribute& one) { return one.space == bpmn::Space::draad; });
  });
}

WorkflowFiles read_workflow_files(const std::vector<std::string>& paths) {
  WorkflowFiles result;
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code failure;
    if (!fs::is_directory(path, failure)) {
      files.push_back(path);
      continue;
    }
    result.from_folder = true;
    std::vector<std::string> below = files_below(path);
    if (below.empty()) result.empty_folders.push_back(path);
    files.insert(files.end(), below.begin(), below.end());
  }
  for (const std::string& file : files) {
    const bool seen = std::any_of(result.files.begin(), result.files.end(),
                                  [&](const WorkflowFile& other) { return other.path == file; });
    if (!seen) result.files.push_back(read_workflow_file(file));
  }
  return result;
}

}  // namespace draad::app
