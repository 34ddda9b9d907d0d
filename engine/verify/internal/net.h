// engine/verify/internal/net.h
//
// What one scope (a process, a sub-process, the handler of a boundary event) can do, as places and transitions. A place
// is a sequence flow, or a node that several flows lead to and that takes time. A nested scope is one transition here:
// it has a net of its own, and only how it can end matters to its surroundings (scope_net.h).
// Token counts beyond one are violations, so a marking is a set of places.
//   in/out      consumed and produced. A join that is inclusive consumes whichever of `in` are marked, under rule 2 of
//               engine/docs/semantics.md; all others need all of `in`.
//   optional    any subset of these is produced as well; `otherwise` (the default flow) when the subset is empty.
//   exit        the scope ends here, whatever else is in it (terminate, an error that leaves the scope).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/graph/workflow_graph.h"

namespace draad::verify::internal {

using Place = std::uint32_t;
using TransitionIndex = std::uint32_t;
inline constexpr std::uint32_t kNothing = 0xffffffffu;

// Sequences of nodes that share their parts: fusing two transitions of a thousand steps costs one entry.
using Rope = std::uint32_t;  // 0 is the empty sequence.
class Ropes {
 public:
  Ropes() : entries_(1) {}
  [[nodiscard]] Rope leaf(graph::NodeIndex node);
  [[nodiscard]] Rope join(Rope first, Rope second);
  [[nodiscard]] std::uint32_t length(Rope rope) const { return entries_[rope].length; }
  void append(Rope rope, std::vector<graph::NodeIndex>& to) const;

 private:
  struct Entry {
    Rope left = 0, right = 0;
    graph::NodeIndex node = graph::kNone;
    std::uint32_t length = 0;
  };
  std::vector<Entry> entries_;
};

// What a run of something does to the state of a small automaton (safeguards): bit 4 * from + to.
using Effect = std::uint16_t;
inline constexpr Effect kNoEffect = 0x8421;  // Every state stays.
[[nodiscard]] Effect then(Effect first, Effect second);

// Which part of what runs inside an activity has happened when a transition fires.
enum class Inside : std::uint8_t { nothing, all, part, failed, handler };

struct Transition {
  std::vector<Place> in, out, optional;
  Place otherwise = kNothing;
  bool needs_choice = false;  // With an empty subset of `optional` and no `otherwise`, it cannot fire.
  bool inclusive_join = false;
  bool exit = false;
  bool halts = false;  // An exit that stands for a sub-process that never ends: no fault here, and no end either.
  bool alive = true;
  Rope steps = 0;   // The nodes that complete when it fires, in order.
  Rope covers = 0;  // Further nodes that can complete where it can fire.
  Effect effect = kNoEffect;
  Inside inside = Inside::nothing;
  graph::NodeIndex host = graph::kNone;  // The activity (or for a handler the boundary event) that `inside` is about.

  [[nodiscard]] bool plain() const { return optional.empty() && otherwise == kNothing && !inclusive_join; }
};

struct PlaceInfo {
  graph::FlowIndex flow = graph::kNone;  // The flow it stands for, else
  graph::NodeIndex node = graph::kNone;  // the node that runs.
  bool alive = true;
  bool busy = false;  // Reduction took a step away that changes nothing: marked, the net is never at rest.
  Rope covers = 0;    // Nodes that can complete once it is marked.
};

struct Net {
  std::vector<PlaceInfo> places;
  std::vector<Transition> transitions;
  Place initial = 0;  // Marked at the start, alone.
  // Never marked: input of ways that are drawn and cannot be gone. An inclusive join, which looks at the drawing, still
  // waits for what could come along them.
  Place never = kNothing;
  Ropes ropes;

  Place add_place(graph::FlowIndex flow, graph::NodeIndex node) {
    PlaceInfo& place = places.emplace_back();
    place.flow = flow;
    place.node = node;
    return static_cast<Place>(places.size() - 1);
  }
  [[nodiscard]] bool has_inclusive_join() const;
};

// Fuses what can be fused without changing any verdict: series, parallel and alternative steps, loops that come back,
// inclusive blocks. A net made of blocks ends as one step. See engine/docs/verification.md.
// Each step of the result stands for a sequence of steps of the net it came from.
void reduce(Net& net);

// True when no run can put two tokens on one place, shown without exploring (over-approximates which places can be
// marked together). False says nothing. `budget_pairs` limits the work.
[[nodiscard]] bool surely_safe(const Net& net, std::uint64_t budget_pairs = 4'000'000);

}  // namespace draad::verify::internal
