// engine/execute/internal/timer_text.h
//
// The text of a timer, by what the model says it is: a moment, a duration or a repetition.
#pragma once

#include "engine/execute/release.h"

namespace draad::execute::internal {

[[nodiscard]] Result<TimerSpec> parse_timer(graph::TimerKind kind, std::string_view text);

// What a formula gave, read the same way; a moment, date, duration or text.
[[nodiscard]] Result<TimerSpec> timer_from_value(graph::TimerKind kind, const Value& value);

// The text of a spec, so that a cycle which a formula gave can be read back later.
[[nodiscard]] std::string text_of(const Value& value);

// When the n-th firing is, of a timer that was set at `set_at`; nothing: there is none.
[[nodiscard]] std::optional<Instant> due_of(const TimerSpec& spec, Instant set_at, std::int64_t nth);

// The first firing from `from` on that is later than `now`: what lies between was missed and is not made up for (rule
// 11).
[[nodiscard]] std::int64_t first_firing_after(const TimerSpec& spec, Instant set_at, std::int64_t from, Instant now);

}  // namespace draad::execute::internal
