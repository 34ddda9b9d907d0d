// engine/verify/rules.h
//
// The list of findings that the checker can give: code, severity, and what a person needs to know about it. Feeds
// `draad check --explain CODE` and engine/docs/findings.md. One rule, one file in rules/.
#pragma once

#include <span>
#include <string_view>

#include "engine/core/finding.h"

namespace draad::verify {

struct RuleText {
  std::string_view code;
  Severity severity;             // The highest it is given with.
  std::string_view title;        // Dutch, B1.
  std::string_view explanation;  // Dutch: what is wrong, and why it matters.
  std::string_view mend;         // Dutch: what to do about it.
  std::string_view explanation_en;
};

[[nodiscard]] std::span<const RuleText> rules();                 // Ordered by code.
[[nodiscard]] const RuleText* find_rule(std::string_view code);  // nullptr: no such code.

}  // namespace draad::verify
