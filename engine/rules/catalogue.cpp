#include "engine/rules/catalogue.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>

#include "engine/rules/internal/fields.h"
#include "engine/rules/internal/national.h"

namespace draad::rules {

std::string_view to_string(FieldType type) {
  switch (type) {
    case FieldType::janee:
      return "janee";
    case FieldType::getal:
      return "getal";
    case FieldType::tekst:
      return "tekst";
    case FieldType::keuze:
      return "keuze";
    case FieldType::datum:
      return "datum";
    case FieldType::moment:
      return "moment";
    case FieldType::duur:
      return "duur";
    case FieldType::lijst:
      return "lijst";
    case FieldType::groep:
      return "groep";
  }
  return "";
}

std::string_view to_string(Override who) {
  switch (who) {
    case Override::gemeente_of_regio:
      return "gemeente of regio";
    case Override::alleen_regio:
      return "alleen regio";
    case Override::alleen_gemeente:
      return "alleen gemeente";
  }
  return "";
}

std::span<const Rule> catalogue() {
  static const std::vector<Rule> rules = [] {
    std::vector<Rule> all;
    for (auto part : {national_route_rules(), national_role_rules(), national_term_rules(), national_meeting_rules()}) {
      std::move(part.begin(), part.end(), std::back_inserter(all));
    }
    std::ranges::sort(all, {}, &Rule::name);
    return all;
  }();
  return rules;
}

const Rule* find_rule(std::string_view name) {
  const auto rules = catalogue();
  const auto found =
      std::ranges::lower_bound(rules, name, {}, [](const Rule& rule) -> std::string_view { return rule.name; });
  return found != rules.end() && found->name == name ? &*found : nullptr;
}

namespace {

struct Forbidden {
  std::array<std::string_view, 2> words;  // Both occur in the name.
  std::string_view why;
};

// Domain dossier 6.6. Word by word, because a name can say the same thing in several orders.
constexpr std::string_view kVictim =
    "of iemand slachtoffer is, of er een geringste aanwijzing is: dat beoordeelt een mens";
constexpr std::string_view kInform = "ouders, partner of werkgever informeren: dat weegt een mens, per geval";
constexpr std::string_view kShare = "delen zonder toestemming: dat besluit een mens, met een vastgelegde reden";
constexpr std::string_view kRefuse =
    "hulp, opvang of bedenktijd weigeren, beëindigen of verkorten: dat besluit een mens";
constexpr std::string_view kWeigh = "de uitslag van de weging in het Zorg- en Veiligheidshuis: dat besluit een mens";
constexpr std::string_view kScore = "een risicoscore is geen reden in een besluit: toon de signalen, geen oordeel";
constexpr std::array kForbidden = {
    Forbidden{{"slachtoffer", "is"}, kVictim},
    Forbidden{{"slachtoffer", "vaststellen"}, kVictim},
    Forbidden{{"slachtoffer", "besluit"}, kVictim},
    Forbidden{{"slachtofferschap", ""}, kVictim},
    Forbidden{{"geringste", "aanwijzing"}, kVictim},
    Forbidden{{"duiding", "uitkomst"}, kVictim},
    Forbidden{{"duiding", "besluit"}, kVictim},
    Forbidden{{"mensenhandel", "is"}, kVictim},
    Forbidden{{"ouders", "informeren"}, kInform},
    Forbidden{{"partner", "informeren"}, kInform},
    Forbidden{{"werkgever", "informeren"}, kInform},
    Forbidden{{"ouders", "weging"}, kInform},
    Forbidden{{"deling", "besluit"}, kShare},
    Forbidden{{"deling", "toegestaan"}, kShare},
    Forbidden{{"delen", "toegestaan"}, kShare},
    Forbidden{{"deling", "toestemming"}, kShare},
    Forbidden{{"zonder", "toestemming"}, kShare},
    Forbidden{{"grondslag", "vastgesteld"}, kShare},
    Forbidden{{"grondslag", "vaststellen"}, kShare},
    Forbidden{{"hulp", "weigeren"}, kRefuse},
    Forbidden{{"hulp", "beeindigen"}, kRefuse},
    Forbidden{{"opvang", "weigeren"}, kRefuse},
    Forbidden{{"opvang", "beeindigen"}, kRefuse},
    Forbidden{{"opvang", "verkorten"}, kRefuse},
    Forbidden{{"bedenktijd", "verkorten"}, kRefuse},
    Forbidden{{"bedenktijd", "weigeren"}, kRefuse},
    Forbidden{{"bedenktijd", "beeindigen"}, kRefuse},
    Forbidden{{"bedenktijd", "besluit"}, kRefuse},
    Forbidden{{"opvang", "besluit"}, kRefuse},
    Forbidden{{"hulp", "besluit"}, kRefuse},
    Forbidden{{"zvh", "weging"}, kWeigh},
    Forbidden{{"zvh", "triage"}, kWeigh},
    Forbidden{{"triage", "uitslag"}, kWeigh},
    Forbidden{{"weging", "uitslag"}, kWeigh},
    Forbidden{{"triage", "besluit"}, kWeigh},
    Forbidden{{"zvh", "besluit"}, kWeigh},
    Forbidden{{"risicoscore", ""}, kScore},
    Forbidden{{"risico", "score"}, kScore},
};

// The words of a name: "deling.zonder_toestemming" -> deling, zonder, toestemming.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : name) {
    if (c == '.' || c == '_' || c == '-' || c == ' ') {
      words.emplace_back();
    } else {
      words.back().push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
  }
  return words;
}

bool holds(const std::vector<std::string>& words, std::string_view word) {
  return word.empty() || std::ranges::find(words, word) != words.end();
}

}  // namespace

std::optional<std::string> forbidden_decision(std::string_view rule_or_field) {
  const std::vector<std::string> words = words_of(rule_or_field);
  for (const Forbidden& forbidden : kForbidden) {
    if (holds(words, forbidden.words[0]) && holds(words, forbidden.words[1])) {
      return std::string("Een regel mag dit niet beantwoorden: ") + std::string(forbidden.why) + ".";
    }
  }
  return std::nullopt;
}

std::optional<std::string> forbidden_fact(std::string_view fact) {
  static constexpr std::array<std::string_view, 12> kPredictors = {
      "nationaliteit", "etniciteit", "afkomst",  "herkomstland", "geboorteland", "religie",
      "geloof",        "postcode",   "sekswerk", "sekswerker",   "prostitutie",  "huidskleur"};
  for (const std::string& word : words_of(fact)) {
    if (std::ranges::find(kPredictors, word) != kPredictors.end()) {
      return "Het feit '" + std::string(fact) +
             "' mag een regel niet lezen: nationaliteit, etniciteit, religie, postcode en sekswerk zijn geen "
             "voorspeller.";
    }
  }
  return std::nullopt;
}

}  // namespace draad::rules
