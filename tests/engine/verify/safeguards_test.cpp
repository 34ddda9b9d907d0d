// Sentences of safeguards: how they are read, and what they find on models of a few lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/verify/verify.h"
#include "tests/engine/verify/support.h"

namespace draad::verify {
namespace {

using test::model;
using testing::ElementsAre;

TEST(SafeguardText, ReadsEverySentenceWithNameReasonAndSource) {
  const SafeguardParse parse = parse_safeguards(
      "# de kern\n"
      "[bedenktijd-eerst]\n"
      "altijd  bedenktijd.aanbieden  gaat vooraf aan  aangifte.opnemen\n"
      "  omdat Wie nog niet kon nadenken, hoeft niet te kiezen.\n"
      "  bron Vc B8/3 (V)\n"
      "\n"
      "altijd verwijzing.gedaan wordt gevolgd door verwijzing.afgerond of verwijzing.geweigerd binnen P2D (werkdagen)\n"
      "nooit ouders.informeren zonder ouders.weging\n"
      "altijd deling.* alleen na grondslag.vastgesteld\n"
      "vier ogen deling.zonder_toestemming door een ander dan deling.aangevraagd\n"
      "hooguit één keer casus.sluiten\n"
      "op elk pad duiding.klaar\n"
      "nooit a na b\n"
      "nooit a samen met b\n");
  EXPECT_TRUE(parse.faults.empty()) << parse.faults.front().message;
  const auto& all = parse.file.safeguards;
  ASSERT_EQ(all.size(), 9u);
  EXPECT_EQ(all[0].name, "bedenktijd-eerst");
  EXPECT_EQ(all[0].reason, "Wie nog niet kon nadenken, hoeft niet te kiezen.");
  EXPECT_EQ(all[0].source, "Vc B8/3 (V)");
  EXPECT_EQ(all[1].second.text(), "verwijzing.afgerond of verwijzing.geweigerd");
  EXPECT_EQ(all[1].calendar, TermijnKalender::werkdagen);
  EXPECT_EQ(all[1].within->days, 2);
  EXPECT_EQ(all[2].kind, SafeguardKind::never_without);
  EXPECT_EQ(all[2].first.text(), "ouders.weging");
  EXPECT_TRUE(all[3].second.matches("deling.politie.aangifte"));
  EXPECT_FALSE(all[3].second.matches("deling"));
  EXPECT_EQ(all[7].kind, SafeguardKind::never_after);
  EXPECT_EQ(all[7].first.text(), "b");
}

TEST(SafeguardText, NamesEveryLineItDoesNotUnderstand) {
  const SafeguardParse parse =
      parse_safeguards("altijd a komt voor b\nnooit a zonder b\nop elk pad Hoofdletter\nbinnen P2D\n");
  ASSERT_EQ(parse.faults.size(), 3u);
  EXPECT_EQ(parse.faults[0].line, 1);
  EXPECT_EQ(parse.faults[1].line, 3);
  EXPECT_EQ(parse.faults[2].line, 4);
  EXPECT_EQ(parse.file.safeguards.size(), 1u);
  EXPECT_EQ(parse_safeguards("altijd a wordt gevolgd door b binnen twee dagen").faults.size(), 1u);
}

struct Row {
  std::string name;
  std::string model;
  std::string sentence;
  std::string walk;  // Empty: it holds.
};

class Safeguards : public testing::TestWithParam<Row> {};

Report check(const std::vector<Graph>& graphs, const std::string& sentence) {
  SafeguardParse parse = parse_safeguards(sentence);
  EXPECT_TRUE(parse.faults.empty()) << sentence;
  Input input;
  input.processes = {graphs.front()};
  input.others = {graphs.begin() + 1, graphs.end()};
  Options options;
  options.rules = options.conditions = false;
  options.safeguards = &parse.file;
  return verify(input, options);
}

std::string broken_by(const Report& report) {
  for (const Finding& finding : report.findings)
    if (finding.code == "waarborg_geschonden") {
      std::string walk;
      for (const std::string& id : finding.witness) walk += (walk.empty() ? "" : " ") + id;
      return walk.empty() ? "no walk" : walk;
    }
  return "";
}

TEST_P(Safeguards, HoldOrAreBrokenByAWalk) {
  EXPECT_EQ(broken_by(check({model(GetParam().model)}, GetParam().sentence)), GetParam().walk);
}

// In these models a step's anchor is its id.
INSTANTIATE_TEST_SUITE_P(
    Models, Safeguards,
    testing::ValuesIn(std::vector<Row>{
        {"in_order", "start s; task a; task b; end e; s>a a>b b>e", "altijd a gaat vooraf aan b", ""},
        {"wrong_order", "start s; task a; task b; end e; s>b b>a a>e", "altijd a gaat vooraf aan b", "s b"},
        {"skipped", "start s; xor x; task a; task b; xor y; end e; s>x x>a x>y a>y y>b b>e", "nooit b zonder a",
         "s x y b"},
        {"beside", "start s; and x; task a; task b; and y; end e; s>x x>a x>b a>y b>y y>e", "altijd b alleen na a",
         "s x b"},
        {"followed", "start s; task a; task b; end e; s>a a>b b>e", "altijd a wordt gevolgd door b", ""},
        {"not_followed", "start s; task a; xor x; task b; end e; s>a a>x x>b x>e b>e", "altijd a wordt gevolgd door b",
         "s a x e"},
        {"followed_beside", "start s; and x; task a; task b; and y; end e; s>x x>a x>b a>y b>y y>e",
         "altijd a wordt gevolgd door b", "s x b a y e"},
        {"loop", "start s; xor m; task a; xor x; end e; s>m m>a a>x x>m x>e", "hooguit een keer a", "s m a x m a"},
        {"no_loop", "start s; task a; end e; s>a a>e", "hooguit een keer a", ""},
        {"every_path", "start s; xor x; task a; task b; end e; s>x x>a x>b a>e b>e", "op elk pad a", "s x b e"},
        {"every_path_both", "start s; and x; task a; task b; and y; end e; s>x x>a x>b a>y b>y y>e", "op elk pad a",
         ""},
        {"never_after", "start s; task a; task b; end e; s>a a>b b>e", "nooit b na a", "s a b"},
        {"never_both", "start s; xor x; task a; task b; end e; s>x x>a x>b a>e b>e", "nooit a samen met b", ""},
        {"cut_off", "start s; task a; task b; end e; t@a timer; s>a a>b b>e t>b", "altijd a gaat vooraf aan b",
         "s t b"},
        {"inside_sub", "start s; sub u { start us; task a; end ue; us>a a>ue }; task b; end e; s>u u>b b>e",
         "altijd a gaat vooraf aan b", ""},
        {"inside_sub_cut_off",
         "start s; sub u { start us; task a; end ue; us>a a>ue }; task b; end e; t@u timer; s>u u>b "
         "b>e t>b",
         "altijd a gaat vooraf aan b", "s t b"},
        {"wildcard", "start s; task deling.x; task b; end e; s>deling.x deling.x>b b>e", "altijd deling.* alleen na b",
         "s deling.x"},
        {"terminate_skips", "start s; and x; task a; task b; end e; term t; s>x x>a x>b a>e b>t", "op elk pad a",
         "s x b t"},
    }),
    [](const auto& row) { return row.param.name; });

TEST(SafeguardsAcrossCalls, AreFollowedIntoTheCalledProcess) {
  const Graph caller = model("start s; call:Q c; task b; end e; s>c c>b b>e");
  const Graph good = model("process Q; start qs; task a; end qe; qs>a a>qe");
  const Graph bad = model("process Q; start qs; xor qx; task a; end qe; qs>qx qx>a qx>qe a>qe");
  EXPECT_EQ(broken_by(check({caller, good}, "altijd a gaat vooraf aan b")), "");
  EXPECT_EQ(broken_by(check({caller, bad}, "altijd a gaat vooraf aan b")), "s qs qx qe c b");

  // A municipality's version of a called process is judged as if it stood in the core.
  Input core;
  core.processes = {caller};
  core.others = {good};
  const Input variant = with_replacement(core, bad);
  SafeguardParse parse = parse_safeguards("altijd a gaat vooraf aan b");
  Options options;
  options.safeguards = &parse.file;
  options.rules = false;
  EXPECT_EQ(broken_by(verify(core, options)), "");
  EXPECT_EQ(broken_by(verify(variant, options)), "s qs qx qe c b");
}

TEST(SafeguardsWithinATerm, AreProvedFromTermsOrWatched) {
  const auto codes = [](const std::string& text, const std::string& sentence) {
    std::vector<std::string> found;
    for (const Finding& finding : check({model(text)}, sentence).findings) found.push_back(finding.code);
    return found;
  };
  const std::string sentence = "altijd a wordt gevolgd door b binnen P5D";
  EXPECT_THAT(codes("start s; task a; user b P3D; end e; s>a a>b b>e", sentence), ElementsAre());
  EXPECT_THAT(codes("start s; task a; user b P9D; end e; s>a a>b b>e", sentence), ElementsAre("waarborg_bij_uitvoering"));
  EXPECT_THAT(codes("start s; task a; user c P3D; user b P3D; end e; s>a a>c c>b b>e", sentence),
              ElementsAre("waarborg_bij_uitvoering"));
  EXPECT_THAT(codes("start s; task a; task b; end e; s>a a>b b>e", "vier ogen b door een ander dan a"),
              ElementsAre("waarborg_bij_uitvoering"));
}

}  // namespace
}  // namespace draad::verify
