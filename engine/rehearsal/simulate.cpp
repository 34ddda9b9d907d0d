#include "engine/rehearsal/simulate.h"

#include <algorithm>
#include <deque>

#include "engine/execute/decide.h"
#include "engine/rehearsal/internal/plan_behaviour.h"
#include "engine/rehearsal/internal/trace_recorder.h"

namespace draad::rehearsal {
namespace {

using execute::CasusState;
using execute::ElementInstance;
using execute::ElementKey;
using execute::SubscriptionKind;
using execute::SubscriptionState;
using graph::NodeKind;

// Midnight in Amsterdam, so that whole days are civil days.
Instant first_moment() {
  return from_local(std::chrono::local_days{std::chrono::January / 1 / 2026});
}

// A message on its way: to a node, to a process, or to whoever knows its name.
struct Parcel {
  std::string name;
  Value correlation;
  Facts facts;
  std::string target_node;
  std::string target_process;
  bool from_plan = false;
};

class Simulation {
 public:
  Simulation(const execute::Release& release, const Plan& plan, const std::vector<MessageLink>& links,
             const SimulationBudget& budget)
      : release_(release), plan_(plan), links_(links), budget_(budget), behaviour_(plan), recorder_(release, trace_) {}

  Trace run() {
    for (const std::string& process : plan_.start_first) start(process, {}, plan_.variables);
    main_ = casussen_.size();
    start(plan_.process, {}, plan_.variables);
    settle();
    for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
      if (!failed_) play_step(i);
      trace_.checkpoints.push_back({i, failed_ ? std::vector<TraceWaiting>{} : waiting()});
    }
    if (!failed_) pass(plan_.run_until);
    finish();
    return std::move(trace_);
  }

 private:
  // ---- Commands
  // -------------------------------------------------------------------------------------------------------------------

  bool start(const std::string& process, const std::string& start_event, const Facts& variables) {
    if (failed_) return false;
    if (casussen_.size() >= budget_.instances_max) {
      fail({}, "Er zijn meer dan " + std::to_string(budget_.instances_max) + " instanties gestart (budget).");
      return false;
    }
    casussen_.emplace_back();
    if (const Result<Done> started = send(casussen_.size() - 1, execute::StartCasus{process, start_event, variables});
        !started) {
      casussen_.pop_back();
      return false;
    }
    return true;
  }

  Result<Done> send(std::size_t casus, execute::CommandBody body) {
    const execute::Command command{CasusId{casus + 1}, "systeem", {}, now_, std::move(body)};
    execute::Options options;
    options.steps_max = budget_.steps_per_command;
    options.partial_at_limit = true;
    options.facts_to_process = true;
    options.uncaught_error_ends = true;
    options.behaviour = &behaviour_;
    Result<execute::Decision> decision =
        execute::decide(casussen_[casus], command, {release_, calendar_, nullptr, options});
    if (!decision) return decision.error();
    casussen_[casus] = std::move(decision->after);
    take_in(casus, decision->events);
    if (decision->out_of_steps) {
      recorder_.set_state(casus, "failed");
      fail({}, "Het proces gaat eindeloos door: meer dan " + std::to_string(budget_.steps_per_command) +
                   " stappen zonder te wachten (budget).");
    }
    return Done{};
  }

  void take_in(std::size_t casus, const std::vector<execute::Event>& events) {
    const Aftermath aftermath = recorder_.add(casus, events, elapsed());
    for (const SentMessage& message : aftermath.messages) address(message);
    for (const std::string& signal : aftermath.signals) signals_.emplace_back(casus, signal);
    if (aftermath.failure) {
      fail(node_id(aftermath.failure->node), aftermath.failure->message);
      recorder_.set_state(casus, "failed");
    } else if (aftermath.ended_by_error && aftermath.uncaught) {
      const bool at_end = release_.node(aftermath.uncaught->node).kind == NodeKind::end_event;
      recorder_.set_state(casus, at_end ? "error_end" : "failed");
      if (at_end) {
        error_end_ = error_end_ || casus == main_;
      } else {
        fail(node_id(aftermath.uncaught->node),
             "De fout \"" + aftermath.uncaught->code + "\" wordt nergens opgevangen.");
      }
    }
    if (trace_.events.size() > budget_.events_max)
      fail({}, "Er zijn meer dan " + std::to_string(budget_.events_max) + " gebeurtenissen (budget).");
    if (budget_.out_of_time && budget_.out_of_time()) fail({}, "De rekentijd is op (budget).");
  }

  void fail(std::optional<std::string> element, std::string reason) {
    if (failed_) return;
    failed_ = true;
    trace_.failed_element = std::move(element);
    trace_.reason = std::move(reason);
  }

  std::string node_id(execute::NodeRef node) const { return release_.node(node).id; }

  Duration elapsed() const {
    Duration duration;
    duration.milliseconds = (now_ - start_).count();
    return duration;
  }

  // ---- Messages and signals
  // -------------------------------------------------------------------------------------------------------

  // Along the message flows of its sender; without any, to whoever knows its name.
  void address(const SentMessage& message) {
    const std::string id = node_id(message.node);
    bool drawn = false;
    for (const MessageLink& link : links_) {
      if (link.source_node != id) continue;
      drawn = true;
      if (link.target_node.empty() && link.target_process.empty()) continue;  // To a black box: it leaves.
      parcels_.push_back(
          {message.name, message.correlation, message.facts, link.target_node, link.target_process, false});
    }
    if (!drawn && !message.name.empty())
      parcels_.push_back({message.name, message.correlation, message.facts, {}, {}, false});
  }

  bool fits(const Parcel& parcel, const SubscriptionState& open) const {
    if (open.kind != SubscriptionKind::message) return false;
    if (!parcel.correlation.is_null() && !open.correlation.is_null() && parcel.correlation != open.correlation)
      return false;
    const graph::FlowNode& node = release_.node(open.waiter.node);
    if (!parcel.target_node.empty()) return node.id == parcel.target_node;
    if (!parcel.target_process.empty()) {
      return release_.workflow(open.waiter.node.workflow).graph().process_id() == parcel.target_process &&
             (open.name == parcel.name || open.name.empty() || parcel.name.empty());
    }
    const bool by_place = parcel.from_plan && (node.id == parcel.name ||
                                               (!node.events.empty() && node.events.front().reference == parcel.name));
    return by_place || (!parcel.name.empty() && open.name == parcel.name);
  }

  bool deliver(const Parcel& parcel) {
    for (std::size_t casus = 0; casus < casussen_.size(); ++casus) {
      const CasusState& state = casussen_[casus];
      if (state.is_over()) continue;
      for (std::size_t i = 0; i < state.subscriptions.size(); ++i) {
        if (!fits(parcel, state.subscriptions[i])) continue;
        const SubscriptionState open = state.subscriptions[i];
        return send(casus, execute::CorrelateMessage{open.name, open.correlation, parcel.facts, {}, i}).has_value();
      }
    }
    return starts_a_process(parcel);
  }

  bool starts_a_process(const Parcel& parcel) {
    for (const auto& workflow : release_.workflows()) {
      const graph::WorkflowGraph& graph = workflow->graph();
      for (const graph::NodeIndex index : graph.scope(0).entries) {
        const graph::FlowNode& node = graph.node(index);
        if (node.kind != NodeKind::start_event || node.event_kind() != graph::EventKind::message) continue;
        const std::string& name = node.events.front().name;
        const bool meant =
            !parcel.target_node.empty() ? node.id == parcel.target_node
            : !parcel.target_process.empty()
                ? graph.process_id() == parcel.target_process &&
                      (name == parcel.name || name.empty() || parcel.name.empty())
                : (!parcel.name.empty() && name == parcel.name) || (parcel.from_plan && node.id == parcel.name);
        if (meant) return start(graph.process_id(), node.id, parcel.facts);
      }
    }
    return false;
  }

  void broadcast(std::optional<std::size_t> thrower, const std::string& name, const Facts& facts) {
    const std::size_t count = casussen_.size();
    for (std::size_t casus = 0; casus < count && !failed_; ++casus) {
      if (casus == thrower || casussen_[casus].is_over()) continue;
      (void)send(casus, execute::BroadcastSignal{name, facts}).has_value();
    }
  }

  // Until nothing is on its way any more at this moment.
  void settle() {
    for (bool moved = true; moved && !failed_;) {
      moved = false;
      while (!signals_.empty() && !failed_) {
        const auto [thrower, name] = signals_.front();
        signals_.pop_front();
        broadcast(thrower, name, {});
        moved = true;
      }
      for (std::size_t i = 0; i < parcels_.size() && !failed_ && !moved; ++i) {
        const Parcel parcel = parcels_[i];
        if (!deliver(parcel)) continue;  // Kept until somebody waits for it.
        parcels_.erase(parcels_.begin() + static_cast<std::ptrdiff_t>(i));
        moved = true;
      }
      if (!moved && !failed_) moved = fire_first_due(now_);
    }
  }

  // ---- The clock
  // ------------------------------------------------------------------------------------------------------------------

  bool fire_first_due(Instant until) {
    std::optional<Instant> first;
    std::size_t whose = 0;
    for (std::size_t casus = 0; casus < casussen_.size(); ++casus) {
      const std::optional<Instant> due =
          casussen_[casus].is_over() ? std::nullopt : execute::next_due(casussen_[casus]);
      if (due && *due <= until && (!first || *due < *first)) {
        first = due;
        whose = casus;
      }
    }
    if (!first) return false;
    if (++firings_ > budget_.firings_max) {
      fail({}, "Er gaan meer dan " + std::to_string(budget_.firings_max) + " wekkers af (budget).");
      return false;
    }
    now_ = std::max(now_, *first);
    return send(whose, execute::FireDueTimers{}).has_value();
  }

  void pass(const Duration& duration) {
    const Instant target = draad::add(now_, duration);
    while (!failed_ && fire_first_due(target)) settle();
    now_ = std::max(now_, target);
    settle();
  }

  // ---- Steps
  // ----------------------------------------------------------------------------------------------------------------------

  void play_step(std::size_t index) {
    const auto skip = [&](std::string reason) { trace_.skipped_steps.push_back({index, std::move(reason)}); };
    std::visit(Overloaded{
                   [&](const plan_step::Complete& step) {
                     const auto found = waiting_tasks(step.element);
                     if (step.instance >= found.size())
                       return skip("\"" + step.element + "\" wacht hier niet (zo vaak) op werk.");
                     const auto& [casus, key] = found[step.instance];
                     if (const Result<Done> done = send(casus, execute::CompleteTask{key, {}, step.variables}); !done)
                       skip(done.error().message);
                   },
                   [&](const plan_step::Message& step) {
                     Parcel parcel{step.name, step.correlation.value_or(Value()), step.variables, {}, {}, true};
                     if (deliver(parcel)) return;
                     parcels_.push_back(std::move(parcel));
                     skip("Niemand wacht nu op het bericht \"" + step.name + "\"; het is bewaard.");
                   },
                   [&](const plan_step::Signal& step) { broadcast(std::nullopt, step.name, step.variables); },
                   [&](const plan_step::Advance& step) { pass(step.duration); },
                   [&](const plan_step::StartProcess& step) {
                     if (!start(step.process, {}, step.variables))
                       skip("Het proces \"" + step.process + "\" kan niet beginnen.");
                   },
               },
               plan_.steps[index]);
    settle();
  }

  std::vector<std::pair<std::size_t, ElementKey>> waiting_tasks(const std::string& id) const {
    std::vector<std::pair<std::size_t, ElementKey>> found;
    for (std::size_t casus = 0; casus < casussen_.size(); ++casus) {
      for (const ElementInstance& element : casussen_[casus].elements) {
        const graph::FlowNode& node = release_.node(element.node);
        if ((node.id == id || node.annotations.anchor == id) &&
            execute::find_task(casussen_[casus], element.key) != nullptr)
          found.emplace_back(casus, element.key);
      }
    }
    return found;
  }

  // ---- What is left
  // ---------------------------------------------------------------------------------------------------------------

  static std::string kind_of(const SubscriptionState& open) {
    return open.kind == SubscriptionKind::message  ? "message"
           : open.kind == SubscriptionKind::signal ? "signal"
                                                   : "condition";
  }

  void add_triggers(const CasusState& state, const ElementInstance& element, bool own, const std::string& instance,
                    std::vector<TraceWaiting>& all) const {
    const auto add = [&](const execute::Waiter& waiter, std::string kind) {
      const bool is_own = waiter.node == element.node;
      if (waiter.element != element.key || is_own != own) return;
      TraceWaiting one{node_id(waiter.node), std::move(kind), instance};
      if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
    };
    for (const SubscriptionState& open : state.subscriptions) add(open.waiter, kind_of(open));
    for (const execute::TimerState& timer : state.timers) {
      if (timer.waiter.definition != execute::kTermTimer) add(timer.waiter, "timer");
    }
  }

  std::vector<TraceWaiting> waiting() const {
    std::vector<TraceWaiting> all;
    for (std::size_t casus = 0; casus < casussen_.size(); ++casus) {
      const CasusState& state = casussen_[casus];
      if (state.is_over()) continue;
      for (const ElementInstance& element : state.elements) {
        const NodeKind kind = release_.node(element.node).kind;
        const std::string instance = recorder_.instance_of(casus, element.scope);
        if (execute::find_loop(state, element.key) != nullptr || graph::owns_scope(kind) ||
            kind == NodeKind::call_activity)
          continue;
        const bool is_task = execute::find_task(state, element.key) != nullptr;
        std::vector<TraceWaiting> own;
        add_triggers(state, element, kind != NodeKind::event_based_gateway, instance, own);
        if (is_task && own.empty()) own.push_back({node_id(element.node), "work", instance});
        all.insert(all.end(), own.begin(), own.end());
      }
    }
    return all;
  }

  void finish() {
    trace_.waiting = waiting();
    bool over = true;
    bool may_go_on = !trace_.waiting.empty();
    for (std::size_t casus = 0; casus < casussen_.size(); ++casus) {
      const CasusState& state = casussen_[casus];
      if (state.is_over()) continue;
      over = false;
      const bool listens = !state.timers.empty() || !state.subscriptions.empty() || !state.tasks.empty();
      may_go_on = may_go_on || listens;
      if (!failed_) recorder_.set_state(casus, listens ? "waiting" : "stuck");
    }
    trace_.outcome = failed_      ? RunOutcome::failed
                     : error_end_ ? RunOutcome::error_end
                     : over       ? RunOutcome::completed
                     : may_go_on  ? RunOutcome::waiting
                                  : RunOutcome::stuck;
  }

  const execute::Release& release_;
  const Plan& plan_;
  const std::vector<MessageLink>& links_;
  const SimulationBudget& budget_;
  PlanBehaviour behaviour_;
  Trace trace_;
  TraceRecorder recorder_;
  WorkCalendar calendar_;
  const Instant start_ = first_moment();
  Instant now_ = start_;
  std::vector<CasusState> casussen_;
  std::size_t main_ = 0;
  std::deque<Parcel> parcels_;
  std::deque<std::pair<std::size_t, std::string>> signals_;
  std::size_t firings_ = 0;
  bool failed_ = false;
  bool error_end_ = false;
};

}  // namespace

Trace simulate(const execute::Release& release, const Plan& plan, const std::vector<MessageLink>& links,
               const SimulationBudget& budget) {
  return Simulation(release, plan, links, budget).run();
}

}  // namespace draad::rehearsal
