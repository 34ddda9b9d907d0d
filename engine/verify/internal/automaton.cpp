#include "engine/verify/internal/automaton.h"

namespace draad::verify::internal {

unsigned Automaton::on_first(unsigned state) const {
  if (state == kBroken) return kBroken;
  switch (safeguard_.kind) {
    case SafeguardKind::at_most_once:
      return state == 0 ? 1 : kBroken;
    case SafeguardKind::never_both:
      return state == 2 ? kBroken : 1;
    default:
      return 1;
  }
}

unsigned Automaton::on_second(unsigned state) const {
  if (state == kBroken) return kBroken;
  switch (safeguard_.kind) {
    case SafeguardKind::precedes:
    case SafeguardKind::only_after:
    case SafeguardKind::never_without:
    case SafeguardKind::other_person:
      return state == 0 ? kBroken : state;
    case SafeguardKind::followed_by:
      return 0;
    case SafeguardKind::never_after:
      return state == 1 ? kBroken : state;
    case SafeguardKind::never_both:
      return state == 1 ? kBroken : 2;
    default:
      return state;
  }
}

Effect Automaton::letter(std::string_view anchor) const {
  if (anchor.empty()) return kNoEffect;
  const bool first = safeguard_.first.matches(anchor), second = safeguard_.second.matches(anchor);
  if (!first && !second) return kNoEffect;
  Effect effect = 0;
  for (unsigned from = 0; from < 4; ++from) {
    unsigned to = from;
    if (second) to = on_second(to);
    if (first) to = on_first(to);
    effect = static_cast<Effect>(effect | (1u << (4 * from + to)));
  }
  return effect;
}

bool Automaton::may_end(unsigned state) const {
  if (state == kBroken) return false;
  if (safeguard_.kind == SafeguardKind::followed_by) return state == 0;
  if (safeguard_.kind == SafeguardKind::on_every_path) return state == 1;
  return true;
}

Effect rounds(Effect once, bool none) {
  Effect all = none ? kNoEffect : once;
  while (true) {
    const Effect more = static_cast<Effect>(all | then(all, once));
    if (more == all) return all;
    all = more;
  }
}

}  // namespace draad::verify::internal
