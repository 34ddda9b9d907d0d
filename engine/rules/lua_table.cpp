// table: concat, insert, move, pack, remove, sort, unpack. All work on the raw table and its raw length (a fake __len
// made Lua's own loop for seconds), every element is paid for, and sort is stable, so that one input has one order.
#include <cstring>
#include <string>
#include <vector>

#include "engine/rules/internal/lua_state.h"
#include "engine/rules/internal/lua_values.h"

namespace draad::rules::lua {
namespace {

constexpr lua_Integer kItemsMax = 10'000;
constexpr lua_Integer kUnpackMax = 250;

lua_Integer length_of(lua_State* lua, int index) {
  luaL_checktype(lua, index, LUA_TTABLE);
  return static_cast<lua_Integer>(lua_rawlen(lua, index));
}

// How many items lie from first to last; raises when that is more than may be handled at once.
lua_Integer span_of(lua_State* lua, lua_Integer first, lua_Integer last, lua_Integer most) {
  if (first > last) return 0;
  // Unsigned: the difference of two far-apart integers does not fit in a signed one.
  const lua_Unsigned count = static_cast<lua_Unsigned>(last) - static_cast<lua_Unsigned>(first);
  if (count >= static_cast<lua_Unsigned>(most)) luaL_error(lua, "te veel elementen tegelijk");
  const auto items = static_cast<lua_Integer>(count) + 1;
  State::of(lua).charge(items);
  return items;
}

int table_concat(lua_State* lua) {
  const lua_Integer length = length_of(lua, 1);
  std::size_t between_size = 0;
  const char* between = luaL_optlstring(lua, 2, "", &between_size);
  const lua_Integer first = luaL_optinteger(lua, 3, 1);
  const lua_Integer last = luaL_optinteger(lua, 4, length);
  const lua_Integer count = span_of(lua, first, last, kItemsMax);
  State& state = State::of(lua);
  std::string made;
  for (lua_Integer i = 0; i < count; ++i) {
    lua_rawgeti(lua, 1, first + i);
    if (lua_isstring(lua, -1) == 0) {
      return luaL_error(lua, "invalid value (at index %I) in table for 'concat'", static_cast<LUAI_UACINT>(first + i));
    }
    std::size_t size = 0;
    const char* text = lua_tolstring(lua, -1, &size);
    made.append(text, size);
    lua_pop(lua, 1);
    if (i + 1 < count) made.append(between, between_size);
    state.charge(static_cast<std::int64_t>((size + between_size) / 16));
    if (made.size() > state.meter().block_limit) return luaL_error(lua, "de tekst wordt te lang");
  }
  lua_pushlstring(lua, made.data(), made.size());
  return 1;
}

int table_insert(lua_State* lua) {
  const lua_Integer end = length_of(lua, 1) + 1;
  lua_Integer position = end;
  switch (lua_gettop(lua)) {
    case 2:
      break;
    case 3: {
      position = luaL_checkinteger(lua, 2);
      luaL_argcheck(lua, static_cast<lua_Unsigned>(position) - 1u < static_cast<lua_Unsigned>(end), 2,
                    "position out of bounds");
      span_of(lua, position, end, kItemsMax);
      for (lua_Integer i = end; i > position; --i) {
        lua_rawgeti(lua, 1, i - 1);
        lua_rawseti(lua, 1, i);
      }
      break;
    }
    default:
      return luaL_error(lua, "wrong number of arguments to 'insert'");
  }
  State::of(lua).charge(1);
  lua_rawseti(lua, 1, position);
  return 0;
}

int table_remove(lua_State* lua) {
  const lua_Integer size = length_of(lua, 1);
  lua_Integer position = luaL_optinteger(lua, 2, size);
  if (lua_gettop(lua) > 1 && size + 1 != position) {
    luaL_argcheck(lua,
                  static_cast<lua_Unsigned>(size) + 1u >= static_cast<lua_Unsigned>(position) &&
                      (position >= 1 || size == position),
                  2, "position out of bounds");
  }
  span_of(lua, position, size, kItemsMax);
  lua_rawgeti(lua, 1, position);
  for (; position < size; ++position) {
    lua_rawgeti(lua, 1, position + 1);
    lua_rawseti(lua, 1, position);
  }
  lua_pushnil(lua);
  lua_rawseti(lua, 1, position);
  return 1;
}

int table_move(lua_State* lua) {
  length_of(lua, 1);
  const lua_Integer first = luaL_checkinteger(lua, 2);
  const lua_Integer last = luaL_checkinteger(lua, 3);
  const lua_Integer to = luaL_checkinteger(lua, 4);
  const int target = lua_isnoneornil(lua, 5) ? 1 : 5;
  luaL_checktype(lua, target, LUA_TTABLE);
  const lua_Integer count = span_of(lua, first, last, kItemsMax);
  luaL_argcheck(lua, count == 0 || to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
  const bool forwards = to > last || to <= first || (target != 1 && lua_rawequal(lua, 1, target) == 0);
  for (lua_Integer i = 0; i < count; ++i) {
    const lua_Integer offset = forwards ? i : count - 1 - i;
    lua_rawgeti(lua, 1, first + offset);
    lua_rawseti(lua, target, to + offset);
  }
  lua_pushvalue(lua, target);
  return 1;
}

int table_pack(lua_State* lua) {
  const int count = lua_gettop(lua);
  State::of(lua).charge(count);
  lua_createtable(lua, count, 1);
  lua_insert(lua, 1);
  for (int i = count; i >= 1; --i) lua_rawseti(lua, 1, i);
  lua_pushinteger(lua, count);
  lua_setfield(lua, 1, "n");
  return 1;
}

int table_unpack(lua_State* lua) {
  const lua_Integer length = view_at(lua, 1) != nullptr ? luaL_len(lua, 1) : length_of(lua, 1);
  const lua_Integer first = luaL_optinteger(lua, 2, 1);
  const lua_Integer last = luaL_optinteger(lua, 3, length);
  const lua_Integer count = span_of(lua, first, last, kUnpackMax);
  luaL_checkstack(lua, static_cast<int>(count), "te veel elementen tegelijk");
  for (lua_Integer i = 0; i < count; ++i) lua_geti(lua, 1, first + i);
  return static_cast<int>(count);
}

bool text_before(lua_State* lua, int a, int b) {
  std::size_t a_size = 0;
  std::size_t b_size = 0;
  const char* a_text = lua_tolstring(lua, a, &a_size);
  const char* b_text = lua_tolstring(lua, b, &b_size);
  State::of(lua).charge(static_cast<std::int64_t>(std::min(a_size, b_size) / 16));
  const int order = std::memcmp(a_text, b_text, std::min(a_size, b_size));  // Not by locale.
  return order != 0 ? order < 0 : a_size < b_size;
}

// Whether item b of the table goes before item a.
bool goes_first(lua_State* lua, lua_Integer b, lua_Integer a, bool own_order) {
  State::of(lua).charge(4);
  if (own_order) lua_pushvalue(lua, 2);
  lua_rawgeti(lua, 1, b);
  lua_rawgeti(lua, 1, a);
  bool first = false;
  if (own_order) {
    lua_call(lua, 2, 1);
    first = lua_toboolean(lua, -1) != 0;
    lua_pop(lua, 1);
  } else {
    first = lua_type(lua, -1) == LUA_TSTRING && lua_type(lua, -2) == LUA_TSTRING
                ? text_before(lua, -2, -1)
                : lua_compare(lua, -2, -1, LUA_OPLT) != 0;
    lua_pop(lua, 2);
  }
  return first;
}

// Merge sort over places: whatever a comparison function answers, it ends after n log n questions.
int table_sort(lua_State* lua) {
  const lua_Integer count = length_of(lua, 1);
  const bool own_order = !lua_isnoneornil(lua, 2);
  if (own_order) luaL_checktype(lua, 2, LUA_TFUNCTION);
  lua_settop(lua, 2);
  span_of(lua, 1, count, kItemsMax);
  const auto size = static_cast<std::size_t>(count);
  std::vector<lua_Integer> order(size);
  std::vector<lua_Integer> merged(size);
  for (std::size_t i = 0; i < size; ++i) order[i] = static_cast<lua_Integer>(i) + 1;
  for (std::size_t width = 1; width < size; width *= 2) {
    for (std::size_t low = 0; low < size; low += 2 * width) {
      const std::size_t middle = std::min(low + width, size);
      const std::size_t high = std::min(low + 2 * width, size);
      std::size_t left = low;
      std::size_t right = middle;
      for (std::size_t to = low; to < high; ++to) {
        const bool take_right =
            left >= middle || (right < high && goes_first(lua, order[right], order[left], own_order));
        merged[to] = take_right ? order[right++] : order[left++];
      }
    }
    order.swap(merged);
  }
  // A copy first: the comparison function may have changed the table.
  lua_createtable(lua, static_cast<int>(count), 0);
  for (std::size_t i = 0; i < size; ++i) {
    lua_rawgeti(lua, 1, order[i]);
    lua_rawseti(lua, 3, static_cast<lua_Integer>(i) + 1);
  }
  for (lua_Integer i = 1; i <= count; ++i) {
    lua_rawgeti(lua, 3, i);
    lua_rawseti(lua, 1, i);
  }
  return 0;
}

}  // namespace

void open_table(lua_State* lua) {
  static constexpr luaL_Reg kFunctions[] = {{"concat", table_concat}, {"insert", table_insert}, {"move", table_move},
                                            {"pack", table_pack},     {"remove", table_remove}, {"sort", table_sort},
                                            {"unpack", table_unpack}, {nullptr, nullptr}};
  lua_createtable(lua, 0, 8);
  luaL_setfuncs(lua, kFunctions, 0);
}

}  // namespace draad::rules::lua
