// engine/core/internal/scan.h
//
// A position in a text, and what the readers of times and numbers do with it: take a character, take digits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace draad::internal {

// For an error message: in quotes, cut off, and without what a terminal might obey.
[[nodiscard]] inline std::string quoted(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::string result = "\"";
  for (const char c : text.substr(0, kLongest)) {
    result += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  }
  return result + (text.size() > kLongest ? "...\"" : "\"");
}

struct Scanner {
  std::string_view text;
  std::size_t at = 0;

  [[nodiscard]] bool done() const { return at == text.size(); }
  [[nodiscard]] char peek() const { return done() ? '\0' : text[at]; }
  [[nodiscard]] bool sees_digit() const { return peek() >= '0' && peek() <= '9'; }

  bool take(char c) {
    if (done() || text[at] != c) return false;
    ++at;
    return true;
  }

  // At least one digit; at most 18, so that the value fits and leading zeros cannot run on for ever.
  std::optional<std::int64_t> digits() {
    constexpr std::size_t kMost = 18;
    const std::size_t begin = at;
    std::int64_t value = 0;
    while (sees_digit()) {
      if (at - begin == kMost) return std::nullopt;
      value = value * 10 + (text[at++] - '0');
    }
    if (at == begin) return std::nullopt;
    return value;
  }

  std::optional<int> exactly(int count) {
    int value = 0;
    for (int i = 0; i < count; ++i) {
      if (!sees_digit()) return std::nullopt;
      value = value * 10 + (text[at++] - '0');
    }
    return value;
  }

  // The digits behind a decimal sign as thousandths; finer digits are read and dropped.
  std::optional<int> thousandths() {
    if (!sees_digit()) return std::nullopt;
    int value = 0;
    int place = 100;
    while (sees_digit()) {
      value += place * (text[at++] - '0');
      place /= 10;
    }
    return value;
  }
};

}  // namespace draad::internal
