#include <algorithm>
#include <set>

#include "engine/bpmn/definitions.h"
#include "engine/bpmn/internal/findings.h"
#include "engine/bpmn/internal/lines.h"
#include "engine/bpmn/internal/references.h"
#include "engine/bpmn/internal/tree.h"

namespace draad::bpmn {

namespace {

using internal::finding;
using internal::label;
using internal::PendingReference;
using internal::trimmed;

constexpr std::string_view kDiagramNamespace = "http://www.omg.org/spec/BPMN/20100524/DI";
constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";

struct QualifiedName {
  std::string_view prefix;
  std::string_view local;
};

QualifiedName split(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return {{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

// Which prefix stands for which namespace, at the place of the walk.
class Namespaces {
 public:
  void enter(const pugi::xml_node& node) {
    ++depth_;
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (name == "xmlns")
        bindings_.push_back({{}, attribute.value(), depth_});
      else if (name.starts_with("xmlns:"))
        bindings_.push_back({name.substr(6), attribute.value(), depth_});
    }
  }
  void leave() {
    while (!bindings_.empty() && bindings_.back().depth == depth_) bindings_.pop_back();
    --depth_;
  }
  // Nothing: the prefix is not declared.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view prefix) const {
    if (prefix == "xml") return kXmlNamespace;
    for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding)
      if (binding->prefix == prefix) return binding->uri;
    return prefix.empty() ? std::optional<std::string_view>("") : std::nullopt;
  }

 private:
  struct Binding {
    std::string_view prefix;
    std::string_view uri;
    int depth;
  };
  std::vector<Binding> bindings_;
  int depth_ = 0;
};

class Reader {
 public:
  explicit Reader(const Document& document) : tree_(document.tree()), lines_(tree_.text) {}

  DefinitionsResult run() {
    const pugi::xml_node root = tree_.xml.document_element();
    namespaces_.enter(root);
    if (!is_definitions(root)) return std::move(result_);
    namespaces_.leave();
    result_.definitions.emplace();
    model().elements.reserve(tree_.element_count);
    walk(root);
    name_the_nameless();
    check_ids();
    collect();
    internal::resolve_references(model(), pending_, result_.findings);
    collect_collaborations();
    internal::check_structure(model(), result_.findings);
    check_diagram();
    std::stable_sort(result_.findings.begin(), result_.findings.end(), [](const Finding& a, const Finding& b) {
      return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    for (Finding& entry : result_.findings)
      if (!entry.elements.empty()) entry.process = model().process_of(model().index_of(entry.elements.front()));
    return std::move(result_);
  }

 private:
  Definitions& model() { return *result_.definitions; }
  void report(Finding finding) { result_.findings.push_back(std::move(finding)); }

  SourcePosition position(const pugi::xml_node& node) {
    const std::ptrdiff_t offset = node.offset_debug();
    return offset <= 0 ? SourcePosition{}
                       : lines_.at(static_cast<std::size_t>(offset - 1));  // At the '<' before the name.
  }

  bool is_definitions(const pugi::xml_node& root) {
    const QualifiedName name = split(root.name());
    const std::string uri(namespaces_.find(name.prefix).value_or(""));
    if (name.local == "definitions" && uri == kBpmnNamespace) return true;
    std::string nl = "Dit is geen BPMN 2.0-bestand: het hoofdelement is <" + std::string(root.name()) + ">";
    std::string en = "Expected <definitions> of BPMN 2.0, but the root is <" + std::string(root.name()) + ">";
    if (!uri.empty()) {
      nl += " uit '" + uri + "'";
      en += " of '" + uri + "'";
    }
    nl += ".";
    if (uri.find("/DMN/") != std::string::npos)
      nl = "Dit is een DMN-bestand (een beslistabel), geen BPMN 2.0-bestand.";
    else if (uri.find("/CMMN/") != std::string::npos)
      nl = "Dit is een CMMN-bestand, geen BPMN 2.0-bestand.";
    else if (name.local == "html" || name.local == "HTML")
      nl = "Dit is een webpagina (HTML), geen BPMN 2.0-bestand.";
    report(finding("not_bpmn", Severity::fatal, position(root), {nl, en, "Kies een BPMN 2.0-bestand (.bpmn)."}));
    return false;
  }

  // Over the whole file in document order, without recursion.
  void walk(const pugi::xml_node& root) {
    pugi::xml_node node = root;
    ElementIndex parent = kNoElement;
    std::vector<ElementIndex> open;  // kNoElement: an element of a diagram.
    while (true) {
      namespaces_.enter(node);
      const ElementIndex index = element(node, parent);
      open.push_back(index);
      if (const pugi::xml_node child = first_element(node.first_child())) {
        node = child;
        parent = index;
        continue;
      }
      while (true) {
        namespaces_.leave();
        open.pop_back();
        if (node == root) return;
        parent = open.back();
        if (const pugi::xml_node sibling = first_element(node.next_sibling())) {
          node = sibling;
          break;
        }
        node = node.parent();
      }
    }
  }

  static pugi::xml_node first_element(pugi::xml_node node) {
    while (node && node.type() != pugi::node_element) node = node.next_sibling();
    return node;
  }

  // What a prefix stands for; says so once when nothing declares it.
  std::string_view name_space_of(std::string_view prefix, const pugi::xml_node& node) {
    if (const auto uri = namespaces_.find(prefix)) return *uri;
    if (undeclared_.insert(std::string(prefix)).second)
      report(finding("undeclared_prefix", Severity::error, position(node),
                     {"Het voorvoegsel '" + std::string(prefix) +
                          ":' wordt gebruikt, maar nergens uitgelegd (xmlns:" + std::string(prefix) + ").",
                      "Expected the prefix '" + std::string(prefix) + "' to be declared, but it is not",
                      "Voeg xmlns:" + std::string(prefix) + "=\"...\" toe aan <definitions>."}));
    return "?";
  }

  ElementIndex element(const pugi::xml_node& node, ElementIndex parent) {
    const QualifiedName name = split(node.name());
    const std::string_view uri = name_space_of(name.prefix, node);
    const bool in_diagram = uri == kDiagramNamespace || (parent == kNoElement && !model().elements.empty());
    if (in_diagram) {
      diagram_element(node, name.local);
      return kNoElement;
    }
    const auto index = static_cast<ElementIndex>(model().elements.size());
    Element element;
    element.position = position(node);
    element.parent = parent;
    element.type = name.local;
    const bool extension = parent != kNoElement && in_extension(parent);
    if (uri == kDraadNamespace) {
      element.space = Space::draad;
    } else if (uri != kBpmnNamespace || extension) {
      element.space = Space::other;
      element.name_space = uri;
    }
    for (const pugi::xml_node& child : node.children())
      if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) element.text += child.value();
    if (trimmed(element.text).empty()) element.text.clear();
    attributes(node, element, index);
    if (parent != kNoElement) {
      model().elements[parent].children.push_back(index);
      child_reference(element, parent, index);
    }
    model().elements.push_back(std::move(element));
    return index;
  }

  [[nodiscard]] bool in_extension(ElementIndex parent) {
    const Element& element = model().elements[parent];
    return element.space != Space::bpmn || element.type == "extensionElements";
  }

  void attributes(const pugi::xml_node& node, Element& element, ElementIndex index) {
    for (const pugi::xml_attribute& source : node.attributes()) {
      const std::string_view full = source.name();
      if (full == "xmlns" || full.starts_with("xmlns:")) continue;
      const QualifiedName name = split(full);
      Attribute attribute;
      attribute.name = name.local;
      attribute.value = source.value();
      if (!name.prefix.empty()) {
        const std::string_view uri = name_space_of(name.prefix, node);
        if (uri == kDraadNamespace) {
          attribute.space = Space::draad;
        } else if (uri != kBpmnNamespace) {  // Some tools prefix BPMN's own attributes.
          attribute.space = Space::other;
          attribute.name_space = uri;
        }
      }
      if (attribute.space == Space::bpmn) {
        if (name.local == "id")
          element.id = trimmed(attribute.value);
        else if (name.local == "name")
          element.name = attribute.value;
        if (const internal::ReferenceRule* rule = internal::reference_rule(element, name.local, false);
            rule != nullptr && !trimmed(attribute.value).empty())
          add_reference(element, index, index, *rule, attribute.value);
      }
      element.attributes.push_back(std::move(attribute));
    }
  }

  void add_reference(Element& owner, ElementIndex owner_index, ElementIndex place, const internal::ReferenceRule& rule,
                     std::string_view text) {
    const std::string_view id = trimmed(text);
    PendingReference pending;
    pending.owner = owner_index;
    pending.place = place;
    pending.index = owner.references.size();
    pending.rule = &rule;
    if (const QualifiedName name = split(id); !name.prefix.empty())
      pending.name_space = namespaces_.find(name.prefix).value_or(std::string_view());
    owner.references.push_back({std::string(rule.name), std::string(id), kNoElement});
    pending_.push_back(std::move(pending));
  }

  // <incoming>Flow_1</incoming>: a reference of the parent.
  void child_reference(const Element& child, ElementIndex parent, ElementIndex index) {
    if (child.space != Space::bpmn || trimmed(child.text).empty()) return;
    Element& owner = model().elements[parent];
    const internal::ReferenceRule* rule = internal::reference_rule(owner, child.type, true);
    if (rule == nullptr) return;
    add_reference(owner, parent, index, *rule, child.text);
  }

  void diagram_element(const pugi::xml_node& node, std::string_view local) {
    const std::string_view id = trimmed(node.attribute("id").value());
    if (!id.empty()) diagram_ids_.push_back({std::string(id), position(node)});
    if (local != "BPMNShape" && local != "BPMNEdge" && local != "BPMNPlane") return;
    const std::string_view drawn = trimmed(node.attribute("bpmnElement").value());
    if (drawn.empty()) return;
    drawn_.push_back({std::string(drawn), position(node)});
  }

  // Flows and nodes without an id are legal; the engine needs to speak of them.
  void name_the_nameless() {
    std::set<std::string_view> taken;
    std::vector<ElementIndex> nameless;
    for (ElementIndex i = 0; i < model().elements.size(); ++i) {
      const Element& element = model().elements[i];
      const bool needs = is_flow_node(element.type) || element.type == "sequenceFlow" || element.type == "process" ||
                         element.type == "participant";
      if (element.space == Space::bpmn && element.id.empty() && needs) nameless.push_back(i);
    }
    if (nameless.empty()) return;
    for (const Element& element : model().elements) taken.insert(element.id);
    for (const ElementIndex i : nameless) {
      Element& element = model().elements[i];
      std::string id = element.type + "_" + std::to_string(i);
      const Reference* source = element.reference("sourceRef");
      const Reference* target = element.reference("targetRef");
      if (element.is("sequenceFlow") && source != nullptr && target != nullptr) id = source->id + "->" + target->id;
      while (taken.contains(id)) id += "_" + std::to_string(i);
      element.id = id;
      taken.insert(element.id);
      report(finding("missing_id", Severity::info, element.position,
                     {"Dit element (<" + element.type + ">) heeft geen id. Dit programma noemt het '" + id + "'.",
                      "Expected an id on <" + element.type + ">, but found none; it is called '" + id + "'",
                      "Geef het element een id."},
                     {id}));
    }
  }

  void check_ids() {
    std::unordered_map<std::string_view, SourcePosition> of_diagram;
    model().by_id.reserve(model().elements.size() / 2);
    for (ElementIndex i = 0; i < model().elements.size(); ++i) {
      const Element& element = model().elements[i];
      if (element.space != Space::bpmn || element.id.empty()) continue;
      const auto [bearer, is_new] = model().by_id.emplace(element.id, i);
      if (!is_new) report_twice(element.id, model().at(bearer->second).position, element.position, Severity::error);
    }
    for (const Drawn& drawn : diagram_ids_) {
      const auto [bearer, is_new] = of_diagram.emplace(drawn.id, drawn.position);
      const Element* of_model = model().find(drawn.id);
      if (of_model != nullptr)
        report_twice(drawn.id, of_model->position, drawn.position, Severity::warning);
      else if (!is_new)
        report_twice(drawn.id, bearer->second, drawn.position, Severity::warning);
    }
  }

  void report_twice(const std::string& id, SourcePosition first, SourcePosition second, Severity severity) {
    const std::string line = std::to_string(first.line);
    report(finding(
        "duplicate_id", severity, second,
        {"Het id '" + id + "' wordt twee keer gebruikt; de eerste keer op regel " + line + ".",
         "Expected each id once, but '" + id + "' is used before, in line " + line, "Geef een van beide een ander id."},
        {id}));
  }

  void collect() {
    Definitions& all = model();
    const Element& root = all.elements.front();
    const auto text = [&](std::string_view name) {
      return root.attribute(name) == nullptr ? std::string() : *root.attribute(name);
    };
    all.id = root.id;
    all.name = root.name;
    all.target_namespace = text("targetNamespace");
    all.exporter = text("exporter");
    all.exporter_version = text("exporterVersion");
    for (const ElementIndex child : root.children) {
      const Element& element = all.elements[child];
      if (element.space != Space::bpmn) continue;
      if (element.is("process")) {
        all.processes.push_back(child);
      } else if (element.is("collaboration") || element.type == "choreography" ||
                 element.type == "globalConversation" || element.type == "conversation") {
        all.collaborations.push_back({child, {}, {}});
      } else {
        all.root_elements.push_back(child);
      }
    }
  }

  void collect_collaborations() {
    Definitions& all = model();
    const auto referred = [](const Element& element, std::string_view name) {
      const Reference* reference = element.reference(name);
      return reference == nullptr ? std::string() : reference->id;
    };
    for (Collaboration& collaboration : all.collaborations) {
      for (const ElementIndex child : all.elements[collaboration.element].children) {
        const Element& element = all.elements[child];
        if (element.is("participant")) {
          const std::string* role = element.draad_attribute("rol");
          collaboration.participants.push_back({child, element.id, element.name, referred(element, "processRef"),
                                                role == nullptr ? std::string() : *role});
        } else if (element.is("messageFlow")) {
          collaboration.message_flows.push_back({child, element.id, element.name, referred(element, "sourceRef"),
                                                 referred(element, "targetRef"), referred(element, "messageRef")});
        }
      }
    }
  }

  void check_diagram() {
    Definitions& all = model();
    for (Drawn& drawn : drawn_) {
      if (all.index_of(drawn.id) == kNoElement) drawn.id.erase(0, drawn.id.rfind(':') + 1);
      if (all.index_of(drawn.id) == kNoElement)
        report(finding("diagram_reference", Severity::warning, drawn.position,
                       {"De tekening toont '" + drawn.id + "', maar dat element staat niet in het bestand.",
                        "Expected the diagram to show an element of the file, but there is no '" + drawn.id + "'",
                        "Verwijder dit deel van de tekening, of voeg het element toe."},
                       {drawn.id}));
      all.drawn.push_back(std::move(drawn.id));
    }
    std::sort(all.drawn.begin(), all.drawn.end());
    all.drawn.erase(std::unique(all.drawn.begin(), all.drawn.end()), all.drawn.end());
  }

  struct Drawn {
    std::string id;
    SourcePosition position;
  };

  const Document::Tree& tree_;
  internal::LineCursor lines_;
  Namespaces namespaces_;
  DefinitionsResult result_;
  std::vector<PendingReference> pending_;
  std::vector<Drawn> drawn_;
  std::vector<Drawn> diagram_ids_;
  std::set<std::string, std::less<>> undeclared_;
};

// A page that a browser saved in place of the file, which is seldom well-formed XML.
bool looks_like_html(std::string_view bytes) {
  std::string start;
  for (const char c : bytes.substr(0, 512)) start += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  const std::string_view text = trimmed(start);
  return text.starts_with("<!doctype html") || text.starts_with("<html") ||
         text.starts_with("\xef\xbb\xbf<!doctype html");
}

}  // namespace

DefinitionsResult read_definitions(const Document& document) {
  return Reader(document).run();
}

DefinitionsResult read_definitions(std::string_view bytes, const Limits& limits) {
  DocumentResult read = read_document(bytes, limits);
  if (read.document) return read_definitions(*read.document);
  DefinitionsResult result;
  if (read.fault->code.starts_with("xml_") && looks_like_html(bytes))
    read.fault =
        finding("not_bpmn", Severity::fatal, {1, 1},
                {"Dit is een webpagina (HTML), geen BPMN 2.0-bestand.",
                 "Expected <definitions> of BPMN 2.0, but this is an HTML page", "Kies een BPMN 2.0-bestand (.bpmn)."});
  result.findings.push_back(std::move(*read.fault));
  return result;
}

}  // namespace draad::bpmn
