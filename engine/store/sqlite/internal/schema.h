// engine/store/sqlite/internal/schema.h
//
// The tables, as numbered migrations: number n brings a database from user_version n - 1 to n. A migration that was
// released is never changed; a new shape is a new number.
#pragma once

#include <cstdint>
#include <span>

namespace draad::store::sqlite {

inline constexpr std::int32_t kApplicationId = 0x44726164;  // "Drad": says whose file this is, also to `file`.

[[nodiscard]] std::span<const char* const> migrations();  // Index 0 is number 1.
[[nodiscard]] inline std::int32_t newest_version() {
  return static_cast<std::int32_t>(migrations().size());
}

}  // namespace draad::store::sqlite
