// The program as other programs use it: JSON, exit statuses, files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/engine/app/program.h"
#include "tests/support/temporary_folder.h"

namespace draad::app::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

json json_of(const Said& said) {
  const json read = json::parse(said.out, nullptr, false);
  EXPECT_FALSE(read.is_discarded()) << said.out << said.err;
  return read;
}
bool has_code(const json& findings, const std::string& code) {
  return std::any_of(findings.begin(), findings.end(), [&](const json& one) { return one["code"] == code; });
}
std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Check, ASoundFile) {
  const Said said = run({"check", "twee_stappen.bpmn", "--json"});
  const json report = json_of(said);
  EXPECT_EQ(said.status, 0) << said.out;
  EXPECT_EQ(report["format"], "draad.check/1");
  EXPECT_EQ(report["file"], "twee_stappen.bpmn");
  EXPECT_EQ(report["processes"][0]["id"], "TweeStappen");
  EXPECT_EQ(report["processes"][0]["sound"], true);
  EXPECT_TRUE(report["processes"][0]["unsupported"].empty());
  EXPECT_TRUE(report["collaboration"]["sound"].is_null());
  EXPECT_TRUE(report["collaboration"]["message_relaxed_sound"].is_null());
}

TEST(Check, ADeadlockIsAnErrorWithItsWitness) {
  const Said said = run({"check", "vast.bpmn", "--json"});
  const json report = json_of(said);
  EXPECT_EQ(said.status, 1);
  EXPECT_EQ(report["processes"][0]["sound"], false);
  ASSERT_TRUE(has_code(report["findings"], "deadlock")) << said.out;
  for (const json& finding : report["findings"]) {
    for (const char* key :
         {"code", "severity", "process", "elements", "line", "column", "message", "witness", "constraint"})
      EXPECT_TRUE(finding.contains(key)) << key;
    if (finding["code"] != "deadlock") continue;
    EXPECT_EQ(finding["elements"][0], "Samen");
    EXPECT_GT(finding["line"], 0);
    EXPECT_FALSE(finding["witness"].empty());
    EXPECT_EQ(finding["witness"][0], "Start");
  }
}

TEST(Check, WhatCannotRunIsTwo) {
  const Said said = run({"check", "niet_ondersteund.bpmn", "--json"});
  EXPECT_EQ(said.status, 2);
  const json report = json_of(said);
  EXPECT_EQ(report["processes"][0]["unsupported"], json::array({"Ingewikkeld"}));
  EXPECT_TRUE(has_code(report["findings"], "unsupported"));
}

TEST(Check, WhatCannotBeReadIsTwo) {
  const Said said = run({"check", "kapot.bpmn", "--json"});
  EXPECT_EQ(said.status, 2);
  const json report = json_of(said);
  EXPECT_TRUE(report["processes"].empty());
  EXPECT_EQ(report["findings"][0]["severity"], "fatal");
  EXPECT_EQ(run({"check", "geen.bpmn", "--json"}).status, 2);
}

TEST(Check, SeveralFilesAreAListAndTheWorstCounts) {
  const Said said = run({"check", "twee_stappen.bpmn", "vast.bpmn", "--json"});
  const json list = json_of(said);
  EXPECT_EQ(said.status, 1);
  EXPECT_EQ(list["format"], "draad.check-list/1");
  ASSERT_EQ(list["files"].size(), 2u);
  EXPECT_EQ(list["files"][0]["file"], "twee_stappen.bpmn");
  EXPECT_EQ(list["files"][0]["format"], "draad.check/1");
  EXPECT_EQ(json_of(run({"check", ".", "--json"}))["format"], "draad.check-list/1");
  EXPECT_EQ(run({"check", "vast.bpmn", "kapot.bpmn"}).status, 2);
}

TEST(Check, FailOnIsAMatterOfSeverity) {
  const Said plain = run({"check", "twee_stappen.bpmn", "--json", "--fail-on", "warning"});
  EXPECT_EQ(plain.status, 0) << plain.out;
  EXPECT_EQ(run({"check", "vast.bpmn", "--fail-on", "error"}).status, 1);
}

TEST(Check, OneProcessOnly) {
  const json report = json_of(run({"check", "vast.bpmn", "--process", "Vast", "--json"}));
  EXPECT_EQ(report["processes"].size(), 1u);
  EXPECT_EQ(run({"check", "vast.bpmn", "--process", "Los", "--json"}).status, 3);
}

TEST(Check, SarifForCodePlatforms) {
  const json sarif = json_of(run({"check", "vast.bpmn", "nergens_heen.bpmn", "--sarif"}));
  EXPECT_EQ(sarif["version"], "2.1.0");
  const json& run_of_it = sarif["runs"][0];
  EXPECT_EQ(run_of_it["tool"]["driver"]["name"], "draad");
  ASSERT_FALSE(run_of_it["results"].empty());
  const json& location = run_of_it["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_EQ(location["artifactLocation"]["uri"], "vast.bpmn");
  EXPECT_GT(location["region"]["startLine"], 0);
}

TEST(Check, ADanglingFlowIsNamedWithItsLine) {
  const Said said = run({"check", "nergens_heen.bpmn", "--json"});
  EXPECT_EQ(said.status, 1);
  EXPECT_TRUE(has_code(json_of(said)["findings"], "dangling_reference")) << said.out;
}

TEST(Simulate, JsonAndStatus) {
  const Said said = run({"simulate", "twee_stappen.bpmn", "--plan", "plan.json", "--json"});
  const json trace = json_of(said);
  EXPECT_EQ(said.status, 0);
  EXPECT_EQ(trace["format"], "draad.trace/1");
  EXPECT_EQ(trace["outcome"], "completed");
  EXPECT_EQ(trace["instances"][0]["variables"], json::parse(R"({"leeftijd":16,"ok":true,"verstuurd":true})"));
  EXPECT_EQ(trace["checkpoints"].size(), 2u);
  const json failed = json_of(run({"simulate", "vast.bpmn", "--json"}));
  EXPECT_EQ(failed["outcome"], "failed") << "keuze is unknown";
  EXPECT_EQ(failed["failed_element"], "Kiezen");
}

TEST(Simulate, RefusedFilesGiveTheirFindings) {
  for (const char* file : {"niet_ondersteund.bpmn", "kapot.bpmn", "geen.bpmn"}) {
    const Said said = run({"simulate", file, "--json"});
    EXPECT_EQ(said.status, 2) << file;
    const json trace = json_of(said);
    EXPECT_EQ(trace["format"], "draad.trace/1");
    EXPECT_FALSE(trace["findings"].empty());
    EXPECT_TRUE(trace["events"].empty());
  }
}

TEST(Simulate, AWrongPlanIsWrongUse) {
  EXPECT_EQ(run({"simulate", "twee_stappen.bpmn", "--plan", "plan_fout.json"}).status, 3);
  EXPECT_EQ(run({"simulate", "twee_stappen.bpmn", "--plan", "geen.json"}).status, 3);
  EXPECT_EQ(run({"simulate", "twee_stappen.bpmn", "--plan", "kapot.bpmn"}).status, 3);
}

TEST(Roundtrip, GivesTheSameFile) {
  const draad::test::TemporaryFolder folder;
  const std::string out = folder.file("uit.bpmn");
  EXPECT_EQ(run({"roundtrip", "vast.bpmn", "-o", out}).status, 0);
  EXPECT_EQ(content_of(out), content_of(DRAAD_SOURCE_DIR "/tests/engine/app/data/vast.bpmn"));
  EXPECT_EQ(run({"roundtrip", "vast.bpmn", "-o", "-"}).out, content_of(out));
}

TEST(Roundtrip, WritesNothingWhenItCannotReadOrWrite) {
  const draad::test::TemporaryFolder folder;
  const std::string out = folder.file("uit.bpmn");
  EXPECT_EQ(run({"roundtrip", "kapot.bpmn", "-o", out}).status, 2);
  EXPECT_FALSE(std::filesystem::exists(out));
  const Said said = run({"roundtrip", "vast.bpmn", "-o", folder.file("geen/map/uit.bpmn")});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("kon niet worden geschreven"));
  EXPECT_EQ(run({"roundtrip", "vast.bpmn", "-o", folder.path()}).status, 2);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << "No half file stays behind";
}

TEST(Run, OnAStoreNoPersonalValueIsReadable) {
  const draad::test::TemporaryFolder folder;
  const std::string database = folder.file("proef.db");
  const Said first = run({"run", "casus.scenario", "--store", database});
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr(database));
  EXPECT_EQ(run({"run", "casus.scenario", "--store", database, "--stil"}).status, 0) << "A second run joins the first";
  const std::string bytes = content_of(database) + content_of(database + "-wal");
  EXPECT_NE(bytes.find("signaal.opnemen"), std::string::npos) << "The published workflow is in it";
  EXPECT_EQ(bytes.find("Ines Inspecteur"), std::string::npos) << "A name is in it";
}

TEST(Run, AStoreThatIsNoDatabaseIsRefused) {
  const draad::test::TemporaryFolder folder;
  const std::string database = folder.file("geen.db");
  std::ofstream(database) << std::string(10'000, 'x');
  const Said said = run({"run", "casus.scenario", "--store", database});
  EXPECT_NE(said.status, 0);
  EXPECT_THAT(said.err, testing::Not(IsEmpty()));
  EXPECT_EQ(content_of(database), std::string(10'000, 'x'));
}

TEST(Program, OutputThatCannotBeWrittenIsAnError) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "No /dev/full here";
  EXPECT_EQ(run({"roundtrip", "vast.bpmn", "-o", "/dev/full"}).status, 2);
}

}  // namespace
}  // namespace draad::app::test
