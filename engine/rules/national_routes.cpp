// Where it goes: advice, care coordinator, report point, enforcement, shelter desk, prevention partner, partner abroad.
#include "engine/rules/internal/fields.h"
#include "engine/rules/internal/national.h"

namespace draad::rules {
namespace {

using namespace fields;

bool minor(const Facts& facts) {
  const auto age = whole_fact(facts, "leeftijd");
  return age.has_value() && *age < 18;
}

NationalAnswer advice(const Facts& facts) {
  Facts answer{{"adviseur_rol", "ZCO"}, {"tweede_adviseur_rol", "CMH"}, {"zonder_naam", true}};
  if (true_fact(facts, "amv")) {
    answer["adviseur_rol"] = "NID";
    answer["tweede_adviseur_rol"] = "AVI";
    return {std::move(answer), "Alleenstaande minderjarige vreemdeling: Nidos en AVIM weten de weg.", "tabel 3.4 (V)"};
  }
  if (minor(facts)) {
    answer["adviseur_rol"] = "VTH";
    answer["tweede_adviseur_rol"] = "ZCO";
    return {std::move(answer), "Minderjarig: advies van Veilig Thuis, zonder naam.", "P2.3 (V)"};
  }
  if (text_fact(facts, "vorm") == "arbeid") {
    answer["adviseur_rol"] = "FRW";
    answer["tweede_adviseur_rol"] = "NLA";
    return {std::move(answer), "Uitbuiting in werk: advies van FairWork of de Arbeidsinspectie, zonder naam.",
            "P2.3 (V)"};
  }
  return {std::move(answer), "Advies van de zorgcoördinator of de helpdesk van CoMensha, zonder naam.", "P2.3 (V)"};
}

NationalAnswer care_coordinator(const Facts&) {
  return {Facts{{"zorgcoordinator_rol", "ZCO"}, {"zorgcoordinator_partij", Null{}}, {"op_afstand", false}},
          "De zorgcoördinator van de regio; is die er niet, dan coördineert CoMensha op afstand.", "P4.2 (V)"};
}

NationalAnswer report_point(const Facts& facts) {
  Facts answer{{"meldpunt_rol", "AFM"}, {"meldpunt_partij", Null{}}, {"altijd_bereikbaar", false}};
  if (true_fact(facts, "amv")) {
    answer["meldpunt_rol"] = "NID";
    return {std::move(answer), "Alleenstaande minderjarige vreemdeling: Nidos.", "tabel 3.4 (V)"};
  }
  if (minor(facts)) {
    answer["meldpunt_rol"] = "VTH";
    answer["altijd_bereikbaar"] = true;
    return {std::move(answer), "Minderjarig: Veilig Thuis (eerst advies).", "tabel 3.4 (V)"};
  }
  return {std::move(answer), "De aandachtsfunctionaris van de gemeente.", "S-000"};
}

NationalAnswer enforcement(const Facts& facts) {
  const std::string kind = text_fact(facts, "soort_signaal");
  if (kind == "locatie" || kind == "bedrijf" || kind == "netwerk") {
    return {Facts{{"ontvangers", texts({"RIE", "OOV"})}, {"gebundeld", true}},
            "Signaal over een plek, bedrijf of netwerk: RIEC en openbare orde, zonder zorggegevens.", "tabel 3.4 (V)"};
  }
  if (text_fact(facts, "vorm") == "arbeid") {
    return {Facts{{"ontvangers", texts({"NLA"})}, {"gebundeld", false}},
            "Uitbuiting in werk: de Nederlandse Arbeidsinspectie.", "tabel 3.4 (V)"};
  }
  return {Facts{{"ontvangers", texts({"AVI"})}, {"gebundeld", false}}, "De politie (AVIM).", "tabel 3.4 (V)"};
}

NationalAnswer shelter_desk(const Facts& facts) {
  const auto answer = [](const char* kind, const char* desk, const char* reason, const char* basis) {
    return NationalAnswer{
        Facts{{"opvang_soort", kind}, {"intake_rol", desk}, {"intake_partij", Null{}}, {"centrumgemeente", Null{}}},
        reason, basis};
  };
  const std::string residence = text_fact(facts, "verblijfsgroep");
  if (true_fact(facts, "amv")) {
    return answer("beschermde_opvang", "NID", "Alleenstaande minderjarige vreemdeling: beschermde opvang, via Nidos.",
                  "tabel 3.9 (S-001)");
  }
  if (minor(facts)) {
    return answer("jeugdhulp", "JGD", "Minderjarig: jeugdhulp, via de toegang jeugd van de gemeente.",
                  "tabel 3.9 (S-002)");
  }
  if (true_fact(facts, "bedenktijd_loopt") && residence == "derdeland_zonder_verblijf") {
    return answer("cosm", "CMH", "In de bedenktijd zonder verblijfsrecht: COSM; alleen CoMensha plaatst daar.",
                  "tabel 3.9 (S-000, V)");
  }
  if (true_fact(facts, "meervoudige_problematiek")) {
    return answer("omm", "CMH", "Meervoudige problematiek: CoMensha kan rechtstreeks plaatsen.",
                  "tabel 3.9 (S-003, V)");
  }
  return answer("regulier", "WMO", "Reguliere opvang; de centrumgemeente besluit, CoMensha bemiddelt.",
                "tabel 3.9 (V)");
}

NationalAnswer criminal_exploitation(const Facts&) {
  return {Facts{{"preventiepartner", Null{}}}, "Landelijk is er geen partner van Preventie met Gezag toegevoegd.",
          "S-002"};
}

NationalAnswer foreign_partner(const Facts&) {
  return {Facts{{"partijen", List{}}}, "Landelijk zijn er geen vaste partners over de grens.", "ontwerpkeuze (P)"};
}

}  // namespace

std::vector<Rule> national_route_rules() {
  std::vector<Rule> rules;
  rules.push_back({"route.duiding",
                   "Wie meedenkt over een onduidelijk signaal, zonder naam; niet wat het signaal betekent.",
                   "route.interpretation",
                   "P2.3",
                   Override::gemeente_of_regio,
                   {fact_leeftijd(), fact_vorm(), fact_amv()},
                   {tekst("adviseur_rol", "rol die advies geeft", 20),
                    leeg(tekst("tweede_adviseur_rol", "als de eerste er niet is", 20)),
                    janee("zonder_naam", "advies vragen zonder naam")},
                   &advice});
  rules.push_back(
      {"route.zorgcoordinator",
       "Welke zorgcoördinator de verwijzing krijgt; geen partij en op_afstand betekent CoMensha op afstand.",
       "route.care_coordinator",
       "X02 X03 X04",
       Override::gemeente_of_regio,
       {fact_leeftijd(), fact_vorm()},
       {keuze("zorgcoordinator_rol", {"ZCO", "CMH"}, "rol die coördineert"),
        leeg(tekst("zorgcoordinator_partij", "code in het adresboek", 64)),
        janee("op_afstand", "CoMensha coördineert op afstand")},
       &care_coordinator});
  rules.push_back(
      {"route.meldpunt",
       "Bij welk meldpunt een signaal hoort.",
       "route.report_point",
       "X05",
       Override::gemeente_of_regio,
       {fact_leeftijd(), fact_amv(), fact_acuut()},
       {tekst("meldpunt_rol", "rol van het meldpunt", 20), leeg(tekst("meldpunt_partij", "code in het adresboek", 64)),
        janee("altijd_bereikbaar", "dag en nacht bereikbaar")},
       &report_point});
  rules.push_back({"route.handhaving",
                   "Welke handhavers een signaal krijgen, in welke volgorde, los of gebundeld.",
                   "route.enforcement",
                   "X06",
                   Override::gemeente_of_regio,
                   {fact_vorm(), leeg(keuze("soort_signaal", {"persoon", "locatie", "bedrijf", "netwerk"},
                                            "waar het signaal over gaat"))},
                   {lijst("ontvangers", tekst("rol", "rol", 20), "rollen in volgorde", 10),
                    janee("gebundeld", "signalen gaan samen, niet elk apart")},
                   &enforcement});
  rules.push_back(
      {"route.opvang_intake",
       "Bij welk loket een vraag om opvang begint. Niemand wordt hier geweigerd: dat besluit een mens.",
       "route.shelter_intake",
       "X22",
       Override::gemeente_of_regio,
       {fact_leeftijd(), fact_amv(),
        leeg(keuze("verblijfsgroep",
                   {"nederlands", "eu", "derdeland_met_verblijf", "derdeland_zonder_verblijf", "onbekend"},
                   "recht op verblijf, nodig voor het juiste loket")),
        leeg(janee("bedenktijd_loopt", "de bedenktijd loopt")),
        leeg(janee("meervoudige_problematiek", "meer problemen tegelijk"))},
       {keuze("opvang_soort", {"cosm", "omm", "regulier", "jeugdhulp", "beschermde_opvang"}, "soort opvang"),
        tekst("intake_rol", "rol van het loket", 20), leeg(tekst("intake_partij", "code in het adresboek", 64)),
        leeg(tekst("centrumgemeente", "CBS-code van de centrumgemeente", 6))},
       &shelter_desk});
  rules.push_back({"route.criminele_uitbuiting",
                   "Of een partner van Preventie met Gezag aansluit bij criminele uitbuiting.",
                   "route.criminal_exploitation",
                   "X15",
                   Override::gemeente_of_regio,
                   {fact_leeftijd(), fact_vorm()},
                   {leeg(tekst("preventiepartner", "code in het adresboek", 64))},
                   &criminal_exploitation});
  rules.push_back(
      {"route.buitenlandse_partner",
       "Welke zorg- of politiepartner over de grens meedoet.",
       "route.foreign_partner",
       "X17",
       Override::gemeente_of_regio,
       {leeg(keuze("buurland", {"belgie", "duitsland", "geen"}, "land waar het signaal over de grens heen wijst"))},
       {lijst("partijen",
              groep("partner",
                    {keuze("soort", {"zorg", "politie"}, "soort partner"), tekst("partij", "code in het adresboek", 64),
                     keuze("land", {"belgie", "duitsland"}, "land")},
                    "partner over de grens"),
              "partners over de grens", 10)},
       &foreign_partner});
  return rules;
}

}  // namespace draad::rules
