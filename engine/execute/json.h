// engine/execute/json.h
//
// How events and states are written down. Compact: an event is an array whose first member names its shape
// (`["ft",3,0,12]`); a changed shape gets a new name and the old one keeps being read. A state is an object with its
// version, for snapshots.
//   encode writes text straight away, without a tree in between: it stands on the path of every command.
// Errors: `corrupt` with the event's place for text that does not fit its shape or has an unknown name.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/execute/event.h"

namespace draad::execute {

[[nodiscard]] std::string encode(const Event& event);
[[nodiscard]] std::string encode(std::span<const Event> events);  // A JSON array of events.
[[nodiscard]] std::string encode(const CasusState& state);

[[nodiscard]] Result<Event> decode_event(std::string_view text);
[[nodiscard]] Result<std::vector<Event>> decode_events(std::string_view text);
[[nodiscard]] Result<CasusState> decode_state(std::string_view text);

// The same trees, for whoever embeds them in something larger.
[[nodiscard]] nlohmann::json to_json(const Event& event);
[[nodiscard]] Result<Event> event_from_json(const nlohmann::json& json);

}  // namespace draad::execute
