// engine/bpmn/internal/scan.h
//
// Looks at the text of a file before a tree is made of it: is it well-formed XML 1.0, and within the limits? The XML
// library is lenient (it passes unknown entities, repeated attributes, several roots); what would come out of it would
// then not be what went in. Keeps no tree and does not recurse, so that no file can exhaust the stack or the memory
// here.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "engine/bpmn/document.h"

namespace draad::bpmn::internal {

struct Scanned {
  std::size_t element_count = 0;
  std::optional<Finding> fault;
};

[[nodiscard]] Scanned scan(std::string_view text, const Limits& limits);

}  // namespace draad::bpmn::internal
