// math, utf8 and datum. The first two take what is harmless from Lua's own libraries: no random, no trigonometry (its
// last digit differs per machine). datum counts with civil days; there is no clock.
#include "engine/core/time.h"
#include "engine/rules/internal/lua_state.h"

namespace draad::rules::lua {
namespace {

// Keeps only these fields of the table at the top.
void keep(lua_State* lua, std::initializer_list<const char*> names) {
  lua_createtable(lua, 0, static_cast<int>(names.size()));
  for (const char* name : names) {
    lua_getfield(lua, -2, name);
    lua_setfield(lua, -2, name);
  }
  lua_remove(lua, -2);
}

// Pays for the length of the first argument, then does what Lua does.
int paid(lua_State* lua) {
  if (lua_type(lua, 1) == LUA_TSTRING) State::of(lua).charge(static_cast<std::int64_t>(lua_rawlen(lua, 1)) + 1);
  State::of(lua).charge(lua_gettop(lua));
  return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

void wrap(lua_State* lua, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    lua_getfield(lua, -1, name);
    lua_pushcclosure(lua, &paid, 1);
    lua_setfield(lua, -2, name);
  }
}

Date date_at(lua_State* lua, int index) {
  std::size_t size = 0;
  const char* text = luaL_checklstring(lua, index, &size);
  const bool shaped = size == 10;
  const Result<Date> date = shaped ? parse_date({text, size}) : Result<Date>(Error{});
  if (!date) luaL_argerror(lua, index, "datum verwacht, zoals '2026-03-02'");
  return date.value();
}

void push_date(lua_State* lua, const Date& date) {
  const std::string text = draad::to_string(date);
  lua_pushlstring(lua, text.data(), text.size());
}

// datum.plus("2026-01-31", "P1M") -> "2026-02-28"
int date_plus(lua_State* lua) {
  State::of(lua).charge(50);
  const Date date = date_at(lua, 1);
  std::size_t size = 0;
  const char* text = luaL_checklstring(lua, 2, &size);
  const Result<Duration> duration = size <= 40 ? parse_duration({text, size}) : Result<Duration>(Error{});
  if (!duration || duration->milliseconds != 0)
    return luaL_argerror(lua, 2, "duur in dagen, maanden of jaren verwacht, zoals 'P5D'");
  const auto limited = [](std::int32_t part) { return part >= -100'000 && part <= 100'000; };
  if (!limited(duration->years / 100) || !limited(duration->months / 100) || !limited(duration->days)) {
    return luaL_argerror(lua, 2, "de duur is te lang");
  }
  if (duration->years > 1000 || duration->months > 12'000) return luaL_argerror(lua, 2, "de duur is te lang");
  push_date(lua, add(date, *duration));
  return 1;
}

// datum.dagen_tussen("2026-03-02", "2026-03-09") -> 7
int date_between(lua_State* lua) {
  State::of(lua).charge(50);
  const auto from = std::chrono::sys_days(date_at(lua, 1));
  const auto to = std::chrono::sys_days(date_at(lua, 2));
  lua_pushinteger(lua, (to - from).count());
  return 1;
}

// datum.weekdag("2026-03-02") -> 1 (Monday) to 7
int date_weekday(lua_State* lua) {
  State::of(lua).charge(50);
  const std::chrono::weekday day(std::chrono::sys_days(date_at(lua, 1)));
  lua_pushinteger(lua, static_cast<lua_Integer>(day.iso_encoding()));
  return 1;
}

}  // namespace

void open_math(lua_State* lua) {
  lua_pushcfunction(lua, luaopen_math);
  lua_call(lua, 0, 1);
  keep(lua,
       {"abs", "ceil", "floor", "fmod", "huge", "max", "maxinteger", "min", "mininteger", "tointeger", "type", "ult"});
  wrap(lua, {"max", "min"});
}

void open_utf8(lua_State* lua) {
  lua_pushcfunction(lua, luaopen_utf8);
  lua_call(lua, 0, 1);
  keep(lua, {"char", "charpattern", "codepoint", "codes", "len", "offset"});
  wrap(lua, {"char", "codepoint", "codes", "len", "offset"});
}

void open_dates(lua_State* lua) {
  static constexpr luaL_Reg kFunctions[] = {
      {"plus", date_plus}, {"dagen_tussen", date_between}, {"weekdag", date_weekday}, {nullptr, nullptr}};
  lua_createtable(lua, 0, 4);
  luaL_setfuncs(lua, kFunctions, 0);
}

}  // namespace draad::rules::lua
