// engine/feel/internal/ast.h
//
// A condition as a tree. Chains of `and`, `or` and `+` are one node with many children, so that the depth of the tree
// is the nesting of the text, which the parser limits.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/value.h"

namespace draad::feel {

enum class Kind : std::uint8_t {
  literal,      // value
  name,         // text
  disjunction,  // children
  conjunction,  // children
  comparison,   // children[0] comparator children[1]
  between,      // children[0] between children[1] and children[2]
  in,           // children[0] in (children[1], ...), each a test
  test,         // comparator children[0], only below `in`
  range,        // children[0] .. children[1], only below `in`
  sum,          // children, each added or subtracted
  negation,     // - children[0]
  call,         // function(children)
  list,         // children
};

enum class Comparator : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };

enum class Function : std::uint8_t { not_, today, now, age, count, contains };

struct Node {
  Kind kind = Kind::literal;
  Comparator comparator = Comparator::equal;
  Function function = Function::not_;
  bool low_open = false;  // Of a range.
  bool high_open = false;
  bool subtracted = false;  // As a child of a sum.
  int column = 0;           // From 1, in characters.
  Value value;
  std::string text;
  std::vector<Node> children;
};

[[nodiscard]] bool same(const Node& a, const Node& b);  // All but the columns.

[[nodiscard]] std::string_view text_of(Comparator comparator);
[[nodiscard]] std::string_view text_of(Function function);
[[nodiscard]] std::string write(const Node& node);

}  // namespace draad::feel
