// engine/core/finding.h
//
// One thing that is wrong with (or remarkable about) a file: what reading, verifying and checking all report. Codes are stable
// names; the list of them is engine/docs/findings.md.
// `message` is Dutch (B1), `message_en` English; both name the place and the mend, never a personal value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace draad {

enum class Severity { fatal, error, warning, info };
[[nodiscard]] std::string_view to_string(Severity severity);

struct Finding {
  std::string code;
  Severity severity = Severity::error;
  std::string process;                 // Id of the process; may be empty.
  std::vector<std::string> elements;   // The most telling id first.
  int line = 0;
  int column = 0;
  std::string message;
  std::string message_en;
  std::string mend;                    // Dutch: what to do about it; may be empty.
  std::vector<std::string> witness;    // Behavioural findings: element ids in firing order.
  std::optional<std::string> constraint;   // The safeguard that does not hold.

  friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace draad
