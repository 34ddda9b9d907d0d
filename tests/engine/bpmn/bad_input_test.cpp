// Whatever bytes come in: a clear finding with a place, at once, and nothing crashes.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "engine/bpmn/definitions.h"
#include "engine/bpmn/document.h"
#include "engine/bpmn/file.h"
#include "tests/engine/bpmn/support.h"

namespace draad::bpmn {
namespace {

using namespace std::string_literals;
namespace fs = std::filesystem;

struct Row {
  std::string_view name;
  std::string bytes;
  std::string_view code;
  int line;
  int column;
  std::string_view says;  // A part of the English message.
};

std::vector<Row> rows() {
  const auto declared = [](std::string_view encoding) {
    return "<?xml version=\"1.0\" encoding=\"" + std::string(encoding) + "\"?><a/>";
  };
  return {
      {"Empty", "", "xml_empty", 1, 1, "empty"},
      {"OnlySpace", " \n\n ", "xml_empty", 1, 1, "empty"},
      {"OnlyAMark", "\xef\xbb\xbf", "xml_empty", 1, 1, "empty"},
      {"PlainText", "hallo", "xml_malformed", 1, 1, "no XML"},
      {"Json", "{\"a\": 1}", "xml_malformed", 1, 1, "no XML"},
      {"WrongEndTag", "<a>\n  <b></c>\n</a>", "xml_malformed", 2, 6, "</b>"},
      {"EndsEarly", "<a>\n <b>", "xml_malformed", 2, 5, "</b>"},
      {"NeverOpened", "</a>", "xml_malformed", 1, 1, "name of an element"},
      {"TwoRoots", "<a/>\n<b/>", "xml_malformed", 2, 1, "after the root"},
      {"TextAfterRoot", "<a/> x", "xml_malformed", 1, 6, "after the root"},
      {"NoRoot", "<!-- niets -->", "xml_malformed", 1, 15, "root element"},
      {"LoneAmpersand", "<a>R&D</a>", "xml_malformed", 1, 5, "&amp;"},
      {"UnknownEntity", "<a>&euml;</a>", "xml_malformed", 1, 4, "&euml;"},
      {"EntityOfNul", "<a>&#0;</a>", "xml_malformed", 1, 4, "allows"},
      {"HugeCharacter", "<a>&#99999999999999;</a>", "xml_malformed", 1, 4, ""},
      {"AngleInAttribute", "<a x=\"<\"/>", "xml_malformed", 1, 7, "&lt;"},
      {"NoQuotes", "<a x=1/>", "xml_malformed", 1, 6, "quotes"},
      {"NoEquals", "<a x/>", "xml_malformed", 1, 5, "'='"},
      {"UnclosedQuote", "<a x=\"1/>", "xml_malformed", 1, 7, "closing quote"},
      {"AttributeTwice", "<a x=\"1\" x=\"2\"/>", "xml_malformed", 1, 10, "twice"},
      {"NoSpaceBetween", "<a x=\"1\"y=\"2\"/>", "xml_malformed", 1, 9, "white space"},
      {"OpenComment", "<a><!-- ", "xml_malformed", 1, 4, "-->"},
      {"DashesInComment", "<a><!-- -- --></a>", "xml_malformed", 1, 9, "--"},
      {"OpenCdata", "<a><![CDATA[", "xml_malformed", 1, 4, "]]>"},
      {"CdataEndInText", "<a>]]></a>", "xml_malformed", 1, 4, "]]&gt;"},
      {"LateDeclaration", "<a/><?xml version=\"1.0\"?>", "xml_malformed", 1, 5, "very start"},
      {"BadDeclaration", "<?xml encoding=\"UTF-8\"?><a/>", "xml_malformed", 1, 1, "version"},
      {"NulByte", "<a>\n\0</a>"s, "xml_malformed", 2, 1, "NUL"},
      {"ControlByte", "<a>\x01</a>", "xml_malformed", 1, 4, "U+0001"},
      {"NotUtf8", "<a>\n caf\xe9</a>", "xml_encoding", 2, 5, "0xE9"},
      {"OverlongUtf8", "<a>\xc0\xaf</a>", "xml_encoding", 1, 4, "0xC0"},
      {"SurrogateInUtf8", "<a>\xed\xa0\x80</a>", "xml_encoding", 1, 4, "0xED"},
      {"CutUtf8", "<a>\xe2\x82", "xml_encoding", 1, 4, "0xE2"},
      {"OddUtf16", "\xff\xfe<\0a\0/"s, "xml_encoding", 1, 3, "UTF-16LE"},
      {"LoneSurrogate", "\xff\xfe<\0a\0>\0\x00\xd8<\0"s, "xml_encoding", 1, 4, "UTF-16LE"},
      {"Utf32", "\xff\xfe\0\0<\0\0\0"s, "xml_encoding", 1, 1, "UTF-32LE"},
      {"Ebcdic", "\x4c\x6f\xa7\x94"s, "xml_encoding", 1, 1, "EBCDIC"},
      {"ShiftJis", declared("Shift_JIS"), "xml_encoding", 1, 1, "Shift_JIS"},
      {"Koi8", declared("koi8-r"), "xml_encoding", 1, 1, "WINDOWS-1252"},
      {"DoctypeWithEntities", "<!DOCTYPE a [<!ENTITY b \"c\">]>\n<a>&b;</a>", "xml_doctype", 1, 1, "abused"},
      {"DoctypeElsewhere", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", "xml_doctype", 1, 1, "abused"},
      {"PublicDoctype", "<!DOCTYPE a PUBLIC \"-//X\" \"http://x.example/a.dtd\"><a/>", "xml_doctype", 1, 1, "abused"},
      {"WrongRoot", "<a xmlns=\"urn:iets\"/>", "not_bpmn", 1, 1, "urn:iets"},
      {"WrongNamespace", "<definitions/>", "not_bpmn", 1, 1, "<definitions>"},
      {"Dmn", "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\"/>", "not_bpmn", 1, 1, "DMN"},
      {"TidyHtml", "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>", "not_bpmn", 1, 1, "html"},
      {"UntidyHtml", "<!DOCTYPE HTML>\n<html><body><br></body></html>", "not_bpmn", 1, 1, "HTML"},
  };
}

class BadInput : public testing::TestWithParam<Row> {};

TEST_P(BadInput, GetsOneFatalFindingWithAPlace) {
  const DefinitionsResult result = read_definitions(GetParam().bytes);
  EXPECT_FALSE(result.definitions.has_value());
  ASSERT_EQ(result.findings.size(), 1u);
  const Finding& finding = result.findings.front();
  EXPECT_EQ(finding.code, GetParam().code) << finding.message_en;
  EXPECT_EQ(finding.severity, Severity::fatal);
  EXPECT_EQ(std::pair(finding.line, finding.column), std::pair(GetParam().line, GetParam().column))
      << finding.message_en;
  EXPECT_NE(finding.message_en.find(GetParam().says), std::string::npos) << finding.message_en;
  EXPECT_FALSE(finding.message.empty());
  EXPECT_FALSE(finding.mend.empty());
}
INSTANTIATE_TEST_SUITE_P(All, BadInput, testing::ValuesIn(rows()),
                         [](const auto& row) { return std::string(row.param.name); });

std::string fault_code(std::string_view bytes, const Limits& limits = {}) {
  const DocumentResult result = read_document(bytes, limits);
  return result.fault ? result.fault->code : "none";
}

TEST(Limits, StopAMillionNestedElements) {
  std::string bytes;
  for (int i = 0; i < 1'000'000; ++i) bytes += "<a>";
  EXPECT_EQ(fault_code(bytes), "limit_depth");
  for (int i = 0; i < 1'000'000; ++i) bytes += "</a>";
  EXPECT_EQ(fault_code(bytes), "limit_depth");
}

TEST(Limits, EachHasItsOwnName) {
  Limits limits;
  limits.bytes = 100;
  EXPECT_EQ(fault_code(std::string(101, ' '), limits), "limit_bytes");
  limits = {};
  limits.depth = 2;
  EXPECT_EQ(fault_code("<a><b><c/></b></a>", limits), "none");
  EXPECT_EQ(fault_code("<a><b><c></c></b></a>", limits), "limit_depth");
  limits = {};
  limits.elements = 2;
  EXPECT_EQ(fault_code("<a><b/></a>", limits), "none");
  EXPECT_EQ(fault_code("<a><b/><b/></a>", limits), "limit_elements");
  limits = {};
  limits.attributes = 2;
  EXPECT_EQ(fault_code("<a x='' y=''/>", limits), "none");
  EXPECT_EQ(fault_code("<a x='' y='' z=''/>", limits), "limit_attributes");
  limits = {};
  limits.attribute_length = 3;
  EXPECT_EQ(fault_code("<a x='123'/>", limits), "none");
  EXPECT_EQ(fault_code("<a x='1234'/>", limits), "limit_attribute_length");
}

TEST(Limits, TheDeepestFileAllowedIsReadAndWritten) {
  std::string bytes;
  for (std::size_t i = 0; i < Limits{}.depth; ++i) bytes += "<a>";
  bytes += "x";
  for (std::size_t i = 0; i < Limits{}.depth; ++i) bytes += "</a>";
  const DocumentResult result = read_document(bytes);
  ASSERT_TRUE(result.document.has_value()) << result.fault->message_en;
  EXPECT_EQ(write(*result.document), bytes + "\n");
}

class Files : public testing::Test {
 protected:
  Files() {
    std::string name = (fs::temp_directory_path() / "draad_bpmn_XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~Files() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(Files, AreReadWhole) {
  std::ofstream(folder_ / "a.bpmn", std::ios::binary) << "<a/>\r\n";
  const FileResult result = read_file(folder_ / "a.bpmn");
  ASSERT_TRUE(result.bytes.has_value());
  EXPECT_EQ(*result.bytes, "<a/>\r\n");
}

TEST_F(Files, AFileOf200MegabytesIsRefusedWithoutReadingIt) {
  const fs::path path = folder_ / "groot.bpmn";
  std::ofstream(path).close();
  fs::resize_file(path, 200u * 1024 * 1024);  // Sparse: takes no room on the disk.
  const auto start = std::chrono::steady_clock::now();
  const FileResult result = read_file(path);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
  ASSERT_TRUE(result.fault.has_value());
  EXPECT_EQ(result.fault->code, "limit_bytes");
  EXPECT_NE(result.fault->message.find("209715200"), std::string::npos);
}

TEST_F(Files, AFolderAndAMissingFileSaySo) {
  EXPECT_EQ(read_file(folder_).fault->code, "file_is_folder");
  EXPECT_EQ(read_file(folder_ / "weg.bpmn").fault->code, "file_not_found");
}

TEST_F(Files, AnEndlessDeviceIsCutOff) {
  Limits limits;
  limits.bytes = 1000;
  EXPECT_EQ(read_file("/dev/zero", limits).fault->code, "limit_bytes");
}

}  // namespace
}  // namespace draad::bpmn
