// engine/feel/internal/semantics.h
//
// What the operators of the condition language answer on values: the one definition that the evaluator and the decision
// procedure share. Null is the answer wherever the standard has no other (DMN 1.5, 10.3.2.13 and following).
#pragma once

#include <optional>

#include "engine/core/value.h"
#include "engine/feel/internal/ast.h"

namespace draad::feel {

// Three-valued truth; nothing is null.
using Truth = std::optional<bool>;

// The two kinds of duration of FEEL. P1D and PT24H are of the same kind and equal in a comparison (a day is 24 hours
// there); added to a moment they differ, see engine/docs/time.md. A duration of both kinds, P1M1D, compares with
// nothing but itself.
enum class DurationKind { zero, months, days_and_time, both };
[[nodiscard]] DurationKind kind_of(const Duration& duration);
[[nodiscard]] std::int64_t months_of(const Duration& duration);        // Signed.
[[nodiscard]] std::int64_t milliseconds_of(const Duration& duration);  // Signed; days of 24 hours.

[[nodiscard]] Truth equal(const Value& a, const Value& b);
[[nodiscard]] Truth compare(const Value& a, Comparator comparator, const Value& b);

// `limit` when the result is out of range, null when the types do not go together.
[[nodiscard]] Result<Value> plus(const Value& a, const Value& b);
[[nodiscard]] Result<Value> minus(const Value& a, const Value& b);
[[nodiscard]] Result<Value> negated(const Value& value);

// Whole years; whoever was born on 29 February has a birthday on 1 March in other years. Negative before the birth.
[[nodiscard]] int age(Date birth, Date at);

[[nodiscard]] Truth contains(const Value& text_or_list, const Value& item);

}  // namespace draad::feel
