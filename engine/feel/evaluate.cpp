#include <optional>

#include "engine/feel/feel.h"
#include "engine/feel/internal/evaluator.h"

namespace draad::feel {
namespace {

const Value kNull;

// Walks the tree. What a literal or a fact says is referred to, not copied; what is computed lands in the caller's
// `spare`.
class Evaluator {
 public:
  explicit Evaluator(const Environment& environment) : environment_(environment) {}

  const Value& value_of(const Node& node, Value& spare) {
    switch (node.kind) {
      case Kind::literal:
        return node.value;
      case Kind::name:
        return named(node.text);
      case Kind::sum:
        return spare = sum(node);
      case Kind::negation: {
        Value inner;
        return spare = taken(negated(value_of(node.children[0], inner)));
      }
      case Kind::list: {
        List list;
        list.reserve(node.children.size());
        for (const Node& child : node.children) {
          Value item;
          list.push_back(value_of(child, item));
        }
        return spare = Value(std::move(list));
      }
      case Kind::call:
        if (node.function == Function::not_ || node.function == Function::contains) break;
        return spare = call(node);
      default:
        break;
    }
    const Truth truth = truth_of(node);
    return spare = truth ? Value(*truth) : Value();
  }

  // What is no boolean counts as null.
  Truth truth_of(const Node& node) {
    const std::vector<Node>& children = node.children;
    switch (node.kind) {
      case Kind::disjunction:
        return any(children, true);
      case Kind::conjunction:
        return any(children, false);
      case Kind::comparison: {
        Value left;
        Value right;
        return compare(value_of(children[0], left), node.comparator, value_of(children[1], right));
      }
      case Kind::between: {
        Value spare;
        Value low;
        Value high;
        const Value& value = value_of(children[0], spare);
        return both(compare(value, Comparator::greater_equal, value_of(children[1], low)),
                    compare(value, Comparator::less_equal, value_of(children[2], high)));
      }
      case Kind::in:
        return in(node);
      case Kind::call:
        if (node.function == Function::not_) {
          const Truth inner = truth_of(children[0]);
          return inner ? Truth(!*inner) : inner;
        }
        if (node.function == Function::contains) {
          Value whole;
          Value part;
          return contains(value_of(children[0], whole), value_of(children[1], part));
        }
        return std::nullopt;  // None of the others answers with a boolean.
      case Kind::literal:
      case Kind::name: {
        Value spare;
        const auto* boolean = value_of(node, spare).get_if<bool>();
        return boolean == nullptr ? Truth() : Truth(*boolean);
      }
      case Kind::sum:
      case Kind::negation:
      case Kind::list:
      case Kind::test:
      case Kind::range:
        return std::nullopt;
    }
    return std::nullopt;
  }

  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

 private:
  static Truth both(Truth a, Truth b) {
    if (a == false || b == false) return false;
    return a && b ? Truth(true) : Truth();
  }

  // `or` looks for a true, `and` for a false; without one, null is the answer when there was any.
  Truth any(const std::vector<Node>& children, bool wanted) {
    bool complete = true;
    for (const Node& child : children) {
      const Truth truth = truth_of(child);
      if (truth == wanted) return wanted;
      complete = complete && truth.has_value();
    }
    return complete ? Truth(!wanted) : Truth();
  }

  Truth in(const Node& node) {
    Value spare;
    const Value& value = value_of(node.children[0], spare);
    bool complete = true;
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const Truth truth = passes(value, node.children[i]);
      if (truth == true) return true;
      complete = complete && truth.has_value();
    }
    return complete ? Truth(false) : Truth();
  }

  Truth passes(const Value& value, const Node& test) {
    Value first;
    if (test.kind == Kind::test) return compare(value, test.comparator, value_of(test.children[0], first));
    if (test.kind == Kind::range) {
      Value second;
      return both(compare(value, test.low_open ? Comparator::greater : Comparator::greater_equal,
                          value_of(test.children[0], first)),
                  compare(value, test.high_open ? Comparator::less : Comparator::less_equal,
                          value_of(test.children[1], second)));
    }
    const Value& other = value_of(test, first);
    if (other.get_if<List>() != nullptr && value.get_if<List>() == nullptr) return contains(other, value);
    return equal(value, other);
  }

  // A fact by its whole name; else a part of a fact that has parts: `intake.ernst` in `intake`.
  const Value& named(std::string_view name) {
    if (const Value* fact = environment_.find(name)) return *fact;
    for (std::size_t point = name.rfind('.'); point != std::string_view::npos && point > 0;
         point = name.rfind('.', point - 1)) {
      const Value* fact = environment_.find(name.substr(0, point));
      if (fact == nullptr) continue;
      const auto* parts = fact->get_if<Facts>();
      if (parts == nullptr) return kNull;
      const auto part = parts->find(name.substr(point + 1));
      return part == parts->end() ? kNull : part->second;
    }
    return kNull;
  }

  Value sum(const Node& node) {
    Value spare;
    Value total = value_of(node.children[0], spare);
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const Node& child = node.children[i];
      Value other;
      const Value& next = value_of(child, other);
      total = taken(child.subtracted ? minus(total, next) : plus(total, next));
    }
    return total;
  }

  Value call(const Node& node) {
    Value first;
    switch (node.function) {
      case Function::now:
        return Value(environment_.now());
      case Function::today:
        return Value(date_of(environment_.now()));
      case Function::count: {
        const auto* list = value_of(node.children[0], first).get_if<List>();
        return list == nullptr ? Value() : Value(static_cast<std::int64_t>(list->size()));
      }
      case Function::age:
        return age_of(node);
      case Function::not_:
      case Function::contains:
        break;
    }
    return {};
  }

  Value age_of(const Node& node) {
    Value first;
    const auto* birth = value_of(node.children[0], first).get_if<Date>();
    if (birth == nullptr) return {};
    if (node.children.size() == 1) return Value(age(*birth, date_of(environment_.now())));
    Value second;
    const Value& at = value_of(node.children[1], second);
    if (const auto* date = at.get_if<Date>()) return Value(age(*birth, *date));
    if (const auto* instant = at.get_if<Instant>()) return Value(age(*birth, date_of(*instant)));
    return {};
  }

  Value taken(Result<Value> result) {
    if (result) return std::move(result).value();
    if (!failure_) failure_ = result.error();
    return {};
  }

  const Environment& environment_;
  std::optional<Error> failure_;
};

std::string shown(const Value* value) {
  constexpr std::size_t kLongest = 60;
  if (value == nullptr || value->is_null()) return "null";
  std::string text = to_text(*value);
  if (text.size() > kLongest) {
    std::size_t length = kLongest;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xc0u) == 0x80) --length;
    text.resize(length);
    text += "...";
  }
  return text;
}

}  // namespace

Result<Value> evaluate_node(const Node& node, const Environment& environment) {
  Evaluator evaluator(environment);
  Value spare;
  Value value = evaluator.value_of(node, spare);
  if (evaluator.failure()) return *evaluator.failure();
  return value;
}

Result<Truth> truth_of_node(const Node& node, const Environment& environment) {
  Evaluator evaluator(environment);
  const Truth truth = evaluator.truth_of(node);
  if (evaluator.failure()) return *evaluator.failure();
  return truth;
}

Result<Value> evaluate(const Expression& expression, const Environment& environment) {
  return evaluate_node(expression.root(), environment);
}

Result<bool> holds(const Expression& expression, const Environment& environment) {
  DRAAD_TRY(const Truth truth, truth_of_node(expression.root(), environment));
  if (truth) return *truth;
  DRAAD_TRY(const Value value, evaluate_node(expression.root(), environment));
  std::string message = "Expected `" + expression.text() + "` to be true or false, but it is " + shown(&value);
  for (std::size_t i = 0; i < expression.names().size(); ++i) {
    const std::string& name = expression.names()[i];
    message += (i == 0 ? " with " : ", ") + name + " = " + shown(environment.find(name));
  }
  return Error{ErrorCode::invalid, std::move(message), ""};
}

}  // namespace draad::feel
