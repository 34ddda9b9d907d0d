// engine/service/system_ports.h
//
// The machine's own clock and randomness, and the master key on its disk.
// Threads: safe.
#pragma once

#include <string>

#include "engine/core/ports.h"
#include "engine/privacy/vault.h"

namespace draad::service {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
};

class SystemRandom final : public Random {  // The kernel's: fit for keys and nonces.
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

// Reads the master key from a file of 32 bytes that only its owner may read (mode 0600 or 0400). Makes it when there is
// none and `may_create` says so; an existing database without its key is refused, because a new key would open nothing.
// Errors (Dutch): `denied` for wide permissions, `not_found` for a key that should be there, `corrupt` for another
// size, `unavailable`.
[[nodiscard]] Result<privacy::MasterKey> load_master_key(const std::string& path, bool may_create, Random& random);

}  // namespace draad::service
