// Every verdict on a model of a few lines, with the walk that shows it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/verify/verify.h"
#include "tests/engine/verify/support.h"

namespace draad::verify {
namespace {

using test::model;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

Report check(std::string_view text) {
  Input input;
  input.processes = {model(text)};
  Options options;
  options.rules = options.conditions = false;
  return verify(input, options);
}

struct Row {
  std::string name;
  std::string text;
  std::vector<std::string> codes;  // Sorted; empty: sound.
};

class Verdict : public testing::TestWithParam<Row> {};

TEST_P(Verdict, IsWhatTheModelSays) {
  const Report report = check(GetParam().text);
  std::vector<std::string> codes;
  for (const Finding& finding : report.findings) codes.push_back(finding.code);
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  EXPECT_EQ(codes, GetParam().codes);
  const bool sound = std::all_of(report.findings.begin(), report.findings.end(),
                                 [](const Finding& f) { return f.severity > Severity::error; });
  ASSERT_TRUE(report.processes.front().sound.has_value());
  EXPECT_EQ(*report.processes.front().sound, sound);
}

const std::string kDead = "dead_activity";
const std::string kDeadlock = "deadlock";
const std::string kLack = "lack_of_synchronisation";
const std::string kLive = "livelock";
const std::string kTwice = "improper_completion";
const std::string kRescued = "stuck_until_interrupted";

INSTANTIATE_TEST_SUITE_P(
    Models, Verdict,
    testing::ValuesIn(std::vector<Row>{
        {"chain", "start s; task a; task b; end e; s>a a>b b>e", {}},
        {"empty_process", "", {}},
        {"no_start_no_end", "task a; task b; a>b", {}},
        {"two_without_incoming_start_together", "task a; task b; and j; end e; a>j b>j j>e", {}},
        {"each_start_alone", "start s; start t; and j; end e; s>j t>j j>e", {kDeadlock}},
        {"xor_block", "start s; xor x; task a; task b; xor y; end e; s>x x>a x>b a>y b>y y>e", {}},
        {"and_block", "start s; and x; task a; task b; and y; end e; s>x x>a x>b a>y b>y y>e", {}},
        {"or_block", "start s; or x; task a; task b; or y; end e; s>x x>a? x>b? a>y b>y y>e", {}},
        {"or_block_default", "start s; or x; task a; task b; or y; end e; s>x x>a? x>b* a>y b>y y>e", {}},
        {"and_to_or", "start s; and x; task a; task b; or y; end e; s>x x>a x>b a>y b>y y>e", {}},
        {"xor_to_or", "start s; xor x; task a; task b; or y; end e; s>x x>a x>b a>y b>y y>e", {}},
        {"xor_to_and",
         "start s; xor x; task a; task b; and y; task c; end e; s>x x>a x>b a>y b>y y>c c>e",
         {kDead, kDeadlock}},
        {"or_to_and", "start s; or x; task a; task b; and y; end e; s>x x>a x>b a>y b>y y>e", {kDeadlock}},
        {"and_to_xor",
         "start s; and x; task a; task b; xor y; task c; end e; s>x x>a x>b a>y b>y y>c c>e",
         {kTwice, kLack}},
        {"or_to_xor",
         "start s; or x; task a; task b; xor y; task c; end e; s>x x>a x>b a>y b>y y>c c>e",
         {kTwice, kLack}},
        {"and_to_one_end", "start s; and x; task a; task b; end e; s>x x>a x>b a>e b>e", {kTwice}},
        {"and_to_two_ends", "start s; and x; task a; task b; end e; end f; s>x x>a x>b a>e b>f", {}},
        {"implicit_split_and_merge",
         "start s; task a; task b; task c; task d; end e; s>a a>b a>c b>d c>d d>e",
         {kTwice, kLack}},
        {"conditional_split_of_task", "start s; task a; task b; task c; or y; end e; s>a a>b? a>c* b>y c>y y>e", {}},
        {"loop", "start s; xor m; task a; xor x; end e; s>m m>a a>x x>m x>e", {}},
        {"loop_without_exit", "start s; xor m; task a; task b; s>m m>a a>b b>m", {kLive}},
        {"loop_without_exit_after_choice",
         "start s; xor x; task z; end e; xor m; task a; task b; s>x x>z z>e x>m m>a a>b b>m",
         {kLive}},
        {"loop_through_and", "start s; xor m; and x; task a; end e; s>m m>x x>a x>e a>m", {kTwice, kLack}},
        {"unbounded",
         "start s; xor m; and x; task a; task b; task c; end e; s>m m>x x>a x>b a>m b>c c>e",
         {kTwice, kLack}},
        {"unreachable_task", "start s; task a; end e; task z; s>a a>e", {kDead}},
        {"unreachable_end", "start s; task a; end e; end z; s>a a>e", {}},
        {"event_gateway", "start s; ev g; catch:timer t; catch:msg m; xor y; end e; s>g g>t g>m t>y m>y y>e", {}},
        {"event_gateway_to_and",
         "start s; ev g; catch:timer t; catch:msg m; and y; end e; s>g g>t g>m t>y m>y y>e",
         {kDeadlock}},
        {"interrupting_boundary", "start s; task a; end e; end f; b@a timer; s>a a>e b>f", {}},
        {"interrupting_boundary_to_and", "start s; task a; and j; end e; b@a timer; s>a a>j b>j j>e", {kDeadlock}},
        {"non_interrupting_apart",
         "start s; xor m; task a; xor x; end e; b@a -timer; task r; end f; "
         "s>m m>a a>x x>m x>e b>r r>f",
         {}},
        {"non_interrupting_meets",
         "start s; task a; xor y; task c; end e; b@a -timer; s>a a>y b>y y>c c>e",
         {kTwice, kLack}},
        {"non_interrupting_fault_in_handler",
         "start s; task a; end e; b@a -timer; and x; task p; task q; xor y; task r; end f; "
         "s>a a>e b>x x>p x>q p>y q>y y>r r>f",
         {kTwice, kLack}},
        {"non_interrupting_to_and", "start s; task a; and j; end e; b@a -timer; s>a a>j b>j j>e", {kDeadlock}},
        {"error_out_of_sub",
         "start s; sub u { start us; xor ux; task ua; end ue; error:E uf; us>ux ux>ua ua>ue ux>uf }; "
         "end e; task c; end f; b@u error:E; s>u u>e b>c c>f",
         {}},
        {"fault_in_sub",
         "start s; sub u { start us; xor ux; task a; task b; and uy; end ue; us>ux ux>a ux>b a>uy b>uy "
         "uy>ue }; end e; s>u u>e",
         {kDeadlock}},
        {"fault_in_sub_rescued",
         "start s; sub u { start us; xor ux; task a; task b; and uy; end ue; us>ux ux>a ux>b a>uy "
         "b>uy uy>ue }; end e; t@u timer; end f; s>u u>e t>f",
         {kRescued}},
        {"boundary_of_what_cannot_throw",
         "start s; sub u { start us; end ue; us>ue }; end e; b@u error:E; task c; end f; "
         "s>u u>e b>c c>f",
         {kDead}},
        {"terminate", "start s; and x; task a; task b; end e; term t; s>x x>a x>b a>e b>t", {}},
        {"terminate_frees_join",
         "start s; and x; xor y; task b; and j; end e; term t; s>x x>y x>b y>j y>t b>j j>e",
         {}},
        {"terminate_not_on_all",
         "start s; xor y; and j; task b; end e; term t; s>y y>j y>t j>b b>e b>j",
         {kDead, kDeadlock}},
        {"event_sub_process", "start s; task a; end e; esp h timer { task ha; end he; start_h>ha ha>he } s>a a>e", {}},
        {"error_caught_by_its_own_event_sub_process",
         "start s; sub u { start us; error:E uf; us>uf; esp h error:E { task ha; end he; start_h>ha ha>he } }; end e; "
         "s>u u>e",
         {}},
        {"event_sub_process_frees",
         "start s; xor x; task a; task b; and y; end e; esp h msg { end he; start_h>he } s>x x>a x>b a>y b>y y>e",
         {kRescued}},
        {"fault_in_event_sub_process",
         "start s; task a; end e; esp h -msg { xor hx; and hy; end he; start_h>hx hx>hy hx>hy2; and hy2; hy2>hz hy>hz; "
         "and "
         "hz; hz>he } s>a a>e",
         {kDeadlock}},
        {"link_less_join_in_loop",
         "start s; and x; task a; task b; and y; xor z; end e; s>x x>a x>b a>y b>y y>z z>x2 xor x2; "
         "x2>e",
         {}},
        {"or_join_waits_for_late",
         "start s; and x; task a; xor c; task d; end f; or j; task t; end e; "
         "s>x x>a x>c a>j c>d c>f d>j j>t t>e",
         {}},
        {"or_join_fed_twice",
         "start s; and x; task a; xor m; task b; xor c; or j; task t; end e; "
         "s>x x>a x>m m>b b>c c>m c>j a>j j>t t>e",
         {}},
        {"adhoc", "start s; adhoc u { task a; task b; task c; b>c }; end e; s>u u>e", {}},
        {"unknown_call", "start s; call:Ergens c; end e; s>c c>e", {}},
        {"escalation_interrupts",
         "start s; sub u { start us; throw:esc:X t; task a; end ue; us>t t>a a>ue }; end e; end f; "
         "b@u esc:X; s>u u>e b>f",
         {kDead}},
        {"unstructured_sound",
         "start s; and x; and y; task a; task b; task c; and j; and k; end e; s>x x>a x>y y>b y>c a>j b>j j>k c>k k>e",
         {}},
        {"unstructured_crossing",
         "start s; and x; and p; and q; task a; task b; and j; and k; and z; end e; "
         "s>x x>p x>q p>a p>b q>c q>d task c; task d; a>j c>j b>k d>k j>z k>z z>e",
         {}},
    }),
    [](const auto& row) { return row.param.name; });

std::string code_walk(const Report& report, std::string_view code) {
  for (const Finding& finding : report.findings)
    if (finding.code == code) {
      std::string walk;
      for (const std::string& id : finding.witness) walk += (walk.empty() ? "" : " ") + id;
      return walk + " | " + (finding.elements.empty() ? "" : finding.elements.front());
    }
  return "none";
}

TEST(Witness, IsTheShortestWalkAndNamesTheTellingElement) {
  EXPECT_EQ(code_walk(check("start s; xor x; task a; task b; and y; end e; s>x x>a x>b a>y b>y y>e"), "deadlock"),
            "s x a | y");
  EXPECT_EQ(code_walk(check("start s; and x; task a; task b; xor y; end e; s>x x>a x>b a>y b>y y>e"),
                      "lack_of_synchronisation"),
            "s x a b y y | f_y_e");
  EXPECT_EQ(code_walk(check("start s; and x; task a; task b; end e; s>x x>a x>b a>e b>e"), "improper_completion"),
            "s x a e b e | e");
  EXPECT_EQ(code_walk(check("start s; task a; sub u { start us; xor x; and y; end ue; task t; us>x x>t t>y x>y y>ue }; "
                            "end e; s>a a>u u>e"),
                      "deadlock"),
            "s a us x | y");
}

TEST(Budget, SpentMeansUndecidedAndNeverSound) {
  // Nothing here fuses, and inclusive joins forbid to try one order only.
  std::string text = "start s; and x; and y; end e; s>x y>e ";
  for (int i = 0; i < 8; ++i) {
    const std::string n = std::to_string(i);
    text += "xor p" + n + "; or j" + n + "; task a" + n + "; task b" + n + "; x>p" + n + " p" + n + ">a" + n + " p" +
            n + ">b" + n;
    text +=
        " a" + n + ">j" + n + " b" + n + ">j" + n + " b" + n + ">j" + std::to_string((i + 1) % 8) + " j" + n + ">y ";
  }
  Input input;
  input.processes = {model(text)};
  Options options;
  options.rules = false;
  options.markings_max = 50;
  const Report report = verify(input, options);
  EXPECT_NE(report.processes.front().sound, std::optional<bool>(true));
}

}  // namespace
}  // namespace draad::verify
