// core/ask/spread.h — one search through a view: labels spread from the asker, in rounds.
//
// A label is an account reached over so many hops at a cost; one that another matches in both is dropped. A
// round takes every label, fewest hops first, as far along its row as the round's cost allows; rounds widen
// until what is found cannot be beaten. The last hop makes no labels: a row is read along and each end is
// looked up in a bitmap of those wanted, or of those who know one ("gates").
#pragma once

#include "core/ask/search.h"

namespace vv::core::ask {

class Spread {
public:
    using Ref = std::uint32_t;  // of a label: its hops in the two upper bits, then its place

    struct Label {
        const HalfTie* next = nullptr;  // where its row goes on; null when nobody has looked at it
        std::uint32_t left = 0;         // ties of the row from there
        Node node = 0;
        Cost cost = 0;
        Cost due = 0;  // of the next tie's end
        Ref from = 0;
        Ref older = 0;  // another label of the account
    };
    /// Who is at `at` has one hop to one of those wanted.
    struct Gate {
        std::uint32_t wanted = 0;
        Cost cost = 0;  // of that hop and of not fitting
        std::uint32_t older = 0;
        Node at = 0;
    };
    struct Best {
        Cost cost = kFar;
        Ref label = 0;
        Node over = kNobody;  // between the label and the one wanted
    };
    /// What a search needs for each account; as it was before when the search is over.
    struct Room {
        std::vector<Ref> newest;  // label of the account
        std::vector<std::uint32_t> newest_gate;
        Bits labelled, wanted;                             // `wanted`: or at a gate
        std::array<std::vector<Label>, kMostHops> labels;  // by hops
        std::vector<Gate> gates;
        std::vector<std::uint32_t> gates_by_cost;
        std::vector<Best> best;            // of each that is wanted
        std::vector<std::uint32_t> found;  // places in `best`, best first, no more than asked for
    };
    enum class Direct { counts, does_not_count };

    /// `closed` may not be on a way, nor be its end.
    Spread(Room& room, const View& view, const Question& question, const std::vector<Node>& closed,
           Direct direct = Direct::counts);
    ~Spread();
    Spread(const Spread&) = delete;
    Spread& operator=(const Spread&) = delete;

    std::vector<Way> ways();

private:
    enum class Hop { inner, last };
    enum class Spreading { goes_on, is_over };

    [[nodiscard]] Plan plan() const;
    void close(Node node);
    void want_all();
    void open_gates();
    void spread_and_meet();
    Spreading spread(int deepest, Hop deepest_hop, std::size_t labels = ~std::size_t{0});
    void pass(int deepest, Hop deepest_hop);
    template <Hop hop>
    void follow(Label& label, Ref ref);
    void look_ahead(std::vector<Label>& labels, std::size_t i) const;
    void look_up(Label& label) const;
    void reach(Node node, Cost cost, Ref from);
    void arrive(Node node, Cost cost, Ref from);
    void meet();
    void meet_at(const Gate& gate);
    void improve(std::uint32_t wanted, const Best& best);
    void tighten();
    [[nodiscard]] bool may_broker(Node node) const;
    [[nodiscard]] Label& label(Ref ref);
    [[nodiscard]] std::vector<Node> path_to(Ref ref, Node over, Node who);

    Room& room_;
    const View& view_;
    const Question& question_;
    Direct direct_;
    bool has_gates_ = false;
    std::vector<Node> closed_;
    std::size_t asked_ = 0;     // how many of those wanted are to be found
    Cost shortest_end_ = kFar;  // the least that a way costs after its last label
    Cost found_ = kFar;         // what the last of `asked_` costs
    std::size_t labels_made_ = 0;
    Cost round_, limit_ = 0, pending_ = 0;
};

}  // namespace vv::core::ask
