// engine/store/sqlite/internal/reads.h
//
// Everything a reader can ask, over one connection. The store asks through its own connection, so that the writer sees
// what it wrote.
#pragma once

#include "engine/store/sqlite/internal/connection.h"

namespace draad::store::sqlite {

[[nodiscard]] Result<std::optional<CasusRecord>> find_casus(Connection& connection, CasusId casus);
[[nodiscard]] Result<std::vector<CasusRecord>> casussen(Connection& connection, CasusId after, std::size_t limit);
[[nodiscard]] Result<Totals> totals(Connection& connection);
[[nodiscard]] Result<std::vector<JournalEntry>> journal(Connection& connection, CasusId casus, std::uint64_t after,
                                                        std::size_t limit);
[[nodiscard]] Result<std::optional<JournalEntry>> find_routed(Connection& connection, std::string_view idempotency_key);
[[nodiscard]] Result<std::optional<JournalEntry>> find_key(Connection& connection, CasusId casus,
                                                           std::string_view idempotency_key);
[[nodiscard]] Result<std::vector<DueCasus>> due(Connection& connection, std::size_t limit);
[[nodiscard]] Result<std::vector<PendingItem>> pending(Connection& connection, PendingKind kind, std::string_view name,
                                                       std::optional<std::string_view> correlation, std::size_t limit);
[[nodiscard]] Result<std::vector<PendingItem>> pending_of(Connection& connection, CasusId casus);
[[nodiscard]] Result<std::vector<VaultItem>> vault(Connection& connection, CasusId casus);
[[nodiscard]] Result<std::vector<BufferedMessage>> buffered(Connection& connection, std::string_view name,
                                                            std::string_view correlation, std::size_t limit);
[[nodiscard]] Result<std::optional<BufferedMessage>> find_buffered(Connection& connection,
                                                                   std::string_view idempotency_key);
[[nodiscard]] Result<std::vector<BufferedMessage>> expired(Connection& connection, Instant now, std::size_t limit);
[[nodiscard]] Result<std::vector<ReleaseRecord>> releases(Connection& connection);
[[nodiscard]] Result<std::vector<ReleaseFile>> release_files(Connection& connection, ReleaseId release);
[[nodiscard]] Result<std::vector<AccessRecord>> accesses(Connection& connection, CasusId casus, std::size_t limit);
[[nodiscard]] Result<std::optional<std::string>> note(Connection& connection, std::string_view name);
[[nodiscard]] Result<std::vector<std::string>> check_integrity(Connection& connection);

// The port's questions, answered by the functions above.
template <typename Port>
class Reads : public Port {
 public:
  explicit Reads(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

  Result<std::optional<CasusRecord>> find_casus(CasusId casus) override {
    return sqlite::find_casus(*connection_, casus);
  }
  Result<std::vector<CasusRecord>> casussen(CasusId after, std::size_t limit) override {
    return sqlite::casussen(*connection_, after, limit);
  }
  Result<Totals> totals() override { return sqlite::totals(*connection_); }
  Result<std::vector<JournalEntry>> journal(CasusId casus, std::uint64_t after, std::size_t limit) override {
    return sqlite::journal(*connection_, casus, after, limit);
  }
  Result<std::optional<JournalEntry>> find_routed(std::string_view idempotency_key) override {
    return sqlite::find_routed(*connection_, idempotency_key);
  }
  Result<std::optional<JournalEntry>> find_key(CasusId casus, std::string_view idempotency_key) override {
    return sqlite::find_key(*connection_, casus, idempotency_key);
  }
  Result<std::vector<DueCasus>> due(std::size_t limit) override { return sqlite::due(*connection_, limit); }
  Result<std::vector<PendingItem>> pending(PendingKind kind, std::string_view name,
                                           std::optional<std::string_view> correlation, std::size_t limit) override {
    return sqlite::pending(*connection_, kind, name, correlation, limit);
  }
  Result<std::vector<PendingItem>> pending_of(CasusId casus) override {
    return sqlite::pending_of(*connection_, casus);
  }
  Result<std::vector<VaultItem>> vault(CasusId casus) override { return sqlite::vault(*connection_, casus); }
  Result<std::vector<BufferedMessage>> buffered(std::string_view name, std::string_view correlation,
                                                std::size_t limit) override {
    return sqlite::buffered(*connection_, name, correlation, limit);
  }
  Result<std::optional<BufferedMessage>> find_buffered(std::string_view idempotency_key) override {
    return sqlite::find_buffered(*connection_, idempotency_key);
  }
  Result<std::vector<BufferedMessage>> expired(Instant now, std::size_t limit) override {
    return sqlite::expired(*connection_, now, limit);
  }
  Result<std::vector<ReleaseRecord>> releases() override { return sqlite::releases(*connection_); }
  Result<std::vector<ReleaseFile>> release_files(ReleaseId release) override {
    return sqlite::release_files(*connection_, release);
  }
  Result<std::vector<AccessRecord>> accesses(CasusId casus, std::size_t limit) override {
    return sqlite::accesses(*connection_, casus, limit);
  }
  Result<std::optional<std::string>> note(std::string_view name) override { return sqlite::note(*connection_, name); }
  Result<std::vector<std::string>> check_integrity() override { return sqlite::check_integrity(*connection_); }

 protected:
  std::unique_ptr<Connection> connection_;
};

}  // namespace draad::store::sqlite
