// What a person sees, word for word: tests/golden/app/<name>.txt. UPDATE_GOLDEN=1 writes them anew; read the
// difference.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/engine/app/program.h"

namespace draad::app::test {
namespace {

struct Golden {
  const char* name;
  std::vector<std::string> arguments;
};

class GoldenOutput : public testing::TestWithParam<Golden> {};

TEST_P(GoldenOutput, IsWhatItWas) {
  const Said said = run(GetParam().arguments);
  std::string text = "$ draad";
  for (const std::string& word : GetParam().arguments) text += " " + word;
  text += "\n" + said.out;
  if (!said.err.empty()) text += "--- standaardfout\n" + said.err;
  text += "--- afloop " + std::to_string(said.status) + "\n";
  const std::string path = std::string(DRAAD_SOURCE_DIR "/tests/golden/app/") + GetParam().name + ".txt";
  if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
  std::ifstream file(path, std::ios::binary);
  const std::string golden{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(text, golden);
}

INSTANTIATE_TEST_SUITE_P(
    App, GoldenOutput,
    testing::Values(
        Golden{"nothing", {}}, Golden{"help", {"--help"}}, Golden{"help_check", {"check", "--help"}},
        Golden{"help_simulate", {"simulate", "-h"}}, Golden{"help_run", {"run", "--help"}},
        Golden{"help_roundtrip", {"roundtrip", "--help"}}, Golden{"unknown_command", {"chek", "x.bpmn"}},
        Golden{"unknown_option", {"check", "--jsn", "twee_stappen.bpmn"}},
        Golden{"option_without_value", {"simulate", "twee_stappen.bpmn", "--plan"}},
        Golden{"option_missing", {"roundtrip", "twee_stappen.bpmn"}},
        Golden{"wrong_language", {"check", "twee_stappen.bpmn", "--taal", "fr"}}, Golden{"check_nothing", {"check"}},
        Golden{"check_broken", {"check", "kapot.bpmn"}},
        Golden{"check_broken_english", {"check", "kapot.bpmn", "--taal", "en"}},
        Golden{"check_missing", {"check", "geen.bpmn"}}, Golden{"check_empty_folder", {"check", "formulieren"}},
        Golden{"check_wrong_process", {"check", "twee_stappen.bpmn", "--process", "Drie"}},
        Golden{"check_wrong_severity", {"check", "twee_stappen.bpmn", "--fail-on", "alles"}},
        Golden{"check_two_formats", {"check", "twee_stappen.bpmn", "--json", "--sarif"}},
        Golden{"explain", {"check", "--explain", "xml_doctype"}},
        Golden{"explain_unknown", {"check", "--explain", "xml_doctyp"}},
        Golden{"simulate", {"simulate", "twee_stappen.bpmn", "--plan", "plan.json"}},
        Golden{"simulate_stuck", {"simulate", "vast.bpmn"}},
        Golden{"simulate_refused", {"simulate", "niet_ondersteund.bpmn"}},
        Golden{"simulate_wrong_plan", {"simulate", "twee_stappen.bpmn", "--plan", "plan_fout.json"}},
        Golden{"simulate_plan_of_another", {"simulate", "vast.bpmn", "--plan", "plan.json"}},
        Golden{"run", {"run", "casus.scenario"}}, Golden{"run_one", {"run", "casus.scenario", "--scenario", "Te laat"}},
        Golden{"run_unknown", {"run", "casus.scenario", "--scenario", "Te vroeg"}},
        Golden{"run_fails", {"run", "mislukt.scenario"}},
        Golden{"run_unreadable", {"run", "tikfout.scenario", "--stil"}}, Golden{"run_nothing", {"run", "formulieren"}}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace draad::app::test
