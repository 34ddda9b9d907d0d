// engine/feel/internal/utf8.h
//
// Just enough UTF-8: the character at a place, writing one, and counting.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace draad::feel {

struct Character {
  char32_t code = 0;
  std::size_t bytes = 0;  // 0: no valid character here.
};

[[nodiscard]] Character character_at(std::string_view text, std::size_t at);
void append_character(std::string& text, char32_t code);
[[nodiscard]] std::size_t count_characters(std::string_view text);

[[nodiscard]] bool is_name_start(char32_t code);  // FEEL grammar rule 28.
[[nodiscard]] bool is_name_part(char32_t code);   // Rule 29.
[[nodiscard]] bool is_space(char32_t code);       // Rules 61 and 62.

}  // namespace draad::feel
