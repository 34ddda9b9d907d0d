// engine/privacy/chain.h
//
// The hash chain over the journal of a casus: every entry's hash covers the hash of the entry before it and all its own
// fields, so that a changed, removed, added or moved entry shows. The first entry's predecessor is 32 zero bytes.
//
// Canonical encoding, for a program that checks the journal without trusting this one; hash = BLAKE2b, 32 bytes, no key
// (b2sum -l 256):
//   "draad.journaal.1"                16 bytes, no terminator
//   previous hash                     32 bytes
//   casus id                          u64, little-endian, as all numbers
//   sequence                          u64, from 1
//   at                                i64, milliseconds since 1970-01-01T00:00Z
//   routed                            u8: 1 when the command named no casus, else 0
//   actor, kind, idempotency key, body   each: length in bytes (u32), then the bytes (UTF-8)
//
// What it cannot show: that the last entries of a casus were cut off together with the head that the casus row holds,
// or that a casus is missing as a whole. Whoever wants that proven keeps heads elsewhere. Errors: `corrupt`, `where` is
// "casus/sequence".   Threads: pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/core/ids.h"
#include "engine/core/result.h"
#include "engine/core/time.h"

namespace draad::privacy {

using Hash = std::array<std::uint8_t, 32>;

struct ChainEntry {
  CasusId casus;
  std::uint64_t sequence = 0;
  Instant at;
  bool routed = false;
  std::string_view actor;
  std::string_view kind;
  std::string_view idempotency_key;
  std::string_view body;
};

[[nodiscard]] Hash entry_hash(const Hash& previous, const ChainEntry& entry);
// BLAKE2b, 32 bytes, over texts that are each preceded by their length (u64, little-endian): names content.
[[nodiscard]] Hash content_hash(std::span<const std::string_view> texts);
[[nodiscard]] std::string to_hex(const Hash& hash);

// Walks the entries of one casus in order. The answer of add() is the first thing that does not fit.
class ChainCheck {
 public:
  explicit ChainCheck(CasusId casus) : casus_(casus) {}

  [[nodiscard]] Result<Done> add(const ChainEntry& entry, const Hash& own);
  [[nodiscard]] Result<Done> finish(std::uint64_t revision,
                                    const Hash& head) const;  // Against what the casus row says.
  [[nodiscard]] std::uint64_t sequence() const { return sequence_; }
  [[nodiscard]] const Hash& head() const { return head_; }

 private:
  CasusId casus_;
  std::uint64_t sequence_ = 0;
  Hash head_{};
};

}  // namespace draad::privacy
