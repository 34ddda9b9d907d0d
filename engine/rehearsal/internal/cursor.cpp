#include "engine/rehearsal/internal/cursor.h"

#include <charconv>

namespace draad::rehearsal {
namespace {

constexpr int kListDepthMax = 8;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_symbol(char c) {
  return c == '=' || c == ',' || c == ';' || c == '[' || c == ']';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string in_quotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

}  // namespace

std::string_view without_comment(std::string_view line) {
  bool inside = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (inside && line[i] == '\\') {
      ++i;
    } else if (line[i] == '"') {
      inside = !inside;
    } else if (line[i] == '#' && !inside && (i == 0 || is_space(line[i - 1]))) {
      return line.substr(0, i);
    }
  }
  return line;
}

std::string one_line(std::string_view source) {
  std::string text;
  bool inside = false;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const char c = source[i];
    if (c == '"') inside = !inside;
    if (is_space(c) && !inside) {
      if (!text.empty() && text.back() != ' ') text += ' ';
    } else {
      text += c;
      if (inside && c == '\\' && i + 1 < source.size()) text += source[++i];
    }
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::vector<Token> tokens_of(const SourceStatement& statement, std::optional<Fault>& fault) {
  std::vector<Token> tokens;
  const std::string_view source = statement.source;
  int line = statement.line;
  std::size_t i = 0;
  while (i < source.size()) {
    const char c = source[i];
    if (c == '\n') ++line;
    if (is_space(c)) {
      ++i;
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      fault = Fault{line, "Op deze regel staat een onzichtbaar stuurteken.", "Typ de regel opnieuw."};
      return {};
    }
    Token token{Token::Kind::word, {}, line, i, i};
    if (is_symbol(c)) {
      token.kind = Token::Kind::symbol;
      token.text = c;
      ++i;
    } else if (c == '"') {
      token.kind = Token::Kind::quoted;
      bool closed = false;
      for (++i; i < source.size() && !closed; ++i) {
        if (source[i] == '\n') break;
        if (source[i] == '"') {
          closed = true;
        } else if (source[i] == '\\' && i + 1 < source.size() && (source[i + 1] == '"' || source[i + 1] == '\\')) {
          token.text += source[++i];
        } else {
          token.text += source[i];
        }
      }
      if (!closed) {
        fault = Fault{line, "Een tekst begint met \" maar eindigt niet op deze regel.", "Zet er een \" achter."};
        return {};
      }
    } else {
      while (i < source.size() && !is_space(source[i]) && !is_symbol(source[i]) && source[i] != '"' &&
             static_cast<unsigned char>(source[i]) >= 0x20) {
        token.text += source[i++];
      }
    }
    token.end = i;
    tokens.push_back(std::move(token));
  }
  return tokens;
}

int Cursor::line() const {
  return next_ < count_ ? tokens_[next_].line : (count_ > 0 ? tokens_[count_ - 1].line : line_);
}

void Cursor::fail(std::string message, std::string mend) {
  if (!fault_) fault_ = Fault{line(), std::move(message), std::move(mend)};
}

bool Cursor::next_is(std::string_view word) const {
  const Token* token = peek();
  return token != nullptr && token->kind == Token::Kind::word && token->text == word;
}

bool Cursor::next_is_assignment() const {
  const Token* name = peek();
  const Token* equals = peek(1);
  return name != nullptr && equals != nullptr && name->kind != Token::Kind::symbol &&
         equals->kind == Token::Kind::symbol && equals->text == "=";
}

bool Cursor::take(std::string_view word) {
  if (!next_is(word)) return false;
  ++next_;
  return true;
}

bool Cursor::take_symbol(char symbol) {
  const Token* token = peek();
  if (token == nullptr || token->kind != Token::Kind::symbol || token->text[0] != symbol) return false;
  ++next_;
  return true;
}

std::string Cursor::name(std::string_view what) {
  const Token* token = peek();
  if (token == nullptr || token->kind == Token::Kind::symbol || token->text.empty()) {
    fail("Hier hoort " + std::string(what) +
         (token == nullptr ? ", maar de regel houdt op." : ", maar er staat " + in_quotes(token->text) + "."));
    return {};
  }
  ++next_;
  return token->text;
}

StepRef Cursor::step(std::string_view what) {
  const Token* token = peek();
  const bool is_word = token != nullptr && token->kind == Token::Kind::word;
  StepRef ref{name(what), std::nullopt};
  const std::size_t mark = is_word ? ref.name.rfind('#') : std::string::npos;
  if (mark == std::string::npos) return ref;
  const std::string digits = ref.name.substr(mark + 1);
  int number = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (parsed.ec != std::errc{} || parsed.ptr != digits.data() + digits.size() || number < 1 || mark == 0) {
    fail(in_quotes(ref.name) + " is geen stap met een volgnummer.",
         "Schrijf bijvoorbeeld taak#2 voor de tweede die loopt.");
    return ref;
  }
  ref.name.resize(mark);
  ref.number = number;
  return ref;
}

int Cursor::whole(std::string_view what, int maximum) {
  const std::string text = name(what);
  if (fault_) return 0;
  int number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || number < 0 || number > maximum) {
    fail("Hier hoort " + std::string(what) + ", maar er staat " + in_quotes(text) + ".",
         "Schrijf een heel getal van 0 tot en met " + std::to_string(maximum) + ".");
    return 0;
  }
  return number;
}

std::optional<int> Cursor::times() {
  const Token* unit = peek(1);
  if (peek() == nullptr || unit == nullptr || unit->kind != Token::Kind::word || unit->text != "keer")
    return std::nullopt;
  const int count = whole("een aantal keer", 1'000'000);
  take("keer");
  return count;
}

Value Cursor::value_of(const Token& token) {
  const std::string& text = token.text;
  if (token.kind == Token::Kind::quoted) return Value(text);
  if (text == "ja") return Value(true);
  if (text == "nee") return Value(false);
  if (text == "leeg") return Value(Null{});
  const bool negative = text[0] == '-';
  const std::size_t first = negative ? 1 : 0;
  if (text.size() > first && is_digit(text[first])) {
    if (auto number = Number::parse(text)) return Value(*number);
    if (auto date = parse_date(text)) return Value(*date);
    if (text.find('T') != std::string::npos) {
      if (auto instant = parse_instant(text)) return Value(*instant);
    }
  }
  if (text.size() > first + 1 && text[first] == 'P' && (is_digit(text[first + 1]) || text[first + 1] == 'T')) {
    if (auto duration = parse_duration(text)) return Value(*duration);
  }
  return Value(text);
}

Value Cursor::list(int depth) {
  if (depth > kListDepthMax) {
    fail("Een lijst zit hier meer dan " + std::to_string(kListDepthMax) + " lagen diep.");
    return {};
  }
  List items;
  while (!fault_ && !take_symbol(']')) {
    if (!items.empty() && !take_symbol(',')) {
      fail("In een lijst hoort hier een komma of ].", "Schrijf [a, b, c].");
      return {};
    }
    if (take_symbol('[')) {
      items.push_back(list(depth + 1));
      continue;
    }
    const Token* token = peek();
    if (token == nullptr || token->kind == Token::Kind::symbol) {
      fail("In een lijst ontbreekt een waarde of het sluitteken ].", "Schrijf [a, b, c].");
      return {};
    }
    ++next_;
    items.push_back(value_of(*token));
  }
  return Value(std::move(items));
}

Value Cursor::value(std::string_view what) {
  if (take_symbol('[')) return list(1);
  const Token* token = peek();
  if (token == nullptr || token->kind == Token::Kind::symbol) {
    fail("Hier hoort " + std::string(what) +
             (token == nullptr ? ", maar de regel houdt op." : ", maar er staat " + in_quotes(token->text) + "."),
         "Voor een lege waarde schrijft u leeg, voor een lege tekst \"\".");
    return {};
  }
  ++next_;
  return value_of(*token);
}

Assignment Cursor::assignment() {
  Assignment result;
  result.line = line();
  result.name = name("een naam van een feit of veld");
  if (!take_symbol('=')) {
    fail("Achter " + in_quotes(result.name) + " hoort = en een waarde.", "Schrijf naam=waarde.");
    return result;
  }
  const Token* token = peek();
  const std::size_t begin = token == nullptr ? 0 : token->begin;
  result.quoted = token != nullptr && token->kind == Token::Kind::quoted;
  if (token != nullptr && token->kind != Token::Kind::symbol) result.raw = token->text;
  result.value = value("een waarde");
  if (!fault_ && result.raw.empty() && !result.quoted) {
    result.raw = source_.substr(begin, tokens_[next_ - 1].end - begin);
  }
  return result;
}

Assignments Cursor::assignments() {
  Assignments all;
  while (next_is_assignment()) {
    Assignment one = assignment();
    for (const Assignment& other : all) {
      if (other.name == one.name) fail(in_quotes(one.name) + " staat er twee keer.", "Laat er een weg.");
    }
    all.push_back(std::move(one));
  }
  return all;
}

Date Cursor::date() {
  const std::string text = name("een datum");
  if (fault_) return {};
  auto parsed = parse_date(text);
  if (!parsed) {
    fail(in_quotes(text) + " is geen datum.", "Schrijf jaar-maand-dag: 2026-03-02.");
    return {};
  }
  return *parsed;
}

Instant Cursor::moment() {
  const Date day = date();
  if (fault_) return {};
  const Token* token = peek();
  if (token == nullptr || token->kind != Token::Kind::word || !is_digit(token->text[0]) ||
      token->text.find(':') == std::string::npos) {
    return start_of_day(day);
  }
  const std::string time = name("een tijd");
  auto parsed = parse_instant(draad::to_string(day) + "T" + time);
  if (!parsed) {
    fail(in_quotes(time) + " is geen tijd.", "Schrijf uren:minuten: 09:00.");
    return {};
  }
  return *parsed;
}

std::string Cursor::rest() {
  const Token* token = peek();
  if (token == nullptr) return {};
  const std::size_t begin = token->begin;
  const std::size_t end = tokens_[count_ - 1].end;
  next_ = count_;
  return one_line(source_.substr(begin, end - begin));
}

void Cursor::expect_end() {
  const Token* token = peek();
  if (token != nullptr)
    fail("Hier hoort niets meer, maar er staat " + in_quotes(token->text) + ".",
         "Haal het weg, of zet er aanhalingstekens omheen.");
}

}  // namespace draad::rehearsal
