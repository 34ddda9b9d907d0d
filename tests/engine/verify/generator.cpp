#include "tests/engine/verify/generator.h"

#include <random>
#include <utility>
#include <vector>

namespace draad::verify::test {

namespace {

struct Node {
  std::string kind;
  int scope;
  int host = -1;   // Boundary event.
  int inner = -1;  // Scope of a sub-process.
};

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  void build(int size) {
    scopes_.push_back(-1);
    fill_scope(0, size);
  }
  void mutate() {
    if (flows_.empty()) return;
    switch (pick(5)) {
      case 0: {  // Another kind of gateway.
        const int node = pick(static_cast<int>(nodes_.size()));
        static const char* kinds[] = {"xor", "and", "or"};
        std::string& kind = nodes_[static_cast<std::size_t>(node)].kind;
        if (kind == "xor" || kind == "and" || kind == "or") kind = kinds[pick(3)];
        break;
      }
      case 1: {  // A flow leads elsewhere.
        auto& flow = flows_[static_cast<std::size_t>(pick(static_cast<int>(flows_.size())))];
        const int target = pick(static_cast<int>(nodes_.size()));
        if (may_enter(target) && same_scope(flow.first, target) && kind(flow.first) != "ev") flow.second = target;
        break;
      }
      case 2: {  // One flow more.
        const int source = pick(static_cast<int>(nodes_.size())), target = pick(static_cast<int>(nodes_.size()));
        if (may_enter(target) && same_scope(source, target) && kind(source) != "end" && kind(source) != "term" &&
            kind(source) != "ev")
          flow(source, target);
        break;
      }
      case 3:  // One flow less.
        flows_.erase(flows_.begin() + pick(static_cast<int>(flows_.size())));
        break;
      default: {  // A task ends here.
        const int node = pick(static_cast<int>(nodes_.size()));
        if (kind(node) == "task" && !has_boundary(node))
          nodes_[static_cast<std::size_t>(node)].kind = "task";
        else if (kind(node) == "end" && nodes_[static_cast<std::size_t>(node)].scope == 0 && scopes_.size() == 1)
          nodes_[static_cast<std::size_t>(node)].kind = "term";
      }
    }
  }
  [[nodiscard]] std::string text() const { return text_of(0); }

 private:
  using Ends = std::pair<int, int>;
  int pick(int below) { return static_cast<int>(random_() % static_cast<std::uint64_t>(below)); }
  const std::string& kind(int node) const { return nodes_[static_cast<std::size_t>(node)].kind; }
  bool may_enter(int node) const { return kind(node) != "start" && nodes_[static_cast<std::size_t>(node)].host < 0; }
  bool same_scope(int a, int b) const {
    return nodes_[static_cast<std::size_t>(a)].scope == nodes_[static_cast<std::size_t>(b)].scope;
  }
  bool has_boundary(int host) const {
    for (const Node& node : nodes_)
      if (node.host == host) return true;
    return false;
  }

  int add(std::string kind, int scope) {
    nodes_.push_back({std::move(kind), scope, -1, -1});
    return static_cast<int>(nodes_.size() - 1);
  }
  void flow(int source, int target) {
    for (const auto& [s, t] : flows_)
      if (s == source && t == target) return;
    flows_.emplace_back(source, target);
  }

  void fill_scope(int scope, int size) {
    const int start = add("start", scope);
    const Ends body = block(scope, size);
    flow(start, body.first);
    flow(body.second, add("end", scope));
  }

  Ends block(int scope, int size) {
    if (size <= 1) {
      const int task = add("task", scope);
      return {task, task};
    }
    switch (pick(9)) {
      case 0:
      case 1: {
        const Ends a = block(scope, size / 2), b = block(scope, size - size / 2);
        flow(a.second, b.first);
        return {a.first, b.second};
      }
      case 2:
        return gateways("xor", pick(4) == 0 ? "or" : "xor", scope, size);
      case 3:
      case 4:
        return gateways("and", pick(4) == 0 ? "or" : "and", scope, size);
      case 5:
        return gateways("or", "or", scope, size);
      case 6: {  // A loop.
        const int merge = add("xor", scope), split = add("xor", scope);
        const Ends a = block(scope, size - 1), b = block(scope, 1);
        flow(merge, a.first);
        flow(a.second, split);
        flow(split, b.first);
        flow(b.second, merge);
        return {merge, split};
      }
      case 7: {  // A task with a term, or the first event that comes.
        if (pick(2) == 0) {
          const int task = add("task", scope), border = add("timer", scope), merge = add("xor", scope);
          nodes_[static_cast<std::size_t>(border)].host = task;
          const Ends a = block(scope, size - 1);
          flow(task, merge);
          flow(border, a.first);
          flow(a.second, merge);
          return {task, merge};
        }
        const int gateway = add("ev", scope), merge = add("xor", scope);
        for (int i = 0; i < 2; ++i) {
          const int event = add(i == 0 ? "catch:timer" : "catch:msg", scope);
          const Ends a = block(scope, size / 2);
          flow(gateway, event);
          flow(event, a.first);
          flow(a.second, merge);
        }
        return {gateway, merge};
      }
      default: {
        const int sub = add("sub", scope);
        scopes_.push_back(scope);
        const int inner = static_cast<int>(scopes_.size() - 1);
        nodes_[static_cast<std::size_t>(sub)].inner = inner;
        fill_scope(inner, size - 1);
        return {sub, sub};
      }
    }
  }

  Ends gateways(const char* split_kind, const char* join_kind, int scope, int size) {
    const int split = add(split_kind, scope), join = add(join_kind, scope);
    const int branches = 2 + pick(2);
    for (int i = 0; i < branches; ++i) {
      const Ends a = block(scope, size / branches);
      flow(split, a.first);
      flow(a.second, join);
    }
    return {split, join};
  }

  [[nodiscard]] std::string text_of(int scope) const {
    std::string text;
    const auto name = [](int node) { return "n" + std::to_string(node); };
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const Node& node = nodes_[i];
      if (node.scope != scope) continue;
      const int index = static_cast<int>(i);
      if (node.host >= 0)
        text += name(index) + "@" + name(node.host) + " timer ";
      else if (node.inner >= 0)
        text += "sub " + name(index) + " { " + text_of(node.inner) + "} ";
      else
        text += node.kind + " " + name(index) + " ";
    }
    for (const auto& [source, target] : flows_)
      if (nodes_[static_cast<std::size_t>(source)].scope == scope) text += name(source) + ">" + name(target) + " ";
    return text;
  }

  std::mt19937_64 random_;
  std::vector<Node> nodes_;
  std::vector<std::pair<int, int>> flows_;
  std::vector<int> scopes_;
};

}  // namespace

Generated generate(std::uint64_t seed, int size, int mutations) {
  Generator generator(seed);
  generator.build(size);
  for (int i = 0; i < mutations; ++i) generator.mutate();
  return {generator.text(), mutations == 0};
}

}  // namespace draad::verify::test
