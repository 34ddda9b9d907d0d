// tests/engine/execute/support/player.h
//
// Plays a casus in a test: sends commands, and after each one checks what must always hold: the events, applied to the
// state before, give the state after; both survive being written and read back, event by event; and every casus is
// finished, waiting for something, or has an incident.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/execute/decide.h"

namespace draad::execute::test {

class Player {
 public:
  explicit Player(std::string_view model_text);
  explicit Player(std::shared_ptr<const Release> release);

  Options options;
  const RulePort* rules = nullptr;

  // Each sends one command; a refusal fails the test, unless `try_...` is used.
  void start(Facts facts = {}, std::string process = "P", std::string start_event = {});
  void complete(std::string_view element_id, Facts facts = {}, std::string outcome = {});
  void message(std::string name, Value correlation = {}, Facts facts = {}, std::string id = {});
  void signal(std::string name, Facts facts = {});
  void set(Facts facts);
  void retry(std::string_view element_id);
  void wait(std::string_view duration);  // Turns the clock to each moment at which something is due, then to the end.
  void jump(std::string_view duration);  // Turns the clock at once: what was due in between fires late.
  void clock(std::string_view instant) { now_ = parse_instant(instant).value(); }
  void turn(std::string_view duration) { now_ = add(now_, parse_duration(duration).value()); }  // The clock alone.
  void turn_to(Instant instant) { now_ = std::max(now_, instant); }
  void send(CommandBody body);
  [[nodiscard]] Result<Done> try_send(CommandBody body);
  [[nodiscard]] ElementKey key(std::string_view element_id,
                               std::size_t nth = 0) const;  // Fails the test when there is none.

  // What is open now: tasks, waiting events and gateways, and stuck elements, by id, in order of start.
  [[nodiscard]] std::string open() const;
  [[nodiscard]] std::string incidents() const;  // "Gateway:condition", in order.
  [[nodiscard]] int completed(std::string_view element_id) const;
  [[nodiscard]] int terminated(std::string_view element_id) const;
  [[nodiscard]] int taken(std::string_view flow_id) const;
  [[nodiscard]] int count(std::string_view event_name) const;
  [[nodiscard]] const Facts& facts() const { return casus_facts(state_); }
  [[nodiscard]] const CasusState& state() const { return state_; }
  [[nodiscard]] CasusStatus status() const { return state_.status; }
  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] const std::vector<Event>& journal() const { return journal_; }
  [[nodiscard]] const Release& release() const { return *release_; }
  bool thorough = true;  // Also write and read the state after every single event.

 private:
  void note(const Event& event);
  void check(const CasusState& before, const Decision& decision);

  std::shared_ptr<const Release> release_;
  WorkCalendar calendar_;
  Instant now_;
  CasusState state_;
  std::vector<Event> journal_;
  std::map<ElementKey, NodeRef> nodes_;
  std::map<std::string, int, std::less<>> completed_, terminated_, taken_;
};

}  // namespace draad::execute::test
