#include "engine/app/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>

#include "engine/app/commands.h"
#include "engine/core/words.h"

namespace draad::app {
namespace {

constexpr std::string_view kIntroduction =
    "draad: de rode draad door het landelijk verwijsmechanisme mensenhandel.\n"
    "\n"
    "Controleert, oefent en draait werkprocessen die als BPMN 2.0 getekend zijn.\n";

constexpr std::string_view kExamples =
    "Voorbeelden:\n"
    "  draad check workflows/                        klopt alles? elke fout met plaats, reden en herstel\n"
    "  draad check duiding.bpmn --json               hetzelfde voor een ander programma\n"
    "  draad simulate proces.bpmn --plan plan.json   speel een BPMN-bestand van wie dan ook na\n"
    "  draad run workflows/landelijk/scenarios       speel de verzonnen casussen door het landelijke proces\n"
    "  draad roundtrip in.bpmn -o uit.bpmn           lees en schrijf terug; er gaat niets verloren\n"
    "\n"
    "Afloop: 0 goed, 1 er is iets mis met wat bekeken werd, 2 niet leesbaar of niet ondersteund, 3 verkeerd gebruik.\n";

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size() + 1, width), ' ');
  return text;
}

bool is_positional(const Option& option) {
  return option.name[0] != '-';
}

std::string label(const Option& option) {
  std::string text = option.name;
  std::replace(text.begin(), text.end(), ',', ' ');
  return option.value.empty() ? text : text + " " + option.value;
}

void print_commands(const std::vector<Command>& commands, std::ostream& out) {
  for (const Command& command : commands) out << "  " << padded(command.name, 12) << command.summary << "\n";
}

void print_help(const Command& command, const std::string& path, std::ostream& out) {
  out << command.summary << ".\n\nGebruik: " << path;
  if (!command.commands.empty()) out << " OPDRACHT";
  for (const Option& option : command.options) {
    if (is_positional(option))
      out << " " << (option.required ? option.name : "[" + option.name + "]") << (option.list ? "..." : "");
  }
  if (std::any_of(command.options.begin(), command.options.end(),
                  [](const Option& one) { return !is_positional(one); }))
    out << " [opties]";
  out << "\n\n";
  if (!command.commands.empty()) {
    out << "Opdrachten:\n";
    print_commands(command.commands, out);
    out << "\n";
  }
  if (!command.options.empty()) {
    for (const Option& option : command.options) out << "  " << padded(label(option), 26) << option.help << "\n";
    out << "\n";
  }
  if (!command.details.empty()) out << command.details << "\n";
}

void print_help(const std::vector<Command>& commands, std::ostream& out) {
  out << kIntroduction << "\nGebruik: draad OPDRACHT [opties]\n\nOpdrachten:\n";
  print_commands(commands, out);
  out << "\n  draad OPDRACHT --help         uitleg over één opdracht\n"
         "  --taal en                     bevindingen in het Engels\n\n"
      << kExamples;
}

// The command line as CLI11 sees it, and where each of its parts came from.
struct Parser {
  struct Node {
    CLI::App* app;
    const Command* command;
    std::string path;
    std::shared_ptr<bool> help = std::make_shared<bool>(false);
  };
  CLI::App root{"", "draad"};
  std::vector<Node> nodes;
  bool help = false;
  std::string language;

  explicit Parser(const std::vector<Command>& commands) {
    root.set_help_flag();
    root.add_flag("-h,--help", help);
    root.add_option("--taal", language);
    for (const Command& command : commands) add(root, command, "draad");
  }

  void add(CLI::App& parent, const Command& command, const std::string& path) {
    CLI::App* app = parent.add_subcommand(command.name);
    Node node{app, &command, path + " " + command.name};
    app->set_help_flag();
    app->add_flag("-h,--help", *node.help);
    app->add_option("--taal", language);
    for (const Option& option : command.options) {
      if (option.flag) app->add_flag(option.name, *option.flag);
      if (option.text) app->add_option(option.name, *option.text);
      if (option.number) app->add_option(option.name, *option.number);
      if (option.list) app->add_option(option.name, *option.list);
    }
    nodes.push_back(node);
    for (const Command& inner : command.commands) add(*app, inner, node.path);
  }

  // The innermost subcommand that was named; nullptr: none.
  [[nodiscard]] const Node* chosen() const {
    const Node* innermost = nullptr;
    for (const Node& node : nodes) {
      if (node.app->parsed()) innermost = &node;
    }
    return innermost;
  }
};

std::vector<std::string_view> option_words(const Command& command) {
  std::vector<std::string_view> words = {"--help", "--taal"};
  for (const Option& option : command.options) {
    if (is_positional(option)) continue;
    const std::size_t comma = option.name.find(',');
    words.push_back(comma == std::string::npos ? std::string_view(option.name)
                                               : std::string_view(option.name).substr(comma + 1));
  }
  return words;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates,
                         const std::string& otherwise) {
  const std::string near = nearest_word(word, candidates);
  return near.empty() ? otherwise : "Bedoelde u \"" + near + "\"?";
}

int explain(const CLI::ParseError& error, const Parser& parser, const std::vector<Command>& commands,
            Context& context) {
  const Parser::Node* node = parser.chosen();
  const std::string path = node == nullptr ? "draad" : node->path;
  const std::string hint = "\"" + path + " --help\" zegt wat er kan.";
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    std::vector<std::string> extras = parser.root.remaining(true);
    const std::string word = extras.empty() ? std::string() : extras.front();
    if (word.starts_with("-")) {
      const std::string name = word.substr(0, word.find('='));
      return wrong_use(
          context, "De optie \"" + name + "\" bestaat niet bij " + path + ".",
          did_you_mean(
              name, node == nullptr ? std::vector<std::string_view>{"--help", "--taal"} : option_words(*node->command),
              hint));
    }
    std::vector<std::string_view> names;
    for (const Command& command : node == nullptr ? commands : node->command->commands) names.push_back(command.name);
    if (names.empty()) return wrong_use(context, "\"" + word + "\" hoort niet bij " + path + ".", hint);
    return wrong_use(context, "De opdracht \"" + word + "\" bestaat niet.", did_you_mean(word, names, hint));
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    // "--plan: 1 required TEXT missing"
    const std::string_view what = error.what();
    return wrong_use(context, "Achter \"" + std::string(what.substr(0, what.find(':'))) + "\" hoort één waarde.", hint);
  }
  if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr ||
      dynamic_cast<const CLI::ValidationError*>(&error) != nullptr) {
    return wrong_use(context, "Een waarde heeft niet de goede vorm (" + std::string(error.what()) + ").", hint);
  }
  return wrong_use(context, "Deze opdrachtregel is niet te begrijpen (" + std::string(error.what()) + ").", hint);
}

bool is_given(const Option& option) {
  return (option.text && !option.text->empty()) || (option.list && !option.list->empty()) || option.number ||
         option.flag;
}

}  // namespace

int wrong_use(Context& context, std::string_view what, std::string_view mend) {
  context.err << "Fout: " << what;
  if (!mend.empty()) context.err << " " << mend;
  context.err << "\n";
  return kExitWrongUse;
}

int run_command_line(const std::vector<std::string>& arguments, const std::vector<Command>& commands,
                     Context& context) {
  Parser parser(commands);
  const bool wants_help =
      arguments.empty() || std::any_of(arguments.begin(), arguments.end(),
                                       [](const std::string& word) { return word == "--help" || word == "-h"; });
  try {
    parser.root.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    if (!wants_help) return explain(error, parser, commands, context);
  }
  const Parser::Node* node = parser.chosen();
  if (arguments.empty() || (wants_help && node == nullptr)) {
    print_help(commands, context.out);
    return arguments.empty() ? kExitWrongUse : kExitGood;
  }
  if (wants_help) {
    print_help(*node->command, node->path, context.out);
    return kExitGood;
  }
  if (!parser.language.empty() && parser.language != "nl" && parser.language != "en") {
    return wrong_use(context, "De taal \"" + parser.language + "\" is er niet.", "Kies nl of en.");
  }
  context.english = parser.language == "en";
  if (node == nullptr) return wrong_use(context, "Er staat geen opdracht.", "\"draad --help\" noemt ze.");
  if (!node->command->run) {
    return wrong_use(context, "Achter \"" + node->path + "\" hoort nog een opdracht.",
                     "\"" + node->path + " --help\" noemt ze.");
  }
  for (const Option& option : node->command->options) {
    if (option.required && !is_given(option)) {
      return wrong_use(context, "Bij " + node->path + " ontbreekt " + label(option) + ".",
                       "\"" + node->path + " --help\" zegt wat er kan.");
    }
  }
  return node->command->run(context);
}

std::vector<Command> all_commands() {
  return {check_command(),  simulate_command(), run_command(),    roundtrip_command(),
          plugin_command(), rule_command(),     version_command()};
}

}  // namespace draad::app
