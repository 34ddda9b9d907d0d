#include "engine/execute/internal/timer_text.h"

namespace draad::execute::internal {

Result<TimerSpec> parse_timer(graph::TimerKind kind, std::string_view text) {
  TimerSpec spec;
  switch (kind) {
    case graph::TimerKind::date: {
      if (const Result<Date> date = parse_date(text)) {
        spec.date = start_of_day(*date);
        return spec;
      }
      DRAAD_TRY(spec.date, parse_instant(text));
      return spec;
    }
    case graph::TimerKind::duration: {
      DRAAD_TRY(spec.duration, parse_duration(text));
      return spec;
    }
    case graph::TimerKind::cycle: {
      DRAAD_TRY(spec.cycle, parse_repetition(text));
      return spec;
    }
  }
  return spec;
}

Result<TimerSpec> timer_from_value(graph::TimerKind kind, const Value& value) {
  TimerSpec spec;
  if (const Instant* instant = value.get_if<Instant>()) {
    spec.date = *instant;
  } else if (const Date* date = value.get_if<Date>()) {
    spec.date = start_of_day(*date);
  } else if (const Duration* duration = value.get_if<Duration>()) {
    if (kind == graph::TimerKind::cycle) {
      spec.cycle = Repetition{std::nullopt, std::nullopt, *duration, std::nullopt};
    } else {
      spec.duration = *duration;
    }
  } else if (const std::string* text = value.get_if<std::string>()) {
    return parse_timer(kind, *text);
  } else {
    return Error{ErrorCode::invalid,
                 "verwacht werd een datum, moment, duur of tekst, maar er kwam: " + std::string(type_name(value)),
                 {}};
  }
  return spec;
}

std::string text_of(const Value& value) {
  if (const std::string* text = value.get_if<std::string>()) return *text;
  if (const Duration* duration = value.get_if<Duration>()) return "R/" + to_string(*duration);
  return {};
}

std::optional<Instant> due_of(const TimerSpec& spec, Instant set_at, std::int64_t nth) {
  if (spec.cycle) return firing(*spec.cycle, set_at, nth);
  if (nth > 1) return std::nullopt;
  if (spec.date) return spec.date;
  if (spec.duration) return add(set_at, *spec.duration);
  return std::nullopt;
}

std::int64_t first_firing_after(const TimerSpec& spec, Instant set_at, std::int64_t from, Instant now) {
  constexpr std::int64_t kFarthest = std::int64_t{1} << 32;
  const auto is_past = [&](std::int64_t nth) {
    const std::optional<Instant> due = due_of(spec, set_at, nth);
    return due && *due <= now;
  };
  if (!is_past(from)) return from;
  // Firings come in order: double the step until it is not past, then halve the gap.
  std::int64_t past = from, step = 1;
  while (past + step < kFarthest && is_past(past + step)) {
    past += step;
    step *= 2;
  }
  std::int64_t after = past + step;
  while (after - past > 1) {
    const std::int64_t middle = past + (after - past) / 2;
    (is_past(middle) ? past : after) = middle;
  }
  return after;
}

}  // namespace draad::execute::internal
