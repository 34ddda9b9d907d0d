#include "engine/privacy/vault.h"

#include <algorithm>

#include "engine/privacy/internal/sodium.h"

namespace draad::privacy {

namespace {

static_assert(Secret::kBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

void append_u64(Bytes& out, std::uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
}

Bytes value_context(CasusId casus, std::uint64_t reference, DataClass data_class) {
  constexpr std::string_view kLabel = "draad.kluis.1";
  Bytes out(kLabel.begin(), kLabel.end());
  append_u64(out, casus.value);
  append_u64(out, reference);
  out.push_back(static_cast<std::uint8_t>(data_class));
  return out;
}

Bytes key_context(CasusId casus) {
  constexpr std::string_view kLabel = "draad.sleutel.1";
  Bytes out(kLabel.begin(), kLabel.end());
  append_u64(out, casus.value);
  return out;
}

Bytes seal_bytes(const Secret& key, std::span<const std::uint8_t> plain, const Bytes& context, Random& random) {
  prepare_sodium();
  Bytes out(kNonceBytes + plain.size() + kTagBytes);
  random.fill(std::span(out).first(kNonceBytes));
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + kNonceBytes, nullptr, plain.data(), plain.size(),
                                             context.data(), context.size(), nullptr, out.data(), key.bytes().data());
  return out;
}

// False when the bytes do not open. `plain` has room for sealed.size() - nonce - tag bytes.
bool open_bytes(const Secret& key, std::span<const std::uint8_t> sealed, const Bytes& context, std::uint8_t* plain) {
  prepare_sodium();
  return crypto_aead_xchacha20poly1305_ietf_decrypt(plain, nullptr, nullptr, sealed.data() + kNonceBytes,
                                                    sealed.size() - kNonceBytes, context.data(), context.size(),
                                                    sealed.data(), key.bytes().data()) == 0;
}

}  // namespace

void wipe(std::string& text) {
  text.resize(text.capacity());  // Also what an earlier, longer value may have left behind.
  sodium_memzero(text.data(), text.size());
  text.clear();
}

Secret::Secret(std::span<const std::uint8_t, kBytes> bytes) {
  std::ranges::copy(bytes, bytes_.begin());
}

Secret Secret::random(Random& random) {
  std::array<std::uint8_t, kBytes> bytes{};
  random.fill(bytes);
  Secret secret(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  return secret;
}

Secret::Secret(Secret&& other) noexcept : bytes_(other.bytes_) {
  sodium_memzero(other.bytes_.data(), other.bytes_.size());
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    sodium_memzero(other.bytes_.data(), other.bytes_.size());
  }
  return *this;
}

Secret::~Secret() {
  sodium_memzero(bytes_.data(), bytes_.size());
}

Bytes CasusKey::seal(std::uint64_t reference, DataClass data_class, std::string_view plain, Random& random) const {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(plain.data());
  return seal_bytes(secret_, {bytes, plain.size()}, value_context(casus_, reference, data_class), random);
}

Result<Personal<std::string>> CasusKey::open(std::uint64_t reference, DataClass data_class,
                                             std::span<const std::uint8_t> sealed) const {
  std::string plain;
  if (sealed.size() >= kNonceBytes + kTagBytes) {
    plain.resize(sealed.size() - kNonceBytes - kTagBytes);
    if (open_bytes(secret_, sealed, value_context(casus_, reference, data_class),
                   reinterpret_cast<std::uint8_t*>(plain.data()))) {
      return Personal<std::string>(FieldId{casus_, reference, data_class}, std::move(plain));
    }
  }
  return Error{ErrorCode::corrupt, "Expected a sealed value that opens, but it does not",
               std::to_string(casus_.value) + "/" + std::to_string(reference)};
}

std::string MasterKey::fingerprint() const {
  prepare_sodium();
  constexpr std::string_view kLabel = "draad.hoofdsleutel.1";
  std::array<std::uint8_t, 16> digest{};
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(kLabel.data()), kLabel.size(),
                     secret_.bytes().data(), secret_.bytes().size());
  std::array<char, 2 * 16 + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return hex.data();
}

CasusKey MasterKey::new_casus_key(CasusId casus, Random& random) const {
  return CasusKey(casus, Secret::random(random));
}

Bytes MasterKey::wrap(const CasusKey& key, Random& random) const {
  return seal_bytes(secret_, key.secret_.bytes(), key_context(key.casus_), random);
}

Result<CasusKey> MasterKey::unwrap(CasusId casus, std::span<const std::uint8_t> wrapped) const {
  if (wrapped.size() == kNonceBytes + Secret::kBytes + kTagBytes) {
    std::array<std::uint8_t, Secret::kBytes> bytes{};
    const bool opened = open_bytes(secret_, wrapped, key_context(casus), bytes.data());
    Secret secret(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    if (opened) return CasusKey(casus, std::move(secret));
  }
  return Error{ErrorCode::corrupt, "Expected a casus key that this master key wrapped, but it does not open",
               std::to_string(casus.value)};
}

}  // namespace draad::privacy
