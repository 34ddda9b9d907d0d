// tests/engine/execute/support/model.h
//
// A process written in a few lines, for tests of the token game that need no file:
//     start S
//     user A rol=AFM termijn=P5D
//     sub D {                      kinds: start end user service send receive script rule manual task xor and or event
//       start S2                          sub esp adhoc call throw catch boundary
//     }
//     boundary B on=A timer=PT1H interrupting=no
//     S -> A -> X
//     X -> B1 : leeftijd < 18      a condition
//     X -> C1 : default            the default flow
// A value with spaces stands between quotes. Flows are named source->target (and source->target#2 for a second one).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/execute/release.h"

namespace draad::execute::test {

// Any fault of the text stops the test program with the line: it is a mistake of the test.
[[nodiscard]] std::shared_ptr<const graph::WorkflowGraph> model(std::string_view text, std::string process_id = "P");

// One process, or several, published as version "1"; a fault stops the test program.
[[nodiscard]] std::shared_ptr<const Release> release_of(std::vector<std::shared_ptr<const graph::WorkflowGraph>> graphs,
                                                        bool lenient = false);
[[nodiscard]] std::shared_ptr<const Release> release_of(std::string_view text);

}  // namespace draad::execute::test
