// core/ask/search.h — who of those wanted can be reached over people who vouch for each other, and how.
//
// Exact: what comes back is what a Dijkstra over (account, hops) would find, for costs in steps. A path leads
// over at most three accounts, all of whom agreed to broker; no two next to each other on it have blocked
// each other, and none has blocked the asker or the one asked for, or was blocked by them.
#pragma once

#include "core/ask/graph.h"

#include <memory>

namespace vv::core::ask {

constexpr int kMostHops = 4;

struct Wanted {
    Node who = 0;
    Steps unfit = 0;  // −ln of how well they fit, in steps
};

/// How the search goes about it; the answer is the same.
enum class Plan {
    chosen,   // by how many are wanted
    forward,  // from the asker until the best are reached: many are wanted
    gates,    // until somebody is reached who knows one: few are wanted
    meeting,  // two hops from the asker, two from each: a handful is wanted
};

struct Question {
    Node asker = 0;
    std::span<const Wanted> wanted;  // sorted by who, each once
    std::size_t best = 10;
    int hops = kMostHops;  // 1 … 4
    Plan plan = Plan::chosen;
};

/// Somebody who fits, and the warmest way to them.
struct Way {
    Node who = 0;
    Cost cost = 0;           // of the path and of not fitting: trust_of(cost) is fit × warmth
    std::vector<Node> path;  // from the asker to `who`
};

/// Has room to search in, for one thread; takes some 20 bytes an account and keeps them.
class Search {
public:
    Search();
    ~Search();
    Search(Search&&) noexcept;
    Search& operator=(Search&&) noexcept;

    /// The best by (cost, who), best first; fewer when fewer can be reached.
    std::vector<Way> best(const View& view, const Question& question);
    /// The warmest way from one to another, then the warmest that shares no broker with it, and so on. When
    /// the two know each other, their own tie is one of the ways.
    std::vector<Way> warmest(const View& view, Node from, Node to, std::size_t ways = 4,
                             int hops = kMostHops);

private:
    struct Room;
    std::unique_ptr<Room> room_;
};

}  // namespace vv::core::ask
