#include "engine/core/value.h"

#include <array>
#include <cmath>
#include <limits>

#include "engine/core/internal/scan.h"

namespace draad {
namespace {

using internal::quoted;

constexpr std::int64_t kMostScaled = std::numeric_limits<std::int64_t>::max();

Error out_of_range(std::string_view text) {
  return {ErrorCode::limit, "Expected a number between -9.2e12 and 9.2e12, but found " + std::string(text), ""};
}

std::string sign_of(bool negative) {
  return negative ? "-" : "";
}

}  // namespace

Result<Number> Number::parse(std::string_view text) {
  const Error wrong{ErrorCode::invalid,
                    "Expected a number such as 12 or -12.5 with at most six decimals, but found " + quoted(text), ""};
  internal::Scanner scan{text};
  const bool negative = scan.take('-');
  if (!scan.sees_digit()) return wrong;
  std::uint64_t whole = 0;
  while (scan.sees_digit()) {
    whole = whole * 10 + static_cast<std::uint64_t>(text[scan.at++] - '0');
    if (whole > static_cast<std::uint64_t>(kMostScaled / kScale)) return out_of_range(quoted(text));
  }
  std::uint64_t fraction = 0;
  if (scan.take('.')) {
    if (!scan.sees_digit()) return wrong;
    for (std::int64_t place = kScale / 10; scan.sees_digit(); place /= 10) {
      const int digit = text[scan.at++] - '0';
      if (place == 0 && digit != 0) return wrong;  // Not silently another number.
      fraction += static_cast<std::uint64_t>(place * digit);
    }
  }
  if (!scan.done()) return wrong;
  const std::uint64_t scaled = whole * kScale + fraction;
  if (scaled > static_cast<std::uint64_t>(kMostScaled)) return out_of_range(quoted(text));
  return from_scaled(negative ? -static_cast<std::int64_t>(scaled) : static_cast<std::int64_t>(scaled));
}

Result<Number> Number::from_double(double value) {
  if (std::isnan(value)) return Error{ErrorCode::invalid, "Expected a number, but found one that is none (NaN)", ""};
  const double scaled = std::round(value * static_cast<double>(kScale));
  if (!(std::abs(scaled) < static_cast<double>(kMostScaled))) return out_of_range("one beyond it");
  return from_scaled(static_cast<std::int64_t>(scaled));
}

std::string Number::text() const {
  const bool negative = scaled_ < 0;
  const std::uint64_t size = negative ? 0 - static_cast<std::uint64_t>(scaled_) : static_cast<std::uint64_t>(scaled_);
  std::string text = sign_of(negative) + std::to_string(size / kScale);
  if (const std::uint64_t rest = size % kScale; rest != 0) {
    std::string digits = std::to_string(kScale + rest).substr(1);
    while (digits.back() == '0') digits.pop_back();
    text += '.' + digits;
  }
  return text;
}

Result<Number> add(Number a, Number b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a.scaled(), b.scaled(), &sum)) return out_of_range(a.text() + " + " + b.text());
  return Number::from_scaled(sum);
}

Result<Number> subtract(Number a, Number b) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a.scaled(), b.scaled(), &difference)) {
    return out_of_range(a.text() + " - " + b.text());
  }
  return Number::from_scaled(difference);
}

bool operator==(const Value& a, const Value& b) {
  return a.content == b.content;
}

std::string_view type_name(const Value& value) {
  static constexpr std::array<std::string_view, 9> kNames{"leeg",   "ja/nee", "getal", "tekst",   "datum",
                                                          "moment", "duur",   "lijst", "gegevens"};
  static_assert(kNames.size() == std::variant_size_v<Value::Content>);
  return kNames[value.content.index()];
}

namespace {

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

std::string in_words(const Duration& duration) {
  constexpr std::int64_t kHour = 3'600'000;
  std::vector<std::string> parts;
  const auto part = [&](std::int64_t count, std::string_view one, std::string_view many) {
    if (count != 0) parts.push_back(counted(count, one, many));
  };
  part(duration.years, "jaar", "jaar");
  part(duration.months, "maand", "maanden");
  part(duration.days, "dag", "dagen");
  part(duration.milliseconds / kHour, "uur", "uur");
  part(duration.milliseconds % kHour / 60'000, "minuut", "minuten");
  if (const std::int64_t rest = duration.milliseconds % 60'000; rest != 0) {
    std::string seconds = Number::from_scaled(rest * (Number::kScale / 1'000)).text();
    if (const auto point = seconds.find('.'); point != std::string::npos) seconds[point] = ',';
    parts.push_back(seconds + (seconds == "1" ? " seconde" : " seconden"));
  }
  if (parts.empty()) return "0 seconden";
  std::string text = sign_of(duration.negative) == "-" ? "min " : "";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? " en " : ", ";
    text += parts[i];
  }
  return text;
}

}  // namespace

std::string to_text(const Value& value) {
  return std::visit(Overloaded{
                        [](Null) { return std::string("leeg"); },
                        [](bool yes) { return std::string(yes ? "ja" : "nee"); },
                        [](const Number& number) {
                          std::string text = number.text();
                          if (const auto point = text.find('.'); point != std::string::npos) text[point] = ',';
                          return text;
                        },
                        [](const std::string& text) { return text; },
                        [](const Date& date) { return to_string(date); },
                        [](const Instant& instant) { return to_local_string(instant); },
                        [](const Duration& duration) { return in_words(duration); },
                        [](const List& list) {
                          std::string text;
                          for (const Value& item : list) text += (text.empty() ? "" : ", ") + to_text(item);
                          return text;
                        },
                        [](const Facts& facts) {
                          std::string text;
                          for (const auto& [name, fact] : facts) {
                            text += (text.empty() ? "" : "; ") + name + ": " + to_text(fact);
                          }
                          return text;
                        },
                    },
                    value.content);
}

}  // namespace draad
