// engine/store/sqlite/sqlite_store.h
//
// The embedded store: one SQLite file with its write-ahead log, synchronous=FULL, so that a commit that answered is on
// disk. One server per file: the lock file `<file>.slot` says which process has it, and goes free with that process.
// The file is made with mode 0600. A database of a newer program, a file that is no database of ours and a damaged page
// are refused with a text that says what to do. Errors: see the port.   Threads: see the port; every reader has a
// connection of its own.
#pragma once

#include <chrono>
#include <string>

#include "engine/store/store.h"

namespace draad::store {

struct SqliteOptions {
  std::chrono::milliseconds busy_timeout{5000};  // How long to wait for a lock that another program holds.
  int cache_kibibytes = 64 * 1024;
  // Counts statements that wrote, for tests and benchmarks that hold the store to its promise. May be null.
  std::uint64_t* write_count = nullptr;
};

[[nodiscard]] Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& path,
                                                               const SqliteOptions& options = {});

// For programs that only look (a report, `draad audit`): no lock, no migration, no write.
[[nodiscard]] Result<std::unique_ptr<Reader>> open_sqlite_reader(const std::string& path,
                                                                 const SqliteOptions& options = {});

}  // namespace draad::store
