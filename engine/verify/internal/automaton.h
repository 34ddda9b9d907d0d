// engine/verify/internal/automaton.h
//
// The automaton of a safeguard: four states, of which 3 is "broken" for good. Letters are the anchors of A and of B.
#pragma once

#include "engine/verify/internal/net.h"
#include "engine/verify/safeguards.h"

namespace draad::verify::internal {

inline constexpr unsigned kBroken = 3;

class Automaton {
 public:
  explicit Automaton(const Safeguard& safeguard) : safeguard_(safeguard) {}

  [[nodiscard]] Effect letter(std::string_view anchor) const;  // What a step with this anchor does.
  [[nodiscard]] bool may_end(unsigned state) const;            // Whether a casus may end like this.

 private:
  [[nodiscard]] unsigned on_first(unsigned state) const;
  [[nodiscard]] unsigned on_second(unsigned state) const;
  const Safeguard& safeguard_;
};

// What any number of rounds does; `none` says whether there may be none.
[[nodiscard]] Effect rounds(Effect once, bool none);

}  // namespace draad::verify::internal
