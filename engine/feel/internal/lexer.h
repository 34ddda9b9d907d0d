// engine/feel/internal/lexer.h
//
// Cuts a condition into tokens, one at a time. Keywords are names here; the parser knows where one may stand.
#pragma once

#include <string>
#include <string_view>

#include "engine/core/result.h"

namespace draad::feel {

enum class TokenKind { end, name, number, string, symbol, bad };

struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t at = 0;         // Bytes from the start.
  std::string_view spelling;  // As written.
  std::string text;           // Of a string: what it says. Of a bad one: what is wrong, as "Expected X, but found Y".

  [[nodiscard]] bool is_symbol(std::string_view symbol) const {
    return kind == TokenKind::symbol && spelling == symbol;
  }
  [[nodiscard]] bool is_word(std::string_view word) const { return kind == TokenKind::name && spelling == word; }
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  // The token from byte `at` on; the next one begins at its `at` + spelling.size().
  [[nodiscard]] Token token_at(std::size_t at) const;

 private:
  [[nodiscard]] Token name_at(std::size_t at) const;
  [[nodiscard]] Token number_at(std::size_t at) const;
  [[nodiscard]] Token string_at(std::size_t at) const;
  [[nodiscard]] Token symbol_at(std::size_t at) const;
  [[nodiscard]] Token made(TokenKind kind, std::size_t begin, std::size_t end, std::string text = {}) const;

  std::string_view text_;
};

}  // namespace draad::feel
