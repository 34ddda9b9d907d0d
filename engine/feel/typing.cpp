// Which type every part of a condition has, and where two types do not go together.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "engine/feel/decide.h"
#include "engine/feel/internal/ast.h"
#include "engine/feel/internal/typing.h"

namespace draad::feel {
namespace {

constexpr std::array<std::string_view, 8> kDutch{"ja/nee", "getal",  "tekst", "keuze",
                                                 "datum",  "moment", "duur",  "lijst"};
constexpr std::array<std::string_view, 8> kEnglish{"boolean", "number",  "text",     "choice",
                                                   "date",    "instant", "duration", "list"};

// Nothing: null, a part of a list, or what has been reported already; it goes with everything.
using Type = std::optional<TypeKind>;

bool is_text(Type type) {
  return type == TypeKind::text || type == TypeKind::choice;
}

bool go_together(Type a, Type b) {
  return !a || !b || *a == *b || (is_text(a) && is_text(b));
}

bool is_ordered(Type type) {
  return !type || (*type != TypeKind::boolean && *type != TypeKind::list);
}

bool is_moment(Type type) {
  return type == TypeKind::date || type == TypeKind::instant;
}

class Checker {
 public:
  Checker(std::size_t condition, const FactTypes& types, std::vector<TypeFault>& faults)
      : condition_(condition), types_(types), faults_(faults) {}

  void check_whole(const Node& root) {
    const std::size_t before = faults_.size();
    const Type type = type_of(root);
    if (faults_.size() == before && type && *type != TypeKind::boolean) {
      fault(FaultKind::not_boolean, root,
            "Deze voorwaarde is " + with_article(*type) + ", geen ja of nee. Vergelijk " + shown(root) +
                " met een waarde.",
            "Expected a condition that is true or false, but " + shown(root) + " is a " + std::string(name_en(*type)));
    }
  }

  Type type_of(const Node& node) {
    const std::vector<Node>& children = node.children;
    switch (node.kind) {
      case Kind::literal:
        return type_of_value(node.value);
      case Kind::name:
        return type_of_name(node);
      case Kind::disjunction:
      case Kind::conjunction:
        for (const Node& child : children) expect_boolean(child);
        return TypeKind::boolean;
      case Kind::comparison: {
        const bool ordered = node.comparator != Comparator::equal && node.comparator != Comparator::not_equal;
        compare(children[0], type_of(children[0]), children[1], type_of(children[1]), ordered);
        return TypeKind::boolean;
      }
      case Kind::between: {
        const Type value = type_of(children[0]);
        compare(children[0], value, children[1], type_of(children[1]), true);
        compare(children[0], value, children[2], type_of(children[2]), true);
        return TypeKind::boolean;
      }
      case Kind::in: {
        const Type value = type_of(children[0]);
        for (std::size_t i = 1; i < children.size(); ++i) check_test(children[0], value, children[i]);
        return TypeKind::boolean;
      }
      case Kind::sum:
        return type_of_sum(node);
      case Kind::negation: {
        const Type inner = type_of(children[0]);
        if (!inner || *inner == TypeKind::number || *inner == TypeKind::duration) return inner;
        fault(FaultKind::type_mismatch, node,
              "Een min kan alleen voor een getal of een duur staan, niet voor " + with_article(*inner) + '.',
              "Expected a number or duration after -, but found a " + std::string(name_en(*inner)));
        return std::nullopt;
      }
      case Kind::call:
        return type_of_call(node);
      case Kind::list:
        for (const Node& child : children) type_of(child);
        return TypeKind::list;
      case Kind::test:
      case Kind::range:
        return std::nullopt;  // Only below `in`, which looks into them.
    }
    return std::nullopt;
  }

 private:
  static std::string with_article(TypeKind kind) {
    return (kind == TypeKind::boolean ? "een antwoord " : "een ") + std::string(name_nl(kind));
  }

  static std::string shown(const Node& node) {
    constexpr std::size_t kLongest = 60;
    std::string text = write(node);
    if (text.size() > kLongest) {
      std::size_t length = kLongest;
      while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xc0u) == 0x80) --length;
      text.resize(length);
      text += "...";
    }
    return '`' + text + '`';
  }

  void fault(FaultKind kind, const Node& node, std::string message, std::string message_en) {
    faults_.push_back({condition_, kind, node.column, std::move(message), std::move(message_en)});
  }

  Type type_of_name(const Node& node) {
    const auto found = types_.find(node.text);
    if (found != types_.end()) return found->second.kind;
    fault(FaultKind::unknown_fact, node,
          "Het feit " + node.text +
              " is niet bekend in dit proces. Controleer de spelling of voeg het toe als draad:feit.",
          "Expected a declared fact, but " + node.text + " is none");
    return std::nullopt;
  }

  void expect_boolean(const Node& node) {
    const Type type = type_of(node);
    if (!type || *type == TypeKind::boolean) return;
    fault(FaultKind::type_mismatch, node,
          "Bij and, or en not hoort ja of nee, maar " + shown(node) + " is " + with_article(*type) +
              ". Vergelijk het met een waarde.",
          "Expected true or false, but " + shown(node) + " is a " + std::string(name_en(*type)));
  }

  void compare(const Node& left, Type left_type, const Node& right, Type right_type, bool ordered) {
    if (!go_together(left_type, right_type)) {
      fault(FaultKind::type_mismatch, left,
            shown(left) + " is " + with_article(*left_type) + " en " + shown(right) + " is " +
                with_article(*right_type) +
                "; die kun je niet vergelijken. Gebruik aan beide kanten hetzelfde soort waarde.",
            "Expected two values of one type, but " + shown(left) + " is a " + std::string(name_en(*left_type)) +
                " and " + shown(right) + " a " + std::string(name_en(*right_type)));
      return;
    }
    if (ordered) {
      for (const auto& [node, type] : {std::pair(&left, left_type), std::pair(&right, right_type)}) {
        if (is_ordered(type)) continue;
        fault(FaultKind::type_mismatch, *node,
              shown(*node) + " is " + with_article(*type) +
                  "; daarvan is niet te zeggen wat groter of kleiner is. Gebruik = of !=.",
              "Expected values with an order, but " + shown(*node) + " is a " + std::string(name_en(*type)));
        return;
      }
    } else {
      expect_choice(left, right);
      expect_choice(right, left);
    }
  }

  void expect_choice(const Node& fact, const Node& literal) {
    const auto* text = literal.kind == Kind::literal ? literal.value.get_if<std::string>() : nullptr;
    if (fact.kind != Kind::name || text == nullptr) return;
    const auto found = types_.find(fact.text);
    if (found == types_.end() || found->second.kind != TypeKind::choice) return;
    const std::vector<std::string>& choices = found->second.choices;
    if (std::find(choices.begin(), choices.end(), *text) != choices.end()) return;
    std::string known;
    for (const std::string& choice : choices) known += (known.empty() ? "" : ", ") + choice;
    fault(FaultKind::unknown_choice, literal,
          shown(literal) + " is geen keuze van " + fact.text + ". De keuzes zijn: " + known + '.',
          "Expected one of the choices of " + fact.text + " (" + known + "), but found " + shown(literal));
  }

  void check_test(const Node& value, Type value_type, const Node& test) {
    if (test.kind == Kind::test) return compare(value, value_type, test.children[0], type_of(test.children[0]), true);
    if (test.kind == Kind::range) {
      compare(value, value_type, test.children[0], type_of(test.children[0]), true);
      compare(value, value_type, test.children[1], type_of(test.children[1]), true);
      return;
    }
    if (test.kind == Kind::list && value_type != TypeKind::list) {
      for (const Node& item : test.children) compare(value, value_type, item, type_of(item), false);
      return;
    }
    const Type type = type_of(test);
    if (type == TypeKind::list && value_type != TypeKind::list) return;
    compare(value, value_type, test, type, false);
  }

  Type type_of_sum(const Node& node) {
    Type total = type_of(node.children[0]);
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const Node& child = node.children[i];
      const Type next = type_of(child);
      const auto result = sum_of(total, next, child.subtracted);
      if (!result) {
        const std::string nl = child.subtracted ? "aftrekken van" : "optellen bij";
        fault(FaultKind::type_mismatch, child,
              "Je kunt " + with_article(*next) + " niet " + nl + ' ' + with_article(*total) + '.',
              "Expected values that can be added or subtracted, but found a " + std::string(name_en(*total)) +
                  " and a " + std::string(name_en(*next)));
        return std::nullopt;
      }
      total = *result;
    }
    return total;
  }

  // Nothing at all: these two cannot be added.
  static std::optional<Type> sum_of(Type a, Type b, bool subtracted) {
    if (!a || !b) return Type();
    if (*a == TypeKind::number && *b == TypeKind::number) return a;
    if (*b == TypeKind::duration && (is_moment(a) || *a == TypeKind::duration)) return a;
    if (!subtracted && *a == TypeKind::duration && is_moment(b)) return b;
    if (subtracted && is_moment(a) && *a == *b) return Type(TypeKind::duration);
    return std::nullopt;
  }

  Type type_of_call(const Node& node) {
    const std::vector<Node>& children = node.children;
    switch (node.function) {
      case Function::today:
        return TypeKind::date;
      case Function::now:
        return TypeKind::instant;
      case Function::not_:
        expect_boolean(children[0]);
        return TypeKind::boolean;
      case Function::age:
        expect(children[0], {TypeKind::date}, "age()");
        if (children.size() > 1) expect(children[1], {TypeKind::date, TypeKind::instant}, "age()");
        return TypeKind::number;
      case Function::count:
        expect(children[0], {TypeKind::list}, "count()");
        return TypeKind::number;
      case Function::contains: {
        const Type whole = expect(children[0], {TypeKind::text, TypeKind::choice, TypeKind::list}, "contains()");
        if (whole && *whole != TypeKind::list) {
          expect(children[1], {TypeKind::text, TypeKind::choice}, "contains()");
        } else {
          type_of(children[1]);
        }
        return TypeKind::boolean;
      }
    }
    return std::nullopt;
  }

  Type expect(const Node& node, std::initializer_list<TypeKind> kinds, std::string_view where) {
    const Type type = type_of(node);
    if (!type || std::find(kinds.begin(), kinds.end(), *type) != kinds.end()) return type;
    fault(FaultKind::type_mismatch, node,
          "In " + std::string(where) + " hoort " + with_article(*kinds.begin()) + ", maar " + shown(node) + " is " +
              with_article(*type) + '.',
          "Expected a " + std::string(name_en(*kinds.begin())) + " in " + std::string(where) + ", but " + shown(node) +
              " is a " + std::string(name_en(*type)));
    return std::nullopt;
  }

  std::size_t condition_;
  const FactTypes& types_;
  std::vector<TypeFault>& faults_;
};

// Collects what the undeclared names of a condition are compared with.
class Inference {
 public:
  explicit Inference(FactTypes& types) : types_(types) {}

  bool changed() const { return changed_; }

  void look(const Node& node, bool boolean) {
    const std::vector<Node>& children = node.children;
    if (node.kind == Kind::name && boolean) learn(node, TypeKind::boolean);
    const bool logic = node.kind == Kind::disjunction || node.kind == Kind::conjunction ||
                       (node.kind == Kind::call && node.function == Function::not_);
    for (const Node& child : children) look(child, logic);
    if (node.kind == Kind::comparison || node.kind == Kind::between) {
      for (const Node& a : children) {
        for (const Node& b : children) learn_from(a, b);
      }
    }
    if (node.kind == Kind::in) {
      for (std::size_t i = 1; i < children.size(); ++i) learn_from_test(children[0], children[i]);
    }
    if (node.kind == Kind::sum && std::any_of(children.begin(), children.end(),
                                              [&](const Node& child) { return known(child) == TypeKind::number; })) {
      for (const Node& child : children) learn(child, TypeKind::number);
    }
    if (node.kind != Kind::call) return;
    if (node.function == Function::age) learn(children[0], TypeKind::date);
    if (node.function == Function::count) learn(children[0], TypeKind::list);
    if (node.function == Function::contains && known(children[1]) && !is_text(known(children[1]))) {
      learn(children[0], TypeKind::list);
    }
  }

 private:
  void learn_from_test(const Node& value, const Node& test) {
    const bool looked_into = test.kind == Kind::test || test.kind == Kind::range || test.kind == Kind::list;
    if (!looked_into) return learn_from(value, test);
    for (const Node& child : test.children) learn_from(value, child);
  }

  void learn_from(const Node& a, const Node& b) {
    const Type type = known(b);
    if (type) learn(a, *type == TypeKind::choice ? TypeKind::text : *type);
  }

  Type known(const Node& node) {
    std::vector<TypeFault> ignored;
    return Checker(0, types_, ignored).type_of(node);
  }

  void learn(const Node& node, TypeKind kind) {
    if (node.kind != Kind::name || types_.contains(node.text)) return;
    FactType type;
    type.kind = kind;
    types_.emplace(node.text, std::move(type));
    changed_ = true;
  }

  FactTypes& types_;
  bool changed_ = false;
};

}  // namespace

std::string_view name_nl(TypeKind kind) {
  return kDutch[static_cast<std::size_t>(kind)];
}
std::string_view name_en(TypeKind kind) {
  return kEnglish[static_cast<std::size_t>(kind)];
}

std::optional<TypeKind> type_of_value(const Value& value) {
  return std::visit(Overloaded{
                        [](bool) { return Type(TypeKind::boolean); },
                        [](const Number&) { return Type(TypeKind::number); },
                        [](const std::string&) { return Type(TypeKind::text); },
                        [](const Date&) { return Type(TypeKind::date); },
                        [](const Instant&) { return Type(TypeKind::instant); },
                        [](const Duration&) { return Type(TypeKind::duration); },
                        [](const List&) { return Type(TypeKind::list); },
                        [](const auto&) { return Type(); },
                    },
                    value.content);
}

std::optional<TypeKind> type_of_node(const Node& node, const FactTypes& types) {
  std::vector<TypeFault> ignored;
  return Checker(0, types, ignored).type_of(node);
}

std::vector<TypeFault> check_types(std::span<const Expression> conditions, const FactTypes& types) {
  std::vector<TypeFault> faults;
  for (std::size_t i = 0; i < conditions.size(); ++i) Checker(i, types, faults).check_whole(conditions[i].root());
  return faults;
}

Result<Value> parse_bound(TypeKind kind, std::string_view text) {
  const auto as_value = [](auto parsed) -> Result<Value> {
    if (!parsed) return parsed.error();
    return Value(std::move(parsed).value());
  };
  switch (kind) {
    case TypeKind::number:
      return as_value(Number::parse(text));
    case TypeKind::date:
      return as_value(parse_date(text));
    case TypeKind::instant:
      return as_value(parse_instant(text));
    case TypeKind::duration:
      return as_value(parse_duration(text));
    default:
      break;
  }
  return Error{ErrorCode::invalid, "Expected no bound, but a " + std::string(name_en(kind)) + " has one", ""};
}

FactTypes infer_types(std::span<const Expression> conditions, const FactTypes& declared) {
  FactTypes types = declared;
  constexpr int kRoundsMost = 20;  // A fact compared with a fact compared with a fact ...
  bool changed = true;
  for (int round = 0; changed && round < kRoundsMost; ++round) {
    Inference inference(types);
    for (const Expression& condition : conditions) inference.look(condition.root(), true);
    changed = inference.changed();
  }
  return types;
}

}  // namespace draad::feel
