// What a code means, for `draad check --explain`: those of reading a file stand here, those of verify in verify/rules.h.
#include <algorithm>
#include <array>

#include "engine/app/finding_text.h"
#include "engine/verify/rules.h"

namespace draad::app {
namespace {

constexpr std::array kReading = {
    Explanation{"called_process_missing", "Het aangeroepen proces wordt niet mee gepubliceerd",
                "Een casus die hier komt, kan niet verder: het proces is er niet.",
                "Publiceer het aangeroepen proces mee, of verbeter de verwijzing.",
                "A called process is missing from the release."},
    Explanation{"duplicate_process", "Een proces staat twee keer in de publicatie",
                "Niemand weet dan welk van beide een casus volgt.", "Geef een van beide een ander id, of laat het weg.",
                "A process id occurs twice in the release."},
    Explanation{"formula_unreadable", "Een formule is niet te lezen",
                "De motor leest FEEL. Met deze formule loopt een casus hier vast.",
                "Schrijf de formule in FEEL, bijvoorbeeld: leeftijd < 18.", "An expression cannot be parsed as FEEL."},
    Explanation{"timer_unreadable", "Een tijd is niet te lezen",
                "Zonder leesbare tijd gaat de wekker of termijn nooit af.",
                "Schrijf bijvoorbeeld P5D, PT24H, 2026-03-02T09:00 of R3/P1D, of een '=' met een FEEL-formule.",
                "A timer or term is no ISO 8601 date, duration or repetition."},
    Explanation{"unconditioned_flow", "Een pijl uit een keuze heeft geen voorwaarde",
                "Niemand weet wanneer deze pijl gekozen wordt.",
                "Geef de pijl een voorwaarde, maak hem de standaardpijl, of zet een gebruikerstaak vlak voor de gateway.",
                "A flow out of a choice has neither a condition nor is it the default."},
    Explanation{"dangling_reference", "Een verwijzing wijst nergens heen",
                "Een pijl, bericht of ander onderdeel noemt een id dat niet in het bestand staat. De stap erachter is "
                "dan onbereikbaar, en wie op die "
                "weg zit valt uit beeld.",
                "Verbeter het id, of teken het ontbrekende onderdeel.",
                "A reference names an id that the file does not hold."},
    Explanation{"diagram_reference", "De tekening toont iets dat er niet is",
                "Het diagram verwijst naar een onderdeel dat niet in het proces staat. Het proces loopt wel, maar de "
                "tekening vertelt iets anders.",
                "Verwijder de vorm uit het diagram, of herstel het id.",
                "The diagram shows an element that the model does not hold."},
    Explanation{"duplicate_id", "Hetzelfde id komt twee keer voor",
                "Twee onderdelen hebben hetzelfde id. Een verwijzing ernaar kan dan beide bedoelen, en de casus kan de "
                "verkeerde weg nemen.",
                "Geef een van beide een nieuw id en pas de verwijzingen aan.", "Two elements carry the same id."},
    Explanation{"file_is_folder", "Dit is een map", "Hier is een bestand nodig, maar er staat een map.",
                "Noem een bestand in die map.", "Expected a file, but found a folder."},
    Explanation{"file_not_found", "Het bestand is er niet", "Op deze plek staat geen bestand.",
                "Controleer de naam en de map.", "There is no such file."},
    Explanation{"file_unreadable", "Het bestand is niet te openen",
                "Het bestand staat er, maar mag of kan niet worden gelezen.", "Controleer de rechten op het bestand.",
                "The file is there but cannot be read."},
    Explanation{"flow_crosses_scope", "Een pijl gaat door de rand van een deelproces",
                "Een stroom mag niet van binnen naar buiten een deelproces lopen. De motor zou niet weten wanneer het "
                "deelproces klaar is.",
                "Laat de pijl op de rand eindigen, of gebruik een gebeurtenis op de rand.",
                "A sequence flow crosses the border of a sub-process."},
    Explanation{
        "flow_list_mismatch", "Een stap noemt andere pijlen dan er zijn",
        "De lijst van inkomende of uitgaande pijlen bij een stap klopt niet met de pijlen zelf. De pijlen gelden.",
        "Open en bewaar het bestand in een BPMN-tekenprogramma.",
        "The incoming/outgoing lists of a node contradict the flows; the flows count."},
    Explanation{"form_class_missing", "Een veld heeft geen gegevensklasse",
                "Zonder klasse (D1 tot en met D14) weet niemand wie het veld mag zien of delen.",
                "Zet x-draad-klasse bij het veld.", "A form field has no data class."},
    Explanation{"form_class_unknown", "De gegevensklasse bestaat niet", "Er zijn veertien klassen, D1 tot en met D14.",
                "Kies de goede klasse.", "The data class is not one of D1 to D14."},
    Explanation{"form_fact_free_text", "Vrije tekst als feit",
                "Feiten blijven voor altijd in het journaal. In vrije tekst staat vroeg of laat een naam.",
                "Laat het veld naar de kluis gaan (haal x-draad-feit weg), of beperk het met enum of pattern.",
                "Free text must not become a fact: facts stay in the journal."},
    Explanation{"form_fact_repeated", "Twee velden zetten hetzelfde feit",
                "Welke van de twee telt, is dan niet te zeggen.", "Laat één veld het feit zetten.",
                "Two fields set the same fact."},
    Explanation{"form_keyword", "Een onbekend sleutelwoord in een formulier",
                "Een tikfout in een sleutelwoord zou een eis stilletjes laten vervallen, daarom is het een fout.",
                "Verbeter de spelling of haal het weg.", "A form holds a key word that forms do not know."},
    Explanation{"form_pattern", "Een patroon is niet te lezen",
                "Het patroon van een veld is geen geldig (RE2-)patroon.", "Schrijf het eenvoudiger.",
                "The pattern of a field is no valid RE2 pattern."},
    Explanation{"form_shape", "Een formulier heeft niet de goede vorm",
                "Een onderdeel van het formulier ontbreekt of is van het verkeerde soort.",
                "Zie engine/casework/form.h voor wat er mag staan.",
                "A part of the form is missing or of the wrong kind."},
    Explanation{"form_unreadable", "Een formulier is niet te lezen", "Het bestand is geen JSON, of groter dan 1 MB.",
                "Controleer haakjes, komma's en aanhalingstekens.", "The form is no JSON, or larger than 1 MB."},
    Explanation{"invalid_extension", "Een draad-uitbreiding heeft een verkeerde waarde",
                "Een draad:-attribuut of -element heeft een waarde die er niet bij hoort. De bedoeling (een rol, "
                "termijn, grondslag) zou verloren gaan.",
                "Zie engine/docs/bpmn-extensions.md.", "A draad: extension has a value that it cannot have."},
    Explanation{"invalid_value", "Een attribuut heeft een verkeerde waarde",
                "Een BPMN-attribuut heeft een waarde die de standaard niet kent.", "Verbeter de waarde.",
                "A BPMN attribute has a value that the standard does not know."},
    Explanation{"limit_attribute_length", "Een waarde is te lang", "Een attribuut is langer dan toegestaan.",
                "Zet lange teksten in documentation.", "An attribute value is too long."},
    Explanation{"limit_attributes", "Te veel attributen", "Een element heeft meer attributen dan toegestaan.",
                "Splits het element.", "An element has too many attributes."},
    Explanation{"limit_bytes", "Het bestand is te groot",
                "Grotere bestanden worden niet gelezen, zodat één bestand de computer niet kan vastzetten.",
                "Splits het model in meer bestanden.", "The file is larger than the limit."},
    Explanation{"limit_depth", "De elementen zitten te diep in elkaar", "Het bestand heeft meer lagen dan toegestaan.",
                "Verplaats delen naar een aangeroepen proces.", "Elements are nested too deeply."},
    Explanation{"limit_inclusive_joins", "Te veel pijlen naar inclusieve samenvoegingen",
                "Voor elke pijl naar een inclusief beslispunt rekent dit programma uit wie daar nog kan komen. Bij dit "
                "proces wordt dat te groot.",
                "Verdeel het proces in kleinere processen.",
                "Too many flows into inclusive joins to compute what can still reach them."},
    Explanation{"limit_elements", "Te veel elementen", "Het bestand heeft meer elementen dan toegestaan.",
                "Splits het model in meer bestanden.", "The file has too many elements."},
    Explanation{"link_ambiguous", "Een link heeft meer dan één doel",
                "Twee link-gebeurtenissen vangen dezelfde naam; de weg is dan dubbel.",
                "Geef elk linkpaar een eigen naam.", "Two link catch events share a name."},
    Explanation{"link_without_pair", "Een link heeft geen andere kant",
                "De weg houdt op bij een link zonder doel; de casus komt daar niet verder.",
                "Teken het andere eind van de link.", "A link event has no counterpart."},
    Explanation{"misplaced_element", "Een onderdeel staat op de verkeerde plek",
                "De BPMN-standaard kent dit onderdeel, maar niet op deze plek.", "Verplaats of verwijder het.",
                "A BPMN element stands where the standard does not allow it."},
    Explanation{"not_compiled", "Van dit proces is geen werkstroom te maken",
                "De onderdelen van het proces passen niet bij elkaar; de bevinding noemt het eerste dat niet klopt.",
                "Herstel eerst de andere bevindingen van dit bestand.", "No graph can be made of the process."},
    Explanation{"missing_id", "Een onderdeel heeft geen id",
                "Zonder id kan niets ernaar verwijzen, ook de uitleg van een fout niet.", "Geef het een id.",
                "An element has no id."},
    Explanation{"missing_process", "Er staat geen proces in",
                "Het bestand is BPMN, maar er is niets om te spelen of te beoordelen.", "Teken een proces.",
                "The file holds no process."},
    Explanation{"missing_reference", "Een verplichte verwijzing ontbreekt",
                "Een onderdeel moet iets noemen (een bron, doel of bericht) en doet dat niet.", "Vul de verwijzing in.",
                "A required reference is absent."},
    Explanation{"not_bpmn", "Dit is geen BPMN 2.0", "Het bestand is XML, maar geen BPMN 2.0-model.",
                "Bewaar het in uw tekenprogramma als BPMN 2.0.", "The file is XML but no BPMN 2.0 model."},
    Explanation{"process_not_found", "Dit proces is er niet", "Er is een proces genoemd dat niet in het bestand staat.",
                "Controleer het id.", "The named process is not in the file."},
    Explanation{"safeguards_missing", "Het bestand met waarborgen is er niet",
                "Het proces zegt dat er waarborgen gelden, maar niemand kan ze toetsen. Zo glipt een fout ongezien "
                "door de controle.",
                "Zet het bestand in de map van het proces, of verbeter de naam.",
                "The safeguards that the process names are not there."},
    Explanation{"undeclared_prefix", "Een voorvoegsel zonder uitleg",
                "Een naam begint met een voorvoegsel (zoals camunda:) dat nergens met xmlns wordt uitgelegd.",
                "Voeg xmlns:... toe aan <definitions>.", "A namespace prefix is used but not declared."},
    Explanation{"unknown_element", "Een onbekend onderdeel", "De BPMN-standaard kent dit onderdeel niet.",
                "Verbeter de naam of verwijder het.", "BPMN does not know this element."},
    Explanation{"unknown_extension", "Een onbekende draad-uitbreiding",
                "Een draad:-attribuut of -element bestaat niet. Waarschijnlijk een tikfout, en dan doet het niets.",
                "Zie engine/docs/bpmn-extensions.md.", "A draad: extension does not exist."},
    Explanation{"unsupported", "De motor kan dit niet uitvoeren",
                "Dit onderdeel is goede BPMN, maar de motor voert het niet uit. Hij slaat nooit iets stilletjes over: "
                "het bestand wordt geweigerd.",
                "Teken het met onderdelen die wel kunnen; de bevinding zegt welke.",
                "Valid BPMN that this engine does not run; never skipped silently."},
    Explanation{"unsupported_language", "Een voorwaarde of script in een andere taal",
                "De motor leest voorwaarden in FEEL en scripts in Lua. Andere talen voert hij niet uit.",
                "Schrijf de voorwaarde in FEEL of het script in Lua.",
                "A condition or script in a language that this engine does not run."},
    Explanation{"wrong_reference", "Een verwijzing wijst naar het verkeerde soort onderdeel",
                "Het genoemde id bestaat, maar is iets anders dan hier nodig is (een taak waar een bericht hoort).",
                "Verwijs naar het goede onderdeel.", "A reference resolves to the wrong kind of element."},
    Explanation{"xml_doctype", "Het bestand heeft een DOCTYPE met entiteiten",
                "Zo'n bestand kan andere bestanden binnenhalen of het geheugen vullen. Het wordt daarom geweigerd.",
                "Verwijder de DOCTYPE.", "A DOCTYPE that declares entities is refused."},
    Explanation{"xml_empty", "Het bestand is leeg", "Er staat niets in.", "Kies het goede bestand.",
                "The file is empty."},
    Explanation{"xml_encoding", "De tekenset is niet te lezen",
                "De tekens passen niet bij de tekenset die het bestand noemt.", "Bewaar het bestand als UTF-8.",
                "The bytes do not fit the declared encoding."},
    Explanation{"xml_malformed", "Dit is geen goede XML",
                "Een tag is niet gesloten of er staat een verkeerd teken. Het bestand is niet te lezen.",
                "Open het in een BPMN-tekenprogramma en bewaar het opnieuw, of herstel de genoemde regel.",
                "The XML is not well formed."},
};

}  // namespace

std::optional<Explanation> find_explanation(std::string_view code) {
  const auto found =
      std::find_if(kReading.begin(), kReading.end(), [code](const Explanation& one) { return one.code == code; });
  if (found != kReading.end()) return *found;
  const verify::RuleText* rule = verify::find_rule(code);
  if (rule == nullptr) return std::nullopt;
  return Explanation{rule->code, rule->title, rule->explanation, rule->mend, rule->explanation_en};
}

std::vector<std::string_view> known_codes() {
  std::vector<std::string_view> codes;
  for (const Explanation& one : kReading) codes.push_back(one.code);
  for (const verify::RuleText& rule : verify::rules()) codes.push_back(rule.code);
  std::sort(codes.begin(), codes.end());
  return codes;
}

}  // namespace draad::app
