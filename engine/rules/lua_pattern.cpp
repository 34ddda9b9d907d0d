#include "engine/rules/internal/lua_pattern.h"

#include <cstring>

namespace draad::rules::lua {
namespace {

constexpr char kEscape = '%';

// The C locale's classes, spelled out: <cctype> follows the machine's setting.
bool lower(unsigned char c) {
  return c >= 'a' && c <= 'z';
}
bool upper(unsigned char c) {
  return c >= 'A' && c <= 'Z';
}
bool digit(unsigned char c) {
  return c >= '0' && c <= '9';
}
bool graph(unsigned char c) {
  return c > ' ' && c < 127;
}
bool control(unsigned char c) {
  return c < ' ' || c == 127;
}
bool space(unsigned char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool in_class(unsigned char c, unsigned char name) {
  const auto small = static_cast<unsigned char>(upper(name) ? name - 'A' + 'a' : name);
  bool holds = false;
  switch (small) {
    case 'a':
      holds = lower(c) || upper(c);
      break;
    case 'c':
      holds = control(c);
      break;
    case 'd':
      holds = digit(c);
      break;
    case 'g':
      holds = graph(c);
      break;
    case 'l':
      holds = lower(c);
      break;
    case 'p':
      holds = graph(c) && !lower(c) && !upper(c) && !digit(c);
      break;
    case 's':
      holds = space(c);
      break;
    case 'u':
      holds = upper(c);
      break;
    case 'w':
      holds = lower(c) || upper(c) || digit(c);
      break;
    case 'x':
      holds = digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      break;
    case 'z':  // Left over from Lua 5.1, but still there.
      holds = c == 0;
      break;
    default:
      return name == c;
  }
  return upper(name) ? !holds : holds;
}

}  // namespace

bool is_plain(std::string_view pattern) {
  return pattern.find_first_of("^$*+?.([%-") == std::string_view::npos;
}

Matcher::Matcher(std::string_view subject, std::string_view pattern, std::int64_t& steps)
    : begin_(subject.data()),
      end_(subject.data() + subject.size()),
      pattern_begin_(pattern.data()),
      pattern_end_(pattern.data() + pattern.size()),
      steps_(&steps) {}

const char* Matcher::match_at(const char* at) {
  level_ = 0;
  depth_ = kDepthMax;
  step();
  return match(at, pattern_begin_);
}

Matcher::Capture Matcher::capture(int index) const {
  if (index >= level_) {
    if (index != 0) throw PatternFault{"invalid capture index", index + 1};
    return {};  // The caller takes the whole match.
  }
  const Capture& found = captures_[static_cast<std::size_t>(index)];
  if (found.size == kOpen) throw PatternFault{"unfinished capture"};
  return found;
}

const char* Matcher::class_end(const char* p) const {
  if (*p++ == kEscape) {
    if (p == pattern_end_) throw PatternFault{"malformed pattern (ends with '%')"};
    return p + 1;
  }
  if (p[-1] != '[') return p;
  if (p < pattern_end_ && *p == '^') ++p;
  do {  // Look for a ']'; the first character may be one itself.
    if (p == pattern_end_) throw PatternFault{"malformed pattern (missing ']')"};
    if (*p++ == kEscape) {
      if (p == pattern_end_) throw PatternFault{"malformed pattern (missing ']')"};
      ++p;
    }
  } while (p == pattern_end_ || *p != ']');
  return p + 1;
}

bool Matcher::in_set(unsigned char c, const char* p, const char* end) const {
  bool found = true;
  if (p[1] == '^') {
    found = false;
    ++p;
  }
  while (++p < end) {
    if (*p == kEscape) {
      ++p;
      if (in_class(c, static_cast<unsigned char>(*p))) return found;
    } else if (p[1] == '-' && p + 2 < end) {
      p += 2;
      if (static_cast<unsigned char>(p[-2]) <= c && c <= static_cast<unsigned char>(*p)) return found;
    } else if (static_cast<unsigned char>(*p) == c) {
      return found;
    }
  }
  return !found;
}

bool Matcher::single(const char* s, const char* p, const char* end) const {
  if (s >= end_) return false;
  const auto c = static_cast<unsigned char>(*s);
  switch (*p) {
    case '.':
      return true;
    case kEscape:
      return in_class(c, static_cast<unsigned char>(p[1]));
    case '[':
      return in_set(c, p, end - 1);
    default:
      return static_cast<unsigned char>(*p) == c;
  }
}

const char* Matcher::balance(const char* s, const char* p) {
  if (p + 1 >= pattern_end_) throw PatternFault{"malformed pattern (missing arguments to '%b')"};
  if (s >= end_ || *s != *p) return nullptr;
  const char open = *p;
  const char close = p[1];
  int depth = 1;
  while (++s < end_) {
    step();
    if (*s == close) {
      if (--depth == 0) return s + 1;
    } else if (*s == open) {
      ++depth;
    }
  }
  return nullptr;
}

const char* Matcher::expand_max(const char* s, const char* p, const char* end) {
  std::ptrdiff_t count = 0;
  while (single(s + count, p, end)) {
    step();
    ++count;
  }
  for (; count >= 0; --count) {
    step();
    if (const char* found = match(s + count, end + 1)) return found;
  }
  return nullptr;
}

const char* Matcher::expand_min(const char* s, const char* p, const char* end) {
  for (;;) {
    step();
    if (const char* found = match(s, end + 1)) return found;
    if (!single(s, p, end)) return nullptr;
    ++s;
  }
}

const char* Matcher::start_capture(const char* s, const char* p, std::ptrdiff_t what) {
  if (level_ >= kCapturesMax) throw PatternFault{"too many captures"};
  captures_[static_cast<std::size_t>(level_)] = {s, what};
  ++level_;
  const char* found = match(s, p);
  if (found == nullptr) --level_;
  return found;
}

int Matcher::capture_to_close() const {
  for (int index = level_ - 1; index >= 0; --index) {
    if (captures_[static_cast<std::size_t>(index)].size == kOpen) return index;
  }
  throw PatternFault{"invalid pattern capture"};
}

const char* Matcher::end_capture(const char* s, const char* p) {
  Capture& open = captures_[static_cast<std::size_t>(capture_to_close())];
  open.size = s - open.begin;
  const char* found = match(s, p);
  if (found == nullptr) open.size = kOpen;
  return found;
}

int Matcher::check_reference(unsigned char digit_char) const {
  const int index = digit_char - '1';
  if (index < 0 || index >= level_ || captures_[static_cast<std::size_t>(index)].size == kOpen) {
    throw PatternFault{"invalid capture index", index + 1};
  }
  return index;
}

const char* Matcher::back_reference(const char* s, unsigned char digit_char) {
  const Capture& found = captures_[static_cast<std::size_t>(check_reference(digit_char))];
  // A position capture compares as Lua does: its length is an impossible size, which never fits.
  if (found.size < 0) return nullptr;
  const auto size = static_cast<std::size_t>(found.size);
  *steps_ -= static_cast<std::int64_t>(size / 16);
  if (static_cast<std::size_t>(end_ - s) >= size && std::memcmp(found.begin, s, size) == 0) return s + size;
  return nullptr;
}

const char* Matcher::match(const char* s, const char* p) {
  if (depth_-- == 0) throw PatternFault{"pattern too complex"};
  bool again = true;
  const char* found = nullptr;
  while (again) {
    step();
    found = match_once(s, p, again);
  }
  ++depth_;
  return found;
}

// One item of the pattern. `again`: go on with the new s and p; otherwise the result stands.
const char* Matcher::match_once(const char*& s, const char*& p, bool& again) {
  again = false;
  if (p == pattern_end_) return s;
  switch (*p) {
    case '(':
      if (p + 1 < pattern_end_ && p[1] == ')') return start_capture(s, p + 2, kPosition);
      return start_capture(s, p + 1, kOpen);
    case ')':
      return end_capture(s, p + 1);
    case '$':
      if (p + 1 == pattern_end_) return s == end_ ? s : nullptr;
      break;
    case kEscape:
      if (p + 1 < pattern_end_) {
        const auto next = static_cast<unsigned char>(p[1]);
        if (next == 'b') {
          s = balance(s, p + 2);
          if (s == nullptr) return nullptr;
          p += 4;
          again = true;
          return nullptr;
        }
        if (next == 'f') {
          p += 2;
          if (p == pattern_end_ || *p != '[') throw PatternFault{"missing '[' after '%f' in pattern"};
          const char* end = class_end(p);
          const auto before = static_cast<unsigned char>(s == begin_ ? '\0' : s[-1]);
          const auto here = static_cast<unsigned char>(s == end_ ? '\0' : *s);
          if (in_set(before, p, end - 1) || !in_set(here, p, end - 1)) return nullptr;
          p = end;
          again = true;
          return nullptr;
        }
        if (digit(next)) {
          s = back_reference(s, next);
          if (s == nullptr) return nullptr;
          p += 2;
          again = true;
          return nullptr;
        }
      }
      break;
    default:
      break;
  }
  const char* end = class_end(p);
  const char suffix = end < pattern_end_ ? *end : '\0';
  if (!single(s, p, end)) {
    if (suffix != '*' && suffix != '?' && suffix != '-') return nullptr;
    p = end + 1;
    again = true;
    return nullptr;
  }
  switch (suffix) {
    case '?':
      if (const char* found = match(s + 1, end + 1)) return found;
      p = end + 1;
      again = true;
      return nullptr;
    case '+':
      return expand_max(s + 1, p, end);
    case '*':
      return expand_max(s, p, end);
    case '-':
      return expand_min(s, p, end);
    default:
      ++s;
      p = end;
      again = true;
      return nullptr;
  }
}

}  // namespace draad::rules::lua
