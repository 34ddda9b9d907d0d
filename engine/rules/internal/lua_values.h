// engine/rules/internal/lua_values.h
//
// Facts in Lua and answers out of it. In: a lazy view, a small userdata that points at the casus's own facts, so that a
// rule pays only for what it reads and cannot change anything. Out: a copy, checked against the fields of the rule.
//   janee -> boolean, getal -> integer or float, tekst -> string, datum/moment/duur -> ISO 8601 text, lijst/groep ->
//   view.
// A view lives as long as the call; nothing of a script outlives it.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <lua.hpp>

#include "engine/core/value.h"
#include "engine/rules/catalogue.h"

namespace draad::rules::lua {

struct View {
  const List* list = nullptr;
  const Facts* group = nullptr;
  bool top = false;  // The facts of the rule itself: only the declared ones, and what is read is noted.
};

[[nodiscard]] const View* view_at(lua_State* lua, int index);  // nullptr: no view there.
int view_pairs(lua_State* lua);                                // pairs(view), in the order of the facts.

void push_view(lua_State* lua, const View& view);
void push_value(lua_State* lua, const Value& value);  // Lists and groups as views.
void push_copy(lua_State* lua, const Value& value);   // Lists and groups as tables that may be changed.
void push_copy(lua_State* lua, const Facts& facts);

// Reads the table at `index` as the fields say, with `reden` (obligatory) and `bron` beside them. False: `wrong` says
// why, in Dutch, without a value. `source`: the text of the script, to decide whether a stray name may be shown. Raises
// only when a budget is spent.
struct LinkAnswer;
[[nodiscard]] bool read_answer(lua_State* lua, int index, std::span<const Field> fields, std::string_view source,
                               LinkAnswer& answer, std::string& wrong);
// The same without fields: what a script or a test gives. {datum = "2026-03-02"}, {moment = ..}, {duur = ..} become
// typed values.
[[nodiscard]] bool read_free(lua_State* lua, int index, int depth_left, int& items_left, Value& value,
                             std::string& wrong);

[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace draad::rules::lua
