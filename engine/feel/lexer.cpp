#include "engine/feel/internal/lexer.h"

#include <array>
#include <optional>

#include "engine/feel/internal/utf8.h"

namespace draad::feel {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<char32_t> hexadecimal(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  char32_t code = 0;
  for (const char c : text.substr(at, count)) {
    const int digit = is_digit(c)            ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return std::nullopt;
    code = code * 16 + static_cast<char32_t>(digit);
  }
  return code;
}

struct Escape {
  char32_t code = 0;
  std::size_t bytes = 0;  // 0: none we know.
};

// What stands at `at`, which is a backslash: \n \r \t \" \' \\ \u0000 \U000000 (FEEL grammar rule 64). A character
// beyond the first plane may be written as two \u, as in JSON.
Escape escape_at(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return {};
  switch (text[at + 1]) {
    case 'n':
      return {'\n', 2};
    case 'r':
      return {'\r', 2};
    case 't':
      return {'\t', 2};
    case '"':
      return {'"', 2};
    case '\'':
      return {'\'', 2};
    case '\\':
      return {'\\', 2};
    case 'u': {
      const auto first = hexadecimal(text, at + 2, 4);
      if (!first) return {};
      if (*first < 0xd800 || *first > 0xdfff) return {*first, 6};
      const auto second = text.substr(at + 6, 2) == "\\u" ? hexadecimal(text, at + 8, 4) : std::nullopt;
      if (*first > 0xdbff || !second || *second < 0xdc00 || *second > 0xdfff) return {};
      return {0x10000 + ((*first - 0xd800) << 10) + (*second - 0xdc00), 12};
    }
    case 'U': {
      const auto code = hexadecimal(text, at + 2, 6);
      if (!code || *code > 0x10ffff || (*code >= 0xd800 && *code <= 0xdfff)) return {};
      return {*code, 8};
    }
    default:
      return {};
  }
}

}  // namespace

Token Lexer::made(TokenKind kind, std::size_t begin, std::size_t end, std::string text) const {
  return {kind, begin, text_.substr(begin, end - begin), std::move(text)};
}

Token Lexer::token_at(std::size_t at) const {
  Character next = character_at(text_, at);
  while (next.bytes > 0 && is_space(next.code)) {
    at += next.bytes;
    next = character_at(text_, at);
  }
  if (at >= text_.size()) return made(TokenKind::end, text_.size(), text_.size());
  if (next.bytes == 0) return made(TokenKind::bad, at, at + 1, "Expected text in UTF-8, but found a byte that is none");
  if (next.code == '"') return string_at(at);
  if (is_digit(text_[at]) || (text_[at] == '.' && at + 1 < text_.size() && is_digit(text_[at + 1])))
    return number_at(at);
  if (is_name_start(next.code)) return name_at(at);
  return symbol_at(at);
}

// A point belongs to the name when the name goes on behind it: `casus.leeftijd`, but not the range `[van..tot]`.
Token Lexer::name_at(std::size_t at) const {
  std::size_t end = at;
  while (true) {
    const Character next = character_at(text_, end);
    if (next.bytes > 0 && is_name_part(next.code)) {
      end += next.bytes;
    } else if (next.code == '.' && is_name_part(character_at(text_, end + 1).code)) {
      end += 1;
    } else {
      return made(TokenKind::name, at, end);
    }
  }
}

Token Lexer::number_at(std::size_t at) const {
  std::size_t end = at;
  const auto digits = [&] {
    while (end < text_.size() && is_digit(text_[end])) ++end;
  };
  digits();
  if (end + 1 < text_.size() && text_[end] == '.' && is_digit(text_[end + 1])) {
    ++end;
    digits();
  }
  return made(TokenKind::number, at, end);
}

Token Lexer::string_at(std::size_t at) const {
  std::string content;
  std::size_t end = at + 1;
  while (true) {
    const Character next = character_at(text_, end);
    if (end >= text_.size() || next.code == '\n' || next.code == '\r') {
      return made(TokenKind::bad, at, end, "Expected a closing \" of the text that begins here, but found none");
    }
    if (next.bytes == 0)
      return made(TokenKind::bad, end, end + 1, "Expected text in UTF-8, but found a byte that is none");
    if (next.code == '"') return made(TokenKind::string, at, end + 1, std::move(content));
    if (next.code == '\\') {
      const Escape escape = escape_at(text_, end);
      if (escape.bytes == 0) {
        return made(TokenKind::bad, end, end + 1,
                    R"(Expected \n, \r, \t, \", \', \\, \u and four or \U and six digits, but found another \)");
      }
      append_character(content, escape.code);
      end += escape.bytes;
    } else {
      content.append(text_, end, next.bytes);
      end += next.bytes;
    }
  }
}

Token Lexer::symbol_at(std::size_t at) const {
  static constexpr std::array<std::string_view, 9> kLong{"<=", ">=", "!=", "..", "**", "==", "<>", "&&", "||"};
  for (const std::string_view symbol : kLong) {
    if (text_.substr(at, 2) == symbol) return made(TokenKind::symbol, at, at + 2);
  }
  return made(TokenKind::symbol, at, at + character_at(text_, at).bytes);
}

}  // namespace draad::feel
