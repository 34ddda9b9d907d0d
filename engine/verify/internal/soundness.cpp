#include "engine/verify/internal/soundness.h"

#include <algorithm>

#include "engine/verify/internal/explore.h"
#include "engine/verify/internal/outcome.h"
#include "engine/verify/internal/texts.h"

namespace draad::verify::internal {

using graph::NodeIndex;
using graph::NodeKind;

namespace {

constexpr std::uint64_t kWitnessMarkings = 10'000;  // For a shortest walk on the net as drawn.
constexpr std::uint64_t kPrefixMarkings = 20'000;

bool is_state_machine(const Net& net) {
  return std::all_of(net.transitions.begin(), net.transitions.end(), [](const Transition& t) {
    return !t.alive || (t.plain() && t.in.size() == 1 && t.out.size() <= 1);
  });
}

class Judge {
 public:
  Judge(const graph::WorkflowGraph& graph, const Surroundings& surroundings, const Options& options)
      : graph_(graph), options_(options), nets_(compile_nets(graph, surroundings)) {}

  // Sub-processes without any way to their end, which showed while judging.
  [[nodiscard]] const std::set<graph::ScopeIndex>& never_complete() const { return never_complete_; }

  Judgement run() {
    Judgement& result = result_;
    result.verdict.id = graph_.process_id();
    result.verdict.with_conditions = options_.with_conditions;
    result.verdict.sound = true;
    if (!nets_.undecidable.empty()) {
      undecided(nets_.undecidable, nets_.undecidable_at);
      return std::move(result);
    }
    dead_nets_.assign(nets_.nets.size(), false);
    for (std::size_t i = 0; i < nets_.nets.size(); ++i) {
      // What stands in something that never runs has been said there.
      if (i != 0 && unreachable(i)) {
        dead_nets_[i] = true;
        continue;
      }
      judge_net(i);
    }
    return std::move(result);
  }

 private:
  [[nodiscard]] bool unreachable(std::size_t i) const {
    const ScopeNet& net = nets_.nets[i];
    if (dead_nets_[net.parent]) return true;
    if (net.host == kNothing) return false;
    const NodeIndex host = net.kind == NetKind::handler ? graph_.node(net.owner).attached_to : net.owner;
    return std::find(dead_.begin(), dead_.end(), host) != dead_.end();
  }

  ExploreOptions limits(std::uint64_t markings) const {
    ExploreOptions limits;
    limits.markings_max = std::min(options_.markings_max, markings);
    limits.bytes_max = options_.memory_max_bytes;
    limits.out_of_time = &options_.out_of_time;
    return limits;
  }

  void judge_net(std::size_t i) {
    ScopeNet& scope = nets_.nets[i];
    Net reduced = scope.net;
    reduce(reduced);
    const bool simple = is_state_machine(reduced);
    ExploreOptions how = limits(options_.markings_max);
    how.persistent = !simple && surely_safe(reduced);
    how.stop_at_overflow = true;
    std::vector<bool> once(graph_.node_count(), false);
    for (const NodeIndex node : scope.nodes) once[node] = graph_.node(node).kind == NodeKind::end_event;
    const Exploration quick = explore(reduced, how, once);
    result_.verdict.states += quick.states;
    if (!simple && result_.verdict.analysis == Analysis::structural) result_.verdict.analysis = Analysis::exhaustive;

    std::vector<bool> covered(graph_.node_count(), false);
    cover(reduced, quick, covered);
    const bool overflow = !quick.overflows.empty();
    if (quick.complete && !overflow && !quick.can_end && scope.kind == NetKind::sub_process)
      never_complete_.insert(scope.scope);
    if (!quick.complete && !overflow && quick.stuck.empty()) {
      undecided("de grens aan het zoekwerk is bereikt (" + std::to_string(quick.states) + " toestanden)",
                scope.owner != graph::kNone ? scope.owner : graph::kNone);
      return;
    }
    const bool stuck = !quick.stuck.empty();
    const bool dead = quick.complete && !overflow && !uncovered(scope, covered).empty();
    if (!overflow && !stuck && !dead && quick.repeated.empty()) return;

    // Something is wrong: look at the net as drawn, for the shortest walk and for what hid behind the first fault.
    const Exploration drawn = explore(scope.net, limits(kWitnessMarkings), once);
    cover(scope.net, drawn, covered);
    const std::vector<NodeIndex> prefix = walk_to(i);
    report_overflow(scope, reduced, quick, drawn, prefix);
    report_stuck(scope, reduced, quick, drawn, prefix);
    const bool all_seen = (drawn.complete && !drawn.truncated) || (quick.complete && !overflow);
    if (all_seen) report_dead(scope, covered);
    report_repeated(drawn.complete ? drawn : quick, prefix);
  }

  void cover(const Net& net, const Exploration& seen, std::vector<bool>& covered) const {
    std::vector<NodeIndex> nodes;
    for (TransitionIndex t = 0; t < net.transitions.size(); ++t)
      if (seen.fired[t]) {
        net.ropes.append(net.transitions[t].steps, nodes);
        net.ropes.append(net.transitions[t].covers, nodes);
      }
    for (Place p = 0; p < net.places.size(); ++p)
      if (seen.marked[p]) net.ropes.append(net.places[p].covers, nodes);
    for (const NodeIndex node : nodes) covered[node] = true;
  }

  [[nodiscard]] std::vector<NodeIndex> uncovered(const ScopeNet& scope, const std::vector<bool>& covered) const {
    std::vector<NodeIndex> dead;
    for (const NodeIndex node : scope.nodes)
      if (!covered[node] && graph::is_activity(graph_.node(node).kind)) dead.push_back(node);
    return dead;
  }

  // How the process gets to where net `i` begins.
  std::vector<NodeIndex> walk_to(std::size_t i) {
    if (i == 0) return {};
    const ScopeNet& net = nets_.nets[i];
    std::vector<NodeIndex> walk = walk_to(net.parent);
    if (net.host == kNothing) return walk;
    const ScopeNet& parent = nets_.nets[net.parent];
    ExploreOptions how = limits(kPrefixMarkings);
    how.goal = net.host;
    Exploration seen = explore(parent.net, how);
    if (!seen.goal.has_value() && surely_safe(parent.net)) {
      how.persistent = true;
      seen = explore(parent.net, how);
    }
    if (seen.goal.has_value()) {
      const std::vector<NodeIndex> steps = seen.walk(parent.net, *seen.goal);
      walk.insert(walk.end(), steps.begin(), steps.end());
    }
    if (net.kind == NetKind::handler) walk.push_back(net.owner);
    return walk;
  }

  Finding& add(std::string code, Severity severity, std::vector<std::string> elements) {
    Finding& finding = result_.findings.emplace_back();
    finding.code = std::move(code);
    finding.severity = severity;
    finding.elements = std::move(elements);
    place(finding, graph_);
    finding.process = graph_.process_id();
    if (severity == Severity::error) result_.verdict.sound = false;
    return finding;
  }

  void undecided(const std::string& why, NodeIndex at) {
    if (result_.verdict.sound == true) result_.verdict.sound.reset();
    result_.verdict.analysis = Analysis::bounded;
    const bool was_unsound = result_.verdict.sound == false;
    Finding& finding = add("undecided", Severity::warning,
                           at == graph::kNone ? std::vector<std::string>{} : std::vector{graph_.node(at).id});
    if (!was_unsound) result_.verdict.sound.reset();
    finding.message = "Of dit proces altijd goed afloopt, is niet vastgesteld: " + why + ".";
    finding.message_en =
        "Whether this process always ends well was not decided: the state space is too large or an "
        "element has no settled meaning here.";
    finding.mend = "Maak het proces eenvoudiger, of zet een deel in een eigen subproces.";
  }

  [[nodiscard]] std::vector<NodeIndex> full_walk(const std::vector<NodeIndex>& prefix, const Net& net,
                                                 const Exploration& seen, State state, TransitionIndex last) const {
    std::vector<NodeIndex> walk = prefix;
    const std::vector<NodeIndex> steps = seen.walk(net, state);
    walk.insert(walk.end(), steps.begin(), steps.end());
    if (last != kNothing) net.ropes.append(net.transitions[last].steps, walk);
    return walk;
  }

  void report_overflow(const ScopeNet& scope, const Net& reduced, const Exploration& quick, const Exploration& drawn,
                       const std::vector<NodeIndex>& prefix) {
    const bool on_drawn = !drawn.overflows.empty();
    const Exploration& seen = on_drawn ? drawn : quick;
    const Net& net = on_drawn ? scope.net : reduced;
    if (seen.overflows.empty()) return;
    // The shortest walk; of equally short ones the first in document order.
    const Overflow* first = nullptr;
    std::vector<NodeIndex> shortest;
    for (const Overflow& overflow : seen.overflows) {
      std::vector<NodeIndex> walk = full_walk(prefix, net, seen, overflow.state, overflow.by);
      if (first == nullptr || walk.size() < shortest.size()) {
        first = &overflow;
        shortest = std::move(walk);
      }
    }
    const PlaceInfo& where = net.places[first->place];
    std::vector<std::string> elements;
    std::string place_text;
    if (where.flow != graph::kNone) {
      elements.push_back(graph_.flow(where.flow).id);
      place_text = "de stroom " + flow_label(graph_, where.flow);
    } else if (where.node != graph::kNone) {
      elements.push_back(graph_.node(where.node).id);
      place_text = label(graph_, where.node);
    }
    if (!shortest.empty() && (elements.empty() || graph_.node(shortest.back()).id != elements.front()))
      elements.push_back(graph_.node(shortest.back()).id);
    Finding& finding = add("lack_of_synchronisation", Severity::error, std::move(elements));
    finding.witness = ids(graph_, shortest);
    finding.message = "Op " + place_text +
                      " kunnen twee lopende draden tegelijk komen: wat erna komt, gebeurt dan dubbel. " +
                      "Ze zijn eerder gesplitst en niet weer samengevoegd.";
    finding.message_en =
        "Two threads can be here at the same time: they were split before and not joined again, so "
        "what follows happens twice.";
    finding.mend = "Voeg de draden samen met een parallelle (of inclusieve) gateway, of splits met een exclusieve.";
  }

  // The nodes that wait for more than they have, then what stands still elsewhere.
  [[nodiscard]] std::vector<NodeIndex> waiting_at(const Net& net, const std::vector<Place>& marking) const {
    std::vector<NodeIndex> joins, rest;
    const auto note = [](std::vector<NodeIndex>& list, NodeIndex node) {
      if (std::find(list.begin(), list.end(), node) == list.end()) list.push_back(node);
    };
    for (const Place p : marking) {
      bool joined = false;
      for (const Transition& t : net.transitions) {
        if (!t.alive || t.in.size() < 2 || t.steps == 0 || std::find(t.in.begin(), t.in.end(), p) == t.in.end())
          continue;
        std::vector<NodeIndex> nodes;
        net.ropes.append(t.steps, nodes);
        if (nodes.empty()) continue;
        note(joins, nodes.front());
        joined = true;
      }
      if (joined) continue;
      if (net.places[p].node != graph::kNone)
        note(rest, net.places[p].node);
      else if (net.places[p].flow != graph::kNone)
        note(rest, graph_.flow(net.places[p].flow).target);
    }
    joins.insert(joins.end(), rest.begin(), rest.end());
    return joins;
  }

  void report_stuck(const ScopeNet& scope, const Net& reduced, const Exploration& quick, const Exploration& drawn,
                    const std::vector<NodeIndex>& prefix) {
    const bool on_drawn = !drawn.stuck.empty();
    const Exploration& seen = on_drawn ? drawn : quick;
    const Net& net = on_drawn ? scope.net : reduced;
    std::vector<std::pair<NodeIndex, bool>> told;
    for (const Stuck& stuck : seen.stuck) {
      const std::vector<Place> marking = seen.marking(stuck.state);
      const std::vector<NodeIndex> at = waiting_at(net, marking);
      if (!at.empty()) {
        const std::pair<NodeIndex, bool> here(at.front(), stuck.livelock);
        if (std::find(told.begin(), told.end(), here) != told.end()) continue;
        told.push_back(here);
      }
      std::vector<std::string> elements = ids(graph_, at);
      for (const Place p : marking)
        if (net.places[p].flow != graph::kNone) elements.push_back(graph_.flow(net.places[p].flow).id);
      report_one_stuck(scope, stuck, at, std::move(elements),
                       ids(graph_, full_walk(prefix, net, seen, stuck.state, kNothing)));
    }
  }

  void report_one_stuck(const ScopeNet& scope, const Stuck& stuck, const std::vector<NodeIndex>& at,
                        std::vector<std::string> elements, std::vector<std::string> witness) {
    const std::string where = at.empty() ? std::string("hier") : "bij " + label(graph_, at.front());
    if (scope.interruptible) {
      Finding& finding = add("stuck_until_interrupted", Severity::warning, std::move(elements));
      finding.witness = std::move(witness);
      finding.message = "De casus kan stilvallen " + where +
                        "; alleen een gebeurtenis van buiten (termijn, bericht, signaal) haalt hem er dan uit.";
      finding.message_en = "The process can come to a standstill here; only an interrupting event frees it.";
      finding.mend =
          "Zorg dat elk pad zelf verder kan, of laat zien dat dit wachten de bedoeling is met een wachtstap.";
      return;
    }
    if (stuck.livelock) {
      Finding& finding = add("livelock", Severity::error, std::move(elements));
      finding.witness = std::move(witness);
      finding.message = "Vanaf " + (at.empty() ? std::string("hier") : label(graph_, at.front())) +
                        " blijft de casus rondgaan: het einde is niet meer te bereiken.";
      finding.message_en = "From here the process goes round for ever: the end can no longer be reached.";
      finding.mend = "Geef de lus een uitgang die naar een einde leidt.";
      return;
    }
    Finding& finding = add("deadlock", Severity::error, std::move(elements));
    finding.witness = std::move(witness);
    finding.message = "De casus kan stilvallen " + where +
                      ": daar wordt gewacht op een pad dat niet meer komt. Er is dan " +
                      "geen taak, termijn of bericht meer die hem verder helpt.";
    finding.message_en = "The process can come to a standstill here: it waits for a path that will never come.";
    finding.mend =
        "Laat de samenvoeging passen bij de splitsing ervoor: exclusief gesplitst is exclusief samengevoegd.";
  }

  void report_dead(const ScopeNet& scope, const std::vector<bool>& covered) {
    for (const NodeIndex node : uncovered(scope, covered)) {
      dead_.push_back(node);
      Finding& finding = add("dead_activity", Severity::error, {graph_.node(node).id});
      finding.message = "De stap " + label(graph_, node) + " kan nooit gebeuren: geen enkel pad komt er.";
      finding.message_en = "This activity can never happen: no path leads to it.";
      finding.mend = "Verbind de stap met het proces, of haal hem weg.";
    }
  }

  void report_repeated(const Exploration& seen, const std::vector<NodeIndex>& prefix) {
    for (const auto& [node, walk] : seen.repeated) {
      Finding& finding = add("improper_completion", Severity::warning, {graph_.node(node).id});
      std::vector<NodeIndex> whole = prefix;
      whole.insert(whole.end(), walk.begin(), walk.end());
      finding.witness = ids(graph_, whole);
      finding.message =
          "Het einde " + label(graph_, node) + " kan in dezelfde casus vaker dan een keer worden bereikt.";
      finding.message_en = "This end event can be reached more than once in the same run.";
      finding.mend = "Voeg de paden samen voor het einde, of geef elk pad een eigen einde.";
    }
  }

  const graph::WorkflowGraph& graph_;
  const Options& options_;
  ProcessNets nets_;
  std::vector<bool> dead_nets_;
  std::vector<NodeIndex> dead_;
  std::set<graph::ScopeIndex> never_complete_;
  Judgement result_;
};

}  // namespace

Judgement judge(const graph::WorkflowGraph& graph, const Surroundings& surroundings, const Options& options) {
  Surroundings known = surroundings;
  while (true) {
    Judge judge(graph, known, options);
    Judgement result = judge.run();
    const std::size_t before = known.never_complete.size();
    known.never_complete.insert(judge.never_complete().begin(), judge.never_complete().end());
    // What follows such a sub-process cannot happen: look again with that known.
    if (known.never_complete.size() == before) return result;
  }
}

std::map<std::string, Outcome, std::less<>> outcomes_of(const std::vector<Graph>& graphs) {
  Surroundings surroundings;
  for (const Graph& graph : graphs) surroundings.called[graph->process_id()] = Outcome{};
  // Sets only grow, so this ends; the bound is for chains of calls, each round carries an error one call outward.
  for (std::size_t round = 0; round <= graphs.size(); ++round) {
    bool changed = false;
    for (const Graph& graph : graphs) {
      Outcome now = Outcomes(*graph, surroundings).scope(0);
      Outcome& known = surroundings.called[graph->process_id()];
      if (now == known) continue;
      known = std::move(now);
      changed = true;
    }
    if (!changed) break;
  }
  return surroundings.called;
}

}  // namespace draad::verify::internal
