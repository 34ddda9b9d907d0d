#include "engine/bpmn/file.h"

#include <array>
#include <cstdint>
#include <fstream>
#include <system_error>

#include "engine/bpmn/internal/findings.h"

namespace draad::bpmn {

namespace {

FileResult refuse(std::string_view code, internal::Texts texts) {
  FileResult result;
  result.fault = internal::finding(code, Severity::fatal, {}, std::move(texts));
  return result;
}

FileResult refuse_size(std::uintmax_t size, std::size_t most) {
  return refuse("limit_bytes",
                {"Het bestand is te groot: " + std::to_string(size) + " bytes. Dit programma leest er hoogstens " +
                     std::to_string(most) + ".",
                 "Expected at most " + std::to_string(most) + " bytes, but the file has " + std::to_string(size),
                 "Verdeel het proces over meer bestanden."});
}

}  // namespace

FileResult read_file(const std::filesystem::path& path, const Limits& limits) {
  const std::string name = path.string();
  std::error_code failure;
  const std::filesystem::file_status status = std::filesystem::status(path, failure);
  if (!std::filesystem::exists(status))
    return refuse("file_not_found",
                  {"Het bestand '" + name + "' bestaat niet.", "Expected a file '" + name + "', but there is none",
                   "Controleer de naam en de map."});
  if (std::filesystem::is_directory(status))
    return refuse("file_is_folder",
                  {"'" + name + "' is een map, geen bestand.", "Expected a file, but '" + name + "' is a folder",
                   "Geef een bestand in die map op."});
  if (std::filesystem::is_regular_file(status)) {
    const std::uintmax_t size = std::filesystem::file_size(path, failure);
    if (!failure && size > limits.bytes) return refuse_size(size, limits.bytes);
  }
  // A pipe or device has no size: read no further than the limit.
  std::ifstream stream(path, std::ios::binary);
  std::string bytes;
  std::array<char, 65536> block{};
  while (stream && bytes.size() <= limits.bytes) {
    stream.read(block.data(), block.size());
    bytes.append(block.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (bytes.size() > limits.bytes) return refuse_size(bytes.size(), limits.bytes);
  if (!stream.eof())
    return refuse("file_unreadable",
                  {"Het bestand '" + name + "' kan niet gelezen worden.",
                   "Expected to read '" + name + "', but could not", "Controleer of u het bestand mag openen."});
  FileResult result;
  result.bytes = std::move(bytes);
  return result;
}

}  // namespace draad::bpmn
