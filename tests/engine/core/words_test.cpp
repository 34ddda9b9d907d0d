#include "engine/core/words.h"

#include <gtest/gtest.h>

namespace draad {
namespace {

TEST(NearestWord, FindsWhatWasMeant) {
  EXPECT_EQ(nearest_word("verwachtt", {"wacht", "verwacht"}), "verwacht");
  EXPECT_EQ(nearest_word("xyz", {"wacht", "verwacht"}), "");
  EXPECT_EQ(nearest_word("strat", {"start", "sluit"}), "start") << "Two letters swapped is one mistake";
  EXPECT_EQ(nearest_word("ab", {"ac"}), "");
}

}  // namespace
}  // namespace draad
