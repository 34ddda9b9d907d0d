#include "tests/engine/app/program.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "tests/support/temporary_folder.h"

namespace draad::app::test {
namespace {

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Said run(const std::vector<std::string>& arguments) {
  const draad::test::TemporaryFolder folder;
  const std::string out = folder.file("out"), err = folder.file("err");
  std::vector<std::string> words = {DRAAD_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const bool ready = chdir(DRAAD_SOURCE_DIR "/tests/engine/app/data") == 0 &&
                       freopen(out.c_str(), "w", stdout) != nullptr && freopen(err.c_str(), "w", stderr) != nullptr;
    if (ready) execv(pointers.front(), pointers.data());
    _exit(127);
  }
  Said said;
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  said.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  said.out = content_of(out);
  said.err = content_of(err);
  return said;
}

}  // namespace draad::app::test
