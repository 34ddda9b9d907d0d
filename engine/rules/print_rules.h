// engine/rules/print_rules.h
//
// Rules and plugins as people read them, in Dutch: the catalogue, what a plugin changes, which plugin answers and why;
// and the type annotations that the Lua language server reads.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>

#include "engine/rules/catalogue.h"
#include "engine/rules/manifest.h"
#include "engine/rules/rule_host.h"

namespace draad::rules {

void print_catalogue(std::ostream& out);               // One line a rule.
void print_rule(const Rule& rule, std::ostream& out);  // Purpose, facts in, fields out, who may override, the default.
void print_catalogue_markdown(std::ostream& out);      // The table in plugins/README.md.
void print_description(const Plugin& plugin,
                       std::ostream& out);  // What it changes, for whom, since when, on which source.
// Who answers for this place and day, and what the others in the chain would be.
[[nodiscard]] Result<Done> print_explanation(const RuleHost& host, std::string_view rule, std::string_view gemeente,
                                             const Facts& facts, Date on, std::ostream& out);
void print_lua_types(std::ostream& out);

// Writes a new plugin below `root`: manifest, one rule, one test, README. `conflict` when the folder is there already.
[[nodiscard]] Result<Done> new_plugin(const std::filesystem::path& root, const std::string& name,
                                      const std::string& rule, Date today);

}  // namespace draad::rules
