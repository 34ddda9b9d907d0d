// engine/privacy/data_class.h
//
// The data classes of the data-sharing matrix: what kind of value a field of a form holds, and so who may see it and
// under which ground it may leave. D14 (figures) is about nobody; every other class is about a person. Errors:
// `invalid` for a text that is no class.   Threads: pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "engine/core/result.h"

namespace draad::privacy {

// The number is stored: never renumber.
enum class DataClass : std::uint8_t {
  contact = 1,            // D1: contact data without an address.
  address = 2,            // D2: address, shelter address. Shielded: no search, no list, no export.
  bsn = 3,                // D3: citizen service number; only where a law allows it.
  signal = 4,             // D4: text of a signal, indicators; often about others too.
  exploitation = 5,       // D5: form of exploitation, sexual life.
  health = 6,             // D6: health, disability, addiction.
  criminal = 7,           // D7: criminal data.
  police = 8,             // D8: police data.
  residence = 9,          // D9: residence status, nationality.
  child_protection = 10,  // D10: child-protection data.
  debts = 11,             // D11: debts, income.
  plan = 12,              // D12: plan, decisions, actions; inherits the highest class inside.
  registration = 13,      // D13: registration data for CoMensha.
  figures = 14,           // D14: figures, anonymous.
};

inline constexpr std::size_t kDataClassCount = 14;
[[nodiscard]] const std::array<DataClass, kDataClassCount>& all_data_classes();

[[nodiscard]] std::string_view code(DataClass data_class);                // "D4"
[[nodiscard]] std::string_view dutch_name(DataClass data_class);          // "signaaltekst en indicatoren"
[[nodiscard]] bool is_personal(DataClass data_class);                     // All but D14.
[[nodiscard]] bool is_shielded(DataClass data_class);                     // D2.
[[nodiscard]] Result<DataClass> parse_data_class(std::string_view text);  // "D4"

}  // namespace draad::privacy
