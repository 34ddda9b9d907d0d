// engine/store/sqlite/internal/connection.h
//
// One connection to a SQLite file with its prepared statements. The only place that catches SQLite's exceptions:
// attempt() turns them into an Error with a text that says what to do. Threads: one at a time.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/store/sqlite/sqlite_store.h"

namespace draad::store::sqlite {

enum class Mode { read, write };

[[nodiscard]] Error translate(const SQLite::Exception& failure, const std::string& path);

// A prepared statement in use: bound from left to right, reset when it goes out of sight.
class Use {
 public:
  explicit Use(SQLite::Statement& statement) : statement_(statement) {}
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  ~Use() { statement_.tryReset(); }

  // Strings and bytes are not copied: they live longer than the Use.
  Use& bind(std::int64_t number);
  Use& bind(std::uint64_t number) { return bind(static_cast<std::int64_t>(number)); }
  Use& bind(const std::string& text);
  Use& bind(std::string_view text);  // Copied.
  Use& bind(std::span<const std::uint8_t> bytes);
  Use& bind(Instant at) { return bind(static_cast<std::int64_t>(at.time_since_epoch().count())); }
  Use& bind(const std::optional<Instant>& at);

  bool step() { return statement_.executeStep(); }
  int run() { return statement_.exec(); }  // Rows changed.

  [[nodiscard]] std::int64_t number(int column) const { return statement_.getColumn(column).getInt64(); }
  [[nodiscard]] std::uint64_t count(int column) const { return static_cast<std::uint64_t>(number(column)); }
  [[nodiscard]] std::string text(int column) const { return statement_.getColumn(column).getString(); }
  [[nodiscard]] Bytes bytes(int column) const;
  [[nodiscard]] Hash hash(int column) const;
  [[nodiscard]] Instant at(int column) const { return Instant(std::chrono::milliseconds(number(column))); }
  [[nodiscard]] std::optional<Instant> at_or_nothing(int column) const;

 private:
  SQLite::Statement& statement_;
  int next_ = 1;
};

class Connection {
 public:
  // Opens the file, checks that it is ours and not newer, and brings it up to date (Mode::write).
  [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const std::string& path, Mode mode,
                                                                const SqliteOptions& options);

  [[nodiscard]] SQLite::Database& database() { return database_; }
  [[nodiscard]] const std::string& path() const { return path_; }

  // `sql` is a constant: its address is the name of the prepared statement.
  [[nodiscard]] SQLite::Statement& prepared(const char* sql);

  template <typename Work>
  auto attempt(const Work& work) -> decltype(work()) {
    try {
      return work();
    } catch (const SQLite::Exception& failure) {
      return translate(failure, path_);
    }
  }

 private:
  Connection(std::string path, int flags, const SqliteOptions& options);
  [[nodiscard]] Result<Done> check_owner();
  [[nodiscard]] Result<Done> migrate();

  std::string path_;
  SQLite::Database database_;
  std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> prepared_;  // Looked up, never walked.
};

}  // namespace draad::store::sqlite
