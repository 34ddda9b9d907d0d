// engine/core/ids.h
//
// Id<Tag>: a 64-bit number that cannot be mixed up with another kind of id. Casus ids grow with time, so that rows
// of young casussen lie together on disk. 0 means "none".
#pragma once

#include <compare>
#include <cstdint>

namespace draad {

template <typename Tag>
struct Id {
  std::uint64_t value = 0;

  explicit operator bool() const { return value != 0; }
  friend auto operator<=>(const Id&, const Id&) = default;
};

using CasusId = Id<struct CasusTag>;

}  // namespace draad
