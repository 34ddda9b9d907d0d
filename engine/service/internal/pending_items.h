// engine/service/internal/pending_items.h
//
// What a casus waits for or owes to the outside, read off its state; and the difference between two moments, which is
// what a command writes.
#pragma once

#include <span>
#include <vector>

#include "engine/execute/decide.h"
#include "engine/store/store.h"

namespace draad::service {

// Messages with a correlation (without one they are addressed to the casus), signals of the municipality, tasks by
// role, deliveries by topic, incidents by kind. Ordered by (owner, kind, slot).
[[nodiscard]] std::vector<store::PendingItem> pending_items(CasusId casus, const execute::CasusState& state,
                                                            const execute::Release& release);

// Deliveries of events that did not wait (a thrown message with a topic): they stay open until somebody delivered them,
// whatever the casus does next.
[[nodiscard]] std::vector<store::PendingItem> passing_deliveries(CasusId casus, const execute::CasusState& after,
                                                                 std::span<const execute::Event> events);
[[nodiscard]] bool is_passing_delivery(const store::PendingItem& item);

// Both in the order above: what opened, changed, or is over (open = false).
[[nodiscard]] std::vector<store::PendingItem> changes(std::span<const store::PendingItem> before,
                                                      std::span<const store::PendingItem> after);

// The text a correlation value is found by; empty for null.
[[nodiscard]] std::string correlation_text(const Value& value);

}  // namespace draad::service
