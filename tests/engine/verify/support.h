// tests/engine/verify/support.h
//
// A model in a few lines of text, for tests: "start s; xor x; task a; s>x; x>a" compiled to a graph.
//   KIND ID            a node; KINDs: start end term task user xor and or ev catch send error:CODE sub esp call:ID
//   adhoc A>B                a flow f_A_B; A>B? has a condition; A>B* is the default flow ID@HOST KIND       a boundary
//   event: timer msg error:CODE esc:CODE, with a leading '-' when it does not interrupt sub S { ... }      what stands
//   in a sub-process (esp S KIND { ... } in an event sub-process)
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/graph/workflow_graph.h"

namespace draad::verify::test {

std::shared_ptr<const graph::WorkflowGraph> model(std::string_view text);

}  // namespace draad::verify::test
