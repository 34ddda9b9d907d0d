// engine/core/result.h
//
// Error and Result<T>: how an expected failure crosses a module border. The shape is that of C++23's std::expected,
// which this compiler lacks in C++20 mode; see docs/decisions/0001-result.md.
// A message reads "Expected X, but Y", carries ids and lines, and never a personal value.
// Threads: values, no sharing.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace draad {

enum class ErrorCode { invalid, not_found, conflict, denied, unsupported, corrupt, unavailable, limit };

[[nodiscard]] std::string_view to_string(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::invalid;
  std::string message;
  std::string where;  // The id or place (element id, file:line, casus id) to look at; may be empty.

  friend bool operator==(const Error&, const Error&) = default;
};

// The answer of something that succeeds without a value.
struct Done {
  friend bool operator==(const Done&, const Done&) = default;
};

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

// A programmer's mistake: on in every build, the process stops.
#define DRAAD_CHECK(condition) \
  do {                         \
    if (!(condition)) ::draad::check_failed(#condition, __FILE__, __LINE__); \
  } while (false)

template <typename T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  // Implicit on purpose: `return value;` and `return Error{...};` both read well.
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const { return content_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  [[nodiscard]] const T& value() const& {
    DRAAD_CHECK(has_value());
    return std::get<0>(content_);
  }
  [[nodiscard]] T& value() & {
    DRAAD_CHECK(has_value());
    return std::get<0>(content_);
  }
  [[nodiscard]] T&& value() && {
    DRAAD_CHECK(has_value());
    return std::get<0>(std::move(content_));
  }
  [[nodiscard]] const Error& error() const& {
    DRAAD_CHECK(!has_value());
    return std::get<1>(content_);
  }
  [[nodiscard]] Error&& error() && {
    DRAAD_CHECK(!has_value());
    return std::get<1>(std::move(content_));
  }
  [[nodiscard]] T value_or(T fallback) const& { return has_value() ? std::get<0>(content_) : std::move(fallback); }

  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

 private:
  std::variant<T, Error> content_;
};

#define DRAAD_CONCAT_INNER(a, b) a##b
#define DRAAD_CONCAT(a, b) DRAAD_CONCAT_INNER(a, b)

// DRAAD_TRY(const Thing thing, read_thing(text)): declares `thing`, or returns the error to the caller.
#define DRAAD_TRY(declaration, expression)                              \
  auto DRAAD_CONCAT(draad_result_, __LINE__) = (expression);            \
  if (!DRAAD_CONCAT(draad_result_, __LINE__).has_value())               \
    return std::move(DRAAD_CONCAT(draad_result_, __LINE__)).error();    \
  declaration = std::move(DRAAD_CONCAT(draad_result_, __LINE__)).value()

// The same for an expression whose value is not needed (a Result<Done>).
#define DRAAD_TRY_DONE(expression)                                      \
  do {                                                                  \
    if (auto draad_result = (expression); !draad_result.has_value())    \
      return std::move(draad_result).error();                           \
  } while (false)

// Overloaded{[](const A&) {...}, [](const B&) {...}}: a visitor for std::visit.
template <typename... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <typename... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

}  // namespace draad
