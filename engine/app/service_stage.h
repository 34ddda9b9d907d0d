// engine/app/service_stage.h
//
// A stage on the live engine and its store: what a scenario does is on disk when it is done. The clock is turned by the
// commands; timers fire when the scenario says that time has passed, never by themselves.
#pragma once

#include <memory>
#include <string>

#include "engine/rehearsal/runner.h"

namespace draad::app {

struct StoreTarget {
  std::string database;  // SQLite file; its master key stands beside it, `<database>.sleutel`.
  std::string run;       // Tells the idempotency keys of this run from those of others.
};

// Errors: those of the store, the key and the publication, in Dutch.
[[nodiscard]] rehearsal::MakeStage on_store(const StoreTarget& target);

[[nodiscard]] std::string random_name();  // 16 hexadecimal digits.

}  // namespace draad::app
