// engine/bpmn/internal/findings.h
//
// Short ways to make a Finding.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/finding.h"
#include "engine/graph/workflow_graph.h"

namespace draad::bpmn::internal {

struct Texts {
  std::string nl;  // Dutch, B1.
  std::string en;
  std::string mend;  // Dutch; may be empty.
};

[[nodiscard]] inline Finding finding(std::string_view code, Severity severity, graph::SourcePosition position,
                                     Texts texts, std::vector<std::string> elements = {}) {
  Finding finding;
  finding.code = code;
  finding.severity = severity;
  finding.elements = std::move(elements);
  finding.line = position.line;
  finding.column = position.column;
  finding.message = std::move(texts.nl);
  finding.message_en = std::move(texts.en);
  finding.mend = std::move(texts.mend);
  return finding;
}

}  // namespace draad::bpmn::internal
