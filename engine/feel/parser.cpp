#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "engine/feel/feel.h"
#include "engine/feel/internal/ast.h"
#include "engine/feel/internal/lexer.h"
#include "engine/feel/internal/utf8.h"

namespace draad::feel {
namespace {

constexpr std::size_t kBytesMost = 64 * 1024;
constexpr int kDepthMost = 200;

constexpr std::array<std::string_view, 8> kReserved{"and", "or", "in", "between", "true", "false", "null", "not"};
constexpr std::array<std::string_view, 9> kOutsideWords{"if",   "then",  "else",      "for",     "return",
                                                        "some", "every", "satisfies", "function"};

bool is_reserved(std::string_view word) {
  return std::find(kReserved.begin(), kReserved.end(), word) != kReserved.end() ||
         std::find(kOutsideWords.begin(), kOutsideWords.end(), word) != kOutsideWords.end();
}

bool is_outside(const Token& token) {
  if (token.kind == TokenKind::name) {
    return std::find(kOutsideWords.begin(), kOutsideWords.end(), token.spelling) != kOutsideWords.end();
  }
  return token.is_symbol("*") || token.is_symbol("/") || token.is_symbol("**") || token.is_symbol("{");
}

// What people write who come from another language.
std::string_view hint_for(const Token& token) {
  if (token.is_symbol("==")) return "; equal is written =";
  if (token.is_symbol("<>") || token.is_symbol("!")) return "; not equal is written !=, and the opposite not(...)";
  if (token.is_symbol("&&")) return "; write and";
  if (token.is_symbol("||")) return "; write or";
  if (token.is_symbol("'")) return "; a text stands in \"...\"";
  return "";
}

std::optional<Comparator> comparator_of(const Token& token) {
  if (token.is_symbol("=")) return Comparator::equal;
  if (token.is_symbol("!=")) return Comparator::not_equal;
  if (token.is_symbol("<")) return Comparator::less;
  if (token.is_symbol("<=")) return Comparator::less_equal;
  if (token.is_symbol(">")) return Comparator::greater;
  if (token.is_symbol(">=")) return Comparator::greater_equal;
  return std::nullopt;
}

struct FunctionShape {
  Function function;
  std::string_view name;
  std::size_t arguments_least;
  std::size_t arguments_most;
};

constexpr std::array<FunctionShape, 6> kFunctions{{{Function::not_, "not", 1, 1},
                                                   {Function::today, "today", 0, 0},
                                                   {Function::now, "now", 0, 0},
                                                   {Function::age, "age", 1, 2},
                                                   {Function::count, "count", 1, 1},
                                                   {Function::contains, "contains", 2, 2}}};

// Recursive descent, one function per rule of the grammar in feel.h. No rule is tried twice on the same text, so the
// time is linear in it.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text), lexer_(text), token_(lexer_.token_at(0)) {}

  Result<Node> whole() {
    DRAAD_TRY(Node node, expression());
    if (token_.kind != TokenKind::end) return expected("and, or, or the end of the condition");
    return node;
  }

 private:
  // Errors.

  [[nodiscard]] int column_of(std::size_t at) const {
    return static_cast<int>(count_characters(text_.substr(0, at))) + 1;
  }
  // Tokens come in order, so that counting goes on from the last one.
  [[nodiscard]] int column() const {
    if (token_.at < counted_to_) return column_of(token_.at);
    column_ += static_cast<int>(count_characters(text_.substr(counted_to_, token_.at - counted_to_)));
    counted_to_ = token_.at;
    return column_;
  }

  [[nodiscard]] Error error_at(std::size_t at, std::string message, ErrorCode code = ErrorCode::invalid) const {
    const std::string where = "column " + std::to_string(column_of(at));
    return {code, std::move(message) + " (" + where + ")", where};
  }

  [[nodiscard]] std::string found() const {
    if (token_.kind == TokenKind::end) return "the end";
    constexpr std::size_t kLongest = 40;
    std::size_t length = 0;
    while (length < std::min(kLongest, token_.spelling.size())) length += character_at(token_.spelling, length).bytes;
    std::string text(token_.spelling.substr(0, length));
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
    if (token_.spelling.size() > length) text += "...";
    return token_.kind == TokenKind::name ? '"' + text + '"' : text;
  }

  [[nodiscard]] Error expected(std::string_view what) const {
    if (token_.kind == TokenKind::bad) return error_at(token_.at, token_.text);
    if (is_outside(token_)) {
      return error_at(token_.at,
                      "Expected a condition with comparisons, and, or, not, in, between, + and - only, but found " +
                          found() + ", which is outside the condition language",
                      ErrorCode::unsupported);
    }
    return error_at(token_.at,
                    "Expected " + std::string(what) + ", but found " + found() + std::string(hint_for(token_)));
  }

  // Tokens.

  [[nodiscard]] Token following(const Token& token) const { return lexer_.token_at(token.at + token.spelling.size()); }
  void advance() { token_ = following(token_); }

  bool take(std::string_view symbol) {
    if (!token_.is_symbol(symbol)) return false;
    advance();
    return true;
  }

  bool take_word(std::string_view word) {
    if (!token_.is_word(word)) return false;
    advance();
    return true;
  }

  [[nodiscard]] Node node(Kind kind) const {
    Node made;
    made.kind = kind;
    made.column = column();
    return made;
  }

  // Rules.

  Result<Node> expression() {
    struct Depth {
      int& depth;
      explicit Depth(int& d) : depth(++d) {}
      ~Depth() { --depth; }
    } const guard(depth_);
    if (depth_ > kDepthMost) {
      return error_at(token_.at, "Expected a condition nested at most 200 deep, but it goes deeper", ErrorCode::limit);
    }
    return chain(Kind::disjunction, "or", &Parser::conjunction);
  }

  Result<Node> conjunction() { return chain(Kind::conjunction, "and", &Parser::comparison); }

  Result<Node> chain(Kind kind, std::string_view word, Result<Node> (Parser::*part)()) {
    Node chained = node(kind);
    DRAAD_TRY(Node first, (this->*part)());
    if (!token_.is_word(word)) return first;
    chained.children.push_back(std::move(first));
    while (take_word(word)) {
      DRAAD_TRY(Node next, (this->*part)());
      chained.children.push_back(std::move(next));
    }
    return chained;
  }

  Result<Node> comparison() {
    DRAAD_TRY(Node left, sum());
    Node made = node(Kind::comparison);
    made.column = left.column;
    if (const auto comparator = comparator_of(token_)) {
      advance();
      made.comparator = *comparator;
      DRAAD_TRY(Node right, sum());
      made.children = pair(std::move(left), std::move(right));
      return made;
    }
    if (take_word("between")) {
      made.kind = Kind::between;
      DRAAD_TRY(Node low, sum());
      if (!take_word("and")) return expected("and with the upper bound of between");
      DRAAD_TRY(Node high, sum());
      made.children = pair(std::move(left), std::move(low));
      made.children.push_back(std::move(high));
      return made;
    }
    if (take_word("in")) {
      made.kind = Kind::in;
      made.children.push_back(std::move(left));
      DRAAD_TRY_DONE(tests(made.children));
      return made;
    }
    return left;
  }

  static std::vector<Node> pair(Node first, Node second) {
    std::vector<Node> both;
    both.reserve(2);
    both.push_back(std::move(first));
    both.push_back(std::move(second));
    return both;
  }

  // What follows `in`. A parenthesis opens a row of tests or a range without its lower bound: the ".." tells.
  Result<Done> tests(std::vector<Node>& into) {
    if (comparator_of(token_)) return expected("parentheses around the tests, such as in (< 18)");
    if (!token_.is_symbol("(")) {
      DRAAD_TRY(Node only, test());
      into.push_back(std::move(only));
      return Done{};
    }
    Node range = node(Kind::range);
    advance();
    DRAAD_TRY(Node first, test());
    if (token_.is_symbol("..") && is_bound(first)) {
      range.low_open = true;
      DRAAD_TRY(Node made, range_from(std::move(range), std::move(first)));
      into.push_back(std::move(made));
      return Done{};
    }
    into.push_back(std::move(first));
    while (take(",")) {
      DRAAD_TRY(Node next, test());
      into.push_back(std::move(next));
    }
    if (!take(")")) return expected(", or ) after the tests of in");
    return Done{};
  }

  Result<Node> test() {
    if (const auto comparator = comparator_of(token_);
        comparator && *comparator != Comparator::not_equal && *comparator != Comparator::equal) {
      Node made = node(Kind::test);
      made.comparator = *comparator;
      advance();
      DRAAD_TRY(Node value, sum());
      made.children.push_back(std::move(value));
      return made;
    }
    Node range = node(Kind::range);
    if (take("]")) {
      range.low_open = true;
      DRAAD_TRY(Node low, sum());
      if (!token_.is_symbol("..")) return expected(".. of the range");
      return range_from(std::move(range), std::move(low));
    }
    range_allowed_ = true;
    DRAAD_TRY(Node value, sum());
    return value;
  }

  // From ".." on.
  Result<Node> range_from(Node range, Node low) {
    advance();
    DRAAD_TRY(Node high, sum());
    range.children = pair(std::move(low), std::move(high));
    if (take("]")) return range;
    range.high_open = true;
    if (take(")") || take("[")) return range;
    return expected("] or ) at the end of the range");
  }

  Result<Node> sum() {
    Node made = node(Kind::sum);
    DRAAD_TRY(Node first, unary());
    if (first.kind == Kind::range || (!token_.is_symbol("+") && !token_.is_symbol("-"))) return first;
    made.children.push_back(std::move(first));
    while (token_.is_symbol("+") || token_.is_symbol("-")) {
      const bool subtracted = token_.is_symbol("-");
      advance();
      DRAAD_TRY(Node next, unary());
      next.subtracted = subtracted;
      made.children.push_back(std::move(next));
    }
    return made;
  }

  // The only place where a range may stand is the very start of a test: the flag lives until the next primary.
  Result<Node> unary() {
    const bool range_allowed = std::exchange(range_allowed_, false);
    if (!token_.is_symbol("-")) return primary(range_allowed);
    Node made = node(Kind::negation);
    advance();
    DRAAD_TRY(Node inner, primary(false));
    if (const auto* number = inner.value.get_if<Number>(); inner.kind == Kind::literal && number != nullptr) {
      inner.value = Number::from_scaled(-number->scaled());
      inner.column = made.column;
      return inner;
    }
    made.children.push_back(std::move(inner));
    return made;
  }

  Result<Node> primary(bool range_allowed) {
    switch (token_.kind) {
      case TokenKind::number:
        return number();
      case TokenKind::string:
        return literal(Value(token_.text));
      case TokenKind::name:
        return word();
      case TokenKind::symbol:
        break;
      case TokenKind::end:
      case TokenKind::bad:
        return expected("a value");
    }
    if (token_.is_symbol("@")) return at_literal();
    if (token_.is_symbol("(")) return parenthesis(range_allowed);
    if (token_.is_symbol("[")) return list(range_allowed);
    return expected("a value");
  }

  Result<Node> literal(Value value) {
    Node made = node(Kind::literal);
    made.value = std::move(value);
    advance();
    return made;
  }

  Result<Node> number() {
    std::string text(token_.spelling);
    if (text.front() == '.') text.insert(0, "0");
    auto parsed = Number::parse(text);
    if (!parsed) return error_at(token_.at, parsed.error().message, parsed.error().code);
    return literal(Value(*parsed));
  }

  Result<Node> parenthesis(bool range_allowed) {
    Node range = node(Kind::range);
    advance();
    DRAAD_TRY(Node inner, expression());
    if (range_allowed && token_.is_symbol("..") && is_bound(inner)) {
      range.low_open = true;
      return range_from(std::move(range), std::move(inner));
    }
    if (!take(")")) return expected(")");
    return inner;
  }

  Result<Node> list(bool range_allowed) {
    Node made = node(Kind::list);
    advance();
    if (take("]")) return made;
    DRAAD_TRY(Node first, expression());
    if (range_allowed && token_.is_symbol("..") && is_bound(first)) {
      made.kind = Kind::range;
      return range_from(std::move(made), std::move(first));
    }
    made.children.push_back(std::move(first));
    while (take(",")) {
      DRAAD_TRY(Node next, expression());
      made.children.push_back(std::move(next));
    }
    if (!take("]")) return expected(", or ] of the list");
    return made;
  }

  // A bound of a range is a sum; what has a comparison in it stands in parentheses of its own, which nobody needs.
  static bool is_bound(const Node& node) {
    return node.kind == Kind::literal || node.kind == Kind::name || node.kind == Kind::sum ||
           node.kind == Kind::negation || node.kind == Kind::call || node.kind == Kind::list;
  }

  Result<Node> at_literal() {
    const std::size_t begin = token_.at;
    Node made = node(Kind::literal);
    advance();
    if (token_.kind != TokenKind::string) return expected("a text such as @\"2026-03-02\"");
    if (auto date = parse_date(token_.text)) {
      made.value = *date;
    } else if (auto instant = parse_instant(token_.text)) {
      made.value = *instant;
    } else if (auto duration = parse_duration(token_.text)) {
      made.value = *duration;
    } else {
      return error_at(begin, "Expected a date, a date and time or a duration after @, but found " + found());
    }
    advance();
    return made;
  }

  Result<Node> word() {
    const Token next = following(token_);
    if (token_.is_word("true")) return literal(Value(true));
    if (token_.is_word("false")) return literal(Value(false));
    if (token_.is_word("null")) return literal(Value());
    if (token_.is_word("date") && next.is_word("and")) {
      const Token time = following(next);
      if (time.is_word("time") && following(time).is_symbol("(")) {
        advance();
        advance();
        return typed_literal([](std::string_view text) { return parse_instant(text); });
      }
    }
    if (next.is_symbol("(")) {
      if (token_.is_word("date")) return typed_literal([](std::string_view text) { return parse_date(text); });
      if (token_.is_word("duration")) return typed_literal([](std::string_view text) { return parse_duration(text); });
      return call();
    }
    if (is_reserved(token_.spelling)) return expected("a value");
    Node made = node(Kind::name);
    made.text = token_.spelling;
    advance();
    return made;
  }

  // From the last word before the parenthesis on.
  template <typename Parse>
  Result<Node> typed_literal(Parse parse) {
    Node made = node(Kind::literal);
    advance();
    advance();
    if (token_.kind != TokenKind::string) return expected("a text in quotes");
    auto parsed = parse(token_.text);
    if (!parsed) return error_at(token_.at, parsed.error().message, parsed.error().code);
    made.value = std::move(parsed).value();
    advance();
    if (!take(")")) return expected(")");
    return made;
  }

  Result<Node> call() {
    const auto* const shape = std::find_if(kFunctions.begin(), kFunctions.end(),
                                           [&](const FunctionShape& each) { return token_.is_word(each.name); });
    if (shape == kFunctions.end()) {
      if (is_reserved(token_.spelling)) return expected("a value");
      return expected("one of the functions not, today, now, age, count, contains, date, date and time, duration");
    }
    Node made = node(Kind::call);
    const std::size_t begin = token_.at;
    made.function = shape->function;
    advance();
    advance();
    if (!take(")")) {
      do {
        DRAAD_TRY(Node argument, expression());
        made.children.push_back(std::move(argument));
      } while (take(","));
      if (!take(")")) return expected(", or )");
    }
    if (made.children.size() < shape->arguments_least || made.children.size() > shape->arguments_most) {
      std::string count = std::to_string(shape->arguments_least);
      if (shape->arguments_most != shape->arguments_least) count += " or " + std::to_string(shape->arguments_most);
      return error_at(begin, "Expected " + count + (shape->arguments_most == 1 ? " value" : " values") + " in " +
                                 std::string(shape->name) + "(), but found " + std::to_string(made.children.size()));
    }
    return made;
  }

  std::string_view text_;
  Lexer lexer_;
  Token token_;
  int depth_ = 0;
  bool range_allowed_ = false;
  mutable std::size_t counted_to_ = 0;
  mutable int column_ = 1;
};

void collect_names(const Node& node, std::set<std::string>& names) {
  if (node.kind == Kind::name) names.insert(node.text);
  for (const Node& child : node.children) collect_names(child, names);
}

}  // namespace

Result<Expression> parse(std::string_view text) {
  if (text.size() > kBytesMost) {
    return Error{
        ErrorCode::limit,
        "Expected a condition of at most 65536 bytes, but found " + std::to_string(text.size()) + " (column 1)",
        "column 1"};
  }
  DRAAD_TRY(Node root, Parser(text).whole());
  std::set<std::string> names;
  collect_names(root, names);
  Expression expression;
  expression.text_ = text;
  expression.names_.assign(names.begin(), names.end());
  expression.root_ = std::make_shared<const Node>(std::move(root));
  return expression;
}

}  // namespace draad::feel
