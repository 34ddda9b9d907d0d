// string: the functions of Lua 5.4 except dump, pack, unpack and packsize; each pays for the length of what it touches.
// Results are at most as long as the largest block of the budget. format knows no %p, %a and %q.
#include <cstdio>
#include <cstring>
#include <string>

#include "engine/rules/internal/lua_pattern.h"
#include "engine/rules/internal/lua_state.h"

namespace draad::rules::lua {
namespace {

std::string_view text_at(lua_State* lua, int index) {
  std::size_t size = 0;
  const char* text = luaL_checklstring(lua, index, &size);
  return {text, size};
}

void pay(lua_State* lua, std::size_t bytes) {
  State::of(lua).charge(static_cast<std::int64_t>(bytes / 16) + 1);
}

// The longest text that may be made, so that the allocator need not be asked for what it will refuse.
void check_size(lua_State* lua, std::size_t size) {
  if (size > State::of(lua).meter().block_limit) luaL_error(lua, "de tekst wordt te lang");
}

std::size_t from_start(lua_Integer position, std::size_t size) {
  if (position > 0) return static_cast<std::size_t>(position);
  if (position == 0) return 1;
  if (position < -static_cast<lua_Integer>(size)) return 1;
  return size + static_cast<std::size_t>(position) + 1;
}

std::size_t from_end(lua_Integer position, std::size_t size) {
  if (position > static_cast<lua_Integer>(size)) return size;
  if (position >= 0) return static_cast<std::size_t>(position);
  if (position < -static_cast<lua_Integer>(size)) return 0;
  return size + static_cast<std::size_t>(position) + 1;
}

int text_len(lua_State* lua) {
  lua_pushinteger(lua, static_cast<lua_Integer>(text_at(lua, 1).size()));
  return 1;
}

int text_sub(lua_State* lua) {
  const std::string_view text = text_at(lua, 1);
  const std::size_t first = from_start(luaL_checkinteger(lua, 2), text.size());
  const std::size_t last = from_end(luaL_optinteger(lua, 3, -1), text.size());
  if (first > last) {
    lua_pushliteral(lua, "");
    return 1;
  }
  pay(lua, last - first);
  lua_pushlstring(lua, text.data() + first - 1, last - first + 1);
  return 1;
}

template <typename Change>
int changed(lua_State* lua, Change change) {
  const std::string_view text = text_at(lua, 1);
  pay(lua, text.size() * 2);
  std::string made(text);
  change(made);
  lua_pushlstring(lua, made.data(), made.size());
  return 1;
}

int text_lower(lua_State* lua) {
  return changed(lua, [](std::string& made) {
    for (char& c : made) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
}
int text_upper(lua_State* lua) {
  return changed(lua, [](std::string& made) {
    for (char& c : made) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
}
int text_reverse(lua_State* lua) {
  return changed(lua, [](std::string& made) { made.assign(std::string(made.rbegin(), made.rend())); });
}

int text_rep(lua_State* lua) {
  const std::string_view text = text_at(lua, 1);
  const lua_Integer count = luaL_checkinteger(lua, 2);
  std::size_t between_size = 0;
  const char* between = luaL_optlstring(lua, 3, "", &between_size);
  if (count <= 0 || text.size() + between_size == 0) {  // Lua itself loops here, up to 2^63 times.
    lua_pushliteral(lua, "");
    return 1;
  }
  const std::size_t limit = State::of(lua).meter().block_limit;
  const std::size_t each = text.size() + between_size;
  if (each > limit || static_cast<lua_Unsigned>(count) > limit / each) return luaL_error(lua, "de tekst wordt te lang");
  pay(lua, each * static_cast<std::size_t>(count) * 2);
  std::string made;
  made.reserve(each * static_cast<std::size_t>(count));
  for (lua_Integer i = 0; i < count; ++i) {
    if (i != 0) made.append(between, between_size);
    made.append(text);
  }
  lua_pushlstring(lua, made.data(), made.size());
  return 1;
}

int text_byte(lua_State* lua) {
  const std::string_view text = text_at(lua, 1);
  const lua_Integer start = luaL_optinteger(lua, 2, 1);
  const std::size_t first = from_start(start, text.size());
  const std::size_t last = from_end(luaL_optinteger(lua, 3, static_cast<lua_Integer>(first)), text.size());
  if (first > last) return 0;
  const std::size_t count = last - first + 1;
  if (count > 1000) return luaL_error(lua, "te veel tekens tegelijk");
  pay(lua, count * 16);
  luaL_checkstack(lua, static_cast<int>(count), "te veel tekens tegelijk");
  for (std::size_t i = 0; i < count; ++i) lua_pushinteger(lua, static_cast<unsigned char>(text[first - 1 + i]));
  return static_cast<int>(count);
}

int text_char(lua_State* lua) {
  const int count = lua_gettop(lua);
  pay(lua, static_cast<std::size_t>(count) * 16);
  std::string made;
  for (int i = 1; i <= count; ++i) {
    const auto code = static_cast<lua_Unsigned>(luaL_checkinteger(lua, i));
    luaL_argcheck(lua, code <= 255, i, "value out of range");
    made.push_back(static_cast<char>(code));
  }
  lua_pushlstring(lua, made.data(), made.size());
  return 1;
}

// Runs something with the matcher and turns its faults into Lua errors (outside the catch: one exception at a time).
template <typename Work>
int matching(lua_State* lua, Work work) {
  State& state = State::of(lua);
  const char* message = nullptr;
  int capture = 0;
  try {
    return work(state.meter().steps);
  } catch (const PatternFault& fault) {
    message = fault.message;
    capture = fault.capture;
  }
  if (message == nullptr) {
    state.charge(1);  // The budget is below zero: this raises.
    message = "het patroon kost te veel";
  }
  if (capture != 0) return luaL_error(lua, "%s %%%d", message, capture);
  return luaL_error(lua, "%s", message);
}

// Whatever the matcher's inner loops spent is spent; this looks at the clock now and then.
void look_at_clock(lua_State* lua) {
  State::of(lua).charge(1);
}

void push_capture(lua_State* lua, const Matcher& matcher, int index, const char* subject, const char* begin,
                  const char* end) {
  const Matcher::Capture found = matcher.capture(index);
  if (index >= matcher.capture_count()) {
    lua_pushlstring(lua, begin, static_cast<std::size_t>(end - begin));
  } else if (found.size == Matcher::kPosition) {
    lua_pushinteger(lua, found.begin - subject + 1);
  } else {
    lua_pushlstring(lua, found.begin, static_cast<std::size_t>(found.size));
  }
}

int push_captures(lua_State* lua, const Matcher& matcher, const char* subject, const char* begin, const char* end) {
  const int count = matcher.capture_count() == 0 && begin != nullptr ? 1 : matcher.capture_count();
  luaL_checkstack(lua, count, "too many captures");
  for (int index = 0; index < count; ++index) push_capture(lua, matcher, index, subject, begin, end);
  return count;
}

int find_or_match(lua_State* lua, bool find) {
  const std::string_view subject = text_at(lua, 1);
  std::string_view pattern = text_at(lua, 2);
  const std::size_t start = from_start(luaL_optinteger(lua, 3, 1), subject.size()) - 1;
  if (start > subject.size()) {
    lua_pushnil(lua);
    return 1;
  }
  if (find && (lua_toboolean(lua, 4) != 0 || is_plain(pattern))) {
    pay(lua, subject.size() - start + pattern.size());
    // memmem takes linear time; a naive search does not.
    const void* at = pattern.empty()
                         ? subject.data() + start
                         : memmem(subject.data() + start, subject.size() - start, pattern.data(), pattern.size());
    if (at == nullptr) {
      lua_pushnil(lua);
      return 1;
    }
    const auto index = static_cast<const char*>(at) - subject.data();
    lua_pushinteger(lua, index + 1);
    lua_pushinteger(lua, index + static_cast<lua_Integer>(pattern.size()));
    return 2;
  }
  const bool anchored = !pattern.empty() && pattern.front() == '^';
  if (anchored) pattern.remove_prefix(1);
  return matching(lua, [&](std::int64_t& steps) {
    Matcher matcher(subject, pattern, steps);
    const char* last = subject.data() + subject.size();
    for (const char* at = subject.data() + start; at <= last; ++at) {
      look_at_clock(lua);
      if (const char* end = matcher.match_at(at)) {
        if (!find) return push_captures(lua, matcher, subject.data(), at, end);
        lua_pushinteger(lua, at - subject.data() + 1);
        lua_pushinteger(lua, end - subject.data());
        return push_captures(lua, matcher, subject.data(), nullptr, nullptr) + 2;
      }
      if (anchored) break;
    }
    lua_pushnil(lua);
    return 1;
  });
}

int text_find(lua_State* lua) {
  return find_or_match(lua, true);
}
int text_match(lua_State* lua) {
  return find_or_match(lua, false);
}

// Upvalues: subject, pattern, where to go on, where the last match ended (-1: nowhere).
int gmatch_step(lua_State* lua) {
  std::size_t size = 0;
  const char* text = lua_tolstring(lua, lua_upvalueindex(1), &size);
  const std::string_view subject(text, size);
  text = lua_tolstring(lua, lua_upvalueindex(2), &size);
  const std::string_view pattern(text, size);
  const auto from = static_cast<std::size_t>(lua_tointeger(lua, lua_upvalueindex(3)));
  const lua_Integer last_end = lua_tointeger(lua, lua_upvalueindex(4));
  return matching(lua, [&](std::int64_t& steps) {
    Matcher matcher(subject, pattern, steps);
    for (std::size_t at = from; at <= subject.size(); ++at) {
      look_at_clock(lua);
      const char* end = matcher.match_at(subject.data() + at);
      if (end == nullptr || end - subject.data() == last_end) continue;
      lua_pushinteger(lua, end - subject.data());
      lua_copy(lua, -1, lua_upvalueindex(3));
      lua_copy(lua, -1, lua_upvalueindex(4));
      lua_pop(lua, 1);
      return push_captures(lua, matcher, subject.data(), subject.data() + at, end);
    }
    return 0;
  });
}

int text_gmatch(lua_State* lua) {
  const std::string_view subject = text_at(lua, 1);
  text_at(lua, 2);
  std::size_t start = from_start(luaL_optinteger(lua, 3, 1), subject.size()) - 1;
  if (start > subject.size()) start = subject.size() + 1;
  lua_settop(lua, 2);
  lua_pushinteger(lua, static_cast<lua_Integer>(start));
  lua_pushinteger(lua, -1);
  lua_pushcclosure(lua, &gmatch_step, 4);
  return 1;
}

// Appends the replacement of one match; true when something changed.
void add_replacement(lua_State* lua, const Matcher& matcher, const char* subject, const char* begin, const char* end,
                     int kind, std::string& made) {
  const std::size_t whole = static_cast<std::size_t>(end - begin);
  if (kind == LUA_TFUNCTION) {
    lua_pushvalue(lua, 3);
    const int count = push_captures(lua, matcher, subject, begin, end);
    lua_call(lua, count, 1);
  } else if (kind == LUA_TTABLE) {
    push_capture(lua, matcher, 0, subject, begin, end);
    lua_gettable(lua, 3);
  } else {
    std::size_t size = 0;
    const char* text = lua_tolstring(lua, 3, &size);
    for (std::size_t i = 0; i < size; ++i) {
      if (text[i] != '%') {
        made.push_back(text[i]);
        continue;
      }
      ++i;
      const char next = i < size ? text[i] : '\0';
      if (next == '%') {
        made.push_back('%');
      } else if (next == '0') {
        made.append(begin, whole);
      } else if (next >= '1' && next <= '9') {
        const int index = next - '1';
        push_capture(lua, matcher, index, subject, begin, end);
        std::size_t capture_size = 0;
        const char* capture = lua_tolstring(lua, -1, &capture_size);
        made.append(capture, capture_size);
        lua_pop(lua, 1);
      } else {
        luaL_error(lua, "invalid use of '%%' in replacement string");
      }
      check_size(lua, made.size());
    }
    return;
  }
  if (lua_toboolean(lua, -1) == 0) {
    made.append(begin, whole);
  } else if (lua_isstring(lua, -1) != 0) {
    std::size_t size = 0;
    const char* text = lua_tolstring(lua, -1, &size);
    made.append(text, size);
  } else {
    luaL_error(lua, "invalid replacement value (a %s)", luaL_typename(lua, -1));
  }
  lua_pop(lua, 1);
}

int text_gsub(lua_State* lua) {
  const std::string_view subject = text_at(lua, 1);
  std::string_view pattern = text_at(lua, 2);
  const int kind = lua_type(lua, 3);
  luaL_argexpected(lua, kind == LUA_TNUMBER || kind == LUA_TSTRING || kind == LUA_TFUNCTION || kind == LUA_TTABLE, 3,
                   "string/function/table");
  const lua_Integer most = luaL_optinteger(lua, 4, static_cast<lua_Integer>(subject.size()) + 1);
  const bool anchored = !pattern.empty() && pattern.front() == '^';
  if (anchored) pattern.remove_prefix(1);
  return matching(lua, [&](std::int64_t& steps) {
    Matcher matcher(subject, pattern, steps);
    std::string made;
    const char* at = subject.data();
    const char* last = at + subject.size();
    const char* last_end = nullptr;
    lua_Integer count = 0;
    while (count < most) {
      look_at_clock(lua);
      const char* end = matcher.match_at(at);
      if (end != nullptr && end != last_end) {
        ++count;
        const std::size_t had = made.size();
        add_replacement(lua, matcher, subject.data(), at, end, kind, made);
        pay(lua, made.size() - had);
        at = last_end = end;
      } else if (at < last) {
        made.push_back(*at++);
      } else {
        break;
      }
      check_size(lua, made.size());
      if (anchored) break;
    }
    made.append(at, static_cast<std::size_t>(last - at));
    check_size(lua, made.size());
    lua_pushlstring(lua, made.data(), made.size());
    lua_pushinteger(lua, count);
    return 2;
  });
}

// One conversion: flags, at most two digits of width and of precision, and the letter.
struct Conversion {
  char text[32] = {'%'};
  std::size_t size = 1;
  char letter = '\0';
  bool has_precision = false;
};

Conversion read_conversion(lua_State* lua, std::string_view format, std::size_t& at) {
  Conversion found;
  const auto next = [&]() -> char { return at < format.size() ? format[at] : '\0'; };
  const auto take = [&] { found.text[found.size++] = format[at++]; };
  const auto is_digit = [&] { return next() >= '0' && next() <= '9'; };
  int flags = 0;
  while (next() != '\0' && std::strchr("-+ #0", next()) != nullptr) {
    if (++flags > 5) luaL_error(lua, "invalid conversion to 'format'");
    take();
  }
  for (int digits = 0; is_digit() && digits < 2; ++digits) take();
  if (next() == '.') {
    found.has_precision = true;
    take();
    for (int digits = 0; is_digit() && digits < 2; ++digits) take();
  }
  if (is_digit()) luaL_error(lua, "invalid conversion to 'format'");
  found.letter = next();
  if (at < format.size()) ++at;
  return found;
}

int text_format(lua_State* lua) {
  const std::string_view format = text_at(lua, 1);
  const int top = lua_gettop(lua);
  int argument = 1;
  std::string made;
  char buffer[512];  // %99.99f of the largest double: 309 + 1 + 99.
  for (std::size_t at = 0; at < format.size();) {
    const char c = format[at++];
    if (c != '%') {
      made.push_back(c);
      continue;
    }
    if (at < format.size() && format[at] == '%') {
      made.push_back('%');
      ++at;
      continue;
    }
    State::of(lua).charge(10);
    if (++argument > top) return luaL_argerror(lua, argument, "no value");
    Conversion found = read_conversion(lua, format, at);
    const auto print = [&](const char* letters, auto value) {
      std::memcpy(found.text + found.size, letters, std::strlen(letters) + 1);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      const int size = std::snprintf(buffer, sizeof buffer, found.text, value);
#pragma GCC diagnostic pop
      if (size > 0) made.append(buffer, static_cast<std::size_t>(size));
    };
    switch (found.letter) {
      case 'c': {
        // snprintf would stop at a zero byte, so the byte is put in place by hand.
        const auto byte = static_cast<char>(luaL_checkinteger(lua, argument));
        const int width = std::atoi(found.text + 1 + (found.text[1] == '-' ? 1 : 0));
        const std::string padding(static_cast<std::size_t>(width > 1 ? width - 1 : 0), ' ');
        made += found.text[1] == '-' ? byte + padding : padding + byte;
        break;
      }
      case 'd':
      case 'i':
        print("lld", static_cast<long long>(luaL_checkinteger(lua, argument)));
        break;
      case 'o':
        print("llo", static_cast<long long>(luaL_checkinteger(lua, argument)));
        break;
      case 'x':
        print("llx", static_cast<long long>(luaL_checkinteger(lua, argument)));
        break;
      case 'X':
        print("llX", static_cast<long long>(luaL_checkinteger(lua, argument)));
        break;
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': {
        const char letters[] = {found.letter, '\0'};
        print(letters, static_cast<double>(luaL_checknumber(lua, argument)));
        break;
      }
      case 's': {
        std::size_t size = 0;
        const char* text = push_text(lua, argument, &size);
        pay(lua, size);
        if (found.size == 1) {
          made.append(text, size);
        } else {
          luaL_argcheck(lua, size == std::strlen(text), argument, "string contains zeros");
          if (!found.has_precision && size >= 100) {
            made.append(text, size);
          } else {
            print("s", text);
          }
        }
        lua_pop(lua, 1);
        break;
      }
      default:
        return luaL_error(lua, "invalid conversion to 'format'");
    }
    check_size(lua, made.size());
  }
  pay(lua, made.size());
  lua_pushlstring(lua, made.data(), made.size());
  return 1;
}

}  // namespace

void open_string(lua_State* lua) {
  static constexpr luaL_Reg kFunctions[] = {{"byte", text_byte},     {"char", text_char},       {"find", text_find},
                                            {"format", text_format}, {"gmatch", text_gmatch},   {"gsub", text_gsub},
                                            {"len", text_len},       {"lower", text_lower},     {"match", text_match},
                                            {"rep", text_rep},       {"reverse", text_reverse}, {"sub", text_sub},
                                            {"upper", text_upper},   {nullptr, nullptr}};
  lua_createtable(lua, 0, 16);
  luaL_setfuncs(lua, kFunctions, 0);
  // ("x"):rep(3) reaches these functions past _ENV, through the metatable that all strings share.
  lua_pushliteral(lua, "");
  lua_createtable(lua, 0, 2);
  lua_pushvalue(lua, -3);
  lua_setfield(lua, -2, "__index");
  lua_pushboolean(lua, 0);
  lua_setfield(lua, -2, "__metatable");
  lua_setmetatable(lua, -2);
  lua_pop(lua, 1);
}

}  // namespace draad::rules::lua
