// engine/bpmn/internal/tree.h
//
// What is inside a Document. Only sources of this module include this.
#pragma once

#include <pugixml.hpp>
#include <string>

#include "engine/bpmn/document.h"

namespace draad::bpmn {

struct Document::Tree {
  std::string text;  // The file in UTF-8, as it was parsed: offsets of nodes point into it.
  std::string encoding;
  std::size_t element_count = 0;
  pugi::xml_document xml;
};

}  // namespace draad::bpmn
