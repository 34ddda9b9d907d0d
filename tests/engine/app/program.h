// tests/engine/app/program.h
//
// Runs the real program in the folder with the test's data and gives back everything it said.
#pragma once

#include <string>
#include <vector>

namespace draad::app::test {

struct Said {
  int status = -1;
  std::string out;
  std::string err;
};

// `arguments`: as on a command line, words apart; no shell in between. Relative paths are those of
// tests/engine/app/data.
[[nodiscard]] Said run(const std::vector<std::string>& arguments);

}  // namespace draad::app::test
