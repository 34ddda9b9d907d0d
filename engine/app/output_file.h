// engine/app/output_file.h
//
// Writes a file whole or not at all: beside its place first, then moved over it.
// Errors: `unavailable`, in Dutch, with the path.
#pragma once

#include <filesystem>
#include <string_view>

#include "engine/core/result.h"

namespace draad::app {

[[nodiscard]] Result<Done> write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace draad::app
