#include "engine/rehearsal/trace.h"

#include <nlohmann/json.hpp>

namespace draad::rehearsal {
namespace {

using Json = nlohmann::ordered_json;

Json waiting_json(const std::vector<TraceWaiting>& waiting) {
  Json all = Json::array();
  for (const TraceWaiting& one : waiting)
    all.push_back({{"element", one.element}, {"kind", one.kind}, {"instance", one.instance}});
  return all;
}

Json event_json(const TraceEvent& event, std::size_t number) {
  Json json = {{"n", number},
               {"t", to_string(event.t)},
               {"instance", event.instance},
               {"scope", event.scope},
               {"element", event.element},
               {"type", event.type},
               {"event", event.event},
               {"loop", event.loop ? Json(*event.loop) : Json(nullptr)}};
  if (!event.detail.empty()) json["detail"] = event.detail;
  return json;
}

}  // namespace

std::string_view to_string(RunOutcome outcome) {
  switch (outcome) {
    case RunOutcome::completed:
      return "completed";
    case RunOutcome::waiting:
      return "waiting";
    case RunOutcome::stuck:
      return "stuck";
    case RunOutcome::failed:
      return "failed";
    case RunOutcome::error_end:
      return "error_end";
  }
  return "";
}

nlohmann::ordered_json to_json(const Trace& trace) {
  Json instances = Json::array();
  for (const TraceInstance& one : trace.instances) {
    instances.push_back({{"id", one.id},
                         {"process", one.process},
                         {"parent", one.parent ? Json(*one.parent) : Json(nullptr)},
                         {"state", one.state},
                         {"end_events", one.end_events},
                         {"variables", Json(draad::to_json(one.variables))}});
  }
  Json events = Json::array();
  for (const TraceEvent& event : trace.events) events.push_back(event_json(event, events.size() + 1));
  Json checkpoints = Json::array();
  for (const Checkpoint& one : trace.checkpoints) {
    checkpoints.push_back({{"after_step", one.after_step}, {"waiting", waiting_json(one.waiting)}});
  }
  Json skipped = Json::array();
  for (const SkippedStep& one : trace.skipped_steps) skipped.push_back({{"step", one.step}, {"reason", one.reason}});
  return {{"format", "draad.trace/1"},
          {"outcome", to_string(trace.outcome)},
          {"failed_element", trace.failed_element ? Json(*trace.failed_element) : Json(nullptr)},
          {"reason", trace.reason.empty() ? Json(nullptr) : Json(trace.reason)},
          {"instances", std::move(instances)},
          {"events", std::move(events)},
          {"waiting", waiting_json(trace.waiting)},
          {"checkpoints", std::move(checkpoints)},
          {"skipped_steps", std::move(skipped)},
          {"findings", Json::array()}};
}

nlohmann::ordered_json refused_trace() {
  Trace trace;
  trace.outcome = RunOutcome::failed;
  trace.reason = "Het bestand is geweigerd; de bevindingen zeggen waarom.";
  return to_json(trace);
}

}  // namespace draad::rehearsal
