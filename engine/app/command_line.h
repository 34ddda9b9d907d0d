// engine/app/command_line.h
//
// From the words of a command line to the subcommand that they name, and its exit status. Help and errors are Dutch;
// errors go to `context.err` and name what was given and what to do instead.
#pragma once

#include <string>
#include <vector>

#include "engine/app/command.h"

namespace draad::app {

// `arguments`: without the program's own name.
[[nodiscard]] int run_command_line(const std::vector<std::string>& arguments, const std::vector<Command>& commands,
                                   Context& context);

// All subcommands of this program.
[[nodiscard]] std::vector<Command> all_commands();

}  // namespace draad::app
