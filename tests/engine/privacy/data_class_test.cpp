#include "engine/privacy/data_class.h"

#include <gtest/gtest.h>

#include <set>

namespace draad::privacy {
namespace {

TEST(DataClass, EveryClassIsReadBackFromItsCode) {
  std::set<std::string_view> names;
  int number = 1;
  for (const DataClass data_class : all_data_classes()) {
    EXPECT_EQ(code(data_class), "D" + std::to_string(number++));
    EXPECT_EQ(parse_data_class(code(data_class)).value(), data_class);
    names.insert(dutch_name(data_class));
  }
  EXPECT_EQ(names.size(), kDataClassCount);
}

TEST(DataClass, OnlyFiguresAreAboutNobodyAndOnlyAddressesAreShielded) {
  for (const DataClass data_class : all_data_classes()) {
    EXPECT_EQ(is_personal(data_class), data_class != DataClass::figures);
    EXPECT_EQ(is_shielded(data_class), data_class == DataClass::address);
  }
}

TEST(DataClass, RefusesWhatIsNoClass) {
  for (const std::string_view text : {"", "D", "D0", "D15", "d4", "D4 ", "D04", "4"}) {
    EXPECT_EQ(parse_data_class(text).error().code, ErrorCode::invalid) << text;
  }
}

}  // namespace
}  // namespace draad::privacy
