// engine/bpmn/file.h
//
// The bytes of a file on disk, for whoever has a path: the one place of this module that touches a disk. The size is
// looked at before anything is read, so that a file that is too big costs nothing. Faults, each one fatal Finding:
// file_not_found, file_is_folder, file_unreadable, limit_bytes.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engine/bpmn/document.h"

namespace draad::bpmn {

struct FileResult {
  std::optional<std::string> bytes;
  std::optional<Finding> fault;  // Set when there are no bytes.
};

[[nodiscard]] FileResult read_file(const std::filesystem::path& path, const Limits& limits = {});

}  // namespace draad::bpmn
