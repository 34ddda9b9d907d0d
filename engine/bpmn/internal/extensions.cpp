// The table of engine/docs/bpmn-extensions.md. A name that is not in it, a name out of its place and a wrong value are
// findings: an attribute without effect would let somebody believe in a term or a ground that is not there.

#include <algorithm>
#include <array>
#include <cstdint>

#include "engine/bpmn/internal/compiler.h"
#include "engine/core/time.h"

namespace draad::bpmn::internal {

namespace {

using graph::Annotations;
using graph::EventKind;
using graph::FlowNode;
using graph::NodeKind;
using graph::TaskKind;

// Where an attribute may stand; a node is usually several of these.
enum Place : std::uint32_t {
  kFlowNode = 1u << 0,
  kUserTask = 1u << 1,
  kManualTask = 1u << 2,
  kReceiveTask = 1u << 3,
  kSendTask = 1u << 4,
  kServiceTask = 1u << 5,
  kBusinessRuleTask = 1u << 6,
  kCallActivity = 1u << 7,
  kCatchEvent = 1u << 8,
  kMessageEvent = 1u << 9,
  kThrowMessageEvent = 1u << 10,
  kSignalEvent = 1u << 11,
  kTerminateEnd = 1u << 12,
  kErrorEnd = 1u << 13,
};

std::uint32_t places_of(const FlowNode& node) {
  std::uint32_t places = kFlowNode;
  switch (node.kind) {
    case NodeKind::user_task:
      places |= kUserTask;
      break;
    case NodeKind::manual_task:
      places |= kManualTask;
      break;
    case NodeKind::receive_task:
      places |= kReceiveTask;
      break;
    case NodeKind::send_task:
      places |= kSendTask;
      break;
    case NodeKind::service_task:
      places |= kServiceTask;
      break;
    case NodeKind::business_rule_task:
      places |= kBusinessRuleTask;
      break;
    case NodeKind::call_activity:
      places |= kCallActivity;
      break;
    case NodeKind::intermediate_catch_event:
    case NodeKind::boundary_event:
      places |= kCatchEvent;
      break;
    default:
      break;
  }
  const bool throws = node.kind == NodeKind::intermediate_throw_event || node.kind == NodeKind::end_event;
  for (const graph::EventDefinition& event : node.events) {
    if (event.kind == EventKind::message) places |= kMessageEvent | (throws ? kThrowMessageEvent : 0u);
    if (event.kind == EventKind::signal) places |= kSignalEvent;
    if (event.kind == EventKind::terminate) places |= kTerminateEnd;
    if (event.kind == EventKind::error && throws) places |= kErrorEnd;
  }
  return places;
}

struct Rule {
  std::string_view name;
  std::uint32_t places = 0;
  std::string_view where;                                // Dutch: on what it may stand.
  std::string_view expected;                             // Dutch: what value.
  bool (*set)(FlowNode&, const std::string&) = nullptr;  // False: not such a value.
};

template <std::string Annotations::*Member>
bool set_text(FlowNode& node, const std::string& value) {
  node.annotations.*Member = value;
  return !value.empty();
}

template <typename T>
bool choose(T& field, std::string_view value, std::initializer_list<std::pair<std::string_view, T>> choices) {
  for (const auto& [name, choice] : choices) {
    if (name != value) continue;
    field = choice;
    return true;
  }
  return false;
}

bool is_anchor(std::string_view text) {
  bool part_empty = true;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (!letter && (c != '.' || part_empty)) return false;
    part_empty = c == '.';
  }
  return !part_empty;
}

bool set_termijn(FlowNode& node, const std::string& value) {
  node.annotations.termijn = value;
  if (value.starts_with('=')) return value.size() > 1;
  const auto duration = parse_duration(value);
  return duration.has_value() && !duration->negative;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

bool is_data_class(std::string_view text) {
  if (text.size() < 2 || text.size() > 3 || text[0] != 'D' || text[1] < '1' || text[1] > '9') return false;
  return text.size() == 2 || (text[1] == '1' && text[2] >= '0' && text[2] <= '4');
}

bool set_shares(FlowNode& node, const std::string& value) {
  node.annotations.shares = words(value);
  return !node.annotations.shares.empty() &&
         std::all_of(node.annotations.shares.begin(), node.annotations.shares.end(), is_data_class);
}

bool set_correlation(FlowNode& node, const std::string& value) {
  node.correlation = value;
  for (graph::EventDefinition& event : node.events)
    if (event.kind == EventKind::message) event.correlation = value;
  return !value.empty();
}

bool set_broadcast(FlowNode& node, const std::string& value) {
  const bool good = choose(node.broadcast, value, {{"ja", true}, {"nee", false}});
  for (graph::EventDefinition& event : node.events)
    if (event.kind == EventKind::message) event.broadcast = node.broadcast;
  return good;
}

bool set_reach(FlowNode& node, const std::string& value) {
  bool wide = false;
  const bool good = choose(wide, value, {{"casus", false}, {"gemeente", true}});
  for (graph::EventDefinition& event : node.events)
    if (event.kind == EventKind::signal) event.municipality_wide = wide;
  return good;
}

constexpr std::string_view kNotEmpty = "een tekst";
constexpr std::string_view kYesNo = "ja of nee";
constexpr std::string_view kOnTerm = "een gebruikerstaak, ontvangtaak of wachtende gebeurtenis";
constexpr std::string_view kOnSharing = "een service- of verstuurtaak of een gebeurtenis die een bericht verstuurt";

constexpr std::uint32_t kTerm = kUserTask | kReceiveTask | kCatchEvent;
constexpr std::uint32_t kSharing = kServiceTask | kSendTask | kThrowMessageEvent;

const auto kRules = std::to_array<Rule>({
    {"anker", kFlowNode, "een stap, gebeurtenis of beslispunt",
     "kleine letters met punten ertussen, zoals bedenktijd.aanbieden",
     [](FlowNode& node, const std::string& value) {
       node.annotations.anchor = value;
       return is_anchor(value);
     }},
    {"rol", kUserTask | kManualTask, "een gebruikerstaak, handmatige taak, baan (lane) of deelnemer (participant)",
     kNotEmpty, set_text<&Annotations::role>},
    {"formulier", kUserTask, "een gebruikerstaak", kNotEmpty, set_text<&Annotations::form>},
    {"termijn", kTerm, kOnTerm, "een duur zoals P5D, P3M of PT24H, of = en een formule", set_termijn},
    {"kalender", kTerm, kOnTerm, "kalender of werkdagen",
     [](FlowNode& node, const std::string& value) {
       return choose(node.annotations.calendar, value,
                     {{"kalender", TermijnKalender::kalender}, {"werkdagen", TermijnKalender::werkdagen}});
     }},
    {"bevoegdheid", kTerm, kOnTerm, kNotEmpty, set_text<&Annotations::legal_basis>},
    {"vervanger", kUserTask, "een gebruikerstaak", kNotEmpty, set_text<&Annotations::stand_in>},
    {"soort", kUserTask, "een gebruikerstaak", "taak, verwijzing of casusoverleg",
     [](FlowNode& node, const std::string& value) {
       return choose(
           node.annotations.task_kind, value,
           {{"taak", TaskKind::task}, {"verwijzing", TaskKind::referral}, {"casusoverleg", TaskKind::case_meeting}});
     }},
    {"naar", kUserTask, "een gebruikerstaak met draad:soort=\"verwijzing\"", kNotEmpty,
     set_text<&Annotations::referred_to>},
    {"overleg", kUserTask, "een gebruikerstaak met draad:soort=\"casusoverleg\"", kNotEmpty,
     set_text<&Annotations::meeting>},
    {"onderwerp", kSharing, kOnSharing, kNotEmpty, set_text<&Annotations::topic>},
    {"deelt", kSharing, kOnSharing, "gegevensklassen D1 tot en met D14, met spaties ertussen", set_shares},
    {"grondslag", kSharing, kOnSharing, kNotEmpty, set_text<&Annotations::ground>},
    {"regel", kBusinessRuleTask, "een beslisregeltaak", kNotEmpty, set_text<&Annotations::rule>},
    {"correlatie", kMessageEvent | kReceiveTask | kSendTask, "een berichtgebeurtenis, ontvangtaak of verstuurtaak",
     "een formule", set_correlation},
    {"aan-allen", kMessageEvent | kReceiveTask, "een berichtgebeurtenis of ontvangtaak", kYesNo, set_broadcast},
    {"bereik", kSignalEvent, "een signaalgebeurtenis", "casus of gemeente", set_reach},
    {"alles", kCallActivity, "een aanroep van een ander proces (call activity)", kYesNo,
     [](FlowNode& node, const std::string& value) {
       return choose(node.annotations.all_facts, value, {{"ja", true}, {"nee", false}});
     }},
    {"beeindigt", kTerminateEnd, "een eindgebeurtenis die alles stopt (terminate)", "alle",
     [](FlowNode& node, const std::string& value) {
       return choose(node.annotations.terminates_all_instances, value, {{"alle", true}});
     }},
    {"mag-onafgevangen", kErrorEnd, "een foutgebeurtenis aan het eind", kYesNo,
     [](FlowNode& node, const std::string& value) {
       return choose(node.annotations.may_be_uncaught, value, {{"ja", true}, {"nee", false}});
     }},
});

// Attributes of other elements than flow nodes.
constexpr auto kOtherNames =
    std::to_array<std::string_view>({"waarborgen", "verzameling", "element", "resultaat", "resultaatelement"});
constexpr auto kElementNames = std::to_array<std::string_view>({"feit", "invoer", "uitvoer"});

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

// The known name that a mistyped one is likely to mean; empty: none is near.
template <typename Names>
std::string_view nearest(std::string_view name, const Names& names) {
  constexpr std::size_t kNameMax = 40;
  if (name.size() > kNameMax) return {};
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(name.size() / 3, 1) + 1;
  for (const std::string_view known : names) {
    const std::size_t distance = edit_distance(name, known);
    if (distance >= best_distance) continue;
    best = known;
    best_distance = distance;
  }
  return best;
}

std::vector<std::string_view> attribute_names() {
  std::vector<std::string_view> names(kOtherNames.begin(), kOtherNames.end());
  for (const Rule& rule : kRules) names.push_back(rule.name);
  return names;
}

void report_unknown(Compiling& compiling, const Element& element, std::string_view what, std::string_view name,
                    std::string_view near) {
  const std::string full = "draad:" + std::string(name);
  compiling.report(
      "unknown_extension", Severity::error, element,
      {label(element) + " heeft " + std::string(what) + " " + full + ". Dat bestaat niet.",
       "Expected a known draad: name on " + label(element) + ", but found " + full,
       near.empty() ? "Kijk in de lijst van draad:-uitbreidingen." : "Bedoelt u draad:" + std::string(near) + "?"});
}

void report_place(Compiling& compiling, const Element& element, std::string_view name, std::string_view where) {
  const std::string full = "draad:" + std::string(name);
  compiling.report(
      "invalid_extension", Severity::error, element,
      {full + " staat op " + label(element) + " (<" + element.type + ">), maar heeft daar geen betekenis.",
       "Expected " + full + " where it has a meaning, but found it on <" + element.type + "> " + label(element),
       "Zet het op " + std::string(where) + ", of haal het weg."});
}

void report_value(Compiling& compiling, const Element& element, std::string_view name, std::string_view value,
                  std::string_view expected) {
  const std::string full = std::string(name);
  compiling.report(
      "invalid_value", Severity::error, element,
      {full + " van " + label(element) + " is '" + std::string(value) + "'. Hier hoort: " + std::string(expected) + ".",
       "Expected a valid " + full + " on " + label(element) + ", but found '" + std::string(value) + "'",
       "Vul in: " + std::string(expected) + "."});
}

std::string_view where_of(std::string_view name) {
  for (const Rule& rule : kRules)
    if (rule.name == name) return rule.where;
  if (name == "waarborgen") return "het proces";
  return "multiInstanceLoopCharacteristics";
}

bool matches_event(const Element& definition, std::string_view name) {
  if (definition.is("messageEventDefinition")) return name == "correlatie" || name == "aan-allen";
  return definition.is("signalEventDefinition") && name == "bereik";
}

// An attribute on an element that has none of that name: unknown, or out of place.
void refuse_attribute(Compiling& compiling, const Element& element, const std::string& name) {
  const auto names = attribute_names();
  if (std::find(names.begin(), names.end(), name) != names.end())
    report_place(compiling, element, name, where_of(name));
  else
    report_unknown(compiling, element, "het attribuut", name, nearest(name, names));
}

void refuse_element(Compiling& compiling, const Element& owner, const Element& extension) {
  if (std::find(kElementNames.begin(), kElementNames.end(), extension.type) == kElementNames.end())
    report_unknown(compiling, owner, "het element", extension.type, nearest(extension.type, kElementNames));
  else
    report_place(compiling, owner, extension.type, extension.type == "feit" ? "het proces" : "een taak of subproces");
}

// Value of an attribute of a draad: element; reports what it does not know.
void check_names(Compiling& compiling, const Element& extension, std::initializer_list<std::string_view> names) {
  for (const Attribute& attribute : extension.attributes) {
    if (std::find(names.begin(), names.end(), attribute.name) != names.end() && attribute.space != Space::other)
      continue;
    if (attribute.space == Space::other) continue;
    const std::string_view near = nearest(attribute.name, names);
    compiling.report(
        "unknown_extension", Severity::error, extension,
        {"<draad:" + extension.type + "> heeft het attribuut '" + attribute.name + "'. Dat bestaat niet.",
         "Expected a known attribute of <draad:" + extension.type + ">, but found '" + attribute.name + "'",
         near.empty() ? std::string("Haal het weg.") : "Bedoelt u '" + std::string(near) + "'?"});
  }
}

std::string value_of(const Element& extension, std::string_view name) {
  const std::string* value = extension.attribute(name);
  return value == nullptr ? std::string() : std::string(trimmed(*value));
}

void read_mapping(Compiling& compiling, const Element& extension, std::vector<graph::Mapping>& mappings) {
  check_names(compiling, extension, {"naam", "waarde"});
  graph::Mapping mapping{value_of(extension, "naam"), value_of(extension, "waarde")};
  if (mapping.target.empty()) return report_value(compiling, extension, "naam", "", "de naam van een feit");
  if (mapping.expression.empty()) return report_value(compiling, extension, "waarde", "", "een formule");
  mappings.push_back(std::move(mapping));
}

std::optional<graph::FactDeclaration> read_fact(Compiling& compiling, const Element& extension) {
  using graph::FactType;
  check_names(compiling, extension, {"naam", "type", "min", "max", "leeg", "waarden"});
  graph::FactDeclaration fact;
  fact.name = value_of(extension, "naam");
  fact.position = extension.position;
  if (fact.name.empty()) {
    report_value(compiling, extension, "naam", "", "de naam van een feit");
    return std::nullopt;
  }
  const std::string type = value_of(extension, "type");
  if (!choose(fact.type, type,
              {{"janee", FactType::boolean},
               {"getal", FactType::number},
               {"tekst", FactType::text},
               {"keuze", FactType::choice},
               {"datum", FactType::date},
               {"moment", FactType::instant},
               {"duur", FactType::duration},
               {"lijst", FactType::list}})) {
    report_value(compiling, extension, "type", type, "janee, getal, tekst, keuze, datum, moment, duur of lijst");
    return std::nullopt;
  }
  fact.choices = words(value_of(extension, "waarden"));
  if ((fact.type == FactType::choice) == fact.choices.empty())
    report_value(compiling, extension, "waarden", value_of(extension, "waarden"),
                 fact.type == FactType::choice ? "de keuzes, met spaties ertussen" : "niets (alleen bij type keuze)");
  const std::string empty = value_of(extension, "leeg");
  if (!empty.empty() && !choose(fact.nullable, empty, {{"ja", true}, {"nee", false}}))
    report_value(compiling, extension, "leeg", empty, kYesNo);
  if (extension.attribute("min") != nullptr) fact.minimum = value_of(extension, "min");
  if (extension.attribute("max") != nullptr) fact.maximum = value_of(extension, "max");
  return fact;
}

}  // namespace

void read_extensions(Compiling& compiling, const Element& element, FlowNode& node) {
  const std::uint32_t places = places_of(node);
  for (const Attribute& attribute : element.attributes) {
    if (attribute.space != Space::draad) continue;
    const auto rule =
        std::find_if(kRules.begin(), kRules.end(), [&](const Rule& known) { return known.name == attribute.name; });
    if (rule == kRules.end() || (rule->places & places) == 0) {
      refuse_attribute(compiling, element, attribute.name);
      continue;
    }
    const std::string value(trimmed(attribute.value));
    if (!rule->set(node, value)) report_value(compiling, element, "draad:" + attribute.name, value, rule->expected);
  }
  if (!node.annotations.referred_to.empty() && node.annotations.task_kind != TaskKind::referral)
    report_place(compiling, element, "naar", where_of("naar"));
  if (!node.annotations.meeting.empty() && node.annotations.task_kind != TaskKind::case_meeting)
    report_place(compiling, element, "overleg", where_of("overleg"));

  for (const Element* extension : compiling.extensions(element)) {
    if (extension->space != Space::draad) continue;
    const bool mapping = is_activity(node.kind) && (extension->type == "invoer" || extension->type == "uitvoer");
    if (!mapping)
      refuse_element(compiling, element, *extension);
    else
      read_mapping(compiling, *extension,
                   extension->type == "invoer" ? node.annotations.inputs : node.annotations.outputs);
  }
}

void read_extensions(Compiling& compiling, const Element& definition, graph::EventDefinition& event) {
  for (const Attribute& attribute : definition.attributes) {
    if (attribute.space != Space::draad || !matches_event(definition, attribute.name)) continue;
    const std::string value(trimmed(attribute.value));
    bool good = !value.empty();
    if (attribute.name == "correlatie") event.correlation = value;
    if (attribute.name == "aan-allen") good = choose(event.broadcast, value, {{"ja", true}, {"nee", false}});
    if (attribute.name == "bereik")
      good = choose(event.municipality_wide, value, {{"casus", false}, {"gemeente", true}});
    const auto rule =
        std::find_if(kRules.begin(), kRules.end(), [&](const Rule& known) { return known.name == attribute.name; });
    if (!good) report_value(compiling, definition, "draad:" + attribute.name, value, rule->expected);
  }
}

std::vector<graph::FactDeclaration> read_process_extensions(Compiling& compiling, const Element& process,
                                                            std::string& safeguards) {
  for (const Attribute& attribute : process.attributes) {
    if (attribute.space != Space::draad) continue;
    if (attribute.name == "waarborgen")
      safeguards = trimmed(attribute.value);
    else
      refuse_attribute(compiling, process, attribute.name);
  }
  std::vector<graph::FactDeclaration> facts;
  for (const Element* extension : compiling.extensions(process)) {
    if (extension->space != Space::draad) continue;
    if (extension->type != "feit") {
      refuse_element(compiling, process, *extension);
      continue;
    }
    auto fact = read_fact(compiling, *extension);
    if (!fact) continue;
    const bool twice =
        std::any_of(facts.begin(), facts.end(), [&](const auto& other) { return other.name == fact->name; });
    if (twice)
      report_value(compiling, *extension, "naam", fact->name, "een naam die nog niet gebruikt is");
    else
      facts.push_back(std::move(*fact));
  }
  return facts;
}

std::string read_role(Compiling& compiling, const Element& element) {
  std::string role;
  for (const Attribute& attribute : element.attributes) {
    if (attribute.space != Space::draad) continue;
    if (attribute.name == "rol")
      role = trimmed(attribute.value);
    else
      refuse_attribute(compiling, element, attribute.name);
  }
  return role;
}

void refuse_extensions(Compiling& compiling, const Element& element) {
  const bool loop = element.is("multiInstanceLoopCharacteristics");
  for (const Attribute& attribute : element.attributes) {
    if (attribute.space != Space::draad) continue;
    const bool of_loop = attribute.name != "waarborgen" &&
                         std::find(kOtherNames.begin(), kOtherNames.end(), attribute.name) != kOtherNames.end();
    if (matches_event(element, attribute.name)) continue;
    if (!loop || !of_loop) refuse_attribute(compiling, element, attribute.name);
  }
  for (const Element* extension : compiling.extensions(element))
    if (extension->space == Space::draad) refuse_element(compiling, element, *extension);
}

}  // namespace draad::bpmn::internal
