// The eight vignettes through the national core, on disk: everything goes as written, and nothing that belongs in the
// vault can be read in the database file.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "engine/app/national_rules.h"
#include "engine/app/service_stage.h"
#include "engine/core/time.h"
#include "tests/support/temporary_folder.h"

namespace draad::app {
namespace {

namespace fs = std::filesystem;

// Notes what goes to the vault on its way there.
class ListeningStage final : public rehearsal::Stage {
 public:
  ListeningStage(std::unique_ptr<Stage> inner, std::set<std::string>& heard)
      : inner_(std::move(inner)), heard_(heard) {}

  Result<std::vector<execute::Event>> play(const execute::Command& command,
                                           std::span<const casework::PersonalValue> personal) override {
    for (const casework::PersonalValue& value : personal) heard_.insert(value.text);
    return inner_->play(command, personal);
  }
  [[nodiscard]] const execute::CasusState& state() const override { return inner_->state(); }
  [[nodiscard]] bool routes_messages() const override { return inner_->routes_messages(); }

 private:
  std::unique_ptr<Stage> inner_;
  std::set<std::string>& heard_;
};

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Vignettes, RunOnDiskAndLeaveNoPersonalValueReadable) {
  const fs::path folder = fs::path(DRAAD_SOURCE_DIR) / "workflows/landelijk/scenarios";
  if (!fs::is_directory(folder)) GTEST_SKIP() << "The national core has no scenarios here";
  const test::TemporaryFolder temporary;
  const StoreTarget target{temporary.file("landelijk.db"), "proef"};
  const NationalRules rules;
  std::set<std::string> personal;
  rehearsal::FilePlay how;
  how.rules = &rules;
  how.stage = [make = on_store(target), &personal](
                  const rehearsal::Scenario& scenario, const rehearsal::WorkflowSet& workflows,
                  const execute::RulePort& answers) -> Result<std::unique_ptr<rehearsal::Stage>> {
    DRAAD_TRY(std::unique_ptr<rehearsal::Stage> stage, make(scenario, workflows, answers));
    return std::unique_ptr<rehearsal::Stage>(std::make_unique<ListeningStage>(std::move(stage), personal));
  };
  int files = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".scenario") continue;
    ++files;
    for (const std::string& fault : rehearsal::play_file(entry.path(), how).faults) ADD_FAILURE() << fault;
  }
  EXPECT_GE(files, 8);
  EXPECT_GT(personal.size(), 0u) << "Nobody filled in a personal field: then this shows nothing";

  const std::string database = content_of(target.database) + content_of(target.database + "-wal");
  std::string forms;  // A choice of a form ("onbekend") is in the published form, and so in the file.
  for (const auto& entry : fs::recursive_directory_iterator(folder.parent_path())) {
    if (entry.path().extension() == ".json" || entry.path().extension() == ".bpmn") forms += content_of(entry.path());
  }
  int looked_for = 0;
  for (const std::string& value : personal) {
    // A date or a short word can be a fact of another step as well.
    if (value.size() < 4 || parse_date(value) || forms.find(value) != std::string::npos) continue;
    ++looked_for;
    EXPECT_EQ(database.find(value), std::string::npos) << "A personal value stands readable in the database: " << value;
  }
  EXPECT_GT(looked_for, 10);
  ::testing::Test::RecordProperty("personal_values", looked_for);
}

}  // namespace
}  // namespace draad::app
