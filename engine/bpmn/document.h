// engine/bpmn/document.h
//
// An XML file as a tree that loses nothing: read_document() takes the bytes of a file in any of the encodings below and
// write() gives UTF-8 with the same elements, attributes, texts, CDATA sections, comments, processing instructions and
// order.
//   Encodings: UTF-8 (with or without byte-order mark), UTF-16 little and big endian (with the mark, or known by the
//   pattern of
//   "<?xml"), ISO-8859-1 and WINDOWS-1252 (as the XML declaration says).
// Nothing outside the bytes is read: a DOCTYPE that declares entities or points elsewhere is refused, and no entity
// beyond the five of XML and character references is known. Faults: a file that cannot be read gives one fatal Finding
// with line and column (columns count characters, from 1).
//   Codes: xml_empty, xml_malformed, xml_encoding, xml_doctype, limit_bytes, limit_depth, limit_elements,
//   limit_attributes, limit_attribute_length.
// Source: XML 1.0 (fifth edition).   Threads: a Document may be read by several threads at once.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/finding.h"
#include "engine/core/result.h"

namespace draad::bpmn {

// With these a file, its definitions and its graphs stay below 1 GB.
struct Limits {
  std::size_t bytes = 64u * 1024 * 1024;
  std::size_t depth = 256;  // Elements inside each other.
  std::size_t elements = 300'000;
  std::size_t attributes = 256;                 // Of one element.
  std::size_t attribute_length = 1024u * 1024;  // Bytes of one value.
};

class Document {
 public:
  struct Tree;  // internal/tree.h: the only place that names the XML library.

  explicit Document(std::unique_ptr<Tree> tree);
  ~Document();
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  [[nodiscard]] const std::string& encoding() const;  // Of the bytes it was read from: "UTF-8", "UTF-16LE", ...
  [[nodiscard]] const Tree& tree() const { return *tree_; }

 private:
  std::unique_ptr<Tree> tree_;
};

struct DocumentResult {
  std::optional<Document> document;
  std::optional<Finding> fault;  // Set when there is no document.
};

[[nodiscard]] DocumentResult read_document(std::string_view bytes, const Limits& limits = {});

// UTF-8 without a byte-order mark; the XML declaration, where there was one, then says so.
[[nodiscard]] std::string write(const Document& document);

// Nothing when both say the same (names, namespaces, attributes whatever their order, texts, comments, instructions,
// order); else where they first differ, for a developer.
[[nodiscard]] std::optional<std::string> difference(const Document& left, const Document& right);

}  // namespace draad::bpmn
