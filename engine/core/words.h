// engine/core/words.h
//
// Help for who mistyped a word. Threads: pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace draad {

// The word of `candidates` that was most likely meant (fewest letters different); empty when none is near.
[[nodiscard]] std::string nearest_word(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace draad
