// engine/privacy/vault.h
//
// Sealing of personal values: XChaCha20-Poly1305 with a random nonce. Every casus has a key of its own, which the
// master key wraps; who destroys the wrapped key of a casus makes all its sealed values noise, also those in a backup.
//   sealed value   nonce (24 bytes) || ciphertext || tag (16 bytes)
//   its associated data   "draad.kluis.1" || casus id (u64, little-endian) || reference (u64) || data class (u8): a
//   sealed value that was moved to another casus, field or class does not open. wrapped key    the same shape around
//   the 32 key bytes, sealed by the master key; associated data "draad.sleutel.1" || casus id.
// Errors: `corrupt` for bytes that do not open; never says why, never holds a value.
// Threads: keys are values with one owner; sealing and opening are pure but for the Random they are given.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/ports.h"
#include "engine/core/result.h"
#include "engine/privacy/personal.h"

namespace draad::privacy {

using Bytes = std::vector<std::uint8_t>;

// 32 bytes that are wiped when they go.
class Secret {
 public:
  static constexpr std::size_t kBytes = 32;

  explicit Secret(std::span<const std::uint8_t, kBytes> bytes);
  [[nodiscard]] static Secret random(Random& random);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  [[nodiscard]] std::span<const std::uint8_t, kBytes> bytes() const { return bytes_; }

 private:
  std::array<std::uint8_t, kBytes> bytes_;
};

class CasusKey {
 public:
  explicit CasusKey(CasusId casus, Secret secret) : casus_(casus), secret_(std::move(secret)) {}

  [[nodiscard]] CasusId casus() const { return casus_; }
  [[nodiscard]] Bytes seal(std::uint64_t reference, DataClass data_class, std::string_view plain, Random& random) const;
  [[nodiscard]] Result<Personal<std::string>> open(std::uint64_t reference, DataClass data_class,
                                                   std::span<const std::uint8_t> sealed) const;

 private:
  friend class MasterKey;
  CasusId casus_;
  Secret secret_;
};

class MasterKey {
 public:
  explicit MasterKey(Secret secret) : secret_(std::move(secret)) {}

  // A text that names this key without giving it away: a store notes it, so that a wrong key is found when it opens,
  // not at the first value that does not.
  [[nodiscard]] std::string fingerprint() const;
  [[nodiscard]] CasusKey new_casus_key(CasusId casus, Random& random) const;
  [[nodiscard]] Bytes wrap(const CasusKey& key, Random& random) const;
  [[nodiscard]] Result<CasusKey> unwrap(CasusId casus, std::span<const std::uint8_t> wrapped) const;

 private:
  Secret secret_;
};

}  // namespace draad::privacy
