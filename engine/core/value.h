// engine/core/value.h
//
// Value: a fact of a casus, as conditions, forms and rules see it. Never a personal value: those live in the vault and
// facts hold references to them.
//   Number is an exact decimal with six digits behind the point (range about +-9.2e12), so that 0.1 + 0.2 = 0.3 and
//   a verdict over a range is exact.
// JSON: null, true, 12.5, "text", [..], {..}; dates, instants and durations as {"datum": "2026-03-02"},
// {"moment": "...Z"}, {"duur": "P3M"}, so that reading back gives the same type.
// Errors: `invalid` for JSON that is no value, `limit` for a number out of range.   Threads: values.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "engine/core/result.h"
#include "engine/core/time.h"

namespace draad {

struct Null {
  friend auto operator<=>(const Null&, const Null&) = default;
};

class Number {
 public:
  static constexpr std::int64_t kScale = 1'000'000;

  constexpr Number() = default;
  constexpr explicit Number(std::int64_t whole) : scaled_(whole * kScale) {}
  static constexpr Number from_scaled(std::int64_t scaled) {
    Number number;
    number.scaled_ = scaled;
    return number;
  }
  [[nodiscard]] static Result<Number> parse(std::string_view text);   // -12.5
  [[nodiscard]] static Result<Number> from_double(double value);

  [[nodiscard]] constexpr std::int64_t scaled() const { return scaled_; }
  [[nodiscard]] constexpr bool is_whole() const { return scaled_ % kScale == 0; }
  [[nodiscard]] double to_double() const { return static_cast<double>(scaled_) / static_cast<double>(kScale); }
  [[nodiscard]] std::string text() const;

  friend constexpr auto operator<=>(const Number&, const Number&) = default;

 private:
  std::int64_t scaled_ = 0;
};

[[nodiscard]] Result<Number> add(Number a, Number b);       // `limit` when the sum is out of range.
[[nodiscard]] Result<Number> subtract(Number a, Number b);

struct Value;
using List = std::vector<Value>;
using Facts = std::map<std::string, Value, std::less<>>;  // By name, ordered, so that every walk is the same.

struct Value {
  using Content = std::variant<Null, bool, Number, std::string, Date, Instant, Duration, List, Facts>;
  template <typename T>
  static constexpr bool is_alternative =
      std::is_same_v<T, Null> || std::is_same_v<T, bool> || std::is_same_v<T, Number> || std::is_same_v<T, std::string> ||
      std::is_same_v<T, Date> || std::is_same_v<T, Instant> || std::is_same_v<T, Duration> || std::is_same_v<T, List> ||
      std::is_same_v<T, Facts>;
  Content content;

  Value() = default;
  // One of the alternatives, by its own type. (Not "whatever Content can be made of": that question asks about Value itself.)
  template <typename T>
    requires is_alternative<std::remove_cvref_t<T>>
  Value(T&& value) : content(std::in_place_type<std::remove_cvref_t<T>>, std::forward<T>(value)) {}  // NOLINT
  Value(const char* text) : content(std::string(text)) {}                                            // NOLINT
  Value(int whole) : content(Number(whole)) {}                                                       // NOLINT
  Value(std::int64_t whole) : content(Number(whole)) {}                                              // NOLINT

  [[nodiscard]] bool is_null() const { return std::holds_alternative<Null>(content); }
  template <typename T>
  [[nodiscard]] const T* get_if() const {
    return std::get_if<T>(&content);
  }
  friend bool operator==(const Value&, const Value&);
};

[[nodiscard]] std::string_view type_name(const Value& value);   // Dutch: "getal", "tekst", "ja/nee", "datum", ...
[[nodiscard]] std::string to_text(const Value& value);          // For people: ja, nee, 12,5, 2 maart 2026 as 2026-03-02.

[[nodiscard]] nlohmann::json to_json(const Value& value);
[[nodiscard]] nlohmann::json to_json(const Facts& facts);
[[nodiscard]] Result<Value> value_from_json(const nlohmann::json& json);
[[nodiscard]] Result<Facts> facts_from_json(const nlohmann::json& json);

}  // namespace draad
