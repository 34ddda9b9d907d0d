// draad plugin new|test|check|explain|types|describe, and draad rule list. The work is done in engine/rules; here it
// gets its words.
#include <chrono>
#include <filesystem>
#include <map>
#include <ostream>
#include <thread>

#include "engine/app/commands.h"
#include "engine/app/finding_text.h"
#include "engine/core/calendar.h"
#include "engine/rules/check_plugins.h"
#include "engine/rules/plugin_set.h"
#include "engine/rules/print_rules.h"
#include "engine/rules/testkit.h"

namespace draad::app {
namespace {

namespace fs = std::filesystem;

Date today() {
  return date_of(std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()));
}

struct Where {
  std::shared_ptr<std::string> folder = std::make_shared<std::string>("plugins");
  [[nodiscard]] Option option() const {
    return {.name = "--map", .help = "de map met plugins (anders: plugins)", .value = "MAP", .text = folder};
  }
};

// Prints findings; the worst decides.
int print_findings(const std::vector<Finding>& findings, const fs::path& root, Context& context, std::ostream& out) {
  int exit = kExitGood;
  for (const Finding& finding : findings) {
    print_finding(root.string(), finding, context, out);
    if (finding.severity == Severity::error || finding.severity == Severity::fatal) exit = kExitFindings;
  }
  return exit;
}

int make_new(const std::string& root, const std::string& name, const std::string& rule, Context& context) {
  const Result<Done> made = rules::new_plugin(root, name, rule, today());
  if (!made) {
    context.err << "Fout: " << made.error().message << "\n";
    return made.error().code == ErrorCode::unavailable ? kExitUnreadable : kExitWrongUse;
  }
  const std::string folder = (fs::path(root) / name).string();
  context.out << "Gemaakt: " << folder << "\n  plugin.json, " << rule << ".lua, tests/" << name
              << "_test.lua, README.md\n\n"
              << "Nu:\n  draad plugin test " << name << " --watch\n";
  return kExitGood;
}

int test_once(const fs::path& root, const std::string& name, Context& context) {
  const auto start = std::chrono::steady_clock::now();
  rules::PluginReading reading = rules::read_plugins(root);
  const std::vector<rules::Plugin> plugins = reading.plugins;
  rules::RuleHost host;
  const int loaded = print_findings(host.load(std::move(reading)), root, context, context.out);
  std::vector<rules::CaseResult> results;
  bool found = name.empty();
  for (const rules::Plugin& plugin : plugins) {
    if (!name.empty() && plugin.manifest.name != name && plugin.folder.filename() != name) continue;
    found = true;
    for (rules::CaseResult& result : rules::run_plugin_tests(host, plugin)) results.push_back(std::move(result));
  }
  if (!found && loaded == kExitGood) {
    return wrong_use(context, "De plugin \"" + name + "\" staat niet in " + root.string() + ".",
                     "Kijk met \"draad plugin check\".");
  }
  const auto took = std::chrono::steady_clock::now() - start;
  rules::print_results(results, std::chrono::duration_cast<std::chrono::milliseconds>(took), context.out);
  for (const rules::CaseResult& result : results) {
    if (!result.passed) return kExitFindings;
  }
  return loaded;
}

using Stamps = std::map<std::string, fs::file_time_type>;

Stamps stamps(const fs::path& root) {
  Stamps found;
  std::error_code failed;
  for (fs::recursive_directory_iterator at(root, failed), end; !failed && at != end; at.increment(failed)) {
    std::error_code gone;
    const auto time = fs::last_write_time(at->path(), gone);
    if (!gone) found[at->path().string()] = time;
  }
  return found;
}

// Until it is stopped: a person with an editor beside it.
int watch(const fs::path& root, const std::string& name, Context& context) {
  for (;;) {
    const Stamps before = stamps(root);
    if (const int exit = test_once(root, name, context); exit == kExitWrongUse) return exit;
    context.out << "Ik kijk mee met " << root.string() << " (stoppen: Ctrl-C)\n\n" << std::flush;
    while (stamps(root) == before) std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

int check(const fs::path& root, Context& context) {
  const rules::PluginReading reading = rules::read_plugins(root);
  const std::vector<Finding> findings = rules::check_plugins(reading, today());
  const int exit = print_findings(findings, root, context, context.out);
  context.out << reading.plugins.size() + reading.refused.size() << " plugins bekeken, " << findings.size()
              << (findings.size() == 1 ? " bevinding\n" : " bevindingen\n");
  return exit;
}

int describe(const fs::path& root, const std::string& name, Context& context) {
  const rules::PluginReading reading = rules::read_plugins(root);
  bool found = false;
  for (const rules::Plugin& plugin : reading.plugins) {
    if (plugin.manifest.name != name && plugin.folder.filename() != name) continue;
    if (found) context.out << "\n";
    rules::print_description(plugin, context.out);
    found = true;
  }
  if (found) return kExitGood;
  print_findings(reading.findings, root, context, context.err);
  return wrong_use(context, "De plugin \"" + name + "\" staat niet (goed) in " + root.string() + ".",
                   "Kijk met \"draad plugin check\".");
}

// "leeftijd=17" as the field of the rule says.
Result<Facts> read_facts(const rules::Rule& rule, const std::vector<std::string>& words) {
  Facts facts;
  for (const std::string& word : words) {
    const auto equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const auto field =
        std::find_if(rule.reads.begin(), rule.reads.end(), [&](const rules::Field& one) { return one.name == name; });
    if (equals == std::string::npos || field == rule.reads.end()) {
      return Error{ErrorCode::invalid, "De regel krijgt geen feit \"" + name + "\"; schrijf feit=waarde.", name};
    }
    const std::string text = word.substr(equals + 1);
    Value value = text;
    if (text == "ja" || text == "nee")
      value = text == "ja";
    else if (field->type == rules::FieldType::getal) {
      if (const auto number = Number::parse(text)) value = *number;
    } else if (field->type == rules::FieldType::datum) {
      if (const auto date = parse_date(text)) value = *date;
    } else if (field->type == rules::FieldType::lijst) {
      List list;
      for (std::size_t at = 0; at <= text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        list.emplace_back(text.substr(at, comma - at));
        at = comma + 1;
      }
      value = std::move(list);
    }
    if (const auto checked = rules::check_fields(std::span(&*field, 1), Facts{{name, value}}); !checked)
      return checked.error();
    facts.insert_or_assign(name, std::move(value));
  }
  return facts;
}

struct Question {
  std::string rule;
  std::string gemeente;
  std::string date;
  std::vector<std::string> facts;
};

int explain(const fs::path& root, const Question& question, Context& context) {
  const rules::Rule* rule = rules::find_rule(question.rule);
  if (rule == nullptr) {
    const auto why = rules::forbidden_decision(question.rule);
    return wrong_use(context, why ? *why : "De regel \"" + question.rule + "\" bestaat niet.",
                     "\"draad rule list\" noemt ze.");
  }
  Date on = today();
  if (!question.date.empty()) {
    const auto read = parse_date(question.date);
    if (!read)
      return wrong_use(context, "\"" + question.date + "\" is geen datum.", "Schrijf bijvoorbeeld 2026-03-02.");
    on = *read;
  }
  const auto facts = read_facts(*rule, question.facts);
  if (!facts)
    return wrong_use(context, facts.error().message, "\"draad rule list " + rule->name + "\" noemt de feiten.");
  rules::RuleHost host;
  const int loaded = print_findings(host.load(rules::read_plugins(root)), root, context, context.err);
  const auto printed = rules::print_explanation(host, rule->name, question.gemeente, *facts, on, context.out);
  if (!printed) {
    context.err << "Fout: " << printed.error().message << "\n";
    return kExitUnreadable;
  }
  return loaded;
}

Command new_command() {
  const Where where;
  auto name = std::make_shared<std::string>();
  auto rule = std::make_shared<std::string>("route.zorgcoordinator");
  return {.name = "new",
          .summary = "Maakt een nieuwe plugin met een regel, een toets en een README",
          .options =
              {{.name = "NAAM", .help = "naam: kleine letters, cijfers en streepjes", .required = true, .text = name},
               {.name = "--regel", .help = "de regel die hij beantwoordt", .value = "REGEL", .text = rule},
               where.option()},
          .run = [where, name, rule](Context& context) { return make_new(*where.folder, *name, *rule, context); }};
}

Command test_command() {
  const Where where;
  auto name = std::make_shared<std::string>();
  auto stay = std::make_shared<bool>(false);
  return {.name = "test",
          .summary = "Draait de toetsen van alle plugins, of van één",
          .options = {{.name = "NAAM", .help = "alleen deze plugin", .text = name},
                      {.name = "--watch", .help = "blijf kijken en toets opnieuw na elke wijziging", .flag = stay},
                      where.option()},
          .run = [where, name, stay](Context& context) {
            return *stay ? watch(*where.folder, *name, context) : test_once(*where.folder, *name, context);
          }};
}

Command explain_command() {
  const Where where;
  auto question = std::make_shared<Question>();
  const auto part = [&](std::string Question::*member) {
    return std::shared_ptr<std::string>(question, &((*question).*member));
  };
  return {
      .name = "explain",
      .summary = "Zegt welke plugin een regel beantwoordt, en waarom",
      .details =
          "Voorbeeld:\n  draad plugin explain termijn.waarden --gemeente GM9901 --feit leeftijd=16 --feit acuut=nee",
      .options = {{.name = "REGEL", .help = "naam van de regel", .required = true, .text = part(&Question::rule)},
                  {.name = "--gemeente",
                   .help = "CBS-code",
                   .value = "CODE",
                   .required = true,
                   .text = part(&Question::gemeente)},
                  {.name = "--datum",
                   .help = "op deze dag (anders: vandaag)",
                   .value = "DATUM",
                   .text = part(&Question::date)},
                  {.name = "--feit",
                   .help = "feit=waarde; mag vaker",
                   .value = "FEIT=WAARDE",
                   .list = std::shared_ptr<std::vector<std::string>>(question, &question->facts)},
                  where.option()},
      .run = [where, question](Context& context) { return explain(*where.folder, *question, context); }};
}

}  // namespace

Command plugin_command() {
  const Where where;
  auto name = std::make_shared<std::string>();
  Command check_one = {.name = "check",
                       .summary = "Kijkt elke plugin na: plugin.json, Lua, feiten, onbereikbare en dubbele regels",
                       .options = {where.option()},
                       .run = [where](Context& context) { return check(*where.folder, context); }};
  Command describe_one = {
      .name = "describe",
      .summary = "Vertelt in gewone taal wat een plugin verandert, voor wie en op welke bron",
      .options = {{.name = "NAAM", .help = "naam van de plugin", .required = true, .text = name}, where.option()},
      .run = [where, name](Context& context) { return describe(*where.folder, *name, context); }};
  Command types = {.name = "types",
                   .summary = "Schrijft typeaanduidingen voor de Lua-taalserver",
                   .details = "Voorbeeld:\n  draad plugin types > plugins/types.lua",
                   .run = [](Context& context) {
                     rules::print_lua_types(context.out);
                     return kExitGood;
                   }};
  return {.name = "plugin",
          .summary = "Maakt, toetst en verklaart wat een gemeente of regio anders doet",
          .commands = {new_command(), test_command(), std::move(check_one), explain_command(), std::move(types),
                       std::move(describe_one)}};
}

Command rule_command() {
  auto name = std::make_shared<std::string>();
  Command list = {.name = "list",
                  .summary = "Noemt de regels, of vertelt alles over één regel",
                  .options = {{.name = "REGEL", .help = "naam van de regel", .text = name}},
                  .run = [name](Context& context) {
                    if (name->empty()) {
                      rules::print_catalogue(context.out);
                      return kExitGood;
                    }
                    const rules::Rule* rule = rules::find_rule(*name);
                    if (rule == nullptr)
                      return wrong_use(context, "De regel \"" + *name + "\" bestaat niet.",
                                       "\"draad rule list\" noemt ze.");
                    rules::print_rule(*rule, context.out);
                    return kExitGood;
                  }};
  return {.name = "rule",
          .summary = "De regels die een gemeente of regio anders kan beantwoorden",
          .commands = {std::move(list)}};
}

}  // namespace draad::app
