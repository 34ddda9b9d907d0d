// engine/rehearsal/internal/cursor.h
//
// The words of one statement, and a cursor over them that remembers its first fault. After a fault every further call
// answers with something empty, so that a parser reads straight on and looks at fault() once, at the end.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/rehearsal/scenario.h"

namespace draad::rehearsal {

struct Token {
  enum class Kind { word, quoted, symbol };
  Kind kind = Kind::word;
  std::string text;  // Without quotes and escapes.
  int line = 0;
  std::size_t begin = 0;  // Where it stands in the statement's source.
  std::size_t end = 0;
};

// A statement with its continuation lines; each line without its comment.
struct SourceStatement {
  int line = 0;
  std::string source;  // Lines joined by '\n'.
};

class Cursor {
 public:
  Cursor(const std::vector<Token>& tokens, std::string_view source, int line)
      : tokens_(tokens.data()), count_(tokens.size()), source_(source), line_(line) {}
  Cursor(const Token* tokens, std::size_t count, std::string_view source, int line)
      : tokens_(tokens), count_(count), source_(source), line_(line) {}

  [[nodiscard]] bool at_end() const { return fault_.has_value() || next_ == count_; }
  [[nodiscard]] const Token* peek(std::size_t ahead = 0) const {
    return !fault_ && next_ + ahead < count_ ? &tokens_[next_ + ahead] : nullptr;
  }
  [[nodiscard]] bool next_is(std::string_view word) const;  // An unquoted word.
  [[nodiscard]] bool next_is_assignment() const;            // name =
  bool take(std::string_view word);                         // Takes it when it is next.
  bool take_symbol(char symbol);
  // A word or a quoted text. `what` says in Dutch what was expected: "de naam van een taak".
  std::string name(std::string_view what);
  StepRef step(std::string_view what);
  int whole(std::string_view what, int maximum);
  // "N keer" at this point, when it is there.
  std::optional<int> times();
  Value value(std::string_view what);
  Assignments assignments();  // name = value, as many as follow.
  Assignment assignment();
  Instant moment();  // DATUM [TIJD]
  Date date();
  // Everything that is left, as written, on one line.
  std::string rest();
  void expect_end();

  void fail(std::string message, std::string mend = {});
  [[nodiscard]] const std::optional<Fault>& fault() const { return fault_; }
  [[nodiscard]] int line() const;

 private:
  Value value_of(const Token& token);
  Value list(int depth);

  const Token* tokens_;
  std::size_t count_;
  std::string_view source_;
  int line_;
  std::size_t next_ = 0;
  std::optional<Fault> fault_;
};

// Words, quoted texts and the symbols = , ; [ ]. A fault: a quote that is not closed, a control character.
[[nodiscard]] std::vector<Token> tokens_of(const SourceStatement& statement, std::optional<Fault>& fault);

// A line without its comment: '#' at the start or after white space, outside quotes.
[[nodiscard]] std::string_view without_comment(std::string_view line);

// Several lines as one, white space folded.
[[nodiscard]] std::string one_line(std::string_view source);

}  // namespace draad::rehearsal
