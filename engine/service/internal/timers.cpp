#include "engine/service/internal/timers.h"

#include <algorithm>

namespace draad::service {

namespace {

constexpr std::size_t kPerRound = 256;
constexpr std::chrono::seconds kSleepMost{60};  // The machine's clock may be set without anybody telling us.
constexpr std::chrono::seconds kTroubleFirst{1};
constexpr std::chrono::seconds kTroubleMost{300};

}  // namespace

void Timers::start(std::function<void()> each_round) {
  thread_ = std::thread([this, each_round = std::move(each_round)] { run(each_round); });
}

void Timers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Timers::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

void Timers::committed(std::optional<Instant> earliest) {
  if (!earliest) return;
  {
    const std::lock_guard lock(mutex_);
    if (awaited_ && *awaited_ <= *earliest) return;
    woken_ = true;
  }
  changed_.notify_all();
}

Result<std::size_t> Timers::round(std::map<CasusId, Trouble>& troubled, std::optional<Error>& first_error) {
  const Instant now = clock_.now();
  const auto steady_now = std::chrono::steady_clock::now();
  DRAAD_TRY(std::vector<store::DueCasus> due,
            readers_.with([&](store::Reader& reader) { return reader.due(kPerRound + troubled.size()); }));
  std::erase_if(due, [&](const store::DueCasus& row) { return row.due_at > now; });
  std::erase_if(troubled, [&](const auto& trouble) {  // Mended by somebody else.
    return std::ranges::find(due, trouble.first, &store::DueCasus::casus) == due.end();
  });
  std::erase_if(due, [&](const store::DueCasus& row) {
    const auto trouble = troubled.find(row.casus);
    return trouble != troubled.end() && trouble->second.not_before > steady_now;
  });
  if (due.size() > kPerRound) due.resize(kPerRound);
  if (due.empty()) return std::size_t{0};
  const std::vector<Result<Answer>> answers = fire_(due);
  std::size_t fired = 0;
  for (std::size_t index = 0; index < answers.size(); ++index) {
    const bool moved = answers[index].has_value() && !answers[index]->events.empty();
    if (moved) {
      ++fired;
      troubled.erase(due[index].casus);
      continue;
    }
    if (!first_error && !answers[index].has_value()) first_error = answers[index].error();
    Trouble& trouble = troubled[due[index].casus];
    const auto pause =
        std::min<std::chrono::seconds>(kTroubleFirst * (1 << std::min(trouble.attempts, 9)), kTroubleMost);
    trouble.not_before = steady_now + pause;
    ++trouble.attempts;
  }
  return fired;
}

Result<Done> Timers::fire_due() {
  std::map<CasusId, Trouble> troubled;
  std::optional<Error> first_error;
  while (true) {
    const std::size_t troubled_before = troubled.size();
    DRAAD_TRY(const std::size_t fired, round(troubled, first_error));
    if (fired == 0 && troubled.size() == troubled_before) break;
  }
  if (first_error) return *first_error;
  return Done{};
}

void Timers::wait() {
  {
    const std::lock_guard lock(mutex_);
    awaited_.reset();  // From here on every commit of something due wakes, so that none is missed between looking and
                       // sleeping.
  }
  const auto next = readers_.with([&](store::Reader& reader) { return reader.due(troubled_.size() + 1); });
  std::unique_lock lock(mutex_);
  std::chrono::milliseconds pause = kSleepMost;
  if (next) {
    for (const store::DueCasus& row : *next) {
      if (troubled_.contains(row.casus)) continue;
      awaited_ = row.due_at;
      pause = std::clamp<std::chrono::milliseconds>(row.due_at - clock_.now(), std::chrono::milliseconds(0), pause);
      break;
    }
  }
  const auto steady_now = std::chrono::steady_clock::now();
  for (const auto& [casus, trouble] : troubled_) {
    pause = std::clamp<std::chrono::milliseconds>(
        std::chrono::ceil<std::chrono::milliseconds>(trouble.not_before - steady_now), std::chrono::milliseconds(1),
        pause);
  }
  changed_.wait_for(lock, pause, [&] { return stopping_ || woken_; });
}

void Timers::run(const std::function<void()>& each_round) {
  while (true) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      woken_ = false;
      awaited_ = Instant::min();  // It looks by itself now.
    }
    std::optional<Error> ignored;  // Told by the casus itself: it stays due, and its attempts grow further apart.
    const Result<std::size_t> fired = round(troubled_, ignored);
    if (fired && *fired > 0) continue;
    each_round();
    wait();
  }
}

}  // namespace draad::service
