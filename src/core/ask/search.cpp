#include "core/ask/search.h"

#include "core/ask/spread.h"

#include <algorithm>

namespace vv::core::ask {

struct Search::Room : Spread::Room {};

namespace {

// Nobody on the way may have a block with the one at its end. The asker's own are closed from the start.
bool is_barred(const View& view, const Way& way) {
    const auto blocks = view.blocks_of(way.who);
    return std::any_of(way.path.begin(), way.path.end(), [&](Node node) {
        return std::binary_search(blocks.begin(), blocks.end(), Block{way.who, node});
    });
}

std::vector<Node> those_in_block_with(const View& view, Node who) {
    std::vector<Node> nodes;
    for (const Block& block : view.blocks_of(who)) nodes.push_back(block.whom);
    return nodes;
}

bool is_before(const Way& a, const Way& b) {
    return a.cost != b.cost ? a.cost < b.cost : a.who < b.who;
}

// Finds the ways anew that led over people whom their end has blocked. Returns whether there were any.
bool go_round(Spread::Room& room, const View& view, const Question& question, std::vector<Way>& ways) {
    std::vector<Way> sound;
    bool are_any = false;
    for (Way& way : ways) {
        if (!is_barred(view, way)) {
            sound.push_back(std::move(way));
            continue;
        }
        are_any = true;
        const auto wanted = std::lower_bound(question.wanted.begin(), question.wanted.end(), way.who,
                                             [](const Wanted& one, Node who) { return one.who < who; });
        const auto closed = those_in_block_with(view, way.who);
        const Question one{question.asker, {wanted, 1}, 1, question.hops};
        for (Way& other : Spread(room, view, one, closed).ways()) sound.push_back(std::move(other));
    }
    std::sort(sound.begin(), sound.end(), is_before);
    ways = std::move(sound);
    return are_any;
}

}  // namespace

Search::Search() : room_(std::make_unique<Room>()) {}
Search::~Search() = default;
Search::Search(Search&&) noexcept = default;
Search& Search::operator=(Search&&) noexcept = default;

// Ways that had to be found anew are longer than was thought, so that somebody behind the last may now be
// before it: then more are looked at.
std::vector<Way> Search::best(const View& view, const Question& question) {
    if (question.best == 0) return {};
    Question wider = question;
    for (;; wider.best *= 2) {
        auto ways = Spread(*room_, view, wider, {}).ways();
        const Cost beyond = ways.size() < wider.best ? kFar : ways.back().cost;
        const bool are_sound = !go_round(*room_, view, question, ways);
        if (are_sound || beyond == kFar ||
            (ways.size() >= question.best && ways[question.best - 1].cost < beyond)) {
            if (ways.size() > question.best) ways.resize(question.best);
            return ways;
        }
    }
}

std::vector<Way> Search::warmest(const View& view, Node from, Node to, std::size_t ways, int hops) {
    std::vector<Way> found;
    std::vector<Node> closed = those_in_block_with(view, to);
    Spread::Direct direct = Spread::Direct::counts;
    const Wanted wanted{to, 0};
    while (found.size() < ways) {
        auto next = Spread(*room_, view, {from, {&wanted, 1}, 1, hops}, closed, direct).ways();
        if (next.empty()) break;
        const auto& path = next.front().path;
        if (path.size() == 2) direct = Spread::Direct::does_not_count;
        closed.insert(closed.end(), path.begin() + 1, path.end() - 1);
        found.push_back(std::move(next.front()));
    }
    return found;
}

}  // namespace vv::core::ask
