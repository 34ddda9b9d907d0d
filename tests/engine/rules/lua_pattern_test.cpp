// Our string functions beside Lua's own, on thousands of generated cases: results, counts and errors must be the same.
#include <gtest/gtest.h>

#include <lua.hpp>
#include <random>

#include "engine/rules/internal/lua_pattern.h"
#include "engine/rules/internal/lua_state.h"

namespace draad::rules::lua {
namespace {

// What a call of string.<function> gives, as text: every result with its type, or the start of the error.
std::string outcome(lua_State* lua, int string_table, const char* function, const std::vector<std::string>& texts,
                    const std::vector<lua_Integer>& numbers) {
  lua_getfield(lua, string_table, function);
  const int base = lua_gettop(lua);
  for (const std::string& text : texts) lua_pushlstring(lua, text.data(), text.size());
  for (const lua_Integer number : numbers) lua_pushinteger(lua, number);
  const int arguments = static_cast<int>(texts.size() + numbers.size());
  std::string said;
  if (lua_pcall(lua, arguments, LUA_MULTRET, 0) != LUA_OK) {
    said = std::string("error: ") + lua_tostring(lua, -1);
  } else {
    for (int i = base; i <= lua_gettop(lua); ++i) {
      if (lua_isfunction(lua, i)) {  // gmatch: walk it.
        for (int steps = 0; steps < 200; ++steps) {
          lua_pushvalue(lua, i);
          const int before = lua_gettop(lua);
          if (lua_pcall(lua, 0, LUA_MULTRET, 0) != LUA_OK) {
            said += std::string("|error: ") + lua_tostring(lua, -1);
            lua_settop(lua, before - 1);
            break;
          }
          const bool ended = lua_gettop(lua) < before || lua_isnil(lua, before);
          for (int k = before; k <= lua_gettop(lua); ++k) {
            said += std::string(";") + luaL_typename(lua, k) + ":" +
                    (lua_isnil(lua, k) ? "" : luaL_tolstring(lua, k, nullptr));
            if (!lua_isnil(lua, k)) lua_pop(lua, 1);
          }
          lua_settop(lua, before - 1);
          if (ended) break;
        }
        continue;
      }
      said += std::string("|") + luaL_typename(lua, i) + ":";
      std::size_t size = 0;
      if (const char* text = lua_tolstring(lua, i, &size)) said.append(text, size);
    }
  }
  lua_settop(lua, base - 1);
  return said;
}

class Beside : public ::testing::Test {
 protected:
  void SetUp() override {
    real_ = luaL_newstate();
    luaL_requiref(real_, "string", luaopen_string, 0);
    ours_ = State::make(Budget{});
    ASSERT_NE(ours_, nullptr);
    open_string(ours_->lua());
  }
  void TearDown() override { lua_close(real_); }

  void same(const char* function, const std::vector<std::string>& texts, const std::vector<lua_Integer>& numbers = {}) {
    const std::string theirs = outcome(real_, 1, function, texts, numbers);
    ours_->meter().steps = 10'000'000;
    const std::string mine = outcome(ours_->lua(), 1, function, texts, numbers);
    std::string shown = function;
    for (const std::string& text : texts) shown += " [" + text + "]";
    for (const lua_Integer number : numbers) shown += " " + std::to_string(number);
    ASSERT_EQ(mine, theirs) << shown;
  }

  lua_State* real_ = nullptr;
  std::unique_ptr<State> ours_;
};

std::string random_subject(std::mt19937& random, std::size_t most) {
  static constexpr std::string_view kLetters("aab(b)c1 %.-[]x\0\n\xe9", 18);
  std::string text;
  for (std::size_t size = random() % (most + 1); text.size() < size;)
    text.push_back(kLetters[random() % kLetters.size()]);
  return text;
}

std::string random_pattern(std::mt19937& random) {
  static const std::vector<std::string> kItems = {
      "a",   "b",    "c",  ".",  "%a", "%d", "%s", "%w",   "%p",     "%A",     "%S", "[abc]", "[^a]", "[a-c]",  "[%w_]",
      "[]]", "[^]]", "(",  ")",  "()", "%1", "%2", "%b()", "%f[%w]", "%f[^a]", "$",  "^",     "%%",   "%",      "[",
      "[a",  "%b",   "%f", "[%", "-",  "*",  "%z", "\xe9", "%x",     "%u",     "%g", "%c",    "[a-]", "[%a-z]", "%bab"};
  static const std::vector<std::string> kSuffixes = {"", "", "", "*", "+", "-", "?"};
  std::string pattern = random() % 6 == 0 ? "^" : "";
  const bool capture = random() % 3 == 0;
  if (capture) pattern += "(";
  for (std::size_t count = random() % 5; count > 0; --count) {
    pattern += kItems[random() % (random() % 3 == 0 ? kItems.size() : 17)] + kSuffixes[random() % kSuffixes.size()];
  }
  if (capture) pattern += ")";
  if (random() % 8 == 0) pattern += "$";
  return pattern;
}

TEST_F(Beside, FindsMatchesAndReplacesTheSame) {
  std::mt19937 random(20260302);
  static const std::vector<std::string> kReplacements = {"", "x", "%0", "<%1>", "%2", "%%", "%", "%a", "a%0b"};
  for (int round = 0; round < 12'000; ++round) {
    const std::string subject = random_subject(random, 24);
    const std::string pattern = random_pattern(random);
    const auto start = static_cast<lua_Integer>(random() % 40) - 15;
    same("find", {subject, pattern});
    same("find", {subject, pattern}, {start});
    same("match", {subject, pattern}, {start});
    same("gmatch", {subject, pattern});
    same("gsub", {subject, pattern, kReplacements[random() % kReplacements.size()]});
    same("gsub", {subject, pattern, kReplacements[random() % kReplacements.size()]},
         {static_cast<lua_Integer>(random() % 4)});
    if (HasFatalFailure()) return;
  }
}

TEST_F(Beside, TheSimplerFunctionsSayTheSame) {
  std::mt19937 random(7);
  for (int round = 0; round < 3'000; ++round) {
    const std::string subject = random_subject(random, 12);
    const auto first = static_cast<lua_Integer>(random() % 30) - 15;
    const auto last = static_cast<lua_Integer>(random() % 30) - 15;
    same("sub", {subject}, {first, last});
    same("byte", {subject}, {first, last});
    same("rep", {subject}, {first});
    same("len", {subject});
    same("reverse", {subject});
    same("find", {subject, subject.substr(0, random() % (subject.size() + 1))}, {first});
    if (HasFatalFailure()) return;
  }
  for (const char* format : {"%d", "%5d",  "%-5d|",  "%05d",  "%x", "%X", "%o",    "%+d", "% d", "%c",     "%.3d",
                             "%s", "%10s", "%-10s|", "%5.1f", "%e", "%g", "%.14g", "%i",  "%%",  "%5s%%%d"}) {
    same("format", {format}, {65, 66});
    same("format", {format}, {-12345, 0});
  }
  same("format", {"%s|%5s|%.2s|%-6s|", "een", "twee", "drie", "vier"});
  same("upper", {"aZ09_z"});
  same("lower", {"aZ09_Z"});
}

TEST_F(Beside, DeepPatternsFailTheSame) {
  const std::string many(250, 'a');
  std::string optional;
  for (int i = 0; i < 250; ++i) optional += "a?";
  same("find", {many, optional});
  std::string captures;
  for (int i = 0; i < 40; ++i) captures += "(a)";
  same("find", {many, captures});
  same("gsub", {many, "(a)(a)(a)", "%3%2%1"});
}

TEST(Matcher, StopsWhenItsStepsAreSpent) {
  const std::string subject(300, 'a');
  std::int64_t steps = 100'000;
  Matcher matcher(subject, ".-.-.-.-b", steps);
  try {
    static_cast<void>(matcher.match_at(subject.data()));
    FAIL() << "it should have stopped";
  } catch (const PatternFault& fault) {
    EXPECT_EQ(fault.message, nullptr);
  }
  EXPECT_LT(steps, 0);
}

}  // namespace
}  // namespace draad::rules::lua
