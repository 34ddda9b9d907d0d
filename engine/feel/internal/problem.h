// engine/feel/internal/problem.h
//
// Conditions as the decision procedure sees them: formulas over dimensions, where each dimension splits what the facts
// can be into finitely many cells in which no condition changes its mind.
//   Variable    something with an order: a fact, today(), now(), an age, a count, a sum of others. Whole numbers in the
//               unit of its type: millionths, days, milliseconds, months.
//   Dimension   a question with a finite number of answers (cells): is the fact null, which choice is it, in which
//               interval lies x or x - y, is this text part of that one.
//   Form        a condition over dimensions, three-valued. Evaluated on cells that are partly known it gives the set of
//               truths that are still possible.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/feel/decide.h"
#include "engine/feel/internal/semantics.h"

namespace draad::feel {

// A set of truths.
using Truths = std::uint8_t;
inline constexpr Truths kTrue = 1;
inline constexpr Truths kFalse = 2;
inline constexpr Truths kNull = 4;

inline constexpr int kNone = -1;

enum class Unit : std::uint8_t { number, date, instant, days_and_time, months };

struct Interval {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

enum class Role : std::uint8_t {
  fact,
  today,
  now,
  age,       // Of `birth` at `at`.
  count,     // Of the list `fact`.
  sum,       // Of `parts`.
  unlinked,  // A number that nothing is known about: an example must turn out right by itself.
};

struct Variable {
  Role role = Role::fact;
  Unit unit = Unit::number;
  Interval domain;
  std::int64_t step = 1;  // Only multiples of it are values.
  std::string fact;
  int birth = kNone;
  int at = kNone;
  std::vector<std::pair<int, std::int64_t>> parts;  // Variable and factor.
  std::string text;
};

// A date or instant variable, moved by durations whose length depends on where it stands.
struct Moment {
  int variable = kNone;
  std::vector<Duration> steps;
};

enum class DimensionKind : std::uint8_t {
  null,        // Cell 1: the fact is null.
  boolean,     // Cell 1: the fact is true.
  text,        // Which text, of `texts`.
  part,        // Cell 1: the text contains `item`. Only asked where the text is none of the literals.
  member,      // Cell 1: the list contains `item`.
  difference,  // In which of `intervals` lies x, or x - y.
  text_pair,   // Cell 1: the two texts are equal. Only asked where both are none of the literals.
  relation,    // left <, =, > right.
  opaque,      // <, =, > of two values about which nothing is known; or a bare true and false.
};

struct TextCell {
  std::optional<std::string> literal;
  // Of a gap in the order of texts: strictly between these. Without any of the two everything that is no literal.
  std::optional<std::string> above;
  std::optional<std::string> below;
};

struct Dimension {
  DimensionKind kind = DimensionKind::null;
  int cell_count = 2;
  std::string fact;
  std::string other;
  Value item;
  std::vector<TextCell> texts;
  bool closed = false;   // Of a text: one of the literals, nothing else.
  bool ordered = false;  // Of a text: gaps are told apart.
  int x = kNone;
  int y = kNone;
  std::vector<std::int64_t> limits;  // Each asks: x - y <= limit?
  std::vector<Interval> intervals;
  Moment left;
  Moment right;
  std::string text;  // As written, for a reason.
};

enum class FormKind : std::uint8_t {
  constant,
  conjunction,
  disjunction,
  negation,
  guard,  // Null when any of the children but the last is true; else the last.
  is_true,
  is_false,
  is_null,
  cell,   // What the cell of `dimension` says; `part` is asked where it says nothing.
  limit,  // x - y <= `limit`.
};

struct Form {
  FormKind kind = FormKind::constant;
  Truths truths = kNull;  // constant; cell: what is possible over all cells.
  std::vector<int> children;
  int dimension = kNone;
  int part = kNone;
  std::vector<Truths> per_cell;
  std::int64_t limit = 0;
};

struct Problem {
  std::vector<Variable> variables;
  std::vector<Dimension> dimensions;
  std::vector<Form> forms;
  std::vector<int> roots;  // The form of each condition; kNone where it cannot be typed.
  std::map<std::string, int, std::less<>> fact_variables;
  std::map<std::string, int, std::less<>> null_dimensions;
  std::map<std::string, int, std::less<>> boolean_dimensions;
  std::map<std::string, int, std::less<>> text_dimensions;
  int today = kNone;
  int now = kNone;
  bool too_many_cells = false;
  bool needs_theory = false;  // Cells of different dimensions can exclude each other.
};

[[nodiscard]] Problem compile(std::span<const Expression> conditions, const FactTypes& types,
                              const std::vector<bool>& typed);

// Between a variable's whole numbers and the values of the language.
[[nodiscard]] Value value_in(Unit unit, std::int64_t amount);
[[nodiscard]] std::optional<std::pair<Unit, std::int64_t>> amount_of(
    const Value& value);  // Zero durations are days_and_time.
[[nodiscard]] Value moved(const Problem& problem, const Moment& moment, std::int64_t amount);

// The largest amount in `domain` for which `holds` says true; it is true up to some point and false beyond it. Below
// the domain when it never holds.
[[nodiscard]] std::int64_t last_that_holds(Interval domain, const std::function<bool(std::int64_t)>& holds);

// A text for `cell` that contains all of `wanted` and none of `unwanted`; nothing when none was found.
[[nodiscard]] std::optional<std::string> text_for(const TextCell& cell, const std::vector<std::string>& literals,
                                                  const std::vector<std::string>& wanted,
                                                  const std::vector<std::string>& unwanted, int variant);

// What the dimensions say together; kUnknown where it is not known yet.
inline constexpr int kUnknown = -1;
using Cells = std::vector<int>;

[[nodiscard]] Truths possible(const Problem& problem, int form, const Cells& cells);
[[nodiscard]] int first_unknown(const Problem& problem, int form, const Cells& cells);  // kNone when all is known.

}  // namespace draad::feel
