// engine/rules/internal/lua_call.h
//
// One question to a chain of plugins, inside one state. Frames nest when a municipality's rule asks landelijk(ctx) and
// a region answers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/rules/internal/lua_state.h"
#include "engine/rules/plugin_set.h"

namespace draad::rules::lua {

// The question, and what has become known about it.
struct Call {
  const Rule* rule = nullptr;
  std::string_view gemeente;
  std::string_view date;  // 2026-03-02
  const Facts* facts = nullptr;
  Chain chain;
  std::array<bool, Chain::kLinksMax + 1> asked{};  // The last one is the national default.
  std::vector<Fault> faults;
  // Set when a frame is left by an error: which link it was, and which declared facts it had read.
  std::size_t failed_link = 0;
  std::uint64_t failed_read = 0;
  bool failed = false;
};

// What runs now: a link of a call, or (without a call) a script or a test.
struct Frame {
  Call* call = nullptr;
  std::size_t link = 0;
  const LoadedRule* rule = nullptr;
  const Facts* facts = nullptr;
  std::string_view source;
  std::uint64_t read = 0;   // Bit i: fact i of rule->reads.
  std::string next_reason;  // What landelijk(ctx) gave last.
  std::string next_basis;
};

struct LinkAnswer {
  Facts facts;
  std::string reason;
  std::string basis;
};

// Runs the question from its first link. Within State::run() only. False: `wrong` says in Dutch why the answer does not
// fit.
[[nodiscard]] bool run_chain(State& state, Call& call, LinkAnswer& answer, std::string& wrong);
[[nodiscard]] Fault make_fault(const Call& call, const Failure& failure, std::string_view wrong);
// Runs a text that returns data; `facts` may be nullptr. Within State::run() only.
[[nodiscard]] bool run_free(State& state, const Chunk& chunk, const Facts* facts, Value& value, std::string& wrong);

// For the library.
enum class FactUse { declared, undeclared, free };
[[nodiscard]] FactUse note_read(State& state, std::string_view fact);
[[nodiscard]] const Facts* running_facts(State& state);
[[nodiscard]] std::string_view running_source(State& state);
int push_context_field(lua_State* lua, State& state, std::string_view name);
int ask_next_link(lua_State* lua);  // landelijk(ctx)

}  // namespace draad::rules::lua
