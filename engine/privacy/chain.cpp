#include "engine/privacy/chain.h"

#include <limits>

#include "engine/privacy/internal/sodium.h"

namespace draad::privacy {

namespace {

class Hasher {
 public:
  Hasher() {
    prepare_sodium();
    crypto_generichash_init(&state_, nullptr, 0, sizeof(Hash));
  }

  void bytes(const void* data, std::size_t size) {
    crypto_generichash_update(&state_, static_cast<const unsigned char*>(data), size);
  }
  template <typename T>
  void number(T value) {
    std::array<std::uint8_t, sizeof(T)> little{};
    auto rest = static_cast<std::uint64_t>(value);
    for (std::uint8_t& byte : little) {
      byte = static_cast<std::uint8_t>(rest);
      rest >>= 8;
    }
    bytes(little.data(), little.size());
  }
  void text(std::string_view value) {
    DRAAD_CHECK(value.size() <= std::numeric_limits<std::uint32_t>::max());
    number(static_cast<std::uint32_t>(value.size()));
    bytes(value.data(), value.size());
  }
  Hash finish() {
    Hash hash{};
    crypto_generichash_final(&state_, hash.data(), hash.size());
    return hash;
  }

 private:
  crypto_generichash_state state_;
};

std::string place(CasusId casus, std::uint64_t sequence) {
  return std::to_string(casus.value) + "/" + std::to_string(sequence);
}

}  // namespace

Hash entry_hash(const Hash& previous, const ChainEntry& entry) {
  constexpr std::string_view kLabel = "draad.journaal.1";
  Hasher hasher;
  hasher.bytes(kLabel.data(), kLabel.size());
  hasher.bytes(previous.data(), previous.size());
  hasher.number(entry.casus.value);
  hasher.number(entry.sequence);
  hasher.number(static_cast<std::int64_t>(entry.at.time_since_epoch().count()));
  hasher.number(static_cast<std::uint8_t>(entry.routed ? 1 : 0));
  hasher.text(entry.actor);
  hasher.text(entry.kind);
  hasher.text(entry.idempotency_key);
  hasher.text(entry.body);
  return hasher.finish();
}

Hash content_hash(std::span<const std::string_view> texts) {
  Hasher hasher;
  for (const std::string_view text : texts) {
    hasher.number(static_cast<std::uint64_t>(text.size()));
    hasher.bytes(text.data(), text.size());
  }
  return hasher.finish();
}

std::string to_hex(const Hash& hash) {
  std::array<char, 2 * sizeof(Hash) + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return hex.data();
}

Result<Done> ChainCheck::add(const ChainEntry& entry, const Hash& own) {
  if (entry.casus != casus_ || entry.sequence != sequence_ + 1) {
    return Error{
        ErrorCode::corrupt,
        "Expected journal entry " + place(casus_, sequence_ + 1) + ", but found " + place(entry.casus, entry.sequence),
        place(casus_, sequence_ + 1)};
  }
  if (entry_hash(head_, entry) != own) {
    return Error{ErrorCode::corrupt, "Expected the hash of the journal entry to cover its fields, but it does not",
                 place(casus_, entry.sequence)};
  }
  sequence_ = entry.sequence;
  head_ = own;
  return Done{};
}

Result<Done> ChainCheck::finish(std::uint64_t revision, const Hash& head) const {
  if (revision != sequence_ || head != head_) {
    return Error{ErrorCode::corrupt,
                 "Expected the journal to end at entry " + std::to_string(revision) + " with hash " + to_hex(head) +
                     ", but it ends at entry " + std::to_string(sequence_) + " with hash " + to_hex(head_),
                 place(casus_, sequence_)};
  }
  return Done{};
}

}  // namespace draad::privacy
