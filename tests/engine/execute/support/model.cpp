#include "tests/engine/execute/support/model.h"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <sstream>

namespace draad::execute::test {

namespace {

using graph::EventKind;
using graph::FlowNode;
using graph::NodeKind;

[[noreturn]] void mistake(std::string_view line, std::string_view why) {
  std::fprintf(stderr, "model: %.*s: %.*s\n", static_cast<int>(line.size()), line.data(), static_cast<int>(why.size()),
               why.data());
  std::abort();
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false, any = false;
  for (const char c : line) {
    if (c == '\'') {
      quoted = !quoted;
      any = true;
    } else if (!quoted && (c == ' ' || c == '\t')) {
      if (any) words.push_back(word);
      word.clear();
      any = false;
    } else {
      word += c;
      any = true;
    }
  }
  if (any) words.push_back(word);
  return words;
}

const std::map<std::string, NodeKind, std::less<>> kKinds = {
    {"start", NodeKind::start_event},
    {"end", NodeKind::end_event},
    {"user", NodeKind::user_task},
    {"service", NodeKind::service_task},
    {"send", NodeKind::send_task},
    {"receive", NodeKind::receive_task},
    {"script", NodeKind::script_task},
    {"rule", NodeKind::business_rule_task},
    {"manual", NodeKind::manual_task},
    {"task", NodeKind::task},
    {"xor", NodeKind::exclusive_gateway},
    {"and", NodeKind::parallel_gateway},
    {"or", NodeKind::inclusive_gateway},
    {"event", NodeKind::event_based_gateway},
    {"sub", NodeKind::sub_process},
    {"esp", NodeKind::event_sub_process},
    {"adhoc", NodeKind::ad_hoc_sub_process},
    {"call", NodeKind::call_activity},
    {"throw", NodeKind::intermediate_throw_event},
    {"catch", NodeKind::intermediate_catch_event},
    {"boundary", NodeKind::boundary_event},
    {"complex", NodeKind::complex_gateway},
};

void add_event(FlowNode& node, EventKind kind, const std::string& value) {
  graph::EventDefinition definition;
  definition.kind = kind;
  switch (kind) {
    case EventKind::timer:
      definition.expression = value;
      definition.timer = value.starts_with("R")                             ? graph::TimerKind::cycle
                         : value.starts_with("P") || value.starts_with("=") ? graph::TimerKind::duration
                                                                            : graph::TimerKind::date;
      break;
    case EventKind::error:
    case EventKind::escalation:
      definition.code = value == "*" ? "" : value;
      break;
    case EventKind::conditional:
      definition.expression = value;
      break;
    default:
      definition.name = value;
  }
  node.events.push_back(std::move(definition));
}

graph::MultiInstance& multi(FlowNode& node) {
  if (!node.multi_instance) node.multi_instance.emplace();
  return *node.multi_instance;
}
graph::StandardLoop& loop(FlowNode& node) {
  if (!node.loop) node.loop.emplace();
  return *node.loop;
}

bool yes(const std::string& value) {
  return value == "yes";
}

void set(FlowNode& node, const std::string& name, const std::string& value, std::string_view line) {
  static const std::map<std::string, EventKind, std::less<>> kEvents = {{"message", EventKind::message},
                                                                        {"timer", EventKind::timer},
                                                                        {"error", EventKind::error},
                                                                        {"escalation", EventKind::escalation},
                                                                        {"signal", EventKind::signal},
                                                                        {"condition", EventKind::conditional},
                                                                        {"link", EventKind::link},
                                                                        {"terminate", EventKind::terminate},
                                                                        {"compensation", EventKind::compensation}};
  auto& says = node.annotations;
  if (const auto event = kEvents.find(name); event != kEvents.end()) {
    if (node.kind == NodeKind::receive_task || node.kind == NodeKind::send_task) {
      node.message_name = value;
    } else {
      add_event(node, event->second, value);
    }
  } else if (name == "name") {
    node.name = value;
  } else if (name == "interrupting") {
    node.interrupting = yes(value);
  } else if (name == "rol") {
    says.role = value;
  } else if (name == "termijn") {
    says.termijn = value;
  } else if (name == "kalender") {
    says.calendar = value == "werkdagen" ? TermijnKalender::werkdagen : TermijnKalender::kalender;
  } else if (name == "soort") {
    says.task_kind = value == "verwijzing" ? graph::TaskKind::referral : graph::TaskKind::case_meeting;
  } else if (name == "naar") {
    says.referred_to = value;
  } else if (name == "topic") {
    says.topic = value;
  } else if (name == "deelt") {
    says.shares = words_of(value);
  } else if (name == "grondslag") {
    says.ground = value;
  } else if (name == "regel") {
    says.rule = value;
  } else if (name == "in" || name == "uit") {
    const std::size_t at = value.find(":=");
    if (at == std::string::npos) mistake(line, "in/uit needs :=");
    (name == "in" ? says.inputs : says.outputs).push_back({value.substr(0, at), value.substr(at + 2)});
  } else if (name == "alles") {
    says.all_facts = yes(value);
  } else if (name == "allinstances") {
    says.terminates_all_instances = yes(value);
  } else if (name == "uncaught") {
    says.may_be_uncaught = yes(value);
  } else if (name == "key") {
    if (node.events.empty()) {
      node.correlation = value;
    } else {
      node.events.back().correlation = value;
    }
  } else if (name == "broadcast") {
    if (node.events.empty()) {
      node.broadcast = yes(value);
    } else {
      node.events.back().broadcast = yes(value);
    }
  } else if (name == "wide") {
    node.events.back().municipality_wide = yes(value);
  } else if (name == "times") {
    multi(node).cardinality = value;
  } else if (name == "each") {
    multi(node).collection = value;
  } else if (name == "item") {
    multi(node).item = value;
  } else if (name == "results") {
    multi(node).output_collection = value;
  } else if (name == "result") {
    multi(node).output_item = value;
  } else if (name == "sequential") {
    (node.kind == NodeKind::ad_hoc_sub_process ? node.ad_hoc_sequential : multi(node).sequential) = yes(value);
  } else if (name == "until") {
    (node.kind == NodeKind::ad_hoc_sub_process ? node.completion_condition : multi(node).completion_condition) = value;
  } else if (name == "while") {
    loop(node).condition = value;
  } else if (name == "before") {
    loop(node).test_before = yes(value);
  } else if (name == "max") {
    loop(node).maximum = std::stoll(value);
  } else if (name == "cancelremaining") {
    node.cancel_remaining = yes(value);
  } else if (name == "process") {
    node.called_element = value;
  } else if (name == "script") {
    node.script = value;
    node.script_format = "lua";
  } else {
    mistake(line, "unknown setting " + name);
  }
}

class Reader {
 public:
  explicit Reader(std::string process_id) : builder_(std::move(process_id), {}) {}

  std::shared_ptr<const graph::WorkflowGraph> read(std::string_view text) {
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
      const std::size_t begin = line.find_first_not_of(" \t");
      if (begin == std::string::npos || line[begin] == '#') continue;
      line.erase(0, begin);
      read_line(line);
    }
    for (const auto& [throwing, name] : link_throws_)
      for (const auto& [catching, other] : link_catches_)
        if (name == other) builder_.node(throwing).link_target = catching;
    Result<std::shared_ptr<const graph::WorkflowGraph>> graph = std::move(builder_).finish();
    if (!graph) mistake(graph.error().where, graph.error().message);
    return *graph;
  }

 private:
  void read_line(const std::string& line) {
    if (line.front() == '}') {
      scopes_.pop_back();
    } else if (line.find("->") != std::string::npos && !kKinds.contains(line.substr(0, line.find(' ')))) {
      read_flows(line);
    } else {
      read_node(line);
    }
  }

  void read_node(const std::string& line) {
    std::vector<std::string> words = words_of(line);
    const auto kind = kKinds.find(words[0]);
    if (kind == kKinds.end() || words.size() < 2) mistake(line, "unknown kind");
    const bool opens = words.back() == "{";
    if (opens) words.pop_back();
    FlowNode node;
    node.id = words[1];
    node.kind = kind->second;
    node.scope = scopes_.back();
    std::string link;
    for (std::size_t i = 2; i < words.size(); ++i) {
      const std::size_t at = words[i].find('=');
      const std::string name = words[i].substr(0, at);
      const std::string value = at == std::string::npos ? "" : words[i].substr(at + 1);
      if (name == "on") {
        node.attached_to = *builder_.find_node(value);
      } else {
        if (name == "link") link = value;
        set(node, name, value, line);
      }
    }
    const graph::NodeIndex index = builder_.add_node(node);
    if (!link.empty())
      (node.kind == NodeKind::intermediate_throw_event ? link_throws_ : link_catches_).emplace_back(index, link);
    if (opens) scopes_.push_back(builder_.add_scope(node.scope, index));
  }

  void read_flows(const std::string& line) {
    std::string way = line, condition;
    if (const std::size_t at = line.find(" : "); at != std::string::npos) {
      way = line.substr(0, at);
      condition = line.substr(at + 3);
    }
    const std::vector<std::string> words = words_of(way);
    for (std::size_t i = 0; i + 2 < words.size(); i += 2) {
      if (words[i + 1] != "->") mistake(line, "expected ->");
      graph::SequenceFlow rest;
      if (condition.starts_with("name ")) {
        rest.name = condition.substr(5);
      } else if (!condition.empty() && condition != "default") {
        rest.condition = condition;
        rest.has_condition = true;
      }
      std::string id = words[i] + "->" + words[i + 2];
      if (const int earlier = count_[id]++; earlier > 0) id += "#" + std::to_string(earlier + 1);
      const graph::FlowIndex flow = builder_.add_flow(id, words[i], words[i + 2], rest);
      if (condition == "default") builder_.node(*builder_.find_node(words[i])).default_flow = flow;
    }
  }

  graph::GraphBuilder builder_;
  std::vector<graph::ScopeIndex> scopes_{0};
  std::vector<std::pair<graph::NodeIndex, std::string>> link_throws_, link_catches_;
  std::map<std::string, int> count_;
};

}  // namespace

std::shared_ptr<const graph::WorkflowGraph> model(std::string_view text, std::string process_id) {
  return Reader(std::move(process_id)).read(text);
}

std::shared_ptr<const Release> release_of(std::vector<std::shared_ptr<const graph::WorkflowGraph>> graphs,
                                          bool lenient) {
  ReleaseOutcome outcome = make_release("1", std::move(graphs), ReleaseOptions{lenient});
  if (!outcome.release) mistake(outcome.findings.front().elements.front(), outcome.findings.front().message_en);
  return outcome.release;
}

std::shared_ptr<const Release> release_of(std::string_view text) {
  return release_of({model(text)});
}

}  // namespace draad::execute::test
