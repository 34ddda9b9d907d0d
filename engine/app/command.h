// engine/app/command.h
//
// A subcommand of `draad` as data: its words, its options, what it does. command_line.cpp is the only file that knows
// CLI11; a subcommand is one file with one function that returns a Command, named in commands.h.
//
//   Command version_command() {
//     auto json = std::make_shared<bool>(false);
//     return {.name = "version", .summary = "Zegt welke versie dit is",
//             .options = {{.name = "--json", .help = "als JSON", .flag = json}},
//             .run = [json](Context& context) { ... return kExitGood; }};
//   }
//
// Texts are Dutch. Threads: one.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace draad::app {

// What every subcommand ends with (engine/docs/cli-json.md).
inline constexpr int kExitGood = 0;
inline constexpr int kExitFindings = 1;    // Done, and something is wrong with what was looked at.
inline constexpr int kExitUnreadable = 2;  // Not readable, or not supported.
inline constexpr int kExitWrongUse = 3;
inline constexpr int kExitBroken = 70;  // A fault of the program itself.

struct Context {
  std::ostream& out;
  std::ostream& err;
  bool english = false;  // --taal en: findings in English.
  bool colour = false;   // Standard output is a terminal that shows colours.
};

// One option or positional; exactly one of the four targets is set.
struct Option {
  std::string name = {};   // "--json", "-o,--uit", or "BESTAND" for a positional.
  std::string help = {};   // Dutch, one line.
  std::string value = {};  // Name of its value in the help: "BESTAND".
  bool required = false;
  std::shared_ptr<bool> flag = nullptr;
  std::shared_ptr<std::string> text = nullptr;
  std::shared_ptr<std::vector<std::string>> list = nullptr;  // May be given several times.
  std::shared_ptr<long> number = nullptr;
};

struct Command {
  std::string name = {};
  std::string summary = {};  // One line.
  std::string details = {};  // Paragraphs and examples, below the options in the help; may be empty.
  std::vector<Option> options = {};
  std::function<int(Context&)> run = {};  // Empty: only its own subcommands do something.
  std::vector<Command> commands = {};     // `draad plugin test`.
};

// "Fout: ..." on standard error, with what to do about it; returns kExitWrongUse.
int wrong_use(Context& context, std::string_view what, std::string_view mend);

}  // namespace draad::app
