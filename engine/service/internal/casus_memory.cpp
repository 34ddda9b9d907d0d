#include "engine/service/internal/casus_memory.h"

#include "engine/execute/json.h"
#include "engine/privacy/chain.h"
#include "engine/service/internal/pending_items.h"

namespace draad::service {

namespace {

constexpr std::size_t kPage = 1000;  // Entries per read.

std::size_t bytes_of(const Facts& facts) {
  constexpr std::size_t kFact = 160;  // Node, name and value of an ordinary fact.
  return facts.size() * kFact;
}

// About what a casus takes in memory. Counts, not measured: it only has to bound the whole.
std::size_t bytes_of(const Held& held) {
  const execute::CasusState& state = *held.now.state;
  std::size_t bytes = sizeof(Held) + sizeof(state) + held.keys.capacity() * sizeof(std::uint64_t);
  bytes += held.pending.size() * (sizeof(store::PendingItem) + 32);
  bytes += state.elements.size() * sizeof(execute::ElementInstance) + state.tokens.size() * sizeof(execute::FlowTokens);
  bytes += state.tasks.size() * (sizeof(execute::TaskState) + 32) + state.timers.size() * sizeof(execute::TimerState);
  bytes += state.subscriptions.size() * (sizeof(execute::SubscriptionState) + 32);
  bytes += state.incidents.size() * (sizeof(execute::Incident) + 128);
  for (const execute::ScopeInstance& scope : state.scopes) bytes += sizeof(scope) + bytes_of(*scope.facts);
  for (const execute::LoopState& loop : state.loops) {
    bytes += sizeof(loop) + (loop.items.size() + loop.outputs.size()) * sizeof(Value);
  }
  for (const execute::BufferedMessage& message : state.messages) bytes += sizeof(message) + bytes_of(message.facts);
  return bytes;
}

}  // namespace

std::uint64_t key_hash(std::string_view idempotency_key) {
  return std::hash<std::string_view>()(idempotency_key);  // Never stored; a hit is looked up before it counts.
}

Result<Held> load_casus(store::Reader& reader, Releases& releases, CasusId casus) {
  DRAAD_TRY(const std::optional<store::CasusRecord> record, reader.find_casus(casus));
  if (!record) {
    return Error{ErrorCode::not_found, "Expected a casus with this number, but there is none",
                 std::to_string(casus.value)};
  }
  Held held;
  held.now.record = *record;
  DRAAD_TRY(held.now.release, releases.compiled(record->release, reader));
  auto state = std::make_shared<execute::CasusState>();
  privacy::ChainCheck chain(casus);
  held.keys.reserve(record->revision + 8);
  while (chain.sequence() < record->revision) {
    // Not beyond the revision that the row had: a reader may be overtaken by the writer.
    const std::size_t wanted = std::min<std::size_t>(kPage, record->revision - chain.sequence());
    DRAAD_TRY(const std::vector<store::JournalEntry> entries, reader.journal(casus, chain.sequence(), wanted));
    if (entries.empty()) break;
    for (const store::JournalEntry& entry : entries) {
      DRAAD_TRY_DONE(chain.add({entry.casus, entry.sequence, entry.at, entry.routed, entry.actor, entry.kind,
                                entry.idempotency_key, entry.body},
                               entry.hash));
      DRAAD_TRY(const std::vector<execute::Event> events, execute::decode_events(entry.body));
      execute::apply(*state, events);
      held.keys.push_back(key_hash(entry.idempotency_key));
      held.last_at = entry.at;
    }
  }
  DRAAD_TRY_DONE(chain.finish(record->revision, record->head));
  held.now.state = std::move(state);
  DRAAD_TRY(held.pending, reader.pending_of(casus));
  std::erase_if(held.pending, is_passing_delivery);
  return held;
}

Held* CasusMemory::find(CasusId casus) {
  const auto found = rows_.find(casus);
  if (found == rows_.end()) return nullptr;
  used_.splice(used_.begin(), used_, found->second.used);
  return found->second.held.get();
}

Held& CasusMemory::keep(CasusId casus, Held held) {
  forget(casus);
  used_.push_front(casus);
  Row& row = rows_[casus];
  row.held = std::make_unique<Held>(std::move(held));
  row.used = used_.begin();
  return *row.held;
}

void CasusMemory::forget(CasusId casus) {
  const auto found = rows_.find(casus);
  if (found == rows_.end()) return;
  used_.erase(found->second.used);
  {
    const std::lock_guard lock(mutex_);
    views_.erase(casus);
    bytes_ -= found->second.bytes;
  }
  rows_.erase(found);
}

void CasusMemory::make_visible(const std::vector<CasusId>& casussen) {
  const std::lock_guard lock(mutex_);
  for (const CasusId casus : casussen) {
    const auto found = rows_.find(casus);
    if (found == rows_.end()) continue;
    Row& row = found->second;
    views_.insert_or_assign(casus, row.held->now);
    const std::size_t bytes = bytes_of(*row.held);
    bytes_ += bytes - row.bytes;  // Unsigned, and right all the same.
    row.bytes = bytes;
  }
}

void CasusMemory::make_room() {
  while (!used_.empty() && bytes() > bytes_max_) forget(used_.back());
}

std::optional<CasusView> CasusMemory::view(CasusId casus) const {
  const std::lock_guard lock(mutex_);
  const auto found = views_.find(casus);
  if (found == views_.end()) return std::nullopt;
  return found->second;
}

std::size_t CasusMemory::count() const {
  const std::lock_guard lock(mutex_);
  return views_.size();
}

std::size_t CasusMemory::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace draad::service
