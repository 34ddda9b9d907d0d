// engine/rules/internal/lua_state.h
//
// One sandboxed Lua state: own allocator, own library, a meter that every instruction, allocation and library call
// draws on. Everything that may raise a Lua error runs inside run(); the C++ build of Lua throws, so objects of ours on
// the way unwind. A state that spent a budget is not used again: State::usable() says so. Threads: one thread at a
// time.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <lua.hpp>

#include "engine/rules/internal/chunk.h"
#include "engine/rules/rule_host.h"

namespace draad::rules::lua {

struct Frame;  // lua_call.h

enum class Spent { nothing, steps, memory, time };

// What the call in progress may still cost. Between calls nothing is limited, so that a state can be prepared and
// closed.
struct Meter {
  bool running = false;
  Spent spent = Spent::nothing;
  std::int64_t steps = 0;              // Left.
  std::int64_t steps_until_clock = 0;  // Work of library functions before the clock is read again.
  std::size_t bytes = 0;               // In use by the state.
  std::size_t bytes_limit = 0;
  std::size_t block_limit = 0;
  int refusals = 0;  // Allocations refused in this call; each costs a collection, so there are few.
  std::chrono::steady_clock::time_point deadline;
  // Tests only: the allocation with this number (from 1) fails, and every one after it. 0: none.
  std::uint64_t fail_from = 0;
  std::uint64_t allocations = 0;
};

// Why a call did not end well.
struct Failure {
  FaultKind kind = FaultKind::error;
  std::string message;  // Of Lua itself or of our library; free of values. Empty when the script raised it.
  std::string file;
  int line = 0;
  bool raised_by_script = false;
};

class State {
 public:
  // nullptr: no memory. `fail_from`: see Meter.
  [[nodiscard]] static std::unique_ptr<State> make(const Budget& budget, std::uint64_t fail_from = 0);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  [[nodiscard]] static State& of(lua_State* lua) { return **static_cast<State**>(lua_getextraspace(lua)); }
  [[nodiscard]] lua_State* lua() const { return lua_; }
  [[nodiscard]] Meter& meter() { return meter_; }

  // Runs body(lua) on an empty stack, protected and within the budget.
  template <typename Body>
  [[nodiscard]] std::optional<Failure> run(const Budget& budget, Body&& body) {
    start(budget);
    lua_pushcfunction(lua_, &trampoline<std::remove_reference_t<Body>>);
    lua_pushlightuserdata(lua_, &body);
    return finish(lua_pcall(lua_, 1, 0, 0));
  }
  // Within run(): protects a part of it. A spent budget is passed on, all else becomes the Failure.
  template <typename Body>
  [[nodiscard]] std::optional<Failure> run_inner(Body&& body) {
    if (lua_checkstack(lua_, 10) == 0) raise("te diep genest");
    lua_pushcfunction(lua_, &trampoline<std::remove_reference_t<Body>>);
    lua_pushlightuserdata(lua_, &body);
    return finish_inner(lua_pcall(lua_, 1, 0, 0));
  }

  // Pushes the compiled main function of a chunk. Compiles on first use. Within run() only.
  void push_chunk(const Chunk& chunk);
  // Pushes a fresh environment on top of the shared, read-only names. Within run() only.
  void push_environment();

  [[nodiscard]] bool usable() const;  // False: throw it away.
  [[nodiscard]] std::size_t bytes() const { return meter_.bytes; }

  // Draws on the budget; raises when it is spent. For library functions.
  void charge(std::int64_t steps);
  [[noreturn]] void raise(const char* message);
  [[noreturn]] void raise_spent();

  // What error() and assert() note, so that a message that may hold values is not repeated.
  void note_raised_by_script();
  void forget_raised() { raised_by_script_ = false; }

  Frame* frame = nullptr;  // The rule that runs now; nullptr in scripts and tests.

  // Registry references, made once.
  int environment_meta = LUA_NOREF;
  int view_meta = LUA_NOREF;
  int context_meta = LUA_NOREF;

 private:
  explicit State(std::uint64_t fail_from) { meter_.fail_from = fail_from; }

  template <typename Body>
  static int trampoline(lua_State* lua) {
    Body& body = *static_cast<Body*>(lua_touserdata(lua, 1));
    lua_settop(lua, 0);
    body(lua);
    return 0;
  }
  static void* allocate(void* context, void* block, std::size_t old_size, std::size_t new_size);
  static void hook(lua_State* lua, lua_Debug* activation);
  bool may_grow(std::size_t old_size, std::size_t new_size);
  bool clock_spent();

  void start(const Budget& budget);
  std::optional<Failure> finish(int status);
  std::optional<Failure> finish_inner(int status);
  Failure failure(int status);

  lua_State* lua_ = nullptr;
  Meter meter_;
  std::vector<int> chunks_;  // Registry references by chunk id; LUA_NOREF: not compiled here.
  std::size_t chunk_count_ = 0;
  std::uint64_t calls_ = 0;
  bool raised_by_script_ = false;
  bool broken_ = false;
};

// The library, a file a subject. Each leaves one table on the stack.
void open_base(lua_State* lua);  // Fills the table at the top.
void open_string(lua_State* lua);
void open_table(lua_State* lua);
void open_math(lua_State* lua);
void open_utf8(lua_State* lua);
void open_dates(lua_State* lua);
void open_views(lua_State* lua);  // Metatables of views, into the registry.

// Replaces the table at the top by a read-only stand-in that no raw access can change.
void freeze(lua_State* lua, const char* name);

// As luaL_tolstring, but without addresses.
const char* push_text(lua_State* lua, int index, std::size_t* size);

}  // namespace draad::rules::lua
