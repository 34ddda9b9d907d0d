#include <map>

#include "engine/rehearsal/internal/statement_parser.h"

namespace draad::rehearsal {
namespace {

// What may stand behind an action, in any order.
struct Extras {
  Assignments assignments;
  std::string actor;
  std::map<std::string, std::string, std::less<>> words;  // modifier -> its word
  std::map<std::string, Value, std::less<>> values;
};

// `modifiers`: key words that take one name; those in `value_modifiers` take a value.
Extras extras(Cursor& cursor, std::initializer_list<std::string_view> modifiers, bool facts_allowed,
              std::initializer_list<std::string_view> value_modifiers = {}) {
  Extras found;
  while (!cursor.at_end()) {
    if (cursor.next_is_assignment()) {
      if (!facts_allowed) {
        cursor.fail("Bij deze opdracht horen geen feiten of velden.", "Haal naam=waarde weg.");
        break;
      }
      Assignment one = cursor.assignment();
      for (const Assignment& other : found.assignments) {
        if (other.name == one.name) cursor.fail("\"" + one.name + "\" staat er twee keer.", "Laat er een weg.");
      }
      found.assignments.push_back(std::move(one));
      continue;
    }
    if (cursor.take("door")) {
      if (!found.actor.empty()) cursor.fail("Er staat twee keer wie dit doet.", "Laat er een weg.");
      found.actor = cursor.name("wie dit doet");
      continue;
    }
    bool known = false;
    for (const std::string_view modifier : modifiers) {
      if (!cursor.take(modifier)) continue;
      known = true;
      if (!found.words.emplace(modifier, cursor.name("een waarde achter " + std::string(modifier))).second) {
        cursor.fail("\"" + std::string(modifier) + "\" staat er twee keer.", "Laat er een weg.");
      }
    }
    for (const std::string_view modifier : value_modifiers) {
      if (known || !cursor.take(modifier)) continue;
      known = true;
      found.values.insert_or_assign(std::string(modifier), cursor.value("een waarde achter " + std::string(modifier)));
    }
    if (!known) {
      std::string allowed = "door WIE";
      for (const std::string_view modifier : modifiers) allowed += ", " + std::string(modifier) + " ...";
      for (const std::string_view modifier : value_modifiers) allowed += ", " + std::string(modifier) + " ...";
      if (facts_allowed) allowed += ", naam=waarde";
      cursor.fail("\"" + cursor.peek()->text + "\" hoort hier niet.", "Hier mag staan: " + allowed + ".");
    }
  }
  return found;
}

std::string word_of(const Extras& found, std::string_view modifier) {
  const auto at = found.words.find(modifier);
  return at == found.words.end() ? std::string() : at->second;
}

Act parse_complete(Cursor& cursor) {
  action::Complete complete;
  complete.step = cursor.step("de naam van een taak");
  if (cursor.take("zonder")) {
    if (!cursor.take("formulier")) cursor.fail("Achter \"zonder\" hoort \"formulier\".");
    complete.without_form = true;
  }
  Extras found = extras(cursor, {"uitkomst"}, true);
  complete.outcome = word_of(found, "uitkomst");
  complete.fields = std::move(found.assignments);
  return Act{std::move(complete), std::move(found.actor), std::nullopt};
}

Act parse_start(Cursor& cursor) {
  action::Start start;
  start.process = cursor.name("de naam van een proces");
  Extras found = extras(cursor, {"bij"}, true);
  start.start_event = word_of(found, "bij");
  start.facts = std::move(found.assignments);
  return Act{std::move(start), std::move(found.actor), std::nullopt};
}

Act parse_message(Cursor& cursor) {
  action::Message message;
  message.name = cursor.name("de naam van een bericht");
  Extras found = extras(cursor, {"kenmerk"}, true, {"sleutel"});
  message.message_id = word_of(found, "kenmerk");
  if (const auto key = found.values.find("sleutel"); key != found.values.end()) message.key = key->second;
  message.facts = std::move(found.assignments);
  return Act{std::move(message), std::move(found.actor), std::nullopt};
}

Act parse_throw(Cursor& cursor, bool escalation) {
  action::Throw thrown;
  thrown.escalation = escalation;
  thrown.step = cursor.step("de naam van een taak");
  Extras found = extras(cursor, {"code"}, true);
  thrown.code = word_of(found, "code");
  if (thrown.code.empty()) cursor.fail("Hier ontbreekt de code.", "Schrijf: code NAAM.");
  thrown.facts = std::move(found.assignments);
  return Act{std::move(thrown), std::move(found.actor), std::nullopt};
}

Act parse_fail(Cursor& cursor) {
  action::Fail failed;
  failed.step = cursor.step("de naam van een taak");
  std::string actor;
  while (!cursor.at_end()) {
    if (cursor.take("melding")) {
      failed.message = cursor.name("een melding");
    } else if (cursor.take("pogingen")) {
      failed.retries_left = cursor.whole("een aantal pogingen", 1000);
    } else {
      Extras found = extras(cursor, {}, false);
      actor = std::move(found.actor);
    }
  }
  return Act{std::move(failed), std::move(actor), std::nullopt};
}

Act parse_set_facts(Cursor& cursor) {
  action::SetFacts set;
  if (!cursor.next_is_assignment() && cursor.take("in")) set.scope = cursor.step("de naam van een deelproces");
  Extras found = extras(cursor, {}, true);
  set.facts = std::move(found.assignments);
  if (set.facts.empty()) cursor.fail("Hier ontbreken de feiten.", "Schrijf naam=waarde.");
  return Act{std::move(set), std::move(found.actor), std::nullopt};
}

Act parse_activate(Cursor& cursor) {
  action::Activate activate;
  activate.activity = cursor.name("de naam van een stap");
  if (cursor.take("in")) activate.ad_hoc = cursor.step("de naam van een ad-hocdeel");
  Extras found = extras(cursor, {}, false);
  return Act{std::move(activate), std::move(found.actor), std::nullopt};
}

// The actions that are a step and at most a reason.
template <typename Body>
Act parse_step(Cursor& cursor, Body body) {
  body.step = cursor.step("de naam van een stap");
  constexpr bool has_reason = requires {
    body.reason;
  };
  Extras found = has_reason ? extras(cursor, {"reden"}, false) : extras(cursor, {}, false);
  if constexpr (has_reason) body.reason = word_of(found, "reden");
  return Act{std::move(body), std::move(found.actor), std::nullopt};
}

Act parse_cancel(Cursor& cursor) {
  Extras found = extras(cursor, {"reden"}, false);
  return Act{action::Cancel{word_of(found, "reden")}, std::move(found.actor), std::nullopt};
}

std::optional<Refusal> refusal_named(std::string_view word) {
  static const std::map<std::string_view, ErrorCode> codes = {
      {"ongeldig", ErrorCode::invalid},
      {"invalid", ErrorCode::invalid},
      {"niet-gevonden", ErrorCode::not_found},
      {"not_found", ErrorCode::not_found},
      {"conflict", ErrorCode::conflict},
      {"geen-toegang", ErrorCode::denied},
      {"denied", ErrorCode::denied},
      {"limiet", ErrorCode::limit},
      {"limit", ErrorCode::limit},
      {"unsupported", ErrorCode::unsupported},
      {"niet-ondersteund", ErrorCode::unsupported},
  };
  if (word == "iets") return Refusal{};
  if (word == "formulier") return Refusal{std::nullopt, true};
  const auto found = codes.find(word);
  if (found == codes.end()) return std::nullopt;
  return Refusal{found->second, false};
}

}  // namespace

const std::vector<std::string_view>& action_words() {
  static const std::vector<std::string_view> words = {
      "start", "klaar",     "neem",    "teruggeven", "aanvaard", "weiger", "intrek",  "bericht", "sein",
      "fout",  "escalatie", "storing", "feiten",     "activeer", "sluit",  "opnieuw", "annuleer"};
  return words;
}

std::optional<Act> parse_act(Cursor& cursor) {
  if (cursor.take("start")) return parse_start(cursor);
  if (cursor.take("klaar")) return parse_complete(cursor);
  if (cursor.take("neem")) return parse_step(cursor, action::Claim{{}, false});
  if (cursor.take("teruggeven")) return parse_step(cursor, action::Claim{{}, true});
  if (cursor.take("aanvaard")) return parse_step(cursor, action::Accept{});
  if (cursor.take("weiger")) return parse_step(cursor, action::Refuse{});
  if (cursor.take("intrek")) return parse_step(cursor, action::Withdraw{});
  if (cursor.take("bericht")) return parse_message(cursor);
  if (cursor.take("sein")) {
    action::Signal signal{cursor.name("de naam van een sein"), {}};
    Extras found = extras(cursor, {}, true);
    signal.facts = std::move(found.assignments);
    return Act{std::move(signal), std::move(found.actor), std::nullopt};
  }
  if (cursor.take("fout")) return parse_throw(cursor, false);
  if (cursor.take("escalatie")) return parse_throw(cursor, true);
  if (cursor.take("storing")) return parse_fail(cursor);
  if (cursor.take("feiten")) return parse_set_facts(cursor);
  if (cursor.take("activeer")) return parse_activate(cursor);
  if (cursor.take("sluit")) return parse_step(cursor, action::CloseAdHoc{});
  if (cursor.take("opnieuw")) return parse_step(cursor, action::Retry{});
  if (cursor.take("annuleer")) return parse_cancel(cursor);
  return std::nullopt;
}

Act parse_refused(Cursor& cursor) {
  std::string code = cursor.name("een code");
  if (!code.empty() && code.back() == ':') {
    code.pop_back();
  } else if (!cursor.take(":")) {
    cursor.fail("Achter de code hoort een dubbele punt.", "Schrijf: geweigerd conflict: klaar taak.");
  }
  const std::optional<Refusal> refusal = refusal_named(code);
  if (!refusal) {
    cursor.fail(
        "\"" + code + "\" is geen code van een weigering.",
        "Kies uit: ongeldig, niet-gevonden, conflict, geen-toegang, niet-ondersteund, limiet, formulier, iets.");
    return {};
  }
  std::optional<Act> act = parse_act(cursor);
  if (!act) {
    cursor.fail("Achter geweigerd hoort een opdracht.", "Schrijf: geweigerd conflict: klaar taak.");
    return {};
  }
  act->refused = refusal;
  return std::move(*act);
}

Wait parse_wait(Cursor& cursor) {
  const Token* first = cursor.peek();
  if (first != nullptr && !first->text.empty() && first->text[0] == 'P') {
    const std::string text = cursor.name("een duur");
    auto duration = parse_duration(text);
    if (!duration || duration->negative) {
      cursor.fail("\"" + text + "\" is geen duur om te wachten.", "Schrijf bijvoorbeeld P3M, PT24H of 5 werkdagen.");
      return {};
    }
    return Wait{*duration, 0};
  }
  const int count = cursor.whole("een aantal", 100'000);
  const std::string unit = cursor.name("werkdagen, dagen, weken, maanden, jaar, uur of minuten");
  Wait wait;
  if (unit == "werkdag" || unit == "werkdagen") {
    wait.working_days = count;
  } else if (unit == "dag" || unit == "dagen") {
    wait.duration.days = count;
  } else if (unit == "week" || unit == "weken") {
    wait.duration.days = 7 * count;
  } else if (unit == "maand" || unit == "maanden") {
    wait.duration.months = count;
  } else if (unit == "jaar" || unit == "jaren") {
    wait.duration.years = count;
  } else if (unit == "uur" || unit == "uren") {
    wait.duration.milliseconds = std::int64_t{count} * 3'600'000;
  } else if (unit == "minuut" || unit == "minuten") {
    wait.duration.milliseconds = std::int64_t{count} * 60'000;
  } else if (unit == "seconde" || unit == "seconden") {
    wait.duration.milliseconds = std::int64_t{count} * 1000;
  } else {
    cursor.fail("\"" + unit + "\" is geen maat voor tijd.",
                "Kies uit: werkdagen, dagen, weken, maanden, jaar, uur, minuten, seconden.");
  }
  return wait;
}

}  // namespace draad::rehearsal
