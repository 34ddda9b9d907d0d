#include "engine/service/system_ports.h"

#include <fcntl.h>
#include <string.h>  // explicit_bzero, which <cstring> need not name.
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>

namespace draad::service {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int value() const { return value_; }

 private:
  int value_;
};

std::string reason() {
  return std::generic_category().message(errno);
}

Error failed(const std::string& what, const std::string& path) {
  return {ErrorCode::unavailable, "De hoofdsleutel kan niet worden " + what + ": " + reason() + ".", path};
}

Result<privacy::MasterKey> make_key(const std::string& path, Random& random) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (file.value() < 0) return failed("gemaakt", path);
  privacy::Secret secret = privacy::Secret::random(random);
  const auto bytes = secret.bytes();
  const bool written = ::write(file.value(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  if (!written || ::fsync(file.value()) != 0) {
    const Error error = failed("bewaard", path);
    ::unlink(path.c_str());
    return error;
  }
  return privacy::MasterKey(std::move(secret));
}

}  // namespace

Instant SystemClock::now() const {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = ::getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    DRAAD_CHECK(got > 0);  // Without randomness there are no keys: rather stop.
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

Result<privacy::MasterKey> load_master_key(const std::string& path, bool may_create, Random& random) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.value() < 0 && errno == ENOENT) {
    if (may_create) return make_key(path, random);
    return Error{
        ErrorCode::not_found,
        "De hoofdsleutel ontbreekt, terwijl de database er al is. Zonder deze sleutel zijn de persoonsgegevens "
        "niet te openen. Zet het sleutelbestand terug uit de reservekopie.",
        path};
  }
  if (file.value() < 0) return failed("gelezen", path);
  struct stat status {};
  if (::fstat(file.value(), &status) != 0) return failed("gelezen", path);
  if ((status.st_mode & 0077) != 0) {
    return Error{ErrorCode::denied,
                 "Anderen op deze machine mogen de hoofdsleutel lezen of schrijven. Geef alleen de eigenaar rechten "
                 "(chmod 600) en ga na wie het bestand kan hebben gezien.",
                 path};
  }
  std::array<std::uint8_t, privacy::Secret::kBytes + 1> bytes{};
  const ssize_t size = ::read(file.value(), bytes.data(), bytes.size());
  if (size < 0) return failed("gelezen", path);
  const std::span<const std::uint8_t, privacy::Secret::kBytes> key(bytes.data(), privacy::Secret::kBytes);
  privacy::Secret secret(key);
  ::explicit_bzero(bytes.data(), bytes.size());
  if (static_cast<std::size_t>(size) != privacy::Secret::kBytes) {
    return Error{
        ErrorCode::corrupt,
        "Het bestand van de hoofdsleutel is geen sleutel: het moet precies 32 bytes zijn. Zet het terug uit de "
        "reservekopie.",
        path};
  }
  return privacy::MasterKey(std::move(secret));
}

}  // namespace draad::service
