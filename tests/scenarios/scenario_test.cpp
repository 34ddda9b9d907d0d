// Every scenario file of the project is a test, twice: plain, and with a restart after every command. The language
// stands in README.md. `draad run FILE` plays one by hand, with a timeline.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/app/national_rules.h"
#include "engine/rehearsal/runner.h"

namespace draad::rehearsal {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = DRAAD_SOURCE_DIR;

// tests/scenarios/**, examples/**, workflows/**/scenarios/** and plugins/**/scenarios/**.
std::vector<std::string> scenario_files() {
  std::vector<std::string> files;
  for (const char* top : {"tests/scenarios", "examples", "workflows", "plugins"}) {
    if (!fs::is_directory(kRoot / top)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / top)) {
      const fs::path relative = fs::relative(entry.path(), kRoot);
      const bool among_scenarios =
          std::any_of(relative.begin(), relative.end(),
                      [](const fs::path& part) { return part == "scenarios" || part == "examples"; });
      if (entry.path().extension() == ".scenario" && among_scenarios) files.push_back(relative.string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

class ScenarioFile : public testing::TestWithParam<std::string> {};

void expect_as_written(const std::string& file, Mode mode) {
  const app::NationalRules rules;
  FilePlay how;
  how.stage = in_memory(mode);
  how.rules = &rules;
  const FileOutcome outcome = play_file(kRoot / file, how);
  for (const std::string& fault : outcome.faults) ADD_FAILURE() << fault;
  EXPECT_GT(outcome.scenarios, 0) << file << ": no scenario was played";
  EXPECT_GT(outcome.claims, 0) << file << ": a scenario that expects nothing shows nothing";
}

TEST_P(ScenarioFile, GoesAsWritten) {
  expect_as_written(GetParam(), Mode::plain);
}
TEST_P(ScenarioFile, GoesAsWrittenWithARestartAfterEveryCommand) {
  expect_as_written(GetParam(), Mode::restart);
}

INSTANTIATE_TEST_SUITE_P(Scenario, ScenarioFile, testing::ValuesIn(scenario_files()), [](const auto& row) {
  std::string name = row.param;
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
});

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ScenarioFile);

}  // namespace
}  // namespace draad::rehearsal
