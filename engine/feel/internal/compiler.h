// engine/feel/internal/compiler.h
//
// Turns typed conditions into a Problem. One object compiles all conditions of a question, so that they share
// dimensions.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/feel/internal/ast.h"
#include "engine/feel/internal/problem.h"

namespace draad::feel {

__extension__ using Wide = __int128;  // Sums of 64-bit amounts, before they are known to fit.

// A part of a condition that is no truth: what is compared.
struct Term {
  enum class Kind { null, constant, boolean, linear, moment, monotone, text, list, opaque };
  Kind kind = Kind::opaque;
  std::string source;               // As written.
  std::set<std::string> nullables;  // Facts that make it null when they are.
  Value value;                      // constant
  int form = kNone;                 // boolean
  Unit unit = Unit::number;         // linear
  std::map<int, Wide> factors;      // linear
  Wide constant = 0;                // linear
  Moment moment;                    // moment
  int variable = kNone;             // monotone: an age with a fixed date on one side
  bool increasing = true;
  Date fixed{};
  std::string fact;  // text, list
};

// Two-valued forms that tell how two terms lie.
struct Order {
  int before_or_same = kNone;
  int before = kNone;
  int same = kNone;
};

class Compiler {
 public:
  Compiler(const FactTypes& types, Problem& problem) : types_(types), problem_(problem) {}

  void prepare(const Node& node);  // Collects literals and kinds of durations; all conditions first.
  int form_of(const Node& node);
  void finish();  // Cells from what was asked.

 private:
  // compile_form.cpp
  int make(Form form);
  int constant(Truths truths);
  int join(FormKind kind, std::vector<int> children);
  int negated_form(int form);
  int wrap(FormKind kind, int child);
  int cell_form(int dimension, std::vector<Truths> per_cell);
  int text_form(const std::string& fact, Comparator comparator, const std::string& text);
  int text_other_form(const std::string& fact);
  int text_has_form(const std::string& fact, const std::string& part);
  int limit_form(int variable_x, int variable_y, Wide limit);
  int null_form(const Term& term);
  int guarded(const Term& a, const Term& b, int inner);
  int compare_terms(const Term& a, Comparator comparator, const Term& b);
  int equal_terms(const Term& a, const Term& b);
  int same_form(const Term& a, const Term& b);
  int test_form(const Term& value, const Node& test);
  int member_form(const Term& list, const Term& item);
  int contains_form(const Node& node);

  // compile_order.cpp
  Order order_of(const Term& a, const Term& b);
  Order linear_order(const Term& a, const Term& b);
  Order text_order(const Term& a, const Term& b);
  Order moment_order(const Term& a, const Term& b);
  Order monotone_order(const Term& term, const Term& limit, bool swapped);
  Order relation_order(const Moment& a, const Moment& b, const std::string& text);
  Order opaque_order(const Term& a, const Term& b);
  Order from_cells(int dimension);
  Order turned(const Order& order);
  int text_pair_form(const Term& a, const Term& b);
  int sum_variable(const std::map<int, Wide>& factors, Unit unit);

  // compile_term.cpp
  Term term_of(const Node& node);
  Term name_term(const Node& node);
  Term sum_term(const Node& node);
  Term added(Term a, Term b, bool subtracted) const;
  Term negated(const Term& term) const;
  Term age_term(const Node& node);
  Term count_term(const Node& node);
  Term boolean_term(const Node& node);
  Term opaque_term(const Node& node);
  std::optional<Term> as_linear(const Term& term) const;
  int fact_variable(const std::string& fact);
  int clock_variable(Role role);
  int new_variable(Variable variable);

  int new_dimension(Dimension dimension, const std::string& key);
  int null_dimension(const std::string& fact);
  int text_dimension(const std::string& fact);

  const FactTypes& types_;
  Problem& problem_;
  std::map<std::string, int> dimension_by_key_;
  std::map<std::string, int> variable_by_key_;
  std::set<std::string> month_facts_;                      // Durations that conditions measure in months.
  std::set<std::string> paired_;                           // Texts that are compared with each other.
  std::map<std::string, std::set<std::string>> literals_;  // Per text.
  std::set<std::string> all_literals_;
  std::map<int, std::function<Truths(const TextCell&)>>
      text_questions_;  // Per form, answered when the cells are known.
};

}  // namespace draad::feel
