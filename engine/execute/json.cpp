#include "engine/execute/json.h"

#include <algorithm>
#include <charconv>
#include <concepts>

#include <nlohmann/json.hpp>

#include "engine/execute/internal/shapes.h"

namespace draad::execute {

namespace {

using internal::Shape;
using nlohmann::json;

constexpr int kStateVersion = 1;

template <typename T>
concept Shaped = requires {
  Shape<T>::members;
};

// ---- Writing
// -----------------------------------------------------------------------------------------------------------

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  template <std::integral T>
  requires(!std::same_as<T, bool>) void write(T number) {
    if constexpr (std::same_as<T, std::uint32_t>) {
      if (number == kNone) {
        out_ += "-1";
        return;
      }
    }
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out_.append(digits, end);
  }
  void write(bool flag) { out_ += flag ? '1' : '0'; }
  template <typename E>
  requires std::is_enum_v<E>
  void write(E value) { write(static_cast<std::uint32_t>(value)); }
  void write(Instant instant) { write(instant.time_since_epoch().count()); }
  void write(const std::optional<Instant>& instant) {
    if (instant) {
      write(*instant);
    } else {
      out_ += "null";
    }
  }
  void write(const std::string& text) {
    out_ += '"';
    const auto plain = [](unsigned char c) { return c >= 0x20 && c != '"' && c != '\\'; };
    if (std::all_of(text.begin(), text.end(), plain)) {
      out_ += text;
    } else {
      for (const char c : text) escape(c);
    }
    out_ += '"';
  }
  void write(const Value& value) {
    if (value.is_null()) {
      out_ += "null";
    } else if (const bool* flag = value.get_if<bool>()) {
      out_ += *flag ? "true" : "false";
    } else if (const Number* number = value.get_if<Number>()) {
      out_ += number->text();
    } else if (const std::string* text = value.get_if<std::string>()) {
      write(*text);
    } else if (const List* list = value.get_if<List>()) {
      write(*list);
    } else {
      out_ += draad::to_json(value).dump();  // Dates and the like, in the words of core/value.h.
    }
  }
  void write(const Facts& facts) {
    out_ += '{';
    bool first = true;
    for (const auto& [name, value] : facts) {
      if (!first) out_ += ',';
      first = false;
      write(name);
      out_ += ':';
      write(value);
    }
    out_ += '}';
  }
  void write(const std::shared_ptr<const Facts>& facts) { write(*facts); }
  template <typename T>
  void write(const std::vector<T>& list) {
    out_ += '[';
    bool first = true;
    for (const T& item : list) {
      if (!first) out_ += ',';
      first = false;
      write(item);
    }
    out_ += ']';
  }
  template <Shaped T>
  void write(const T& thing) {
    out_ += '[';
    if constexpr (requires { Shape<T>::tag; }) {
      out_ += '"';
      out_ += Shape<T>::tag;
      out_ += '"';
      std::apply([&](auto... member) { ((out_ += ',', write(thing.*member)), ...); }, Shape<T>::members);
    } else {
      bool first = true;
      const auto one = [&](const auto& value) {
        if (!first) out_ += ',';
        first = false;
        write(value);
      };
      std::apply([&](auto... member) { (one(thing.*member), ...); }, Shape<T>::members);
    }
    out_ += ']';
  }
  void write(const Event& event) {
    std::visit([this](const auto& e) { write(e); }, event);
  }

 private:
  void escape(char c) {
    switch (c) {
      case '"':
        out_ += "\\\"";
        return;
      case '\\':
        out_ += "\\\\";
        return;
      case '\n':
        out_ += "\\n";
        return;
      case '\r':
        out_ += "\\r";
        return;
      case '\t':
        out_ += "\\t";
        return;
      default:
        break;
    }
    if (static_cast<unsigned char>(c) >= 0x20) {
      out_ += c;
      return;
    }
    constexpr std::string_view kHex = "0123456789abcdef";
    out_ += "\\u00";
    out_ += kHex[static_cast<unsigned char>(c) >> 4];
    out_ += kHex[static_cast<unsigned char>(c) & 15];
  }

  std::string& out_;
};

// ---- Reading
// -----------------------------------------------------------------------------------------------------------

template <typename T>
requires(std::integral<T> && !std::same_as<T, bool>) bool read(const json& from, T& to) {
  if (!from.is_number_integer()) return false;
  if constexpr (std::same_as<T, std::uint64_t>) {
    if (!from.is_number_unsigned()) return false;
    to = from.get<std::uint64_t>();
    return true;
  } else {
    if (from.is_number_unsigned() && from.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) return false;
    const auto number = from.get<std::int64_t>();
    if constexpr (std::same_as<T, std::uint32_t>) {
      if (number < -1 || number > 0xffffffffLL) return false;
    } else if constexpr (std::same_as<T, std::int32_t>) {
      if (number < INT32_MIN || number > INT32_MAX) return false;
    }
    to = static_cast<T>(number);  // -1 is kNone.
    return true;
  }
}
bool read(const json& from, bool& to) {
  if (!from.is_number_integer()) return false;
  to = from.get<std::int64_t>() != 0;
  return true;
}

// The last enumerator of each kind: what a later version may add is not what this one can read.
constexpr std::uint32_t last_of(CasusStatus) {
  return static_cast<std::uint32_t>(CasusStatus::ended_by_error);
}
constexpr std::uint32_t last_of(ElementStatus) {
  return static_cast<std::uint32_t>(ElementStatus::stuck);
}
constexpr std::uint32_t last_of(ReferralState) {
  return static_cast<std::uint32_t>(ReferralState::withdrawn);
}
constexpr std::uint32_t last_of(SubscriptionKind) {
  return static_cast<std::uint32_t>(SubscriptionKind::conditional);
}
constexpr std::uint32_t last_of(IncidentKind) {
  return static_cast<std::uint32_t>(IncidentKind::out_of_steps);
}
constexpr std::uint32_t last_of(graph::TaskKind) {
  return static_cast<std::uint32_t>(graph::TaskKind::case_meeting);
}

template <typename E>
requires std::is_enum_v<E>
bool read(const json& from, E& to) {
  std::uint32_t number = 0;
  if (!read(from, number) || number > last_of(E{})) return false;
  to = static_cast<E>(number);
  return true;
}
bool read(const json& from, Instant& to) {
  std::int64_t milliseconds = 0;
  if (!read(from, milliseconds)) return false;
  to = Instant{std::chrono::milliseconds{milliseconds}};
  return true;
}
bool read(const json& from, std::optional<Instant>& to) {
  if (from.is_null()) {
    to.reset();
    return true;
  }
  return read(from, to.emplace());
}
bool read(const json& from, std::string& to) {
  if (!from.is_string()) return false;
  to = from.get_ref<const std::string&>();
  return true;
}
bool read(const json& from, Value& to) {
  Result<Value> value = value_from_json(from);
  if (!value) return false;
  to = *std::move(value);
  return true;
}
bool read(const json& from, Facts& to) {
  Result<Facts> facts = facts_from_json(from);
  if (!facts) return false;
  to = *std::move(facts);
  return true;
}
bool read(const json& from, std::shared_ptr<const Facts>& to) {
  auto facts = std::make_shared<Facts>();
  if (!read(from, *facts)) return false;
  to = std::move(facts);
  return true;
}
template <Shaped T>
bool read(const json& from, T& to);
template <typename T>
bool read(const json& from, std::vector<T>& to) {
  if (!from.is_array()) return false;
  to.resize(from.size());
  for (std::size_t i = 0; i < to.size(); ++i)
    if (!read(from[i], to[i])) return false;
  return true;
}

template <Shaped T>
bool read_members(const json& from, T& to, std::size_t first) {
  constexpr std::size_t kCount = std::tuple_size_v<decltype(Shape<T>::members)>;
  if (!from.is_array() || from.size() != kCount + first) return false;
  std::size_t index = first;
  return std::apply([&](auto... member) { return (read(from[index++], to.*member) && ...); }, Shape<T>::members);
}
template <Shaped T>
bool read(const json& from, T& to) {
  return read_members(from, to, 0);
}

template <std::size_t I = 0>
bool read_event(const json& from, std::string_view tag, std::optional<Event>& to) {
  if constexpr (I == std::variant_size_v<Event>) {
    return false;
  } else {
    using E = std::variant_alternative_t<I, Event>;
    if (tag != Shape<E>::tag) return read_event<I + 1>(from, tag, to);
    E event;
    if (!read_members(from, event, 1)) return false;
    to.emplace(std::move(event));
    return true;
  }
}

Error corrupt(std::string message) {
  return Error{ErrorCode::corrupt, std::move(message), {}};
}

Result<json> parse(std::string_view text) {
  json parsed = json::parse(text, nullptr, false);
  if (parsed.is_discarded()) return corrupt("Expected JSON, but the text is none");
  return parsed;
}

// What a state counts but does not write.
void count_live(CasusState& state) {
  const auto scope_of = [&state](ScopeKey key) -> ScopeInstance* {
    const auto found = std::lower_bound(state.scopes.begin(), state.scopes.end(), key,
                                        [](const ScopeInstance& scope, ScopeKey wanted) { return scope.key < wanted; });
    return found != state.scopes.end() && found->key == key ? &*found : nullptr;
  };
  for (const ElementInstance& element : state.elements)
    if (ScopeInstance* scope = scope_of(element.scope)) ++scope->live;
  for (const FlowTokens& tokens : state.tokens)
    if (ScopeInstance* scope = scope_of(tokens.scope)) scope->live += tokens.count;
}

}  // namespace

std::string encode(const Event& event) {
  std::string out;
  Writer(out).write(event);
  return out;
}

std::string encode(std::span<const Event> events) {
  std::string out;
  out.reserve(events.size() * 32 + 2);
  Writer writer(out);
  out += '[';
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (i > 0) out += ',';
    writer.write(events[i]);
  }
  out += ']';
  return out;
}

std::string encode(const CasusState& state) {
  std::string out = "{\"v\":" + std::to_string(kStateVersion) + ",\"s\":";
  Writer(out).write(state);
  out += '}';
  return out;
}

Result<Event> event_from_json(const json& from) {
  if (!from.is_array() || from.empty() || !from[0].is_string())
    return corrupt("Expected an event as an array that begins with its name, but found something else");
  const auto& tag = from[0].get_ref<const std::string&>();
  std::optional<Event> event;
  if (!read_event(from, tag, event))
    return corrupt("Expected an event of a known shape, but found one named '" + tag + "'");
  return *std::move(event);
}

Result<Event> decode_event(std::string_view text) {
  DRAAD_TRY(const json parsed, parse(text));
  return event_from_json(parsed);
}

Result<std::vector<Event>> decode_events(std::string_view text) {
  DRAAD_TRY(const json parsed, parse(text));
  if (!parsed.is_array()) return corrupt("Expected an array of events, but found something else");
  std::vector<Event> events;
  events.reserve(parsed.size());
  for (std::size_t i = 0; i < parsed.size(); ++i) {
    Result<Event> event = event_from_json(parsed[i]);
    if (!event) return Error{ErrorCode::corrupt, event.error().message, "event " + std::to_string(i)};
    events.push_back(*std::move(event));
  }
  return events;
}

Result<CasusState> decode_state(std::string_view text) {
  DRAAD_TRY(const json parsed, parse(text));
  if (!parsed.is_object() || !parsed.contains("v") || !parsed.contains("s"))
    return corrupt("Expected the state of a casus, but found something else");
  if (parsed["v"] != kStateVersion) return corrupt("Expected a state of version 1, but found " + parsed["v"].dump());
  CasusState state;
  if (!read(parsed["s"], state)) return corrupt("Expected a state of version 1, but its content does not fit");
  count_live(state);
  return state;
}

json to_json(const Event& event) {
  return json::parse(encode(event));
}

}  // namespace draad::execute
