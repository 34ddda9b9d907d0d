// engine/feel/feel.h
//
// The condition language: a small, typed, decidable subset of FEEL (DMN 1.5, clause 10). An Expression is immutable and
// may be shared between threads. Evaluation has no side effects, no loops and a bounded depth.
//
// Grammar (ISO EBNF; white space between tokens is free; names may hold letters, digits, '_' and '.'):
//   expression  = disjunction ;
//   disjunction = conjunction , { "or" , conjunction } ;
//   conjunction = comparison , { "and" , comparison } ;
//   comparison  = sum , [ ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) , sum
//                       | "between" , sum , "and" , sum
//                       | "in" , ( "(" , test , { "," , test } , ")" | range | sum ) ] ;
//   test        = range | ( "<" | "<=" | ">" | ">=" ) , sum | sum ;
//   range       = ( "[" | "(" | "]" ) , sum , ".." , sum , ( "]" | ")" | "[" ) ;
//   sum         = unary , { ( "+" | "-" ) , unary } ;
//   unary       = [ "-" ] , primary ;
//   primary     = number | string | "true" | "false" | "null" | literal | call | name | list | "(" , expression , ")" ;
//   literal     = ( "date" | "date and time" | "duration" ) , "(" , string , ")" | "@" , string ;
//   call        = ( "not" | "today" | "now" | "age" | "count" | "contains" ) , "(" , [ expression , { "," , expression } ] , ")" ;
//   list        = "[" , [ expression , { "," , expression } ] , "]" ;
//
// Logic is three-valued as the standard says: null where an operand is missing or of another type, except = and != with
// null. `holds` refuses a result that is not true or false (semantics rule 18). What each operator answers, and where this
// is narrower than FEEL, is in engine/docs/conditions.md.
// Errors: `invalid` with the column and what was expected, `unsupported` for a word or sign of FEEL outside this subset;
// `limit` for text over 64 KiB, nesting over 200, or a sum out of range.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.h"
#include "engine/core/value.h"

namespace draad::feel {

struct Node;   // internal/ast.h

class Expression {
 public:
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }   // Facts it reads, sorted, each once.
  [[nodiscard]] const Node& root() const { return *root_; }

 private:
  friend Result<Expression> parse(std::string_view text);
  Expression() = default;
  std::string text_;
  std::vector<std::string> names_;
  std::shared_ptr<const Node> root_;
};

[[nodiscard]] Result<Expression> parse(std::string_view text);
[[nodiscard]] std::string to_string(const Expression& expression);   // Canonical; reads back as the same expression.
[[nodiscard]] bool same(const Expression& a, const Expression& b);   // The same tree, however it is written.

// Where names get their values from, and what `now()` and `today()` answer.
class Environment {
 public:
  virtual ~Environment() = default;
  [[nodiscard]] virtual const Value* find(std::string_view name) const = 0;   // nullptr: unknown, which is null.
  [[nodiscard]] virtual Instant now() const = 0;
};

class FactsEnvironment final : public Environment {
 public:
  FactsEnvironment(const Facts& facts, Instant now) : facts_(facts), now_(now) {}
  [[nodiscard]] const Value* find(std::string_view name) const override {
    const auto found = facts_.find(name);
    return found == facts_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] Instant now() const override { return now_; }

 private:
  const Facts& facts_;
  Instant now_;
};

[[nodiscard]] Result<Value> evaluate(const Expression& expression, const Environment& environment);

// True or false; anything else is `invalid`, with the values of the names in the message (facts, never personal values).
[[nodiscard]] Result<bool> holds(const Expression& expression, const Environment& environment);

}  // namespace draad::feel
