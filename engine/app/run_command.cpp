#include <algorithm>
#include <filesystem>
#include <ostream>
#include <system_error>

#include "engine/app/commands.h"
#include "engine/app/national_rules.h"
#include "engine/app/service_stage.h"
#include "engine/core/words.h"
#include "engine/rehearsal/timeline.h"

namespace draad::app {
namespace {

namespace fs = std::filesystem;

struct RunInput {
  std::vector<std::string> paths;
  std::string scenario;
  std::string store;
  bool quiet = false;
};

struct Totals {
  int scenarios = 0;
  int commands = 0;
  int claims = 0;
  std::size_t later = 0;
  std::vector<std::string> faults;
  std::vector<std::string> names;
};

std::vector<std::string> scenario_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code failure;
    if (!fs::is_directory(path, failure)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> below;
    for (const auto& entry : fs::recursive_directory_iterator(path, failure)) {
      if (entry.path().extension() == ".scenario") below.push_back(entry.path().string());
    }
    std::sort(below.begin(), below.end());
    files.insert(files.end(), below.begin(), below.end());
  }
  return files;
}

void play(const std::string& file, const rehearsal::FilePlay& how, Totals& totals) {
  rehearsal::FileOutcome outcome = rehearsal::play_file(file, how);
  totals.scenarios += outcome.scenarios;
  totals.commands += outcome.commands;
  totals.claims += outcome.claims;
  totals.later += outcome.later.size();
  totals.faults.insert(totals.faults.end(), outcome.faults.begin(), outcome.faults.end());
  totals.names.insert(totals.names.end(), outcome.names.begin(), outcome.names.end());
}

void print_summary(const Totals& totals, const RunInput& input, Context& context) {
  context.out << "\n"
              << totals.scenarios << (totals.scenarios == 1 ? " scenario" : " scenario's")
              << " gespeeld: " << totals.commands << " opdrachten en wekkers, " << totals.claims
              << " beweringen getoetst, " << totals.faults.size() << " niet zoals geschreven.\n";
  if (totals.later > 0)
    context.out << totals.later << " beweringen wachten op later werk (\"later\" in de bestanden).\n";
  if (input.store.empty()) return;
  context.out << "\nAlles staat in " << input.store << " (de sleutel van de kluis: " << input.store << ".sleutel).\n"
              << "Probeer nu:\n"
              << "  draad check workflows/                       klopt het landelijke proces?\n"
              << "  draad run FILE --scenario NAAM               één scenario, in het geheugen\n"
              << "  sqlite3 " << input.store << " .schema        hoe het bewaard wordt (namen vindt u er niet)\n";
}

int no_such_scenario(const RunInput& input, const Totals& totals, Context& context) {
  const std::vector<std::string_view> names(totals.names.begin(), totals.names.end());
  const std::string near = nearest_word(input.scenario, names);
  std::string all;
  for (const std::string& name : totals.names) all += "\n  " + name;
  return wrong_use(context, "Het scenario \"" + input.scenario + "\" staat er niet in.",
                   near.empty() ? "Wel:" + all : "Bedoelde u \"" + near + "\"?");
}

int run(const RunInput& input, Context& context) {
  const std::vector<std::string> files = scenario_files(input.paths);
  if (files.empty())
    return wrong_use(context, "Hier staat geen bestand dat op .scenario eindigt.",
                     "Noem een scenariobestand of een map ermee.");
  const NationalRules rules;
  rehearsal::Timeline timeline(context.out, context.colour);
  rehearsal::FilePlay how;
  how.rules = &rules;
  how.only = input.scenario;
  how.audience = input.quiet ? nullptr : &timeline;
  if (!input.store.empty()) how.stage = on_store({input.store, random_name()});
  Totals totals;
  for (const std::string& file : files) play(file, how, totals);
  if (totals.scenarios == 0 && totals.faults.empty() && !input.scenario.empty())
    return no_such_scenario(input, totals, context);
  for (const std::string& fault : totals.faults) context.err << fault << "\n";
  print_summary(totals, input, context);
  if (totals.scenarios == 0) return kExitUnreadable;
  return totals.faults.empty() ? kExitGood : kExitFindings;
}

}  // namespace

Command run_command() {
  auto input = std::make_shared<RunInput>();
  const auto part = [&input](auto& member) {
    return std::shared_ptr<std::remove_reference_t<decltype(member)>>(input, &member);
  };
  return {
      .name = "run",
      .summary = "Speelt scenario's door onze eigen werkprocessen, met een tijdlijn",
      .details =
          "Een scenario zegt wat mensen doen, hoeveel tijd er verstrijkt en wat er dan moet gelden; de taal staat in\n"
          "tests/scenarios/README.md. Formulieren, rollen, termijnen en werkdagen tellen mee. Met --store gaat alles "
          "door de\n"
          "echte motor naar een SQLite-bestand; zonder blijft het in het geheugen.\n\n"
          "Afloop: 0 alles ging zoals geschreven, 1 er ging iets anders, 2 niet leesbaar, 3 verkeerd gebruik.\n\n"
          "Voorbeelden:\n"
          "  draad run workflows/landelijk/scenarios\n"
          "  draad run casus.scenario --scenario \"De zorgcoördinator weigert\"\n"
          "  draad run workflows/landelijk/scenarios --store demo.db",
      .options =
          {{.name = "PAD", .help = "scenariobestanden, of mappen ermee", .required = true, .list = part(input->paths)},
           {.name = "--scenario",
            .help = "alleen het scenario met deze naam",
            .value = "NAAM",
            .text = part(input->scenario)},
           {.name = "--store",
            .help = "bewaar alles in dit SQLite-bestand",
            .value = "BESTAND",
            .text = part(input->store)},
           {.name = "--stil", .help = "geen tijdlijn, alleen de uitslag", .flag = part(input->quiet)}},
      .run = [input](Context& context) { return run(*input, context); }};
}

}  // namespace draad::app
