#include "engine/bpmn/internal/compiler.h"

namespace draad::bpmn::internal {

Lanes::Lanes(Compiling& compiling, const Element& process) : definitions_(compiling.definitions) {
  for (const Collaboration& collaboration : definitions_.collaborations)
    for (const Participant& participant : collaboration.participants)
      if (participant.process == process.id && participant_role_.empty())
        participant_role_ = read_role(compiling, definitions_.at(participant.element));
  // Lane sets stand in the process and may stand in its sub-processes.
  std::vector<const Element*> containers = {&process};
  while (!containers.empty()) {
    const Element& container = *containers.back();
    containers.pop_back();
    add_sets(compiling, container, {}, 0);
    for (const ElementIndex child : container.children) {
      const Element& element = definitions_.at(child);
      if (element.is("subProcess") || element.is("adHocSubProcess") || element.is("transaction"))
        containers.push_back(&element);
    }
  }
}

void Lanes::add_sets(Compiling& compiling, const Element& owner, const std::string& role, int depth) {
  for (const ElementIndex set : owner.children) {
    if (!definitions_.at(set).is("laneSet") && !definitions_.at(set).is("childLaneSet")) continue;
    for (const ElementIndex child : definitions_.at(set).children) {
      const Element& element = definitions_.at(child);
      if (!element.is("lane")) continue;
      const std::string name(trimmed(element.name));
      Lane lane{name.empty() ? element.id : name, read_role(compiling, element), depth};
      if (lane.role.empty()) lane.role = role;
      const std::string inherited = lane.role;
      const std::size_t index = lanes_.size();
      lanes_.push_back(std::move(lane));
      for (const Reference& reference : element.references) {
        if (reference.name != "flowNodeRef" || reference.target == kNoElement) continue;
        const auto [entry, is_new] = lane_of_.emplace(reference.target, index);
        if (!is_new && lanes_[entry->second].depth <= depth) entry->second = index;
      }
      add_sets(compiling, element, inherited, depth + 1);
    }
  }
}

Lanes::Place Lanes::of(const Element& node) const {
  // A node inside a sub-process is where the sub-process is, unless it has a lane of its own.
  Place place;
  ElementIndex index = definitions_.index_of(node.id);
  for (; index != kNoElement; index = definitions_.at(index).parent) {
    const auto found = lane_of_.find(index);
    if (found == lane_of_.end()) continue;
    const Lane& lane = lanes_[found->second];
    place.lane = lane.name;
    place.role = lane.role;
    break;
  }
  if (place.role.empty()) place.role = participant_role_;
  if (place.role.empty()) place.role = place.lane;
  return place;
}

}  // namespace draad::bpmn::internal
