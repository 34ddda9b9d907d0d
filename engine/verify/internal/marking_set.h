// engine/verify/internal/marking_set.h
//
// A set of markings of one width: the words stand one behind another, an open-addressing table of numbers finds them.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

namespace draad::verify::internal {

class MarkingSet {
 public:
  explicit MarkingSet(std::size_t width) : width_(width), table_(64, kFree) {}

  // The number of the marking, and whether it is new.
  std::pair<std::uint32_t, bool> insert(const std::uint64_t* marking) {
    if ((count_ + 1) * 2 > table_.size()) grow();
    std::size_t slot = hash(marking) & (table_.size() - 1);
    while (table_[slot] != kFree) {
      if (std::memcmp(words_.data() + table_[slot] * width_, marking, width_ * 8) == 0) return {table_[slot], false};
      slot = (slot + 1) & (table_.size() - 1);
    }
    table_[slot] = count_;
    words_.insert(words_.end(), marking, marking + width_);
    return {count_++, true};
  }
  [[nodiscard]] const std::uint64_t* at(std::uint32_t number) const { return words_.data() + number * width_; }
  [[nodiscard]] std::uint32_t size() const { return count_; }
  [[nodiscard]] std::uint64_t bytes() const { return words_.capacity() * 8 + table_.capacity() * 4; }
  [[nodiscard]] std::vector<std::uint64_t> take_words() { return std::move(words_); }

 private:
  static constexpr std::uint32_t kFree = 0xffffffffu;

  [[nodiscard]] std::uint64_t hash(const std::uint64_t* marking) const {
    std::uint64_t value = 0x9e3779b97f4a7c15u;
    for (std::size_t i = 0; i < width_; ++i) {
      value ^= marking[i];
      value *= 0xff51afd7ed558ccdu;
      value ^= value >> 32;
    }
    return value;
  }
  void grow() {
    table_.assign(table_.size() * 2, kFree);
    for (std::uint32_t i = 0; i < count_; ++i) {
      std::size_t slot = hash(at(i)) & (table_.size() - 1);
      while (table_[slot] != kFree) slot = (slot + 1) & (table_.size() - 1);
      table_[slot] = i;
    }
  }

  std::size_t width_;
  std::uint32_t count_ = 0;
  std::vector<std::uint64_t> words_;
  std::vector<std::uint32_t> table_;
};

}  // namespace draad::verify::internal
