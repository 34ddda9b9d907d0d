// engine/rules/check_plugins.h
//
// What `draad plugin check` says on top of reading and loading: facts that a rule reads but its manifest does not
// declare (and the other way round), files and rules that nobody reaches, plugins that are past, plugins without tests
// or README. Findings: error = it will not work; warning = probably a slip.
#pragma once

#include <vector>

#include "engine/core/finding.h"
#include "engine/rules/manifest.h"

namespace draad::rules {

// `today` decides what is past. Includes the findings of the reading, and overlaps and syntax faults.
[[nodiscard]] std::vector<Finding> check_plugins(const PluginReading& reading, Date today);

}  // namespace draad::rules
