#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "engine/app/finding_text.h"

namespace draad::app {
namespace {

TEST(Explanations, EveryCodeIsInTheDocumentedList) {
  std::ifstream file(DRAAD_SOURCE_DIR "/engine/docs/findings.md");
  const std::string list{std::istreambuf_iterator<char>(file), {}};
  ASSERT_FALSE(list.empty());
  for (const std::string_view code : known_codes()) {
    EXPECT_NE(list.find("`" + std::string(code) + "`"), std::string::npos)
        << code << " is not in engine/docs/findings.md";
  }
}

TEST(Explanations, SayWhatWhyAndHow) {
  for (const std::string_view code : known_codes()) {
    const std::optional<Explanation> explanation = find_explanation(code);
    ASSERT_TRUE(explanation) << code;
    EXPECT_FALSE(explanation->title.empty()) << code;
    EXPECT_FALSE(explanation->explanation.empty()) << code;
    EXPECT_FALSE(explanation->mend.empty()) << code;
    EXPECT_FALSE(explanation->explanation_en.empty()) << code;
  }
}

TEST(Explanations, UnknownCodesHaveNone) {
  EXPECT_FALSE(find_explanation("geen_code"));
}

}  // namespace
}  // namespace draad::app
