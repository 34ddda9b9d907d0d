// The files we ship are valid by BPMN's own schema, and have no fault of ours. The schema is not part of the project:
// the first test takes it from the folder that DRAAD_SPECS names.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "engine/bpmn/file.h"
#include "engine/bpmn/unsupported.h"
#include "tests/engine/bpmn/support.h"

namespace draad::bpmn {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> shipped_files() {
  std::vector<fs::path> files;
  const fs::path folder = DRAAD_SOURCE_DIR "/workflows";
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".bpmn") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

TEST(ShippedFiles, AreValidByTheSchema) {
  const char* specs = std::getenv("DRAAD_SPECS");
  if (specs == nullptr)
    GTEST_SKIP() << "Set DRAAD_SPECS to a folder with bpmn/BPMN20.xsd to check the shipped files against it.";
  if (std::system("xmllint --version >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "xmllint (Debian package libxml2-utils) is not installed.";
  const std::string schema = std::string(specs) + "/bpmn/BPMN20.xsd";
  for (const fs::path& file : shipped_files()) {
    const std::string command = "xmllint --nonet --noout --schema '" + schema + "' '" + file.string() + "' 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0) << file;
  }
}

TEST(ShippedFiles, HaveNoFaultAndRunWhole) {
  const std::vector<fs::path> files = shipped_files();
  ASSERT_FALSE(files.empty());
  for (const fs::path& file : files) {
    const FileResult read = read_file(file);
    ASSERT_TRUE(read.bytes.has_value()) << file;
    const Model model = load(*read.bytes);
    EXPECT_TRUE(model.findings.empty()) << file << "\n" << test::text(model.findings);
    for (const auto& graph : model.graphs) {
      EXPECT_TRUE(unsupported(*graph).empty()) << file << "\n" << test::text(unsupported(*graph));
      EXPECT_TRUE(unsupported_languages(*graph).empty()) << file << "\n" << test::text(unsupported_languages(*graph));
    }
    const DocumentResult document = read_document(*read.bytes);
    EXPECT_EQ(difference(*document.document, *read_document(write(*document.document)).document), std::nullopt) << file;
  }
}

}  // namespace
}  // namespace draad::bpmn
