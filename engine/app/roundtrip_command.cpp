#include <ostream>

#include "engine/app/commands.h"
#include "engine/app/finding_text.h"
#include "engine/app/output_file.h"
#include "engine/bpmn/file.h"

namespace draad::app {
namespace {

int refuse(const std::string& path, const Finding& fault, Context& context) {
  print_finding(path, fault, context, context.err);
  return kExitUnreadable;
}

int roundtrip(const std::string& in, const std::string& out, Context& context) {
  const bpmn::FileResult file = bpmn::read_file(in);
  if (file.fault) return refuse(in, *file.fault, context);
  const bpmn::DocumentResult document = bpmn::read_document(*file.bytes);
  if (document.fault) return refuse(in, *document.fault, context);
  const std::string bytes = bpmn::write(*document.document);
  if (out == "-") {
    context.out << bytes;
    return kExitGood;
  }
  if (const Result<Done> written = write_file(out, bytes); !written) {
    context.err << "Fout: " << written.error().message << "\n";
    return kExitUnreadable;
  }
  return kExitGood;
}

}  // namespace

Command roundtrip_command() {
  auto in = std::make_shared<std::string>();
  auto out = std::make_shared<std::string>();
  return {
      .name = "roundtrip",
      .summary = "Leest een BPMN-bestand en schrijft het terug, zonder iets te verliezen",
      .details =
          "Dezelfde elementen, attributen, uitbreidingen, teksten, tekening en volgorde komen eruit, in UTF-8, welke\n"
          "tekenset het bestand ook had (UTF-8, UTF-16, ISO-8859-1, WINDOWS-1252).\n\n"
          "Voorbeeld:\n  draad roundtrip duiding.bpmn -o duiding-utf8.bpmn",
      .options = {{.name = "BESTAND", .help = "het BPMN-bestand", .required = true, .text = in},
                  {.name = "-o,--uit",
                   .help = "waarheen; \"-\" is standaarduitvoer",
                   .value = "BESTAND",
                   .required = true,
                   .text = out}},
      .run = [in, out](Context& context) { return roundtrip(*in, *out, context); }};
}

}  // namespace draad::app
