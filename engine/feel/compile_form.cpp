// Conditions to forms: logic, equality, null, texts and lists. What has an order is in compile_order.cpp.
#include <algorithm>

#include "engine/feel/internal/compiler.h"
#include "engine/feel/internal/typing.h"

namespace draad::feel {

// The conditions of a file are not ours: there is an end to what one may ask for.
int Compiler::make(Form form) {
  constexpr std::size_t kFormsMost = 300'000;
  if (problem_.forms.size() >= kFormsMost) {
    problem_.too_many_cells = true;
    return static_cast<int>(problem_.forms.size()) - 1;
  }
  problem_.forms.push_back(std::move(form));
  return static_cast<int>(problem_.forms.size()) - 1;
}

int Compiler::constant(Truths truths) {
  Form form;
  form.truths = truths;
  return make(std::move(form));
}

int Compiler::join(FormKind kind, std::vector<int> children) {
  if (children.size() == 1) return children[0];
  if (children.empty()) return constant(kind == FormKind::conjunction ? kTrue : kFalse);
  Form form;
  form.kind = kind;
  form.children = std::move(children);
  return make(std::move(form));
}

int Compiler::wrap(FormKind kind, int child) {
  Form form;
  form.kind = kind;
  form.children = {child};
  return make(std::move(form));
}

int Compiler::negated_form(int form) {
  return wrap(FormKind::negation, form);
}

int Compiler::cell_form(int dimension, std::vector<Truths> per_cell) {
  Form form;
  form.kind = FormKind::cell;
  form.dimension = dimension;
  form.truths = 0;
  for (const Truths truths : per_cell) form.truths |= truths;
  form.per_cell = std::move(per_cell);
  return make(std::move(form));
}

int Compiler::null_form(const Term& term) {
  if (term.kind == Term::Kind::null) return constant(kTrue);
  if (term.kind == Term::Kind::boolean) return wrap(FormKind::is_null, term.form);
  std::vector<int> missing;
  for (const std::string& fact : term.nullables) missing.push_back(cell_form(null_dimension(fact), {kFalse, kTrue}));
  return join(FormKind::disjunction, std::move(missing));
}

int Compiler::guarded(const Term& a, const Term& b, int inner) {
  Form form;
  form.kind = FormKind::guard;
  std::set<std::string> nullables = a.nullables;
  nullables.insert(b.nullables.begin(), b.nullables.end());
  for (const std::string& fact : nullables) form.children.push_back(cell_form(null_dimension(fact), {kFalse, kTrue}));
  if (form.children.empty()) return inner;
  form.children.push_back(inner);
  return make(std::move(form));
}

int Compiler::form_of(const Node& node) {
  const std::vector<Node>& children = node.children;
  switch (node.kind) {
    case Kind::conjunction:
    case Kind::disjunction: {
      std::vector<int> forms;
      for (const Node& child : children) forms.push_back(form_of(child));
      return join(node.kind == Kind::conjunction ? FormKind::conjunction : FormKind::disjunction, std::move(forms));
    }
    case Kind::comparison:
      return compare_terms(term_of(children[0]), node.comparator, term_of(children[1]));
    case Kind::between: {
      const Term value = term_of(children[0]);
      const int low = compare_terms(value, Comparator::greater_equal, term_of(children[1]));
      const int high = compare_terms(value, Comparator::less_equal, term_of(children[2]));
      return join(FormKind::conjunction, {low, high});
    }
    case Kind::in: {
      const Term value = term_of(children[0]);
      std::vector<int> tests;
      for (std::size_t i = 1; i < children.size(); ++i) tests.push_back(test_form(value, children[i]));
      return join(FormKind::disjunction, std::move(tests));
    }
    case Kind::call:
      if (node.function == Function::not_) return negated_form(form_of(children[0]));
      if (node.function == Function::contains) return contains_form(node);
      return constant(kNull);
    case Kind::literal: {
      const auto* boolean = node.value.get_if<bool>();
      return constant(boolean == nullptr ? kNull : *boolean ? kTrue : kFalse);
    }
    case Kind::name: {
      const auto found = types_.find(node.text);
      if (found == types_.end() || found->second.kind != TypeKind::boolean) return constant(kNull);
      auto [known, inserted] = problem_.boolean_dimensions.emplace(node.text, kNone);
      if (inserted) {
        Dimension dimension;
        dimension.kind = DimensionKind::boolean;
        dimension.fact = node.text;
        known->second = new_dimension(std::move(dimension), "boolean " + node.text);
      }
      const int dimension = known->second;
      Term self;
      if (found->second.nullable) self.nullables.insert(node.text);
      return guarded(self, self, cell_form(dimension, {kFalse, kTrue}));
    }
    default:
      return constant(kNull);
  }
}

int Compiler::test_form(const Term& value, const Node& test) {
  if (test.kind == Kind::test) return compare_terms(value, test.comparator, term_of(test.children[0]));
  if (test.kind == Kind::range) {
    const int low = compare_terms(value, test.low_open ? Comparator::greater : Comparator::greater_equal,
                                  term_of(test.children[0]));
    const int high =
        compare_terms(value, test.high_open ? Comparator::less : Comparator::less_equal, term_of(test.children[1]));
    return join(FormKind::conjunction, {low, high});
  }
  const bool value_is_list =
      value.kind == Term::Kind::list || (value.kind == Term::Kind::constant && value.value.get_if<List>() != nullptr);
  if (test.kind == Kind::list && !value_is_list) {
    std::vector<int> items;  // Each is equal or not; null is no answer here.
    for (const Node& item : test.children) items.push_back(wrap(FormKind::is_true, equal_terms(value, term_of(item))));
    return join(FormKind::disjunction, std::move(items));
  }
  const Term other = term_of(test);
  if (other.kind == Term::Kind::list && !value_is_list) {
    // A list that is null is compared like any other value.
    const int missing = null_form(other);
    return join(FormKind::disjunction, {join(FormKind::conjunction, {negated_form(missing), member_form(other, value)}),
                                        join(FormKind::conjunction, {missing, null_form(value)})});
  }
  return equal_terms(value, other);
}

int Compiler::compare_terms(const Term& a, Comparator comparator, const Term& b) {
  if (comparator == Comparator::equal) return equal_terms(a, b);
  if (comparator == Comparator::not_equal) return negated_form(equal_terms(a, b));
  if (a.kind == Term::Kind::null || b.kind == Term::Kind::null) return constant(kNull);
  if (a.kind == Term::Kind::constant && b.kind == Term::Kind::constant) {
    const Truth truth = compare(a.value, comparator, b.value);
    return constant(!truth ? kNull : *truth ? kTrue : kFalse);
  }
  const Order order = order_of(a, b);
  switch (comparator) {
    case Comparator::less:
      return guarded(a, b, order.before);
    case Comparator::less_equal:
      return guarded(a, b, order.before_or_same);
    case Comparator::greater:
      return guarded(a, b, negated_form(order.before_or_same));
    default:
      return guarded(a, b, negated_form(order.before));
  }
}

// Null equals null, and no value does; so the answer is never null when the types go together.
int Compiler::equal_terms(const Term& a, const Term& b) {
  if (a.kind == Term::Kind::null) return null_form(b);
  if (b.kind == Term::Kind::null) return null_form(a);
  if (a.kind == Term::Kind::constant && b.kind == Term::Kind::constant) {
    const Truth truth = equal(a.value, b.value);
    return constant(!truth ? kNull : *truth ? kTrue : kFalse);
  }
  if (a.kind == Term::Kind::boolean || b.kind == Term::Kind::boolean) {
    const auto form = [&](const Term& term) {
      if (term.kind == Term::Kind::boolean) return term.form;
      const auto* boolean = term.value.get_if<bool>();
      return constant(boolean == nullptr ? kNull : *boolean ? kTrue : kFalse);
    };
    const int left = form(a);
    const int right = form(b);
    std::vector<int> ways;
    for (const FormKind kind : {FormKind::is_true, FormKind::is_false, FormKind::is_null}) {
      ways.push_back(join(FormKind::conjunction, {wrap(kind, left), wrap(kind, right)}));
    }
    return join(FormKind::disjunction, std::move(ways));
  }
  const int same = same_form(a, b);
  if (a.nullables.empty() && b.nullables.empty()) return same;
  const int null_a = null_form(a);
  const int null_b = null_form(b);
  return join(FormKind::disjunction, {join(FormKind::conjunction, {negated_form(null_a), negated_form(null_b), same}),
                                      join(FormKind::conjunction, {null_a, null_b})});
}

// Without asking for an order where only equality matters: the gaps between texts need not be told apart then.
int Compiler::same_form(const Term& a, const Term& b) {
  if (a.kind == Term::Kind::text && b.kind == Term::Kind::constant) {
    return text_form(a.fact, Comparator::equal, *b.value.get_if<std::string>());
  }
  if (b.kind == Term::Kind::text && a.kind == Term::Kind::constant) return same_form(b, a);
  return order_of(a, b).same;
}

int Compiler::text_form(const std::string& fact, Comparator comparator, const std::string& text) {
  const int dimension = text_dimension(fact);
  literals_[fact].insert(text);
  const bool ordered = comparator != Comparator::equal;
  if (ordered) problem_.dimensions[static_cast<std::size_t>(dimension)].ordered = true;
  const int form = cell_form(dimension, {});
  text_questions_[form] = [comparator, text](const TextCell& cell) -> Truths {
    if (cell.literal) {
      const bool holds = comparator == Comparator::equal  ? *cell.literal == text
                         : comparator == Comparator::less ? *cell.literal < text
                                                          : *cell.literal <= text;
      return holds ? kTrue : kFalse;
    }
    // A gap lies before all literals from its upper bound on.
    return comparator != Comparator::equal && cell.below && *cell.below <= text ? kTrue : kFalse;
  };
  return form;
}

int Compiler::text_other_form(const std::string& fact) {
  const int form = cell_form(text_dimension(fact), {});
  text_questions_[form] = [](const TextCell& cell) -> Truths { return cell.literal ? kFalse : kTrue; };
  return form;
}

int Compiler::text_has_form(const std::string& fact, const std::string& part) {
  Dimension asked;
  asked.kind = DimensionKind::part;
  asked.fact = fact;
  asked.item = Value(part);
  const int part_dimension = new_dimension(std::move(asked), "part " + fact + ' ' + part);
  const int form = cell_form(text_dimension(fact), {});
  problem_.forms[static_cast<std::size_t>(form)].part = part_dimension;
  text_questions_[form] = [part](const TextCell& cell) -> Truths {
    if (!cell.literal) return 0;
    return cell.literal->find(part) != std::string::npos ? kTrue : kFalse;
  };
  return form;
}

int Compiler::text_pair_form(const Term& a, const Term& b) {
  Dimension pair;
  pair.kind = DimensionKind::text_pair;
  pair.fact = std::min(a.fact, b.fact);
  pair.other = std::max(a.fact, b.fact);
  const std::string key = "pair " + pair.fact + ' ' + pair.other;
  std::vector<int> ways;
  for (const std::string& literal : all_literals_) {
    ways.push_back(join(FormKind::conjunction, {text_form(a.fact, Comparator::equal, literal),
                                                text_form(b.fact, Comparator::equal, literal)}));
  }
  const int others = join(FormKind::conjunction, {text_other_form(a.fact), text_other_form(b.fact)});
  const int same = cell_form(new_dimension(std::move(pair), key), {kFalse, kTrue});
  ways.push_back(join(FormKind::conjunction, {others, same}));
  return join(FormKind::disjunction, std::move(ways));
}

int Compiler::member_form(const Term& list, const Term& item) {
  const bool known = item.kind == Term::Kind::constant || item.kind == Term::Kind::null;
  Dimension dimension;
  dimension.fact = list.fact;
  dimension.text = list.source + " met " + item.source;
  if (!known) {
    dimension.kind = DimensionKind::opaque;
    return cell_form(new_dimension(std::move(dimension), "member of " + list.fact + " : " + item.source),
                     {kFalse, kTrue});
  }
  dimension.kind = DimensionKind::member;
  dimension.item = item.kind == Term::Kind::null ? Value() : item.value;
  // Two items that are equal in the language (P1D and PT24H) are one question.
  for (std::size_t i = 0; i < problem_.dimensions.size(); ++i) {
    const Dimension& asked = problem_.dimensions[i];
    if (asked.kind == DimensionKind::member && asked.fact == list.fact && equal(asked.item, dimension.item) == true) {
      return cell_form(static_cast<int>(i), {kFalse, kTrue});
    }
  }
  return cell_form(new_dimension(std::move(dimension), "member " + list.fact + ' ' + item.source), {kFalse, kTrue});
}

int Compiler::contains_form(const Node& node) {
  const Term whole = term_of(node.children[0]);
  const Term part = term_of(node.children[1]);
  if (whole.kind == Term::Kind::null) return constant(kNull);
  if (whole.kind == Term::Kind::constant && (part.kind == Term::Kind::constant || part.kind == Term::Kind::null)) {
    const Truth truth = contains(whole.value, part.kind == Term::Kind::null ? Value() : part.value);
    return constant(!truth ? kNull : *truth ? kTrue : kFalse);
  }
  const Term nothing;
  if (whole.kind == Term::Kind::list) return guarded(whole, nothing, member_form(whole, part));
  if (whole.kind == Term::Kind::text && part.kind == Term::Kind::null) return constant(kNull);
  if (whole.kind == Term::Kind::text && part.kind == Term::Kind::constant) {
    const std::string& text = *part.value.get_if<std::string>();
    return guarded(whole, nothing, text.empty() ? constant(kTrue) : text_has_form(whole.fact, text));
  }
  Dimension dimension;
  dimension.kind = DimensionKind::opaque;
  dimension.text = write(node);
  const std::string key = "opaque " + dimension.text;
  const int form = cell_form(new_dimension(std::move(dimension), key), {kFalse, kTrue});
  if (whole.kind == Term::Kind::constant && whole.value.get_if<List>() != nullptr) {
    return guarded(whole, nothing,
                   form);  // An item that is null is looked for like any other; only the list must be there.
  }
  return guarded(whole, part, form);
}

}  // namespace draad::feel
