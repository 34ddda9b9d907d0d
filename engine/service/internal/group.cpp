#include "engine/service/internal/group.h"

#include <algorithm>

#include "engine/execute/json.h"
#include "engine/privacy/chain.h"
#include "engine/service/internal/pending_items.h"

namespace draad::service {

namespace {

using execute::Command;
using store::PendingItem;
using store::PendingKind;

constexpr std::uint32_t kIdsPerReservation = 64;
constexpr std::size_t kTextMost = 1000;  // Bytes of an actor or a key.

Error wrong(std::string message, CasusId casus = {}) {
  return {ErrorCode::invalid, std::move(message), casus ? std::to_string(casus.value) : ""};
}

Result<Done> check(const Request& request) {
  const Command& command = request.command;
  if (command.actor.empty()) return wrong("Expected a command that says who gives it, but the actor is empty");
  if (command.idempotency_key.empty()) return wrong("Expected a command with an idempotency key, but it is empty");
  if (command.actor.size() > kTextMost || command.idempotency_key.size() > kTextMost) {
    return Error{ErrorCode::limit, "Expected an actor and a key of at most 1,000 bytes each, but one is longer", ""};
  }
  return Done{};
}

Facts* facts_of(execute::CommandBody& body) {
  return std::visit(
      [](auto& content) -> Facts* {
        if constexpr (requires { content.facts; }) {
          return &content.facts;
        } else {
          return nullptr;
        }
      },
      body);
}

store::CasusStatus status_of(const execute::CasusState& state) {
  switch (state.status) {
    case execute::CasusStatus::fresh:
    case execute::CasusStatus::running:
      return store::CasusStatus::open;
    case execute::CasusStatus::cancelled:
      return store::CasusStatus::cancelled;
    case execute::CasusStatus::completed:
    case execute::CasusStatus::ended_by_error:
      return store::CasusStatus::completed;
  }
  return store::CasusStatus::open;
}

Result<Answer> repeated(const store::JournalEntry& entry, const Command& command) {
  // A message that started a casus stands in the journal as that start.
  const bool started = entry.kind == "StartCasus" && std::holds_alternative<execute::CorrelateMessage>(command.body);
  if (entry.kind != kind_of(command.body) && !started) {
    return Error{ErrorCode::conflict,
                 "Expected a new idempotency key, but it was used for " + entry.kind + " before, and this is " +
                     std::string(kind_of(command.body)),
                 std::to_string(entry.casus.value)};
  }
  Answer answer;
  answer.casus = entry.casus;
  answer.sequence = entry.sequence;
  answer.at = entry.at;
  answer.repeated = true;
  DRAAD_TRY(answer.events, execute::decode_events(entry.body));
  return answer;
}

}  // namespace

std::string_view kind_of(const execute::CommandBody& body) {
  return std::visit(Overloaded{
                        [](const execute::StartCasus&) { return "StartCasus"; },
                        [](const execute::CompleteTask&) { return "CompleteTask"; },
                        [](const execute::ClaimTask&) { return "ClaimTask"; },
                        [](const execute::AcceptReferral&) { return "AcceptReferral"; },
                        [](const execute::RefuseReferral&) { return "RefuseReferral"; },
                        [](const execute::WithdrawReferral&) { return "WithdrawReferral"; },
                        [](const execute::ThrowFromTask&) { return "ThrowFromTask"; },
                        [](const execute::FailTask&) { return "FailTask"; },
                        [](const execute::FireDueTimers&) { return "FireDueTimers"; },
                        [](const execute::CorrelateMessage&) { return "CorrelateMessage"; },
                        [](const execute::BroadcastSignal&) { return "BroadcastSignal"; },
                        [](const execute::SetFacts&) { return "SetFacts"; },
                        [](const execute::ActivateAdHoc&) { return "ActivateAdHoc"; },
                        [](const execute::CompleteAdHoc&) { return "CompleteAdHoc"; },
                        [](const execute::RetryIncident&) { return "RetryIncident"; },
                        [](const execute::CancelCasus&) { return "CancelCasus"; },
                    },
                    body);
}

Result<Answer> Group::decide(const Request& request) {
  DRAAD_TRY_DONE(check(request));
  following_.clear();
  DRAAD_TRY(const Answer answer, route(request.command, &request));
  follow();
  return answer;
}

Result<Answer> Group::route(const Command& command, const Request* request) {
  if (std::holds_alternative<execute::StartCasus>(command.body)) {
    if (command.casus) return wrong("Expected a start without a casus number, but it has one", command.casus);
    return start(command, request, request == nullptr ? "" : request->release);
  }
  if (command.casus) return on_casus(command.casus, command, request, false);
  if (request != nullptr && !request->personal.empty()) {
    return wrong("Expected personal values only with a command on one casus, but this one must be routed");
  }
  if (const auto* message = std::get_if<execute::CorrelateMessage>(&command.body)) return correlate(command, *message);
  if (const auto* signal = std::get_if<execute::BroadcastSignal>(&command.body)) {
    return broadcast(command, *signal, CasusId{});
  }
  return wrong("Expected the number of a casus, but there is none");
}

Result<Answer> Group::start(const Command& command, const Request* request, const std::string& version) {
  DRAAD_TRY(const std::optional<Answer> first, first_routed_answer(command));
  if (first) return *first;
  DRAAD_TRY(const store::ReleaseRecord release, workshop_.releases.find(version));
  Held held;
  DRAAD_TRY(held.now.release, workshop_.releases.compiled(release.id, workshop_.store));
  DRAAD_TRY(held.now.record.id, new_id());
  held.now.record.release = release.id;
  held.now.record.process_id = std::get<execute::StartCasus>(command.body).process_id;
  held.now.state = std::make_shared<execute::CasusState>();
  held.next_reference = 1;
  Command start = command;
  start.casus = held.now.record.id;
  DRAAD_TRY(const Answer answer, apply(held, std::move(start), request, true));
  workshop_.memory.keep(answer.casus, std::move(held));
  return answer;
}

Result<Answer> Group::on_casus(CasusId casus, const Command& command, const Request* request, bool routed) {
  DRAAD_TRY(Held* const held, load(casus));
  if (std::ranges::find(held->keys, key_hash(command.idempotency_key)) != held->keys.end()) {
    DRAAD_TRY(const std::optional<Answer> first, first_answer(casus, command));
    if (first) return *first;
  }
  Command addressed = command;
  addressed.casus = casus;
  if (std::holds_alternative<execute::FireDueTimers>(command.body)) {
    // Firing twice is harmless: the second time nothing is due. Its key only has to be its own.
    addressed.idempotency_key = "klok/" + std::to_string(held->now.record.revision + 1);
  }
  return apply(*held, std::move(addressed), request, routed);
}

Result<Answer> Group::apply(Held& held, Command command, const Request* request, bool routed) {
  const bool says_when = workshop_.options.take_time_of_request && command.at > Instant{};
  // A journal never runs backwards, also when the clock does.
  command.at = std::max(says_when ? command.at : workshop_.clock.now(), held.last_at);
  const std::uint64_t reference_before = held.next_reference;
  DRAAD_TRY(std::vector<store::VaultItem> vault, seal(held, command, request));
  const execute::Surroundings surroundings{*held.now.release, workshop_.calendar, workshop_.rules,
                                           workshop_.options.decide};
  Result<execute::Decision> decided = execute::decide(*held.now.state, command, surroundings);
  if (!decided || decided->events.empty()) {
    held.next_reference = reference_before;
    if (reference_before <= 1) held.vault_key.reset();  // It may be a new key that nobody will keep.
    if (!decided) return std::move(decided).error();
    Answer nothing;
    nothing.casus = command.casus;
    nothing.at = command.at;
    return nothing;
  }

  execute::Decision decision = std::move(decided).value();
  store::CasusCommit commit;
  store::CasusRecord& record = commit.casus;
  record = held.now.record;
  ++record.revision;
  record.status = status_of(decision.after);
  record.due_at = decision.after.is_over() ? std::nullopt : execute::next_due(decision.after);
  commit.due_changed = record.due_at != held.now.record.due_at;
  store::JournalEntry& entry = commit.entry;
  entry.casus = record.id;
  entry.sequence = record.revision;
  entry.at = command.at;
  entry.actor = command.actor;
  entry.kind = kind_of(command.body);
  entry.idempotency_key = command.idempotency_key;
  entry.routed = routed;
  entry.body = execute::encode(std::span<const execute::Event>(decision.events));
  entry.hash = record.head =
      privacy::entry_hash(held.now.record.head, {entry.casus, entry.sequence, entry.at, entry.routed, entry.actor,
                                                 entry.kind, entry.idempotency_key, entry.body});
  commit.vault = std::move(vault);
  std::vector<PendingItem> pending = pending_items(record.id, decision.after, *held.now.release);
  commit.pending = changes(held.pending, pending);
  for (PendingItem& item : passing_deliveries(record.id, decision.after, decision.events)) {
    commit.pending.push_back(std::move(item));
  }

  held.now.record = record;
  held.now.state = std::make_shared<const execute::CasusState>(std::move(decision.after));
  held.last_at = command.at;
  held.keys.push_back(key_hash(entry.idempotency_key));
  held.pending = std::move(pending);
  touched_.push_back(record.id);
  take_thrown(held, commit, decision.events);
  take_buffered(held, commit);
  batch_.commits.push_back(std::move(commit));

  Answer answer;
  answer.casus = record.id;
  answer.sequence = record.revision;
  answer.at = command.at;
  answer.events = std::move(decision.events);
  return answer;
}

Result<std::vector<store::VaultItem>> Group::seal(Held& held, Command& command, const Request* request) {
  std::vector<store::VaultItem> items;
  if (request == nullptr || request->personal.empty()) return items;
  Facts* facts = facts_of(command.body);
  if (facts == nullptr) {
    return wrong("Expected personal values only with a command that brings facts, but this one cannot", command.casus);
  }
  if (held.next_reference == 0) {
    DRAAD_TRY(const std::vector<store::VaultItem> known, workshop_.store.vault(command.casus));
    held.next_reference = 1;
    for (const store::VaultItem& item : known) {
      held.next_reference = std::max(held.next_reference, item.reference + 1);
      if (item.reference == 0) {
        DRAAD_TRY(privacy::CasusKey key, workshop_.master_key.unwrap(command.casus, item.sealed));
        held.vault_key.emplace(std::move(key));
      }
    }
  }
  if (!held.vault_key) {
    held.vault_key.emplace(workshop_.master_key.new_casus_key(command.casus, workshop_.random));
    items.push_back({0, 0, workshop_.master_key.wrap(*held.vault_key, workshop_.random)});
  }
  for (const PersonalValue& value : request->personal) {
    const std::uint64_t reference = held.next_reference++;
    items.push_back({reference, static_cast<std::uint8_t>(value.data_class),
                     held.vault_key->seal(reference, value.data_class, value.text, workshop_.random)});
    facts->insert_or_assign(value.fact, vault_reference(reference));
  }
  return items;
}

Result<Held*> Group::load(CasusId casus) {
  if (Held* held = workshop_.memory.find(casus)) return held;
  DRAAD_TRY(Held loaded, load_casus(workshop_.store, workshop_.releases, casus));
  ++workshop_.loads;
  Held& held = workshop_.memory.keep(casus, std::move(loaded));
  workshop_.memory.make_visible({casus});
  return &held;
}

Result<CasusId> Group::new_id() {
  if (workshop_.next_id > workshop_.last_id || !workshop_.next_id) {
    DRAAD_TRY(workshop_.next_id, workshop_.store.reserve_casus_ids(kIdsPerReservation));
    workshop_.last_id = CasusId{workshop_.next_id.value + kIdsPerReservation - 1};
  }
  return CasusId{workshop_.next_id.value++};
}

Result<std::optional<Answer>> Group::first_answer(CasusId casus, const Command& command) {
  for (const store::CasusCommit& commit : batch_.commits) {
    if (commit.entry.casus == casus && commit.entry.idempotency_key == command.idempotency_key) {
      DRAAD_TRY(Answer answer, repeated(commit.entry, command));
      return std::optional(std::move(answer));
    }
  }
  DRAAD_TRY(const std::optional<store::JournalEntry> entry, workshop_.store.find_key(casus, command.idempotency_key));
  if (!entry) return std::optional<Answer>();  // Two keys with the same hash.
  DRAAD_TRY(Answer answer, repeated(*entry, command));
  return std::optional(std::move(answer));
}

Result<std::optional<Answer>> Group::first_routed_answer(const Command& command) {
  std::optional<store::JournalEntry> entry;
  for (const store::CasusCommit& commit : batch_.commits) {
    if (commit.entry.routed && commit.entry.idempotency_key == command.idempotency_key) entry = commit.entry;
  }
  if (!entry) {
    DRAAD_TRY(entry, workshop_.store.find_routed(command.idempotency_key));
  }
  if (!entry) return std::optional<Answer>();
  DRAAD_TRY(Answer answer, repeated(*entry, command));
  return std::optional(std::move(answer));
}

std::optional<Instant> Group::earliest_due() const {
  std::optional<Instant> earliest;
  for (const store::CasusCommit& commit : batch_.commits) {
    const std::optional<Instant>& due = commit.casus.due_at;
    if (commit.due_changed && due && (!earliest || *due < *earliest)) earliest = due;
  }
  return earliest;
}

Result<Done> Group::commit() {
  Result<Done> done = batch_.empty() ? Result<Done>(Done{}) : workshop_.store.commit(batch_);
  if (done) {
    workshop_.memory.make_visible(touched_);
  } else {
    for (const CasusId casus : touched_) workshop_.memory.forget(casus);
  }
  return done;
}

}  // namespace draad::service
