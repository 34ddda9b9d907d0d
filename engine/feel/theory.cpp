#include "engine/feel/internal/theory.h"

#include <algorithm>
#include <cmath>

#include "engine/feel/internal/compiler.h"

namespace draad::feel {
namespace {

constexpr std::int64_t kDay = 86'400'000;

Wide floor_divided(Wide amount, Wide by) {
  const Wide quotient = amount / by;
  return (amount % by != 0 && (amount < 0) != (by < 0)) ? quotient - 1 : quotient;
}

Wide ceiling_divided(Wide amount, Wide by) {
  return -floor_divided(-amount, by);
}

struct Edge {
  std::size_t from;
  std::size_t to;
  Wide weight;  // value(to) - value(from) <= weight
};

class Bounds {
 public:
  Bounds(const Problem& problem, const Cells& cells, const Fixed& fixed, Work& work)
      : problem_(problem), cells_(cells), fixed_(fixed), work_(work), count_(problem.variables.size()) {}

  std::optional<std::vector<Interval>> solve() {
    for (std::size_t i = 0; i < count_; ++i) {
      const Interval domain = problem_.variables[i].domain;
      within(i, domain.low, domain.high);
      if (fixed_[i]) within(i, *fixed_[i], *fixed_[i]);
    }
    for (std::size_t i = 0; i < problem_.dimensions.size(); ++i) {
      if (cells_[i] != kUnknown) add_dimension(problem_.dimensions[i], cells_[i]);
    }
    add_counts();
    // Each round derives bounds that a single pass over the graph does not know; a few are enough, for they only
    // narrow.
    constexpr int kRoundsMost = 4;
    for (int round = 0;; ++round) {
      if (!shortest_paths()) return std::nullopt;
      narrowed_ = false;
      for (std::size_t i = 0; i < count_; ++i) derive(i);
      derive_clock();
      if (contradiction_) return std::nullopt;
      if (!narrowed_ || round == kRoundsMost) return ranges_;
    }
  }

 private:
  static std::size_t node(int variable) { return variable == kNone ? 0 : static_cast<std::size_t>(variable) + 1; }

  void at_most(int x, int y, Wide bound) { edges_.push_back({node(y), node(x), bound}); }  // x - y <= bound

  void within(std::size_t variable, Wide low, Wide high) {
    edges_.push_back({0, variable + 1, high});
    edges_.push_back({variable + 1, 0, -low});
  }

  void narrow(std::size_t variable, Wide low, Wide high) {
    if (low > high) contradiction_ = true;
    if (low <= ranges_[variable].low && high >= ranges_[variable].high) return;
    within(variable, std::max(low, Wide{ranges_[variable].low}), std::min(high, Wide{ranges_[variable].high}));
    narrowed_ = true;
  }

  void add_dimension(const Dimension& dimension, int cell) {
    if (dimension.kind == DimensionKind::difference) {
      const Interval interval = dimension.intervals[static_cast<std::size_t>(cell)];
      at_most(dimension.x, dimension.y, interval.high);
      at_most(dimension.y, dimension.x, -Wide{interval.low});
    } else if (dimension.kind == DimensionKind::relation) {
      add_relation(dimension, cell);
    }
  }

  // How far a moment can lie from its variable, in the unit of the variable; a little generous.
  Interval shift_of(const Moment& moment) const {
    const bool days = problem_.variables[static_cast<std::size_t>(moment.variable)].unit == Unit::date;
    Interval shift;
    for (const Duration& step : moment.steps) {
      const auto months = static_cast<double>(months_of(step));
      const std::int64_t rest = milliseconds_of(step);
      const auto in_days = static_cast<std::int64_t>(months * 30.436875);
      const std::int64_t slack = months == 0 ? 0 : 4;
      if (days) {
        const auto whole = static_cast<std::int64_t>(floor_divided(rest, kDay));
        shift.low += in_days - slack + whole;
        shift.high += in_days + slack + whole + (rest % kDay != 0 ? 1 : 0);
      } else {
        constexpr std::int64_t kClockChanges = 2 * 3'600'000;
        shift.low += (in_days - slack) * kDay + rest - kClockChanges;
        shift.high += (in_days + slack) * kDay + rest + kClockChanges;
      }
    }
    return shift;
  }

  void add_relation(const Dimension& dimension, int cell) {
    const int x = dimension.left.variable;
    const int y = dimension.right.variable;
    const Interval left = shift_of(dimension.left);
    const Interval right = shift_of(dimension.right);
    if (cell <= 1) at_most(x, y, Wide{right.high} - left.low - (cell == 0 ? 1 : 0));
    if (cell >= 1) at_most(y, x, Wide{left.high} - right.low - (cell == 2 ? 1 : 0));
    if (x == y) return;
    if (const auto& at = fixed_[static_cast<std::size_t>(x)]) {
      fix_other(dimension.right, moved(problem_, dimension.left, *at), 2 - cell);
    } else if (const auto& other = fixed_[static_cast<std::size_t>(y)]) {
      fix_other(dimension.left, moved(problem_, dimension.right, *other), cell);
    }
  }

  // The moment lies before (0), at (1) or after (2) a known value.
  void fix_other(const Moment& moment, const Value& value, int cell) {
    const auto variable = static_cast<std::size_t>(moment.variable);
    const Interval domain = problem_.variables[variable].domain;
    const auto last = [&](Comparator comparator) {
      return last_that_holds(domain, [&](std::int64_t amount) {
        return compare(moved(problem_, moment, amount), comparator, value) == true;
      });
    };
    const Wide low =
        cell == 0 ? Wide{domain.low} : Wide{last(cell == 1 ? Comparator::less : Comparator::less_equal)} + 1;
    const Wide high = cell == 2 ? Wide{domain.high} : Wide{last(cell == 0 ? Comparator::less : Comparator::less_equal)};
    within(variable, low, high);
  }

  // A list holds at least the different items it is known to hold.
  void add_counts() {
    for (std::size_t i = 0; i < count_; ++i) {
      const Variable& variable = problem_.variables[i];
      if (variable.role != Role::count) continue;
      std::int64_t members = 0;
      for (std::size_t d = 0; d < problem_.dimensions.size(); ++d) {
        const Dimension& dimension = problem_.dimensions[d];
        if (dimension.kind == DimensionKind::member && dimension.fact == variable.fact && cells_[d] == 1) ++members;
      }
      within(i, Wide{members} * Number::kScale, variable.domain.high);
    }
  }

  // Bounds of all variables; false on a negative cycle, which always passes through node 0, for every variable has a
  // domain.
  bool shortest_paths() {
    const auto run = [&](bool backward, std::vector<Wide>& distance) {
      constexpr Wide kFar = Wide{1} << 100;
      distance.assign(count_ + 1, kFar);
      distance[0] = 0;
      for (std::size_t round = 0; round <= count_ + 1; ++round) {
        if (!work_.spend(edges_.size())) return true;
        bool changed = false;
        for (const Edge& edge : edges_) {
          const std::size_t from = backward ? edge.to : edge.from;
          const std::size_t to = backward ? edge.from : edge.to;
          if (distance[from] == kFar || distance[from] + edge.weight >= distance[to]) continue;
          distance[to] = distance[from] + edge.weight;
          changed = true;
        }
        if (distance[0] < 0) return false;
        if (!changed) return true;
      }
      return false;
    };
    std::vector<Wide> highest;
    std::vector<Wide> lowest;
    if (!run(false, highest) || !run(true, lowest)) return false;
    ranges_.resize(count_);
    for (std::size_t i = 0; i < count_; ++i) {
      const std::int64_t step = problem_.variables[i].step;
      const Wide low = ceiling_divided(-lowest[i + 1], step) * step;
      const Wide high = floor_divided(highest[i + 1], step) * step;
      if (low > high) return work_.left == 0;
      ranges_[i] = {static_cast<std::int64_t>(low), static_cast<std::int64_t>(high)};
    }
    return true;
  }

  void derive(std::size_t index) {
    const Variable& variable = problem_.variables[index];
    if (variable.role == Role::age) derive_age(index);
    if (variable.role == Role::sum) derive_sum(index);
  }

  void derive_sum(std::size_t index) {
    const Variable& sum = problem_.variables[index];
    Wide low = 0;
    Wide high = 0;
    const auto part_of = [&](const std::pair<int, std::int64_t>& part) {
      const Interval range = ranges_[static_cast<std::size_t>(part.first)];
      const Wide a = Wide{part.second} * range.low;
      const Wide b = Wide{part.second} * range.high;
      return std::pair(std::min(a, b), std::max(a, b));
    };
    for (const auto& part : sum.parts) {
      low += part_of(part).first;
      high += part_of(part).second;
    }
    narrow(index, low, high);
    for (const auto& part : sum.parts) {
      // factor * x = sum - the others
      const auto [own_low, own_high] = part_of(part);
      const Wide least = Wide{ranges_[index].low} - (high - own_high);
      const Wide most = Wide{ranges_[index].high} - (low - own_low);
      const Wide factor = part.second;
      const auto variable = static_cast<std::size_t>(part.first);
      if (factor > 0) narrow(variable, ceiling_divided(least, factor), floor_divided(most, factor));
      if (factor < 0) narrow(variable, ceiling_divided(most, factor), floor_divided(least, factor));
    }
  }

  void derive_age(std::size_t index) {
    const Variable& variable = problem_.variables[index];
    const auto birth = static_cast<std::size_t>(variable.birth);
    const auto at = static_cast<std::size_t>(variable.at);
    const auto years_low = static_cast<std::int64_t>(ceiling_divided(ranges_[index].low, Number::kScale));
    const auto years_high = static_cast<std::int64_t>(floor_divided(ranges_[index].high, Number::kScale));
    const auto date = [](std::int64_t day) { return Date{std::chrono::sys_days{std::chrono::days{day}}}; };
    if (birth == at) return narrow(index, 0, 0);
    if (fixed_[at]) {
      const auto last = [&](std::int64_t least) {
        return last_that_holds(ranges_[birth],
                               [&](std::int64_t day) { return age(date(day), date(*fixed_[at])) >= least; });
      };
      return narrow(birth, Wide{last(years_high + 1)} + 1, last(years_low));
    }
    if (fixed_[birth]) {
      const auto last = [&](std::int64_t most) {
        return last_that_holds(ranges_[at],
                               [&](std::int64_t day) { return age(date(*fixed_[birth]), date(day)) <= most; });
      };
      return narrow(at, Wide{last(years_low - 1)} + 1, last(years_high));
    }
    constexpr double kYear = 365.2425;
    constexpr std::int64_t kSlack = 3;
    const Wide least = static_cast<std::int64_t>(std::floor(static_cast<double>(years_low) * kYear)) - kSlack;
    const Wide most = static_cast<std::int64_t>(std::ceil(static_cast<double>(years_high + 1) * kYear)) + kSlack;
    const Wide apart_low = Wide{ranges_[at].low} - ranges_[birth].high;
    const Wide apart_high = Wide{ranges_[at].high} - ranges_[birth].low;
    if (least <= apart_low && most >= apart_high) return;
    if (!linked_.insert(index).second) return;
    at_most(variable.at, variable.birth, most);
    at_most(variable.birth, variable.at, -least);
    narrowed_ = true;
  }

  // today() is the civil day of now().
  void derive_clock() {
    if (problem_.today == kNone || problem_.now == kNone) return;
    const auto today = static_cast<std::size_t>(problem_.today);
    const auto now = static_cast<std::size_t>(problem_.now);
    const auto day = [](std::int64_t amount) {
      return Wide{
          std::chrono::sys_days{date_of(Instant{std::chrono::milliseconds{amount}})}.time_since_epoch().count()};
    };
    const auto date = [](std::int64_t amount) { return Date{std::chrono::sys_days{std::chrono::days{amount}}}; };
    narrow(today, day(ranges_[now].low), day(ranges_[now].high));
    narrow(now, start_of_day(date(ranges_[today].low)).time_since_epoch().count(),
           end_of_day(date(ranges_[today].high)).time_since_epoch().count() - 1);
  }

  const Problem& problem_;
  const Cells& cells_;
  const Fixed& fixed_;
  Work& work_;
  std::size_t count_;
  std::vector<Edge> edges_;
  std::vector<Interval> ranges_;
  std::set<std::size_t> linked_;
  bool narrowed_ = false;
  bool contradiction_ = false;
};

}  // namespace

std::optional<std::vector<Interval>> ranges(const Problem& problem, const Cells& cells, const Fixed& fixed,
                                            Work& work) {
  return Bounds(problem, cells, fixed, work).solve();
}

}  // namespace draad::feel
