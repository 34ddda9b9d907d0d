#include "tests/engine/execute/support/player.h"

#include "engine/execute/json.h"
#include "tests/engine/execute/support/model.h"

namespace draad::execute::test {

Player::Player(std::string_view model_text) : Player(release_of(model_text)) {}

Player::Player(std::shared_ptr<const Release> release)
    : release_(std::move(release)), now_(parse_instant("2026-03-02T09:00").value()) {}

Result<Done> Player::try_send(CommandBody body) {
  const Surroundings surroundings{*release_, calendar_, rules, options};
  Command command;
  command.actor = "tester";
  command.at = now_;
  command.body = std::move(body);
  Result<Decision> decision = decide(state_, command, surroundings);
  if (!decision) return decision.error();
  check(state_, *decision);
  for (const Event& event : decision->events) note(event);
  state_ = std::move(decision->after);
  return Done{};
}

void Player::send(CommandBody body) {
  const Result<Done> sent = try_send(std::move(body));
  if (!sent)
    ADD_FAILURE() << to_string(sent.error().code) << ": " << sent.error().message << " (" << sent.error().where << ")";
}

void Player::check(const CasusState& before, const Decision& decision) {
  CasusState replayed = before;
  for (const Event& event : decision.events) {
    const std::string written = encode(event);
    const Result<Event> read = decode_event(written);
    ASSERT_TRUE(read) << written;
    ASSERT_EQ(encode(*read), written);
    if (thorough) {
      const Result<CasusState> restarted = decode_state(encode(replayed));
      ASSERT_TRUE(restarted) << encode(replayed);
      ASSERT_EQ(encode(*restarted), encode(replayed));
      replayed = *restarted;
    }
    execute::apply(replayed, *read);
  }
  ASSERT_EQ(encode(replayed), encode(decision.after));
  for (std::size_t i = 0; i < replayed.scopes.size(); ++i)
    ASSERT_EQ(replayed.scopes[i].live, decision.after.scopes[i].live);
  const CasusState& after = decision.after;
  const bool waits = !after.tasks.empty() || !after.timers.empty() || !after.subscriptions.empty() ||
                     !after.incidents.empty() ||
                     std::any_of(after.elements.begin(), after.elements.end(), [&](const ElementInstance& element) {
                       return release_->node(element.node).kind == graph::NodeKind::ad_hoc_sub_process;
                     });
  ASSERT_TRUE(after.is_over() || waits) << "neither over, waiting nor stuck: " << encode(after);
}

void Player::note(const Event& event) {
  journal_.push_back(event);
  if (const auto* activated = std::get_if<ElementActivated>(&event)) nodes_[activated->element] = activated->node;
  if (const auto* done = std::get_if<ElementCompleted>(&event)) ++completed_[release_->node(nodes_[done->element]).id];
  if (const auto* gone = std::get_if<ElementTerminated>(&event))
    ++terminated_[release_->node(nodes_[gone->element]).id];
  if (const auto* flow = std::get_if<FlowTaken>(&event)) ++taken_[release_->flow(flow->flow).id];
}

void Player::start(Facts facts, std::string process, std::string start_event) {
  send(StartCasus{std::move(process), std::move(start_event), std::move(facts)});
}
void Player::complete(std::string_view element_id, Facts facts, std::string outcome) {
  for (const TaskState& task : state_.tasks) {
    if (release_->node(find_element(state_, task.element)->node).id != element_id) continue;
    send(CompleteTask{task.element, std::move(outcome), std::move(facts)});
    return;
  }
  ADD_FAILURE() << "no open task " << element_id << " among: " << open();
}
void Player::message(std::string name, Value correlation, Facts facts, std::string id) {
  send(CorrelateMessage{std::move(name), std::move(correlation), std::move(facts), std::move(id)});
}
void Player::signal(std::string name, Facts facts) {
  send(BroadcastSignal{std::move(name), std::move(facts)});
}
void Player::set(Facts facts) {
  send(SetFacts{0, std::move(facts)});
}

void Player::retry(std::string_view element_id) {
  for (const Incident& incident : state_.incidents) {
    if (release_->node(incident.node).id != element_id) continue;
    send(RetryIncident{incident.key});
    return;
  }
  ADD_FAILURE() << "no incident at " << element_id << " among: " << incidents();
}

void Player::wait(std::string_view duration) {
  const Instant end = add(now_, parse_duration(duration).value());
  while (!state_.is_over()) {
    const std::optional<Instant> due = next_due(state_);
    if (!due || *due > end) break;
    now_ = std::max(now_, *due);
    send(FireDueTimers{});
    if (testing::Test::HasFatalFailure()) return;
  }
  now_ = end;
}
void Player::jump(std::string_view duration) {
  now_ = add(now_, parse_duration(duration).value());
  send(FireDueTimers{});
}

ElementKey Player::key(std::string_view element_id, std::size_t nth) const {
  const std::vector<ElementKey> found = find_by_id(state_, *release_, element_id);
  if (nth < found.size()) return found[nth];
  ADD_FAILURE() << "no open element " << element_id << " among: " << open();
  return 0;
}

std::string Player::open() const {
  std::string text;
  for (const ElementInstance& element : state_.elements) {
    if (element.status == ElementStatus::active) continue;
    text += (text.empty() ? "" : " ") + release_->node(element.node).id;
  }
  return text;
}

std::string Player::incidents() const {
  std::string text;
  for (const Incident& incident : state_.incidents) {
    text += text.empty() ? "" : " ";
    text += release_->node(incident.node).id + ":" + std::string(to_string(incident.kind));
  }
  return text;
}

namespace {
int at(const std::map<std::string, int, std::less<>>& counts, std::string_view name) {
  const auto found = counts.find(name);
  return found == counts.end() ? 0 : found->second;
}
}  // namespace

int Player::completed(std::string_view element_id) const {
  return at(completed_, element_id);
}
int Player::terminated(std::string_view element_id) const {
  return at(terminated_, element_id);
}
int Player::taken(std::string_view flow_id) const {
  return at(taken_, flow_id);
}
int Player::count(std::string_view event_name) const {
  return static_cast<int>(std::count_if(journal_.begin(), journal_.end(),
                                        [&](const Event& event) { return name_of(event) == event_name; }));
}

}  // namespace draad::execute::test
