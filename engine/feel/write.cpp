// The canonical text of an expression: one space around words and signs, parentheses only where they are needed.
#include "engine/feel/feel.h"
#include "engine/feel/internal/ast.h"

namespace draad::feel {
namespace {

std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        result += "\\\"";
        break;
      case '\\':
        result += "\\\\";
        break;
      case '\n':
        result += "\\n";
        break;
      case '\r':
        result += "\\r";
        break;
      case '\t':
        result += "\\t";
        break;
      default:
        result += c;
    }
  }
  return result + '"';
}

std::string write_value(const Value& value) {
  return std::visit(
      Overloaded{
          [](bool yes) { return std::string(yes ? "true" : "false"); },
          [](const Number& number) { return number.text(); }, [](const std::string& text) { return in_quotes(text); },
          [](const Date& date) { return "date(" + in_quotes(draad::to_string(date)) + ")"; },
          [](const Instant& instant) { return "date and time(" + in_quotes(draad::to_string(instant)) + ")"; },
          [](const Duration& duration) { return "duration(" + in_quotes(draad::to_string(duration)) + ")"; },
          [](const auto&) { return std::string("null"); },  // No literal has another type.
      },
      value.content);
}

// How tightly a node binds; a child that binds less than its place asks for gets parentheses.
enum Binding { loosest, in_disjunction, in_conjunction, in_comparison, in_sum, in_negation };

Binding binding_of(Kind kind) {
  switch (kind) {
    case Kind::disjunction:
      return loosest;
    case Kind::conjunction:
      return in_disjunction;
    case Kind::comparison:
    case Kind::between:
    case Kind::in:
      return in_conjunction;
    case Kind::sum:
      return in_comparison;
    case Kind::negation:
      return in_sum;
    default:
      return in_negation;
  }
}

std::string write_in(const Node& node, Binding place) {
  const std::string text = write(node);
  return binding_of(node.kind) < place ? '(' + text + ')' : text;
}

std::string joined(const std::vector<Node>& nodes, std::size_t first, std::string_view separator, Binding place) {
  std::string text;
  for (std::size_t i = first; i < nodes.size(); ++i) {
    if (i > first) text += separator;
    text += write_in(nodes[i], place);
  }
  return text;
}

std::string write_sum(const Node& node) {
  std::string text = write_in(node.children[0], in_sum);
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    text += node.children[i].subtracted ? " - " : " + ";
    text += write_in(node.children[i], in_sum);
  }
  return text;
}

}  // namespace

std::string_view text_of(Comparator comparator) {
  switch (comparator) {
    case Comparator::equal:
      return "=";
    case Comparator::not_equal:
      return "!=";
    case Comparator::less:
      return "<";
    case Comparator::less_equal:
      return "<=";
    case Comparator::greater:
      return ">";
    case Comparator::greater_equal:
      return ">=";
  }
  return "=";
}

std::string_view text_of(Function function) {
  switch (function) {
    case Function::not_:
      return "not";
    case Function::today:
      return "today";
    case Function::now:
      return "now";
    case Function::age:
      return "age";
    case Function::count:
      return "count";
    case Function::contains:
      return "contains";
  }
  return "not";
}

std::string write(const Node& node) {
  const std::vector<Node>& children = node.children;
  switch (node.kind) {
    case Kind::literal:
      return write_value(node.value);
    case Kind::name:
      return node.text;
    case Kind::disjunction:
      return joined(children, 0, " or ", in_disjunction);
    case Kind::conjunction:
      return joined(children, 0, " and ", in_conjunction);
    case Kind::comparison:
      return write_in(children[0], in_comparison) + ' ' + std::string(text_of(node.comparator)) + ' ' +
             write_in(children[1], in_comparison);
    case Kind::between:
      return write_in(children[0], in_comparison) + " between " + write_in(children[1], in_comparison) + " and " +
             write_in(children[2], in_comparison);
    case Kind::in:
      return write_in(children[0], in_comparison) + " in (" + joined(children, 1, ", ", in_comparison) + ')';
    case Kind::test:
      return std::string(text_of(node.comparator)) + ' ' + write_in(children[0], in_comparison);
    case Kind::range:
      return (node.low_open ? "(" : "[") + write_in(children[0], in_comparison) + ".." +
             write_in(children[1], in_comparison) + (node.high_open ? ")" : "]");
    case Kind::sum:
      return write_sum(node);
    case Kind::negation:
      return '-' + write_in(children[0], in_negation);
    case Kind::call:
      return std::string(text_of(node.function)) + '(' + joined(children, 0, ", ", loosest) + ')';
    case Kind::list:
      return '[' + joined(children, 0, ", ", loosest) + ']';
  }
  return "";
}

bool same(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.comparator != b.comparator || a.function != b.function || a.low_open != b.low_open ||
      a.high_open != b.high_open || a.subtracted != b.subtracted || a.text != b.text || !(a.value == b.value) ||
      a.children.size() != b.children.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.children.size(); ++i) {
    if (!same(a.children[i], b.children[i])) return false;
  }
  return true;
}

std::string to_string(const Expression& expression) {
  return write(expression.root());
}

bool same(const Expression& a, const Expression& b) {
  return same(a.root(), b.root());
}

}  // namespace draad::feel
