#include "engine/verify/safeguards.h"

#include <algorithm>
#include <array>

#include "engine/core/time.h"

namespace draad::verify {

namespace {

std::string lower(std::string_view text) {
  std::string result;
  for (const char c : text) result += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return result;
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : line) {
    if (c == ' ' || c == '\t' || c == '\r') {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
    } else {
      word += c;
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

bool is_anchor(std::string_view word) {
  if (word.empty() || word.front() == '.' || word.back() == '.') return false;
  return std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '*';
  });
}

// Parts of a dotted name against parts of a pattern; a star takes one part or more.
bool matches_parts(std::string_view pattern, std::string_view anchor) {
  const auto part = [](std::string_view text) { return text.substr(0, text.find('.')); };
  const auto rest = [](std::string_view text) {
    const std::size_t dot = text.find('.');
    return dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1);
  };
  if (pattern.empty() || anchor.empty()) return pattern.empty() && anchor.empty();
  if (part(pattern) == "*") {
    for (std::string_view left = rest(anchor);; left = rest(left)) {
      if (matches_parts(rest(pattern), left)) return true;
      if (left.empty()) return false;
    }
  }
  return part(pattern) == part(anchor) && matches_parts(rest(pattern), rest(anchor));
}

// A sentence is read from the left: fixed words and places for anchors.
class Sentence {
 public:
  explicit Sentence(std::vector<std::string> words) : words_(std::move(words)) {}

  bool take(std::string_view phrase) {
    const std::vector<std::string> wanted = words_of(phrase);
    if (at_ + wanted.size() > words_.size()) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (lower(words_[at_ + i]) != wanted[i]) return false;
    at_ += wanted.size();
    return true;
  }
  bool anchors(AnchorSet& to) {
    do {
      if (at_ == words_.size() || !is_anchor(words_[at_])) return false;
      to.patterns.push_back(words_[at_++]);
    } while (take("of"));
    return true;
  }
  [[nodiscard]] bool done() const { return at_ == words_.size(); }
  [[nodiscard]] std::string_view word() const { return done() ? std::string_view{} : words_[at_]; }
  void skip() { ++at_; }

 private:
  std::vector<std::string> words_;
  std::size_t at_ = 0;
};

constexpr std::string_view kForms =
    "\"altijd A gaat vooraf aan B\", \"altijd B alleen na A\", \"nooit B zonder A\", \"nooit B na A\", \"nooit A samen "
    "met "
    "B\", \"altijd A wordt gevolgd door B [binnen P2D (werkdagen)]\", \"hooguit een keer A\", \"op elk pad A\" of "
    "\"vier ogen B door een ander dan A\"";

// Nothing: understood; else what was expected.
std::string read_term(Sentence& sentence, Safeguard& safeguard) {
  if (!sentence.take("binnen")) return {};
  const Result<Duration> within = parse_duration(sentence.word());
  if (!within) return "achter \"binnen\" een duur als P2D, PT24H of P3M";
  safeguard.within = *within;
  sentence.skip();
  if (sentence.take("(werkdagen)"))
    safeguard.calendar = TermijnKalender::werkdagen;
  else if (!sentence.take("(kalenderdagen)") && !sentence.done())
    return "achter de duur \"(werkdagen)\", \"(kalenderdagen)\" of niets";
  return {};
}

std::string read_sentence(Sentence& sentence, Safeguard& safeguard) {
  AnchorSet &first = safeguard.first, &second = safeguard.second;
  AnchorSet one;
  const auto set = [&](SafeguardKind kind) {
    safeguard.kind = kind;
    return true;
  };
  bool understood = false;
  if (sentence.take("altijd")) {
    if (!sentence.anchors(one)) return "achter \"altijd\" een anker";
    if (sentence.take("gaat vooraf aan")) {
      first = one;
      understood = set(SafeguardKind::precedes) && sentence.anchors(second);
    } else if (sentence.take("alleen na")) {
      second = one;
      understood = set(SafeguardKind::only_after) && sentence.anchors(first);
    } else if (sentence.take("wordt gevolgd door")) {
      first = one;
      understood = set(SafeguardKind::followed_by) && sentence.anchors(second);
      if (understood)
        if (std::string expected = read_term(sentence, safeguard); !expected.empty()) return expected;
    }
  } else if (sentence.take("nooit")) {
    if (!sentence.anchors(one)) return "achter \"nooit\" een anker";
    if (sentence.take("zonder")) {
      second = one;
      understood = set(SafeguardKind::never_without) && sentence.anchors(first);
    } else if (sentence.take("na")) {
      second = one;
      understood = set(SafeguardKind::never_after) && sentence.anchors(first);
    } else if (sentence.take("samen met")) {
      first = one;
      understood = set(SafeguardKind::never_both) && sentence.anchors(second);
    }
  } else if (sentence.take("hooguit een keer") || sentence.take("hooguit \xc3\xa9\xc3\xa9n keer")) {
    understood = set(SafeguardKind::at_most_once) && sentence.anchors(first);
  } else if (sentence.take("op elk pad")) {
    understood = set(SafeguardKind::on_every_path) && sentence.anchors(first);
  } else if (sentence.take("vier ogen")) {
    understood = set(SafeguardKind::other_person) && sentence.anchors(second) && sentence.take("door een ander dan") &&
                 sentence.anchors(first);
  }
  if (!understood || !sentence.done()) return "een van de zinnen " + std::string(kForms);
  return {};
}

}  // namespace

std::string_view to_string(SafeguardKind kind) {
  static constexpr std::array<std::string_view, 9> names = {"precedes",    "only_after",   "never_without",
                                                            "followed_by", "at_most_once", "on_every_path",
                                                            "never_after", "never_both",   "other_person"};
  return names[static_cast<std::size_t>(kind)];
}

bool AnchorSet::matches(std::string_view anchor) const {
  if (anchor.empty()) return false;
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return matches_parts(pattern, anchor); });
}

std::string AnchorSet::text() const {
  std::string text;
  for (const std::string& pattern : patterns) text += (text.empty() ? "" : " of ") + pattern;
  return text;
}

SafeguardParse parse_safeguards(std::string_view text, std::string path) {
  SafeguardParse result;
  result.file.path = std::move(path);
  if (text.substr(0, 3) == "\xef\xbb\xbf") text.remove_prefix(3);
  std::string name;
  int line_number = 0;
  const auto fault = [&](const std::string& expected) {
    Finding& finding = result.faults.emplace_back();
    finding.code = "waarborg_niet_begrepen";
    finding.severity = Severity::error;
    finding.line = line_number;
    finding.column = 1;
    finding.message = (result.file.path.empty() ? "" : result.file.path + ": ") +
                      "Deze regel is geen waarborg. Verwacht: " + expected + ".";
    finding.message_en = "This line is no safeguard; see engine/docs/waarborgen.md for the sentences.";
    finding.mend = "Schrijf de zin zoals engine/docs/waarborgen.md hem noemt.";
  };
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::vector<std::string> words = words_of(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    ++line_number;
    if (words.empty() || words.front().front() == '#') continue;
    const std::string first = lower(words.front());
    if (first.front() == '[') {
      if (words.size() != 1 || first.size() < 3 || first.back() != ']')
        fault("een naam tussen haken, zoals [bedenktijd-eerst]");
      else
        name = first.substr(1, first.size() - 2);
      continue;
    }
    if (first == "omdat" || first == "bron") {
      if (result.file.safeguards.empty())
        fault("eerst een zin, dan \"omdat\" of \"bron\"");
      else
        (first == "omdat" ? result.file.safeguards.back().reason : result.file.safeguards.back().source) =
            joined({words.begin() + 1, words.end()});
      continue;
    }
    Safeguard safeguard;
    safeguard.line = line_number;
    safeguard.sentence = joined(words);
    safeguard.name = name.empty() ? safeguard.sentence : name;
    name.clear();
    Sentence sentence(words);
    if (const std::string expected = read_sentence(sentence, safeguard); !expected.empty())
      fault(expected);
    else
      result.file.safeguards.push_back(std::move(safeguard));
  }
  return result;
}

}  // namespace draad::verify
