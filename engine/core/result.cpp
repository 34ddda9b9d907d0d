#include "engine/core/result.h"

namespace draad {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid:
      return "invalid";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::denied:
      return "denied";
    case ErrorCode::unsupported:
      return "unsupported";
    case ErrorCode::corrupt:
      return "corrupt";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::limit:
      return "limit";
  }
  return "invalid";
}

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "DRAAD_CHECK failed: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace draad
