// engine/bpmn/internal/encoding.h
//
// Bytes of a file as UTF-8 text without a byte-order mark, its line ends as \n (XML 1.0, 2.11), every character one
// that XML allows. Source: XML 1.0, appendix F; the WHATWG encoding standard for windows-1252.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/core/finding.h"

namespace draad::bpmn::internal {

struct Decoded {
  std::string text;
  std::string encoding;          // "UTF-8", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "WINDOWS-1252".
  std::optional<Finding> fault;  // xml_empty, xml_encoding or xml_malformed; `text` is then of no use.
};

[[nodiscard]] Decoded decode(std::string_view bytes);

void append_utf8(std::string& text, char32_t character);
[[nodiscard]] bool is_xml_character(char32_t character);  // XML 1.0, 2.2.

// The character at `offset` of valid UTF-8, which moves behind it.
[[nodiscard]] char32_t next_character(std::string_view text, std::size_t& offset);

}  // namespace draad::bpmn::internal
