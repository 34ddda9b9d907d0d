// Reading and writing of dates, instants, durations and repetitions: ISO 8601 as BPMN, XML Schema and FEEL use it.
#include <cstdio>
#include <utility>

#include "engine/core/internal/scan.h"
#include "engine/core/time.h"

namespace draad {
namespace {

using internal::quoted;
using internal::Scanner;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

constexpr std::int64_t kYearsMost = 10'000;
constexpr std::int64_t kDaysMost = 366 * kYearsMost;
constexpr std::int64_t kSecond = 1'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;

Error not_as_expected(std::string_view expected, std::string_view text) {
  return {ErrorCode::invalid, "Expected " + std::string(expected) + ", but found " + quoted(text), ""};
}

constexpr std::string_view kDurationForm = "an ISO 8601 duration such as P3M, P5D or PT24H";
constexpr std::string_view kDateForm = "a date such as 2026-03-02";
constexpr std::string_view kInstantForm = "a date and time such as 2026-03-02T09:00 or 2026-03-02T08:00:00Z";
constexpr std::string_view kRepetitionForm = "an ISO 8601 repetition such as R3/PT24H or R/2026-03-02T09:00/P1D";

std::optional<Date> scan_date(Scanner& scan) {
  const auto year = scan.exactly(4);
  if (!year || !scan.take('-')) return std::nullopt;
  const auto month = scan.exactly(2);
  if (!month || !scan.take('-')) return std::nullopt;
  const auto day = scan.exactly(2);
  if (!day) return std::nullopt;
  const Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                  std::chrono::day{static_cast<unsigned>(*day)}};
  if (*year == 0 || !date.ok()) return std::nullopt;
  return date;
}

// hh:mm[:ss[.fff]]; 24:00 is the end of the day, as ISO 8601 has it.
std::optional<milliseconds> scan_time_of_day(Scanner& scan) {
  const auto hour = scan.exactly(2);
  if (!hour || !scan.take(':')) return std::nullopt;
  const auto minute = scan.exactly(2);
  if (!minute) return std::nullopt;
  std::optional<int> second = 0;
  std::optional<int> fraction = 0;
  if (scan.take(':')) {
    second = scan.exactly(2);
    if (scan.peek() == '.' || scan.peek() == ',') {
      ++scan.at;
      fraction = scan.thousandths();
    }
  }
  if (!second || !fraction || *minute > 59 || *second > 59) return std::nullopt;
  const milliseconds time = hours{*hour} + minutes{*minute} + seconds{*second} + milliseconds{*fraction};
  if (time > hours{24}) return std::nullopt;
  return time;
}

std::optional<minutes> scan_offset(Scanner& scan) {
  const bool west = scan.peek() == '-';
  ++scan.at;
  const auto hour = scan.exactly(2);
  if (!hour) return std::nullopt;
  std::optional<int> minute = 0;
  if (scan.take(':') || scan.sees_digit()) minute = scan.exactly(2);
  if (!minute || *hour > 18 || *minute > 59) return std::nullopt;
  const minutes offset = hours{*hour} + minutes{*minute};
  return west ? -offset : offset;
}

std::optional<Instant> scan_instant(Scanner& scan) {
  const auto date = scan_date(scan);
  if (!date || !scan.take('T')) return std::nullopt;
  const auto time = scan_time_of_day(scan);
  if (!time) return std::nullopt;
  const Instant as_utc = sys_days{*date} + *time;
  if (scan.take('Z')) return as_utc;
  if (scan.peek() == '+' || scan.peek() == '-') {
    const auto offset = scan_offset(scan);
    if (!offset) return std::nullopt;
    return as_utc - *offset;
  }
  return from_local(LocalTime{as_utc.time_since_epoch()});
}

void append_part(std::string& text, std::int64_t amount, char unit) {
  if (amount != 0) text += std::to_string(amount) + unit;
}

// Three digits and a point, without the zeros at the end.
std::string fraction_text(std::int64_t thousandths) {
  std::string digits = std::to_string(1'000 + thousandths).substr(1);
  while (digits.back() == '0') digits.pop_back();
  return '.' + digits;
}

// One "<number><unit>" of a duration.
struct Part {
  std::int64_t whole = 0;
  std::optional<int> thousandths;
  char unit = '\0';
};

std::optional<Part> scan_part(Scanner& scan) {
  Part part;
  const auto whole = scan.digits();
  if (!whole) return std::nullopt;
  part.whole = *whole;
  if (scan.peek() == '.' || scan.peek() == ',') {
    ++scan.at;
    part.thousandths = scan.thousandths();
    if (!part.thousandths) return std::nullopt;
  }
  if (scan.done()) return std::nullopt;
  part.unit = scan.text[scan.at++];
  return part;
}

enum class PartsResult { ok, malformed, too_long };

template <typename T>
PartsResult put(T& target, std::int64_t amount, std::int64_t scale, std::int64_t most) {
  if (amount > most / scale) return PartsResult::too_long;
  target = static_cast<T>(target + amount * scale);
  return target > most ? PartsResult::too_long : PartsResult::ok;
}

PartsResult put_calendar_part(Duration& duration, const Part& part) {
  if (part.thousandths) return PartsResult::malformed;  // Half a month is no number of days.
  switch (part.unit) {
    case 'Y':
      return put(duration.years, part.whole, 1, kYearsMost);
    case 'M':
      return put(duration.months, part.whole, 1, 12 * kYearsMost);
    case 'W':
      return put(duration.days, part.whole, 7, kDaysMost);
    case 'D':
      return put(duration.days, part.whole, 1, kDaysMost);
    default:
      return PartsResult::malformed;
  }
}

PartsResult put_clock_part(Duration& duration, const Part& part, bool last) {
  if (part.thousandths && !last) return PartsResult::malformed;
  const std::int64_t unit = part.unit == 'H' ? kHour : part.unit == 'M' ? kMinute : part.unit == 'S' ? kSecond : 0;
  if (unit == 0) return PartsResult::malformed;
  const PartsResult result = put(duration.milliseconds, part.whole, unit, kDaysMost * 24 * kHour);
  duration.milliseconds += part.thousandths.value_or(0) * unit / 1'000;
  return result;
}

PartsResult scan_parts(Scanner& scan, std::string_view units, bool clock, Duration& duration) {
  std::size_t place = 0;  // Units come in this order, each at most once.
  while (!scan.done() && scan.peek() != 'T') {
    const auto part = scan_part(scan);
    if (!part) return PartsResult::malformed;
    const std::size_t found = units.find(part->unit, place);
    if (found == std::string_view::npos) return PartsResult::malformed;
    place = found + 1;
    const PartsResult result =
        clock ? put_clock_part(duration, *part, scan.done()) : put_calendar_part(duration, *part);
    if (result != PartsResult::ok) return result;
  }
  return PartsResult::ok;
}

}  // namespace

Result<Duration> parse_duration(std::string_view text) {
  Scanner scan{text};
  Duration duration;
  duration.negative = scan.take('-');
  if (!scan.take('P') || scan.done()) return not_as_expected(kDurationForm, text);
  PartsResult result = scan_parts(scan, "YMWD", false, duration);
  if (result == PartsResult::ok && scan.take('T')) {
    if (scan.done()) return not_as_expected(kDurationForm, text);
    result = scan_parts(scan, "HMS", true, duration);
  }
  if (result == PartsResult::too_long) {
    return Error{ErrorCode::limit, "Expected a duration of at most 10000 years, but found " + quoted(text), ""};
  }
  if (result != PartsResult::ok || !scan.done()) return not_as_expected(kDurationForm, text);
  if (duration == Duration{.negative = true}) duration.negative = false;
  return duration;
}

Result<Date> parse_date(std::string_view text) {
  Scanner scan{text};
  const auto date = scan_date(scan);
  if (!date || !scan.done()) return not_as_expected(kDateForm, text);
  return *date;
}

Result<Instant> parse_instant(std::string_view text) {
  Scanner scan{text};
  const auto instant = scan_instant(scan);
  if (!instant || !scan.done()) return not_as_expected(kInstantForm, text);
  // An offset can lead out of the years that can be written.
  const Date date{std::chrono::floor<days>(*instant)};
  if (date.year() < std::chrono::year{1} || date.year() > std::chrono::year{9999}) {
    return not_as_expected(kInstantForm, text);
  }
  return *instant;
}

namespace {

std::optional<Instant> instant_of(std::string_view text) {
  const auto instant = parse_instant(text);
  return instant ? std::optional(*instant) : std::nullopt;
}

std::optional<Duration> period_of(std::string_view text) {
  const auto duration = parse_duration(text);
  if (!duration || duration->negative || *duration == Duration{}) return std::nullopt;
  return *duration;
}

}  // namespace

Result<Repetition> parse_repetition(std::string_view text) {
  const Error wrong = not_as_expected(kRepetitionForm, text);
  Scanner scan{text};
  if (!scan.take('R')) return wrong;
  Repetition repetition;
  if (scan.sees_digit()) {
    repetition.count = scan.digits();
    if (!repetition.count) return wrong;
  }
  if (!scan.take('/')) return wrong;

  std::string_view parts[3];
  std::size_t count = 0;
  for (std::string_view rest = text.substr(scan.at);; ++count) {
    if (count == 3) return wrong;
    const std::size_t slash = rest.find('/');
    parts[count] = rest.substr(0, slash);
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  ++count;

  std::size_t next = 0;
  if (const auto start = instant_of(parts[0]); start && count > 1) {
    repetition.start = start;
    next = 1;
  }
  if (const auto period = period_of(parts[next])) {
    repetition.period = *period;
    ++next;
  } else if (const auto end = instant_of(parts[next]); repetition.start && end && *end > *repetition.start) {
    // start/end names the first interval; its length, in elapsed time, is the period.
    repetition.period.milliseconds = (*end - *repetition.start).count();
    ++next;
    if (next != count) return wrong;
  } else {
    return wrong;
  }
  if (next < count) {
    repetition.end = instant_of(parts[next++]);
    if (!repetition.end) return wrong;
  }
  if (next != count) return wrong;
  return repetition;
}

std::string to_string(const Duration& duration) {
  std::string text = duration.negative ? "-P" : "P";
  append_part(text, duration.years, 'Y');
  append_part(text, duration.months, 'M');
  append_part(text, duration.days, 'D');
  if (duration.milliseconds != 0) {
    text += 'T';
    append_part(text, duration.milliseconds / kHour, 'H');
    append_part(text, duration.milliseconds % kHour / kMinute, 'M');
    const std::int64_t rest = duration.milliseconds % kMinute;
    if (rest % kSecond != 0) {
      text += std::to_string(rest / kSecond) + fraction_text(rest % kSecond) + 'S';
    } else {
      append_part(text, rest / kSecond, 'S');
    }
  }
  return text.back() == 'P' ? "PT0S" : text;
}

std::string to_string(const Date& date) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return buffer;
}

std::string to_string(const Repetition& repetition) {
  std::string text = "R" + (repetition.count ? std::to_string(*repetition.count) : std::string());
  if (repetition.start) text += '/' + to_string(*repetition.start);
  text += '/' + to_string(repetition.period);
  if (repetition.end) text += '/' + to_string(*repetition.end);
  return text;
}

std::string to_string(Instant instant) {
  const auto day = std::chrono::floor<days>(instant);
  const std::chrono::hh_mm_ss time{instant - day};
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  std::string text = to_string(Date{day}) + buffer;
  if (time.subseconds().count() != 0) text += fraction_text(time.subseconds().count());
  return text + 'Z';
}

std::string to_local_string(Instant instant) {
  const LocalTime local = to_local(instant);
  const auto day = std::chrono::floor<days>(local);
  const auto minute = std::chrono::floor<minutes>(local - day).count();
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, " %02d:%02d", static_cast<int>(minute / 60), static_cast<int>(minute % 60));
  return to_string(Date{day}) + buffer;
}

}  // namespace draad
