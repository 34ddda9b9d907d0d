// engine/privacy/internal/sodium.h
//
// Whoever calls libsodium calls this first: it picks the implementations that are fast on this machine.
// Threads: safe to call from several.
#pragma once

#include <sodium.h>

#include "engine/core/result.h"

namespace draad::privacy {

inline void prepare_sodium() {
  static const int ready = sodium_init();
  DRAAD_CHECK(ready >= 0);
}

}  // namespace draad::privacy
