#include "engine/privacy/vault.h"

#include <gtest/gtest.h>

#include <ostream>

namespace draad::privacy {
namespace {

// Bytes that count up: the same in every run, never the same twice.
class CountingRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override {
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>((next_++ * 2654435761u) >> 13);
  }

 private:
  std::uint32_t next_ = 1;
};

class MemoryLog final : public AccessLog {
 public:
  Result<Done> record(const FieldId& field, const Purpose& purpose) override {
    if (broken) return Error{ErrorCode::unavailable, "Expected a log, but it is full", ""};
    fields.push_back(field);
    actors.push_back(purpose.actor);
    return Done{};
  }
  bool broken = false;
  std::vector<FieldId> fields;
  std::vector<std::string> actors;
};

const CasusId kCasus{7};
const Purpose kPurpose{"zorgcoordinator-1", "veiligheid.beoordelen"};

std::string opened(const Personal<std::string>& value) {
  MemoryLog log;
  return value.open(kPurpose, log).value();
}

struct VaultTest : testing::Test {
  CountingRandom random;
  MasterKey master{Secret::random(random)};
  CasusKey key{master.new_casus_key(kCasus, random)};
};

TEST_F(VaultTest, OpensWhatItSealed) {
  for (const std::string_view text : {"", "x", "Roos de Wit, Kade 3", "Zoë \xf0\x9f\x8c\xb7"}) {
    const Bytes sealed = key.seal(1, DataClass::contact, text, random);
    EXPECT_EQ(opened(key.open(1, DataClass::contact, sealed).value()), text);
  }
}

TEST_F(VaultTest, SealedBytesDifferEachTimeAndHoldNoText) {
  const std::string text = "Roos de Wit";
  const Bytes first = key.seal(1, DataClass::contact, text, random);
  const Bytes second = key.seal(1, DataClass::contact, text, random);
  EXPECT_NE(first, second);
  const std::string raw(first.begin(), first.end());
  EXPECT_EQ(raw.find("Roos"), std::string::npos);
}

TEST_F(VaultTest, DoesNotOpenAtAnotherReferenceClassOrCasus) {
  const Bytes sealed = key.seal(1, DataClass::contact, "Roos", random);
  EXPECT_EQ(key.open(2, DataClass::contact, sealed).error().code, ErrorCode::corrupt);
  EXPECT_EQ(key.open(1, DataClass::health, sealed).error().code, ErrorCode::corrupt);
  const Bytes wrapped = master.wrap(key, random);
  EXPECT_EQ(master.unwrap(CasusId{8}, wrapped).error().code, ErrorCode::corrupt);
  const CasusKey other = master.new_casus_key(kCasus, random);
  EXPECT_EQ(other.open(1, DataClass::contact, sealed).error().code, ErrorCode::corrupt);
}

TEST_F(VaultTest, EveryChangedOrMissingByteIsFound) {
  const Bytes sealed = key.seal(1, DataClass::contact, "Roos", random);
  for (std::size_t index = 0; index < sealed.size(); ++index) {
    Bytes changed = sealed;
    changed[index] ^= 1;
    EXPECT_FALSE(key.open(1, DataClass::contact, changed).has_value()) << index;
    const Bytes cut(sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(index));
    EXPECT_FALSE(key.open(1, DataClass::contact, cut).has_value()) << index;
  }
}

TEST_F(VaultTest, AWrappedKeyOpensTheSameValues) {
  const Bytes sealed = key.seal(3, DataClass::bsn, "999990019", random);
  const Bytes wrapped = master.wrap(key, random);
  const CasusKey again = master.unwrap(kCasus, wrapped).value();
  EXPECT_EQ(opened(again.open(3, DataClass::bsn, sealed).value()), "999990019");
}

TEST_F(VaultTest, AnotherMasterKeyHasAnotherFingerprintAndUnwrapsNothing) {
  const MasterKey other(Secret::random(random));
  EXPECT_NE(other.fingerprint(), master.fingerprint());
  EXPECT_EQ(master.fingerprint().size(), 32u);
  EXPECT_FALSE(other.unwrap(kCasus, master.wrap(key, random)).has_value());
}

TEST_F(VaultTest, AValueOpensOnlyAfterItsAccessIsRecorded) {
  const Personal<std::string> value =
      key.open(4, DataClass::address, key.seal(4, DataClass::address, "Kade 3", random)).value();
  MemoryLog log;
  log.broken = true;
  EXPECT_EQ(value.open(kPurpose, log).error().code, ErrorCode::unavailable);
  log.broken = false;
  EXPECT_EQ(value.open(kPurpose, log).value(), "Kade 3");
  ASSERT_EQ(log.fields.size(), 1u);
  EXPECT_EQ(log.fields[0], (FieldId{kCasus, 4, DataClass::address}));
  EXPECT_EQ(log.actors[0], kPurpose.actor);
}

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};
template <typename T>
concept Comparable = requires(const T& a, const T& b) {
  a == b;
};

TEST(Personal, IsMovedNeverCopiedOrPrinted) {
  using Name = Personal<std::string>;
  static_assert(!std::is_copy_constructible_v<Name> && std::is_move_constructible_v<Name>);
  static_assert(Printable<std::string> && !Printable<Name>);
  static_assert(Comparable<std::string> && !Comparable<Name>);
}

TEST(Personal, WipingLeavesNothingBehind) {
  std::string text(64, 'x');
  const char* bytes = text.data();
  const std::size_t capacity = text.capacity();
  wipe(text);
  EXPECT_TRUE(text.empty());
  ASSERT_EQ(text.data(), bytes);
  ASSERT_EQ(text.capacity(), capacity);
  text.resize(64, '\0');
  EXPECT_EQ(text, std::string(64, '\0'));
}

TEST(Secret, MovingWipesTheSource) {
  CountingRandom random;
  Secret first = Secret::random(random);
  const std::vector<std::uint8_t> bytes(first.bytes().begin(), first.bytes().end());
  const Secret second = std::move(first);
  EXPECT_TRUE(std::ranges::equal(second.bytes(), bytes));
  EXPECT_TRUE(std::ranges::all_of(first.bytes(), [](std::uint8_t byte) { return byte == 0; }));  // NOLINT
}

}  // namespace
}  // namespace draad::privacy
