#include "engine/rules/internal/lua_state.h"

#include <charconv>
#include <cstdlib>

namespace draad::rules::lua {
namespace {

constexpr int kHookEvery = 200;              // VM instructions: one may compare or copy a whole block, so not too many.
constexpr std::int64_t kClockEvery = 2'000;  // Steps of library work between two looks at the clock.
constexpr std::size_t kBytesPerStep = 64;    // Memory asked for counts as work.
constexpr int kRefusalsMax = 4;
constexpr std::uint64_t kCallsMax = 20'000;  // Then a fresh state, whatever may have gathered.
constexpr std::size_t kChunksMax = 1'000;
constexpr std::size_t kIdleBytesMax = 8u << 20;

}  // namespace

void* State::allocate(void* context, void* block, std::size_t old_size, std::size_t new_size) {
  State& state = *static_cast<State*>(context);
  const std::size_t had = block == nullptr ? 0 : old_size;  // Without a block, old_size is the kind of object.
  if (new_size == 0) {
    std::free(block);
    state.meter_.bytes -= had;
    return nullptr;
  }
  if (new_size > had && !state.may_grow(had, new_size)) return nullptr;
  void* moved = std::realloc(block, new_size);
  if (moved == nullptr) return new_size <= had ? block : nullptr;  // Shrinking may not fail.
  state.meter_.bytes += new_size - had;
  return moved;
}

bool State::may_grow(std::size_t old_size, std::size_t new_size) {
  Meter& meter = meter_;
  if (meter.fail_from != 0 && ++meter.allocations >= meter.fail_from) return false;
  if (!meter.running) return true;
  const std::size_t more = new_size - old_size;
  meter.steps -= static_cast<std::int64_t>(more / kBytesPerStep);
  if (meter.steps < 0 && meter.spent == Spent::nothing) meter.spent = Spent::steps;
  if (more >= 4096 && meter.spent == Spent::nothing && clock_spent()) meter.spent = Spent::time;
  if (meter.spent != Spent::nothing) return false;
  if (new_size > meter.block_limit || meter.bytes + more > meter.bytes_limit) {
    // Lua answers a refusal with a full collection and asks once more; a script that lives at the limit may not do that
    // for ever.
    if (++meter.refusals >= kRefusalsMax) meter.spent = Spent::memory;
    return false;
  }
  return true;
}

bool State::clock_spent() {
  return std::chrono::steady_clock::now() >= meter_.deadline;
}

void State::hook(lua_State* lua, lua_Debug*) {
  State& state = of(lua);
  Meter& meter = state.meter_;
  meter.steps -= kHookEvery;
  if (meter.spent == Spent::nothing) {
    if (meter.steps < 0)
      meter.spent = Spent::steps;
    else if (state.clock_spent())
      meter.spent = Spent::time;
  }
  if (meter.spent != Spent::nothing) state.raise_spent();
}

void State::raise_spent() {
  lua_sethook(lua_, &State::hook, LUA_MASKCOUNT, 1);  // From here every instruction ends here.
  lua_pushnil(lua_);                                  // No message: making one may need memory. The meter knows.
  lua_error(lua_);
  std::abort();  // lua_error does not return.
}

void State::raise(const char* message) {
  luaL_error(lua_, "%s", message);
  std::abort();
}

void State::charge(std::int64_t steps) {
  Meter& meter = meter_;
  if (!meter.running) return;
  meter.steps -= steps;
  meter.steps_until_clock -= steps;
  if (meter.spent == Spent::nothing) {
    if (meter.steps < 0) {
      meter.spent = Spent::steps;
    } else if (meter.steps_until_clock < 0) {
      meter.steps_until_clock = kClockEvery;
      if (clock_spent()) meter.spent = Spent::time;
    }
  }
  if (meter.spent != Spent::nothing) raise_spent();
}

void State::note_raised_by_script() {
  raised_by_script_ = true;
}

std::unique_ptr<State> State::make(const Budget& budget, std::uint64_t fail_from) {
  std::unique_ptr<State> state(new State(fail_from));
  state->lua_ = lua_newstate(&State::allocate, state.get());
  if (state->lua_ == nullptr) return nullptr;
  *static_cast<State**>(lua_getextraspace(state->lua_)) = state.get();
  lua_sethook(state->lua_, nullptr, 0, 0);
  Budget preparing = budget;  // Our own code: it needs what it needs, whatever a rule may cost.
  preparing.steps = 10'000'000;
  preparing.memory_bytes = 16u << 20;
  preparing.block_bytes = 1u << 20;
  preparing.wall = std::chrono::seconds(5);
  const auto failure = state->run(preparing, [&](lua_State* lua) {
    open_views(lua);
    lua_createtable(lua, 0, 32);
    open_base(lua);
    struct Library {
      const char* name;
      void (*open)(lua_State*);
    };
    for (const Library& library :
         {Library{"string", &open_string}, Library{"table", &open_table}, Library{"math", &open_math},
          Library{"utf8", &open_utf8}, Library{"datum", &open_dates}}) {
      library.open(lua);
      freeze(lua, library.name);
      lua_setfield(lua, 1, library.name);
    }
    // Every call gets an empty table of its own over these names. Without __newindex, so that a script's own globals
    // live and die there.
    lua_createtable(lua, 0, 2);
    lua_pushvalue(lua, 1);
    lua_setfield(lua, -2, "__index");
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    state->environment_meta = luaL_ref(lua, LUA_REGISTRYINDEX);
  });
  if (failure) return nullptr;
  state->calls_ = 0;
  return state;
}

State::~State() {
  if (lua_ == nullptr) return;
  meter_.running = false;
  lua_close(lua_);
}

bool State::usable() const {
  return !broken_ && calls_ < kCallsMax && chunk_count_ < kChunksMax && meter_.bytes < kIdleBytesMax;
}

void State::start(const Budget& budget) {
  lua_settop(lua_, 0);
  meter_.running = true;
  meter_.spent = Spent::nothing;
  meter_.steps = static_cast<std::int64_t>(budget.steps);
  meter_.steps_until_clock = kClockEvery;
  meter_.bytes_limit = meter_.bytes + budget.memory_bytes;
  meter_.block_limit = budget.block_bytes;
  meter_.refusals = 0;
  meter_.deadline = std::chrono::steady_clock::now() + budget.wall;
  raised_by_script_ = false;
  ++calls_;
  lua_sethook(lua_, &State::hook, LUA_MASKCOUNT, kHookEvery);
}

std::optional<Failure> State::finish(int status) {
  meter_.running = false;
  lua_sethook(lua_, nullptr, 0, 0);
  if (status == LUA_OK && meter_.spent == Spent::nothing) {
    lua_settop(lua_, 0);
    return std::nullopt;
  }
  Failure found = failure(status);
  // After a limit nothing is certain about what the state still holds.
  if (found.kind != FaultKind::error || status != LUA_ERRRUN) broken_ = true;
  lua_settop(lua_, 0);
  return found;
}

std::optional<Failure> State::finish_inner(int status) {
  if (status == LUA_OK) return std::nullopt;
  if (status == LUA_ERRMEM && meter_.spent == Spent::nothing) meter_.spent = Spent::memory;
  if (meter_.spent != Spent::nothing) raise_spent();
  Failure found = failure(status);
  lua_pop(lua_, 1);
  raised_by_script_ = false;
  return found;
}

Failure State::failure(int status) {
  Failure found;
  switch (meter_.spent) {
    case Spent::steps:
      found.kind = FaultKind::steps_spent;
      return found;
    case Spent::memory:
      found.kind = FaultKind::memory_spent;
      return found;
    case Spent::time:
      found.kind = FaultKind::time_spent;
      return found;
    case Spent::nothing:
      break;
  }
  if (status == LUA_ERRMEM) {
    found.kind = FaultKind::memory_spent;
    return found;
  }
  found.raised_by_script = raised_by_script_;
  if (lua_type(lua_, -1) != LUA_TSTRING) {
    found.raised_by_script = true;  // Only error() raises something else.
    return found;
  }
  std::size_t size = 0;
  const char* raw = lua_tolstring(lua_, -1, &size);  // A string already: no memory asked.
  std::string_view text(raw, size);
  // "route.zorgcoordinator.lua:12: attempt to ..."
  if (const auto mark = text.find(".lua:"); mark != std::string_view::npos && mark < 120) {
    const std::string_view rest = text.substr(mark + 5);
    int line = 0;
    const auto [end, code] = std::from_chars(rest.data(), rest.data() + rest.size(), line);
    if (code == std::errc() && end != rest.data() + rest.size() && *end == ':') {
      found.file = std::string(text.substr(0, mark + 4));
      found.line = line;
      text = rest.substr(static_cast<std::size_t>(end - rest.data()) + 1);
      if (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    }
  }
  if (!found.raised_by_script) {
    found.message = std::string(text.substr(0, 300));
    for (char& c : found.message) {
      if (static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) > 126) c = '?';
    }
  }
  return found;
}

namespace {

struct Reading {
  std::string_view text;
  bool done = false;
};

const char* read_once(lua_State*, void* context, std::size_t* size) {
  Reading& reading = *static_cast<Reading*>(context);
  if (reading.done) {
    *size = 0;
    return nullptr;
  }
  reading.done = true;
  *size = reading.text.size();
  return reading.text.data();
}

}  // namespace

void State::push_chunk(const Chunk& chunk) {
  if (chunk.id < chunks_.size() && chunks_[chunk.id] != LUA_NOREF) {
    lua_rawgeti(lua_, LUA_REGISTRYINDEX, chunks_[chunk.id]);
    return;
  }
  Reading reading{chunk.text};
  const std::string name = "=" + chunk.name;
  // Text only: bytecode can be crafted to break the machine itself.
  if (lua_load(lua_, &read_once, &reading, name.c_str(), "t") != LUA_OK) {
    raised_by_script_ = false;
    lua_error(lua_);
  }
  lua_pushvalue(lua_, -1);
  const int reference = luaL_ref(lua_, LUA_REGISTRYINDEX);
  if (chunk.id >= chunks_.size()) chunks_.resize(chunk.id + 1, LUA_NOREF);
  chunks_[chunk.id] = reference;
  ++chunk_count_;
}

void State::push_environment() {
  lua_createtable(lua_, 0, 0);
  lua_rawgeti(lua_, LUA_REGISTRYINDEX, environment_meta);
  lua_setmetatable(lua_, -2);
}

void freeze(lua_State* lua, const char* name) {
  lua_newuserdatauv(lua, 0, 0);
  lua_createtable(lua, 0, 4);
  lua_pushvalue(lua, -3);
  lua_setfield(lua, -2, "__index");
  lua_pushstring(lua, name);
  lua_pushcclosure(
      lua,
      [](lua_State* inner) -> int {
        return luaL_error(inner, "de bibliotheek '%s' kan niet veranderd worden",
                          lua_tostring(inner, lua_upvalueindex(1)));
      },
      1);
  lua_setfield(lua, -2, "__newindex");
  lua_pushboolean(lua, 0);
  lua_setfield(lua, -2, "__metatable");
  lua_setmetatable(lua, -2);
  lua_remove(lua, -2);
}

}  // namespace draad::rules::lua
