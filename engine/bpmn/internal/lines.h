// engine/bpmn/internal/lines.h
//
// From an offset in UTF-8 text to its line and column, both from 1; columns count characters. Quick when the offsets it
// is asked for grow, as they do in a walk in document order.
#pragma once

#include <cstddef>
#include <string_view>

#include "engine/graph/workflow_graph.h"

namespace draad::bpmn::internal {

class LineCursor {
 public:
  explicit LineCursor(std::string_view text) : text_(text) {}

  graph::SourcePosition at(std::size_t offset) {
    if (offset < offset_) *this = LineCursor(text_);
    for (; offset_ < offset && offset_ < text_.size(); ++offset_) {
      const auto byte = static_cast<unsigned char>(text_[offset_]);
      if (byte == '\n') {
        ++position_.line;
        position_.column = 1;
      } else if ((byte & 0xc0u) != 0x80u) {  // Not a continuation byte.
        ++position_.column;
      }
    }
    return position_;
  }

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  graph::SourcePosition position_{1, 1};
};

}  // namespace draad::bpmn::internal
