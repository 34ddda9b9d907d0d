#include "engine/bpmn/unsupported.h"

#include <algorithm>
#include <string>

#include "engine/bpmn/internal/findings.h"

namespace draad::bpmn {

namespace {

using graph::EventDefinition;
using graph::EventKind;
using graph::FlowNode;
using graph::NodeIndex;
using graph::NodeKind;
using graph::WorkflowGraph;

struct Reason {
  std::string_view nl;
  std::string_view en;
  std::string_view mend;
};

constexpr Reason kComplexGateway{"complexe beslispunten voert dit programma niet uit", "complex gateways are not run",
                                 "Gebruik een inclusief of parallel beslispunt."};
constexpr Reason kCompensation{"compensatie (terugdraaien) voert dit programma niet uit", "compensation is not run",
                               "Teken de stappen die iets terugdraaien als gewone stappen."};
constexpr Reason kCancel{"annuleren van een transactie voert dit programma niet uit", "cancel events are not run",
                         "Gebruik een foutgebeurtenis (error)."};
constexpr Reason kMultiple{"een gebeurtenis met meer dan één oorzaak voert dit programma niet uit",
                           "events with several definitions are not run",
                           "Teken voor elke oorzaak een eigen gebeurtenis."};
constexpr Reason kParallelMultiple{"een gebeurtenis die op alle oorzaken samen wacht voert dit programma niet uit",
                                   "parallel multiple events are not run",
                                   "Wacht op elke gebeurtenis na een parallel beslispunt."};
constexpr Reason kInstantiate{
    "een proces laten beginnen bij een ontvangtaak of beslispunt voert dit programma niet uit",
    "instantiating receive tasks and event-based gateways are not run",
    "Begin het proces met een startgebeurtenis die op het bericht wacht."};
constexpr Reason kParallelEventGateway{"een parallel beslispunt op gebeurtenissen voert dit programma niet uit",
                                       "parallel event-based gateways are not run",
                                       "Gebruik een parallel beslispunt met wachtende gebeurtenissen."};
constexpr Reason kProcessStart{"een proces kan niet beginnen met een startgebeurtenis van deze soort",
                               "a process cannot start with an event of this kind",
                               "Begin met een gewone start, een bericht of een tijdstip."};
constexpr Reason kSubProcessStart{"een subproces begint altijd met een gewone start",
                                  "a sub-process starts with a none start event only",
                                  "Maak er een gewone startgebeurtenis van, of een gebeurtenis-subproces."};
constexpr Reason kEventSubProcessStart{"een gebeurtenis-subproces heeft één startgebeurtenis met een oorzaak nodig",
                                       "an event sub-process needs one start event with a definition",
                                       "Kies bericht, tijd, fout, escalatie, signaal of voorwaarde."};
constexpr Reason kBoundary{"een gebeurtenis van deze soort kan niet op de rand van een taak zitten",
                           "an event of this kind cannot be a boundary event",
                           "Kies bericht, tijd, fout, escalatie, signaal of voorwaarde."};
constexpr Reason kCatch{"op een gebeurtenis van deze soort kan het proces niet wachten",
                        "an event of this kind cannot be waited for",
                        "Kies bericht, tijd, signaal, voorwaarde of koppeling."};
constexpr Reason kThrow{"een gebeurtenis van deze soort kan niet halverwege het proces verstuurd worden",
                        "an event of this kind cannot be thrown in between",
                        "Kies bericht, signaal, escalatie of koppeling, of laat de soort leeg."};
constexpr Reason kEnd{"een eindgebeurtenis van deze soort voert dit programma niet uit",
                      "an end event of this kind is not run",
                      "Kies een gewoon einde, bericht, signaal, fout, escalatie of beëindigen (terminate)."};
constexpr Reason kBehavior{"een herhaling die zelf gebeurtenissen verstuurt (behavior) voert dit programma niet uit",
                           "multi-instance behaviour other than All is not run", "Haal het attribuut behavior weg."};

bool among(EventKind kind, std::initializer_list<EventKind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool starts_event_sub_process(EventKind kind) {
  return among(kind, {EventKind::message, EventKind::timer, EventKind::error, EventKind::escalation, EventKind::signal,
                      EventKind::conditional});
}

const Reason* start_event(const WorkflowGraph& graph, const FlowNode& node) {
  const EventKind kind = node.event_kind();
  const NodeIndex owner = graph.scope(node.scope).owner;
  if (owner == graph::kNone)
    return among(kind, {EventKind::none, EventKind::message, EventKind::timer}) ? nullptr : &kProcessStart;
  if (graph.node(owner).kind == NodeKind::event_sub_process)
    return starts_event_sub_process(kind) ? nullptr : &kEventSubProcessStart;
  return kind == EventKind::none ? nullptr : &kSubProcessStart;
}

// Whether an event of this kind may stand where it stands.
const Reason* placed_event(const WorkflowGraph& graph, const FlowNode& node) {
  const EventKind kind = node.event_kind();
  switch (node.kind) {
    case NodeKind::start_event:
      return start_event(graph, node);
    case NodeKind::boundary_event:
      return starts_event_sub_process(kind) ? nullptr : &kBoundary;
    case NodeKind::intermediate_catch_event:
      return among(kind,
                   {EventKind::message, EventKind::timer, EventKind::signal, EventKind::conditional, EventKind::link})
                 ? nullptr
                 : &kCatch;
    case NodeKind::intermediate_throw_event:
      return among(kind,
                   {EventKind::none, EventKind::message, EventKind::signal, EventKind::escalation, EventKind::link})
                 ? nullptr
                 : &kThrow;
    case NodeKind::end_event:
      return among(kind, {EventKind::none, EventKind::message, EventKind::signal, EventKind::error,
                          EventKind::escalation, EventKind::terminate})
                 ? nullptr
                 : &kEnd;
    default:
      return nullptr;
  }
}

std::vector<const Reason*> reasons(const WorkflowGraph& graph, const FlowNode& node) {
  std::vector<const Reason*> found;
  const auto has = [&](EventKind kind) {
    return std::any_of(node.events.begin(), node.events.end(),
                       [&](const EventDefinition& event) { return event.kind == kind; });
  };
  if (node.kind == NodeKind::complex_gateway) found.push_back(&kComplexGateway);
  if (node.for_compensation || has(EventKind::compensation)) found.push_back(&kCompensation);
  // A transaction that is not cancelled runs as a sub-process; so its cancel events are what cannot run, and not
  // itself.
  if (has(EventKind::cancel)) found.push_back(&kCancel);
  if (node.events.size() > 1) found.push_back(node.parallel_multiple ? &kParallelMultiple : &kMultiple);
  if (node.instantiate) found.push_back(&kInstantiate);
  if (node.parallel_event_gateway) found.push_back(&kParallelEventGateway);
  if (node.multi_instance && node.multi_instance->behavior != "All") found.push_back(&kBehavior);
  if (found.empty())
    if (const Reason* reason = placed_event(graph, node)) found.push_back(reason);
  return found;
}

std::string shown(const std::string& name, const std::string& id) {
  return name.empty() ? id : "\"" + name + "\" (" + id + ")";
}

std::string lower(std::string_view text) {
  std::string lower;
  for (const char c : text) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return lower;
}

Finding make(const WorkflowGraph& graph, std::string_view code, const std::string& id, graph::SourcePosition position,
             internal::Texts texts) {
  Finding finding = internal::finding(code, Severity::error, position, std::move(texts), {id});
  finding.process = graph.process_id();
  return finding;
}

}  // namespace

bool is_our_condition_language(std::string_view language) {
  return language.empty() || lower(language).ends_with("feel");
}

bool is_our_script_format(std::string_view format) {
  const std::string name = lower(format);
  return name == "lua" || name.ends_with("/lua") || name.ends_with("/x-lua");
}

std::vector<Finding> unsupported(const WorkflowGraph& graph) {
  std::vector<Finding> findings;
  for (NodeIndex i = 0; i < graph.node_count(); ++i) {
    const FlowNode& node = graph.node(i);
    for (const Reason* reason : reasons(graph, node)) {
      const std::string name = shown(node.name, node.id);
      findings.push_back(
          make(graph, "unsupported", node.id, node.position,
               {name + " kan niet uitgevoerd worden: " + std::string(reason->nl) + ".",
                "Expected only elements that the engine runs, but found " + name + ": " + std::string(reason->en),
                std::string(reason->mend)}));
    }
  }
  return findings;
}

std::vector<Finding> unsupported_languages(const WorkflowGraph& graph) {
  std::vector<Finding> findings;
  const auto condition = [&](const std::string& name, const std::string& id, graph::SourcePosition position,
                             const std::string& language) {
    if (is_our_condition_language(language)) return;
    findings.push_back(make(graph, "unsupported_language", id, position,
                            {"Een voorwaarde bij " + shown(name, id) + " is geschreven in '" + language +
                                 "'. Dit programma leest alleen FEEL.",
                             "Expected a condition in FEEL at " + shown(name, id) + ", but it is in '" + language + "'",
                             "Schrijf de voorwaarde in FEEL en haal language weg."}));
  };
  for (NodeIndex i = 0; i < graph.node_count(); ++i) {
    const FlowNode& node = graph.node(i);
    const auto of_node = [&](const std::string& language) { condition(node.name, node.id, node.position, language); };
    for (const EventDefinition& event : node.events)
      if (event.kind == EventKind::conditional) of_node(event.language);
    if (node.loop) of_node(node.loop->language);
    if (node.multi_instance) of_node(node.multi_instance->language);
    if (!node.completion_condition.empty()) of_node(node.completion_language);
    if (node.kind == NodeKind::script_task && !node.script.empty() && !is_our_script_format(node.script_format))
      findings.push_back(make(
          graph, "unsupported_language", node.id, node.position,
          {"Het script van " + shown(node.name, node.id) + " is geschreven in '" + node.script_format +
               "'. Dit programma voert alleen Lua uit.",
           "Expected a script in Lua at " + shown(node.name, node.id) + ", but it is in '" + node.script_format + "'",
           "Schrijf het script in Lua (scriptFormat=\"lua\")."}));
  }
  for (graph::FlowIndex i = 0; i < graph.flow_count(); ++i) {
    const graph::SequenceFlow& flow = graph.flow(i);
    if (flow.has_condition) condition(flow.name, flow.id, flow.position, flow.language);
  }
  return findings;
}

}  // namespace draad::bpmn
