#include "engine/execute/json.h"

#include <gtest/gtest.h>

#include <set>

#include <nlohmann/json.hpp>

namespace draad::execute::test {
namespace {

// An event of every kind, with something in every member.
template <std::size_t I = 0>
void one_of_each(std::vector<Event>& events) {
  if constexpr (I < std::variant_size_v<Event>) {
    events.emplace_back(std::variant_alternative_t<I, Event>{});
    one_of_each<I + 1>(events);
  }
}

TEST(Json, EveryKindOfEventReadsBackAsItWasWritten) {
  std::vector<Event> events;
  one_of_each(events);
  std::set<std::string> tags;
  for (const Event& event : events) {
    const std::string written = encode(event);
    const Result<Event> read = decode_event(written);
    ASSERT_TRUE(read) << written;
    EXPECT_EQ(read->index(), event.index()) << name_of(event);
    EXPECT_EQ(encode(*read), written);
    EXPECT_EQ(to_json(event).dump(), nlohmann::json::parse(written).dump());
    EXPECT_TRUE(tags.insert(nlohmann::json::parse(written)[0].get<std::string>()).second)
        << "two kinds share a name: " << written;
  }
  const Result<std::vector<Event>> all = decode_events(encode(events));
  ASSERT_TRUE(all);
  EXPECT_EQ(encode(*all), encode(events));
}

TEST(Json, TheShapesOnDiskStayWhatTheyAre) {
  EXPECT_EQ(encode(Event(FlowTaken{3, {0, 12}})), R"(["ft",3,[0,12]])");
  EXPECT_EQ(encode(Event(ElementActivated{7, 1, {0, 4}, kNone, 0, 0})), R"(["ea",7,1,[0,4],-1,0,0])");
  EXPECT_EQ(encode(Event(FactsSet{
                1, {{"a\"b", "x\n\x01"}, {"n", Value(*Number::parse("-0.5"))}, {"l", Value(List{true, Value()})}}})),
            R"(["fs",1,{"a\"b":"x\n\u0001","l":[true,null],"n":-0.5}])");
  EXPECT_EQ(encode(Event(
                TaskOffered{5, graph::TaskKind::referral, "ZCO", "regio", Instant{std::chrono::milliseconds{1500}}})),
            R"(["to",5,1,"ZCO","regio",1500])");
  EXPECT_EQ(encode(Event(TimerFired{{1, 2, {0, 3}, kTermTimer}, 4})), R"(["tr",[1,2,[0,3],4294967294],4])");
}

TEST(Json, FactsKeepTheirTypes) {
  const Facts facts{{"datum", Value(*parse_date("2026-03-02"))},
                    {"duur", Value(*parse_duration("P3M"))},
                    {"moment", Value(*parse_instant("2026-03-02T09:00Z"))},
                    {"getal", Value(*Number::parse("12.345678"))},
                    {"diep", Value(Facts{{"x", Value(List{1, "a"})}})}};
  const Result<Event> read = decode_event(encode(Event(FactsSet{1, facts})));
  ASSERT_TRUE(read);
  EXPECT_EQ(std::get<FactsSet>(*read).facts, facts);
}

TEST(Json, WhatDoesNotFitIsCorrupt) {
  for (const char* text : {"", "{", "[]", "[1]", R"(["zz",1])", R"(["ft",3])", R"(["ft",3,[0,12],1])",
                           R"(["ft",-3,[0,12]])", R"(["ft",3,[0,"12"]])", R"(["ft",3,[0,99999999999]])",
                           R"(["to",5,9,"ZCO","regio",null])", R"({"ft":1})", R"(["ir",1,77,1,1,[0,0],0,"","",0])"}) {
    const Result<Event> read = decode_event(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, ErrorCode::corrupt);
  }
  const Result<std::vector<Event>> events = decode_events(R"([["ft",3,[0,12]],["zz"]])");
  ASSERT_FALSE(events);
  EXPECT_EQ(events.error().where, "event 1");
  for (const char* text : {"", "[]", "{}", R"({"v":2,"s":[]})", R"({"v":1,"s":[]})"})
    EXPECT_FALSE(decode_state(text)) << text;
  EXPECT_TRUE(decode_state(encode(CasusState{})));
}

}  // namespace
}  // namespace draad::execute::test
