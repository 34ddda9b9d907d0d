// engine/core/ports.h
//
// The two things the core may not fetch for itself: the time and chance. Whoever wires the program passes them in; a
// rehearsal passes a clock that can be turned.
// Threads: implementations are safe to call from several threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/core/time.h"

namespace draad {

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

}  // namespace draad
