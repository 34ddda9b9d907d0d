// Meetings and escalation: style, agenda, life domains, participants and quorum, the ladder and what sets it off.
#include "engine/rules/internal/fields.h"
#include "engine/rules/internal/national.h"

namespace draad::rules {
namespace {

using namespace fields;

NationalAnswer style(const Facts&) {
  return {Facts{{"stijl", "veiligheidshuis"},
                {"voorzitter_rol", "VZT"},
                {"betrokkene", "geinformeerd"},
                {"alleen_wie_kan_bijdragen", true}},
          "De stijl van een Zorg- en Veiligheidshuis: de persoon weet ervan, maar is er meestal niet bij.", "5.7 (P)"};
}

Value item(int order, const char* title, const char* kind, int minutes) {
  return Facts{{"volgorde", order}, {"titel", title}, {"soort", kind}, {"minuten", minutes}};
}

NationalAnswer agenda(const Facts&) {
  return {Facts{{"methode", "BOB"},
                {"punten", List{item(1, "Opening, aanwezigen, doel en grondslag", "opening", 3),
                                item(2, "Stem van de persoon zelf", "persoon", 10),
                                item(3, "Acties van de vorige keer", "acties", 5),
                                item(4, "Beeldvorming: feiten per leefgebied", "beeld", 15),
                                item(5, "Oordeelsvorming: veiligheid, herhaling, open vragen", "oordeel", 10),
                                item(6, "Besluitvorming: doelen, acties, regie", "besluit", 15),
                                item(7, "Opschalen, afschalen, volgende datum", "afschalen", 3),
                                item(8, "Teruglezen van de besluiten", "afsluiting", 2)}}},
          "Standaardagenda, gebouwd op beeldvorming, oordeelsvorming en besluitvorming.", "5.3 (P)"};
}

NationalAnswer domains(const Facts&) {
  return {Facts{{"leefgebieden", texts({"veiligheid", "wonen", "gezondheid", "psychische gezondheid", "verslaving",
                                        "inkomen en schulden", "verblijf", "strafzaak", "werk en opleiding", "netwerk",
                                        "kinderen", "toekomst en terugkeer"})}},
          "De leefgebieden van het landelijke plan.", "P7.3 (P)"};
}

NationalAnswer participants(const Facts& facts) {
  List roles = texts({"VZT", "PRG", "SEC", "ANB", "ZCO", "AVI"});
  const auto age = whole_fact(facts, "leeftijd");
  if (age.has_value() && *age < 18) roles.emplace_back("VTH");
  if (text_fact(facts, "vorm") == "arbeid") roles.emplace_back("NLA");
  return {Facts{{"rollen", std::move(roles)}, {"quorum_rollen", texts({"VZT", "ANB"})}, {"quorum_aantal", 3}},
          "Voorstel voor wie aan tafel zit; de voorzitter kiest wie nodig is.", "Z5 (P)"};
}

Value rung(const char* level, List roles, List triggers, Value answer_within) {
  return Facts{{"niveau", level},
               {"rollen", std::move(roles)},
               {"aanleidingen", std::move(triggers)},
               {"antwoord_binnen", std::move(answer_within)}};
}

Value working_days(std::int32_t count) {
  Duration duration;
  duration.days = count;
  return duration;
}

NationalAnswer ladder(const Facts&) {
  return {Facts{{"ladder", "landelijk"},
                {"treden",
                 List{rung("E0", texts({"DLN"}), texts({"actie_te_laat"}), working_days(3)),
                      rung("E1", texts({"CRG", "PRG"}),
                           texts({"actie_geblokkeerd", "partner_afwezig", "geen_regisseur"}), working_days(3)),
                      rung("E2", texts({"PTN", "VZT"}), texts({"conflict_capaciteit", "geen_opvang", "rechtmatigheid"}),
                           working_days(2)),
                      rung("E3", texts({"BGM", "WTH"}), texts({"veiligheid", "structureel_knelpunt"}), working_days(1)),
                      rung("E4", texts({"BGM"}), texts({"regionale_blokkade", "juridische_blokkade"}), Null{})}}},
          "De landelijke ladder E0 tot en met E4.", "5.6 (S-003, S-004, V, P)"};
}

NationalAnswer trigger(const Facts& facts) {
  const std::string why = text_fact(facts, "aanleiding");
  const auto answer = [](const char* level, const char* reason) {
    return NationalAnswer{Facts{{"niveau", level}, {"opschalen", true}}, reason, "5.6 (V, P)"};
  };
  if (why == "veiligheid" || why == "structureel_knelpunt")
    return answer("E3", "Veiligheid of een structureel knelpunt: bestuur.");
  if (why == "regionale_blokkade" || why == "juridische_blokkade")
    return answer("E4", "Regionale of juridische blokkade.");
  if (why == "conflict_capaciteit" || why == "geen_opvang" || why == "rechtmatigheid") {
    return answer("E2", "Leidinggevenden van de partners en het Zorg- en Veiligheidshuis.");
  }
  if (why == "actie_geblokkeerd" || why == "geen_regisseur")
    return answer("E1", "De casusregisseur of procesregisseur.");
  if (why == "partner_afwezig") {
    const bool twice = whole_fact(facts, "keren").value_or(1) >= 2;
    NationalAnswer absent =
        answer(twice ? "E1" : "E0", "Een partner die twee keer ontbreekt gaat naar de procesregisseur.");
    absent.facts["opschalen"] = twice;
    return absent;
  }
  NationalAnswer stays = answer("E0", "Blijft bij de professional en de eigen leidinggevende.");
  stays.facts["opschalen"] = false;
  return stays;
}

Field fact_trigger() {
  return leeg(keuze(
      "aanleiding",
      {"actie_te_laat", "actie_geblokkeerd", "partner_afwezig", "geen_regisseur", "conflict_capaciteit", "geen_opvang",
       "rechtmatigheid", "veiligheid", "structureel_knelpunt", "regionale_blokkade", "juridische_blokkade"},
      "waarom opschalen aan de orde is"));
}

}  // namespace

std::vector<Rule> national_meeting_rules() {
  std::vector<Rule> rules;
  rules.push_back({"overleg.stijl",
                   "In welke stijl een casusoverleg gaat en wie voorzit.",
                   "meeting.template",
                   "X11",
                   Override::gemeente_of_regio,
                   {fact_overleg_soort()},
                   {keuze("stijl", {"veiligheidshuis", "zorgtafel", "anders"}, "stijl"),
                    tekst("voorzitter_rol", "rol die voorzit", 20),
                    keuze("betrokkene", {"uitgenodigd", "geinformeerd"}, "wat de persoon zelf krijgt"),
                    janee("alleen_wie_kan_bijdragen", "alleen partijen die de situatie kunnen verbeteren")},
                   &style});
  rules.push_back(
      {"overleg.agenda",
       "De agenda van een casusoverleg.",
       "meeting.agenda",
       "X12",
       Override::gemeente_of_regio,
       {fact_overleg_soort()},
       {tekst("methode", "naam van de methode", 60),
        lijst("punten",
              groep("punt",
                    {getal("volgorde", "volgnummer", 1, 50), tekst("titel", "titel"),
                     keuze("soort",
                           {"opening", "persoon", "acties", "beeld", "oordeel", "besluit", "afschalen", "afsluiting"},
                           "soort agendapunt"),
                     getal("minuten", "geplande minuten", 0, 240)},
                    "agendapunt"),
              "agendapunten", 30)},
       &agenda});
  rules.push_back({"overleg.deelnemers",
                   "Wie voor een casusoverleg voorgesteld wordt, en wanneer het doorgaat.",
                   "meeting.participants",
                   "X11",
                   Override::gemeente_of_regio,
                   {fact_overleg_soort(), fact_leeftijd(), fact_vorm()},
                   {lijst("rollen", tekst("rol", "rol", 20), "voorgestelde deelnemers", 30),
                    lijst("quorum_rollen", tekst("rol", "rol", 20), "zonder hen gaat het niet door", 10),
                    getal("quorum_aantal", "minste aantal deelnemers", 1, 30)},
                   &participants});
  rules.push_back({"plan.leefgebieden",
                   "Langs welke leefgebieden het plan is ingedeeld.",
                   "plan.domains",
                   "X12",
                   Override::gemeente_of_regio,
                   {},
                   {lijst("leefgebieden", tekst("leefgebied", "naam", 60), "leefgebieden", 20)},
                   &domains});
  rules.push_back(
      {"escalatie.ladder",
       "De treden van opschalen: wie, wanneer en hoe snel.",
       "escalation.ladder",
       "X14",
       Override::gemeente_of_regio,
       {},
       {tekst("ladder", "naam van de ladder", 40),
        lijst("treden",
              groep("trede",
                    {tekst("niveau", "naam van de trede", 10), lijst("rollen", tekst("rol", "rol", 20), "wie", 10),
                     lijst("aanleidingen", tekst("aanleiding", "aanleiding", 60), "waardoor", 20),
                     leeg(duur("antwoord_binnen", "werkdagen"))},
                    "trede"),
              "treden, laagste eerst", 12)},
       &ladder});
  rules.push_back({"escalatie.aanleiding",
                   "Naar welke trede een aanleiding gaat.",
                   "escalation.trigger",
                   "X14",
                   Override::gemeente_of_regio,
                   {fact_trigger(), leeg(getal("keren", "hoe vaak het al gebeurde", 0, 1000))},
                   {tekst("niveau", "trede van de ladder", 10), janee("opschalen", "er wordt opgeschaald")},
                   &trigger});
  return rules;
}

}  // namespace draad::rules
