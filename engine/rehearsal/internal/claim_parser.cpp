#include <map>

#include "engine/core/words.h"
#include "engine/rehearsal/internal/statement_parser.h"

namespace draad::rehearsal {
namespace {

const std::vector<std::string_view>& claim_words() {
  static const std::vector<std::string_view> words = {"actief",   "precies", "gestart", "afgerond", "afgebroken",
                                                      "volgorde", "stroom",  "wekker",  "termijn",  "verwijzing",
                                                      "rol",      "feit",    "waar",    "kluis",    "gebeurtenis",
                                                      "incident", "casus",   "niet",    "geen"};
  return words;
}

std::vector<StepRef> steps(Cursor& cursor) {
  std::vector<StepRef> all{cursor.step("de naam van een stap")};
  while (cursor.take_symbol(',')) all.push_back(cursor.step("de naam van een stap"));
  return all;
}

std::vector<std::string> step_names(Cursor& cursor) {
  std::vector<std::string> all{cursor.name("de naam van een stap")};
  while (cursor.take_symbol(',')) all.push_back(cursor.name("de naam van een stap"));
  return all;
}

std::optional<int> times_or_none(Cursor& cursor, bool negated) {
  const std::optional<int> count = cursor.times();
  if (negated && count) cursor.fail("Achter niet hoort geen aantal keer.", "Laat niet weg, of het aantal.");
  return negated ? std::optional<int>(0) : count;
}

Claim parse_term(Cursor& cursor) {
  StepRef step = cursor.step("de naam van een stap");
  if (cursor.take("verlopen")) return claim::TermExpired{std::move(step.name)};
  if (cursor.take("op") || cursor.take("om")) return claim::TermAt{std::move(step), cursor.moment()};
  if (cursor.take("t/m")) return claim::TermLastDay{std::move(step), cursor.date()};
  cursor.fail("Achter de stap hoort: op DATUM TIJD, t/m DATUM of verlopen.");
  return claim::NoTerm{};
}

Claim parse_referral(Cursor& cursor) {
  static const std::map<std::string_view, claim::ReferralStage> stages = {
      {"aangeboden", claim::ReferralStage::offered},    {"aanvaard", claim::ReferralStage::accepted},
      {"geweigerd", claim::ReferralStage::refused},     {"verlopen", claim::ReferralStage::expired},
      {"ingetrokken", claim::ReferralStage::withdrawn}, {"afgerond", claim::ReferralStage::done}};
  claim::Referral referral;
  referral.step = cursor.name("de naam van een verwijzing");
  const std::string stage = cursor.name("de stand van de verwijzing");
  if (const auto found = stages.find(stage); found != stages.end()) {
    referral.stage = found->second;
  } else {
    cursor.fail("\"" + stage + "\" is geen stand van een verwijzing.",
                "Kies uit: aangeboden, aanvaard, geweigerd, verlopen, ingetrokken, afgerond.");
  }
  return referral;
}

Claim parse_fact(Cursor& cursor) {
  claim::FactIs fact;
  fact.name = cursor.name("de naam van een feit");
  if (cursor.take("in")) fact.scope = cursor.step("de naam van een deelproces");
  if (cursor.take("onbekend")) return fact;
  if (!cursor.take_symbol('=')) {
    cursor.fail("Achter het feit hoort = WAARDE of onbekend.", "Schrijf: feit leeftijd = 16. Voor < en > is er waar.");
    return fact;
  }
  fact.value = cursor.value("een waarde");
  return fact;
}

Claim parse_casus(Cursor& cursor) {
  if (cursor.take("loopt")) return claim::Casus{claim::CasusStage::running};
  if (cursor.take("klaar")) return claim::Casus{claim::CasusStage::completed};
  if (cursor.take("gestopt")) return claim::Casus{claim::CasusStage::stopped};
  cursor.fail("Achter casus hoort: loopt, klaar of gestopt.");
  return claim::Casus{};
}

Claim parse_event(Cursor& cursor, bool negated) {
  claim::EventSeen event;
  event.kind = cursor.name("de naam van een gebeurtenis");
  if (!cursor.at_end() && (cursor.peek(1) == nullptr || cursor.peek(1)->text != "keer"))
    event.step = cursor.name("de naam van een stap");
  event.times = times_or_none(cursor, negated);
  return event;
}

Claim parse_negated(Cursor& cursor) {
  using claim::Course;
  if (cursor.take("actief")) return claim::Active{steps(cursor), true};
  if (cursor.take("gestart")) return claim::Happened{Course::started, cursor.name("de naam van een stap"), 0};
  if (cursor.take("afgerond")) return claim::Happened{Course::completed, cursor.name("de naam van een stap"), 0};
  if (cursor.take("afgebroken")) return claim::Happened{Course::terminated, cursor.name("de naam van een stap"), 0};
  if (cursor.take("stroom")) return claim::FlowTaken{cursor.name("de naam van een stroom"), 0};
  if (cursor.take("gebeurtenis")) return parse_event(cursor, true);
  cursor.fail("Achter niet hoort: actief, gestart, afgerond, afgebroken, stroom of gebeurtenis.");
  return claim::NoIncident{};
}

Claim parse_none(Cursor& cursor) {
  if (cursor.take("incident")) return claim::NoIncident{};
  if (cursor.take("wekker")) return claim::TimerDue{cursor.name("de naam van een stap"), std::nullopt};
  if (cursor.take("termijn")) return claim::NoTerm{cursor.name("de naam van een stap")};
  cursor.fail("Achter geen hoort: incident, wekker of termijn.");
  return claim::NoIncident{};
}

Claim parse_happened(Cursor& cursor, claim::Course course) {
  claim::Happened happened{course, cursor.name("de naam van een stap"), std::nullopt};
  happened.times = cursor.times();
  return happened;
}

Claim parse_claim(Cursor& cursor) {
  using claim::Course;
  if (cursor.take("actief")) return claim::Active{steps(cursor), false};
  if (cursor.take("precies")) return cursor.take("niets") ? claim::Exactly{} : claim::Exactly{step_names(cursor)};
  if (cursor.take("niet")) return parse_negated(cursor);
  if (cursor.take("geen")) return parse_none(cursor);
  if (cursor.take("gestart")) return parse_happened(cursor, Course::started);
  if (cursor.take("afgerond")) return parse_happened(cursor, Course::completed);
  if (cursor.take("afgebroken")) return parse_happened(cursor, Course::terminated);
  if (cursor.take("volgorde")) return claim::Order{step_names(cursor)};
  if (cursor.take("stroom")) {
    claim::FlowTaken flow{cursor.name("de naam van een stroom"), std::nullopt};
    flow.times = cursor.times();
    return flow;
  }
  if (cursor.take("wekker")) {
    claim::TimerDue due{cursor.name("de naam van een stap"), std::nullopt};
    if (!cursor.take("op") && !cursor.take("om")) cursor.fail("Achter de stap hoort: op DATUM TIJD.");
    due.at = cursor.moment();
    return due;
  }
  if (cursor.take("termijn")) return parse_term(cursor);
  if (cursor.take("verwijzing")) return parse_referral(cursor);
  if (cursor.take("rol")) {
    claim::Role role{cursor.step("de naam van een taak"), {}};
    role.role = cursor.name("een rol");
    return role;
  }
  if (cursor.take("feit")) return parse_fact(cursor);
  if (cursor.take("waar")) {
    if (cursor.at_end()) cursor.fail("Achter waar hoort een voorwaarde.", "Schrijf: waar leeftijd < 18.");
    return claim::Holds{cursor.rest()};
  }
  if (cursor.take("kluis")) return claim::InVault{cursor.name("de naam van een veld")};
  if (cursor.take("gebeurtenis")) return parse_event(cursor, false);
  if (cursor.take("incident")) {
    claim::Incident incident{cursor.name("de naam van een stap"), {}};
    if (!cursor.at_end()) incident.code = cursor.name("een foutcode");
    return incident;
  }
  if (cursor.take("casus")) return parse_casus(cursor);
  const Token* token = cursor.peek();
  const std::string word = token == nullptr ? std::string() : token->text;
  const std::string near = nearest_word(word, claim_words());
  cursor.fail("\"" + word + "\" is geen bewering die achter verwacht kan staan.",
              near.empty() ? "De lijst staat in tests/scenarios/README.md." : "Bedoelde u \"" + near + "\"?");
  return claim::NoIncident{};
}

}  // namespace

Expect parse_expect(const std::vector<Token>& tokens, std::size_t first, std::string_view source, int line,
                    std::vector<Fault>& faults) {
  Expect expect;
  std::size_t begin = first;
  while (begin <= tokens.size()) {
    std::size_t end = begin;
    while (end < tokens.size() && !(tokens[end].kind == Token::Kind::symbol && tokens[end].text == ";")) ++end;
    if (end == begin) {
      // A ';' at the end is fine; nothing at all is not.
      if (end == tokens.size() && !expect.claims.empty()) break;
      faults.push_back(Fault{end < tokens.size() ? tokens[end].line : line,
                             "Hier ontbreekt een bewering achter verwacht.",
                             "Schrijf bijvoorbeeld: verwacht actief taak; geen incident."});
      break;
    }
    Cursor cursor(tokens.data() + begin, end - begin, source, tokens[begin].line);
    WrittenClaim written{parse_claim(cursor),
                         one_line(source.substr(tokens[begin].begin, tokens[end - 1].end - tokens[begin].begin)),
                         tokens[begin].line};
    cursor.expect_end();
    if (cursor.fault()) {
      faults.push_back(*cursor.fault());
    } else {
      expect.claims.push_back(std::move(written));
    }
    begin = end + 1;
  }
  return expect;
}

}  // namespace draad::rehearsal
