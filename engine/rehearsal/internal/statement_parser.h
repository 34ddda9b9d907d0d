// engine/rehearsal/internal/statement_parser.h
//
// One statement of a scenario file from its words. Each function reads one kind; faults stay in the cursor.
#pragma once

#include <optional>
#include <vector>

#include "engine/rehearsal/internal/cursor.h"

namespace draad::rehearsal {

// The key words an action can begin with, for the nearest word of a mistyped one.
[[nodiscard]] const std::vector<std::string_view>& action_words();

// `klaar taak ...`; the key word itself is read here. Nothing: not an action, the cursor has not moved.
[[nodiscard]] std::optional<Act> parse_act(Cursor& cursor);
[[nodiscard]] Act parse_refused(Cursor& cursor);  // Behind `geweigerd`.

// Behind `wacht`.
[[nodiscard]] Wait parse_wait(Cursor& cursor);

// Behind `verwacht`: the words up to the end, in clauses with ';' between them.
[[nodiscard]] Expect parse_expect(const std::vector<Token>& tokens, std::size_t first, std::string_view source,
                                  int line, std::vector<Fault>& faults);

}  // namespace draad::rehearsal
