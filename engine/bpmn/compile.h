// engine/bpmn/compile.h
//
// From what a file says to what runs: one process of `definitions` becomes an immutable WorkflowGraph. Everything the
// file says about execution is in the graph, also what this engine cannot run (unsupported.h tells which); data
// objects, stores, associations, annotations and groups do not run and stay in the Document. The graph is there
// whenever it can be built, also beside errors, so that a file with faults can still be judged; it is null only when
// there is no such process, or not even a part of it holds together. Reading faults (dangling references, ...) are
// read_definitions()'s and are not repeated here.
//   Codes: process_not_found, unknown_extension, invalid_extension, invalid_value, link_without_pair, link_ambiguous,
//   plus those of read_definitions() for what only shows here.
// Threads: pure.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/bpmn/definitions.h"
#include "engine/core/finding.h"
#include "engine/graph/workflow_graph.h"

namespace draad::bpmn {

struct CompileResult {
  std::shared_ptr<const graph::WorkflowGraph> graph;
  std::vector<Finding> findings;
};

[[nodiscard]] CompileResult compile(const Definitions& definitions, std::string_view process_id);

// A whole file, read and compiled: every process of it, in document order.
struct Model {
  std::optional<Definitions> definitions;  // Nothing when a finding is fatal.
  std::vector<std::shared_ptr<const graph::WorkflowGraph>> graphs;
  std::vector<Finding> findings;  // Of reading and of compiling.

  [[nodiscard]] std::shared_ptr<const graph::WorkflowGraph> find(std::string_view process_id) const;  // Null: no such.
};

[[nodiscard]] Model load(std::string_view bytes, const Limits& limits = {});

}  // namespace draad::bpmn
