#include "engine/store/sqlite/internal/slot.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace draad::store::sqlite {

namespace {

std::string holder(int descriptor) {
  std::array<char, 32> text{};
  const ssize_t size = ::pread(descriptor, text.data(), text.size() - 1, 0);
  return size > 0 ? " (proces " + std::string(text.data(), static_cast<std::size_t>(size)) + ")" : "";
}

}  // namespace

Result<Slot> Slot::take(const std::string& database_path) {
  const std::string path = database_path + ".slot";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return Error{ErrorCode::unavailable,
                 "Het slotbestand van de database kan niet worden gemaakt: " + std::generic_category().message(errno) +
                     ". Bestaat de map, en mag dit programma erin schrijven?",
                 path};
  }
  Slot slot(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    return Error{ErrorCode::unavailable,
                 "De database is al in gebruik door een andere server van Rode Draad" + holder(descriptor) +
                     ". Stop die eerst, of kies een andere database.",
                 database_path};
  }
  const std::string pid = std::to_string(::getpid());
  if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, pid.data(), pid.size(), 0) < 0) {
    // Only the text that names the holder is missing then; the lock itself holds, also on a full disk.
  }
  return slot;
}

Slot& Slot::operator=(Slot&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Slot::~Slot() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace draad::store::sqlite
