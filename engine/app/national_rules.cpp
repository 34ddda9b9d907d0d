#include "engine/app/national_rules.h"

#include "engine/core/words.h"
#include "engine/rules/catalogue.h"

namespace draad::app {

Result<execute::RuleAnswer> NationalRules::answer(std::string_view name, const Facts& facts) const {
  const rules::Rule* rule = rules::find_rule(name);
  if (rule == nullptr || rule->national == nullptr) {
    std::vector<std::string_view> names;
    for (const rules::Rule& one : rules::catalogue()) names.push_back(one.name);
    const std::string near = nearest_word(name, names);
    return Error{ErrorCode::not_found,
                 "de regel \"" + std::string(name) + "\" staat niet in de lijst van regels." +
                     (near.empty() ? "" : " Bedoelde u \"" + near + "\"?"),
                 std::string(name)};
  }
  Facts visible;
  for (const rules::Field& field : rule->reads) {
    if (const auto found = facts.find(field.name); found != facts.end()) visible.insert(*found);
  }
  rules::NationalAnswer answer = rule->national(visible);
  return execute::RuleAnswer{std::move(answer.facts), std::move(answer.reason), "landelijk", "1"};
}

Result<Facts> NationalRules::run_script(std::string_view format, std::string_view, const Facts&) const {
  return Error{ErrorCode::unsupported, "scripts (" + std::string(format) + ") draaien hier niet", ""};
}

}  // namespace draad::app
