// engine/verify/safeguards.h
//
// Safeguards (waarborgen): sentences about anchors that must hold on every path, in a text file that a policy officer
// can read. One sentence a line, a block of `bron`/`omdat` lines may follow it; format: engine/docs/waarborgen.md. The
// file stands beside the workflows, `waarborgen.txt`, or `<draad:waarborgen of the process>.txt`. Errors: every line
// that is no sentence, with its line number and the form that was expected.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.h"
#include "engine/core/finding.h"
#include "engine/core/result.h"

namespace draad::verify {

enum class SafeguardKind : std::uint8_t {
  precedes,       // altijd A gaat vooraf aan B: every B has an A before it.
  only_after,     // altijd B alleen na A: the same, said from the other side.
  never_without,  // nooit B zonder A: the same, for a condition that is a step.
  followed_by,    // altijd A wordt gevolgd door B [binnen T]: after every A, B comes before the casus ends.
  at_most_once,   // hooguit een keer A.
  on_every_path,  // op elk pad A: no casus ends well without A.
  never_after,    // nooit B na A.
  never_both,     // nooit A en B: not in one casus.
  other_person,   // vier ogen B door een ander dan A: B only after A; the persons are compared while it runs.
};
[[nodiscard]] std::string_view to_string(SafeguardKind kind);

// An anchor, or a pattern over anchors: `deling.*` is every anchor that begins with `deling.`; several, separated by
// `of` ("or"), are one set.
struct AnchorSet {
  std::vector<std::string> patterns;
  [[nodiscard]] bool matches(std::string_view anchor) const;
  [[nodiscard]] std::string text() const;
};

struct Safeguard {
  std::string name;      // From a line `[naam]` above it, else the sentence.
  std::string sentence;  // As written, white space folded.
  SafeguardKind kind = SafeguardKind::precedes;
  AnchorSet first;   // A: what must have happened, or what has happened.
  AnchorSet second;  // B: what is guarded, or what must come.
  std::optional<Duration> within;
  TermijnKalender calendar = TermijnKalender::kalender;
  std::string reason;  // omdat ...
  std::string source;  // bron ...
  int line = 0;
};

struct SafeguardFile {
  std::string path;  // Only for messages; may be empty.
  std::vector<Safeguard> safeguards;
};

// All faults at once: `faults` is empty when every line was understood.
struct SafeguardParse {
  SafeguardFile file;
  std::vector<Finding> faults;  // Code `waarborg_niet_begrepen`, line filled.
};
[[nodiscard]] SafeguardParse parse_safeguards(std::string_view text, std::string path = {});

}  // namespace draad::verify
