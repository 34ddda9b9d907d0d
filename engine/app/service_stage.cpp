#include "engine/app/service_stage.h"

#include <array>
#include <atomic>
#include <filesystem>

#include "engine/bpmn/compile.h"
#include "engine/service/engine.h"
#include "engine/service/system_ports.h"
#include "engine/store/sqlite/sqlite_store.h"

namespace draad::app {
namespace {

class TurnedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return Instant(std::chrono::milliseconds(now_.load())); }
  void turn_to(Instant at) { now_ = at.time_since_epoch().count(); }

 private:
  std::atomic<std::int64_t> now_{0};
};

bool is_workflow(const store::ReleaseFile& file) {
  return file.path.ends_with(".bpmn");
}

Result<std::shared_ptr<const execute::Release>> compile(const std::string& version,
                                                        std::span<const store::ReleaseFile> files) {
  std::vector<std::shared_ptr<const graph::WorkflowGraph>> graphs;
  for (const store::ReleaseFile& file : files) {
    if (!is_workflow(file)) continue;
    bpmn::Model model = bpmn::load(file.content);
    for (const Finding& finding : model.findings) {
      if (finding.severity <= Severity::error) return Error{ErrorCode::invalid, finding.message, file.path};
    }
    graphs.insert(graphs.end(), model.graphs.begin(), model.graphs.end());
  }
  execute::ReleaseOutcome outcome = execute::make_release(version, std::move(graphs));
  if (outcome.release == nullptr) return Error{ErrorCode::invalid, outcome.findings.front().message, version};
  return outcome.release;
}

class ServiceStage final : public rehearsal::Stage {
 public:
  ServiceStage(std::unique_ptr<TurnedClock> clock, std::unique_ptr<service::SystemRandom> random,
               std::unique_ptr<service::Engine> engine, std::string release, std::string keys)
      : clock_(std::move(clock)),
        random_(std::move(random)),
        engine_(std::move(engine)),
        release_(std::move(release)),
        keys_(std::move(keys)),
        state_(std::make_shared<const execute::CasusState>()) {}

  Result<std::vector<execute::Event>> play(const execute::Command& command,
                                           std::span<const casework::PersonalValue> personal) override {
    clock_->turn_to(command.at);
    service::Request request;
    request.command = command;
    request.command.casus = casus_;
    request.command.idempotency_key = keys_ + command.idempotency_key;
    request.release = release_;
    for (const casework::PersonalValue& value : personal) {
      request.personal.push_back({rehearsal::reference_fact(value.field), value.data_class, value.text});
    }
    DRAAD_TRY(service::Answer answer, engine_->submit(std::move(request)));
    if (!casus_) casus_ = answer.casus;
    DRAAD_TRY(const service::CasusView view, engine_->casus(casus_));
    state_ = view.state;
    return everything_new();
  }

  [[nodiscard]] const execute::CasusState& state() const override { return *state_; }
  [[nodiscard]] bool routes_messages() const override { return true; }

 private:
  // The command's own events, and those of whatever it set off in this casus.
  Result<std::vector<execute::Event>> everything_new() {
    DRAAD_TRY(std::vector<service::JournalLine> lines, engine_->journal(casus_, sequence_));
    std::vector<execute::Event> events;
    for (service::JournalLine& line : lines) {
      sequence_ = line.entry.sequence;
      events.insert(events.end(), line.events.begin(), line.events.end());
    }
    return events;
  }

  // The engine uses the clock and the randomness until it is gone.
  std::unique_ptr<TurnedClock> clock_;
  std::unique_ptr<service::SystemRandom> random_;
  std::unique_ptr<service::Engine> engine_;
  std::string release_;
  std::string keys_;
  CasusId casus_;
  std::uint64_t sequence_ = 0;
  std::shared_ptr<const execute::CasusState> state_;
};

Result<std::unique_ptr<rehearsal::Stage>> open(const StoreTarget& target, const std::string& keys,
                                               const rehearsal::Scenario& scenario,
                                               const rehearsal::WorkflowSet& workflows,
                                               const execute::RulePort& rules) {
  auto clock = std::make_unique<TurnedClock>();
  clock->turn_to(scenario.begin);
  auto random = std::make_unique<service::SystemRandom>();
  const bool is_new = !std::filesystem::exists(target.database);
  DRAAD_TRY(privacy::MasterKey key, service::load_master_key(target.database + ".sleutel", is_new, *random));
  DRAAD_TRY(std::unique_ptr<store::Store> store, store::open_sqlite_store(target.database));
  service::EngineParts parts{
      std::move(store), clock.get(), random.get(), std::move(key), compile, rehearsal::calendar_of(scenario), &rules};
  service::EngineOptions options;
  options.fire_timers = false;
  DRAAD_TRY(std::unique_ptr<service::Engine> engine, service::Engine::open(std::move(parts), options));
  std::vector<store::ReleaseFile> files;
  for (const rehearsal::WorkflowBytes& file : workflows.files) files.push_back({file.path, file.content});
  DRAAD_TRY(const store::ReleaseRecord release, engine->publish("proef-" + keys, std::move(files), "systeem"));
  return std::unique_ptr<rehearsal::Stage>(
      std::make_unique<ServiceStage>(std::move(clock), std::move(random), std::move(engine), release.version, keys));
}

}  // namespace

rehearsal::MakeStage on_store(const StoreTarget& target) {
  auto count = std::make_shared<int>(0);
  return [target, count](const rehearsal::Scenario& scenario, const rehearsal::WorkflowSet& workflows,
                         const execute::RulePort& rules) {
    return open(target, target.run + "/" + std::to_string(++*count) + "/", scenario, workflows, rules);
  };
}

std::string random_name() {
  std::array<std::uint8_t, 8> bytes{};
  service::SystemRandom().fill(bytes);
  std::string name;
  for (const std::uint8_t byte : bytes) {
    name += "0123456789abcdef"[byte >> 4];
    name += "0123456789abcdef"[byte & 15];
  }
  return name;
}

}  // namespace draad::app
