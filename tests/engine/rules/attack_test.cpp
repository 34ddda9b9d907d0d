// Every file of attacks/ is a rule that means harm. Each opens with its story and with what must become of it:
//   budget, memory   a budget was spent          error    an ordinary fault          invalid   an answer that does not
//   fit refused          not loaded at all           harmless it ran, noticed that nothing of its plan worked, and
//   answered
// Each runs in a child process with a deadline, so that an attack that succeeds stops the child and not the suite. In
// every case the next call on the same host, for another municipality, must answer as if nothing had happened.
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/engine/rules/plugins.h"

namespace draad::rules {
namespace {

namespace fs = std::filesystem;
using testing::day;
using testing::plugin;
using testing::reading;

std::vector<std::string> attack_files() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(DRAAD_SOURCE_DIR) / "tests/engine/rules/attacks")) {
    names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

// "--@ repeat 10000 (" stands for that many parentheses: the files stay readable.
std::string expanded(const std::string& text) {
  std::string made;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("--@ repeat ")) {
      std::istringstream words(line.substr(11));
      int count = 0;
      words >> count;
      words.get();
      std::string what;
      std::getline(words, what);
      for (int i = 0; i < count; ++i) made += what;
    } else {
      made += line;
    }
    made += '\n';
  }
  return made;
}

std::string read_attack(const std::string& name) {
  std::ifstream file(fs::path(DRAAD_SOURCE_DIR) / "tests/engine/rules/attacks" / (name + ".lua"), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string outcome_of(const Answer& answer) {
  if (answer.faults.empty()) return answer.reason == "harmless" ? "harmless" : "answered: " + answer.reason;
  switch (answer.faults.back().kind) {
    case FaultKind::error:
      return "error";
    case FaultKind::answer_invalid:
      return "invalid";
    case FaultKind::memory_spent:
      return "memory";
    case FaultKind::steps_spent:
    case FaultKind::time_spent:
      return "budget";
  }
  return "";
}

// Runs in the child. Returns what went wrong; "" when nothing did.
std::string attack(const std::string& text) {
  const auto mark = text.find("-- expect: ");
  if (mark == std::string::npos) return "the file does not say what to expect";
  const std::string expect = text.substr(mark + 11, text.find('\n', mark) - mark - 11);
  RuleHost host;
  Plugin other =
      plugin("overleg.stijl", "return function(ctx) local a = landelijk(ctx) a.reden = ('rustig'):upper() return a end",
             {"GM9902"});
  other.manifest.name = "buurgemeente";
  const auto findings = host.load(reading({plugin("overleg.stijl", expanded(text)), other}));
  const Facts facts{{"overleg_soort", "casus"}};
  const auto calm = [&](const char* when) -> std::string {
    const Answer answer = host.answer("overleg.stijl", "GM9902", facts, day("2026-03-02")).value();
    if (answer.faults.empty() && answer.reason == "RUSTIG" && answer.source == "buurgemeente") return "";
    return std::string(when) + " the neighbour got '" + answer.reason + "' from " + answer.source;
  };
  if (const std::string before = calm("before"); !before.empty()) return before;
  if (expect == "refused") {
    if (findings.empty()) return "it was loaded";
    return calm("after");
  }
  if (!findings.empty()) return "it was not loaded: " + findings.front().message;
  for (int round = 0; round < 2; ++round) {  // The second time, everything is warm.
    const auto start = std::chrono::steady_clock::now();
    const Answer answer = host.answer("overleg.stijl", "GM9901", facts, day("2026-03-02")).value();
    const auto took = std::chrono::steady_clock::now() - start;
    // 50 ms of budget; the rest is room for a busy machine and for sanitizers. What escapes the budget takes far
    // longer.
    if (took > std::chrono::milliseconds(800))
      return "it took " + std::to_string(took / std::chrono::milliseconds(1)) + " ms";
    const std::string outcome = outcome_of(answer);
    if (("|" + expect + "|").find("|" + outcome + "|") == std::string::npos) {
      return "expected " + expect + ", but the outcome is " + outcome +
             (answer.faults.empty() ? "" : ": " + answer.faults.back().for_owner);
    }
    for (const Fault& fault : answer.faults) {
      for (const char* secret : {"geheim", "breach", "GM9901", "casusgeheim"}) {
        if (fault.for_owner.find(secret) != std::string::npos)
          return "the owner's line carries a value: " + fault.for_owner;
      }
      if (fault.for_owner.size() > 700) return "the owner's line is too long";
      if (std::ranges::any_of(fault.for_owner, [](char c) { return static_cast<unsigned char>(c) < ' '; }))
        return "the owner's line holds control characters";
    }
    if (const std::string after = calm("after"); !after.empty()) return after;
  }
  return "";
}

class Attack : public ::testing::TestWithParam<std::string> {};

TEST_P(Attack, NeitherStopsNorSlowsNorReads) {
  const std::string text = read_attack(GetParam());
  int ends[2] = {};
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    close(ends[0]);
    alarm(20);  // Far beyond the budget, also under sanitizers.
    const std::string wrong = attack(text);
    const ssize_t written = write(ends[1], wrong.data(), wrong.size());
    _exit(written == static_cast<ssize_t>(wrong.size()) ? 0 : 3);
  }
  close(ends[1]);
  std::string wrong;
  char buffer[1024];
  for (ssize_t size = 0; (size = read(ends[0], buffer, sizeof buffer)) > 0;)
    wrong.append(buffer, static_cast<std::size_t>(size));
  close(ends[0]);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "the child did not end by itself, status " << status;
  EXPECT_EQ(wrong, "");
}

INSTANTIATE_TEST_SUITE_P(Files, Attack, ::testing::ValuesIn(attack_files()), [](const auto& row) { return row.param; });

TEST(Attacks, ThereAreAtLeastSixty) {
  EXPECT_GE(attack_files().size(), 60u);
}

}  // namespace
}  // namespace draad::rules
