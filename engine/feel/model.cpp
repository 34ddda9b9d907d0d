// From cells to one casus: a value for every fact, each as plain as its cell allows.
#include <algorithm>

#include "engine/feel/internal/theory.h"

namespace draad::feel {
namespace {

constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kUsualDay = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}.time_since_epoch().count();
constexpr std::int64_t kUsualMoment = kUsualDay * kDay + 11 * 3'600'000;  // Noon in Amsterdam.
constexpr int kAttemptsMost = 80;
constexpr std::int64_t kItemsMost = 1'000;

std::int64_t usual(Unit unit) {
  if (unit == Unit::date) return kUsualDay;
  return unit == Unit::instant ? kUsualMoment : 0;
}

// What a person would call a round amount.
std::int64_t grain(Unit unit) {
  if (unit == Unit::number) return Number::kScale;
  if (unit == Unit::instant) return 60'000;
  return unit == Unit::days_and_time ? kDay : 1;
}

std::int64_t plainest(Unit unit, Interval range) {
  const std::int64_t wished = std::clamp(usual(unit), range.low, range.high);
  const std::int64_t size = grain(unit);
  const std::int64_t rest = ((wished % size) + size) % size;
  if (rest == 0) return wished;
  const std::int64_t down = wished - rest;
  if (down >= range.low) return down;
  return range.high - down >= size ? down + size : wished;
}

// Values that others are computed from come first: the clock, then what ages are counted at, then ages.
std::vector<std::size_t> order_of_fixing(const Problem& problem) {
  std::vector<std::size_t> order;
  const auto add = [&](std::size_t variable) {
    if (std::find(order.begin(), order.end(), variable) == order.end()) order.push_back(variable);
  };
  for (const int clock : {problem.today, problem.now}) {
    if (clock != kNone) add(static_cast<std::size_t>(clock));
  }
  for (const Variable& variable : problem.variables) {
    if (variable.role == Role::age) add(static_cast<std::size_t>(variable.at));
  }
  for (std::size_t i = 0; i < problem.variables.size(); ++i) {
    if (problem.variables[i].role == Role::age) add(i);
  }
  for (std::size_t i = 0; i < problem.variables.size(); ++i) {
    const Role role = problem.variables[i].role;
    if (role != Role::sum && role != Role::unlinked) add(i);
  }
  return order;
}

class Builder {
 public:
  Builder(const Problem& problem, const Cells& cells, const Wish& wish,
          const std::function<bool(const Candidate&)>& accepts, Work& work)
      : problem_(problem),
        cells_(cells),
        wish_(wish),
        accepts_(accepts),
        work_(work),
        order_(order_of_fixing(problem)),
        fixed_(problem.variables.size()) {}

  bool run() {
    auto found = texts(problem_, cells_, work_);
    if (!found || !found->complete) return false;
    texts_ = std::move(*found);
    return fix(0);
  }

 private:
  bool fix(std::size_t place) {
    if (++attempts_ > kAttemptsMost + static_cast<int>(order_.size())) return false;
    const auto bounds = ranges(problem_, cells_, fixed_, work_);
    if (!bounds || work_.left == 0) return false;
    if (place == order_.size()) return accepts_(candidate());
    const std::size_t variable = order_[place];
    const Interval range = (*bounds)[variable];
    std::vector<std::int64_t> tried;
    for (const std::int64_t value : {plainest(problem_.variables[variable].unit, range), range.low, range.high,
                                     range.low + (range.high / 2 - range.low / 2)}) {
      if (std::find(tried.begin(), tried.end(), value) != tried.end()) continue;
      tried.push_back(value);
      fixed_[variable] = value;
      if (fix(place + 1)) return true;
    }
    fixed_[variable].reset();
    return false;
  }

  [[nodiscard]] int cell(int dimension) const { return cells_[static_cast<std::size_t>(dimension)]; }

  Candidate candidate() const {
    Candidate result;
    result.now = Instant{std::chrono::milliseconds{kUsualMoment}};
    if (problem_.now != kNone) {
      result.now = Instant{std::chrono::milliseconds{*fixed_[static_cast<std::size_t>(problem_.now)]}};
    } else if (problem_.today != kNone) {
      const std::int64_t day = *fixed_[static_cast<std::size_t>(problem_.today)];
      result.now = start_of_day(Date{std::chrono::sys_days{std::chrono::days{day}}}) + std::chrono::hours{12};
    }
    for (const std::string& name : wish_.names) result.facts[name] = value_of(name);
    return result;
  }

  Value value_of(const std::string& name) const {
    const auto null = problem_.null_dimensions.find(name);
    if (null != problem_.null_dimensions.end() && cell(null->second) == 1) return {};
    if (const auto text = texts_.by_fact.find(name); text != texts_.by_fact.end()) return Value(text->second);
    if (const auto boolean = problem_.boolean_dimensions.find(name); boolean != problem_.boolean_dimensions.end()) {
      return Value(cell(boolean->second) == 1);
    }
    if (const auto variable = problem_.fact_variables.find(name); variable != problem_.fact_variables.end()) {
      const auto index = static_cast<std::size_t>(variable->second);
      return value_in(problem_.variables[index].unit, *fixed_[index]);
    }
    const auto type = wish_.types->find(name);
    if (type == wish_.types->end()) return {};
    return type->second.kind == TypeKind::list ? list_of(name) : any_of(type->second);
  }

  // Nothing depends on this one alone, but it must be of its type.
  static Value any_of(const FactType& type) {
    if (type.minimum) return *type.minimum;
    if (type.maximum) return *type.maximum;
    switch (type.kind) {
      case TypeKind::boolean:
        return Value(false);
      case TypeKind::number:
        return Value(0);
      case TypeKind::text:
        return Value("anders");
      case TypeKind::choice:
        return type.choices.empty() ? Value("anders") : Value(type.choices.front());
      case TypeKind::date:
        return value_in(Unit::date, kUsualDay);
      case TypeKind::instant:
        return value_in(Unit::instant, kUsualMoment);
      case TypeKind::duration:
        return Value(Duration{});
      case TypeKind::list:
        return Value(List{});
    }
    return {};
  }

  Value list_of(const std::string& name) const {
    List list;
    std::vector<Value> unwanted;
    for (std::size_t i = 0; i < problem_.dimensions.size(); ++i) {
      const Dimension& member = problem_.dimensions[i];
      if (member.kind != DimensionKind::member || member.fact != name) continue;
      (cells_[i] == 1 ? list : unwanted).push_back(member.item);
    }
    for (std::size_t i = 0; i < problem_.variables.size(); ++i) {
      const Variable& count = problem_.variables[i];
      if (count.role != Role::count || count.fact != name || !fixed_[i]) continue;
      const std::int64_t wanted = std::min(*fixed_[i] / Number::kScale, kItemsMost);
      for (std::int64_t n = 1; static_cast<std::int64_t>(list.size()) < wanted; ++n) {
        Value filler("iets " + std::to_string(n));
        if (std::find(unwanted.begin(), unwanted.end(), filler) == unwanted.end()) list.push_back(std::move(filler));
      }
    }
    return Value(std::move(list));
  }

  const Problem& problem_;
  const Cells& cells_;
  const Wish& wish_;
  const std::function<bool(const Candidate&)>& accepts_;
  Work& work_;
  std::vector<std::size_t> order_;
  Fixed fixed_;
  Texts texts_;
  int attempts_ = 0;
};

}  // namespace

bool build(const Problem& problem, const Cells& cells, const Wish& wish,
           const std::function<bool(const Candidate&)>& accepts, Work& work) {
  return Builder(problem, cells, wish, accepts, work).run();
}

}  // namespace draad::feel
