// engine/feel/internal/typing.h
//
// The static type of a value and of a part of a condition; nothing for null and for what cannot be told.
#pragma once

#include <optional>

#include "engine/feel/decide.h"
#include "engine/feel/internal/ast.h"

namespace draad::feel {

[[nodiscard]] std::optional<TypeKind> type_of_value(const Value& value);
[[nodiscard]] std::optional<TypeKind> type_of_node(const Node& node, const FactTypes& types);

}  // namespace draad::feel
