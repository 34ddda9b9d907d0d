// Values as JSON and back. JSON knows no dates and no exact decimals, so those are objects with one reserved name; an
// object of ours that happens to look like one is wrapped as {"object": {...}}, so that reading back gives the same.
#include <cmath>

#include <nlohmann/json.hpp>

#include "engine/core/value.h"

namespace draad {
namespace {

using nlohmann::json;

constexpr int kDepthMost = 100;
constexpr const char* kDate = "datum";
constexpr const char* kInstant = "moment";
constexpr const char* kDuration = "duur";
constexpr const char* kNumber = "getal";  // Only for a number that a JSON number, being a double, would change.
constexpr const char* kObject = "object";

bool looks_special(const Facts& facts) {
  if (facts.size() != 1) return false;
  const auto& [name, value] = *facts.begin();
  if (name == kObject) return value.get_if<Facts>() != nullptr;
  const bool reserved = name == kDate || name == kInstant || name == kDuration || name == kNumber;
  return reserved && value.get_if<std::string>() != nullptr;
}

json number_to_json(const Number& number) {
  if (number.is_whole()) return number.scaled() / Number::kScale;
  const double value = number.to_double();
  const auto back = Number::from_double(value);
  if (back && *back == number) return value;
  return json{{kNumber, number.text()}};
}

Result<Value> read(const json& from, int depth);

Result<Facts> read_facts(const json& from, int depth) {
  if (!from.is_object()) {
    return Error{ErrorCode::invalid, std::string("Expected a JSON object with facts, but found ") + from.type_name(),
                 ""};
  }
  Facts facts;
  for (const auto& [name, item] : from.items()) {
    auto value = read(item, depth + 1);
    if (!value) return Error{value.error().code, value.error().message, name};
    facts.emplace(name, std::move(value).value());
  }
  return facts;
}

template <typename T>
Result<Value> as_value(Result<T> parsed) {
  if (!parsed) return parsed.error();
  return Value(std::move(parsed).value());
}

Result<Value> read_object(const json& from, int depth) {
  if (from.size() == 1) {
    const auto only = from.begin();
    const std::string& name = only.key();
    if (name == kObject && only->is_object()) return as_value(read_facts(*only, depth + 1));
    if (only->is_string()) {
      const auto& text = only->get_ref<const std::string&>();
      if (name == kDate) return as_value(parse_date(text));
      if (name == kInstant) return as_value(parse_instant(text));
      if (name == kDuration) return as_value(parse_duration(text));
      if (name == kNumber) return as_value(Number::parse(text));
    }
  }
  return as_value(read_facts(from, depth));
}

Result<Value> whole(std::int64_t value) {
  std::int64_t scaled = 0;
  if (__builtin_mul_overflow(value, Number::kScale, &scaled)) {
    return Error{ErrorCode::limit, "Expected a number between -9.2e12 and 9.2e12, but found " + std::to_string(value),
                 ""};
  }
  return Value(Number::from_scaled(scaled));
}

Result<Value> read(const json& from, int depth) {
  if (depth > kDepthMost) {
    return Error{ErrorCode::limit, "Expected JSON nested at most 100 deep, but it goes deeper", ""};
  }
  switch (from.type()) {
    case json::value_t::null:
      return Value();
    case json::value_t::boolean:
      return Value(from.get<bool>());
    case json::value_t::string:
      return Value(from.get<std::string>());
    case json::value_t::number_integer:
      return whole(from.get<std::int64_t>());
    case json::value_t::number_unsigned: {
      const auto value = from.get<std::uint64_t>();
      return whole(value > INT64_MAX ? INT64_MAX : static_cast<std::int64_t>(value));
    }
    case json::value_t::number_float:
      return as_value(Number::from_double(from.get<double>()));
    case json::value_t::array: {
      List list;
      list.reserve(from.size());
      for (const json& item : from) {
        DRAAD_TRY(Value value, read(item, depth + 1));
        list.push_back(std::move(value));
      }
      return Value(std::move(list));
    }
    case json::value_t::object:
      return read_object(from, depth);
    case json::value_t::binary:
    case json::value_t::discarded:
      break;
  }
  return Error{ErrorCode::invalid, std::string("Expected a JSON value, but found ") + from.type_name(), ""};
}

}  // namespace

json to_json(const Value& value) {
  return std::visit(Overloaded{
                        [](Null) { return json(nullptr); },
                        [](bool yes) { return json(yes); },
                        [](const Number& number) { return number_to_json(number); },
                        [](const std::string& text) { return json(text); },
                        [](const Date& date) {
                          return json{{kDate, to_string(date)}};
                        },
                        [](const Instant& instant) {
                          return json{{kInstant, to_string(instant)}};
                        },
                        [](const Duration& duration) {
                          return json{{kDuration, to_string(duration)}};
                        },
                        [](const List& list) {
                          json array = json::array();
                          for (const Value& item : list) array.push_back(to_json(item));
                          return array;
                        },
                        [](const Facts& facts) {
                          return looks_special(facts) ? json{{kObject, to_json(facts)}} : to_json(facts);
                        },
                    },
                    value.content);
}

json to_json(const Facts& facts) {
  json object = json::object();
  for (const auto& [name, value] : facts) object[name] = to_json(value);
  return object;
}

Result<Value> value_from_json(const json& from) {
  return read(from, 0);
}

Result<Facts> facts_from_json(const json& from) {
  return read_facts(from, 0);
}

}  // namespace draad
