// From conditions to a problem; and the cells of each dimension, once it is known what all conditions ask of it.
#include <algorithm>
#include <limits>

#include "engine/feel/internal/compiler.h"

namespace draad::feel {
namespace {

constexpr std::size_t kCellsMost = 2'000;
constexpr std::size_t kAnswersMost = 20'000'000;  // Of all forms about texts, a byte each.

void make_text_cells(Dimension& dimension, const std::set<std::string>& literals) {
  if (dimension.closed) return;
  if (!dimension.ordered) {
    for (const std::string& literal : literals) dimension.texts.push_back({literal, {}, {}});
    dimension.texts.push_back({});
    return;
  }
  std::optional<std::string> previous;
  const auto gap = [&](const std::optional<std::string>& next) {
    TextCell cell{{}, previous, next};
    if (text_for(cell, {}, {}, {}, 0)) dimension.texts.push_back(std::move(cell));
  };
  for (const std::string& literal : literals) {
    gap(literal);
    dimension.texts.push_back({literal, {}, {}});
    previous = literal;
  }
  gap(std::nullopt);
}

void make_intervals(Dimension& dimension, const std::vector<Variable>& variables) {
  std::vector<std::int64_t>& limits = dimension.limits;
  std::sort(limits.begin(), limits.end());
  limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
  const Variable& x = variables[static_cast<std::size_t>(dimension.x)];
  Interval domain = x.domain;
  std::int64_t step = x.step;
  if (dimension.y != kNone) {
    const Variable& y = variables[static_cast<std::size_t>(dimension.y)];
    constexpr Wide kMost = std::numeric_limits<std::int64_t>::max();
    domain.low = static_cast<std::int64_t>(std::max(-kMost, Wide{x.domain.low} - y.domain.high));
    domain.high = static_cast<std::int64_t>(std::min(kMost, Wide{x.domain.high} - y.domain.low));
    step = std::min(x.step, y.step);
  }
  const auto down = [&](std::int64_t amount) { return amount - ((amount % step) + step) % step; };
  std::int64_t low = domain.low;
  const auto add = [&](std::int64_t high) {
    const std::int64_t first = -down(-low);
    const std::int64_t last = step == 1 ? high : down(high);
    if (first <= last) dimension.intervals.push_back({step == 1 ? low : first, last});
  };
  for (const std::int64_t limit : limits) {
    if (limit < low) continue;
    if (limit >= domain.high) break;
    add(limit);
    low = limit + 1;
  }
  add(domain.high);
}

}  // namespace

void Compiler::finish() {
  for (Dimension& dimension : problem_.dimensions) {
    switch (dimension.kind) {
      case DimensionKind::text:
        make_text_cells(dimension, literals_[dimension.fact]);
        dimension.cell_count = static_cast<int>(dimension.texts.size());
        break;
      case DimensionKind::difference:
        make_intervals(dimension, problem_.variables);
        dimension.cell_count = static_cast<int>(dimension.intervals.size());
        break;
      default:
        break;
    }
    if (dimension.cell_count == 0 || static_cast<std::size_t>(dimension.cell_count) > kCellsMost) {
      problem_.too_many_cells = true;
    }
    const bool alone = dimension.kind == DimensionKind::null || dimension.kind == DimensionKind::boolean ||
                       dimension.kind == DimensionKind::text || dimension.kind == DimensionKind::opaque ||
                       (dimension.kind == DimensionKind::difference && dimension.y == kNone &&
                        problem_.variables[static_cast<std::size_t>(dimension.x)].role == Role::fact);
    problem_.needs_theory = problem_.needs_theory || !alone;
  }
  std::size_t answers = 0;
  for (const auto& [index, question] : text_questions_) {
    if (problem_.too_many_cells) return;
    Form& form = problem_.forms[static_cast<std::size_t>(index)];
    answers += problem_.dimensions[static_cast<std::size_t>(form.dimension)].texts.size();
    if (answers > kAnswersMost) {
      problem_.too_many_cells = true;
      return;
    }
    form.truths = 0;
    for (const TextCell& cell : problem_.dimensions[static_cast<std::size_t>(form.dimension)].texts) {
      form.per_cell.push_back(question(cell));
      form.truths |= form.per_cell.back();
    }
    // Without a cell that leaves it open, the part need not be asked.
    if (std::find(form.per_cell.begin(), form.per_cell.end(), Truths{0}) == form.per_cell.end()) form.part = kNone;
  }
}

Problem compile(std::span<const Expression> conditions, const FactTypes& types, const std::vector<bool>& typed) {
  Problem problem;
  Compiler compiler(types, problem);
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (typed[i]) compiler.prepare(conditions[i].root());
  }
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    problem.roots.push_back(typed[i] ? compiler.form_of(conditions[i].root()) : kNone);
  }
  compiler.finish();
  return problem;
}

}  // namespace draad::feel
