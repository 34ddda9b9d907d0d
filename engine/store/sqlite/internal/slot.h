// engine/store/sqlite/internal/slot.h
//
// One server per database file: an advisory lock on `<file>.slot`, which holds the id of the process that has it. The
// system frees it when that process ends, however it ends; the file itself stays. Errors: `unavailable`, with who has
// it.   Threads: one owner.
#pragma once

#include <string>
#include <utility>

#include "engine/core/result.h"

namespace draad::store::sqlite {

class Slot {
 public:
  [[nodiscard]] static Result<Slot> take(const std::string& database_path);
  Slot(Slot&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Slot& operator=(Slot&& other) noexcept;
  ~Slot();

 private:
  explicit Slot(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace draad::store::sqlite
