// Scenario files from anybody: reading one never crashes, and what was read has a place for every statement.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/rehearsal/scenario.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const draad::rehearsal::ScenarioFile file = draad::rehearsal::parse_scenarios(text, "proef");
  if (file.scenarios.empty() == file.faults.empty()) std::abort();   // Either it was read, or it says why not.
  for (const auto& fault : file.faults) {
    if (fault.line < 1 || fault.message.empty()) std::abort();
  }
  for (const auto& scenario : file.scenarios) {
    for (const auto& statement : scenario.statements) {
      if (statement.line < 1 || statement.text.empty()) std::abort();
    }
  }
  return 0;
}
