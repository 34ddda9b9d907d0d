// What the behavioural findings, the safeguards and the conditions mean, and the list of all codes with them.
#include <algorithm>
#include <array>

#include "engine/verify/rules/rule.h"

namespace draad::verify {

namespace {

constexpr std::array kBehaviour = {
    RuleText{"branch_never_taken", Severity::error, "een tak wordt nooit gekozen",
             "De voorwaarde van deze tak kan voor geen enkele waarde waar zijn, of een eerdere tak neemt alles weg. Wie op "
             "deze tak rekent, rekent op niets.",
             "Verbeter de voorwaarde, of haal de tak weg.", "No values make this branch be taken."},
    RuleText{"branches_not_exhaustive", Severity::error, "een casus kan tussen twee takken door vallen",
             "Er zijn waarden waarvoor geen enkele tak geldt; de bevinding noemt een voorbeeld. Zo'n casus blijft staan.",
             "Geef een tak ook deze waarden, of maak een tak de standaard (default).",
             "Some values satisfy no branch and there is no default flow; the finding gives an example."},
    RuleText{"branches_overlap", Severity::info, "twee takken gelden tegelijk",
             "Voor sommige waarden gelden twee takken. De eerste in het bestand wint; de bevinding noemt een voorbeeld.",
             "Maak de voorwaarden scherper als dat niet de bedoeling is.",
             "Two branches of an exclusive choice hold for the same values; the first wins."},
    RuleText{"condition_language", Severity::info, "voorwaarden in een andere taal",
             "De voorwaarden zijn niet in FEEL geschreven. Zij zijn daarom niet beoordeeld.",
             "Schrijf ze in FEEL als de motor ze moet uitvoeren.", "Conditions in another language were not judged."},
    RuleText{"condition_type", Severity::error, "een voorwaarde vergelijkt verschillende soorten",
             "Een getal wordt met tekst vergeleken, of iets dergelijks. Het antwoord is dan nooit ja.",
             "Vergelijk met een waarde van de soort die bij draad:feit staat.",
             "A condition compares values of different types."},
    RuleText{"condition_undecided", Severity::info, "een voorwaarde is niet te beslissen",
             "Of alle waarden een tak hebben, is hier niet vooraf te zeggen; de bevinding noemt de reden.",
             "Schrijf de voorwaarde eenvoudiger, of geef een standaardtak.",
             "Whether the branches are exhaustive could not be decided; the reason is given."},
    RuleText{"condition_undefined", Severity::error, "een voorwaarde heeft geen antwoord",
             "Als een feit leeg is, is deze voorwaarde waar noch onwaar. De casus loopt dan vast met een incident.",
             "Vang leeg af (feit = null), of maak het feit verplicht.",
             "A condition is neither true nor false for some values, for example a null fact."},
    RuleText{"condition_unreadable", Severity::error, "een voorwaarde is niet te lezen",
             "De voorwaarde is geen goede FEEL. Een casus loopt er vast.",
             "Verbeter de voorwaarde op de genoemde plek.", "A condition cannot be parsed as FEEL."},
    RuleText{
        "deadlock", Severity::error, "de casus kan stilvallen",
        "Er is een volgorde waarin niets meer kan gebeuren terwijl de casus niet klaar is: ergens wordt gewacht op een "
        "pad dat niet meer komt. Een slachtoffer wacht dan zonder dat iemand het ziet.",
        "Laat elke samenvoeging passen bij de splitsing ervoor.",
        "A reachable marking that is not final and in which nothing can ever move."},
    RuleText{"dead_activity", Severity::error, "een stap kan nooit gebeuren",
             "Geen enkel pad komt bij deze stap. Wie erop rekent (een termijn, een overdracht) rekent op niets.",
             "Verbind de stap met het proces, of haal hem weg.", "An activity that no run can ever reach."},
    RuleText{
        "improper_completion", Severity::warning, "een einde wordt vaker dan een keer bereikt",
        "In dezelfde casus komt meer dan een pad op dit einde uit. Het mag, maar vaak is een samenvoeging vergeten.",
        "Voeg de paden samen, of geef elk pad een eigen einde.",
        "An end event that can be reached more than once in one run."},
    RuleText{
        "lack_of_synchronisation", Severity::error, "een stap kan dubbel gebeuren",
        "Twee draden die eerder gesplitst zijn, komen op een plek bij elkaar zonder te worden samengevoegd. Een brief "
        "gaat dan twee keer uit, een termijn begint twee keer.",
        "Voeg samen met een parallel beslispunt, of splits met een exclusief.",
        "A flow or a node can hold more than one token at a time; also unbounded growth."},
    RuleText{"livelock", Severity::error, "de casus kan eindeloos rondgaan",
             "Vanaf een punt blijft er steeds iets te doen, maar het einde is niet meer te bereiken.",
             "Geef de lus een uitgang die naar een einde leidt.",
             "From some reachable marking on, something always moves but the end cannot be reached."},
    RuleText{"no_option_to_complete", Severity::error, "niet elke casus kan aan een einde komen",
             "Er is een punt waarna het einde niet meer te bereiken is.", "Zorg dat elk pad naar een einde leidt.",
             "The end cannot be reached from some reachable marking."},
    RuleText{"stuck_until_interrupted", Severity::warning, "de casus staat stil tot er iets van buiten komt",
             "Van binnen gaat niets meer verder; alleen een termijn, bericht, signaal of voorwaarde die het geheel "
             "afbreekt, "
             "haalt de casus eruit.",
             "Zorg dat elk pad zelf verder kan.", "A scope can come to a standstill that only an interruption ends."},
    RuleText{"undecided", Severity::warning, "niet vastgesteld",
             "Het zoeken is gestopt op een grens, of een onderdeel heeft hier geen vaste betekenis. Er is niets "
             "bewezen, ook "
             "niet dat het goed is.",
             "Maak het proces eenvoudiger, of zet een deel in een eigen subproces.",
             "Not decided: the budget ran out or an element has no settled meaning. Nothing was proved."},
    RuleText{"unknown_fact", Severity::error, "een voorwaarde noemt een onbekend feit",
             "Het feit is nergens vastgelegd, dus het is altijd leeg. Vaak is het een tikfout.",
             "Leg het vast met draad:feit, of verbeter de naam.", "A condition names a fact that is not declared."},
    RuleText{"undelivered_message", Severity::error, "een bericht wordt nooit ontvangen",
             "De deelnemers kunnen allemaal klaar zijn terwijl er een bericht is dat niemand heeft gelezen.",
             "Laat de ontvanger op het bericht wachten op elk pad waarop het gestuurd kan zijn.",
             "All participants can end while a message was received by nobody."},
    RuleText{"waarborg_anker_onbekend", Severity::warning, "een waarborg noemt een onbekende stap",
             "Geen stap heeft dit anker. De waarborg stelt dan gerust zonder reden.",
             "Geef de stap het anker, of verbeter de naam.", "A safeguard names an anchor that no step has."},
    RuleText{"waarborg_bij_uitvoering", Severity::info, "een waarborg blijkt pas bij de uitvoering",
             "Of het op tijd gebeurt, of door een ander, is vooraf niet te bewijzen. De motor bewaakt dit nog niet zelf.",
             "Geef de stappen ertussen een termijn of een timer die afbreekt, als het bewezen moet zijn.",
             "A safeguard that shows only at run time; the engine does not watch it yet."},
    RuleText{"waarborg_geschonden", Severity::error, "een waarborg geldt niet op elk pad",
             "Er is een pad waarop een afspraak die altijd moet gelden, niet geldt. Het pad staat erbij.",
             "Volg het pad in het diagram en sluit het gat.", "A safeguard does not hold on every path."},
    RuleText{"waarborg_niet_begrepen", Severity::error, "een regel in het waarborgenbestand is geen waarborg",
             "De zin past bij geen van de vormen, dus hij bewaakt niets.",
             "Schrijf de zin zoals engine/docs/waarborgen.md hem noemt.",
             "A line of the safeguards file is no safeguard."},
};

std::vector<RuleText> all_texts() {
  std::vector<RuleText> texts(kBehaviour.begin(), kBehaviour.end());
  for (const Rule* rule : structure_rules()) texts.push_back(rule->text);
  std::sort(texts.begin(), texts.end(), [](const RuleText& a, const RuleText& b) { return a.code < b.code; });
  return texts;
}

}  // namespace

std::span<const RuleText> rules() {
  static const std::vector<RuleText> texts = all_texts();
  return texts;
}

const RuleText* find_rule(std::string_view code) {
  for (const RuleText& text : rules())
    if (text.code == code) return &text;
  return nullptr;
}

}  // namespace draad::verify
