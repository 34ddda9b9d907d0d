// The basic functions a rule may use. What Lua has and this has not: load, dofile, require, print, collectgarbage,
// rawset, rawget, next, xpcall, coroutines: each opens a way around the budget, around repeatability, or out.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <vector>

#include "engine/rules/internal/lua_call.h"
#include "engine/rules/internal/lua_state.h"
#include "engine/rules/internal/lua_values.h"

namespace draad::rules::lua {
namespace {

int base_type(lua_State* lua) {
  luaL_checkany(lua, 1);
  // A view of a list or group is a table to its reader.
  lua_pushstring(lua, view_at(lua, 1) != nullptr ? "table" : luaL_typename(lua, 1));
  return 1;
}

int base_error(lua_State* lua) {
  const int level = static_cast<int>(luaL_optinteger(lua, 2, 1));
  lua_settop(lua, 1);
  if (lua_type(lua, 1) == LUA_TSTRING && level > 0 && level < 100) {
    luaL_where(lua, level);
    lua_pushvalue(lua, 1);
    lua_concat(lua, 2);
  }
  State::of(lua).note_raised_by_script();
  return lua_error(lua);
}

int base_assert(lua_State* lua) {
  luaL_checkany(lua, 1);
  if (lua_toboolean(lua, 1) != 0) return lua_gettop(lua);
  if (lua_gettop(lua) < 2) {
    luaL_where(lua, 1);
    lua_pushliteral(lua, "assert: de voorwaarde klopt niet");
    lua_concat(lua, 2);
    return lua_error(lua);  // Our own words: these may be shown.
  }
  lua_settop(lua, 2);
  State::of(lua).note_raised_by_script();
  return lua_error(lua);
}

// As Lua's, but a spent budget goes on, and there is no handler that could run after it.
int base_pcall(lua_State* lua) {
  luaL_checkany(lua, 1);
  State& state = State::of(lua);
  state.charge(10);
  lua_pushboolean(lua, 1);
  lua_insert(lua, 1);
  const int status = lua_pcall(lua, lua_gettop(lua) - 2, LUA_MULTRET, 0);
  Meter& meter = state.meter();
  if (status == LUA_ERRMEM && meter.running && meter.spent == Spent::nothing) meter.spent = Spent::memory;
  if (meter.spent != Spent::nothing) state.raise_spent();
  if (status == LUA_OK) return lua_gettop(lua);
  state.forget_raised();
  lua_pushboolean(lua, 0);
  lua_insert(lua, -2);
  return 2;
}

int base_tostring(lua_State* lua) {
  luaL_checkany(lua, 1);
  push_text(lua, 1, nullptr);
  return 1;
}

int base_tonumber(lua_State* lua) {
  std::size_t size = 0;
  if (lua_isnoneornil(lua, 2)) {
    luaL_checkany(lua, 1);
    if (lua_type(lua, 1) == LUA_TNUMBER) {
      lua_settop(lua, 1);
      return 1;
    }
    const char* text = lua_type(lua, 1) == LUA_TSTRING ? lua_tolstring(lua, 1, &size) : nullptr;
    State::of(lua).charge(static_cast<std::int64_t>(size / 16) + 1);
    if (text != nullptr && lua_stringtonumber(lua, text) == size + 1) return 1;
    lua_pushnil(lua);
    return 1;
  }
  const lua_Integer base = luaL_checkinteger(lua, 2);
  luaL_checktype(lua, 1, LUA_TSTRING);
  luaL_argcheck(lua, base >= 2 && base <= 36, 2, "grondtal van 2 tot en met 36");
  const char* text = lua_tolstring(lua, 1, &size);
  State::of(lua).charge(static_cast<std::int64_t>(size) + 1);
  const char* end = text + size;
  const auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (text != end && space(*text)) ++text;
  while (end != text && space(end[-1])) --end;
  const bool negative = text != end && *text == '-';
  if (negative) ++text;
  lua_Unsigned number = 0;
  bool good = text != end;
  for (; good && text != end; ++text) {
    const char c = *text;
    int value = 99;
    if (c >= '0' && c <= '9') value = c - '0';
    if (c >= 'a' && c <= 'z') value = c - 'a' + 10;
    if (c >= 'A' && c <= 'Z') value = c - 'A' + 10;
    good = value < base;
    number = number * static_cast<lua_Unsigned>(base) + static_cast<lua_Unsigned>(value);
  }
  if (!good) {
    lua_pushnil(lua);
  } else {
    lua_pushinteger(lua, static_cast<lua_Integer>(negative ? 0u - number : number));
  }
  return 1;
}

int base_select(lua_State* lua) {
  const int count = lua_gettop(lua);
  if (lua_type(lua, 1) == LUA_TSTRING && *lua_tostring(lua, 1) == '#') {
    lua_pushinteger(lua, count - 1);
    return 1;
  }
  lua_Integer index = luaL_checkinteger(lua, 1);
  if (index < 0)
    index = count + index;
  else if (index > count)
    index = count;
  luaL_argcheck(lua, index >= 1, 1, "buiten de reeks");
  State::of(lua).charge(count / 16 + 1);
  return count - static_cast<int>(index);
}

int ipairs_step(lua_State* lua) {
  const lua_Integer index = luaL_checkinteger(lua, 2) + 1;
  lua_pushinteger(lua, index);
  return lua_geti(lua, 1, index) == LUA_TNIL ? 1 : 2;
}

int base_ipairs(lua_State* lua) {
  luaL_checkany(lua, 1);
  lua_pushcfunction(lua, ipairs_step);
  lua_pushvalue(lua, 1);
  lua_pushinteger(lua, 0);
  return 3;
}

// The order of Lua's own pairs differs per state (its hash seed), so a replay on another machine could answer
// otherwise.
struct Key {
  int rank = 0;  // Numbers, then texts, then booleans.
  lua_Number number = 0;
  lua_Integer integer = 0;
  const char* text = nullptr;
  std::size_t size = 0;
};

bool before(const Key& a, const Key& b) {
  if (a.rank != b.rank) return a.rank < b.rank;
  if (a.rank == 1) return a.integer < b.integer;
  if (a.rank == 2) return a.number < b.number;
  if (a.rank == 3) {
    const int order = std::memcmp(a.text, b.text, std::min(a.size, b.size));
    return order != 0 ? order < 0 : a.size < b.size;
  }
  return a.integer < b.integer;
}

int pairs_step(lua_State* lua) {
  lua_Integer at = lua_tointeger(lua, lua_upvalueindex(2));
  for (;;) {
    State::of(lua).charge(1);
    ++at;
    lua_pushinteger(lua, at);
    lua_copy(lua, -1, lua_upvalueindex(2));
    lua_pop(lua, 1);
    lua_rawgeti(lua, lua_upvalueindex(1), at);
    if (lua_isnil(lua, -1)) return 1;
    lua_pushvalue(lua, -1);
    lua_rawget(lua, lua_upvalueindex(3));
    if (!lua_isnil(lua, -1)) return 2;  // Removed in the meantime: skip.
    lua_pop(lua, 2);
  }
}

int base_pairs(lua_State* lua) {
  if (view_at(lua, 1) != nullptr) return view_pairs(lua);
  luaL_checktype(lua, 1, LUA_TTABLE);
  State& state = State::of(lua);
  std::vector<Key> keys;
  for (lua_pushnil(lua); lua_next(lua, 1) != 0; lua_pop(lua, 1)) {
    state.charge(4);
    Key key;
    switch (lua_type(lua, -2)) {
      case LUA_TNUMBER:
        if (lua_isinteger(lua, -2) != 0) {
          key.rank = 1;
          key.integer = lua_tointeger(lua, -2);
        } else {
          key.rank = 2;
          key.number = lua_tonumber(lua, -2);
        }
        break;
      case LUA_TSTRING:
        key.rank = 3;
        key.text = lua_tolstring(lua, -2, &key.size);  // Lives as long as the table holds it.
        break;
      case LUA_TBOOLEAN:
        key.rank = 4;
        key.integer = lua_toboolean(lua, -2);
        break;
      default:
        return luaL_error(lua, "pairs: sleutels zijn getallen, teksten of ja/nee; een %s heeft geen vaste volgorde",
                          luaL_typename(lua, -2));
    }
    keys.push_back(key);
  }
  std::size_t rounds = 1;
  while ((keys.size() >> rounds) != 0) ++rounds;
  state.charge(static_cast<std::int64_t>(keys.size() * rounds));
  std::ranges::sort(keys, before);
  lua_createtable(lua, static_cast<int>(keys.size()), 0);
  lua_Integer index = 0;
  for (const Key& key : keys) {
    if (key.rank == 1) lua_pushinteger(lua, key.integer);
    if (key.rank == 2) lua_pushnumber(lua, key.number);
    if (key.rank == 3) lua_pushlstring(lua, key.text, key.size);
    if (key.rank == 4) lua_pushboolean(lua, static_cast<int>(key.integer));
    lua_rawseti(lua, -2, ++index);
  }
  lua_pushinteger(lua, 0);
  lua_pushvalue(lua, 1);
  lua_pushcclosure(lua, &pairs_step, 3);
  return 1;
}

// The metatable is copied, so that what was checked stays so: fields that arrive later (__gc, __close) do nothing.
int base_setmetatable(lua_State* lua) {
  luaL_checktype(lua, 1, LUA_TTABLE);
  const int kind = lua_type(lua, 2);
  luaL_argcheck(lua, kind == LUA_TNIL || kind == LUA_TTABLE, 2, "nil of een tabel verwacht");
  lua_settop(lua, 2);
  if (lua_getmetatable(lua, 1) != 0) {
    lua_getfield(lua, -1, "__metatable");
    if (!lua_isnil(lua, -1) && !lua_istable(lua, -1)) return luaL_error(lua, "deze tabel is beschermd");
    lua_pop(lua, 2);
  }
  if (kind == LUA_TNIL) {
    lua_settop(lua, 2);
    lua_setmetatable(lua, 1);
    return 1;
  }
  static constexpr const char* kRefused[] = {"__gc", "__mode", "__close", "__metatable", "__name", "__pairs"};
  for (const char* name : kRefused) {
    lua_pushstring(lua, name);
    if (lua_rawget(lua, 2) != LUA_TNIL) return luaL_error(lua, "setmetatable: het veld '%s' kan niet", name);
    lua_pop(lua, 1);
  }
  static constexpr const char* kCopied[] = {"__index", "__newindex", "__call",   "__tostring", "__len",  "__eq",
                                            "__lt",    "__le",       "__concat", "__unm",      "__add",  "__sub",
                                            "__mul",   "__div",      "__mod",    "__pow",      "__idiv", "__band",
                                            "__bor",   "__bxor",     "__shl",    "__shr",      "__bnot"};
  lua_createtable(lua, 0, 4);
  for (const char* name : kCopied) {
    lua_pushstring(lua, name);
    lua_pushvalue(lua, -1);
    if (lua_rawget(lua, 2) == LUA_TNIL) {
      lua_pop(lua, 2);
    } else {
      lua_rawset(lua, -3);
    }
  }
  lua_pushvalue(lua, 2);
  lua_setfield(lua, -2, "__metatable");  // What getmetatable shows.
  lua_setmetatable(lua, 1);
  lua_settop(lua, 1);
  return 1;
}

int base_getmetatable(lua_State* lua) {
  luaL_checkany(lua, 1);
  if (lua_type(lua, 1) != LUA_TTABLE || lua_getmetatable(lua, 1) == 0) {
    lua_pushnil(lua);
    return 1;
  }
  lua_getfield(lua, -1, "__metatable");
  if (!lua_istable(lua, -1)) lua_pushnil(lua);
  return 1;
}

// A global that does not exist is a slip of the pen, or something a plugin may not have.
int no_such_global(lua_State* lua) {
  State& state = State::of(lua);
  const char* name = lua_type(lua, 2) == LUA_TSTRING ? lua_tostring(lua, 2) : "";
  if (may_be_shown(name, running_source(state))) {
    return luaL_error(lua, "de naam '%s' bestaat niet in een plugin", name);
  }
  return luaL_error(lua, "deze naam bestaat niet in een plugin");
}

}  // namespace

const char* push_text(lua_State* lua, int index, std::size_t* size) {
  index = lua_absindex(lua, index);
  State& state = State::of(lua);
  state.charge(1);
  if (lua_type(lua, index) == LUA_TTABLE && luaL_callmeta(lua, index, "__tostring") != 0) {
    if (lua_type(lua, -1) != LUA_TSTRING) luaL_error(lua, "'__tostring' moet tekst geven");
    return lua_tolstring(lua, -1, size);
  }
  switch (lua_type(lua, index)) {
    case LUA_TNUMBER:
      lua_pushvalue(lua, index);
      return lua_tolstring(lua, -1, size);
    case LUA_TSTRING:
      lua_pushvalue(lua, index);
      break;
    case LUA_TBOOLEAN:
      lua_pushstring(lua, lua_toboolean(lua, index) != 0 ? "true" : "false");
      break;
    case LUA_TNIL:
      lua_pushliteral(lua, "nil");
      break;
    default:
      lua_pushstring(lua, view_at(lua, index) != nullptr ? "table" : luaL_typename(lua, index));
      break;  // No address.
  }
  return lua_tolstring(lua, -1, size);
}

void open_base(lua_State* lua) {
  static constexpr luaL_Reg kFunctions[] = {{"assert", base_assert},
                                            {"error", base_error},
                                            {"getmetatable", base_getmetatable},
                                            {"ipairs", base_ipairs},
                                            {"pairs", base_pairs},
                                            {"pcall", base_pcall},
                                            {"select", base_select},
                                            {"setmetatable", base_setmetatable},
                                            {"tonumber", base_tonumber},
                                            {"tostring", base_tostring},
                                            {"type", base_type},
                                            {"landelijk", ask_next_link},
                                            {nullptr, nullptr}};
  luaL_setfuncs(lua, kFunctions, 0);
  lua_createtable(lua, 0, 2);
  lua_pushcfunction(lua, no_such_global);
  lua_setfield(lua, -2, "__index");
  lua_pushboolean(lua, 0);
  lua_setfield(lua, -2, "__metatable");
  lua_setmetatable(lua, -2);
}

}  // namespace draad::rules::lua
