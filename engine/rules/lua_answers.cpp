// Answers out of Lua. Everything is read raw: no metamethod of the script runs while it is being judged.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/rules/internal/chunk.h"
#include "engine/rules/internal/lua_call.h"
#include "engine/rules/internal/lua_state.h"
#include "engine/rules/internal/lua_values.h"

namespace draad::rules::lua {
namespace {

bool clean_text(std::string_view text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t'; };
  return is_utf8(text) && std::ranges::none_of(text, control);
}

bool to_number(lua_State* lua, int index, Number& number) {
  if (lua_isinteger(lua, index) != 0) {
    constexpr lua_Integer kMost = std::numeric_limits<std::int64_t>::max() / Number::kScale;
    const lua_Integer whole = lua_tointeger(lua, index);
    if (whole > kMost || whole < -kMost) return false;
    number = Number(whole);
    return true;
  }
  const auto read = Number::from_double(lua_tonumber(lua, index));
  if (read) number = *read;
  return read.has_value();
}

struct Reader {
  lua_State* lua;
  std::string_view source;
  std::string& wrong;

  bool no(const std::string& where, const std::string& what) {
    wrong = "veld '" + where + "': " + what;
    return false;
  }
  bool expected(const std::string& where, FieldType type) {
    return no(where, "verwacht " + std::string(to_string(type)) + ", maar gekregen " + luaL_typename(lua, -1));
  }

  // The value at the top of the stack.
  bool value(const Field& field, const std::string& where, Value& into) {
    State::of(lua).charge(2);
    if (lua_isnil(lua, -1)) {
      if (!field.may_be_empty) return no(where, "ontbreekt");
      into = Null{};
      return true;
    }
    switch (field.type) {
      case FieldType::janee:
        if (!lua_isboolean(lua, -1)) return expected(where, field.type);
        into = lua_toboolean(lua, -1) != 0;
        return true;
      case FieldType::getal:
        return number(field, where, into);
      case FieldType::tekst:
      case FieldType::keuze:
      case FieldType::datum:
      case FieldType::moment:
      case FieldType::duur:
        return text(field, where, into);
      case FieldType::lijst:
        return list(field, where, into);
      case FieldType::groep: {
        if (const View* view = view_at(lua, -1); view != nullptr && view->group != nullptr && !view->top) {
          into = *view->group;
          const auto checked = check_fields(field.inside, *view->group);
          return checked.has_value() || no(where, "past niet bij het antwoord");
        }
        if (!lua_istable(lua, -1)) return expected(where, field.type);
        Facts facts;
        if (!fields(lua_gettop(lua), field.inside, where + ".", facts)) return false;
        into = std::move(facts);
        return true;
      }
    }
    return false;
  }

  bool number(const Field& field, const std::string& where, Value& into) {
    if (lua_type(lua, -1) != LUA_TNUMBER) return expected(where, field.type);
    Number read;
    if (!to_number(lua, -1, read)) return no(where, "dit getal kan niet (geen getal, oneindig of te groot)");
    if ((field.min && read < Number(*field.min)) || (field.max && read > Number(*field.max)))
      return no(where, "getal buiten de grenzen");
    into = read;
    return true;
  }

  bool text(const Field& field, const std::string& where, Value& into) {
    if (lua_type(lua, -1) != LUA_TSTRING) return expected(where, field.type);
    std::size_t size = 0;
    const char* raw = lua_tolstring(lua, -1, &size);
    const std::string_view read(raw, size);
    if (size > std::max<std::size_t>(field.size_max, 40)) return no(where, "te lang");
    State::of(lua).charge(static_cast<std::int64_t>(size / 8));
    if (!clean_text(read)) return no(where, "geen geldige tekst (UTF-8, zonder stuurtekens)");
    switch (field.type) {
      case FieldType::keuze:
        if (std::ranges::find(field.choices, read) == field.choices.end())
          return no(where, "geen van de toegestane keuzes");
        break;
      case FieldType::datum: {
        auto date = parse_date(read);
        if (!date) return no(where, "geen datum zoals '2026-03-02'");
        into = *date;
        return true;
      }
      case FieldType::moment: {
        auto instant = parse_instant(read);
        if (!instant) return no(where, "geen moment zoals '2026-03-02T09:00Z'");
        into = *instant;
        return true;
      }
      case FieldType::duur: {
        auto duration = parse_duration(read);
        if (!duration) return no(where, "geen duur zoals 'P5D'");
        into = *duration;
        return true;
      }
      default:
        if (size > field.size_max) return no(where, "te lang");
        break;
    }
    into = std::string(read);
    return true;
  }

  bool list(const Field& field, const std::string& where, Value& into) {
    if (const View* view = view_at(lua, -1); view != nullptr && view->list != nullptr) {
      Facts holder{{field.name, *view->list}};
      const auto checked = check_fields(std::span(&field, 1), holder);
      if (!checked) return no(where, "past niet bij het antwoord");
      into = *view->list;
      return true;
    }
    if (!lua_istable(lua, -1)) return expected(where, field.type);
    const int table = lua_gettop(lua);
    const std::size_t size = lua_rawlen(lua, table);
    if (size > field.size_max) return no(where, "te veel onderdelen");
    std::size_t keys = 0;
    for (lua_pushnil(lua); lua_next(lua, table) != 0; lua_pop(lua, 1)) {
      if (++keys > size) break;
    }
    if (keys != size) {
      lua_settop(lua, table);
      return no(where, "geen aaneengesloten lijst");
    }
    luaL_checkstack(lua, 6, "te diep genest");
    List items;
    items.reserve(size);
    for (std::size_t i = 1; i <= size; ++i) {
      lua_rawgeti(lua, table, static_cast<lua_Integer>(i));
      Value item;
      if (!value(field.inside.front(), where + "[" + std::to_string(i) + "]", item)) return false;
      items.push_back(std::move(item));
      lua_pop(lua, 1);
    }
    into = std::move(items);
    return true;
  }

  // `found`: fields of the table that were read already.
  bool fields(int table, std::span<const Field> wanted, const std::string& prefix, Facts& into, std::size_t found = 0) {
    luaL_checkstack(lua, 6, "te diep genest");
    for (const Field& field : wanted) {
      lua_pushlstring(lua, field.name.data(), field.name.size());
      lua_rawget(lua, table);
      if (!lua_isnil(lua, -1)) ++found;
      Value read;
      if (prefix.empty()) {
        if (!value(field, field.name, read)) return false;
      } else if (!value(field, prefix + field.name, read)) {
        return false;
      }
      into.insert_or_assign(field.name, std::move(read));
      lua_pop(lua, 1);
    }
    return !stray(table, wanted, found, prefix);
  }

  // Whether the table holds more than was asked.
  bool stray(int table, std::span<const Field> wanted, std::size_t found, const std::string& prefix) {
    std::size_t keys = 0;
    for (lua_pushnil(lua); lua_next(lua, table) != 0; lua_pop(lua, 1)) {
      State::of(lua).charge(1);
      if (++keys <= found) continue;
      // One too many: find it, to name it when it may be named.
      for (lua_settop(lua, table), lua_pushnil(lua); lua_next(lua, table) != 0; lua_pop(lua, 1)) {
        State::of(lua).charge(1);
        std::size_t size = 0;
        const char* text = lua_type(lua, -2) == LUA_TSTRING ? lua_tolstring(lua, -2, &size) : "";
        const std::string_view name(text, size);
        if (size != 0 && std::ranges::find(wanted, name, &Field::name) != wanted.end()) continue;
        if (prefix.empty() && (name == "reden" || name == "bron")) continue;
        const std::string shown = may_be_shown(name, source) ? prefix + std::string(name) : prefix + "?";
        lua_settop(lua, table);
        no(shown, "hoort niet bij dit antwoord");
        return true;
      }
    }
    return false;
  }
};

}  // namespace

bool read_answer(lua_State* lua, int index, std::span<const Field> fields, std::string_view source, LinkAnswer& answer,
                 std::string& wrong) {
  const int table = lua_absindex(lua, index);
  Reader reader{lua, source, wrong};
  std::size_t found = 0;
  const auto take = [&](const char* name, std::string& into) {
    lua_pushstring(lua, name);
    lua_rawget(lua, table);
    if (!lua_isnil(lua, -1)) {
      static const Field kText = [] {
        Field field;
        field.size_max = 500;
        return field;
      }();
      Value read;
      if (!reader.text(kText, name, read)) return false;
      into = std::get<std::string>(std::move(read.content));
      ++found;
    }
    lua_pop(lua, 1);
    return true;
  };
  if (!take("reden", answer.reason) || !take("bron", answer.basis)) return false;
  if (answer.reason.empty()) {
    wrong = "veld 'reden': ontbreekt; elk antwoord zegt in gewone taal waarom";
    return false;
  }
  return reader.fields(table, fields, "", answer.facts, found);
}

namespace {

// {datum = "2026-03-02"} and its sisters. 0: no such table, 1: read, -1: wrong.
int read_typed(lua_State* lua, int table, Value& value, std::string& wrong) {
  lua_pushnil(lua);
  if (lua_next(lua, table) == 0) return 0;
  const bool both_text = lua_type(lua, -2) == LUA_TSTRING && lua_type(lua, -1) == LUA_TSTRING;
  const std::string name = both_text ? lua_tostring(lua, -2) : "";
  std::size_t size = 0;
  const char* raw = both_text ? lua_tolstring(lua, -1, &size) : "";
  const std::string text(raw, std::min<std::size_t>(size, 64));
  lua_pop(lua, 1);
  const bool alone = lua_next(lua, table) == 0;
  if (!alone) lua_pop(lua, 2);
  if (!both_text || !alone) return 0;
  const auto take = [&](auto read) {
    if (!read) {
      wrong = "geen geldige " + name;
      return -1;
    }
    value = *std::move(read);
    return 1;
  };
  if (name == "datum") return take(parse_date(text));
  if (name == "moment") return take(parse_instant(text));
  if (name == "duur") return take(parse_duration(text));
  return 0;
}

}  // namespace

bool read_free(lua_State* lua, int index, int depth_left, int& items_left, Value& value, std::string& wrong) {
  index = lua_absindex(lua, index);
  State::of(lua).charge(2);
  if (--items_left < 0) {
    wrong = "het antwoord is te groot";
    return false;
  }
  if (depth_left == 0) {
    wrong = "het antwoord is te diep genest, of verwijst naar zichzelf";
    return false;
  }
  luaL_checkstack(lua, 6, "te diep genest");
  switch (lua_type(lua, index)) {
    case LUA_TNIL:
      value = Null{};
      return true;
    case LUA_TBOOLEAN:
      value = lua_toboolean(lua, index) != 0;
      return true;
    case LUA_TNUMBER: {
      Number number;
      if (!to_number(lua, index, number)) {
        wrong = "een getal dat niet kan (geen getal, oneindig of te groot)";
        return false;
      }
      value = number;
      return true;
    }
    case LUA_TSTRING: {
      std::size_t size = 0;
      const char* text = lua_tolstring(lua, index, &size);
      State::of(lua).charge(static_cast<std::int64_t>(size / 8));
      if (size > 65'536 || !clean_text({text, size})) {
        wrong = "een tekst die te lang is of geen geldige UTF-8";
        return false;
      }
      value = std::string(text, size);
      return true;
    }
    case LUA_TUSERDATA:
      if (const View* view = view_at(lua, index)) {
        if (view->list != nullptr)
          value = *view->list;
        else
          value = *view->group;
        return true;
      }
      break;
    case LUA_TTABLE: {
      if (const int typed = read_typed(lua, index, value, wrong); typed != 0) return typed > 0;
      const std::size_t size = lua_rawlen(lua, index);
      Facts facts;
      List list;
      std::size_t keys = 0;
      for (lua_pushnil(lua); lua_next(lua, index) != 0; lua_pop(lua, 1)) {
        ++keys;
        if (size != 0) continue;  // A list: read below, in order.
        std::size_t name_size = 0;
        const char* name = lua_type(lua, -2) == LUA_TSTRING ? lua_tolstring(lua, -2, &name_size) : nullptr;
        if (name == nullptr || name_size > 128 || !clean_text({name, name_size})) {
          wrong = "een sleutel die geen naam is";
          return false;
        }
        Value item;
        const std::string key(name, name_size);
        if (!read_free(lua, -1, depth_left - 1, items_left, item, wrong)) return false;
        facts.insert_or_assign(key, std::move(item));
      }
      if (size == 0) {
        if (keys == 0)
          value = List{};
        else
          value = std::move(facts);
        return true;
      }
      if (keys != size) {
        wrong = "een tabel die lijst en gegevens tegelijk is";
        return false;
      }
      for (std::size_t i = 1; i <= size; ++i) {
        lua_rawgeti(lua, index, static_cast<lua_Integer>(i));
        Value item;
        if (!read_free(lua, -1, depth_left - 1, items_left, item, wrong)) return false;
        list.push_back(std::move(item));
        lua_pop(lua, 1);
      }
      value = std::move(list);
      return true;
    }
    default:
      break;
  }
  wrong = std::string("een waarde van de soort ") + luaL_typename(lua, index);
  return false;
}

}  // namespace draad::rules::lua
