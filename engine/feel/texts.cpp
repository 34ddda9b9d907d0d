// Texts that are none of the literals but contain this and not that, and are or are not equal to each other.
#include <algorithm>
#include <set>

#include "engine/feel/internal/theory.h"

namespace draad::feel {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A character in none of these texts: what stands between two parts can then be no part itself.
std::string fresh_character(const std::vector<const std::vector<std::string>*>& lists) {
  for (const char* candidate : {"x", "q", "z", "k", "7", "_", "~", "\xe2\x80\xa2", "\xe2\x98\x83"}) {
    const bool taken = std::any_of(lists.begin(), lists.end(), [&](const auto* list) {
      return std::any_of(list->begin(), list->end(), [&](const std::string& text) { return has(text, candidate); });
    });
    if (!taken) return candidate;
  }
  return "\xf0\x9f\xa6\x93";
}

}  // namespace

std::optional<std::string> text_for(const TextCell& cell, const std::vector<std::string>& literals,
                                    const std::vector<std::string>& wanted, const std::vector<std::string>& unwanted,
                                    int variant) {
  if (cell.literal) return cell.literal;
  const std::string fresh = fresh_character({&literals, &wanted, &unwanted});
  std::string joined;
  for (const std::string& part : wanted) joined += part + fresh;
  std::string repeated = fresh;
  for (int i = 0; i < variant; ++i) repeated += fresh;

  std::vector<std::string> candidates;
  if (wanted.empty()) {
    const std::string number = variant == 0 ? "" : ' ' + std::to_string(variant + 1);
    candidates = {"anders" + number, "iets anders" + number, repeated};
    if (variant == 0) candidates.emplace_back();
  } else {
    if (wanted.size() == 1 && variant == 0) candidates.push_back(wanted[0] + " en meer");
    candidates.push_back(joined + repeated);
    candidates.push_back(repeated + joined);
  }
  if (cell.above) {
    for (const char* next : {" ", "a", "0", "\x01"}) candidates.push_back(*cell.above + next + joined + repeated);
    for (const char* next : {"a", " ", "\x01"}) candidates.push_back(*cell.above + next);
  } else if (cell.below) {
    for (const char* first : {"a", "A", "0", " ", "\x01"}) candidates.emplace_back(first);
    candidates.push_back(cell.below->substr(0, cell.below->empty() ? 0 : cell.below->size() - 1));
  }
  for (std::string& text : candidates) {
    const auto is_in = [&](const std::string& part) { return has(text, part); };
    if (std::find(literals.begin(), literals.end(), text) != literals.end()) continue;
    if (!std::all_of(wanted.begin(), wanted.end(), is_in) || std::any_of(unwanted.begin(), unwanted.end(), is_in))
      continue;
    if ((cell.above && text <= *cell.above) || (cell.below && text >= *cell.below)) continue;
    return std::move(text);
  }
  return std::nullopt;
}

namespace {

// Texts that must be one: what their cells ask together.
struct Class {
  std::vector<std::string> facts;
  std::vector<std::string> literals;
  std::vector<std::string> wanted;
  std::vector<std::string> unwanted;
  TextCell gap;
};

}  // namespace

std::optional<Texts> texts(const Problem& problem, const Cells& cells, Work& work) {
  work.spend(problem.dimensions.size());
  const auto cell_of = [&](std::size_t dimension) { return cells[dimension]; };
  // The texts that are known to be none of their literals, each in a class of its own at first.
  std::map<std::string, std::size_t> class_of;
  std::vector<Class> classes;
  Texts result;
  for (const auto& [fact, index] : problem.text_dimensions) {
    const Dimension& dimension = problem.dimensions[static_cast<std::size_t>(index)];
    const int cell = cell_of(static_cast<std::size_t>(index));
    // A text that nobody asked about may be any; the first will do.
    const TextCell& text = dimension.texts[cell == kUnknown ? 0 : static_cast<std::size_t>(cell)];
    if (text.literal) {
      result.by_fact[fact] = *text.literal;
      continue;
    }
    class_of[fact] = classes.size();
    Class own;
    own.facts = {fact};
    own.gap = text;
    for (const TextCell& each : dimension.texts) {
      if (each.literal) own.literals.push_back(*each.literal);
    }
    classes.push_back(std::move(own));
  }
  const auto pairs_with = [&](int wanted_cell, const auto& visit) {
    for (std::size_t i = 0; i < problem.dimensions.size(); ++i) {
      const Dimension& pair = problem.dimensions[i];
      if (pair.kind != DimensionKind::text_pair || cell_of(i) != wanted_cell) continue;
      const auto a = class_of.find(pair.fact);
      const auto b = class_of.find(pair.other);
      if (a != class_of.end() && b != class_of.end()) visit(a->second, b->second);
    }
  };
  pairs_with(1, [&](std::size_t a, std::size_t b) {
    if (a == b) return;
    for (const std::string& fact : classes[b].facts) class_of[fact] = a;
    const auto append = [](std::vector<std::string>& to, const std::vector<std::string>& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    append(classes[a].facts, classes[b].facts);
    append(classes[a].literals, classes[b].literals);
    if (!classes[a].gap.above && !classes[a].gap.below) classes[a].gap = classes[b].gap;
    classes[b] = {};
  });
  bool contradiction = false;
  pairs_with(0, [&](std::size_t a, std::size_t b) { contradiction = contradiction || a == b; });
  for (std::size_t i = 0; i < problem.dimensions.size(); ++i) {
    const Dimension& part = problem.dimensions[i];
    if (part.kind != DimensionKind::part || cell_of(i) == kUnknown) continue;
    const auto found = class_of.find(part.fact);
    if (found == class_of.end()) continue;
    Class& its = classes[found->second];
    (cell_of(i) == 1 ? its.wanted : its.unwanted).push_back(*part.item.get_if<std::string>());
  }
  int variant = 0;
  for (const Class& each : classes) {
    if (each.facts.empty()) continue;
    work.spend((each.wanted.size() + 1) * (each.unwanted.size() + each.literals.size()));
    for (const std::string& part : each.unwanted) {
      contradiction = contradiction || std::any_of(each.wanted.begin(), each.wanted.end(),
                                                   [&](const std::string& text) { return has(text, part); });
    }
    if (contradiction) return std::nullopt;
    const auto text = text_for(each.gap, each.literals, each.wanted, each.unwanted, variant++);
    if (!text) {
      result.complete = false;
      continue;
    }
    for (const std::string& fact : each.facts) result.by_fact[fact] = *text;
  }
  if (contradiction) return std::nullopt;
  return result;
}

}  // namespace draad::feel
