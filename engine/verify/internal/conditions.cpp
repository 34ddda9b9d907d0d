#include "engine/verify/internal/conditions.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "engine/bpmn/unsupported.h"
#include "engine/feel/decide.h"
#include "engine/verify/internal/condition_facts.h"
#include "engine/verify/internal/texts.h"

namespace draad::verify::internal {

using graph::FlowIndex;
using graph::FlowNode;
using graph::kNone;
using graph::NodeIndex;
using graph::NodeKind;

namespace {

// What leaves one node that chooses, taken apart.
struct Choice {
  NodeIndex node = kNone;
  feel::GatewayKind kind = feel::GatewayKind::exclusive;
  std::vector<FlowIndex> flows;  // With a condition that could be read, in document order.
  std::vector<feel::Expression> conditions;
  FlowIndex otherwise = kNone;
  bool whole = true;  // Every way out but the default one has a condition that could be read.
};

class ConditionsJudge {
 public:
  ConditionsJudge(const graph::WorkflowGraph& graph, bool ours, const std::function<bool()>& out_of_time)
      : graph_(graph), ours_(ours), out_of_time_(out_of_time), facts_(condition_facts(graph)) {}

  ConditionsJudgement run() {
    if (ours_)
      for (Finding& finding : bpmn::unsupported_languages(graph_)) result_.findings.push_back(std::move(finding));
    for (NodeIndex node = 0; node < graph_.node_count(); ++node)
      if (std::optional<Choice> choice = choice_at(node)) judge(*choice);
    if (!foreign_.empty()) tell_foreign();
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::optional<Choice> choice_at(NodeIndex index) {
    const FlowNode& node = graph_.node(index);
    const auto flows = graph_.outgoing(index);
    const bool gateway = node.kind == NodeKind::exclusive_gateway || node.kind == NodeKind::inclusive_gateway;
    if (gateway ? flows.size() < 2 : !graph::is_activity(node.kind)) return std::nullopt;
    Choice choice;
    choice.node = index;
    if (node.kind != NodeKind::exclusive_gateway) choice.kind = feel::GatewayKind::inclusive;
    for (const FlowIndex flow : flows) {
      const graph::SequenceFlow& way = graph_.flow(flow);
      if (flow == node.default_flow) {
        choice.otherwise = flow;
      } else if (!way.has_condition) {
        choice.whole = false;  // Of a gateway: reported by the rules. Of an activity: always taken, so one is.
      } else if (!bpmn::is_our_condition_language(way.language)) {
        foreign_.push_back(flow);
        choice.whole = false;
      } else if (Result<feel::Expression> condition = feel::parse(way.condition); condition) {
        choice.flows.push_back(flow);
        choice.conditions.push_back(*std::move(condition));
      } else {
        if (ours_)
          unreadable(flow, condition.error());
        else
          foreign_.push_back(flow);
        choice.whole = false;
      }
    }
    if (choice.conditions.empty()) return std::nullopt;
    return choice;
  }

  Finding& add(std::string code, Severity severity, std::vector<std::string> elements) {
    Finding& finding = result_.findings.emplace_back();
    finding.code = std::move(code);
    finding.severity = severity;
    finding.elements = std::move(elements);
    place(finding, graph_);
    return finding;
  }

  [[nodiscard]] std::string condition_of(FlowIndex flow) const { return "'" + graph_.flow(flow).condition + "'"; }

  void unreadable(FlowIndex flow, const Error& error) {
    Finding& finding =
        add("condition_unreadable", Severity::error, {graph_.flow(flow).id, graph_.node(graph_.flow(flow).source).id});
    finding.message = "De voorwaarde " + condition_of(flow) + " op de pijl " + flow_label(graph_, flow) +
                      " is niet te lezen. De casus blijft daar steken.";
    finding.message_en = "The condition cannot be read: " + error.message + ".";
    finding.mend = "Schrijf de voorwaarde in FEEL, bijvoorbeeld: leeftijd < 18.";
  }

  void tell_foreign() {
    std::vector<std::string> elements;
    for (const FlowIndex flow : foreign_) elements.push_back(graph_.flow(flow).id);
    const std::string count = std::to_string(foreign_.size());
    if (ours_) return;  // Each has been told of.
    Finding& finding = add("condition_language", Severity::info, std::move(elements));
    finding.message = (foreign_.size() == 1 ? "Een voorwaarde is" : count + " voorwaarden zijn") +
                      " in een andere taal dan FEEL geschreven, en dus niet beoordeeld.";
    finding.message_en = count + " conditions are in another language than FEEL and were not judged.";
    finding.mend = "Wilt u dit proces hier uitvoeren: schrijf de voorwaarden in FEEL.";
  }

  void judge(const Choice& choice) {
    if (out_of_time_ && out_of_time_()) {
      if (ours_) undecided(choice, "de tijd is op", "the time is spent");
      return;
    }
    feel::DecideOptions options;
    options.gateway = choice.kind;
    FactTypesOf types = types_for(facts_, choice.conditions, ours_);
    const feel::GatewayVerdict wide = feel::decide(choice.conditions, types.types, options);
    exclude(choice, wide, types.guessed());
    tell_never(choice, wide, ours_ ? Severity::error : Severity::warning);
    if (!types.guessed()) return tell(choice, wide);
    // A guessed fact may be empty, so that nothing is excluded too much; but that alone is no reason to speak of a gap.
    for (const std::string& name : types.guessed_names) types.types.find(name)->second.nullable = false;
    tell(choice, feel::decide(choice.conditions, types.types, options));
  }

  void tell(const Choice& choice, const feel::GatewayVerdict& verdict) {
    if (ours_)
      for (const feel::TypeFault& fault : verdict.faults) tell_fault(choice, fault);
    if (!verdict.faults.empty()) return;
    tell_not_exhaustive(choice, verdict, ours_ ? Severity::error : Severity::info);
    if (!ours_) return;
    tell_undefined(choice, verdict);
    if (choice.kind == feel::GatewayKind::exclusive) tell_overlaps(choice, verdict);
  }

  // Nothing can fall through: a default flow, a flow that is always taken, or a person who presses one.
  [[nodiscard]] bool never_falls_through(const Choice& choice) const {
    return choice.otherwise != kNone || !choice.whole || person_chooses(graph_, choice.node, choice.conditions);
  }

  void exclude(const Choice& choice, const feel::GatewayVerdict& verdict, bool guessed) {
    for (std::size_t i = 0; i < choice.flows.size(); ++i)
      if (verdict.satisfiable[i].answer == feel::Answer::no || verdict.reachable[i].answer == feel::Answer::no)
        result_.excluded.insert(choice.flows[i]);
    if (choice.otherwise != kNone && !guessed && verdict.faults.empty() &&
        verdict.exhaustive.answer == feel::Answer::yes)
      result_.excluded.insert(choice.otherwise);
  }

  // A name that a mapping brings in, of a type that nothing tells, is no unknown fact.
  [[nodiscard]] bool is_known(const feel::Expression& condition) const {
    return std::all_of(condition.names().begin(), condition.names().end(), [&](const std::string& name) {
      return facts_.declared.contains(name) || facts_.untyped.contains(name);
    });
  }

  void tell_fault(const Choice& choice, const feel::TypeFault& fault) {
    const FlowIndex flow = choice.flows[fault.condition];
    const bool unknown = fault.kind == feel::FaultKind::unknown_fact;
    if (unknown && is_known(choice.conditions[fault.condition])) return;
    Finding& finding = add(unknown ? "unknown_fact" : "condition_type", Severity::error,
                           {graph_.flow(flow).id, graph_.node(choice.node).id});
    finding.message = "Voorwaarde " + condition_of(flow) + " op de pijl " + flow_label(graph_, flow) + ", teken " +
                      std::to_string(fault.column) + ": " + fault.message;
    finding.message_en = fault.message_en;
    finding.mend = unknown ? "Schrijf het feit bij het proces (draad:feit), of verbeter de naam."
                           : "Pas de voorwaarde aan, of het soort of de waarden van het feit (draad:feit).";
  }

  void tell_never(const Choice& choice, const feel::GatewayVerdict& verdict, Severity severity) {
    for (std::size_t i = 0; i < choice.flows.size(); ++i) {
      const bool never = verdict.satisfiable[i].answer == feel::Answer::no;
      if (!never && verdict.reachable[i].answer != feel::Answer::no) continue;
      const FlowIndex flow = choice.flows[i];
      Finding& finding = add("branch_never_taken", severity, {graph_.flow(flow).id, graph_.node(choice.node).id});
      finding.message = "De pijl " + flow_label(graph_, flow) + " wordt nooit genomen: " +
                        (never ? "zijn voorwaarde " + condition_of(flow) + " kan niet waar zijn."
                               : "een eerdere pijl neemt alles wat aan " + condition_of(flow) + " voldoet.") +
                        " Wie op die weg hoort, komt op een andere terecht.";
      finding.message_en = never ? "This flow is never taken: its condition cannot be true."
                                 : "This flow is never taken: earlier flows take all its cases.";
      finding.mend = never ? "Verbeter de voorwaarde, of haal de pijl weg."
                           : "Maak de eerdere voorwaarde enger, of zet deze pijl ervoor.";
    }
  }

  void tell_not_exhaustive(const Choice& choice, const feel::GatewayVerdict& verdict, Severity severity) {
    if (never_falls_through(choice)) return;
    if (verdict.exhaustive.answer == feel::Answer::not_decided && ours_)
      undecided(choice, verdict.exhaustive.reason, verdict.exhaustive.reason_en);
    if (verdict.exhaustive.answer != feel::Answer::no) return;
    Finding& finding = add("branches_not_exhaustive", severity, {graph_.node(choice.node).id});
    for (const FlowIndex flow : choice.flows) finding.elements.push_back(graph_.flow(flow).id);
    const std::string example = verdict.exhaustive.example ? verdict.exhaustive.example->text() : "";
    finding.message = "Bij " + label(graph_, choice.node) + " past niet altijd een pijl" +
                      (example.empty() ? "." : ": bijvoorbeeld niet als " + example + ".") +
                      " Zo'n casus blijft daar steken.";
    finding.message_en = "Not every case fits a flow" + (example.empty() ? "." : ", for example " + example + ".");
    finding.mend = "Maak een van de pijlen de standaardpijl, of schrijf een voorwaarde voor dit geval.";
  }

  void tell_undefined(const Choice& choice, const feel::GatewayVerdict& verdict) {
    // A gap that is told of already covers a condition without an answer there.
    const bool gap = verdict.exhaustive.answer == feel::Answer::no && !never_falls_through(choice);
    if (verdict.defined.answer == feel::Answer::no && !gap && !person_chooses(graph_, choice.node, choice.conditions)) {
      Finding& finding = add("condition_undefined", Severity::error, {graph_.node(choice.node).id});
      for (const FlowIndex flow : choice.flows) finding.elements.push_back(graph_.flow(flow).id);
      const std::string example = verdict.defined.example ? verdict.defined.example->text() : "";
      finding.message = "Bij " + label(graph_, choice.node) + " is een voorwaarde soms waar noch onwaar" +
                        (example.empty() ? "." : ": bijvoorbeeld als " + example + ".") +
                        " Zo'n casus blijft daar steken.";
      finding.message_en =
          "A condition can be neither true nor false" + (example.empty() ? "." : ", for example: " + example + ".");
      finding.mend = "Vraag eerst of het feit bekend is, bijvoorbeeld: leeftijd != null and leeftijd < 18.";
    } else if (verdict.defined.answer == feel::Answer::not_decided &&
               verdict.exhaustive.answer != feel::Answer::not_decided) {
      undecided(choice, verdict.defined.reason, verdict.defined.reason_en);
    }
  }

  void tell_overlaps(const Choice& choice, const feel::GatewayVerdict& verdict) {
    for (const feel::Overlap& overlap : verdict.overlaps) {
      if (overlap.verdict.answer != feel::Answer::yes || !overlap.verdict.example) continue;
      const FlowIndex first = choice.flows[overlap.first], second = choice.flows[overlap.second];
      if (result_.excluded.contains(second)) continue;  // Told of already.
      Finding& finding = add("branches_overlap", Severity::info,
                             {graph_.node(choice.node).id, graph_.flow(first).id, graph_.flow(second).id});
      finding.message = "Bij " + label(graph_, choice.node) + " passen twee pijlen als " +
                        overlap.verdict.example->text() + ". De eerste wint: " + flow_label(graph_, first) + ".";
      finding.message_en =
          "Two flows fit, for example: " + overlap.verdict.example->text() + ". The first one is taken.";
      finding.mend = "Is dat niet de bedoeling: maak een van de twee voorwaarden enger.";
    }
  }

  void undecided(const Choice& choice, const std::string& why, const std::string& why_en) {
    Finding& finding = add("condition_undecided", Severity::info, {graph_.node(choice.node).id});
    finding.message = "Of de voorwaarden bij " + label(graph_, choice.node) +
                      " alle gevallen dekken, is niet vastgesteld: " + why + ".";
    finding.message_en = "Whether the conditions cover every case was not decided: " + why_en + ".";
    finding.mend = "Schrijf de voorwaarden eenvoudiger, of geef de gateway een standaardpijl.";
  }

  const graph::WorkflowGraph& graph_;
  const bool ours_;
  const std::function<bool()>& out_of_time_;
  const ConditionFacts facts_;
  std::vector<FlowIndex> foreign_;
  ConditionsJudgement result_;
};

}  // namespace

ConditionsJudgement judge_conditions(const graph::WorkflowGraph& graph, bool publication_gate,
                                     const std::function<bool()>& out_of_time) {
  return ConditionsJudge(graph, publication_gate, out_of_time).run();
}

}  // namespace draad::verify::internal
