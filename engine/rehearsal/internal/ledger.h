// engine/rehearsal/internal/ledger.h
//
// What has happened in a casus so far, counted the way a scenario asks about it. Filled from events only.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "engine/execute/event.h"
#include "engine/rehearsal/scenario.h"

namespace draad::rehearsal {

// The names of all kinds of events.
[[nodiscard]] const std::vector<std::string_view>& event_names();

class Ledger {
 public:
  explicit Ledger(const execute::Release& release) : release_(release) {}

  void add(std::span<const execute::Event> events);
  void add_vault_field(const std::string& field) { vault_fields_.insert(field); }

  // Bodies of multi-instances and loops do not count, their instances do.
  [[nodiscard]] int count(claim::Course course, std::string_view step) const;
  [[nodiscard]] int flow_count(std::string_view flow) const;
  [[nodiscard]] int event_count(std::string_view kind, std::string_view step) const;
  [[nodiscard]] bool completed_in_order(const std::vector<std::string>& steps) const;
  [[nodiscard]] bool term_expired(std::string_view step) const;
  [[nodiscard]] std::optional<claim::ReferralStage> referral(std::string_view step) const;  // Of the latest one.
  [[nodiscard]] bool in_vault(const std::string& field) const { return vault_fields_.contains(field); }
  [[nodiscard]] std::vector<std::string> completed() const;  // Names, in order.
  // The latest element instance of that name, running or not; 0: none yet.
  [[nodiscard]] execute::ElementKey latest(std::string_view step) const;
  [[nodiscard]] const execute::NodeRef* node_of(execute::ElementKey element) const;

 private:
  struct Seen {
    std::string_view kind;
    execute::NodeRef node;
    bool has_node = false;
  };
  const execute::Release& release_;
  std::map<execute::ElementKey, execute::NodeRef> nodes_;
  std::set<execute::ElementKey> bodies_, referrals_, expired_;
  std::vector<execute::ElementKey> started_, completed_, terminated_;
  std::map<execute::FlowRef, int> flows_;
  std::map<execute::ElementKey, claim::ReferralStage> stages_;
  std::vector<Seen> seen_;
  std::set<std::string> vault_fields_;
};

}  // namespace draad::rehearsal
