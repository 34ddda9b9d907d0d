// engine/verify/internal/safeguard_check.h
//
// Whether a safeguard holds on every path of a process and of what it calls: a small automaton runs beside the nets. A
// nested scope or a called process is one step there, with what it can do to the automaton as its effect; for these
// sentences the first and the last moment of such a step are the worst it can do beside parallel steps.
#pragma once

#include <vector>

#include "engine/verify/internal/scope_net.h"
#include "engine/verify/verify.h"

namespace draad::verify::internal {

// Findings: waarborg_geschonden, waarborg_anker_onbekend, waarborg_bij_uitvoering, undecided (with `constraint` filled).
// `graphs`: everything known, calls are resolved among them; `roots`: what is judged.
[[nodiscard]] std::vector<Finding> check_safeguards(const SafeguardFile& file, const std::vector<Graph>& roots,
                                                    const std::vector<Graph>& graphs, const Surroundings& surroundings,
                                                    const Options& options);

// Whether the longest way from `from` to `to` fits in `within`: every step on it that can last has a term or a timer
// that ends it. False says nothing.
[[nodiscard]] bool surely_within(const graph::WorkflowGraph& graph, graph::NodeIndex from, const AnchorSet& to,
                                 const Duration& within, TermijnKalender calendar);

}  // namespace draad::verify::internal
