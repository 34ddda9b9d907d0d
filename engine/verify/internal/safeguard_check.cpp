#include "engine/verify/internal/safeguard_check.h"

#include <algorithm>
#include <map>

#include "engine/verify/internal/automaton.h"
#include "engine/verify/internal/product.h"
#include "engine/verify/internal/texts.h"

namespace draad::verify::internal {

using graph::EventKind;
using graph::NodeIndex;

namespace {

struct Summary {
  Effect all = kNoEffect, part = kNoEffect, failed = 0;
  bool complete = true;
};

struct Model {
  Graph graph;
  ProcessNets nets;
  std::vector<std::size_t> net_of_owner;  // Per node: the net of the sub-process or handler it owns; else npos.
};

constexpr std::size_t kNoNet = static_cast<std::size_t>(-1);

class Checker {
 public:
  Checker(const std::map<std::string, Model, std::less<>>& models, const Safeguard& safeguard)
      : models_(models), automaton_(safeguard) {}

  const Summary& summary(const Model& model, std::size_t index) {
    const std::pair<const Model*, std::size_t> key(&model, index);
    if (const auto known = known_.find(key); known != known_.end()) return known->second;
    known_[key] = Summary{};  // A process that calls itself adds nothing on the inside.
    Prepared& net = prepare(model, index);
    Summary made{0, kNoEffect, 0, true};
    for (unsigned state = 0; state < 4; ++state) {
      const ProductResult result = explore(net, state, ProductGoal::none, 0);
      made.all |= result.all;
      made.part |= result.part;
      made.failed |= result.failed;
      made.complete = made.complete && result.complete;
    }
    for (const std::size_t child : net.interrupting) {
      const Summary& handler = summary(model, child);
      made.all |= then(made.part, handler.all);
      made.failed |= then(made.part, handler.failed);
      made.part |= then(made.part, handler.part);
      made.complete = made.complete && handler.complete;
    }
    made.complete = made.complete && net.complete;
    return known_[key] = made;
  }

  // The ids of a walk through net `index` from automaton state `state` to one of `goal_states`.
  bool walk(const Model& model, std::size_t index, unsigned state, ProductGoal goal, unsigned goal_states,
            std::vector<std::string>& ids, int depth = 0) {
    if (depth > 40) return false;
    Prepared& net = prepare(model, index);
    const ProductResult result = explore(net, state, goal, goal_states);
    if (!result.walk) return walk_through_handler(model, net, index, state, goal, goal_states, ids, depth);
    for (const ProductStep& step : *result.walk) {
      const Transition& t = net.net.transitions[step.by];
      std::vector<NodeIndex> nodes;
      net.net.ropes.append(t.steps, nodes);
      // What ran inside an activity stands before the activity itself, or before the event that cut it off.
      const auto at = std::find_if(nodes.begin(), nodes.end(), [&](NodeIndex node) {
        return node == t.host || (t.host != graph::kNone && net.model->graph->node(node).attached_to == t.host);
      });
      const auto name = [&](auto from, auto to) {
        for (; from != to; ++from) ids.push_back(net.model->graph->node(*from).id);
      };
      name(nodes.begin(), at);
      walk_inside(*net.model, t, step, nodes, ids, depth);
      name(at, nodes.end());
    }
    return true;
  }

  [[nodiscard]] const Automaton& automaton() const { return automaton_; }

 private:
  struct Prepared {
    const Model* model = nullptr;
    Net net;
    std::vector<std::size_t> interrupting;  // Event sub-processes that end this scope.
    bool complete = true;
  };

  bool walk_through_handler(const Model& model, Prepared& net, std::size_t /*index*/, unsigned state, ProductGoal goal,
                            unsigned goal_states, std::vector<std::string>& ids, int depth) {
    for (const std::size_t child : net.interrupting)
      for (unsigned via = 0; via < 4; ++via) {
        std::vector<std::string> before, after;
        if (!walk(model, child, via, goal, goal_states, after, depth + 1)) continue;
        const ProductResult there = explore(net, state, ProductGoal::anywhere, 1u << via);
        if (!there.walk) continue;
        for (const ProductStep& step : *there.walk) {
          std::vector<NodeIndex> nodes;
          net.net.ropes.append(net.net.transitions[step.by].steps, nodes);
          for (const NodeIndex node : nodes) ids.push_back(model.graph->node(node).id);
        }
        ids.insert(ids.end(), after.begin(), after.end());
        return true;
      }
    return false;
  }

  void walk_inside(const Model& model, const Transition& t, const ProductStep& step,
                   const std::vector<NodeIndex>& nodes, std::vector<std::string>& ids, int depth) {
    if (t.host == graph::kNone || t.inside == Inside::nothing || t.inside == Inside::handler) return;
    const Model* inner = &model;
    std::size_t index = model.net_of_owner[t.host];
    if (index == kNoNet) {
      inner = called(model, t.host);
      index = 0;
    }
    if (inner == nullptr) return;
    const ProductGoal goal = t.inside == Inside::part     ? ProductGoal::anywhere
                             : t.inside == Inside::failed ? ProductGoal::at_failure
                                                          : ProductGoal::at_end;
    const Effect after = letters(model, nodes, t);
    for (unsigned via = 0; via < 4; ++via)
      if ((after >> (4 * via + step.after) & 1u) != 0 &&
          walk(*inner, index, step.before, goal, 1u << via, ids, depth + 1))
        return;
  }

  [[nodiscard]] const Model* called(const Model& model, NodeIndex host) const {
    const graph::FlowNode& node = model.graph->node(host);
    if (node.kind != graph::NodeKind::call_activity) return nullptr;
    const auto found = models_.find(called_process_id(node.called_element));
    return found == models_.end() ? nullptr : &found->second;
  }

  [[nodiscard]] static bool many(const graph::FlowNode& node) { return node.multi_instance || node.loop; }
  [[nodiscard]] static bool maybe_none(const graph::FlowNode& node) {
    return node.multi_instance.has_value() || (node.loop && node.loop->test_before);
  }

  // What the steps themselves do; the activity whose inside runs first comes with its rounds elsewhere.
  [[nodiscard]] Effect letters(const Model& model, const std::vector<NodeIndex>& nodes, const Transition& t) const {
    Effect effect = kNoEffect;
    for (const NodeIndex node : nodes) {
      const graph::FlowNode& step = model.graph->node(node);
      Effect one = automaton_.letter(step.annotations.anchor);
      const bool has_inside = node == t.host && (model.net_of_owner[node] != kNoNet || called(model, node) != nullptr);
      if (one != kNoEffect && many(step) && !has_inside) one = rounds(one, maybe_none(step));
      effect = then(effect, one);
    }
    return effect;
  }

  Effect inside(const Model& model, const Transition& t, bool& complete) {
    if (t.inside == Inside::nothing || t.inside == Inside::handler || t.host == graph::kNone) return kNoEffect;
    const Model* inner = &model;
    std::size_t index = model.net_of_owner[t.host];
    if (index == kNoNet) {
      inner = called(model, t.host);
      index = 0;
    }
    const graph::FlowNode& host = model.graph->node(t.host);
    if (inner == nullptr) return kNoEffect;
    const Summary& known = summary(*inner, index);
    complete = complete && known.complete;
    const bool repeats = many(host);
    const Effect before = repeats ? rounds(known.part, true) : kNoEffect;
    switch (t.inside) {
      case Inside::all:
        return repeats ? rounds(known.all, maybe_none(host)) : known.all;
      case Inside::failed:
        // A task inside may fail with an error that no end event throws: then any part of it may have happened.
        return then(before, static_cast<Effect>(known.failed | (t.exit ? 0 : known.part)));
      default:
        return then(before, known.part);
    }
  }

  Prepared& prepare(const Model& model, std::size_t index) {
    const std::pair<const Model*, std::size_t> key(&model, index);
    if (const auto found = prepared_.find(key); found != prepared_.end()) return found->second;
    Prepared made;
    made.model = &model;
    made.net = model.nets.nets[index].net;
    Net& net = made.net;
    const std::size_t count = net.transitions.size();
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<NodeIndex> nodes;
      net.ropes.append(net.transitions[i].steps, nodes);
      const Effect own = letters(model, nodes, net.transitions[i]);
      net.transitions[i].effect = then(inside(model, net.transitions[i], made.complete), own);
      if (net.transitions[i].inside == Inside::handler) add_handler(model, net, i, made.complete);
    }
    for (std::size_t child = 0; child < model.nets.nets.size(); ++child) {
      const ScopeNet& other = model.nets.nets[child];
      if (child == index || other.kind != NetKind::event_sub_process || other.parent != index) continue;
      if (interrupts(model, other))
        made.interrupting.push_back(child);
      else
        add_beside(model, net, child, made.complete);
    }
    reduce(net);
    return prepared_[key] = std::move(made);
  }

  [[nodiscard]] static bool interrupts(const Model& model, const ScopeNet& net) {
    for (const NodeIndex node : net.nodes)
      if (model.graph->node(node).kind == graph::NodeKind::start_event) return model.graph->node(node).interrupting;
    return false;
  }

  // What a non-interrupting boundary event sets off runs beside its host, and may outlast it.
  void add_handler(const Model& model, Net& net, std::size_t i, bool& complete) {
    const std::size_t child = model.net_of_owner[net.transitions[i].host];
    if (child == kNoNet) return;
    const Summary& known = summary(model, child);
    complete = complete && known.complete;
    const Place running = net.add_place(graph::kNone, net.transitions[i].host);
    net.transitions[i].out.push_back(running);
    Transition done;
    done.in = {running};
    done.effect = known.all;
    done.inside = Inside::all;
    done.host = net.transitions[i].host;
    net.transitions.push_back(std::move(done));
  }

  // A non-interrupting event sub-process: at any moment, or not at all.
  void add_beside(const Model& model, Net& net, std::size_t child, bool& complete) {
    const Summary& known = summary(model, child);
    complete = complete && known.complete;
    const Place begin = net.add_place(graph::kNone, graph::kNone), open = net.add_place(graph::kNone, graph::kNone);
    Transition start, skip, run;
    start.in = {begin};
    start.out = {net.initial, open};
    skip.in = run.in = {open};
    run.effect = known.all;
    run.inside = Inside::all;
    run.host = model.nets.nets[child].owner;
    net.transitions.push_back(std::move(start));
    net.transitions.push_back(std::move(skip));
    net.transitions.push_back(std::move(run));
    net.initial = begin;
  }

  ProductResult explore(const Prepared& net, unsigned state, ProductGoal goal, unsigned goal_states) const {
    ProductOptions options;
    options.state = state;
    options.goal = goal;
    options.goal_states = goal_states;
    options.ends_well = [&](TransitionIndex t) {
      std::vector<NodeIndex> nodes;
      net.net.ropes.append(net.net.transitions[t].steps, nodes);
      return !nodes.empty() && net.model->graph->node(nodes.back()).event_kind() == EventKind::terminate;
    };
    return explore_product(net.net, options);
  }

  const std::map<std::string, Model, std::less<>>& models_;
  Automaton automaton_;
  std::map<std::pair<const Model*, std::size_t>, Summary> known_;
  std::map<std::pair<const Model*, std::size_t>, Prepared> prepared_;
};

std::string meaning(const Safeguard& safeguard) {
  const std::string a = safeguard.first.text(), b = safeguard.second.text();
  switch (safeguard.kind) {
    case SafeguardKind::followed_by:
      return "na " + a + " kan de casus eindigen zonder " + b;
    case SafeguardKind::at_most_once:
      return a + " kan in een casus vaker dan een keer gebeuren";
    case SafeguardKind::on_every_path:
      return "de casus kan eindigen zonder " + a;
    case SafeguardKind::never_after:
      return b + " kan nog gebeuren na " + a;
    case SafeguardKind::never_both:
      return a + " en " + b + " kunnen in een casus allebei gebeuren";
    default:
      return b + " kan gebeuren zonder dat " + a + " eraan voorafging";
  }
}

class Run {
 public:
  Run(const SafeguardFile& file, const std::vector<Graph>& roots, const std::vector<Graph>& graphs,
      const Surroundings& surroundings)
      : file_(file), roots_(roots) {
    for (const Graph& graph : graphs) {
      Model& model = models_[graph->process_id()];
      model.graph = graph;
      model.nets = compile_nets(*graph, surroundings);
      model.net_of_owner.assign(graph->node_count(), kNoNet);
      for (std::size_t i = 1; i < model.nets.nets.size(); ++i) model.net_of_owner[model.nets.nets[i].owner] = i;
    }
  }

  std::vector<Finding> run() {
    for (const Graph& root : roots_) {
      collect(*root);
      for (const Safeguard& safeguard : file_.safeguards) judge(*root, safeguard);
    }
    return std::move(findings_);
  }

 private:
  struct Where {
    const graph::WorkflowGraph* graph;
    NodeIndex node;
  };

  // The anchored steps of a process and of all it calls.
  void collect(const graph::WorkflowGraph& root) {
    steps_.clear();
    std::vector<const graph::WorkflowGraph*> open = {&root};
    std::set<std::string> seen = {root.process_id()};
    for (std::size_t i = 0; i < open.size(); ++i)
      for (NodeIndex node = 0; node < open[i]->node_count(); ++node) {
        const graph::FlowNode& step = open[i]->node(node);
        if (!step.annotations.anchor.empty()) steps_.push_back({open[i], node});
        if (step.kind != graph::NodeKind::call_activity) continue;
        const auto called = models_.find(called_process_id(step.called_element));
        if (called != models_.end() && seen.insert(called->first).second) open.push_back(called->second.graph.get());
      }
  }
  [[nodiscard]] std::vector<Where> matching(const AnchorSet& anchors) const {
    std::vector<Where> found;
    for (const Where& step : steps_)
      if (anchors.matches(step.graph->node(step.node).annotations.anchor)) found.push_back(step);
    return found;
  }

  Finding& add(const graph::WorkflowGraph& root, const Safeguard& safeguard, std::string code, Severity severity,
               const std::vector<Where>& at) {
    Finding& finding = findings_.emplace_back();
    finding.code = std::move(code);
    finding.severity = severity;
    finding.process = root.process_id();
    finding.constraint = safeguard.name;
    for (const Where& where : at) finding.elements.push_back(where.graph->node(where.node).id);
    if (!at.empty() && at.front().graph == &root) place(finding, root);
    return finding;
  }

  void judge(const graph::WorkflowGraph& root, const Safeguard& safeguard) {
    const std::vector<Where> first = matching(safeguard.first), second = matching(safeguard.second);
    if (first.empty() && second.empty() && root.safeguards().empty()) return;  // It is about other processes.
    if (first.empty() || (second.empty() && !safeguard.second.patterns.empty())) {
      const AnchorSet& unknown = first.empty() ? safeguard.first : safeguard.second;
      Finding& finding =
          add(root, safeguard, "waarborg_anker_onbekend", Severity::warning, first.empty() ? second : first);
      finding.message = "De waarborg \"" + safeguard.sentence + "\" gaat over " + unknown.text() +
                        ", maar geen stap van dit proces (of van wat het aanroept) heeft dat anker.";
      finding.message_en = "A safeguard speaks of an anchor that no step of this process or of what it calls has.";
      finding.mend = "Geef de stap het anker, of verbeter de naam in de waarborg.";
    }
    if (first.empty() && second.empty()) return;
    Checker checker(models_, safeguard);
    const Model& model = models_.find(root.process_id())->second;
    const Summary& summary = checker.summary(model, 0);
    if (!model.nets.undecidable.empty() || !summary.complete) {
      Finding& finding = add(root, safeguard, "undecided", Severity::warning, first);
      finding.message = "Of de waarborg \"" + safeguard.sentence +
                        "\" altijd geldt, is niet vastgesteld: de grens aan het " + "zoekwerk is bereikt.";
      finding.message_en = "Whether this safeguard always holds was not decided.";
      return;
    }
    unsigned bad_ends = 0;
    for (unsigned state = 0; state < 4; ++state)
      if (!checker.automaton().may_end(state)) bad_ends |= 1u << state;
    const bool broken = (summary.part >> kBroken & 1u) != 0, ends_badly = (summary.all & bad_ends) != 0;
    if (broken || ends_badly) {
      Finding& finding = add(root, safeguard, "waarborg_geschonden", Severity::error,
                             second.empty() || broken ? (second.empty() ? first : second) : first);
      checker.walk(model, 0, 0, broken ? ProductGoal::anywhere : ProductGoal::at_end, broken ? 1u << kBroken : bad_ends,
                   finding.witness);
      finding.message = "De waarborg \"" + safeguard.sentence + "\" geldt niet op elk pad: " + meaning(safeguard) +
                        "." + (safeguard.reason.empty() ? "" : " " + safeguard.reason);
      finding.message_en = "A safeguard does not hold on every path; the witness is a path that breaks it.";
      finding.mend = "Volg het pad in het diagram en leg de stap zo dat hij op dit pad niet kan worden overgeslagen.";
      return;
    }
    if (safeguard.kind == SafeguardKind::other_person || (safeguard.within && !proved_within(safeguard, first))) {
      std::vector<Where> watch = first;
      watch.insert(watch.end(), second.begin(), second.end());
      Finding& finding = add(root, safeguard, "waarborg_bij_uitvoering", Severity::info, watch);
      finding.message = "De waarborg \"" + safeguard.sentence + "\" blijkt pas bij de uitvoering: " +
                        (safeguard.within ? "dat het op tijd is" : "dat het een ander is") +
                        ", is vooraf niet te bewijzen.";
      finding.message_en = "This safeguard shows only at run time; it cannot be proved beforehand.";
    }
  }

  static bool proved_within(const Safeguard& safeguard, const std::vector<Where>& first) {
    return std::all_of(first.begin(), first.end(), [&](const Where& where) {
      return surely_within(*where.graph, where.node, safeguard.second, *safeguard.within, safeguard.calendar);
    });
  }

  const SafeguardFile& file_;
  const std::vector<Graph>& roots_;
  std::map<std::string, Model, std::less<>> models_;
  std::vector<Where> steps_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_safeguards(const SafeguardFile& file, const std::vector<Graph>& roots,
                                      const std::vector<Graph>& graphs, const Surroundings& surroundings,
                                      const Options& /*options*/) {
  return Run(file, roots, graphs, surroundings).run();
}

}  // namespace draad::verify::internal
