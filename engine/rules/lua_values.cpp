#include "engine/rules/internal/lua_values.h"

#include <cmath>
#include <limits>

#include "engine/rules/internal/lua_call.h"
#include "engine/rules/internal/lua_state.h"

namespace draad::rules::lua {
namespace {

int refuse_change(lua_State* lua) {
  return luaL_error(lua, "de feiten van een casus kunnen niet veranderd worden");
}

const Value* top_fact(lua_State* lua, State& state, std::string_view name) {
  switch (note_read(state, name)) {
    case FactUse::declared:
      break;
    case FactUse::free:
      break;
    case FactUse::undeclared:
      if (may_be_shown(name, running_source(state))) {
        luaL_error(lua, "het feit '%s' staat niet bij \"leest\" in plugin.json", std::string(name).c_str());
      }
      luaL_error(lua, "dit feit staat niet bij \"leest\" in plugin.json");
  }
  const Facts& facts = *running_facts(state);
  const auto found = facts.find(name);
  return found == facts.end() ? nullptr : &found->second;
}

int view_index(lua_State* lua) {
  const View& view = *static_cast<const View*>(lua_touserdata(lua, 1));
  if (view.list != nullptr) {
    int is_number = 0;
    const lua_Integer index = lua_tointegerx(lua, 2, &is_number);
    if (is_number == 0 || index < 1 || static_cast<std::size_t>(index) > view.list->size()) {
      lua_pushnil(lua);
    } else {
      push_value(lua, (*view.list)[static_cast<std::size_t>(index) - 1]);
    }
    return 1;
  }
  if (lua_type(lua, 2) != LUA_TSTRING) {
    lua_pushnil(lua);
    return 1;
  }
  std::size_t size = 0;
  const char* text = lua_tolstring(lua, 2, &size);
  const std::string_view name(text, size);
  const Value* value = nullptr;
  if (view.top) {
    value = top_fact(lua, State::of(lua), name);
  } else if (const auto found = view.group->find(name); found != view.group->end()) {
    value = &found->second;
  }
  if (value == nullptr) {
    lua_pushnil(lua);
  } else {
    push_value(lua, *value);
  }
  return 1;
}

int view_length(lua_State* lua) {
  const View& view = *static_cast<const View*>(lua_touserdata(lua, 1));
  lua_pushinteger(lua, view.list != nullptr ? static_cast<lua_Integer>(view.list->size()) : 0);
  return 1;
}

// Upvalues: the view, the last index or name.
int view_step(lua_State* lua) {
  State& state = State::of(lua);
  state.charge(2);
  const View& view = *static_cast<const View*>(lua_touserdata(lua, lua_upvalueindex(1)));
  if (view.list != nullptr) {
    const lua_Integer index = lua_tointeger(lua, lua_upvalueindex(2)) + 1;
    if (static_cast<std::size_t>(index) > view.list->size()) return 0;
    lua_pushinteger(lua, index);
    lua_copy(lua, -1, lua_upvalueindex(2));
    push_value(lua, (*view.list)[static_cast<std::size_t>(index) - 1]);
    return 2;
  }
  const Facts& facts = *view.group;
  auto next = facts.begin();
  if (lua_type(lua, lua_upvalueindex(2)) == LUA_TSTRING) {
    std::size_t size = 0;
    const char* text = lua_tolstring(lua, lua_upvalueindex(2), &size);
    next = facts.upper_bound(std::string_view(text, size));
  }
  while (next != facts.end() && view.top && note_read(state, next->first) == FactUse::undeclared) {
    state.charge(1);
    ++next;
  }
  if (next == facts.end()) return 0;
  lua_pushlstring(lua, next->first.data(), next->first.size());
  lua_copy(lua, -1, lua_upvalueindex(2));
  push_value(lua, next->second);
  return 2;
}

int context_index(lua_State* lua) {
  State& state = State::of(lua);
  std::size_t size = 0;
  const char* text = lua_type(lua, 2) == LUA_TSTRING ? lua_tolstring(lua, 2, &size) : "";
  const std::string_view name(text, size);
  if (name == "feiten") {
    lua_getiuservalue(lua, 1, 1);
    return 1;
  }
  return push_context_field(lua, state, name);
}

int refuse_context_change(lua_State* lua) {
  return luaL_error(lua, "ctx kan niet veranderd worden");
}

}  // namespace

void open_views(lua_State* lua) {
  State& state = State::of(lua);
  const auto protect = [lua] {
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
  };
  lua_createtable(lua, 0, 5);
  lua_pushcfunction(lua, view_index);
  lua_setfield(lua, -2, "__index");
  lua_pushcfunction(lua, refuse_change);
  lua_setfield(lua, -2, "__newindex");
  lua_pushcfunction(lua, view_length);
  lua_setfield(lua, -2, "__len");
  protect();
  state.view_meta = luaL_ref(lua, LUA_REGISTRYINDEX);
  lua_createtable(lua, 0, 4);
  lua_pushcfunction(lua, context_index);
  lua_setfield(lua, -2, "__index");
  lua_pushcfunction(lua, refuse_context_change);
  lua_setfield(lua, -2, "__newindex");
  protect();
  state.context_meta = luaL_ref(lua, LUA_REGISTRYINDEX);
}

const View* view_at(lua_State* lua, int index) {
  if (lua_type(lua, index) != LUA_TUSERDATA || lua_rawlen(lua, index) != sizeof(View)) return nullptr;
  return static_cast<const View*>(lua_touserdata(lua, index));
}

int view_pairs(lua_State* lua) {
  lua_pushvalue(lua, 1);
  lua_pushinteger(lua, 0);
  lua_pushcclosure(lua, &view_step, 2);
  return 1;
}

void push_view(lua_State* lua, const View& view) {
  *static_cast<View*>(lua_newuserdatauv(lua, sizeof(View), 0)) = view;
  lua_rawgeti(lua, LUA_REGISTRYINDEX, State::of(lua).view_meta);
  lua_setmetatable(lua, -2);
}

namespace {

void push_text_of(lua_State* lua, const std::string& text) {
  lua_pushlstring(lua, text.data(), text.size());
}

// Everything but lists and groups. False: it is one of these.
bool push_plain(lua_State* lua, const Value& value) {
  return std::visit(Overloaded{
                        [&](const Null&) { return lua_pushnil(lua), true; },
                        [&](bool truth) { return lua_pushboolean(lua, truth ? 1 : 0), true; },
                        [&](const Number& number) {
                          if (number.is_whole()) {
                            lua_pushinteger(lua, number.scaled() / Number::kScale);
                          } else {
                            lua_pushnumber(lua, number.to_double());
                          }
                          return true;
                        },
                        [&](const std::string& text) { return push_text_of(lua, text), true; },
                        [&](const Date& date) { return push_text_of(lua, draad::to_string(date)), true; },
                        [&](const Instant& instant) { return push_text_of(lua, draad::to_string(instant)), true; },
                        [&](const Duration& duration) { return push_text_of(lua, draad::to_string(duration)), true; },
                        [&](const List&) { return false; },
                        [&](const Facts&) { return false; },
                    },
                    value.content);
}

}  // namespace

void push_value(lua_State* lua, const Value& value) {
  if (push_plain(lua, value)) return;
  View view;
  view.list = value.get_if<List>();
  view.group = value.get_if<Facts>();
  push_view(lua, view);
}

void push_copy(lua_State* lua, const Value& value) {
  State::of(lua).charge(1);
  if (push_plain(lua, value)) return;
  luaL_checkstack(lua, 4, "te diep genest");
  if (const Facts* facts = value.get_if<Facts>()) return push_copy(lua, *facts);
  const List& list = *value.get_if<List>();
  lua_createtable(lua, static_cast<int>(list.size()), 0);
  lua_Integer index = 0;
  for (const Value& item : list) {
    push_copy(lua, item);
    lua_rawseti(lua, -2, ++index);
  }
}

void push_copy(lua_State* lua, const Facts& facts) {
  lua_createtable(lua, 0, static_cast<int>(facts.size()));
  for (const auto& [name, item] : facts) {
    lua_pushlstring(lua, name.data(), name.size());
    push_copy(lua, item);
    lua_rawset(lua, -3);
  }
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const std::size_t more = c < 0x80                ? 0
                             : c >= 0xC2 && c < 0xE0 ? 1
                             : c >= 0xE0 && c < 0xF0 ? 2
                             : c >= 0xF0 && c < 0xF5 ? 3
                                                     : 4;
    if (more == 4 || i + more >= text.size()) return false;
    for (std::size_t k = 1; k <= more; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return false;
    }
    const auto second = static_cast<unsigned char>(more != 0 ? text[i + 1] : 0x80);
    if ((c == 0xE0 && second < 0xA0) || (c == 0xED && second > 0x9F) || (c == 0xF0 && second < 0x90) ||
        (c == 0xF4 && second > 0x8F)) {
      return false;
    }
    i += more + 1;
  }
  return true;
}

}  // namespace draad::rules::lua
