// engine/rehearsal/timeline.h
//
// A scenario as it unfolds, told in Dutch: per day, per moment, who did what, what opened for whom, which clocks run,
// what went wrong. Names of steps, never a personal value: it is made of events only.
#pragma once

#include <iosfwd>
#include <map>

#include "engine/rehearsal/runner.h"

namespace draad::rehearsal {

class Timeline final : public Audience {
 public:
  explicit Timeline(std::ostream& out, bool colour = false) : out_(out), colour_(colour) {}

  void begins(const Scenario& scenario, const WorkflowSet& workflows) override;
  void story(const std::string& text) override;
  void later(const std::string& text) override;
  void played(Instant at, const std::string& actor, const std::string& line,
              std::span<const execute::Event> events) override;
  void refused(Instant at, const std::string& actor, const std::string& line, const std::string& why) override;
  void failed(int line, const std::string& message) override;
  void ends(Instant at, const execute::CasusState& state) override;

 private:
  void day_of(Instant at);
  void say(Instant at, const std::string& actor, const std::string& text, const char* colour = "");
  void tell(Instant at, const std::string& actor, const execute::Event& event);
  [[nodiscard]] std::string name(execute::NodeRef node) const;
  [[nodiscard]] std::string name(execute::ElementKey element) const;

  std::ostream& out_;
  bool colour_;
  std::shared_ptr<const execute::Release> release_;
  std::map<execute::ElementKey, execute::NodeRef> elements_;
  std::optional<Date> day_;
  std::string moment_;  // Time and actor of the line before, which are not repeated.
};

// "maandag 2 maart 2026"
[[nodiscard]] std::string dutch_date(Date date);

}  // namespace draad::rehearsal
