// Any bytes: read, compile, write and read again. What is read comes out the same, and nothing crashes.

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "engine/bpmn/compile.h"
#include "engine/bpmn/unsupported.h"

namespace {

void require(bool good, const char* what) {
  if (good) return;
  std::fprintf(stderr, "Expected %s, but it is not so\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace draad::bpmn;
  Limits limits;
  limits.bytes = 1u << 20;
  limits.depth = 64;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const DocumentResult read = read_document(bytes, limits);
  const Model model = load(bytes, limits);
  for (const auto& graph : model.graphs) {
    (void)unsupported(*graph);
    (void)unsupported_languages(*graph);
  }
  if (!read.document) {
    require(read.fault.has_value() && !model.definitions, "a fault where there is no document");
    return 0;
  }
  const std::string written = write(*read.document);
  limits.bytes *= 8;             // Escapes take room,
  limits.attribute_length *= 8;  // also in attributes.
  const DocumentResult again = read_document(written, limits);
  require(again.document.has_value(), "what was written to be readable");
  require(!difference(*read.document, *again.document), "what was written to be what was read");
  require(write(*again.document) == written, "writing to be stable");
  const Model model_again = load(written, limits);
  require(model.graphs.size() == model_again.graphs.size(), "as many graphs");
  for (std::size_t i = 0; i < model.graphs.size(); ++i)
    require(model.graphs[i]->fingerprint() == model_again.graphs[i]->fingerprint(), "the same graphs");
  return 0;
}
