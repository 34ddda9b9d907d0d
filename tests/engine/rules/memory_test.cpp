// The allocator fails at allocation 1, 2, 3, ...: whatever the sandbox was doing, it ends with a clean failure, nothing
// leaks (the sanitizers look on) and the next call on a fresh state is right.
#include <gtest/gtest.h>

#include "engine/rules/internal/lua_call.h"

namespace draad::rules::lua {
namespace {

constexpr const char* kBusy = R"(
local t = {}
for i = 1, 20 do t[i] = ('n' .. i):upper() end
table.sort(t, function(a, b) return a > b end)
local text = table.concat(t, ','):gsub('%d+', function(d) return '<' .. d .. '>' end)
for word in text:gmatch('%a+') do t[#t + 1] = word end
local ok, why = pcall(function() error({ 1 }) end)
local names = {}
for key, value in pairs({ b = 1, a = 2, [1] = 3 }) do names[#names + 1] = tostring(key) end
for key in pairs(feiten) do names[#names + 1] = key end
local object = setmetatable({}, { __index = function(_, k) return k .. k end })
return { text = text, count = #t, names = names, twice = object.x, format = ('%5.2f|%s'):format(1.5, names[1]),
         item = feiten.lijst[2], group = feiten.groep.naam, plus = datum.plus('2026-01-31', 'P1M') })";

Facts facts() {
  return {{"lijst", List{1, 2}}, {"groep", Facts{{"naam", "x"}}}, {"leeftijd", 17}};
}

std::optional<Failure> run_busy(State& state, const Chunk& chunk, Value& value) {
  const Facts given = facts();
  std::string wrong;
  return state.run(Budget{}, [&](lua_State*) { static_cast<void>(run_free(state, chunk, &given, value, wrong)); });
}

TEST(Memory, MakingAStateFailsCleanlyAtEveryAllocation) {
  std::uint64_t allocations = 1;
  for (; allocations < 20'000; ++allocations) {
    if (State::make(Budget{}, allocations) != nullptr) break;
  }
  EXPECT_GT(allocations, 100u);
  EXPECT_LT(allocations, 20'000u);
}

TEST(Memory, ACallFailsCleanlyAtEveryAllocation) {
  ChunkStore chunks;
  const auto chunk = chunks.intern("druk.lua", kBusy);
  Value right;
  {
    const auto state = State::make(Budget{});
    ASSERT_FALSE(run_busy(*state, *chunk, right));
  }
  std::uint64_t failed = 0;
  for (std::uint64_t number = 1; number < 20'000; ++number) {
    const auto state = State::make(Budget{});
    ASSERT_NE(state, nullptr);
    state->meter().allocations = 0;
    state->meter().fail_from = number;
    Value value;
    const auto failure = run_busy(*state, *chunk, value);
    if (!failure) {
      EXPECT_EQ(value, right);
      break;
    }
    ++failed;
    EXPECT_EQ(failure->kind, FaultKind::memory_spent) << "allocation " << number << ": " << failure->message;
    EXPECT_FALSE(state->usable()) << "allocation " << number;
  }
  EXPECT_GT(failed, 100u);
  EXPECT_LT(failed, 19'000u);
}

}  // namespace
}  // namespace draad::rules::lua
