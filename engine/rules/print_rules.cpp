#include "engine/rules/print_rules.h"

#include <algorithm>
#include <ostream>

#include "engine/rules/internal/national.h"
#include "engine/rules/plugin_set.h"

namespace draad::rules {
namespace {

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size() + 1, width), ' ');
  return text;
}

std::string type_of(const Field& field) {
  std::string text(to_string(field.type));
  if (field.type == FieldType::keuze) {
    text += " (";
    for (std::size_t i = 0; i < field.choices.size(); ++i) text += (i == 0 ? "" : ", ") + field.choices[i];
    text += ")";
  }
  if (field.type == FieldType::lijst) text += " van " + type_of(field.inside.front());
  if (field.type == FieldType::getal && field.min && field.max) {
    text += " " + std::to_string(*field.min) + " tot en met " + std::to_string(*field.max);
  }
  if (field.may_be_empty) text += ", mag leeg";
  return text;
}

void print_fields(const std::vector<Field>& fields, std::size_t indent, std::ostream& out) {
  for (const Field& field : fields) {
    out << std::string(indent, ' ') << padded(field.name, 28) << type_of(field) << ": " << field.purpose << "\n";
    if (field.type == FieldType::groep) print_fields(field.inside, indent + 2, out);
    if (field.type == FieldType::lijst && field.inside.front().type == FieldType::groep)
      print_fields(field.inside.front().inside, indent + 2, out);
  }
}

std::string shown(const Value& value) {
  if (const List* list = value.get_if<List>()) {
    std::string text;
    for (const Value& item : *list) text += (text.empty() ? "" : ", ") + shown(item);
    return text.empty() ? "geen" : "[" + text + "]";
  }
  if (const Facts* group = value.get_if<Facts>()) {
    std::string text;
    for (const auto& [name, item] : *group) text += (text.empty() ? "" : ", ") + name + " " + shown(item);
    return "(" + text + ")";
  }
  return value.is_null() ? "leeg" : to_text(value);
}

void print_facts(const Facts& facts, std::ostream& out) {
  for (const auto& [name, value] : facts) out << "    " << padded(name, 28) << shown(value) << "\n";
}

std::string places(const Manifest& manifest) {
  std::string text;
  for (const std::string& code : manifest.municipalities) text += (text.empty() ? "" : ", ") + code;
  if (manifest.level == Level::regio) return "regio " + manifest.region + " (" + text + ")";
  return (manifest.municipalities.size() == 1 ? "gemeente " : "gemeenten ") + text;
}

std::string period(const Manifest& manifest) {
  return "vanaf " + draad::to_string(manifest.valid_from) +
         (manifest.valid_to ? " tot " + draad::to_string(*manifest.valid_to) : "");
}

std::string meaning_of_tag(const std::string& tag) {
  if (tag == "S") return "staat in een Kamerstuk";
  if (tag == "V") return "staat in een gelezen openbare bron";
  if (tag == "U") return "niet nagegaan";
  return "eigen keuze";
}

}  // namespace

void print_catalogue(std::ostream& out) {
  for (const Rule& rule : catalogue()) out << padded(rule.name, 28) << rule.purpose << "\n";
  out << "\n" << catalogue().size() << " regels. 'draad rule list REGEL' vertelt alles over één regel.\n";
}

void print_rule(const Rule& rule, std::ostream& out) {
  out << rule.name << "\n  " << rule.purpose << "\n";
  out << "  Mag anders: " << to_string(rule.override_by) << ". In het dossier: " << rule.hook << " (" << rule.variations
      << ").\n";
  out << "  Krijgt" << (rule.reads.empty() ? ": geen feiten.\n" : ":\n");
  print_fields(rule.reads, 4, out);
  out << "  Geeft:\n";
  print_fields(rule.gives, 4, out);
  const NationalAnswer national = rule.national({});
  out << "  Landelijk, als er niets bekend is: " << national.reason << " [" << national.basis << "]\n";
  print_facts(national.facts, out);
}

void print_catalogue_markdown(std::ostream& out) {
  out << "| regel | waarvoor | krijgt | geeft | haak in het dossier |\n|---|---|---|---|---|\n";
  const auto names = [](const std::vector<Field>& fields) {
    std::string text;
    for (const Field& field : fields) text += (text.empty() ? "`" : ", `") + field.name + "`";
    return text.empty() ? "niets" : text;
  };
  for (const Rule& rule : catalogue()) {
    out << "| `" << rule.name << "` | " << rule.purpose << " | " << names(rule.reads) << " | " << names(rule.gives)
        << " | " << rule.hook << " (" << rule.variations << ") |\n";
  }
}

void print_description(const Plugin& plugin, std::ostream& out) {
  const Manifest& manifest = plugin.manifest;
  out << manifest.name << ", versie " << manifest.version << "\n  " << manifest.purpose << ".\n\n";
  out << "Voor wie      " << places(manifest) << "\n";
  out << "Sinds wanneer " << period(manifest) << "\n";
  out << "Eigenaar      " << manifest.owner << "\n";
  if (!manifest.approved_by.empty()) out << "Goedgekeurd   " << manifest.approved_by << "\n";
  out << "\nWat verandert er\n";
  for (const auto& [name, file] : manifest.rules) {
    const Rule* rule = find_rule(name);
    out << "  " << name << (rule == nullptr ? "" : ": " + rule->purpose) << "\n";
    // The comment that opens the file is written for this.
    const auto source = plugin.files.find(file);
    std::string_view text = source == plugin.files.end() ? std::string_view() : std::string_view(source->second);
    while (text.starts_with("--")) {
      const auto end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(2, end - 2);
      while (line.starts_with(' ')) line.remove_prefix(1);
      out << "    Hier: " << line << "\n";
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (rule != nullptr) out << "    Anders gold: " << rule->national({}).reason << "\n";
  }
  out << "\nWelke feiten ziet hij\n  ";
  for (std::size_t i = 0; i < manifest.reads.size(); ++i) out << (i == 0 ? "" : ", ") << manifest.reads[i];
  out << (manifest.reads.empty() ? "geen" : "") << " (nooit een persoonsgegeven)\n\nOp welke bron\n";
  for (const Source& source : manifest.sources) {
    out << "  " << source.code << " (" << source.tag << ": " << meaning_of_tag(source.tag) << "): " << source.title
        << (source.place.empty() ? "" : ", " + source.place) << "\n";
  }
}

Result<Done> print_explanation(const RuleHost& host, std::string_view rule_name, std::string_view gemeente,
                               const Facts& facts, Date on, std::ostream& out) {
  DRAAD_TRY(const Answer answer, host.answer(rule_name, gemeente, facts, on));
  const Rule& rule = *find_rule(rule_name);
  out << rule.name << " voor " << gemeente << " op " << draad::to_string(on) << "\n\n";
  const auto plugins = host.plugins();
  const Chain chain = plugins->chain(rule, gemeente, on);
  const auto took_part = [&](Link link) { return std::ranges::find(answer.asked, link) != answer.asked.end(); };
  const auto line = [&](Link link, const std::string& who) {
    out << "  " << padded(std::string(to_string(link)), 12)
        << (answer.link == link ? "* "
            : took_part(link)   ? "+ "
                                : "  ")
        << who << "\n";
  };
  for (const Link link : {Link::gemeente, Link::regio}) {
    std::string who = "niemand";
    for (std::size_t i = 0; i < chain.count; ++i) {
      const Manifest& manifest = chain.links[i].plugin->plugin.manifest;
      if ((manifest.level == Level::gemeente) != (link == Link::gemeente)) continue;
      who = manifest.name;
      for (const std::string& part : {std::string(" "), manifest.version, std::string(", "), period(manifest),
                                      std::string(", bestand "), chain.links[i].rule->file}) {
        who += part;  // Not with +: GCC 12 then warns of an overrun that is none.
      }
    }
    line(link, who);
  }
  line(Link::landelijk, std::string("landelijk antwoord ").append(kNationalVersion));
  out << "\n  (* antwoordt, + werd ook gevraagd)\n\n  Antwoord van " << answer.source << ":\n";
  print_facts(answer.facts, out);
  out << "  Reden: " << answer.reason << "\n  Bron:  " << answer.basis << "\n";
  for (const Fault& fault : answer.faults)
    out << "  Let op: " << fault.for_casus << "\n          " << fault.for_owner << "\n";
  return Done{};
}

}  // namespace draad::rules
