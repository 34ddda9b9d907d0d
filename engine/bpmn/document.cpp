#include "engine/bpmn/document.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "engine/bpmn/internal/encoding.h"
#include "engine/bpmn/internal/findings.h"
#include "engine/bpmn/internal/lines.h"
#include "engine/bpmn/internal/scan.h"
#include "engine/bpmn/internal/tree.h"

namespace draad::bpmn {

namespace {

using internal::finding;

DocumentResult refuse(Finding fault) {
  DocumentResult result;
  result.fault = std::move(fault);
  return result;
}

// The next node of a walk in document order below `top`, without recursion; null at the end.
pugi::xml_node next_in_walk(pugi::xml_node node, const pugi::xml_node& top,
                            std::vector<pugi::xml_node>* left = nullptr) {
  if (const pugi::xml_node child = node.first_child()) return child;
  while (node && node != top) {
    if (left != nullptr) left->push_back(node);
    if (const pugi::xml_node sibling = node.next_sibling()) return sibling;
    node = node.parent();
  }
  return {};
}

void append_escaped(std::string& out, std::string_view text, bool in_attribute) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\r':
        out += "&#13;";
        break;
      case '"':
        out += in_attribute ? "&quot;" : "\"";
        break;
      case '\n':
        out += in_attribute ? "&#10;" : "\n";
        break;
      case '\t':
        out += in_attribute ? "&#9;" : "\t";
        break;
      default:
        out += c;
    }
  }
}

void append_attributes(std::string& out, const pugi::xml_node& node, bool is_declaration) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    out.append(" ").append(attribute.name()).append("=\"");
    if (is_declaration && std::string_view(attribute.name()) == "encoding")
      out += "UTF-8";
    else
      append_escaped(out, attribute.value(), true);
    out += '"';
  }
}

void append_opening(std::string& out, const pugi::xml_node& node) {
  switch (node.type()) {
    case pugi::node_element:
      out.append("<").append(node.name());
      append_attributes(out, node, false);
      out += node.first_child() ? ">" : "/>";
      break;
    case pugi::node_declaration:
      out.append("<?").append(node.name());
      append_attributes(out, node, true);
      out += "?>";
      break;
    case pugi::node_pcdata:
      append_escaped(out, node.value(), false);
      break;
    case pugi::node_cdata:
      out.append("<![CDATA[").append(node.value()).append("]]>");
      break;
    case pugi::node_comment:
      out.append("<!--").append(node.value()).append("-->");
      break;
    case pugi::node_pi:
      out.append("<?").append(node.name());
      if (*node.value() != '\0') out.append(" ").append(node.value());
      out += "?>";
      break;
    case pugi::node_doctype:
      out.append("<!DOCTYPE ").append(node.value()).append(">");
      break;
    case pugi::node_null:
    case pugi::node_document:
      break;
  }
}

using Attributes = std::vector<std::pair<std::string_view, std::string_view>>;

Attributes sorted_attributes(const pugi::xml_node& node) {
  Attributes attributes;
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    if (node.type() == pugi::node_declaration && std::string_view(attribute.name()) == "encoding") continue;
    attributes.emplace_back(attribute.name(), attribute.value());
  }
  std::sort(attributes.begin(), attributes.end());
  return attributes;
}

std::string describe(const pugi::xml_node& node) {
  if (!node) return "nothing";
  const std::string_view name = node.name();
  return name.empty() ? "'" + std::string(std::string_view(node.value()).substr(0, 60)) + "'"
                      : "<" + std::string(name) + ">";
}

}  // namespace

Document::Document(std::unique_ptr<Tree> tree) : tree_(std::move(tree)) {}
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;

const std::string& Document::encoding() const {
  return tree_->encoding;
}

DocumentResult read_document(std::string_view bytes, const Limits& limits) {
  if (bytes.size() > limits.bytes) {
    const std::string most = std::to_string(limits.bytes);
    return refuse(finding("limit_bytes", Severity::fatal, {},
                          {"Het bestand is te groot: " + std::to_string(bytes.size()) +
                               " bytes. Dit programma leest er hoogstens " + most + ".",
                           "Expected at most " + most + " bytes, but the file has " + std::to_string(bytes.size()),
                           "Verdeel het proces over meer bestanden."}));
  }
  internal::Decoded decoded = internal::decode(bytes);
  if (decoded.fault) return refuse(std::move(*decoded.fault));
  internal::Scanned scanned = internal::scan(decoded.text, limits);
  if (scanned.fault) return refuse(std::move(*scanned.fault));

  auto tree = std::make_unique<Document::Tree>();
  tree->text = std::move(decoded.text);
  tree->encoding = std::move(decoded.encoding);
  tree->element_count = scanned.element_count;
  const pugi::xml_parse_result parsed = tree->xml.load_buffer(
      tree->text.data(), tree->text.size(), pugi::parse_full | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (!parsed) {
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
    return refuse(finding(
        "xml_malformed", Severity::fatal, internal::LineCursor(tree->text).at(offset),
        {std::string("De XML klopt niet: ") + parsed.description(),
         std::string("Expected well-formed XML, but: ") + parsed.description(), "Verbeter de XML op deze plaats."}));
  }
  DocumentResult result;
  result.document.emplace(std::move(tree));
  return result;
}

std::string write(const Document& document) {
  const pugi::xml_document& top = document.tree().xml;
  std::string out;
  out.reserve(document.tree().text.size() + 64);
  std::vector<pugi::xml_node> left;
  pugi::xml_node node = top.first_child();
  while (node) {
    append_opening(out, node);
    left.clear();
    const pugi::xml_node next = next_in_walk(node, top, &left);
    for (const pugi::xml_node& closed : left) {
      if (closed.type() == pugi::node_element && closed.first_child())
        out.append("</").append(closed.name()).append(">");
      if (closed.parent() == top) out += '\n';
    }
    node = next;
  }
  return out;
}

std::optional<std::string> difference(const Document& left, const Document& right) {
  const pugi::xml_document& left_top = left.tree().xml;
  const pugi::xml_document& right_top = right.tree().xml;
  pugi::xml_node a = left_top.first_child();
  pugi::xml_node b = right_top.first_child();
  while (a && b) {
    const auto what = [](const pugi::xml_node& node) {
      return std::tuple(node.type(), std::string_view(node.name()), std::string_view(node.value()));
    };
    if (what(a) != what(b)) return "Expected " + describe(a) + ", but found " + describe(b);
    if (sorted_attributes(a) != sorted_attributes(b))
      return "Expected the same attributes, but they differ on " + describe(a);
    if (bool(a.first_child()) != bool(b.first_child()))
      return "Expected the same content, but it differs in " + describe(a);
    if (bool(a.next_sibling()) != bool(b.next_sibling()))
      return "Expected as much, but there is more or less after " + describe(a);
    a = next_in_walk(a, left_top);
    b = next_in_walk(b, right_top);
  }
  if (a || b) return "Expected " + describe(a) + ", but found " + describe(b);
  return std::nullopt;
}

}  // namespace draad::bpmn
