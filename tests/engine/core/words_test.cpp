#include "engine/core/words.h"

#include <gtest/gtest.h>

namespace draad {
namespace {

TEST(NearestWord, FindsWhatWasMeant) {
  EXPECT_EQ(nearest_word("verwachtt", {"wacht", "verwacht"}), "verwacht");
  EXPECT_EQ(nearest_word("xyz", {"wacht", "verwacht"}), "");
}

}  // namespace
}  // namespace draad
