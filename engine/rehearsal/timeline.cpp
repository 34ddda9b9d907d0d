#include "engine/rehearsal/timeline.h"

#include <algorithm>
#include <ostream>

namespace draad::rehearsal {
namespace {

using execute::ElementKey;
using graph::NodeKind;

constexpr const char* kRed = "\033[31m";
constexpr const char* kYellow = "\033[33m";
constexpr const char* kDim = "\033[2m";
constexpr std::size_t kActorWidth = 12;

// Characters, not bytes: names have accents.
std::string padded(std::string text, std::size_t width) {
  const auto characters = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  if (characters < width) text.append(width - characters, ' ');
  return text;
}

std::string time_of(Instant at) {
  return to_local_string(at).substr(11);
}

// A task, or an event that has a name: what a person wants to hear about. Gateways and nameless events pass silently.
bool worth_telling(const graph::FlowNode& node) {
  if (graph::is_gateway(node.kind)) return false;
  if (graph::is_event(node.kind)) return !node.name.empty() && node.kind != NodeKind::start_event;
  return node.kind != NodeKind::event_sub_process;
}

std::string last_day(Instant due) {
  return dutch_date(date_of(due - std::chrono::milliseconds(1)));
}

}  // namespace

std::string dutch_date(Date date) {
  static constexpr const char* days[] = {"zondag",    "maandag", "dinsdag", "woensdag",
                                         "donderdag", "vrijdag", "zaterdag"};
  static constexpr const char* months[] = {"januari", "februari", "maart",     "april",   "mei",      "juni",
                                           "juli",    "augustus", "september", "oktober", "november", "december"};
  const std::chrono::weekday weekday{std::chrono::sys_days{date}};
  return std::string(days[weekday.c_encoding()]) + " " + std::to_string(static_cast<unsigned>(date.day())) + " " +
         months[static_cast<unsigned>(date.month()) - 1] + " " + std::to_string(static_cast<int>(date.year()));
}

void Timeline::begins(const Scenario& scenario, const WorkflowSet& workflows) {
  release_ = workflows.release;
  elements_.clear();
  day_.reset();
  moment_.clear();
  const std::string rule(std::max<std::size_t>(72, scenario.name.size() + 4), '=');
  out_ << "\n" << rule << "\n  " << scenario.name << "\n" << rule << "\n";
}

void Timeline::story(const std::string& text) {
  out_ << "  " << text << "\n";
  moment_.clear();
}

void Timeline::later(const std::string& text) {
  out_ << "  (later: " << text << ")\n";
  moment_.clear();
}

std::string Timeline::name(execute::NodeRef ref) const {
  const graph::FlowNode& node = release_->node(ref);
  return node.name.empty() ? node.id : node.name;
}

std::string Timeline::name(ElementKey element) const {
  const auto found = elements_.find(element);
  return found == elements_.end() ? "?" : name(found->second);
}

void Timeline::day_of(Instant at) {
  const Date day = date_of(at);
  if (day_ == day) return;
  day_ = day;
  moment_.clear();
  out_ << "\n  " << dutch_date(day) << "\n";
}

void Timeline::say(Instant at, const std::string& actor, const std::string& text, const char* colour) {
  day_of(at);
  const std::string moment = time_of(at) + "  " + padded(actor, kActorWidth);
  out_ << "    " << (moment == moment_ ? std::string(7 + std::max(kActorWidth, actor.size()), ' ') : moment) << " ";
  if (colour_) out_ << colour;
  out_ << text;
  if (colour_ && *colour != '\0') out_ << "\033[0m";
  out_ << "\n";
  moment_ = moment;
}

void Timeline::played(Instant at, const std::string& actor, const std::string& line,
                      std::span<const execute::Event> events) {
  moment_.clear();
  if (line.starts_with("feiten")) say(at, actor, line, kDim);
  // Without a line it came by itself: a timer, or a message on its way.
  for (const execute::Event& event : events) tell(at, line.empty() ? "klok" : actor, event);
}

void Timeline::tell(Instant at, const std::string& actor, const execute::Event& event) {
  const auto write = [&](const std::string& text, const char* colour = "") { say(at, actor, text, colour); };
  std::visit(
      Overloaded{
          [&](const execute::CasusStarted& e) {
            const graph::WorkflowGraph& graph = release_->workflow(e.workflow).graph();
            write("casus begint: " + (graph.process_name().empty() ? graph.process_id() : graph.process_name()));
          },
          [&](const execute::CasusCompleted&) { write("casus is klaar"); },
          [&](const execute::CasusCancelled& e) {
            write("casus stopt" + (e.reason.empty() ? "" : ": " + e.reason), kYellow);
          },
          [&](const execute::CasusEndedByError& e) { write("casus eindigt met fout " + e.code, kRed); },
          [&](const execute::ElementActivated& e) {
            elements_.insert_or_assign(e.element, e.node);
            const NodeKind kind = release_->node(e.node).kind;
            if (kind == NodeKind::call_activity || kind == NodeKind::event_sub_process)
              write(">> " + name(e.node), kDim);
          },
          [&](const execute::ElementCompleted& e) {
            const auto found = elements_.find(e.element);
            if (found == elements_.end() || !worth_telling(release_->node(found->second))) return;
            const NodeKind kind = release_->node(found->second).kind;
            if (kind == NodeKind::call_activity) return write("<< " + name(found->second), kDim);
            const char* mark = graph::is_event(kind) ? "o  " : "v  ";
            write(mark + name(found->second) + (e.outcome.empty() ? "" : ": " + e.outcome));
          },
          [&](const execute::ElementTerminated& e) {
            const auto found = elements_.find(e.element);
            if (found != elements_.end() && worth_telling(release_->node(found->second)))
              write("x  " + name(found->second) + " vervalt", kDim);
          },
          [&](const execute::TaskOffered& e) {
            std::string text = "-> " + name(e.element);
            if (!e.role.empty()) text += " [" + e.role + "]";
            if (e.kind == graph::TaskKind::referral && !e.referred_to.empty())
              text += " verwijzing naar " + e.referred_to;
            if (e.due_at) text += ", uiterlijk " + last_day(*e.due_at);
            write(text);
          },
          [&](const execute::TaskClaimed& e) {
            write(e.person.empty() ? name(e.element) + " is teruggegeven" : e.person + " pakt op: " + name(e.element));
          },
          [&](const execute::ReferralAccepted& e) { write("   aangenomen: " + name(e.element)); },
          [&](const execute::ReferralRefused& e) {
            write("   geweigerd: " + name(e.element) + (e.reason.empty() ? "" : " (" + e.reason + ")"), kYellow);
          },
          [&](const execute::ReferralExpired& e) { write("   verlopen zonder antwoord: " + name(e.element), kYellow); },
          [&](const execute::ReferralWithdrawn& e) {
            write("   ingetrokken: " + name(e.element) + (e.reason.empty() ? "" : " (" + e.reason + ")"), kYellow);
          },
          [&](const execute::TermijnVerstreken& e) { write("!  termijn verstreken: " + name(e.element), kYellow); },
          [&](const execute::TaskFailed& e) { write("!  lukt niet: " + name(e.element) + ": " + e.message, kYellow); },
          [&](const execute::TimerScheduled& e) {
            if (e.waiter.node == execute::NodeRef{}) return;
            write("   wekker " + name(e.waiter.node) + ": " + dutch_date(date_of(e.due_at)) + " " + time_of(e.due_at),
                  kDim);
          },
          [&](const execute::TimerFired& e) { write("*  wekker gaat af: " + name(e.waiter.node)); },
          [&](const execute::MessageThrown& e) { write("   bericht uit: " + e.name, kDim); },
          [&](const execute::MessageCorrelated& e) { write("   bericht in: " + e.name, kDim); },
          [&](const execute::DeliveryRequested& e) {
            std::string shares;
            for (const std::string& one : e.shares) shares += " " + one;
            write("   levering: " + e.topic + (shares.empty() ? "" : ", deelt" + shares) +
                      (e.ground.empty() ? "" : ", grond " + e.ground),
                  kDim);
          },
          [&](const execute::RuleAnswered& e) {
            if (!e.reason.empty()) write("   regel " + e.rule + ": " + e.reason + " (" + e.source + ")", kDim);
          },
          [&](const execute::ErrorThrown& e) {
            if (e.caught) write("   fout " + e.code + " wordt opgevangen", kDim);
          },
          [&](const execute::EscalationThrown& e) {
            write("   escalatie " + e.code + (e.caught ? "" : " (niemand vangt die op)"), kYellow);
          },
          [&](const execute::IncidentRaised& e) { write("!! vastgelopen: " + e.message, kRed); },
          [&](const execute::IncidentResolved&) { write("   weer los"); },
          [](const auto&) {},
      },
      event);
}

void Timeline::refused(Instant at, const std::string& actor, const std::string& line, const std::string& why) {
  moment_.clear();
  const std::size_t colon = line.find(": ");
  say(at, actor, "geweigerd: " + (colon == std::string::npos ? line : line.substr(colon + 2)), kYellow);
  say(at, actor, "           " + why, kDim);
}

void Timeline::failed(int line, const std::string& message) {
  if (colour_) out_ << kRed;
  out_ << "  MISLUKT (regel " << line << "): " << message << "\n";
  if (colour_) out_ << "\033[0m";
  moment_.clear();
}

void Timeline::ends(Instant at, const execute::CasusState& state) {
  using execute::CasusStatus;
  day_of(at);
  std::string text = state.status == CasusStatus::running     ? "de casus loopt nog"
                     : state.status == CasusStatus::completed ? "de casus is klaar"
                     : state.status == CasusStatus::fresh     ? "er is geen casus begonnen"
                                                              : "de casus is gestopt";
  if (state.status == CasusStatus::running && !state.tasks.empty()) {
    text += "; open:";
    std::string names;
    for (const execute::TaskState& task : state.tasks) {
      const execute::ElementInstance* element = execute::find_element(state, task.element);
      if (element != nullptr) names += (names.empty() ? " " : ", ") + name(element->node);
    }
    text += names;
  }
  out_ << "    " << time_of(at) << "  " << text << ".\n";
}

}  // namespace draad::rehearsal
