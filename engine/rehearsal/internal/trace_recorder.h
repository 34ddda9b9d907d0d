// engine/rehearsal/internal/trace_recorder.h
//
// Writes a trace from the events of running casussen. A called process is a scope inside its casus for the engine, and
// an instance of its own in the trace. The body of a multi-instance or loop does not show; its rounds do.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/execute/event.h"
#include "engine/rehearsal/trace.h"

namespace draad::rehearsal {

// A message that a node sent.
struct SentMessage {
  execute::NodeRef node;
  std::string name;
  Value correlation;
  Facts facts;
};

// What the player has to act on after a command.
struct Aftermath {
  std::vector<SentMessage> messages;
  std::vector<std::string> signals;
  std::optional<execute::IncidentRaised> failure;  // The first that is more than a stuck join.
  std::optional<execute::ErrorThrown> uncaught;
  bool ended_by_error = false;
};

class TraceRecorder {
 public:
  TraceRecorder(const execute::Release& release, Trace& trace) : release_(release), trace_(trace) {}

  // `casus`: number of the casus, from 0.
  Aftermath add(std::size_t casus, std::span<const execute::Event> events, Duration t);
  [[nodiscard]] std::string instance_of(std::size_t casus, execute::ScopeKey scope) const;
  void set_state(std::size_t casus, const std::string& state);  // Of the casus and whatever it still calls.

 private:
  struct Element {
    execute::NodeRef node;
    execute::ScopeKey scope = 0;
    std::optional<std::uint32_t> loop;
    bool is_body = false;
  };
  struct ScopeSeen {
    execute::ScopeKey parent = 0;
    execute::ElementKey owner = 0;
    execute::ScopeIndex index = 0;
    std::size_t instance = 0;
  };
  struct CasusSeen {
    std::map<execute::ElementKey, Element> elements;
    std::map<execute::ScopeKey, ScopeSeen> scopes;
    std::map<execute::ElementKey, std::size_t> called;  // Call activity -> the instance it called.
    std::size_t root = 0;
    std::size_t count = 0;  // Instances, itself included.
  };

  std::size_t new_instance(execute::WorkflowIndex workflow, std::optional<std::size_t> parent);
  [[nodiscard]] std::vector<std::string> path(const CasusSeen& casus, execute::ScopeKey scope) const;
  void write(const CasusSeen& casus, execute::ScopeKey scope, execute::NodeRef node, std::string event,
             std::optional<std::uint32_t> loop, std::string detail = {});
  void element_event(CasusSeen& casus, execute::ElementKey key, std::string event);
  void closed(CasusSeen& casus, execute::ElementKey key, const char* how, Aftermath& aftermath);

  const execute::Release& release_;
  Trace& trace_;
  std::vector<CasusSeen> casussen_;
  Duration t_;
};

}  // namespace draad::rehearsal
