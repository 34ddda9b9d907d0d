#include <algorithm>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/app/check_report.h"
#include "engine/app/commands.h"
#include "engine/app/finding_text.h"
#include "engine/core/words.h"

namespace draad::app {
namespace {

struct CheckInput {
  std::vector<std::string> paths;
  std::string process;
  std::string fail_on = "error";
  std::string explain;
  bool with_conditions = false;
  bool json = false;
  bool sarif = false;
};

std::optional<Severity> severity_named(std::string_view word) {
  if (word == "error" || word == "fout") return Severity::error;
  if (word == "warning" || word == "waarschuwing") return Severity::warning;
  if (word == "info" || word == "opmerking") return Severity::info;
  return std::nullopt;
}

int explain(const std::string& code, Context& context) {
  const std::optional<Explanation> explanation = find_explanation(code);
  if (!explanation) {
    const std::string near = nearest_word(code, known_codes());
    return wrong_use(context, "De code \"" + code + "\" is er niet.",
                     near.empty() ? "De lijst staat in engine/docs/findings.md." : "Bedoelde u \"" + near + "\"?");
  }
  if (context.english) {
    context.out << explanation->code << "\n\n" << explanation->explanation_en << "\n";
  } else {
    context.out << explanation->code << ": " << explanation->title << "\n\n"
                << explanation->explanation << "\n\nHerstel: " << explanation->mend << "\n";
  }
  return kExitGood;
}

// The process that --process names must be in one of the files that could be read.
std::optional<int> process_missing(const CheckInput& input, const std::vector<WorkflowFile>& files, Context& context) {
  if (input.process.empty()) return std::nullopt;
  std::vector<std::string_view> ids;
  bool all_readable = true;
  for (const WorkflowFile& file : files) {
    all_readable = all_readable && file.model.definitions.has_value();
    for (const auto& graph : file.model.graphs) ids.push_back(graph->process_id());
  }
  if (!all_readable || std::find(ids.begin(), ids.end(), input.process) != ids.end()) return std::nullopt;
  std::string list;
  for (const std::string_view id : ids) list += (list.empty() ? "" : ", ") + std::string(id);
  return wrong_use(context, "Het proces \"" + input.process + "\" staat er niet in.",
                   ids.empty() ? "Er staat geen enkel proces in." : "Wel: " + list + ".");
}

int check(const CheckInput& input, Context& context) {
  if (!input.explain.empty()) return explain(input.explain, context);
  if (input.paths.empty())
    return wrong_use(context, "Er staat geen bestand of map om te controleren.",
                     "Schrijf bijvoorbeeld: draad check workflows/");
  if (input.json && input.sarif) return wrong_use(context, "--json en --sarif gaan niet samen.", "Kies er een.");
  const std::optional<Severity> fail_on = severity_named(input.fail_on);
  if (!fail_on)
    return wrong_use(context, "--fail-on kent \"" + input.fail_on + "\" niet.", "Kies error, warning of info.");
  const WorkflowFiles found = read_workflow_files(input.paths);
  if (found.files.empty())
    return wrong_use(context, "In \"" + found.empty_folders.front() + "\" staat geen bestand dat op .bpmn eindigt.",
                     "Noem een andere map of een bestand.");
  if (const std::optional<int> status = process_missing(input, found.files, context)) return *status;

  const std::vector<CheckReport> reports = check_files(found.files, {input.with_conditions, input.process});
  int status = kExitGood;
  for (const CheckReport& report : reports) status = std::max(status, report.exit_status(*fail_on));
  if (input.sarif) {
    context.out << to_sarif(reports, context.english).dump(2) << "\n";
  } else if (input.json && reports.size() == 1 && !found.from_folder) {
    context.out << to_json(reports.front()).dump(2) << "\n";
  } else if (input.json) {
    nlohmann::ordered_json files = nlohmann::ordered_json::array();
    for (const CheckReport& report : reports) files.push_back(to_json(report));
    context.out << nlohmann::ordered_json{{"format", "draad.check-list/1"}, {"files", std::move(files)}}.dump(2)
                << "\n";
  } else {
    print_report(reports, context);
  }
  return status;
}

}  // namespace

Command check_command() {
  auto input = std::make_shared<CheckInput>();
  const auto part = [&input](auto& member) {
    return std::shared_ptr<std::remove_reference_t<decltype(member)>>(input, &member);
  };
  return {.name = "check",
          .summary = "Controleert werkprocessen: leesbaar, uitvoerbaar, en komt elke casus aan een goed einde",
          .details =
              "Een map betekent alle .bpmn-bestanden daarin en daaronder; aanroepen vinden elkaar binnen wat u noemt.\n"
              "Elk BPMN 2.0-bestand mag, ook uit een ander programma.\n\n"
              "Afloop: 0 geen fouten, 1 minstens een fout, 2 niet leesbaar of niet ondersteund, 3 verkeerd gebruik.\n\n"
              "Voorbeelden:\n"
              "  draad check workflows/\n"
              "  draad check duiding.bpmn --fail-on warning\n"
              "  draad check --explain lack_of_synchronisation",
          .options =
              {{.name = "PAD", .help = "bestanden of mappen", .list = part(input->paths)},
               {.name = "--process", .help = "alleen dit proces", .value = "ID", .text = part(input->process)},
               {.name = "--fail-on",
                .help = "vanaf welke ernst de afloop 1 is: error, warning of info",
                .value = "ERNST",
                .text = part(input->fail_on)},
               {.name = "--with-conditions",
                .help = "laat weg wat de voorwaarden op de pijlen uitsluiten",
                .flag = part(input->with_conditions)},
               {.name = "--json", .help = "uitvoer als JSON (engine/docs/cli-json.md)", .flag = part(input->json)},
               {.name = "--sarif", .help = "uitvoer als SARIF 2.1.0, voor codeplatforms", .flag = part(input->sarif)},
               {.name = "--explain", .help = "legt een code uit", .value = "CODE", .text = part(input->explain)}},
          .run = [input](Context& context) { return check(*input, context); }};
}

}  // namespace draad::app
