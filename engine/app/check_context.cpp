#include "engine/app/check_context.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/verify/verify.h"

namespace draad::app {
namespace {

namespace fs = std::filesystem;

std::string folder_of(const std::string& path) {
  return fs::path(path).parent_path().string();
}

bool calls(const graph::FlowNode& node) {
  return node.kind == graph::NodeKind::call_activity;
}

}  // namespace

CheckContext::CheckContext(const std::vector<WorkflowFile>& files) {
  std::set<std::string> folders, paths;
  for (const WorkflowFile& file : files) {
    add(file);
    paths.insert(fs::path(file.path).lexically_normal().string());
    if (file.is_ours()) folders.insert(folder_of(file.path));
  }
  for (const std::string& folder : folders) {
    std::error_code failure;
    std::vector<std::string> beside;
    for (const auto& entry : fs::directory_iterator(folder.empty() ? fs::path(".") : fs::path(folder), failure)) {
      const std::string path = (fs::path(folder) / entry.path().filename()).lexically_normal().string();
      if (entry.path().extension() == ".bpmn" && !paths.contains(path)) beside.push_back(path);
    }
    std::sort(beside.begin(), beside.end());
    for (const std::string& path : beside) add(read_workflow_file(path));
  }
}

void CheckContext::add(const WorkflowFile& file) {
  for (const GraphPtr& graph : file.model.graphs) {
    known_.emplace(graph->process_id(), graph);
    for (graph::NodeIndex node = 0; node < graph->node_count(); ++node) {
      if (calls(graph->node(node))) called_.emplace(verify::called_process_id(graph->node(node).called_element));
    }
  }
}

std::vector<CheckContext::GraphPtr> CheckContext::called_from(const WorkflowFile& file) const {
  std::vector<GraphPtr> open = file.model.graphs, called;
  std::set<std::string, std::less<>> seen;
  for (const GraphPtr& graph : file.model.graphs) seen.insert(graph->process_id());
  while (!open.empty()) {
    const GraphPtr graph = std::move(open.back());
    open.pop_back();
    for (graph::NodeIndex node = 0; node < graph->node_count(); ++node) {
      if (!calls(graph->node(node))) continue;
      const auto found = known_.find(verify::called_process_id(graph->node(node).called_element));
      if (found == known_.end() || !seen.insert(found->first).second) continue;
      called.push_back(found->second);
      open.push_back(found->second);
    }
  }
  return called;
}

std::optional<verify::SafeguardFile> CheckContext::safeguards_of(const WorkflowFile& file,
                                                                 std::vector<Finding>& findings) const {
  const auto& graphs = file.model.graphs;
  const auto root = std::find_if(graphs.begin(), graphs.end(),
                                 [&](const GraphPtr& graph) { return !called_.contains(graph->process_id()); });
  if (root == graphs.end() || !file.is_ours()) return std::nullopt;
  const std::string& name = (*root)->safeguards();
  const fs::path path = fs::path(folder_of(file.path)) / ((name.empty() ? "waarborgen" : name) + ".txt");
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    if (name.empty()) return std::nullopt;
    Finding finding;
    finding.code = "safeguards_missing";
    finding.process = (*root)->process_id();
    finding.message = "Het proces noemt de waarborgen \"" + name + "\", maar " + path.string() + " is er niet.";
    finding.message_en = "Expected the safeguards file " + path.string() + ", but it is not there";
    finding.mend = "Zet het bestand in de map van het proces, of verbeter de naam achter draad:waarborgen.";
    findings.push_back(std::move(finding));
    return std::nullopt;
  }
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  verify::SafeguardParse parsed = verify::parse_safeguards(text, path.string());
  for (Finding& fault : parsed.faults) {
    // The line is one of the other file.
    fault.message = path.string() + ":" + std::to_string(fault.line) + ": " + fault.message;
    fault.line = 0;
    fault.column = 0;
    findings.push_back(std::move(fault));
  }
  return std::move(parsed.file);
}

}  // namespace draad::app
