// core/trips/pool.h — good days seen while searching, to be put together anew.
//
// A search that looks at whole plans forgets a good day as soon as the rest of its plan turns out poor. Here
// days are kept by themselves; choosing those that share nobody is a set packing problem, solved a few days
// at a time by branch and bound.
#pragma once

#include "core/trips/search.h"

#include <unordered_map>

namespace vv::core::trips {

class DayPool {
public:
    explicit DayPool(const Ground& ground);

    /// Remembers the days of a plan.
    void add(const State& state);

    /// The best plan that two or three days from the pool in place of as many of `state`'s make; `state`
    /// itself if none is better. Goes on while that helps.
    [[nodiscard]] State recombine(State state);

private:
    using Bits = std::vector<std::uint64_t>;
    struct Entry {
        std::vector<int> nodes;
        Bits persons;
        Worth gain = 0;
        Worth of_plan = 0;  // of the best plan it was seen in
        int kind = 0;
    };
    struct Choice {
        std::vector<const Entry*> chosen;
        Worth gain = 0;
        int steps = 0;
    };

    [[nodiscard]] bool improve(State& state, const std::vector<int>& days) const;
    void choose(const std::vector<std::vector<const Entry*>>& lists, std::size_t depth, Worth gain,
                Bits& taken, std::vector<const Entry*>& chosen, Choice& best) const;
    void forget_half();
    [[nodiscard]] bool is_apart(const Bits& a, const Bits& b) const;

    const Ground& ground_;
    std::size_t words_;
    std::size_t turn_ = 0;             // which days are next
    std::vector<std::uint64_t> mark_;  // of each node, for hashing sets of them
    std::unordered_map<std::uint64_t, Entry> entries_;
};

}  // namespace vv::core::trips
