// engine/service/internal/releases.h
//
// The releases that were published, each compiled when it is first needed and then shared.
// Threads: safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "engine/service/engine.h"

namespace draad::service {

class Releases {
 public:
  explicit Releases(CompileRelease compile) : compile_(std::move(compile)) {}

  void set_records(std::vector<store::ReleaseRecord> records);
  // A release was published; `compiled` is what it compiled to.
  void add(const store::ReleaseRecord& record, std::shared_ptr<const execute::Release> compiled);

  [[nodiscard]] std::vector<store::ReleaseRecord> records() const;
  [[nodiscard]] Result<store::ReleaseRecord> find(const std::string& version) const;  // Empty: the newest.
  [[nodiscard]] Result<std::shared_ptr<const execute::Release>> compiled(store::ReleaseId id, store::Reader& reader);
  [[nodiscard]] const CompileRelease& compile() const { return compile_; }

 private:
  CompileRelease compile_;
  mutable std::mutex mutex_;
  std::vector<store::ReleaseRecord> records_;  // By id.
  std::map<store::ReleaseId, std::shared_ptr<const execute::Release>> compiled_;
};

[[nodiscard]] std::string fingerprint_of(std::span<const store::ReleaseFile> files);

}  // namespace draad::service
