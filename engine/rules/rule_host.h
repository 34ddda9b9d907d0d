// engine/rules/rule_host.h
//
// Asks a rule: which plugin answers for this municipality on this day, and what does it say? The chain is municipality,
// region, national default; a plugin that fails, spends its budget or answers wrongly is passed over for the national
// default, and the answer says so in `fault`.
//
//   RuleHost host;
//   host.load(read_plugins(folder));    // Findings say which plugins were refused, and why.
//   Result<Answer> a = host.answer("route.zorgcoordinator", "GM9901", facts, date);
//
// Errors of answer(): `not_found` (no such rule), `denied` (a decision that may not be automated). Everything else is
// an answer. Threads: answer(), run_script() and load() may be called from any thread at once; a call sees one whole
// set of plugins. No value of a fact ever enters a message: faults name facts, files and lines.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/finding.h"
#include "engine/core/value.h"
#include "engine/rules/catalogue.h"
#include "engine/rules/manifest.h"

namespace draad::rules {

// What one call may cost. A spent budget stays spent: nothing in the plugin can catch it.
struct Budget {
  std::uint64_t steps = 200'000;         // VM instructions plus the work of library functions.
  std::size_t memory_bytes = 4u << 20;   // On top of what the prepared state holds.
  std::size_t block_bytes = 512u << 10;  // Largest single string or table part.
  std::chrono::milliseconds wall{50};
  std::size_t source_bytes = 64u << 10;  // Largest file.
};

enum class Link { gemeente, regio, landelijk };
[[nodiscard]] std::string_view to_string(Link link);

enum class FaultKind { error, steps_spent, memory_spent, time_spent, answer_invalid };
[[nodiscard]] std::string_view to_string(FaultKind kind);

// Why a plugin did not get its way.
struct Fault {
  FaultKind kind = FaultKind::error;
  std::string rule;
  std::string plugin;
  std::string version;
  std::string owner;               // From the manifest.
  std::string file;                // Within the plugin: "route.zorgcoordinator.lua".
  int line = 0;                    // 0: unknown.
  std::vector<std::string> facts;  // Names of the facts it read; no values.
  std::string for_casus;           // Dutch: what an incident on the casus says.
  std::string for_owner;           // Dutch, one line: file:line, what went wrong, names of the facts read.
};

struct Answer {
  Facts facts;
  std::string reason;   // Dutch.
  std::string basis;    // The source that the plugin or the default names.
  std::string source;   // Name of the plugin, or "landelijk".
  std::string version;  // Of the plugin, or of the national defaults.
  Link link = Link::landelijk;
  std::vector<Link> asked;  // Every link that took part, first asked first ("gemeente" that asked landelijk(ctx) too).
  std::chrono::nanoseconds duration{};
  std::vector<Fault> faults;  // Empty: all went as it should.
};

struct Plugin;    // manifest.h
class PluginSet;  // plugin_set.h

class RuleHost {
 public:
  explicit RuleHost(Budget budget = {});
  ~RuleHost();
  RuleHost(const RuleHost&) = delete;
  RuleHost& operator=(const RuleHost&) = delete;

  // Replaces the plugins. A plugin that does not pass is refused with a finding; the version of the same name that was
  // loaded before keeps answering, and nothing that is being answered is disturbed.
  std::vector<Finding> load(PluginReading reading);
  [[nodiscard]] std::shared_ptr<const PluginSet> plugins() const;

  [[nodiscard]] Result<Answer> answer(std::string_view rule, std::string_view gemeente, const Facts& facts,
                                      Date on) const;

  // A BPMN script task. `format`: "lua" or "application/x-lua" (case ignored), else `unsupported`. The script sees the
  // facts as the read-only table `feiten` and returns a table of facts (or nothing). Errors: `invalid` (fault in the
  // script, with its line), `limit` (budget spent).
  [[nodiscard]] Result<Facts> run_script(std::string_view format, std::string_view script, const Facts& facts) const;

  struct Counters {
    std::uint64_t states_made = 0;
    std::uint64_t states_discarded = 0;
    std::size_t states_idle = 0;
    std::size_t bytes_idle = 0;  // Memory of the idle states.
  };
  [[nodiscard]] Counters counters() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace draad::rules
