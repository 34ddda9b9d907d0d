// tests/engine/service/workshop.h
//
// Everything a test needs to run an engine: small workflows, a clock that can be turned, randomness that repeats,
// requests that are short to say.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <mutex>

#include "engine/bpmn/compile.h"
#include "engine/service/engine.h"
#include "engine/store/memory/memory_store.h"
#include "engine/store/sqlite/sqlite_store.h"
#include "tests/support/temporary_folder.h"

namespace draad::service::test {

class TurnedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return Instant(std::chrono::milliseconds(now_.load())); }
  void turn(std::chrono::milliseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_{1'772'442'000'000};  // 2026-03-02 10:00 in Amsterdam.
};

class CountingRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override {
    const std::lock_guard lock(mutex_);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>((next_++ * 0x9e3779b97f4a7c15u) >> 33);
  }

 private:
  std::mutex mutex_;
  std::uint64_t next_ = 1;
};

inline Result<std::shared_ptr<const execute::Release>> compile(const std::string& version,
                                                               std::span<const store::ReleaseFile> files) {
  std::vector<std::shared_ptr<const graph::WorkflowGraph>> graphs;
  for (const store::ReleaseFile& file : files) {
    const bpmn::Model model = bpmn::load(file.content);
    for (const Finding& finding : model.findings) {
      if (finding.severity == Severity::error || finding.severity == Severity::fatal) {
        return Error{ErrorCode::invalid, finding.message_en, file.path};
      }
    }
    graphs.insert(graphs.end(), model.graphs.begin(), model.graphs.end());
  }
  const execute::ReleaseOutcome outcome = execute::make_release(version, graphs);
  if (outcome.release == nullptr) return Error{ErrorCode::invalid, outcome.findings.front().message_en, version};
  return outcome.release;
}

inline std::string definitions(const std::string& content) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:draad="urn:rode-draad:bpmn:1" id="d" targetNamespace="test">)" +
         content + "</definitions>";
}

// Two steps, one after the other, by two roles.
inline const std::string kTwoSteps = definitions(R"(
<process id="twee" isExecutable="true">
  <startEvent id="begin"/><sequenceFlow id="f1" sourceRef="begin" targetRef="a"/>
  <userTask id="a" draad:rol="AFM"/><sequenceFlow id="f2" sourceRef="a" targetRef="b"/>
  <userTask id="b" draad:rol="ZCO"/><sequenceFlow id="f3" sourceRef="b" targetRef="eind"/>
  <endEvent id="eind"/>
</process>)");

// A step that comes back for as long as `weer` is true.
inline const std::string kLoop = definitions(R"(
<process id="rondje" isExecutable="true">
  <startEvent id="begin"/><sequenceFlow id="f1" sourceRef="begin" targetRef="samen"/>
  <exclusiveGateway id="samen"/><sequenceFlow id="f2" sourceRef="samen" targetRef="a"/>
  <userTask id="a" draad:rol="AFM"/><sequenceFlow id="f3" sourceRef="a" targetRef="kies"/>
  <exclusiveGateway id="kies" default="f5"/>
  <sequenceFlow id="f4" sourceRef="kies" targetRef="samen"><conditionExpression>weer = true</conditionExpression></sequenceFlow>
  <sequenceFlow id="f5" sourceRef="kies" targetRef="eind"/>
  <endEvent id="eind"/>
</process>)");

// Waits for a time, then for a person.
inline const std::string kTimer = definitions(R"(
<process id="wachten" isExecutable="true">
  <startEvent id="begin"/><sequenceFlow id="f1" sourceRef="begin" targetRef="klok"/>
  <intermediateCatchEvent id="klok"><timerEventDefinition><timeDuration>=wachttijd</timeDuration></timerEventDefinition></intermediateCatchEvent>
  <sequenceFlow id="f2" sourceRef="klok" targetRef="a"/>
  <userTask id="a" draad:rol="AFM"/><sequenceFlow id="f3" sourceRef="a" targetRef="eind"/>
  <endEvent id="eind"/>
</process>)");

// One waits for a decision about its own number, one sends such a decision, one begins with a message.
inline const std::string kMessages = definitions(R"(
<message id="m_besluit" name="besluit"/><message id="m_melding" name="melding"/>
<process id="wacht_op_besluit" isExecutable="true">
  <startEvent id="w1"/><sequenceFlow id="wf1" sourceRef="w1" targetRef="w2"/>
  <intermediateCatchEvent id="w2" draad:correlatie="zaak"><messageEventDefinition messageRef="m_besluit"/></intermediateCatchEvent>
  <sequenceFlow id="wf2" sourceRef="w2" targetRef="w3"/>
  <userTask id="w3" draad:rol="AFM"/><sequenceFlow id="wf3" sourceRef="w3" targetRef="w4"/><endEvent id="w4"/>
</process>
<process id="stuurt_besluit" isExecutable="true">
  <startEvent id="s1"/><sequenceFlow id="sf1" sourceRef="s1" targetRef="s2"/>
  <intermediateThrowEvent id="s2" draad:correlatie="zaak"><messageEventDefinition messageRef="m_besluit"/></intermediateThrowEvent>
  <sequenceFlow id="sf2" sourceRef="s2" targetRef="s3"/>
  <userTask id="s3" draad:rol="AFM"/><sequenceFlow id="sf3" sourceRef="s3" targetRef="s4"/><endEvent id="s4"/>
</process>
<process id="op_melding" isExecutable="true">
  <startEvent id="o1"><messageEventDefinition messageRef="m_melding"/></startEvent>
  <sequenceFlow id="of1" sourceRef="o1" targetRef="o2"/>
  <userTask id="o2" draad:rol="AFM"/><sequenceFlow id="of2" sourceRef="o2" targetRef="o3"/><endEvent id="o3"/>
</process>)");

// Two listen to a signal of the municipality, a third gives it.
inline const std::string kSignals = definitions(R"(
<signal id="s_alarm" name="alarm"/>
<process id="luistert" isExecutable="true">
  <startEvent id="l1"/><sequenceFlow id="lf1" sourceRef="l1" targetRef="l2"/>
  <intermediateCatchEvent id="l2" draad:bereik="gemeente"><signalEventDefinition signalRef="s_alarm"/></intermediateCatchEvent>
  <sequenceFlow id="lf2" sourceRef="l2" targetRef="l3"/><endEvent id="l3"/>
</process>
<process id="roept" isExecutable="true">
  <startEvent id="r1"/><sequenceFlow id="rf1" sourceRef="r1" targetRef="r2"/>
  <intermediateThrowEvent id="r2" draad:bereik="gemeente"><signalEventDefinition signalRef="s_alarm"/></intermediateThrowEvent>
  <sequenceFlow id="rf2" sourceRef="r2" targetRef="r3"/><endEvent id="r3"/>
</process>)");

// A memory store that shows each batch to the test before it is written, and fails when the test says so.
class WatchedStore final : public store::Store {
 public:
  using Watch = std::function<std::optional<Error>(const store::Batch&)>;
  explicit WatchedStore(Watch watch) : watch_(std::move(watch)) {}

  Result<Done> commit(const store::Batch& batch) override {
    if (std::optional<Error> error = watch_(batch)) return *std::move(error);
    return inner_->commit(batch);
  }
  Result<std::unique_ptr<store::Reader>> open_reader() override { return inner_->open_reader(); }
  Result<CasusId> reserve_casus_ids(std::uint32_t count) override { return inner_->reserve_casus_ids(count); }
  Result<store::ReleaseRecord> publish(const store::ReleaseRecord& release,
                                       std::span<const store::ReleaseFile> files) override {
    return inner_->publish(release, files);
  }
  Result<Done> set_note(std::string_view name, std::string_view text) override { return inner_->set_note(name, text); }
  Result<Done> erase_vault(CasusId casus) override { return inner_->erase_vault(casus); }
  Result<std::optional<store::CasusRecord>> find_casus(CasusId casus) override { return inner_->find_casus(casus); }
  Result<std::vector<store::CasusRecord>> casussen(CasusId after, std::size_t limit) override {
    return inner_->casussen(after, limit);
  }
  Result<store::Totals> totals() override { return inner_->totals(); }
  Result<std::vector<store::JournalEntry>> journal(CasusId casus, std::uint64_t after, std::size_t limit) override {
    return inner_->journal(casus, after, limit);
  }
  Result<std::optional<store::JournalEntry>> find_routed(std::string_view key) override {
    return inner_->find_routed(key);
  }
  Result<std::optional<store::JournalEntry>> find_key(CasusId casus, std::string_view key) override {
    return inner_->find_key(casus, key);
  }
  Result<std::vector<store::DueCasus>> due(std::size_t limit) override { return inner_->due(limit); }
  Result<std::vector<store::PendingItem>> pending(store::PendingKind kind, std::string_view name,
                                                  std::optional<std::string_view> correlation,
                                                  std::size_t limit) override {
    return inner_->pending(kind, name, correlation, limit);
  }
  Result<std::vector<store::PendingItem>> pending_of(CasusId casus) override { return inner_->pending_of(casus); }
  Result<std::vector<store::VaultItem>> vault(CasusId casus) override { return inner_->vault(casus); }
  Result<std::vector<store::BufferedMessage>> buffered(std::string_view name, std::string_view correlation,
                                                       std::size_t limit) override {
    return inner_->buffered(name, correlation, limit);
  }
  Result<std::optional<store::BufferedMessage>> find_buffered(std::string_view key) override {
    return inner_->find_buffered(key);
  }
  Result<std::vector<store::BufferedMessage>> expired(Instant now, std::size_t limit) override {
    return inner_->expired(now, limit);
  }
  Result<std::vector<store::ReleaseRecord>> releases() override { return inner_->releases(); }
  Result<std::vector<store::ReleaseFile>> release_files(store::ReleaseId release) override {
    return inner_->release_files(release);
  }
  Result<std::vector<store::AccessRecord>> accesses(CasusId casus, std::size_t limit) override {
    return inner_->accesses(casus, limit);
  }
  Result<std::optional<std::string>> note(std::string_view name) override { return inner_->note(name); }
  Result<std::vector<std::string>> check_integrity() override { return inner_->check_integrity(); }

 private:
  Watch watch_;
  std::unique_ptr<store::Store> inner_ = store::make_memory_store();
};

inline std::vector<store::ReleaseFile> all_files() {
  return {{"twee.bpmn", kTwoSteps},
          {"rondje.bpmn", kLoop},
          {"wachten.bpmn", kTimer},
          {"berichten.bpmn", kMessages},
          {"signalen.bpmn", kSignals}};
}

inline Request start(const std::string& process, const std::string& key, Facts facts = {}) {
  Request request;
  request.command.actor = "aandachtsfunctionaris-1";
  request.command.idempotency_key = key;
  request.command.body = execute::StartCasus{process, "", std::move(facts)};
  return request;
}

inline Request on(CasusId casus, const std::string& key, execute::CommandBody body) {
  Request request;
  request.command.casus = casus;
  request.command.actor = "aandachtsfunctionaris-1";
  request.command.idempotency_key = key;
  request.command.body = std::move(body);
  return request;
}

// The only task that waits in the casus.
inline execute::ElementKey task_of(const execute::CasusState& state) {
  EXPECT_EQ(state.tasks.size(), 1u);
  return state.tasks.empty() ? 0 : state.tasks.front().element;
}

struct EngineWithClock {
  TurnedClock clock;
  CountingRandom random;
  std::unique_ptr<Engine> engine;

  // `key_byte` makes the master key: the same byte, the same key.
  void open(std::unique_ptr<store::Store> store, EngineOptions options = {}, std::uint8_t key_byte = 7) {
    engine = try_open(std::move(store), options, key_byte).value();
  }
  Result<std::unique_ptr<Engine>> try_open(std::unique_ptr<store::Store> store, EngineOptions options = {},
                                           std::uint8_t key_byte = 7) {
    std::array<std::uint8_t, privacy::Secret::kBytes> bytes{};
    bytes.fill(key_byte);
    EngineParts parts{std::move(store), &clock, &random, privacy::MasterKey(privacy::Secret(bytes)),
                      compile,          {},     nullptr};
    return Engine::open(std::move(parts), options);
  }
  void publish() {
    const auto published = engine->publish("1", all_files(), "beleidsmedewerker-1");
    ASSERT_TRUE(published.has_value()) << published.error().where << ": " << published.error().message;
  }

  Answer ask(Request request) {
    auto answer = engine->submit(std::move(request));
    EXPECT_TRUE(answer.has_value()) << (answer ? "" : answer.error().message);
    return answer ? std::move(answer).value() : Answer{};
  }
  execute::CasusState state(CasusId casus) { return *engine->casus(casus).value().state; }
  Answer complete(CasusId casus, const std::string& key, Facts facts = {}) {
    return ask(on(casus, key, execute::CompleteTask{task_of(state(casus)), "", std::move(facts)}));
  }
};

}  // namespace draad::service::test
