// core/trips/relaxed_day.h — the best day when people have prices and may be met again, though not at once.
//
// Time is counted in cells, rounded down throughout, so whatever a real day can do a relaxed one can; that is
// what makes its value a bound.
#pragma once

#include "core/trips/ground.h"

namespace vv::core::trips {

class RelaxedDay {
public:
    /// With cells as fine as about `work` steps for each best() allow. `may_skip`: leaving a visit out never
    /// makes a day later, so that visits of no prize need no look.
    RelaxedDay(const Ground& ground, int kind, std::size_t work, bool may_skip);

    /// Cells would be so wide that visits take no time at all: no use.
    [[nodiscard]] bool is_usable() const { return usable_; }
    [[nodiscard]] bool is_exact() const { return cell_ == 1; }

    /// The most that the prizes (by node) of one day's visits can add up to; `visits` becomes such a day.
    double best(const std::vector<double>& prizes, std::vector<int>& visits);

private:
    struct Choice {
        double first = 0, second = 0;     // from here on; second begins with another person than first
        int next = -1, next_cell = -1;    // of first; −1 is the end
        int other = -1, other_cell = -1;  // of second
        int person = -1;                  // of next
    };
    struct Window {
        int from, until, base;  // cells; the choice of cell c is base + c
    };

    void lay_cells(const Ground& ground, int kind, Ticks cell);
    bool measure(const Ground& ground, int kind);
    [[nodiscard]] int choice_at(int node, int arrival) const;
    void choose(int node, int cell, const std::vector<double>& prizes, Choice& out) const;
    void follow(const Choice& start, std::vector<int>& visits) const;

    std::vector<int> nodes_;   // that fit on such a day; the rest of the class counts in places in it
    std::vector<int> person_;  // of these
    Ticks cell_ = 1;
    bool usable_ = true, may_skip_ = false;
    std::vector<std::vector<Window>> windows_;
    std::vector<std::uint32_t> hops_;  // in cells, among nodes_; the row behind them leads out of the start
    std::vector<std::pair<int, int>> by_time_;  // node and cell, the latest first
    std::vector<Choice> choices_;
    std::vector<int> worthwhile_;
};

}  // namespace vv::core::trips
