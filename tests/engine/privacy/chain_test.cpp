#include "engine/privacy/chain.h"

#include <gtest/gtest.h>

#include <functional>

namespace draad::privacy {
namespace {

struct Entry {
  CasusId casus{12};
  std::uint64_t sequence = 1;
  Instant at;
  bool routed = false;
  std::string actor = "aandachtsfunctionaris-1";
  std::string kind = "CompleteTask";
  std::string key = "k";
  std::string body = "[]";
  Hash hash{};

  [[nodiscard]] ChainEntry view() const { return {casus, sequence, at, routed, actor, kind, key, body}; }
};

std::vector<Entry> journal() {
  std::vector<Entry> entries(5);
  Hash previous{};
  for (std::size_t index = 0; index < entries.size(); ++index) {
    Entry& entry = entries[index];
    entry.sequence = index + 1;
    entry.at = Instant(std::chrono::milliseconds(1'772'442'000'000 + static_cast<std::int64_t>(index)));
    entry.key = "sleutel-" + std::to_string(index);
    entry.body = R"([["ft",1,0,)" + std::to_string(index) + "]]";
    entry.hash = previous = entry_hash(previous, entry.view());
  }
  return entries;
}

Result<Done> check(const std::vector<Entry>& entries, std::uint64_t revision, const Hash& head) {
  ChainCheck chain(CasusId{12});
  for (const Entry& entry : entries) DRAAD_TRY_DONE(chain.add(entry.view(), entry.hash));
  return chain.finish(revision, head);
}

TEST(Chain, ClosesOverAnUntouchedJournal) {
  const auto entries = journal();
  EXPECT_TRUE(check(entries, 5, entries.back().hash).has_value());
}

// Computed by another program (Python's hashlib.blake2b over the encoding that the header describes): whoever checks a
// journal without us gets the same hash.
TEST(Chain, HashesAsTheHeaderSays) {
  Entry entry;
  entry.at = Instant(std::chrono::milliseconds(1'772'442'000'000));
  entry.routed = true;
  entry.body = R"([["cs","1",0,2]])";
  EXPECT_EQ(to_hex(entry_hash(Hash{}, entry.view())),
            "a68fc2bcb97f8bf572ef8cb9338006a7d752e5909af176d9c91cd5e8fd06e9e2");
}

TEST(ContentHash, KnowsWhereATextEnds) {
  const std::vector<std::string_view> texts{"ab", "c"}, moved{"a", "bc"}, fewer{"ab"};
  EXPECT_EQ(content_hash(texts), content_hash(texts));
  EXPECT_NE(content_hash(texts), content_hash(moved));
  EXPECT_NE(content_hash(texts), content_hash(fewer));
}

struct Tampering {
  std::string name;
  std::function<void(std::vector<Entry>&)> change;
};

class ChainTampering : public testing::TestWithParam<Tampering> {};

TEST_P(ChainTampering, IsFound) {
  auto entries = journal();
  const Hash head = entries.back().hash;
  GetParam().change(entries);
  EXPECT_EQ(check(entries, 5, head).error().code, ErrorCode::corrupt);
}

INSTANTIATE_TEST_SUITE_P(All, ChainTampering,
                         testing::Values(Tampering{"body", [](auto& e) { e[2].body[3] = 'x'; }},
                                         Tampering{"actor", [](auto& e) { e[2].actor = "een ander"; }},
                                         Tampering{"moment", [](auto& e) { e[2].at += std::chrono::milliseconds(1); }},
                                         Tampering{"kind", [](auto& e) { e[2].kind = "CancelCasus"; }},
                                         Tampering{"key", [](auto& e) { e[2].key += "x"; }},
                                         Tampering{"routed", [](auto& e) { e[2].routed = true; }},
                                         Tampering{"casus", [](auto& e) { e[2].casus = CasusId{13}; }},
                                         Tampering{"hash", [](auto& e) { e[2].hash[0] ^= 1; }},
                                         Tampering{"byte_moved_between_fields",
                                                   [](auto& e) {
                                                     e[2].kind += e[2].key.front();
                                                     e[2].key.erase(0, 1);
                                                   }},
                                         Tampering{"removed", [](auto& e) { e.erase(e.begin() + 2); }},
                                         Tampering{"removed_and_renumbered",
                                                   [](auto& e) {
                                                     e.erase(e.begin() + 2);
                                                     for (std::size_t i = 0; i < e.size(); ++i) e[i].sequence = i + 1;
                                                   }},
                                         Tampering{"swapped", [](auto& e) { std::swap(e[2], e[3]); }},
                                         Tampering{"tail_cut", [](auto& e) { e.pop_back(); }},
                                         Tampering{"added", [](auto& e) { e.push_back(e.back()); }},
                                         Tampering{"rewritten_from_the_middle",
                                                   [](auto& e) {
                                                     e[2].actor = "een ander";
                                                     Hash previous = e[1].hash;
                                                     for (std::size_t i = 2; i < e.size(); ++i) {
                                                       e[i].hash = previous = entry_hash(previous, e[i].view());
                                                     }
                                                   }}),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace draad::privacy
