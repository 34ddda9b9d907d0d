#include "engine/app/finding_text.h"

#include <ostream>

namespace draad::app {
namespace {

constexpr std::size_t kWidth = 100;
constexpr std::string_view kIndent = "        ";

// "        wat      Tekst die doorloopt
//                   op de volgende regel"
void print_wrapped(std::string_view label, std::string_view text, std::ostream& out) {
  if (text.empty()) return;
  const std::string margin(kIndent.size() + 9, ' ');
  std::string line =
      std::string(kIndent) + std::string(label) + std::string(label.size() < 9 ? 9 - label.size() : 1, ' ');
  bool fresh = true;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of(" \n");
    const std::string_view word = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (word.empty()) continue;
    if (!fresh && line.size() + 1 + word.size() > kWidth) {
      out << line << "\n";
      line = margin;
      fresh = true;
    }
    if (!fresh) line += ' ';
    line += word;
    fresh = false;
  }
  out << line << "\n";
}

std::string_view english_name(Severity severity) {
  return to_string(severity);
}

std::string_view colour_of(Severity severity) {
  switch (severity) {
    case Severity::fatal:
    case Severity::error:
      return "\033[31m";
    case Severity::warning:
      return "\033[33m";
    case Severity::info:
      return "\033[36m";
  }
  return "";
}

}  // namespace

std::string_view dutch_name(Severity severity) {
  switch (severity) {
    case Severity::fatal:
      return "onleesbaar";
    case Severity::error:
      return "fout";
    case Severity::warning:
      return "waarschuwing";
    case Severity::info:
      return "opmerking";
  }
  return "";
}

void print_finding(std::string_view file, const Finding& finding, const Context& context, std::ostream& out) {
  out << "  " << file;
  if (finding.line > 0) out << ":" << finding.line;
  if (finding.line > 0 && finding.column > 0) out << ":" << finding.column;
  if (context.colour) out << colour_of(finding.severity);
  out << "  " << (context.english ? english_name(finding.severity) : dutch_name(finding.severity));
  if (context.colour) out << "\033[0m";
  if (!finding.elements.empty()) {
    out << "  " << finding.elements.front();
    if (finding.elements.size() > 1) out << " (+" << finding.elements.size() - 1 << ")";
  }
  out << "  [" << finding.code << "]\n";
  const std::optional<Explanation> explanation = find_explanation(finding.code);
  if (context.english) {
    print_wrapped("what", finding.message_en.empty() ? finding.message : finding.message_en, out);
    if (explanation) print_wrapped("why", explanation->explanation_en, out);
  } else {
    print_wrapped("wat", finding.message, out);
    if (explanation) print_wrapped("waarom", explanation->explanation, out);
    print_wrapped("herstel", finding.mend.empty() && explanation ? explanation->mend : std::string_view(finding.mend),
                  out);
  }
  if (finding.constraint) print_wrapped(context.english ? "rule" : "waarborg", *finding.constraint, out);
  if (!finding.witness.empty()) {
    std::string way;
    for (const std::string& element : finding.witness) way += (way.empty() ? "" : " → ") + element;
    print_wrapped(context.english ? "way" : "weg", way, out);
  }
}

}  // namespace draad::app
