#include <algorithm>

#include "engine/bpmn/internal/findings.h"
#include "engine/bpmn/internal/references.h"

namespace draad::bpmn::internal {

namespace {

bool holds_flow_elements(const Element& element) {
  static constexpr std::string_view kTypes[] = {"process",      "subProcess",      "adHocSubProcess",   "transaction",
                                                "choreography", "subChoreography", "globalConversation"};
  return element.space == Space::bpmn &&
         std::find(std::begin(kTypes), std::end(kTypes), element.type) != std::end(kTypes);
}

class StructureCheck {
 public:
  StructureCheck(const Definitions& definitions, std::vector<Finding>& findings)
      : definitions_(definitions), findings_(findings) {}

  void run() {
    for (ElementIndex i = 0; i < definitions_.elements.size(); ++i) {
      const Element& element = definitions_.at(i);
      if (element.space != Space::bpmn) continue;
      if (!is_bpmn_element(element.type))
        unknown(element);
      else if (is_flow_node(element.type) || element.is("sequenceFlow"))
        placed(element);
      if (element.is("sequenceFlow"))
        flow(element);
      else if (element.is("messageFlow") || element.is("association"))
        ends_given(element);
      else if (element.is("boundaryEvent"))
        required(element, "attachedToRef");
      if (is_flow_node(element.type)) lists(i, element);
    }
    processes();
  }

 private:
  void report(std::string_view code, Severity severity, const Element& element, Texts texts,
              std::vector<std::string> elements) {
    std::erase(elements, std::string());
    findings_.push_back(finding(code, severity, element.position, std::move(texts), std::move(elements)));
  }

  void unknown(const Element& element) {
    report("unknown_element", Severity::error, element,
           {"BPMN 2.0 kent geen element <" + element.type + ">.",
            "Expected an element of BPMN 2.0, but found <" + element.type + ">",
            "Controleer de spelling, of zet dit element met een eigen namespace in extensionElements."},
           {element.id});
  }

  void placed(const Element& element) {
    const Element& parent = definitions_.at(element.parent);
    if (holds_flow_elements(parent) || parent.space != Space::bpmn) return;
    report("misplaced_element", Severity::error, element,
           {label(element) + " (<" + element.type + ">) staat in <" + parent.type +
                ">. Dat mag alleen in een proces of subproces.",
            "Expected <" + element.type + "> inside a process or sub-process, but found it in <" + parent.type + ">",
            "Verplaats dit element naar het proces."},
           {element.id});
  }

  bool required(const Element& element, std::string_view name) {
    const std::string* value = element.attribute(name);
    if (value != nullptr && !trimmed(*value).empty()) return true;
    report("missing_reference", Severity::error, element,
           {label(element) + " (<" + element.type + ">) heeft geen " + std::string(name) + ".",
            "Expected " + std::string(name) + " on <" + element.type + "> " + element.id + ", but found none",
            "Vul " + std::string(name) + " in, of verwijder dit element."},
           {element.id});
    return false;
  }

  bool ends_given(const Element& element) {
    const bool source = required(element, "sourceRef");
    return required(element, "targetRef") && source;
  }

  void flow(const Element& flow) {
    if (!ends_given(flow)) return;
    const Reference* source = flow.reference("sourceRef");
    const Reference* target = flow.reference("targetRef");
    if (source == nullptr || target == nullptr || source->target == kNoElement || target->target == kNoElement) return;
    const Element& from = definitions_.at(source->target);
    const Element& to = definitions_.at(target->target);
    if (from.parent == to.parent) return;
    report(
        "flow_crosses_scope", Severity::error, flow,
        {"De pijl " + label(flow) + " gaat van " + label(from) + " naar " + label(to) +
             ", maar die staan niet in hetzelfde proces of subproces. Een pijl mag geen grens van een (sub)proces "
             "over.",
         "Expected a sequence flow within one scope, but " + flow.id + " goes from " + from.id + " to " + to.id +
             " across a border",
         "Laat de pijl bij het (sub)proces zelf beginnen of eindigen, of gebruik een berichtenpijl tussen processen."},
        {flow.id, from.id, to.id});
  }

  // A node may list its flows or leave that out; what it lists must be true.
  void lists(ElementIndex index, const Element& node) {
    for (const Reference& reference : node.references) {
      const bool incoming = reference.name == "incoming";
      if ((!incoming && reference.name != "outgoing") || reference.target == kNoElement) continue;
      const Element& flow = definitions_.at(reference.target);
      const Reference* end = flow.reference(incoming ? "targetRef" : "sourceRef");
      if (end == nullptr || end->target == kNoElement || end->target == index) continue;
      report("flow_list_mismatch", Severity::warning, node,
             {label(node) + " noemt de pijl " + label(flow) + " bij " + reference.name + ", maar die pijl " +
                  (incoming ? "komt aan bij " : "vertrekt bij ") + label(definitions_.at(end->target)) +
                  ". De pijl zelf telt.",
              "Expected the flow " + flow.id + " in " + reference.name + " of " + node.id +
                  " to touch it, but it touches " + definitions_.at(end->target).id,
              "Verwijder de regel <" + reference.name + "> of verbeter de pijl."},
             {node.id, flow.id});
    }
  }

  void processes() {
    if (!definitions_.processes.empty()) return;
    const bool other_model =
        !definitions_.collaborations.empty() ||
        std::any_of(definitions_.root_elements.begin(), definitions_.root_elements.end(), [&](ElementIndex root) {
          return definitions_.at(root).type.find("horeography") != std::string::npos;
        });
    report("missing_process", other_model ? Severity::warning : Severity::error, definitions_.at(0),
           {"In dit bestand staat geen proces. Er is niets om te controleren of uit te voeren.",
            "Expected a process, but the file has none", "Teken een proces, of kies een ander bestand."},
           {});
  }

  const Definitions& definitions_;
  std::vector<Finding>& findings_;
};

}  // namespace

void check_structure(const Definitions& definitions, std::vector<Finding>& findings) {
  StructureCheck(definitions, findings).run();
}

}  // namespace draad::bpmn::internal
