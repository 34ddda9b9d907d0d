// Durations, repetitions, dates and moments: whatever is read is written and read back the same, and computing with it
// stays inside the calendar.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/core/calendar.h"
#include "engine/core/value.h"

namespace {

using namespace draad;

void require(bool condition) {
  if (!condition) std::abort();
}

void check_duration(const Duration& duration, Instant at) {
  require(parse_duration(to_string(duration)).value() == duration);
  require(date_of(add(at, duration)).ok());
  require(add(date_of(at), duration).ok());
  require(!to_text(Value(duration)).empty());
  for (const auto kalender : {TermijnKalender::kalender, TermijnKalender::werkdagen}) {
    // Counting working days is a walk; keep it short.
    if (kalender == TermijnKalender::werkdagen && duration.days > 3'000) continue;
    require(date_of(WorkCalendar().term_end(at, duration, kalender)).ok());
  }
}

void check_repetition(const Repetition& repetition, Instant at) {
  require(parse_repetition(to_string(repetition)).value() == repetition);
  std::optional<Instant> previous;
  for (const std::int64_t n : {1, 2, 3, 1'000}) {
    const auto fired = firing(repetition, at, n);
    require(!fired || !previous || *fired >= *previous);
    previous = fired;
  }
  if (const auto next = next_firing(repetition, at, at)) {
    require(next->at > at);
    require(firing(repetition, at, next->n) == next->at);
    require(next->n == 1 || *firing(repetition, at, next->n - 1) <= at);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The first eight bytes are a moment, the rest a text.
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 8 && i < size; ++i) bits = bits * 256 + data[i];
  constexpr std::uint64_t kMilliseconds = 315'537'000'000'000;  // From the first to the last year.
  const Instant at = start_of_day(parse_date("0001-01-01").value()) +
                     std::chrono::milliseconds{static_cast<std::int64_t>(bits % kMilliseconds)};
  const std::string_view text(reinterpret_cast<const char*>(data) + (size > 8 ? 8 : size), size > 8 ? size - 8 : 0);

  require(date_of(at).ok());
  require(start_of_day(date_of(at)) <= at && at < end_of_day(date_of(at)));
  if (const auto duration = parse_duration(text)) check_duration(*duration, at);
  if (const auto repetition = parse_repetition(text)) check_repetition(*repetition, at);
  if (const auto date = parse_date(text)) {
    require(parse_date(to_string(*date)).value() == *date);
    require(date_of(start_of_day(*date)) == *date);
  }
  if (const auto instant = parse_instant(text)) {
    require(parse_instant(to_string(*instant)).value() == *instant);
    require(date_of(*instant).ok());
  }
  if (const auto number = Number::parse(text)) require(Number::parse(number->text()).value() == *number);
  return 0;
}
