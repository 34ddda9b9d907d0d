// engine/app/finding_text.h
//
// A finding as a person reads it: place, what is wrong, why it matters, how to mend it, and the way to it.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "engine/app/command.h"
#include "engine/core/finding.h"

namespace draad::app {

void print_finding(std::string_view file, const Finding& finding, const Context& context, std::ostream& out);

// What `draad check --explain` says about a code, whoever reports it.
struct Explanation {
  std::string_view code;
  std::string_view title;
  std::string_view explanation;  // What is wrong, and why it matters.
  std::string_view mend;
  std::string_view explanation_en;
};
[[nodiscard]] std::optional<Explanation> find_explanation(std::string_view code);
[[nodiscard]] std::vector<std::string_view> known_codes();

[[nodiscard]] std::string_view dutch_name(Severity severity);  // "fout"

}  // namespace draad::app
