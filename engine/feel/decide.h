// engine/feel/decide.h
//
// Decides what a set of conditions does, over everything its facts can be: exactly, by splitting the values of each
// fact where a condition changes its mind, never by trying some. Every example is run through the evaluator before it
// is given.
//   A verdict "no" comes with an example, or is a proof of absence (satisfiable, reachable); "not decided" with a
//   reason.
// What is decided: any number of facts of any type compared with literals and with each other, sums and differences of
// facts, today(), now(), age(), count() and contains() of a literal. How, and what is left open:
// engine/docs/conditions.md. Facts are taken to keep to their declared type, choices and bounds; a sum that runs out of
// range is left out of account. Errors: none; a condition that cannot be typed is a TypeFault.  Threads: pure
// functions.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/value.h"
#include "engine/feel/feel.h"

namespace draad::feel {

enum class TypeKind { boolean, number, text, choice, date, instant, duration, list };
[[nodiscard]] std::string_view name_nl(TypeKind kind);  // "ja/nee", "getal", ...
[[nodiscard]] std::string_view name_en(TypeKind kind);  // "boolean", "number", ...

struct FactType {
  TypeKind kind = TypeKind::text;
  std::vector<std::string> choices;  // Of a choice.
  std::optional<Value> minimum;      // Of a number, date, instant or duration; of the same type.
  std::optional<Value> maximum;
  bool nullable = false;
};

using FactTypes = std::map<std::string, FactType, std::less<>>;

// The minimum or maximum of a declaration, as written in a file: 18, 2026-03-02, P3M. `invalid` for a type without
// bounds.
[[nodiscard]] Result<Value> parse_bound(TypeKind kind, std::string_view text);

// Types of facts nobody declared, read from what the conditions compare them with; what nothing tells stays out. For
// files from elsewhere, which declare nothing.
[[nodiscard]] FactTypes infer_types(std::span<const Expression> conditions, const FactTypes& declared);

enum class FaultKind { unknown_fact, type_mismatch, unknown_choice, not_boolean };

struct TypeFault {
  std::size_t condition = 0;  // Which of the conditions.
  FaultKind kind = FaultKind::type_mismatch;
  int column = 0;       // From 1.
  std::string message;  // Dutch: what is wrong, and the mend.
  std::string message_en;
};

[[nodiscard]] std::vector<TypeFault> check_types(std::span<const Expression> conditions, const FactTypes& types);

// One casus: values of the facts that the conditions read, and the moment.
struct Example {
  Facts facts;
  std::optional<Instant> now;  // Only where a condition asks for the time.

  [[nodiscard]] std::string text() const;  // Dutch: "leeftijd = 18, vorm = arbeid, nu = 2026-01-01 12:00".
};

enum class Answer { yes, no, not_decided };

struct Verdict {
  Answer answer = Answer::not_decided;
  std::optional<Example> example;  // Shows the "no" of exhaustive and defined; the "yes" of the others.
  std::string reason;              // Of not_decided; Dutch.
  std::string reason_en;
};

struct Overlap {
  std::size_t first = 0;
  std::size_t second = 0;
  Verdict verdict;  // yes with an example, or not decided; pairs that exclude each other are not listed.
};

enum class GatewayKind { exclusive, inclusive };

struct DecideOptions {
  GatewayKind gateway = GatewayKind::exclusive;
  std::size_t cases_most = 50'000;  // Per question; then not decided.
};

struct GatewayVerdict {
  std::vector<TypeFault> faults;
  Verdict exhaustive;                // no: an example for which no condition is true (false or null).
  Verdict defined;                   // no: an example for which a condition that is asked is neither true nor false.
  std::vector<Verdict> satisfiable;  // Per condition; no: it is never true.
  std::vector<Verdict>
      reachable;  // Per condition of an exclusive gateway; no: an earlier one always takes it. Else as above.
  std::vector<Overlap> overlaps;
};

// The conditions of the outgoing flows of one gateway, in document order, without the default flow.
[[nodiscard]] GatewayVerdict decide(std::span<const Expression> conditions, const FactTypes& types,
                                    const DecideOptions& options = {});

}  // namespace draad::feel
