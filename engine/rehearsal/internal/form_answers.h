// engine/rehearsal/internal/form_answers.h
//
// The fields that a scenario fills in, as the JSON object that a form is filled with. The form decides what a value is:
// "0612" is a text where the form asks for text. `personen.1.naam` is a field of the first member of a list.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/casework/form.h"
#include "engine/rehearsal/scenario.h"

namespace draad::rehearsal {

[[nodiscard]] nlohmann::json answers_of(const casework::Form& form, const Assignments& fields);

}  // namespace draad::rehearsal
