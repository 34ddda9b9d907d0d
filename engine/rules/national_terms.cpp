// When: local terms, calendar and rota, the care-and-safety house's days, what to do with a late action, extra form
// fields. Terms of law are not here: they stand in the national workflow, and no plugin can move them.
#include "engine/rules/internal/fields.h"
#include "engine/rules/internal/national.h"

namespace draad::rules {
namespace {

using namespace fields;

Duration days(std::int32_t count) {
  Duration duration;
  duration.days = count;
  return duration;
}
Duration months(std::int32_t count) {
  Duration duration;
  duration.months = count;
  return duration;
}

NationalAnswer terms(const Facts&) {
  return {Facts{{"termijn_oppakken", days(1)},
                {"termijn_duiding", days(5)},
                {"termijn_zorgcoordinator", days(2)},
                {"termijn_planherziening", days(84)},
                {"termijnen_nazorg", List{months(1), months(3), months(6), months(12)}},
                {"herinneringen_dagen", List{-3, 0, 3, 7}}},
          "Werkbare waarden zolang gemeente of regio niets afspreekt; geen wettelijke termijnen.",
          "T02-T04, T26-T28 (P)"};
}

NationalAnswer calendar(const Facts&) {
  return {Facts{{"sluitingsdagen", List{}}, {"bereikbaarheid", List{}}},
          "Alleen de landelijke feestdagen; geen eigen sluitingsdagen of piket opgegeven.", "X19 (P)"};
}

NationalAnswer submission(const Facts&) {
  return {Facts{{"weegdag", Null{}},
                {"sluitdag", Null{}},
                {"sluittijd", Null{}},
                {"contact_binnen", Null{}},
                {"portaal", Null{}}},
          "Landelijk geldt geen vaste weegdag of reactietermijn; vraag het Zorg- en Veiligheidshuis.",
          "T20, T21 (V: verschilt per regio)"};
}

NationalAnswer preconditions(const Facts&) {
  return {Facts{{"eerst_doen", List{}}, {"regie_vooraf_rol", Null{}}},
          "Landelijk is niets vooraf verplicht; de ingangscriteria weegt het Zorg- en Veiligheidshuis zelf.",
          "landelijk kader (V)"};
}

NationalAnswer late_action(const Facts& facts) {
  const auto late = whole_fact(facts, "dagen_te_laat").value_or(0);
  Facts answer{{"stap", "herinneren"}, {"aan_rol", Null{}}, {"niveau", "E0"}, {"opnieuw_na", days(3)}};
  if (true_fact(facts, "geblokkeerd")) {
    answer["stap"] = "opschalen";
    answer["aan_rol"] = "CRG";
    answer["niveau"] = "E1";
    return {std::move(answer), "De actie is geblokkeerd: de casusregisseur kijkt mee.", "ladder 5.6 (V, P)"};
  }
  if (late >= 7) {
    answer["stap"] = "opschalen";
    answer["aan_rol"] = "CRG";
    answer["niveau"] = "E1";
    return {std::move(answer), "Een week of meer te laat: opschalen naar de casusregisseur.", "T28, ladder 5.6 (P)"};
  }
  if (late >= 3) {
    answer["stap"] = "bellen";
    return {std::move(answer), "Drie dagen of meer te laat: bel de eigenaar van de actie.", "T28 (P)"};
  }
  return {std::move(answer), "Kort te laat: stuur een herinnering.", "T28 (P)"};
}

NationalAnswer extra_fields(const Facts&) {
  return {Facts{{"velden", List{}}}, "Landelijk zijn er geen extra velden.", "X20 (P)"};
}

std::vector<std::string> weekdays() {
  return {"ma", "di", "wo", "do", "vr", "za", "zo"};
}

}  // namespace

std::vector<Rule> national_term_rules() {
  std::vector<Rule> rules;
  rules.push_back(
      {"termijn.waarden",
       "De termijnen die gemeente of regio zelf kiest; nooit een termijn uit de wet.",
       "timer.values",
       "X19",
       Override::gemeente_of_regio,
       {fact_vorm(), fact_acuut(), fact_leeftijd()},
       {duur("termijn_oppakken", "aandachtsfunctionaris pakt het signaal op (T02, werkdagen)"),
        duur("termijn_duiding", "duiding klaar (T03, werkdagen)"),
        duur("termijn_zorgcoordinator", "zorgcoördinator neemt de verwijzing aan (T04, werkdagen)"),
        duur("termijn_planherziening", "plan opnieuw bekijken (T27)"),
        lijst("termijnen_nazorg", duur("termijn", "na afsluiting van de hulp"), "contactmomenten nazorg (T26)", 12),
        lijst("herinneringen_dagen", getal("dag", "dagen ten opzichte van de einddatum", -60, 60),
              "herinneringen aan een actie (T28)", 12)},
       &terms});
  rules.push_back({"kalender.lokaal",
                   "Eigen sluitingsdagen en wie buiten kantooruren bereikbaar is.",
                   "calendar",
                   "X19",
                   Override::gemeente_of_regio,
                   {leeg(getal("jaar", "kalenderjaar dat gevraagd wordt", 2000, 2200))},
                   {lijst("sluitingsdagen", datum("dag", "gesloten dag"), "dagen waarop de gemeente dicht is", 60),
                    lijst("bereikbaarheid",
                          groep("dienst",
                                {keuze("dag", weekdays(), "dag"), tekst("van", "begin, 17:00", 5),
                                 tekst("tot", "einde, 08:30", 5), tekst("partij", "code in het adresboek", 64)},
                                "een dienst"),
                          "piket", 60)},
                   &calendar});
  rules.push_back({"zvh.aanmelding",
                   "Weegdag, sluittijd, reactietermijn en portaal van het Zorg- en Veiligheidshuis; nooit de uitslag "
                   "van de weging.",
                   "zvh.calendar, zvh.sla, adapter.zvh",
                   "X09 X10",
                   Override::gemeente_of_regio,
                   {fact_acuut()},
                   {leeg(keuze("weegdag", weekdays(), "dag van de weging")),
                    leeg(keuze("sluitdag", weekdays(), "laatste dag van aanmelden")),
                    leeg(tekst("sluittijd", "laatste tijdstip op die dag, 12:00", 5)),
                    leeg(duur("contact_binnen", "eerste contact na aanmelding (werkdagen)")),
                    leeg(tekst("portaal", "code van het aanmeldportaal", 64))},
                   &submission});
  rules.push_back({"zvh.voorwaarden",
                   "Wat gedaan moet zijn vóór een aanmelding bij het Zorg- en Veiligheidshuis.",
                   "zvh.preconditions",
                   "X13",
                   Override::gemeente_of_regio,
                   {fact_acuut(), fact_vorm()},
                   {lijst("eerst_doen", tekst("stap", "wat eerst gedaan moet zijn"), "stappen vooraf", 20),
                    leeg(tekst("regie_vooraf_rol", "rol die tot dan de regie heeft", 20))},
                   &preconditions});
  rules.push_back({"actie.te_laat",
                   "Wat er gebeurt met een actie die te laat of geblokkeerd is.",
                   "action.overdue",
                   "X14 X19",
                   Override::gemeente_of_regio,
                   {getal("dagen_te_laat", "werkdagen na de einddatum", 0, 10000),
                    leeg(keuze("prioriteit", {"laag", "gewoon", "hoog"}, "prioriteit van de actie")),
                    leeg(getal("herinneringen", "aantal herinneringen dat al gestuurd is", 0, 1000)),
                    leeg(janee("geblokkeerd", "de eigenaar kan niet verder"))},
                   {keuze("stap", {"herinneren", "bellen", "opschalen", "agenderen"}, "wat er nu gebeurt"),
                    leeg(tekst("aan_rol", "rol die het krijgt; leeg: de eigenaar", 20)),
                    tekst("niveau", "trede van de ladder", 10), duur("opnieuw_na", "wanneer opnieuw kijken")},
                   &late_action});
  rules.push_back(
      {"formulier.extra_velden",
       "Welke velden een formulier er plaatselijk bij krijgt.",
       "form.extra",
       "X20",
       Override::gemeente_of_regio,
       {leeg(tekst("formulier", "naam van het formulier", 64)), fact_vorm(),
        leeg(keuze("soort_locatie",
                   {"woning", "vakantiepark", "huisvesting_seizoenswerk", "bedrijf", "vergund_bedrijf", "luchthaven",
                    "haven", "school", "online", "anders"},
                   "soort plek van het signaal"))},
       {lijst("velden",
              groep("veld",
                    {tekst("naam", "naam in de gegevens", 64), tekst("label", "wat de gebruiker leest"),
                     keuze("soort", {"janee", "getal", "tekst", "keuze", "datum"}, "soort veld"),
                     keuze("klasse",
                           {"D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10", "D11", "D12", "D13", "D14"},
                           "gegevensklasse"),
                     janee("verplicht", "moet ingevuld zijn"),
                     leeg(lijst("keuzes", tekst("keuze", "waarde"), "waarden van een keuze", 30))},
                    "een extra veld"),
              "extra velden", 30)},
       &extra_fields});
  return rules;
}

}  // namespace draad::rules
