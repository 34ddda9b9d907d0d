#include "engine/graph/internal/fingerprint.h"

namespace draad::graph::internal {

namespace {

// key=length:value, and nothing at all for what is empty or at its default: so that two different graphs never give the
// same text, and a new field with a default does not change the text of old ones.
class Writer {
 public:
  void line(std::string_view kind, std::string_view id) {
    if (!text_.empty()) text_ += '\n';
    text_ += kind;
    field("", id);
  }
  void field(std::string_view key, std::string_view value) {
    if (value.empty() && !key.empty()) return;
    text_.append(" ").append(key).append("=").append(std::to_string(value.size())).append(":").append(value);
  }
  void flag(std::string_view key, bool value, bool otherwise = false) {
    if (value != otherwise) text_.append(" ").append(key).append(value ? "+" : "-");
  }
  void number(std::string_view key, std::int64_t value) {
    text_.append(" ").append(key).append("=").append(std::to_string(value));
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void write_event(Writer& out, const EventDefinition& event) {
  out.line(" event", to_string(event.kind));
  out.field("reference", event.reference);
  out.field("name", event.name);
  out.field("code", event.code);
  if (event.kind == EventKind::timer) out.number("timer", static_cast<int>(event.timer));
  out.field("expression", event.expression);
  out.field("language", event.language);
  out.field("correlation", event.correlation);
  out.flag("broadcast", event.broadcast);
  out.flag("municipality", event.municipality_wide);
}

void write_loops(Writer& out, const FlowNode& node) {
  if (node.loop) {
    out.line(" loop", node.loop->condition);
    out.flag("before", node.loop->test_before);
    if (node.loop->maximum) out.number("maximum", *node.loop->maximum);
    out.field("language", node.loop->language);
  }
  if (node.multi_instance) {
    const MultiInstance& multi = *node.multi_instance;
    out.line(" multi", multi.sequential ? "sequential" : "parallel");
    out.field("cardinality", multi.cardinality);
    out.field("collection", multi.collection);
    out.field("item", multi.item);
    out.field("output_collection", multi.output_collection);
    out.field("output_item", multi.output_item);
    if (multi.behavior != "All") out.field("behavior", multi.behavior);
    out.field("completion", multi.completion_condition);
    out.field("language", multi.language);
  }
}

void write_annotations(Writer& out, const Annotations& annotations) {
  out.field("anchor", annotations.anchor);
  out.field("role", annotations.role);
  out.field("form", annotations.form);
  out.field("termijn", annotations.termijn);
  if (annotations.calendar != TermijnKalender::kalender) out.number("calendar", static_cast<int>(annotations.calendar));
  out.field("legal_basis", annotations.legal_basis);
  out.field("stand_in", annotations.stand_in);
  if (annotations.task_kind != TaskKind::task) out.number("task_kind", static_cast<int>(annotations.task_kind));
  out.field("referred_to", annotations.referred_to);
  out.field("meeting", annotations.meeting);
  out.field("topic", annotations.topic);
  for (const std::string& share : annotations.shares) out.field("share", share);
  out.field("ground", annotations.ground);
  out.field("rule", annotations.rule);
  out.flag("all_facts", annotations.all_facts);
  out.flag("terminates_all", annotations.terminates_all_instances);
  out.flag("may_be_uncaught", annotations.may_be_uncaught);
  for (const Mapping& input : annotations.inputs) {
    out.line(" input", input.target);
    out.field("value", input.expression);
  }
  for (const Mapping& output : annotations.outputs) {
    out.line(" output", output.target);
    out.field("value", output.expression);
  }
}

void write_node(Writer& out, std::span<const FlowNode> nodes, std::span<const SequenceFlow> flows,
                const FlowNode& node) {
  out.line("node", node.id);
  out.number("kind", static_cast<int>(node.kind));
  out.number("scope", node.scope);
  if (node.attached_to != kNone) out.field("attached_to", nodes[node.attached_to].id);
  if (node.link_target != kNone) out.field("link_target", nodes[node.link_target].id);
  out.flag("interrupting", node.interrupting, true);
  out.flag("for_compensation", node.for_compensation);
  out.flag("instantiate", node.instantiate);
  out.flag("parallel_event_gateway", node.parallel_event_gateway);
  out.flag("parallel_multiple", node.parallel_multiple);
  out.field("called_element", node.called_element);
  out.field("script", node.script);
  out.field("script_format", node.script_format);
  out.flag("ad_hoc_sequential", node.ad_hoc_sequential);
  out.flag("cancel_remaining", node.cancel_remaining, true);
  out.field("completion", node.completion_condition);
  out.field("completion_language", node.completion_language);
  out.field("message", node.message_name);
  out.field("correlation", node.correlation);
  out.flag("broadcast", node.broadcast);
  if (node.default_flow != kNone) out.field("default", flows[node.default_flow].id);
  write_annotations(out, node.annotations);
  for (const EventDefinition& event : node.events) write_event(out, event);
  write_loops(out, node);
}

}  // namespace

std::string fingerprint(std::string_view process_id, std::string_view safeguards,
                        std::span<const FactDeclaration> facts, std::span<const FlowNode> nodes,
                        std::span<const SequenceFlow> flows) {
  Writer out;
  out.line("process", process_id);
  out.field("safeguards", safeguards);
  for (const FactDeclaration& fact : facts) {
    out.line("fact", fact.name);
    out.number("type", static_cast<int>(fact.type));
    for (const std::string& choice : fact.choices) out.field("choice", choice);
    if (fact.minimum) out.field("minimum", *fact.minimum);
    if (fact.maximum) out.field("maximum", *fact.maximum);
    out.flag("nullable", fact.nullable);
  }
  for (const FlowNode& node : nodes) write_node(out, nodes, flows, node);
  for (const SequenceFlow& flow : flows) {
    out.line("flow", flow.id);
    out.field("name", flow.name);  // A person may choose an outcome by its name.
    out.field("source", nodes[flow.source].id);
    out.field("target", nodes[flow.target].id);
    out.flag("has_condition", flow.has_condition);
    out.field("condition", flow.condition);
    out.field("language", flow.language);
  }
  return out.take();
}

}  // namespace draad::graph::internal
