#include <algorithm>
#include <ostream>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/app/check_report.h"
#include "engine/app/finding_text.h"

namespace draad::app {
namespace {

using Json = nlohmann::ordered_json;

Json verdict_json(const std::optional<bool>& verdict) {
  return verdict ? Json(*verdict) : Json(nullptr);
}

std::string analysis_text(const verify::ProcessVerdict& verdict) {
  std::string text(verify::to_string(verdict.analysis));
  if (verdict.with_conditions) text += "_with_conditions";
  return text;
}

std::string counted(std::size_t count, std::string_view one, std::string_view more) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : more);
}

void print_verdict(const verify::ProcessVerdict& verdict, const Context& context) {
  context.out << "  proces " << verdict.id << ": ";
  if (!verdict.sound) {
    context.out << "gedrag niet beoordeeld";
  } else {
    context.out << (*verdict.sound ? "bewezen goed: elke casus komt aan een einde"
                                   : "niet goed: niet elke casus komt goed aan een einde");
  }
  if (verdict.states > 0) context.out << " (" << counted(verdict.states, "toestand", "toestanden") << " bekeken)";
  if (!verdict.unsupported.empty())
    context.out << "; " << counted(verdict.unsupported.size(), "onderdeel kan", "onderdelen kunnen")
                << " niet worden uitgevoerd";
  context.out << "\n";
}

std::string percent_encoded(std::string_view path) {
  static constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string text;
  for (const char c : path) {
    if (plain.find(c) != std::string_view::npos) {
      text += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      text += {'%', hex[byte >> 4], hex[byte & 15]};
    }
  }
  return text;
}

Json sarif_result(const std::string& file, const Finding& finding, bool english) {
  Json location = {{"physicalLocation", {{"artifactLocation", {{"uri", percent_encoded(file)}}}}}};
  if (finding.line > 0) {
    Json& region = location["physicalLocation"]["region"];
    region["startLine"] = finding.line;
    if (finding.column > 0) region["startColumn"] = finding.column;
  }
  for (const std::string& element : finding.elements)
    location["logicalLocations"].push_back({{"name", element}, {"kind", "element"}});
  std::string text = english && !finding.message_en.empty() ? finding.message_en : finding.message;
  if (!english && !finding.mend.empty()) text += " " + finding.mend;
  Json result = {{"ruleId", finding.code},
                 {"level", finding.severity <= Severity::error     ? "error"
                           : finding.severity == Severity::warning ? "warning"
                                                                   : "note"},
                 {"message", {{"text", text}}},
                 {"locations", Json::array({std::move(location)})}};
  if (!finding.witness.empty()) {
    Json steps = Json::array();
    for (const std::string& element : finding.witness) {
      steps.push_back({{"location",
                        {{"logicalLocations", Json::array({{{"name", element}, {"kind", "element"}}})},
                         {"message", {{"text", element}}}}}});
    }
    result["codeFlows"] = Json::array({{{"threadFlows", Json::array({{{"locations", std::move(steps)}}})}}});
  }
  return result;
}

}  // namespace

nlohmann::ordered_json to_json(const Finding& finding) {
  return {{"code", finding.code},
          {"severity", to_string(finding.severity)},
          {"process", finding.process},
          {"elements", finding.elements},
          {"line", finding.line},
          {"column", finding.column},
          {"message", finding.message},
          {"message_en", finding.message_en},
          {"mend", finding.mend},
          {"witness", finding.witness},
          {"constraint", finding.constraint ? Json(*finding.constraint) : Json(nullptr)}};
}

nlohmann::ordered_json to_json(const CheckReport& report) {
  Json processes = Json::array();
  for (const verify::ProcessVerdict& verdict : report.processes) {
    processes.push_back({{"id", verdict.id},
                         {"sound", verdict_json(verdict.sound)},
                         {"analysis", analysis_text(verdict)},
                         {"states", verdict.states},
                         {"unsupported", verdict.unsupported}});
  }
  Json findings = Json::array();
  for (const Finding& finding : report.findings) findings.push_back(to_json(finding));
  const verify::CollaborationVerdict collaboration = report.collaboration.value_or(verify::CollaborationVerdict{});
  return {{"format", "draad.check/1"},
          {"file", report.file},
          {"processes", std::move(processes)},
          {"collaboration",
           {{"sound", verdict_json(collaboration.sound)},
            {"message_relaxed_sound", verdict_json(collaboration.message_relaxed_sound)}}},
          {"findings", std::move(findings)}};
}

nlohmann::ordered_json to_sarif(const std::vector<CheckReport>& reports, bool english) {
  std::set<std::string> codes;
  Json results = Json::array();
  for (const CheckReport& report : reports) {
    for (const Finding& finding : report.findings) {
      codes.insert(finding.code);
      results.push_back(sarif_result(report.file, finding, english));
    }
  }
  Json rules = Json::array();
  for (const std::string& code : codes) {
    Json rule = {{"id", code}};
    if (const auto explanation = find_explanation(code)) {
      rule["shortDescription"] = {{"text", explanation->title}};
      rule["fullDescription"] = {{"text", english ? explanation->explanation_en : explanation->explanation}};
      rule["help"] = {{"text", explanation->mend}};
    }
    rules.push_back(std::move(rule));
  }
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs",
           Json::array(
               {{{"tool", {{"driver", {{"name", "draad"}, {"version", DRAAD_VERSION}, {"rules", std::move(rules)}}}}},
                 {"columnKind", "unicodeCodePoints"},
                 {"results", std::move(results)}}})}};
}

void print_report(const std::vector<CheckReport>& reports, const Context& context) {
  std::size_t errors = 0, warnings = 0, remarks = 0;
  for (const CheckReport& report : reports) {
    context.out << report.file << "\n";
    for (const Finding& finding : report.findings) print_finding(report.file, finding, context, context.out);
    for (const verify::ProcessVerdict& verdict : report.processes) print_verdict(verdict, context);
    errors += report.count(Severity::error) + report.count(Severity::fatal);
    warnings += report.count(Severity::warning);
    remarks += report.count(Severity::info);
    if (&report != &reports.back()) context.out << "\n";
  }
  context.out << "\n"
              << counted(reports.size(), "bestand", "bestanden") << ": " << counted(errors, "fout", "fouten") << ", "
              << counted(warnings, "waarschuwing", "waarschuwingen") << ", "
              << counted(remarks, "opmerking", "opmerkingen") << ".\n";
}

}  // namespace draad::app
