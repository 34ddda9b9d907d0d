// engine/feel/internal/evaluator.h
//
// The evaluator on a part of a condition.
#pragma once

#include "engine/feel/feel.h"
#include "engine/feel/internal/ast.h"
#include "engine/feel/internal/semantics.h"

namespace draad::feel {

[[nodiscard]] Result<Value> evaluate_node(const Node& node, const Environment& environment);
[[nodiscard]] Result<Truth> truth_of_node(const Node& node, const Environment& environment);

}  // namespace draad::feel
