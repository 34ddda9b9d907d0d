#include <algorithm>

#include "engine/core/words.h"
#include "engine/rehearsal/internal/statement_parser.h"
#include "engine/rehearsal/scenario.h"

namespace draad::rehearsal {
namespace {

constexpr std::size_t kBytesMax = 1024 * 1024;
constexpr std::size_t kStatementsMax = 20'000;

Instant default_begin() {
  return from_local(std::chrono::local_days{std::chrono::March / 2 / 2026} + std::chrono::hours{9});
}

std::vector<SourceStatement> split(std::string_view text, std::vector<Fault>& faults) {
  std::vector<SourceStatement> statements;
  int number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t newline = text.find('\n');
    std::string_view line = text.substr(0, newline);
    text = newline == std::string_view::npos ? std::string_view() : text.substr(newline + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (number == 1 && line.substr(0, 3) == "\xEF\xBB\xBF") line.remove_prefix(3);
    const bool continues = !line.empty() && (line[0] == ' ' || line[0] == '\t');
    line = without_comment(line);
    if (line.find_first_not_of(" \t") == std::string_view::npos) {
      // Keeps the line numbers of a statement that goes on below a comment.
      if (!statements.empty()) statements.back().source += '\n';
      continue;
    }
    if (!continues) {
      statements.push_back({number, std::string(line)});
    } else if (statements.empty()) {
      faults.push_back({number, "De eerste regel begint met een spatie.",
                        "Een regel met een spatie ervoor hoort bij de opdracht erboven; haal de spatie weg."});
    } else {
      statements.back().source += '\n';
      statements.back().source += line;
    }
  }
  return statements;
}

class FileParser {
 public:
  explicit FileParser(std::string_view name) : name_(name) { common_.begin = default_begin(); }

  ScenarioFile parse(std::string_view text) {
    if (text.size() > kBytesMax) {
      fault(1, "Dit bestand is groter dan 1 MB.", "Splits het in meer bestanden.");
      return finish();
    }
    const std::vector<SourceStatement> statements = split(text, file_.faults);
    if (statements.size() > kStatementsMax) {
      fault(statements[kStatementsMax].line, "Dit bestand heeft meer dan 20.000 opdrachten.",
            "Splits het in meer bestanden.");
      return finish();
    }
    for (const SourceStatement& statement : statements) read(statement);
    return finish();
  }

 private:
  void fault(int line, std::string message, std::string mend) {
    file_.faults.push_back({line, std::move(message), std::move(mend)});
  }

  Scenario& current() { return file_.scenarios.empty() ? common_ : file_.scenarios.back(); }

  ScenarioFile finish() {
    if (file_.scenarios.empty() && file_.faults.empty()) {
      common_.name = name_;
      file_.scenarios.push_back(std::move(common_));
    }
    for (const Scenario& scenario : file_.scenarios) {
      if (file_.faults.empty() && scenario.workflows.empty()) {
        fault(scenario.line, "Scenario \"" + scenario.name + "\" noemt geen workflow.", "Zet bovenaan: workflow PAD.");
      }
    }
    std::stable_sort(file_.faults.begin(), file_.faults.end(),
                     [](const Fault& a, const Fault& b) { return a.line < b.line; });
    if (!file_.faults.empty()) file_.scenarios.clear();
    return std::move(file_);
  }

  void read(const SourceStatement& source) {
    std::optional<Fault> broken;
    const std::vector<Token> tokens = tokens_of(source, broken);
    if (broken) {
      file_.faults.push_back(std::move(*broken));
      return;
    }
    if (tokens.empty()) return;
    Cursor cursor(tokens, source.source, source.line);
    if (cursor.take("scenario")) {
      begin_scenario(cursor, source.line);
    } else if (!setting(cursor)) {
      std::optional<Statement> statement = body(cursor, tokens, source);
      if (statement) current().statements.push_back(std::move(*statement));
    }
    cursor.expect_end();
    if (cursor.fault()) file_.faults.push_back(*cursor.fault());
  }

  void begin_scenario(Cursor& cursor, int line) {
    Scenario next = common_;
    next.line = line;
    next.name = cursor.rest();
    if (next.name.size() >= 2 && next.name.front() == '"' && next.name.back() == '"')
      next.name = next.name.substr(1, next.name.size() - 2);
    if (next.name.empty())
      cursor.fail("Achter scenario hoort een naam.", "Schrijf: scenario De zorgcoördinator weigert.");
    for (const Scenario& other : file_.scenarios) {
      if (other.name == next.name)
        fault(line, "Er is al een scenario \"" + next.name + "\" in dit bestand.", "Geef het een andere naam.");
    }
    file_.scenarios.push_back(std::move(next));
  }

  // What holds for the whole scenario, wherever it stands.
  bool setting(Cursor& cursor) {
    if (cursor.take("workflow")) {
      std::vector<std::string> paths{cursor.name("een bestand of map")};
      while (!cursor.at_end()) paths.push_back(cursor.name("een bestand of map"));
      current().workflows = std::move(paths);
      return true;
    }
    if (cursor.take("formulieren")) {
      current().forms = cursor.name("een map");
      return true;
    }
    if (cursor.take("begin")) {
      current().begin = cursor.moment();
      return true;
    }
    if (cursor.take("sluitingsdag")) {
      do {
        current().closing_days.push_back(cursor.date());
        cursor.take_symbol(',');
      } while (!cursor.at_end());
      return true;
    }
    return false;
  }

  std::optional<Statement> body(Cursor& cursor, const std::vector<Token>& tokens, const SourceStatement& source) {
    Statement statement;
    statement.line = source.line;
    statement.text = one_line(source.source);
    if (cursor.take("verwacht")) {
      const std::size_t known = file_.faults.size();
      Expect expect = parse_expect(tokens, 1, source.source, source.line, file_.faults);
      (void)cursor.rest();  // Read clause by clause above.
      if (file_.faults.size() > known) return std::nullopt;
      statement.body = std::move(expect);
    } else if (cursor.take("wacht")) {
      statement.body = parse_wait(cursor);
    } else if (cursor.take("tot")) {
      statement.body = Until{cursor.moment()};
    } else if (cursor.take("geweigerd")) {
      statement.body = parse_refused(cursor);
    } else if (cursor.take("verhaal")) {
      statement.body = Story{unquoted(cursor, "een verhaal")};
    } else if (cursor.take("later")) {
      statement.body = Later{unquoted(cursor, "wat later komt")};
    } else if (cursor.take("regel")) {
      statement.body = rule(cursor);
    } else if (cursor.take("script:") || cursor.take("script")) {
      cursor.take(":");
      statement.body = ScriptAnswers{cursor.assignments()};
    } else if (cursor.take("door")) {
      statement.body = ActAs{cursor.name("wie de opdrachten doet")};
    } else if (std::optional<Act> act = parse_act(cursor)) {
      statement.body = std::move(*act);
    } else {
      unknown(cursor);
      return std::nullopt;
    }
    return statement;
  }

  static std::string unquoted(Cursor& cursor, std::string_view what) {
    const Token* first = cursor.peek();
    if (first != nullptr && first->kind == Token::Kind::quoted && cursor.peek(1) == nullptr) return cursor.name(what);
    std::string text = cursor.rest();
    if (text.empty()) cursor.fail("Hier hoort " + std::string(what) + ", maar de regel houdt op.");
    return text;
  }

  static RuleAnswers rule(Cursor& cursor) {
    RuleAnswers answers;
    answers.rule = cursor.name("de naam van een regel");
    if (!answers.rule.empty() && answers.rule.back() == ':') {
      answers.rule.pop_back();
    } else if (!cursor.take(":")) {
      cursor.fail("Achter de naam van de regel hoort een dubbele punt.",
                  "Schrijf: regel route.zorgcoordinator: route=regio.");
    }
    answers.facts = cursor.assignments();
    const auto reason = std::find_if(answers.facts.begin(), answers.facts.end(),
                                     [](const Assignment& one) { return one.name == "reden"; });
    if (reason != answers.facts.end()) {
      answers.reason = reason->raw;
      answers.facts.erase(reason);
    }
    return answers;
  }

  static void unknown(Cursor& cursor) {
    static const std::vector<std::string_view> words = [] {
      std::vector<std::string_view> all = {"workflow", "formulieren", "begin",     "sluitingsdag", "regel",
                                           "script",   "scenario",    "verhaal",   "later",        "door",
                                           "wacht",    "tot",         "geweigerd", "verwacht"};
      all.insert(all.end(), action_words().begin(), action_words().end());
      return all;
    }();
    const std::string word = cursor.peek() == nullptr ? std::string() : cursor.peek()->text;
    const std::string near = nearest_word(word, words);
    cursor.fail(
        "\"" + word + "\" is geen opdracht van een scenario.",
        near.empty() ? "De lijst van opdrachten staat in tests/scenarios/README.md." : "Bedoelde u \"" + near + "\"?");
  }

  std::string name_;
  Scenario common_;
  ScenarioFile file_;
};

}  // namespace

Facts facts_of(const Assignments& assignments) {
  Facts facts;
  for (const Assignment& one : assignments) facts.insert_or_assign(one.name, one.value);
  return facts;
}

std::string to_string(const Fault& fault, std::string_view file) {
  std::string text = std::string(file) + ":" + std::to_string(fault.line) + ": " + fault.message;
  if (!fault.mend.empty()) text += " " + fault.mend;
  return text;
}

ScenarioFile parse_scenarios(std::string_view text, std::string_view name) {
  return FileParser(name).parse(text);
}

}  // namespace draad::rehearsal
