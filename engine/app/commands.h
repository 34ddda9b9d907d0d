// engine/app/commands.h
//
// Every subcommand; one file each.
#pragma once

#include "engine/app/command.h"

namespace draad::app {

[[nodiscard]] Command check_command();      // check_command.cpp
[[nodiscard]] Command roundtrip_command();  // roundtrip_command.cpp
[[nodiscard]] Command simulate_command();   // simulate_command.cpp
[[nodiscard]] Command run_command();        // run_command.cpp
[[nodiscard]] Command plugin_command();     // plugin_command.cpp
[[nodiscard]] Command rule_command();       // plugin_command.cpp
[[nodiscard]] Command version_command();    // version_command.cpp

}  // namespace draad::app
