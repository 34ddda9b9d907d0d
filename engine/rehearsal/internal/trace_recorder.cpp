#include "engine/rehearsal/internal/trace_recorder.h"

#include <algorithm>

namespace draad::rehearsal {

using execute::ElementKey;
using execute::NodeRef;
using execute::ScopeKey;
using graph::NodeKind;

namespace {

// A message without a name has no MessageThrown; its sender is known by its place.
bool sends_nameless_message(const graph::FlowNode& node) {
  if (node.kind == NodeKind::send_task)
    return node.message_name.empty() && (node.events.empty() || node.events.front().name.empty());
  const bool throws = node.kind == NodeKind::end_event || node.kind == NodeKind::intermediate_throw_event;
  return throws && node.message_name.empty() &&
         std::any_of(node.events.begin(), node.events.end(), [](const graph::EventDefinition& event) {
           return event.kind == graph::EventKind::message && event.name.empty();
         });
}

}  // namespace

std::size_t TraceRecorder::new_instance(execute::WorkflowIndex workflow, std::optional<std::size_t> parent) {
  TraceInstance instance;
  instance.id = std::to_string(trace_.instances.size() + 1);
  instance.process = release_.workflow(workflow).graph().process_id();
  if (parent) instance.parent = trace_.instances[*parent].id;
  trace_.instances.push_back(std::move(instance));
  return trace_.instances.size() - 1;
}

std::vector<std::string> TraceRecorder::path(const CasusSeen& casus, ScopeKey scope) const {
  std::vector<std::string> ids;
  for (auto found = casus.scopes.find(scope); found != casus.scopes.end() && found->second.index != 0;
       found = casus.scopes.find(found->second.parent)) {
    if (found->second.index == execute::kNone) continue;
    const auto owner = casus.elements.find(found->second.owner);
    if (owner != casus.elements.end()) ids.push_back(release_.node(owner->second.node).id);
  }
  std::reverse(ids.begin(), ids.end());
  return ids;
}

void TraceRecorder::write(const CasusSeen& casus, ScopeKey scope, NodeRef node, std::string event,
                          std::optional<std::uint32_t> loop, std::string detail) {
  const graph::FlowNode& flow_node = release_.node(node);
  const auto seen = casus.scopes.find(scope);
  const std::size_t instance = seen == casus.scopes.end() ? casus.root : seen->second.instance;
  trace_.events.push_back({t_, trace_.instances[instance].id, path(casus, scope), flow_node.id,
                           std::string(graph::to_string(flow_node.kind)), std::move(event), loop, std::move(detail)});
}

void TraceRecorder::element_event(CasusSeen& casus, ElementKey key, std::string event) {
  const auto found = casus.elements.find(key);
  if (found == casus.elements.end() || found->second.is_body) return;
  write(casus, found->second.scope, found->second.node, std::move(event), found->second.loop);
}

void TraceRecorder::closed(CasusSeen& casus, ElementKey key, const char* how, Aftermath& aftermath) {
  const auto found = casus.elements.find(key);
  if (found == casus.elements.end()) return;
  const Element element = found->second;
  const graph::FlowNode& node = release_.node(element.node);
  const bool completed = std::string_view(how) == "completed";
  if (completed && !element.is_body && sends_nameless_message(node)) {
    write(casus, element.scope, element.node, "thrown", element.loop);
    aftermath.messages.push_back({element.node, {}, {}, {}});
  }
  element_event(casus, key, how);
  const auto scope = casus.scopes.find(element.scope);
  if (completed && node.kind == NodeKind::end_event && scope != casus.scopes.end() && scope->second.index == 0) {
    trace_.instances[scope->second.instance].end_events.push_back(node.id);
  }
  if (const auto call = casus.called.find(key); call != casus.called.end()) trace_.instances[call->second].state = how;
}

std::string TraceRecorder::instance_of(std::size_t number, ScopeKey scope) const {
  const CasusSeen& casus = casussen_.at(number);
  const auto found = casus.scopes.find(scope);
  return trace_.instances[found == casus.scopes.end() ? casus.root : found->second.instance].id;
}

void TraceRecorder::set_state(std::size_t number, const std::string& state) {
  const CasusSeen& casus = casussen_.at(number);
  trace_.instances[casus.root].state = state;
  for (const auto& [element, instance] : casus.called) {
    if (trace_.instances[instance].state == "running") trace_.instances[instance].state = state;
  }
}

Aftermath TraceRecorder::add(std::size_t number, std::span<const execute::Event> events, Duration t) {
  Aftermath aftermath;
  t_ = t;
  if (number >= casussen_.size()) casussen_.resize(number + 1);
  CasusSeen& casus = casussen_[number];
  for (const execute::Event& event : events) {
    std::visit(
        Overloaded{
            [&](const execute::CasusStarted& e) { casus.root = new_instance(e.workflow, std::nullopt); },
            [&](const execute::CasusCompleted&) { trace_.instances[casus.root].state = "completed"; },
            [&](const execute::CasusEndedByError&) { aftermath.ended_by_error = true; },
            [&](const execute::ScopeOpened& e) {
              const auto parent = casus.scopes.find(e.parent);
              std::size_t instance = parent == casus.scopes.end() ? casus.root : parent->second.instance;
              if (e.index == 0 && e.owner != 0) {
                instance = new_instance(e.workflow, instance);
                casus.called.insert_or_assign(e.owner, instance);
              }
              casus.scopes.insert_or_assign(e.scope, ScopeSeen{e.parent, e.owner, e.index, instance});
            },
            [&](const execute::ElementActivated& e) {
              const graph::FlowNode& node = release_.node(e.node);
              const bool repeats = node.multi_instance.has_value() || node.loop.has_value();
              const auto loop = e.body == 0 ? std::nullopt : std::optional<std::uint32_t>(e.loop_index);
              casus.elements.insert_or_assign(e.element, Element{e.node, e.scope, loop, repeats && e.body == 0});
              element_event(casus, e.element, "activated");
            },
            [&](const execute::ElementWaits& e) {
              const auto found = casus.elements.find(e.element);
              if (found != casus.elements.end() && !graph::owns_scope(release_.node(found->second.node).kind))
                element_event(casus, e.element, "waiting");
            },
            [&](const execute::ElementCompleted& e) { closed(casus, e.element, "completed", aftermath); },
            [&](const execute::ElementTerminated& e) { closed(casus, e.element, "cancelled", aftermath); },
            [&](const execute::FlowTaken& e) {
              const auto scope = casus.scopes.find(e.scope);
              const std::size_t instance = scope == casus.scopes.end() ? casus.root : scope->second.instance;
              trace_.events.push_back({t_,
                                       trace_.instances[instance].id,
                                       path(casus, e.scope),
                                       release_.flow(e.flow).id,
                                       "sequenceFlow",
                                       "taken",
                                       std::nullopt,
                                       {}});
            },
            [&](const execute::MessageThrown& e) {
              write(casus, e.scope, e.node, "thrown", std::nullopt, e.name);
              aftermath.messages.push_back({e.node, e.name, e.correlation, e.facts});
            },
            [&](const execute::SignalThrown& e) {
              write(casus, e.scope, e.node, "thrown", std::nullopt, e.name);
              aftermath.signals.push_back(e.name);
            },
            [&](const execute::EscalationThrown& e) { write(casus, e.scope, e.node, "thrown", std::nullopt, e.code); },
            [&](const execute::ErrorThrown& e) {
              write(casus, e.scope, e.node, "thrown", std::nullopt, e.code);
              if (!e.caught) aftermath.uncaught = e;
            },
            [&](const execute::TriggerCaught& e) {
              const auto element = casus.elements.find(e.waiter.element);
              const bool itself = element != casus.elements.end() && element->second.node == e.waiter.node;
              write(casus, e.waiter.scope, e.waiter.node, "caught", itself ? element->second.loop : std::nullopt);
            },
            [&](const execute::FactsSet& e) {
              const auto scope = casus.scopes.find(e.scope);
              if (scope == casus.scopes.end() || scope->second.index != 0) return;
              for (const auto& [name, value] : e.facts)
                trace_.instances[scope->second.instance].variables.insert_or_assign(name, value);
            },
            [&](const execute::IncidentRaised& e) {
              if (e.kind == execute::IncidentKind::join_stuck) return;
              write(casus, e.scope, e.node, "failed", std::nullopt);
              if (!aftermath.failure) aftermath.failure = e;
            },
            [](const auto&) {},
        },
        event);
  }
  return aftermath;
}

}  // namespace draad::rehearsal
