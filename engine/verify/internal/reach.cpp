#include "engine/verify/internal/reach.h"

namespace draad::verify::internal {

JoinReach::JoinReach(const Net& net) : number_(net.places.size(), kNothing) {
  std::vector<std::vector<TransitionIndex>> makers(net.places.size());
  std::vector<std::pair<Place, TransitionIndex>> inputs;
  for (TransitionIndex t = 0; t < net.transitions.size(); ++t) {
    const Transition& transition = net.transitions[t];
    if (!transition.alive) continue;
    for (const Place p : transition.out) makers[p].push_back(t);
    for (const Place p : transition.optional) makers[p].push_back(t);
    if (transition.otherwise != kNothing) makers[transition.otherwise].push_back(t);
    if (!transition.inclusive_join) continue;
    for (const Place p : transition.in) {
      number_[p] = static_cast<std::uint32_t>(inputs.size());
      inputs.emplace_back(p, t);
    }
  }
  words_ = (inputs.size() + 63) / 64;
  rows_.assign(net.places.size() * words_, 0);
  remembered_.assign(words_, ~std::uint64_t{0});
  std::vector<Place> stack;
  for (std::uint32_t i = 0; i < inputs.size(); ++i) {
    const auto [input, join] = inputs[i];
    const std::uint64_t bit = std::uint64_t{1} << (i % 64);
    stack.assign(1, input);
    rows_[input * words_ + i / 64] |= bit;
    while (!stack.empty()) {
      const Place place = stack.back();
      stack.pop_back();
      for (const TransitionIndex t : makers[place]) {
        if (t == join) continue;
        for (const Place before : net.transitions[t].in) {
          std::uint64_t& word = rows_[before * words_ + i / 64];
          if ((word & bit) != 0) continue;
          word |= bit;
          stack.push_back(before);
        }
      }
    }
  }
}

bool JoinReach::same(Place a, Place b) const {
  for (std::size_t w = 0; w < words_; ++w)
    if (((row(a)[w] ^ row(b)[w]) & remembered_[w]) != 0) return false;
  return true;
}

bool JoinReach::reaches(Place from, Place input) const {
  if (words_ == 0) return false;
  const std::uint32_t number = number_[input];
  return number != kNothing && (row(from)[number / 64] >> (number % 64) & 1u) != 0;
}

bool JoinReach::reaches_any(Place from) const {
  for (std::size_t w = 0; w < words_; ++w)
    if ((row(from)[w] & remembered_[w]) != 0) return true;
  return false;
}

void JoinReach::forget(Place input) {
  if (words_ == 0 || number_[input] == kNothing) return;
  const std::uint32_t number = number_[input];
  remembered_[number / 64] &= ~(std::uint64_t{1} << (number % 64));
}

}  // namespace draad::verify::internal
