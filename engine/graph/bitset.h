// engine/graph/bitset.h
//
// A set of small numbers, one bit each; 64 at a time, so that "do these two sets meet" is a few instructions.
#pragma once

#include <cstdint>
#include <vector>

namespace draad::graph {

class Bitset {
 public:
  Bitset() = default;
  explicit Bitset(std::size_t size) : words_((size + 63) / 64) {}

  [[nodiscard]] bool empty() const { return words_.empty(); }
  [[nodiscard]] bool test(std::size_t index) const {
    return index / 64 < words_.size() && (words_[index / 64] >> (index % 64) & 1u) != 0;
  }
  void set(std::size_t index) { words_[index / 64] |= std::uint64_t{1} << (index % 64); }
  void reset(std::size_t index) { words_[index / 64] &= ~(std::uint64_t{1} << (index % 64)); }

  [[nodiscard]] bool meets(const Bitset& other) const {
    const std::size_t count = words_.size() < other.words_.size() ? words_.size() : other.words_.size();
    for (std::size_t i = 0; i < count; ++i)
      if ((words_[i] & other.words_[i]) != 0) return true;
    return false;
  }
  friend bool operator==(const Bitset&, const Bitset&) = default;

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace draad::graph
