#include "engine/app/output_file.h"

#include <unistd.h>

#include <fstream>
#include <string>
#include <system_error>

namespace draad::app {

namespace fs = std::filesystem;

Result<Done> write_file(const fs::path& path, std::string_view bytes) {
  std::error_code failure;
  // A device, pipe or link is written as it is; moving a file over it would replace it.
  const fs::file_status status = fs::symlink_status(path, failure);
  if (fs::is_directory(status)) {
    return Error{ErrorCode::unavailable, "\"" + path.string() + "\" is een map. Noem een bestand om in te schrijven.",
                 path.string()};
  }
  const bool in_place = fs::exists(status) && !fs::is_regular_file(status);
  fs::path target = path;
  if (!in_place) target += ".nieuw-" + std::to_string(getpid());
  std::ofstream file(target, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (file && !in_place) fs::rename(target, path, failure);
  if (file && !failure) return Done{};
  if (!in_place) fs::remove(target, failure);
  return Error{
      ErrorCode::unavailable,
      "\"" + path.string() +
          "\" kon niet worden geschreven. Bestaat de map, mag u erin schrijven, en is er nog plaats op de schijf?",
      path.string()};
}

}  // namespace draad::app
