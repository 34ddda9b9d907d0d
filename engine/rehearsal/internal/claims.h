// engine/rehearsal/internal/claims.h
//
// Does a claim hold? Nothing: it does. Else what is the case instead, in Dutch.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "engine/rehearsal/internal/ledger.h"

namespace draad::rehearsal {

struct Moment {
  const execute::CasusState& state;
  const execute::Release& release;
  const Ledger& ledger;
  Instant now;
};

[[nodiscard]] std::optional<std::string> refute(const Claim& claim, const Moment& moment,
                                                std::set<std::uint64_t>& expected_incidents);

}  // namespace draad::rehearsal
