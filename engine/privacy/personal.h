// engine/privacy/personal.h
//
// Privacy is a type: a personal value cannot be printed or compared; it opens for a purpose, after its audit record is
// written, or not at all. Its bytes are wiped when it goes. Errors: whatever the access log answers.   Threads: one
// owner.
#pragma once

#include <iosfwd>
#include <string>
#include <utility>

#include "engine/core/ids.h"
#include "engine/core/result.h"
#include "engine/privacy/data_class.h"

namespace draad::privacy {

// Which value of which casus: what an access record names. Never the value.
struct FieldId {
  CasusId casus;
  std::uint64_t reference = 0;
  DataClass data_class = DataClass::signal;

  friend bool operator==(const FieldId&, const FieldId&) = default;
};

// Who opens a value, and what for (a role of the process, a ground of the matrix: no free text about a person).
struct Purpose {
  std::string actor;
  std::string reason;
};

class AccessLog {
 public:
  virtual ~AccessLog() = default;
  [[nodiscard]] virtual Result<Done> record(const FieldId& field, const Purpose& purpose) = 0;
};

void wipe(std::string& text);  // Overwrites the bytes, then empties the string; the compiler cannot leave it out.

template <typename T>
class Personal {
 public:
  Personal(FieldId field, T value) : field_(field), value_(std::move(value)) {}
  Personal(Personal&&) noexcept = default;
  Personal& operator=(Personal&&) noexcept = default;
  Personal(const Personal&) = delete;
  Personal& operator=(const Personal&) = delete;
  ~Personal() {
    if constexpr (requires { wipe(value_); }) wipe(value_);
  }

  [[nodiscard]] const FieldId& field() const { return field_; }
  [[nodiscard]] Result<T> open(const Purpose& purpose, AccessLog& log) const {
    DRAAD_TRY_DONE(log.record(field_, purpose));
    return value_;
  }
  friend std::ostream& operator<<(std::ostream&, const Personal&) = delete;

 private:
  FieldId field_;
  T value_;
};

}  // namespace draad::privacy
