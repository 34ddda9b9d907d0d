// engine/app/national_rules.h
//
// Rules as they hold nationally, without any plugin: the defaults of rules/catalogue.h, each asked with the facts that
// it may read and no others. Scripts do not run here.
// Errors: `not_found` for a rule that is not in the catalogue, `unsupported` for a script.   Threads: safe.
#pragma once

#include "engine/execute/decide.h"

namespace draad::app {

class NationalRules final : public execute::RulePort {
 public:
  [[nodiscard]] Result<execute::RuleAnswer> answer(std::string_view rule, const Facts& facts) const override;
  [[nodiscard]] Result<Facts> run_script(std::string_view format, std::string_view script,
                                         const Facts& facts) const override;
};

}  // namespace draad::app
