// engine/rules/internal/lua_pattern.h
//
// Lua 5.4's patterns (classes, sets, * + - ?, captures, %b, %f, back references, anchors), matched with a budget: the
// matcher of Lua itself takes exponential time on '.-.-.-.-b' and no instruction hook can stop it.
// The same subject and pattern give the same result as Lua's own matcher, the same errors included; the test holds them
// side by side. Characters are classified as in the C locale, so that no setting of the machine changes an answer.
// Threads: one matcher, one thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace draad::rules::lua {

// Thrown by the matcher, caught by who called it; never crosses into Lua.
struct PatternFault {
  const char* message;  // nullptr: the budget is spent.
  int capture = 0;      // Which one, where the message ends in "index".
};

class Matcher {
 public:
  static constexpr int kCapturesMax = 32;
  static constexpr int kDepthMax = 200;
  static constexpr std::ptrdiff_t kOpen = -1;
  static constexpr std::ptrdiff_t kPosition = -2;

  struct Capture {
    const char* begin = nullptr;
    std::ptrdiff_t size = 0;  // Or kOpen, kPosition.
  };

  // Both texts must outlive the matcher. `steps` is counted down; at 0 a PatternFault without a message is thrown.
  Matcher(std::string_view subject, std::string_view pattern, std::int64_t& steps);

  // Tries to match exactly at `at` (anchor '^' is the caller's business: pass a pattern without it). nullptr: no match.
  [[nodiscard]] const char* match_at(const char* at);

  [[nodiscard]] int capture_count() const { return level_; }
  // Of the last match. Checked: an unfinished capture is a fault, as in Lua.
  [[nodiscard]] Capture capture(int index) const;

 private:
  const char* match(const char* s, const char* p);
  const char* match_once(const char*& s, const char*& p, bool& again);
  const char* class_end(const char* p) const;
  bool single(const char* s, const char* p, const char* end) const;
  bool in_set(unsigned char c, const char* p, const char* end) const;
  const char* balance(const char* s, const char* p);
  const char* expand_max(const char* s, const char* p, const char* end);
  const char* expand_min(const char* s, const char* p, const char* end);
  const char* start_capture(const char* s, const char* p, std::ptrdiff_t what);
  const char* end_capture(const char* s, const char* p);
  const char* back_reference(const char* s, unsigned char digit);
  int check_reference(unsigned char digit) const;
  int capture_to_close() const;
  void step() {
    if (--*steps_ < 0) throw PatternFault{nullptr};
  }

  const char* begin_;
  const char* end_;
  const char* pattern_begin_;
  const char* pattern_end_;
  std::int64_t* steps_;
  int depth_ = kDepthMax;
  int level_ = 0;
  std::array<Capture, kCapturesMax> captures_;
};

// Whether the pattern holds no special character, so that plain search says the same.
[[nodiscard]] bool is_plain(std::string_view pattern);

}  // namespace draad::rules::lua
