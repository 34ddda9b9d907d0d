#include "engine/execute/state.h"

#include <algorithm>

namespace draad::execute {

namespace {

// All vectors that are ordered by a key are searched by it.
template <typename T, typename Member>
const T* find_by(const std::vector<T>& list, std::uint64_t key, Member member) {
  const auto found = std::lower_bound(list.begin(), list.end(), key,
                                      [member](const T& item, std::uint64_t wanted) { return item.*member < wanted; });
  return found != list.end() && (*found).*member == key ? &*found : nullptr;
}

}  // namespace

std::string_view to_string(IncidentKind kind) {
  static constexpr std::string_view kNames[] = {"condition",         "formula",     "uncaught_error", "join_stuck",
                                                "message_ambiguous", "rule",        "task_failed",    "called_process",
                                                "unsupported",       "out_of_steps"};
  return kNames[static_cast<std::size_t>(kind)];
}

const ScopeInstance* find_scope(const CasusState& state, ScopeKey key) {
  return find_by(state.scopes, key, &ScopeInstance::key);
}
const ElementInstance* find_element(const CasusState& state, ElementKey key) {
  return find_by(state.elements, key, &ElementInstance::key);
}
const TaskState* find_task(const CasusState& state, ElementKey key) {
  return find_by(state.tasks, key, &TaskState::element);
}
const LoopState* find_loop(const CasusState& state, ElementKey key) {
  return find_by(state.loops, key, &LoopState::element);
}

const Facts& casus_facts(const CasusState& state) {
  static const Facts kNothing;
  return state.scopes.empty() ? kNothing : *state.scopes.front().facts;
}

Facts visible_facts(const CasusState& state, ScopeKey scope) {
  Facts visible;
  for (const ScopeInstance* at = find_scope(state, scope); at != nullptr; at = find_scope(state, at->parent)) {
    visible.insert(at->facts->begin(), at->facts->end());  // What is there already stands nearer.
    if (at->is_process()) break;
  }
  return visible;
}

std::optional<Instant> next_due(const CasusState& state) {
  std::optional<Instant> earliest;
  const auto consider = [&earliest](Instant due) {
    if (!earliest || due < *earliest) earliest = due;
  };
  for (const TimerState& timer : state.timers) consider(timer.due_at);
  for (const TaskState& task : state.tasks)
    if (task.due_at && !task.overdue) consider(*task.due_at);
  for (const BufferedMessage& message : state.messages) consider(message.expires_at);
  return earliest;
}

std::vector<ElementKey> find_by_id(const CasusState& state, const Release& release, std::string_view element_id) {
  std::vector<ElementKey> found;
  for (const ElementInstance& element : state.elements)
    if (release.node(element.node).id == element_id) found.push_back(element.key);
  return found;
}

}  // namespace draad::execute
