#include "engine/rehearsal/workflow_set.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

#include "engine/bpmn/compile.h"
#include "engine/bpmn/file.h"
#include "engine/bpmn/unsupported.h"

namespace draad::rehearsal {
namespace {

namespace fs = std::filesystem;

std::string place(const std::string& file, const Finding& finding) {
  std::string text = file;
  if (finding.line > 0) text += ":" + std::to_string(finding.line);
  text += ": " + finding.message;
  if (!finding.mend.empty()) text += " " + finding.mend;
  return text;
}

void add_faults(const std::string& file, const std::vector<Finding>& findings, std::vector<std::string>& faults) {
  for (const Finding& finding : findings) {
    if (finding.severity <= Severity::error) faults.push_back(place(file, finding));
  }
}

std::vector<fs::path> files_with(const fs::path& folder, std::string_view extension) {
  std::vector<fs::path> found;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure)) {
    if (entry.path().extension() == extension) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

class Loader {
 public:
  WorkflowSetResult load(const fs::path& base, const std::vector<std::string>& workflows, const std::string& forms) {
    for (const std::string& name : workflows) add_workflow((base / name).lexically_normal());
    if (result_.faults.empty()) make_release();
    if (workflows.empty()) return std::move(result_);
    add_forms(base, (base / workflows.front()).lexically_normal(), forms);
    if (result_.faults.empty()) result_.set = std::make_shared<const WorkflowSet>(std::move(set_));
    return std::move(result_);
  }

 private:
  void add_workflow(const fs::path& path) {
    std::error_code failure;
    if (!fs::is_directory(path, failure)) {
      read(path);
      return;
    }
    const std::vector<fs::path> files = files_with(path, ".bpmn");
    if (files.empty())
      result_.faults.push_back(path.string() + ": in deze map staat geen .bpmn-bestand. Noem een andere map.");
    for (const fs::path& file : files) read(file);
  }

  void read(const fs::path& path) {
    const bpmn::FileResult file = bpmn::read_file(path);
    if (file.fault) {
      result_.faults.push_back(place(path.string(), *file.fault));
      return;
    }
    bpmn::Model model = bpmn::load(*file.bytes);
    set_.files.push_back({path.filename().string(), *file.bytes});
    add_faults(path.string(), model.findings, result_.faults);
    for (auto& graph : model.graphs) {
      add_faults(path.string(), bpmn::unsupported(*graph), result_.faults);
      const auto [at, fresh] = file_of_.emplace(graph->process_id(), path.string());
      if (!fresh) {
        result_.faults.push_back(path.string() + ": proces \"" + graph->process_id() + "\" staat ook in " + at->second +
                                 ". Geef het een ander id, of laad er een.");
        continue;
      }
      graphs_.push_back(std::move(graph));
    }
  }

  void make_release() {
    execute::ReleaseOutcome outcome = execute::make_release("repetitie", graphs_);
    for (const Finding& finding : outcome.findings) {
      if (finding.severity > Severity::error) continue;
      const auto file = file_of_.find(finding.process);
      result_.faults.push_back(place(file == file_of_.end() ? "workflow" : file->second, finding));
    }
    set_.release = std::move(outcome.release);
  }

  void add_forms(const fs::path& base, const fs::path& first_workflow, const std::string& forms) {
    std::error_code failure;
    fs::path folder;
    if (!forms.empty()) {
      folder = (base / forms).lexically_normal();
      if (!fs::is_directory(folder, failure)) {
        result_.faults.push_back(folder.string() +
                                 ": deze map met formulieren is er niet. Verbeter het pad achter formulieren.");
        return;
      }
    } else {
      const fs::path home = fs::is_directory(first_workflow, failure) ? first_workflow : first_workflow.parent_path();
      folder = home / "formulieren";
      if (!fs::is_directory(folder, failure)) folder = (home / ".." / "formulieren").lexically_normal();
      if (!fs::is_directory(folder, failure)) return;
    }
    for (const fs::path& path : files_with(folder, ".json")) {
      std::ifstream file(path, std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(file), {}};
      const std::string name = path.stem().string();
      casework::FormResult form = casework::read_form(text, name);
      add_faults(path.string(), form.findings, result_.faults);
      if (form.form) set_.forms.emplace(name, std::move(form.form));
      set_.files.push_back({"formulieren/" + path.filename().string(), text});
    }
  }

  WorkflowSet set_;
  WorkflowSetResult result_;
  std::vector<std::shared_ptr<const graph::WorkflowGraph>> graphs_;
  std::map<std::string, std::string, std::less<>> file_of_;  // Of each process.
};

}  // namespace

WorkflowSetResult load_workflow_set(const fs::path& base, const std::vector<std::string>& workflows,
                                    const std::string& forms) {
  return Loader().load(base, workflows, forms);
}

}  // namespace draad::rehearsal
