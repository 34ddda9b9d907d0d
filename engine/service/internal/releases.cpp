#include "engine/service/internal/releases.h"

#include <algorithm>

#include "engine/privacy/chain.h"

namespace draad::service {

void Releases::set_records(std::vector<store::ReleaseRecord> records) {
  const std::lock_guard lock(mutex_);
  records_ = std::move(records);
}

void Releases::add(const store::ReleaseRecord& record, std::shared_ptr<const execute::Release> compiled) {
  const std::lock_guard lock(mutex_);
  const bool known = std::ranges::any_of(records_, [&](const auto& row) { return row.id == record.id; });
  if (!known) {
    records_.push_back(record);
    compiled_[record.id] = std::move(compiled);
  }
}

std::vector<store::ReleaseRecord> Releases::records() const {
  const std::lock_guard lock(mutex_);
  return records_;
}

Result<store::ReleaseRecord> Releases::find(const std::string& version) const {
  const std::lock_guard lock(mutex_);
  if (version.empty() && !records_.empty()) return records_.back();
  for (const store::ReleaseRecord& record : records_) {
    if (record.version == version) return record;
  }
  return Error{ErrorCode::not_found, "Expected a published release, but there is none of this version", version};
}

Result<std::shared_ptr<const execute::Release>> Releases::compiled(store::ReleaseId id, store::Reader& reader) {
  const std::lock_guard lock(mutex_);
  const auto found = compiled_.find(id);
  if (found != compiled_.end()) return found->second;
  const auto record = std::ranges::find(records_, id, &store::ReleaseRecord::id);
  if (record == records_.end()) {
    return Error{ErrorCode::not_found, "Expected a published release, but there is none with this number",
                 std::to_string(id.value)};
  }
  DRAAD_TRY(const std::vector<store::ReleaseFile> files, reader.release_files(id));
  DRAAD_TRY(std::shared_ptr<const execute::Release> compiled, compile_(record->version, files));
  // A journal names nodes by number: were they numbered anew by a later compiler, it would replay as something else.
  if (compiled->table() != record->table) {
    return Error{ErrorCode::unsupported,
                 "Expected the release to compile to the nodes it was published with, but this program numbers them "
                 "differently",
                 record->version};
  }
  compiled_.emplace(id, compiled);
  return compiled;
}

std::string fingerprint_of(std::span<const store::ReleaseFile> files) {
  std::vector<std::string_view> texts;
  for (const store::ReleaseFile& file : files) {
    texts.push_back(file.path);
    texts.push_back(file.content);
  }
  return privacy::to_hex(privacy::content_hash(texts));
}

}  // namespace draad::service
