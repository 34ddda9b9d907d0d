#include "engine/bpmn/compile.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/bpmn/internal/compiler.h"

namespace draad::bpmn {

namespace {

using graph::EventKind;
using graph::FlowNode;
using graph::GraphBuilder;
using graph::NodeIndex;
using graph::NodeKind;
using internal::label;
using internal::trimmed;

NodeKind kind_of(const Element& element) {
  static const std::map<std::string_view, NodeKind> kKinds = {
      {"startEvent", NodeKind::start_event},
      {"endEvent", NodeKind::end_event},
      {"intermediateCatchEvent", NodeKind::intermediate_catch_event},
      {"intermediateThrowEvent", NodeKind::intermediate_throw_event},
      {"implicitThrowEvent", NodeKind::intermediate_throw_event},
      {"boundaryEvent", NodeKind::boundary_event},
      {"exclusiveGateway", NodeKind::exclusive_gateway},
      {"parallelGateway", NodeKind::parallel_gateway},
      {"inclusiveGateway", NodeKind::inclusive_gateway},
      {"eventBasedGateway", NodeKind::event_based_gateway},
      {"complexGateway", NodeKind::complex_gateway},
      {"task", NodeKind::task},
      {"userTask", NodeKind::user_task},
      {"serviceTask", NodeKind::service_task},
      {"sendTask", NodeKind::send_task},
      {"receiveTask", NodeKind::receive_task},
      {"scriptTask", NodeKind::script_task},
      {"businessRuleTask", NodeKind::business_rule_task},
      {"manualTask", NodeKind::manual_task},
      {"subProcess", NodeKind::sub_process},
      {"adHocSubProcess", NodeKind::ad_hoc_sub_process},
      {"transaction", NodeKind::transaction},
      {"callActivity", NodeKind::call_activity},
  };
  const NodeKind kind = kKinds.at(element.type);
  return kind == NodeKind::sub_process && element.flag("triggeredByEvent", false) ? NodeKind::event_sub_process : kind;
}

// "tns:Intake" is Intake here; a colon that is no declared prefix does not occur in an id.
std::string called_element(const internal::Compiling& compiling, const Element& element) {
  std::string called;
  if (const std::string* value = element.attribute("calledElement")) called = trimmed(*value);
  for (const Element* extension : compiling.extensions(element))
    if (const std::string* value = extension->attribute("processId");
        called.empty() && value != nullptr && extension->type == "calledElement")
      called = trimmed(*value);  // zeebe
  if (compiling.definitions.find(called) == nullptr) called.erase(0, called.rfind(':') + 1);
  return called;
}

// A name as it is read out: a soft hyphen (U+00AD) only tells a drawing where a long word may break.
std::string spoken(std::string name) {
  for (std::size_t at = name.find("\u00AD"); at != std::string::npos; at = name.find("\u00AD", at)) name.erase(at, 2);
  return name;
}

class Compiler {
 public:
  Compiler(const Definitions& definitions, const Element& process)
      : compiling_{definitions, process.id, {}},
        process_(process),
        events_(compiling_),
        lanes_(compiling_, process),
        builder_(process.id, process.name) {}

  CompileResult run() {
    std::string safeguards;
    for (graph::FactDeclaration& fact : internal::read_process_extensions(compiling_, process_, safeguards))
      builder_.add_fact(std::move(fact));
    builder_.set_safeguards(std::move(safeguards));
    reserve();
    elements(process_, 0);
    attach();
    defaults();
    links();
    other_extensions();
    CompileResult result;
    if (auto finished = std::move(builder_).finish()) {
      result.graph = std::move(finished).value();
    } else {
      const Error& error = finished.error();
      const bool limit = error.code == ErrorCode::limit;
      const Element* place = compiling_.definitions.find(error.where);
      compiling_.report(
          limit ? "limit_inclusive_joins" : "not_compiled", Severity::fatal, place == nullptr ? process_ : *place,
          {limit
               ? "Dit proces heeft te veel pijlen naar samenvoegende inclusieve beslispunten om te kunnen doorrekenen."
               : "Van dit proces kan geen werkstroom gemaakt worden: " + error.message + ".",
           error.message, "Verdeel het proces in kleinere processen."});
    }
    result.findings = std::move(compiling_.findings);
    return result;
  }

 private:
  void reserve() {
    std::size_t nodes = 0;
    std::size_t flows = 0;
    for (const Element& element : compiling_.definitions.elements) {
      if (element.is("sequenceFlow"))
        ++flows;
      else if (is_flow_node(element.type))
        ++nodes;
    }
    // A file of many processes must not reserve the whole for each of them.
    if (compiling_.definitions.processes.size() < 8) builder_.reserve(nodes, flows);
  }

  // The flow elements of a process or sub-process. As deep as the file, which Limits bound.
  void elements(const Element& container, graph::ScopeIndex scope) {
    for (const ElementIndex child : container.children) {
      const Element& element = compiling_.definitions.at(child);
      if (element.space != Space::bpmn || compiling_.definitions.index_of(element.id) != child) continue;
      if (element.is("sequenceFlow"))
        flow(element);
      else if (is_flow_node(element.type))
        node(element, scope);
    }
  }

  void node(const Element& element, graph::ScopeIndex scope) {
    FlowNode node;
    node.id = element.id;
    node.name = spoken(element.name);
    node.kind = kind_of(element);
    node.scope = scope;
    node.position = element.position;
    node.for_compensation = element.flag("isForCompensation", false);
    if (is_event(node.kind)) node.events = events_.events(element);
    if (node.kind == NodeKind::boundary_event) node.interrupting = element.flag("cancelActivity", true);
    if (node.kind == NodeKind::start_event) node.interrupting = element.flag("isInterrupting", true);
    node.parallel_multiple = element.flag("parallelMultiple", false);
    specifics(element, node);
    internal::read_loops(compiling_, element, node);
    internal::read_extensions(compiling_, element, node);
    internal::Lanes::Place place = lanes_.of(element);
    node.lane = std::move(place.lane);
    if (node.annotations.role.empty()) node.annotations.role = std::move(place.role);

    const bool holds_scope = owns_scope(node.kind);
    const NodeIndex index = builder_.add_node(std::move(node));
    elements_.push_back(&element);
    if (holds_scope) elements(element, builder_.add_scope(scope, index));
  }

  void specifics(const Element& element, FlowNode& node) {
    switch (node.kind) {
      case NodeKind::call_activity:
        node.called_element = called_element(compiling_, element);
        break;
      case NodeKind::script_task:
        node.script = compiling_.child_text(element, "script");
        if (const std::string* format = element.attribute("scriptFormat")) node.script_format = trimmed(*format);
        break;
      case NodeKind::receive_task:
      case NodeKind::send_task:
        node.message_name = events_.message_name(element, &element);
        if (const Reference* message = element.reference("messageRef")) node.message_reference = message->id;
        node.instantiate = element.flag("instantiate", false);
        break;
      case NodeKind::event_based_gateway: {
        node.instantiate = element.flag("instantiate", false);
        const std::string* type = element.attribute("eventGatewayType");
        node.parallel_event_gateway = type != nullptr && *type == "Parallel";
        break;
      }
      case NodeKind::ad_hoc_sub_process: {
        const std::string* ordering = element.attribute("ordering");
        node.ad_hoc_sequential = ordering != nullptr && *ordering == "Sequential";
        node.cancel_remaining = element.flag("cancelRemainingInstances", true);
        if (const Element* condition = compiling_.definitions.child(element, "completionCondition")) {
          node.completion_condition = internal::condition_text(condition->text);
          node.completion_language = internal::expression_language(compiling_, condition);
        }
        break;
      }
      default:
        break;
    }
  }

  // A flow that dangles or leaves its scope is reported when reading, and cannot be walked.
  void flow(const Element& element) {
    const Element* source = compiling_.target(element, "sourceRef");
    const Element* target = compiling_.target(element, "targetRef");
    if (source == nullptr || target == nullptr || source->parent != target->parent || !in_process(*source)) return;
    graph::SequenceFlow flow;
    flow.name = spoken(element.name);
    flow.position = element.position;
    if (const Element* condition = compiling_.definitions.child(element, "conditionExpression")) {
      flow.has_condition = true;
      flow.condition = internal::condition_text(condition->text);
      flow.language = internal::expression_language(compiling_, condition);
    }
    flow_index_.emplace(element.id, builder_.add_flow(element.id, source->id, target->id, std::move(flow)));
  }

  // Directly in this process or in one of its sub-processes, so that it becomes a node of this graph.
  [[nodiscard]] bool in_process(const Element& element) const {
    const Element* at = &element;
    while (at != &process_) {
      if (at->parent == kNoElement) return false;
      at = &compiling_.parent(*at);
      if (at != &process_ && !(at->space == Space::bpmn && is_flow_node(at->type) && owns_scope(kind_of(*at))))
        return false;
    }
    return true;
  }

  void attach() {
    for (NodeIndex i = 0; i < elements_.size(); ++i) {
      if (builder_.node(i).kind != NodeKind::boundary_event) continue;
      const Element* host = compiling_.target(*elements_[i], "attachedToRef");
      if (host == nullptr) continue;  // Reported when reading.
      const auto index = builder_.find_node(host->id);
      if (index && builder_.node(*index).scope == builder_.node(i).scope) {
        builder_.node(i).attached_to = *index;
      } else {
        compiling_.report("wrong_reference", Severity::error, *elements_[i],
                          {label(*elements_[i]) + " zit op " + label(*host) +
                               ", maar die staat niet in hetzelfde proces of subproces.",
                           "Expected " + label(*elements_[i]) +
                               " to be attached to an activity of its own scope, but " + label(*host) + " is not",
                           "Zet beide in hetzelfde proces of subproces."},
                          {elements_[i]->id, host->id});
      }
    }
  }

  void defaults() {
    for (NodeIndex i = 0; i < elements_.size(); ++i) {
      const Element* flow = compiling_.target(*elements_[i], "default");
      if (flow == nullptr) continue;
      const auto index = flow_index_.find(flow->id);
      if (index != flow_index_.end() && compiling_.target(*flow, "sourceRef") == elements_[i]) {
        builder_.node(i).default_flow = index->second;
        continue;
      }
      compiling_.report(
          "wrong_reference", Severity::error, *elements_[i],
          {"De standaardpijl van " + label(*elements_[i]) + " is " + label(*flow) + ", maar die vertrekt daar niet.",
           "Expected the default flow of " + label(*elements_[i]) + " to leave it, but " + flow->id + " does not",
           "Kies een pijl die bij deze stap begint."},
          {elements_[i]->id, flow->id});
    }
  }

  // A throwing link goes to the catching one of the same name in the same scope.
  void links() {
    using Key = std::pair<graph::ScopeIndex, std::string>;
    std::map<Key, std::vector<NodeIndex>> catching, throwing;
    for (NodeIndex i = 0; i < elements_.size(); ++i) {
      const FlowNode& node = builder_.node(i);
      if (node.event_kind() != EventKind::link) continue;
      if (node.kind == NodeKind::intermediate_catch_event)
        catching[{node.scope, node.events.front().name}].push_back(i);
      if (node.kind == NodeKind::intermediate_throw_event)
        throwing[{node.scope, node.events.front().name}].push_back(i);
    }
    for (const auto& [key, sources] : throwing) {
      const auto targets = catching.find(key);
      for (const NodeIndex source : sources) {
        if (targets != catching.end())
          builder_.node(source).link_target = targets->second.front();
        else
          link_alone(source, key.second, "die de koppeling opvangt", "catching");
      }
    }
    for (const auto& [key, targets] : catching) {
      if (!throwing.contains(key))
        link_alone(targets.front(), key.second, "die naar deze koppeling springt", "throwing");
      for (std::size_t i = 1; i < targets.size(); ++i)
        compiling_.report("link_ambiguous", Severity::error, *elements_[targets[i]],
                          {"De koppeling '" + key.second + "' wordt op meer dan één plaats opgevangen: ook bij " +
                               label(*elements_[targets.front()]) + ".",
                           "Expected one catching link event '" + key.second + "' in a scope, but found more",
                           "Geef een van beide een andere naam."},
                          {elements_[targets[i]]->id, elements_[targets.front()]->id});
    }
  }

  void link_alone(NodeIndex index, const std::string& name, std::string_view missing, std::string_view missing_en) {
    compiling_.report(
        "link_without_pair", Severity::error, *elements_[index],
        {"Bij de koppeling '" + name + "' (" + label(*elements_[index]) + ") ontbreekt de gebeurtenis " +
             std::string(missing) + ".",
         "Expected a " + std::string(missing_en) + " link event '" + name + "' in the same scope, but found none",
         "Voeg een koppelingsgebeurtenis toe met dezelfde naam in hetzelfde (sub)proces."},
        {elements_[index]->id});
  }

  // draad: names on elements that have no use for them. A process and all in it stand together in document order.
  void other_extensions() {
    const ElementIndex first = compiling_.definitions.index_of(process_.id);
    for (ElementIndex i = first + 1; i < compiling_.definitions.elements.size(); ++i) {
      const Element& element = compiling_.definitions.at(i);
      if (element.parent < first) break;
      if (element.space == Space::bpmn && !is_flow_node(element.type) && !element.is("lane"))
        internal::refuse_extensions(compiling_, element);
    }
  }

  internal::Compiling compiling_;
  const Element& process_;
  internal::EventReader events_;
  internal::Lanes lanes_;
  GraphBuilder builder_;
  std::vector<const Element*> elements_;  // By NodeIndex.
  std::unordered_map<std::string_view, graph::FlowIndex> flow_index_;
};

}  // namespace

CompileResult compile(const Definitions& definitions, std::string_view process_id) {
  const Element* process = definitions.find(process_id);
  if (process != nullptr && process->is("process")) return Compiler(definitions, *process).run();
  CompileResult result;
  Finding missing =
      internal::finding("process_not_found", Severity::fatal, {},
                        {"In het bestand staat geen proces met id '" + std::string(process_id) + "'.",
                         "Expected a process with id '" + std::string(process_id) + "', but there is none",
                         "Controleer het id van het proces."});
  missing.process = process_id;
  result.findings.push_back(std::move(missing));
  return result;
}

std::shared_ptr<const graph::WorkflowGraph> Model::find(std::string_view process_id) const {
  for (const auto& graph : graphs)
    if (graph->process_id() == process_id) return graph;
  return nullptr;
}

Model load(std::string_view bytes, const Limits& limits) {
  DefinitionsResult read = read_definitions(bytes, limits);
  Model model{std::move(read.definitions), {}, std::move(read.findings)};
  if (!model.definitions) return model;
  for (const ElementIndex index : model.definitions->processes) {
    const Element& process = model.definitions->at(index);
    if (model.definitions->index_of(process.id) != index) continue;  // A second process with the same id: reported.
    CompileResult compiled = compile(*model.definitions, process.id);
    if (compiled.graph) model.graphs.push_back(std::move(compiled.graph));
    model.findings.insert(model.findings.end(), std::make_move_iterator(compiled.findings.begin()),
                          std::make_move_iterator(compiled.findings.end()));
  }
  return model;
}

}  // namespace draad::bpmn
