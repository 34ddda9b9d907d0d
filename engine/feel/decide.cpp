#include "engine/feel/decide.h"

#include <algorithm>
#include <set>

#include "engine/feel/internal/evaluator.h"
#include "engine/feel/internal/problem.h"
#include "engine/feel/internal/theory.h"

namespace draad::feel {
namespace {

// Wanted of a condition: one of these truths.
struct Goal {
  std::size_t condition = 0;
  Truths allowed = kTrue;
};

struct Finding {
  enum class Kind { found, impossible, undecided };
  Kind kind = Kind::impossible;
  Example example;
  std::string reason;
  std::string reason_en;
};

bool asks_for_time(const Node& node) {
  if (node.kind == Kind::call) {
    if (node.function == Function::today || node.function == Function::now) return true;
    if (node.function == Function::age && node.children.size() == 1) return true;
  }
  return std::any_of(node.children.begin(), node.children.end(), asks_for_time);
}

// Looks for cells in which all goals are met: a condition that is not settled yet names a dimension that would settle
// it, and each of its cells is tried in turn. Where the goals are settled, the rest of the facts does not matter.
class Search {
 public:
  Search(const Problem& problem, std::span<const Expression> conditions, const FactTypes& types, std::size_t cases_most,
         Work& work)
      : problem_(problem), conditions_(conditions), types_(types), cases_most_(cases_most), work_(work) {}

  Finding run(std::vector<Goal> goals) {
    goals_ = std::move(goals);
    cells_.assign(problem_.dimensions.size(), kUnknown);
    std::set<std::string> names;
    for (const Goal& goal : goals_) {
      const Expression& condition = conditions_[goal.condition];
      names.insert(condition.names().begin(), condition.names().end());
      asks_for_time_ = asks_for_time_ || asks_for_time(condition.root());
    }
    wish_.names.assign(names.begin(), names.end());
    wish_.types = &types_;
    if (problem_.too_many_cells) {
      give_up("er zijn te veel verschillende waarden om alle gevallen na te gaan",
              "there are too many different values");
    } else {
      descend();
    }
    if (found_) return {Finding::Kind::found, std::move(example_), {}, {}};
    if (!reason_.empty()) return {Finding::Kind::undecided, {}, reason_, reason_en_};
    return {};
  }

 private:
  // True: stop, there is an answer.
  bool descend() {
    if (++cases_ > cases_most_ || !work_.spend(1 + problem_.forms.size())) {
      return give_up("er zijn te veel gevallen om ze allemaal na te gaan", "there are too many cases");
    }
    int unknown = kNone;
    for (const Goal& goal : goals_) {
      const int root = problem_.roots[goal.condition];
      const Truths truths = possible(problem_, root, cells_);
      if ((truths & goal.allowed) == 0) return false;
      if (unknown == kNone && (truths & ~goal.allowed) != 0) unknown = first_unknown(problem_, root, cells_);
    }
    if (unknown == kNone) return settle();
    const auto index = static_cast<std::size_t>(unknown);
    for (int cell = 0; cell < problem_.dimensions[index].cell_count; ++cell) {
      cells_[index] = cell;
      if (is_consistent(problem_.dimensions[index]) && descend()) return true;
    }
    cells_[index] = kUnknown;
    return false;
  }

  bool is_consistent(const Dimension& changed) const {
    if (!problem_.needs_theory) return true;
    switch (changed.kind) {
      case DimensionKind::text:
      case DimensionKind::part:
      case DimensionKind::text_pair:
        return texts(problem_, cells_, work_).has_value();
      case DimensionKind::difference:
      case DimensionKind::relation:
      case DimensionKind::member:
        return ranges(problem_, cells_, Fixed(problem_.variables.size()), work_).has_value();
      default:
        return true;
    }
  }

  bool settle() {
    found_ = build(
        problem_, cells_, wish_,
        [&](const Candidate& candidate) {
          if (!meets_goals(candidate)) return false;
          example_.facts = candidate.facts;
          if (asks_for_time_) example_.now = candidate.now;
          return true;
        },
        work_);
    if (found_) return true;
    // These cells may still go together; what made it hard says why we cannot tell.
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const Dimension& dimension = problem_.dimensions[i];
      if (cells_[i] != kUnknown &&
          (dimension.kind == DimensionKind::opaque || dimension.kind == DimensionKind::relation)) {
        note("de vergelijking van " + dimension.text + " is niet vooraf te beslissen",
             "the comparison of " + dimension.text + " cannot be decided beforehand");
      }
    }
    note("sommige feiten hangen op een manier samen die niet vooraf te beslissen is",
         "some facts depend on each other in a way that cannot be decided beforehand");
    return false;
  }

  [[nodiscard]] bool meets_goals(const Candidate& candidate) const {
    const FactsEnvironment environment(candidate.facts, candidate.now);
    return std::all_of(goals_.begin(), goals_.end(), [&](const Goal& goal) {
      const auto truth = truth_of_node(conditions_[goal.condition].root(), environment);
      if (!truth) return false;
      const Truths answer = !*truth ? kNull : **truth ? kTrue : kFalse;
      return (answer & goal.allowed) != 0;
    });
  }

  void note(std::string reason, std::string reason_en) {
    if (!reason_.empty()) return;
    reason_ = std::move(reason);
    reason_en_ = std::move(reason_en);
  }

  bool give_up(std::string reason, std::string reason_en) {
    reason_ = std::move(reason);
    reason_en_ = std::move(reason_en);
    return true;
  }

  const Problem& problem_;
  std::span<const Expression> conditions_;
  const FactTypes& types_;
  std::size_t cases_most_;
  Work& work_;
  std::vector<Goal> goals_;
  Cells cells_;
  Wish wish_;
  Example example_;
  bool asks_for_time_ = false;
  bool found_ = false;
  std::size_t cases_ = 0;
  std::string reason_;
  std::string reason_en_;
};

// A finding as the answer to a question; `found` says what it answers when something was found.
Verdict verdict_of(Finding finding, Answer found) {
  Verdict verdict;
  switch (finding.kind) {
    case Finding::Kind::found:
      verdict.answer = found;
      verdict.example = std::move(finding.example);
      break;
    case Finding::Kind::impossible:
      verdict.answer = found == Answer::yes ? Answer::no : Answer::yes;
      break;
    case Finding::Kind::undecided:
      verdict.reason = std::move(finding.reason);
      verdict.reason_en = std::move(finding.reason_en);
      break;
  }
  return verdict;
}

Verdict not_typed() {
  Verdict verdict;
  verdict.reason = "een voorwaarde vergelijkt waarden die niet bij elkaar passen of gebruikt een onbekend feit";
  verdict.reason_en = "a condition has a type fault or reads an unknown fact";
  return verdict;
}

class Decider {
 public:
  Decider(std::span<const Expression> conditions, const FactTypes& types, const DecideOptions& options)
      : conditions_(conditions), types_(types), options_(options), typed_(conditions.size(), true) {
    result_.faults = check_types(conditions, types);
    for (const TypeFault& fault : result_.faults) {
      // A choice that does not exist is a mistake, but its meaning is clear: never.
      if (fault.kind != FaultKind::unknown_choice) typed_[fault.condition] = false;
    }
    problem_ = compile(conditions, types, typed_);
  }

  GatewayVerdict run() {
    for (std::size_t i = 0; i < conditions_.size(); ++i) {
      result_.satisfiable.push_back(ask({{i, kTrue}}, Answer::yes));
      result_.reachable.push_back(reachable(i));
    }
    std::vector<Goal> none_true;
    for (std::size_t i = 0; i < conditions_.size(); ++i) none_true.push_back({i, kFalse | kNull});
    result_.exhaustive = ask(std::move(none_true), Answer::no);
    result_.defined = defined();
    overlaps();
    return std::move(result_);
  }

 private:
  Verdict ask(std::vector<Goal> goals, Answer found) {
    for (const Goal& goal : goals) {
      if (!typed_[goal.condition]) return not_typed();
    }
    Search search(problem_, conditions_, types_, options_.cases_most, work_);
    return verdict_of(search.run(std::move(goals)), found);
  }

  [[nodiscard]] std::vector<Goal> after_false_ones(std::size_t condition, Truths wanted) const {
    std::vector<Goal> goals;
    if (options_.gateway == GatewayKind::exclusive) {
      for (std::size_t i = 0; i < condition; ++i) goals.push_back({i, kFalse});
    }
    goals.push_back({condition, wanted});
    return goals;
  }

  Verdict reachable(std::size_t condition) {
    const Verdict& alone = result_.satisfiable.back();
    if (options_.gateway == GatewayKind::inclusive || condition == 0 || alone.answer != Answer::yes) return alone;
    return ask(after_false_ones(condition, kTrue), Answer::yes);
  }

  Verdict defined() {
    Verdict answer;
    answer.answer = Answer::yes;
    for (std::size_t i = 0; i < conditions_.size(); ++i) {
      Verdict verdict = ask(after_false_ones(i, kNull), Answer::no);
      if (verdict.answer == Answer::no) return verdict;
      if (verdict.answer == Answer::not_decided) answer = std::move(verdict);
    }
    return answer;
  }

  void overlaps() {
    for (std::size_t i = 0; i < conditions_.size(); ++i) {
      for (std::size_t j = i + 1; j < conditions_.size(); ++j) {
        if (!typed_[i] || !typed_[j]) continue;  // Said once, as a fault.
        Verdict verdict = ask({{i, kTrue}, {j, kTrue}}, Answer::yes);
        if (verdict.answer != Answer::no) result_.overlaps.push_back({i, j, std::move(verdict)});
      }
    }
  }

  std::span<const Expression> conditions_;
  const FactTypes& types_;
  const DecideOptions& options_;
  std::vector<bool> typed_;
  Problem problem_;
  GatewayVerdict result_;
  // Over all questions: about a second.
  Work work_{100'000'000};
};

}  // namespace

std::string Example::text() const {
  std::string text;
  const auto add = [&](const std::string& name, const std::string& value) {
    text += (text.empty() ? "" : ", ") + name + " = " + value;
  };
  for (const auto& [name, value] : facts) {
    const auto* content = value.get_if<std::string>();
    add(name, content != nullptr ? '"' + *content + '"' : to_text(value));
  }
  if (now) add("nu", to_local_string(*now));
  return text;
}

GatewayVerdict decide(std::span<const Expression> conditions, const FactTypes& types, const DecideOptions& options) {
  return Decider(conditions, types, options).run();
}

}  // namespace draad::feel
