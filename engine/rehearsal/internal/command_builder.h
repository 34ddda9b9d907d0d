// engine/rehearsal/internal/command_builder.h
//
// From what a scenario line asks to a command of the engine: which element instance is meant, and which fields of a
// form are facts or personal values. Errors: `not_found` (the step does not run), `conflict` (several run, say which),
// `invalid` (a name that is not in the workflow, a form that is missing); a form with errors gives `form_errors`.
#pragma once

#include <string>
#include <vector>

#include "engine/casework/form.h"
#include "engine/rehearsal/internal/ledger.h"
#include "engine/rehearsal/workflow_set.h"

namespace draad::rehearsal {

struct BuiltCommand {
  execute::CommandBody body;
  std::vector<casework::PersonalValue> personal;
  std::vector<casework::FieldError> form_errors;
};

struct BuildSite {
  const execute::CasusState& state;
  const WorkflowSet& workflows;
  const Ledger& ledger;
  std::string_view actor;
  bool may_be_over = false;  // Behind `geweigerd`: a step that has ended is asked for all the same.
};

[[nodiscard]] Result<BuiltCommand> build(const Action& action, const BuildSite& site);

}  // namespace draad::rehearsal
