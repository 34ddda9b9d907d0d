#include "engine/core/words.h"

#include <algorithm>

namespace draad {

std::string nearest_word(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
  std::string_view nearest;
  if (word.size() < 3 || word.size() > 64) return {};  // Of two letters every word is near.
  for (const std::string_view candidate : candidates) {
    // Levenshtein, one row at a time.
    std::vector<std::size_t> row(candidate.size() + 1);
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j <= candidate.size(); ++j) {
        const std::size_t substituted = diagonal + (word[i - 1] == candidate[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
      }
    }
    if (row.back() < best) {
      best = row.back();
      nearest = candidate;
    }
  }
  return std::string(nearest);
}

}  // namespace draad
