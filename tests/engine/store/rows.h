// tests/engine/store/rows.h
//
// Rows to write, short to say in a test. The store does not look into hashes and bodies, so these are made up.
#pragma once

#include "engine/store/store.h"

namespace draad::store::test {

inline Instant moment(std::int64_t seconds) {
  return Instant(std::chrono::seconds(1'772'442'000 + seconds));
}

inline Hash hash_of(std::uint64_t casus, std::uint64_t sequence) {
  Hash hash{};
  for (std::size_t index = 0; index < hash.size(); ++index) {
    hash[index] = static_cast<std::uint8_t>(casus * 31 + sequence * 7 + index);
  }
  return hash;
}

// Command `sequence` of a casus; the first makes it.
inline CasusCommit commit(std::uint64_t casus, std::uint64_t sequence) {
  CasusCommit commit;
  commit.casus.id = CasusId{casus};
  commit.casus.revision = sequence;
  commit.casus.release = ReleaseId{1};
  commit.casus.process_id = "landelijk";
  commit.casus.head = hash_of(casus, sequence);
  commit.entry.casus = CasusId{casus};
  commit.entry.sequence = sequence;
  commit.entry.at = moment(static_cast<std::int64_t>(sequence));
  commit.entry.actor = "aandachtsfunctionaris-1";
  commit.entry.kind = sequence == 1 ? "StartCasus" : "CompleteTask";
  commit.entry.idempotency_key = "sleutel-" + std::to_string(casus) + "-" + std::to_string(sequence);
  commit.entry.routed = sequence == 1;
  commit.entry.body = R"([["ft",1,0,12]])";
  commit.entry.hash = commit.casus.head;
  return commit;
}

inline Batch batch(std::vector<CasusCommit> commits) {
  Batch batch;
  batch.commits = std::move(commits);
  return batch;
}

inline PendingItem waiting(std::uint64_t casus, std::uint64_t owner, std::string name, std::string correlation) {
  PendingItem item;
  item.casus = CasusId{casus};
  item.owner = owner;
  item.name = std::move(name);
  item.correlation = std::move(correlation);
  return item;
}

inline BufferedMessage message(std::string name, std::string correlation, std::string key, std::int64_t seconds) {
  BufferedMessage message;
  message.name = std::move(name);
  message.correlation = std::move(correlation);
  message.actor = "adapter-zgw";
  message.idempotency_key = std::move(key);
  message.body = "{}";
  message.received_at = moment(seconds);
  message.expires_at = moment(seconds + 60);
  return message;
}

}  // namespace draad::store::test
