// Whole runs of the national workflow, durable, per second: every scenario of it is played once and its commands noted;
// then clients play them again and again, each on a casus of its own, through the live engine on SQLite. A run is one
// casus from its signal to where the vignette leaves it. Rules answer what they answered the first time (looked up by
// their facts).
//   national_bench [--seconds S] [--rounds N]

#include <deque>

#include "engine/app/national_rules.h"
#include "engine/rehearsal/runner.h"
#include "tests/bench/keeping.h"

namespace draad::bench {
namespace {

// Answers as the first time. Filled while recording, read only afterwards.
class RememberedRules final : public execute::RulePort {
 public:
  Result<execute::RuleAnswer> answer(std::string_view rule, const Facts& facts) const override {
    const std::string key = std::string(rule) + to_json(facts).dump();
    if (source != nullptr) {
      Result<execute::RuleAnswer> fresh = source->answer(rule, facts);
      if (fresh) answers_.insert_or_assign(key, *fresh);
      return fresh;
    }
    const auto found = answers_.find(key);
    if (found != answers_.end()) return found->second;
    return Error{ErrorCode::not_found, "Expected an answer that was given before, but there is none",
                 std::string(rule)};
  }
  Result<Facts> run_script(std::string_view format, std::string_view script, const Facts& facts) const override {
    if (source != nullptr) return source->run_script(format, script, facts);
    return Error{ErrorCode::unsupported, "Expected a workflow without scripts", ""};
  }

  const execute::RulePort* source = nullptr;  // While recording.

 private:
  mutable std::map<std::string, execute::RuleAnswer> answers_;
};

struct Recording {
  std::string name;
  std::vector<service::Request> requests;  // The casus is filled in when they are played.
};

class RecordingStage final : public rehearsal::Stage {
 public:
  RecordingStage(service::Engine& engine, Recording& recording, std::string release)
      : engine_(engine), recording_(recording), release_(std::move(release)) {}

  Result<std::vector<execute::Event>> play(const execute::Command& command,
                                           std::span<const casework::PersonalValue> personal) override {
    service::Request request;
    request.command = command;
    request.command.casus = casus_;
    request.command.idempotency_key = recording_.name + "-" + std::to_string(++count_);
    request.release = release_;
    for (const casework::PersonalValue& value : personal) {
      request.personal.push_back({rehearsal::reference_fact(value.field), value.data_class, value.text});
    }
    DRAAD_TRY(const service::Answer answer, engine_.submit(request));
    if (!casus_) casus_ = answer.casus;
    recording_.requests.push_back(std::move(request));
    DRAAD_TRY(const service::CasusView view, engine_.casus(casus_));
    state_ = view.state;
    DRAAD_TRY(const std::vector<service::JournalLine> lines, engine_.journal(casus_, sequence_));
    std::vector<execute::Event> events;
    for (const service::JournalLine& line : lines) {
      sequence_ = line.entry.sequence;
      events.insert(events.end(), line.events.begin(), line.events.end());
    }
    return events;
  }
  const execute::CasusState& state() const override { return *state_; }
  bool routes_messages() const override { return true; }

 private:
  service::Engine& engine_;
  Recording& recording_;
  std::string release_;
  CasusId casus_;
  std::uint64_t sequence_ = 0;
  std::uint64_t count_ = 0;
  std::shared_ptr<const execute::CasusState> state_ = std::make_shared<const execute::CasusState>();
};

void open(Machine& machine, std::unique_ptr<store::Store> store, const RememberedRules& rules) {
  std::array<std::uint8_t, privacy::Secret::kBytes> key{};
  service::EngineParts parts{
      std::move(store), &machine.clock, &machine.random, privacy::MasterKey(privacy::Secret(key)), compile, {}, &rules};
  machine.engine = must(service::Engine::open(std::move(parts), {.fire_timers = false, .take_time_of_request = true}));
}

std::vector<store::ReleaseFile> files_of(const rehearsal::WorkflowSet& workflows) {
  std::vector<store::ReleaseFile> files;
  for (const rehearsal::WorkflowBytes& file : workflows.files) files.push_back({file.path, file.content});
  return files;
}

void play(service::Engine& engine, const Recording& recording, std::uint64_t run) {
  CasusId casus;
  for (service::Request request : recording.requests) {
    request.command.casus = casus;
    request.command.idempotency_key += "/" + std::to_string(run);
    request.release.clear();
    const service::Answer answer = must(engine.submit(std::move(request)));
    if (!casus) casus = answer.casus;
  }
}

int run(double seconds, int rounds) {
  RememberedRules rules;
  const app::NationalRules national;
  std::vector<Recording> recordings;
  std::vector<store::ReleaseFile> files;
  const std::filesystem::path folder = std::filesystem::path(DRAAD_SOURCE_DIR) / "workflows/landelijk/scenarios";
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".scenario") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  for (const std::filesystem::path& path : paths) {
    std::vector<std::unique_ptr<Machine>> machines;
    std::deque<Recording> played;  // The stages hold on to their own.
    rehearsal::FilePlay how;
    how.rules = &national;
    how.stage = [&](const rehearsal::Scenario& scenario, const rehearsal::WorkflowSet& workflows,
                    const execute::RulePort& scripted) -> Result<std::unique_ptr<rehearsal::Stage>> {
      rules.source = &scripted;
      files = files_of(workflows);
      Machine& machine = *machines.emplace_back(std::make_unique<Machine>());
      open(machine, store::make_memory_store(), rules);
      must(machine.engine->publish("1", files, "bench"));
      Recording& recording = played.emplace_back(Recording{path.stem().string() + "/" + scenario.name, {}});
      return std::unique_ptr<rehearsal::Stage>(std::make_unique<RecordingStage>(*machine.engine, recording, "1"));
    };
    const rehearsal::FileOutcome outcome = rehearsal::play_file(path, how);
    machines.clear();
    rules.source = nullptr;
    if (!outcome.faults.empty()) {
      std::printf("left out: %s (%s)\n", path.filename().c_str(), outcome.faults.front().c_str());
      continue;
    }
    for (Recording& recording : played) recordings.push_back(std::move(recording));
  }
  if (recordings.empty()) return 1;

  std::size_t commands = 0;
  for (const Recording& recording : recordings) commands += recording.requests.size();
  const double per_run = static_cast<double>(commands) / static_cast<double>(recordings.size());
  const draad::test::TemporaryFolder place;
  std::uint64_t writes = 0;
  Machine machine;
  open(machine, must(store::open_sqlite_store(place.file("draad.db"), {.write_count = &writes})), rules);
  must(machine.engine->publish("1", files, "bench"));
  std::printf(
      "\n%zu courses of the national workflow (its vignettes and their variants), %.1f commands each; LIMIT_FSYNC %.3f "
      "ms\n",
      recordings.size(), per_run, fsync_seconds(place.file("fsync")) * 1000);
  std::printf("%8s %12s %12s %16s\n", "clients", "runs/s", "commands/s", "cpu ms per run");
  std::atomic<std::uint64_t> next{0};
  for (const int clients : {1, 64}) {
    std::vector<double> rates, costs;
    for (int round = 0; round < rounds; ++round) {
      const Rate rate = closed_loop(clients, seconds, [&](int) -> std::function<void()> {
        return [&] {
          const std::uint64_t number = next++;
          play(*machine.engine, recordings[number % recordings.size()], number);
        };
      });
      rates.push_back(rate.per_second);
      costs.push_back(rate.processor_us / 1000);
    }
    std::printf("%8d %12.1f %12.0f %16.2f\n", clients, median(rates), median(rates) * per_run, median(costs));
  }
  const service::Counters counters = machine.engine->counters();
  std::printf("SQL writes per kept command: %.2f (goal: at most 4)\n",
              static_cast<double>(writes) / static_cast<double>(counters.commands));
  return 0;
}

}  // namespace
}  // namespace draad::bench

int main(int count, char** words) {
  double seconds = 2;
  int rounds = 3;
  for (int index = 1; index + 1 < count; index += 2) {
    if (std::string(words[index]) == "--seconds") seconds = std::atof(words[index + 1]);
    if (std::string(words[index]) == "--rounds") rounds = std::atoi(words[index + 1]);
  }
  return draad::bench::run(seconds, rounds);
}
