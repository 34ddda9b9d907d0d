// engine/service/request.h
//
// What a client asks of the engine and what it gets. The engine itself says when (its clock) and, for a start, which
// casus; the client says who, what, and under which idempotency key.
#pragma once

#include <string>
#include <vector>

#include "engine/execute/command.h"
#include "engine/execute/event.h"
#include "engine/privacy/data_class.h"

namespace draad::service {

// A value of a person that came with a command: sealed into the vault; the fact `fact` gets a reference, {"kluis": 3}.
struct PersonalValue {
  std::string fact;
  privacy::DataClass data_class = privacy::DataClass::signal;
  std::string text;
};

struct Request {
  // casus: 0 for a start (the engine gives an id), and for a message or signal that must be routed by name and
  // correlation. at: ignored, the engine's clock says.
  execute::Command command;
  std::vector<PersonalValue> personal;
  std::string release;  // StartCasus: version to start on; empty is the newest.
};

struct Answer {
  CasusId casus;               // 0: a message that nobody waited for, or a signal that nobody heard.
  std::uint64_t sequence = 0;  // Of the journal entry; 0: nothing happened, so nothing was written.
  Instant at;
  std::vector<execute::Event> events;
  bool repeated = false;  // The key was used before: this is the first answer again.
  bool buffered = false;  // The message is kept until somebody waits for it, or it expires.
};

}  // namespace draad::service
