// tests/engine/bpmn/support.h
//
// Small BPMN files made in a test, and short words for what came of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/bpmn/compile.h"

namespace draad::bpmn::test {

inline std::string file(std::string_view inside) {
  return "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:tns=\"urn:test\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:draad=\"urn:rode-draad:bpmn:1\" "
         "xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\" targetNamespace=\"urn:test\">" +
         std::string(inside) + "</definitions>";
}

inline std::string process(std::string_view inside, std::string_view roots = "") {
  return file(std::string(roots) + "<process id=\"P\">" + std::string(inside) + "</process>");
}

inline std::vector<std::string> codes(const std::vector<Finding>& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings) codes.push_back(finding.code);
  return codes;
}

inline std::string text(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings)
    text += finding.code + " " + std::to_string(finding.line) + ":" + std::to_string(finding.column) + " " +
            finding.message_en + "\n";
  return text;
}

struct Compiled {
  std::shared_ptr<const graph::WorkflowGraph> graph;
  std::vector<Finding> findings;
  [[nodiscard]] std::string text() const { return test::text(findings); }
};

// Process P of a file; `roots` stand beside it.
inline Compiled compiled(std::string_view inside, std::string_view roots = "") {
  Model model = load(process(inside, roots));
  return {model.find("P"), std::move(model.findings)};
}

}  // namespace draad::bpmn::test
