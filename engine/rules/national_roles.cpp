// Who does it: focal person, pairs, who weighs a share, scope of the policy, where signals come from, interpreter.
#include "engine/rules/internal/fields.h"
#include "engine/rules/internal/national.h"

namespace draad::rules {
namespace {

using namespace fields;

NationalAnswer focal_person(const Facts&) {
  return {
      Facts{
          {"aandachtsfunctionaris_rol", "AFM"}, {"vervanger_rol", "AFV"}, {"taak", "contactpunt"}, {"partij", Null{}}},
      "Elke gemeente heeft een aandachtsfunctionaris mensenhandel als contactpunt; de vervanger neemt waar.", "S-000"};
}

NationalAnswer pairs(const Facts&) {
  return {Facts{{"koppels", List{}}}, "Landelijk hoeven rollen niet in koppels te werken.", "ontwerpkeuze (P)"};
}

NationalAnswer sharing_assessor(const Facts&) {
  return {Facts{{"beoordelaar_rol", "AFM"}, {"vervanger_rol", "AFV"}, {"vier_ogen", true}},
          "De aandachtsfunctionaris beoordeelt de deling, en een tweede persoon kijkt mee. De uitkomst is aan hen.",
          "X21 (P)"};
}

NationalAnswer policy_scope(const Facts&) {
  return {Facts{{"beleid_soort", "landelijk"}, {"beleid_naam", Null{}}, {"meldroute", Null{}}},
          "Er is geen lokaal of regionaal beleid opgegeven; de landelijke werkstroom geldt.", "ontwerpkeuze (P)"};
}

Value source(const char* code, const char* name, const char* channel) {
  return Facts{{"code", code}, {"naam", name}, {"kanaal", channel}};
}

NationalAnswer signal_sources(const Facts&) {
  return {Facts{{"bronnen", List{source("melder", "Ambtenaar of professional", "formulier"),
                                 source("burger", "Inwoner", "telefoon"),
                                 source("politie", "Zorgmelding van de politie", "bericht"),
                                 source("veilig_thuis", "Overdracht door Veilig Thuis", "bericht"),
                                 source("chat", "Chat via de zorgcoördinator", "zorgcoordinator"),
                                 source("zvh", "Zorg- en Veiligheidshuis", "bericht")}}},
          "De ingangen die de landelijke werkstroom kent.", "S-004"};
}

NationalAnswer interpreter(const Facts&) {
  return {Facts{{"tolk_leverancier", Null{}}, {"eenvoudige_brief", true}, {"tolk_buiten_gemeenschap", true}},
          "Een tolk komt nooit uit dezelfde gemeenschap; brieven zijn in eenvoudige taal.", "P3.2 (P)"};
}

}  // namespace

std::vector<Rule> national_role_rules() {
  std::vector<Rule> rules;
  rules.push_back({"beleid.reikwijdte",
                   "Of er lokaal of regionaal beleid met een eigen meldroute geldt.",
                   "policy.scope",
                   "X07 X08",
                   Override::gemeente_of_regio,
                   {},
                   {keuze("beleid_soort", {"landelijk", "regionaal", "lokaal"}, "welk beleid geldt"),
                    leeg(tekst("beleid_naam", "titel van het beleidsstuk")),
                    leeg(tekst("meldroute", "waar de interne meldroute beschreven staat"))},
                   &policy_scope});
  rules.push_back(
      {"deling.beoordelaar",
       "Welke rol beoordeelt of gegevens gedeeld worden; nooit of het mag.",
       "sharing.approver",
       "X21",
       Override::gemeente_of_regio,
       {leeg(tekst("delingsrij", "rij van de delingsmatrix (M1 tot en met M30)", 8)),
        leeg(lijst("gegevensklassen", tekst("klasse", "D1 tot en met D14", 4), "klassen die gedeeld worden")),
        fact_acuut()},
       {tekst("beoordelaar_rol", "rol die beoordeelt", 20), leeg(tekst("vervanger_rol", "wie waarneemt", 20)),
        janee("vier_ogen", "een tweede persoon kijkt mee")},
       &sharing_assessor});
  rules.push_back({"rol.aandachtsfunctionaris",
                   "Wie de aandachtsfunctionaris is, wie waarneemt, en hoe groot de taak is.",
                   "roles.focal_person",
                   "X01",
                   Override::gemeente_of_regio,
                   {},
                   {tekst("aandachtsfunctionaris_rol", "rol", 20), tekst("vervanger_rol", "rol die waarneemt", 20),
                    keuze("taak", {"contactpunt", "coordinator", "ketenregisseur"}, "omvang van de taak"),
                    leeg(tekst("partij", "code in het adresboek als een ander de taak uitvoert", 64))},
                   &focal_person});
  rules.push_back({"rol.koppels",
                   "Welke rollen samen optrekken.",
                   "roles.pairs",
                   "X18",
                   Override::gemeente_of_regio,
                   {fact_vorm()},
                   {lijst("koppels",
                          groep("koppel",
                                {tekst("rol", "de ene rol", 20), tekst("met_rol", "de andere rol", 20),
                                 tekst("taak", "waarbij zij samen optrekken")},
                                "twee rollen"),
                          "rollen die een koppel vormen", 20)},
                   &pairs});
  rules.push_back({"signaal.bronnen",
                   "Langs welke wegen signalen binnenkomen.",
                   "signal.sources",
                   "X16",
                   Override::gemeente_of_regio,
                   {},
                   {lijst("bronnen",
                          groep("bron",
                                {tekst("code", "korte naam", 40), tekst("naam", "naam voor mensen"),
                                 tekst("kanaal", "hoe het binnenkomt", 40)},
                                "een weg naar binnen"),
                          "wegen naar binnen", 40)},
                   &signal_sources});
  rules.push_back({"taal.tolk",
                   "Welke tolkdienst, en welke taal in brieven.",
                   "text.lang",
                   "X23",
                   Override::gemeente_of_regio,
                   {leeg(tekst("taal", "taalcode die de persoon zelf noemt, bijvoorbeeld 'ro'", 12)), fact_acuut()},
                   {leeg(tekst("tolk_leverancier", "code in het adresboek", 64)),
                    janee("eenvoudige_brief", "brieven in eenvoudige taal"),
                    janee("tolk_buiten_gemeenschap", "tolk niet uit dezelfde gemeenschap")},
                   &interpreter});
  return rules;
}

}  // namespace draad::rules
