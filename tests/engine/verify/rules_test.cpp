// Every rule finds its wrong example and keeps still about its right one; every finding can be explained.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/bpmn/compile.h"
#include "engine/verify/rules/rule.h"
#include "engine/verify/verify.h"

namespace draad::verify {
namespace {

const std::filesystem::path kExamples = std::filesystem::path(DRAAD_SOURCE_DIR) / "tests/engine/verify/rules";

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<Finding> check(const std::filesystem::path& path, bool gate) {
  const bpmn::Model model = bpmn::load(read(path));
  EXPECT_TRUE(model.definitions.has_value()) << path;
  Input input;
  input.definitions = model.definitions ? &*model.definitions : nullptr;
  input.processes = model.graphs;
  input.publication_gate = gate;
  Options options;
  options.soundness = options.conditions = false;
  return verify(input, options).findings;
}

bool has(const std::vector<Finding>& findings, std::string_view code) {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& one) { return one.code == code; });
}

class StructureRule : public testing::TestWithParam<const Rule*> {};

TEST_P(StructureRule, FindsItsWrongExampleAndNotItsRightOne) {
  const std::string code(GetParam()->text.code);
  const std::vector<Finding> wrong = check(kExamples / code / "fout.bpmn", true);
  EXPECT_TRUE(has(wrong, code));
  for (const Finding& finding : wrong)
    if (finding.code == code) {
      EXPECT_FALSE(finding.elements.empty());
      EXPECT_GT(finding.line, 0);
      EXPECT_FALSE(finding.mend.empty());
    }
  EXPECT_FALSE(has(check(kExamples / code / "goed.bpmn", true), code));
}

TEST_P(StructureRule, SaysOfAForeignFileOnlyWhatItMay) {
  const std::string code(GetParam()->text.code);
  for (const Finding& finding : check(kExamples / code / "fout.bpmn", false)) {
    if (finding.code != code) continue;
    ASSERT_TRUE(GetParam()->elsewhere.has_value());
    EXPECT_EQ(finding.severity, *GetParam()->elsewhere);
  }
}

INSTANTIATE_TEST_SUITE_P(All, StructureRule, testing::ValuesIn(structure_rules().begin(), structure_rules().end()),
                         [](const auto& row) { return std::string(row.param->text.code); });

TEST(Rules, HaveOneFileAndOneExampleFolderEach) {
  std::size_t files = 0, folders = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(DRAAD_SOURCE_DIR) / "engine/verify/rules")) {
    const std::string name = entry.path().filename().string();
    files +=
        entry.path().extension() == ".cpp" && name != "all.cpp" && name != "rule.cpp" && name != "texts.cpp" ? 1 : 0;
  }
  for (const auto& entry : std::filesystem::directory_iterator(kExamples)) folders += entry.is_directory() ? 1 : 0;
  EXPECT_EQ(files, structure_rules().size());
  EXPECT_EQ(folders, structure_rules().size());
}

TEST(Rules, AreListedOnceEachWithEveryText) {
  std::string_view before;
  for (const RuleText& text : rules()) {
    EXPECT_LT(before, text.code);
    before = text.code;
    for (const std::string_view part : {text.title, text.explanation, text.mend, text.explanation_en})
      EXPECT_FALSE(part.empty()) << text.code;
    EXPECT_EQ(find_rule(text.code), &text);
  }
  EXPECT_EQ(find_rule("bestaat_niet"), nullptr);
}

TEST(Rules, StandInTheListOfFindings) {
  const std::string page = read(std::filesystem::path(DRAAD_SOURCE_DIR) / "engine/docs/findings.md");
  for (const RuleText& text : rules())
    EXPECT_NE(page.find("`" + std::string(text.code) + "`"), std::string::npos) << text.code;
}

}  // namespace
}  // namespace draad::verify
