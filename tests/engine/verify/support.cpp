#include "tests/engine/verify/support.h"

#include <set>
#include <sstream>
#include <stdexcept>

namespace draad::verify::test {

using graph::EventKind;
using graph::NodeKind;

namespace {

struct Reader {
  graph::GraphBuilder builder{"P", ""};
  std::vector<std::string> tokens;
  std::size_t at = 0;
  struct Flow {
    std::string source, target;
    bool conditional, otherwise;
  };
  std::vector<Flow> flows;

  [[nodiscard]] bool more() const { return at < tokens.size() && tokens[at] != "}"; }
  std::string next() {
    if (at >= tokens.size()) throw std::runtime_error("model text ends too early");
    return tokens[at++];
  }

  static graph::EventDefinition event(const std::string& word) {
    const std::size_t colon = word.find(':');
    const std::string kind = word.substr(0, colon);
    graph::EventDefinition definition;
    if (colon != std::string::npos) definition.code = definition.name = word.substr(colon + 1);
    if (kind == "timer")
      definition.kind = EventKind::timer;
    else if (kind == "msg")
      definition.kind = EventKind::message;
    else if (kind == "signal")
      definition.kind = EventKind::signal;
    else if (kind == "error")
      definition.kind = EventKind::error;
    else if (kind == "esc")
      definition.kind = EventKind::escalation;
    else
      throw std::runtime_error("no event kind: " + word);
    return definition;
  }

  void read_scope(graph::ScopeIndex scope) {
    while (more()) {
      const std::string word = next();
      if (const std::size_t arrow = word.find('>'); arrow != std::string::npos) {
        std::string target = word.substr(arrow + 1);
        const char last = target.back();
        if (last == '?' || last == '*') target.pop_back();
        flows.push_back({word.substr(0, arrow), target, last == '?', last == '*'});
        continue;
      }
      graph::FlowNode node;
      node.scope = scope;
      if (const std::size_t attached = word.find('@'); attached != std::string::npos) {
        node.kind = NodeKind::boundary_event;
        node.id = word.substr(0, attached);
        node.attached_to = builder.find_node(word.substr(attached + 1)).value();
        std::string kind = next();
        if (kind.front() == '-') {
          node.interrupting = false;
          kind.erase(0, 1);
        }
        node.events.push_back(event(kind));
        builder.add_node(std::move(node));
        continue;
      }
      const std::size_t colon = word.find(':');
      const std::string kind = word.substr(0, colon);
      const std::string rest = colon == std::string::npos ? "" : word.substr(colon + 1);
      if (kind == "process") {
        builder = graph::GraphBuilder(next(), "");
        continue;
      }
      node.id = node.annotations.anchor = next();
      if (at < tokens.size() && tokens[at].size() > 2 && tokens[at].front() == 'P' && tokens[at].back() == 'D')
        node.annotations.termijn = next();
      if (kind == "start") {
        node.kind = NodeKind::start_event;
      } else if (kind == "end" || kind == "term" || kind == "error" || kind == "esc") {
        node.kind = NodeKind::end_event;
        if (kind == "term")
          node.events.emplace_back().kind = EventKind::terminate;
        else if (kind != "end")
          node.events.push_back(event(word));
      } else if (kind == "throw") {
        node.kind = NodeKind::intermediate_throw_event;
        node.events.push_back(event(rest));
      } else if (kind == "catch") {
        node.kind = NodeKind::intermediate_catch_event;
        node.events.push_back(event(rest));
      } else if (kind == "xor") {
        node.kind = NodeKind::exclusive_gateway;
      } else if (kind == "and") {
        node.kind = NodeKind::parallel_gateway;
      } else if (kind == "or") {
        node.kind = NodeKind::inclusive_gateway;
      } else if (kind == "ev") {
        node.kind = NodeKind::event_based_gateway;
      } else if (kind == "task") {
        node.kind = NodeKind::task;
      } else if (kind == "user") {
        node.kind = NodeKind::user_task;
      } else if (kind == "call") {
        node.kind = NodeKind::call_activity;
        node.called_element = rest;
      } else if (kind == "sub" || kind == "adhoc" || kind == "esp") {
        node.kind = kind == "sub"     ? NodeKind::sub_process
                    : kind == "adhoc" ? NodeKind::ad_hoc_sub_process
                                      : NodeKind::event_sub_process;
        const auto index = builder.add_node(std::move(node));
        const auto inner = builder.add_scope(scope, index);
        std::string trigger = next();
        if (kind == "esp") {
          graph::FlowNode start;
          start.kind = NodeKind::start_event;
          start.scope = inner;
          start.id = "start_" + builder.node(index).id;
          if (trigger.front() == '-') {
            start.interrupting = false;
            trigger.erase(0, 1);
          }
          start.events.push_back(event(trigger));
          builder.add_node(std::move(start));
          next();
        }
        read_scope(inner);
        next();
        continue;
      } else {
        throw std::runtime_error("no node kind: " + word);
      }
      builder.add_node(std::move(node));
    }
  }

  std::shared_ptr<const graph::WorkflowGraph> finish() {
    std::set<std::string> used;
    for (const Flow& flow : flows) {
      graph::SequenceFlow rest;
      rest.has_condition = flow.conditional;
      if (flow.conditional) rest.condition = "x";
      std::string id = "f_" + flow.source + "_" + flow.target;
      while (!used.insert(id).second) id += "_";
      const auto index = builder.add_flow(id, flow.source, flow.target, rest);
      if (flow.otherwise) builder.node(builder.find_node(flow.source).value()).default_flow = index;
    }
    auto result = std::move(builder).finish();
    if (!result) throw std::runtime_error(result.error().message + " " + result.error().where);
    return *result;
  }
};

}  // namespace

std::shared_ptr<const graph::WorkflowGraph> model(std::string_view text) {
  std::string spaced;
  for (const char c : text) spaced += c == ';' ? ' ' : c;
  std::istringstream stream(spaced);
  Reader reader;
  for (std::string token; stream >> token;) reader.tokens.push_back(token);
  reader.read_scope(0);
  return reader.finish();
}

}  // namespace draad::verify::test
