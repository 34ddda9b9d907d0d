// What is read comes out again, whatever tool and encoding it came from.

#include "engine/bpmn/document.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/bpmn/definitions.h"
#include "tests/engine/bpmn/support.h"

namespace draad::bpmn {
namespace {

using namespace std::string_view_literals;
namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

std::vector<std::string> tool_files() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(DRAAD_SOURCE_DIR "/tests/engine/bpmn/files/tools"))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

Document must_read(std::string_view bytes) {
  DocumentResult result = read_document(bytes);
  if (!result.document) {
    ADD_FAILURE() << result.fault->message_en;
    return std::move(*read_document("<broken/>").document);
  }
  return std::move(*result.document);
}

class ToolFile : public testing::TestWithParam<std::string> {
 protected:
  [[nodiscard]] std::string bytes() const {
    return bytes_of(DRAAD_SOURCE_DIR "/tests/engine/bpmn/files/tools/" + GetParam());
  }
};

TEST_P(ToolFile, ComesBackUnharmed) {
  const Document original = must_read(bytes());
  const std::string written = write(original);
  const Document again = must_read(written);
  EXPECT_EQ(again.encoding(), "UTF-8");
  EXPECT_EQ(difference(original, again), std::nullopt);
  EXPECT_EQ(write(again), written) << "writing is not stable";
}

TEST_P(ToolFile, HasNoFaults) {
  const DefinitionsResult result = read_definitions(bytes());
  ASSERT_TRUE(result.definitions.has_value()) << test::text(result.findings);
  for (const Finding& finding : result.findings) EXPECT_EQ(finding.severity, Severity::info) << test::text({finding});
  EXPECT_FALSE(result.definitions->processes.empty());
}

std::string row_name(const testing::TestParamInfo<std::string>& row) {
  std::string name = row.param;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '.'; }, '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(All, ToolFile, testing::ValuesIn(tool_files()), row_name);

TEST(Document, KeepsTextsCommentsInstructionsAndCdata) {
  const std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<!--voor-->\n<?stijl href=\"a.xsl\"?>\n"
      "<a x=\"1&#10;2&#9;&quot;&lt;\" y=\"'\">\n  t&amp;e&lt;xt &#13;<![CDATA[<b> & ]]><?pi a  b?><!-- c "
      "-->\n\t<c/></a>\n<!--na-->\n";
  EXPECT_EQ(write(must_read(text)), text);
}

TEST(Document, NamesTheEncodingItRead) {
  EXPECT_EQ(must_read("<a/>").encoding(), "UTF-8");
  EXPECT_EQ(must_read("\xef\xbb\xbf<a/>").encoding(), "UTF-8");
  EXPECT_EQ(must_read("\xff\xfe<\0a\0/\0>\0"sv).encoding(), "UTF-16LE");
  EXPECT_EQ(must_read("\xfe\xff\0<\0a\0/\0>"sv).encoding(), "UTF-16BE");
  EXPECT_EQ(must_read("<?xml version='1.0' encoding='iso-8859-1'?><a/>").encoding(), "ISO-8859-1");
  EXPECT_EQ(must_read("<?xml version='1.0' encoding='Windows-1252'?><a/>").encoding(), "WINDOWS-1252");
}

// Every byte from 0x80 up, against a table written down from the Unicode consortium's mapping of the code page.
TEST(Document, ReadsTheWholeOfWindows1252) {
  const std::string_view high =
      "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌ"
      "ÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
      "àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
  std::string bytes = "<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>";
  for (int byte = 0x80; byte <= 0xff; ++byte) bytes += static_cast<char>(byte);
  const std::string written = write(must_read(bytes + "</a>"));
  EXPECT_EQ(written, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>" + std::string(high) + "</a>\n");
}

TEST(Document, ReadsUtf16WithPairsAndWithoutAMark) {
  std::string bytes;
  for (const char16_t unit : u"<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>\U0001d11e</a>"sv) {
    bytes += static_cast<char>(unit >> 8);
    bytes += static_cast<char>(unit & 0xff);
  }
  EXPECT_EQ(write(must_read(bytes)), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\U0001d11e</a>\n");
}

TEST(Document, BelievesTheBytesOverADeclarationOfUtf16) {
  EXPECT_EQ(must_read("<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>").encoding(), "UTF-8");
}

// Found by the fuzzer: an instruction whose name only begins with xml was taken for the declaration.
TEST(Document, AnInstructionThatBeginsLikeTheDeclarationSaysNoEncoding) {
  EXPECT_EQ(must_read("<?xmlrse encoding=\"ISO-8859-1\"?><a/>").encoding(), "UTF-8");
  EXPECT_EQ(must_read("<?xml version=\" encoding='ISO-8859-1'\"?><a/>").encoding(), "UTF-8");
  EXPECT_EQ(must_read("<?xml version = '1.0'\n\tencoding\t=\n'ISO-8859-1' ?><a/>").encoding(), "ISO-8859-1");
}

TEST(Document, DifferenceSeesEveryChange) {
  const std::string base = "<a x=\"1\" y=\"2\"><b>t</b><!--c--><?p q?><![CDATA[d]]></a>";
  const Document original = must_read(base);
  EXPECT_EQ(difference(original, must_read("<a y='2' x='1'><b>t</b><!--c--><?p q?><![CDATA[d]]></a>")), std::nullopt);
  const std::pair<std::string_view, std::string_view> changes[] = {
      {"x=\"1\"", "x=\"3\""}, {" y=\"2\"", ""},     {"<b>t</b>", "<b>u</b>"},     {"<b>t</b>", "<b/>"},
      {"b>", "q>"},           {"c--", "k--"},       {"<?p q?>", "<?p r?>"},       {"<![CDATA[d]]>", "d"},
      {"<!--c-->", ""},       {"</a>", "<e/></a>"}, {"<b>t</b>", "<b>t<c/></b>"}, {"<b>t</b>", " <b>t</b>"}};
  for (const auto& [from, to] : changes) {
    std::string changed = base;
    for (std::size_t at = changed.find(from); at != std::string::npos; at = changed.find(from, at + to.size()))
      changed.replace(at, from.size(), to);
    EXPECT_NE(difference(original, must_read(changed)), std::nullopt) << changed;
  }
}

TEST(Document, MovesAndIsReadTwice) {
  Document first = must_read("<a/>");
  const Document second = std::move(first);
  EXPECT_EQ(write(second), "<a/>\n");
}

}  // namespace
}  // namespace draad::bpmn
