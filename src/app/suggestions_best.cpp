#include "app/suggestions_best.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vv::app {
namespace {

constexpr std::size_t kPage = 500;

}  // namespace

// The k best exactly. People come by their bound, so once the k-th best is at least the next one's bound,
// nobody below can better it (Fagin's threshold argument).
std::vector<core::Candidate> best_candidates(store::Tx& tx, const Caller& caller,
                                             const core::Occasion& occasion,
                                             const store::suggestions::Filter& filter,
                                             std::optional<core::Shelf> shelf, std::size_t limit) {
    std::vector<std::pair<double, core::Candidate>> best;  // log-utility
    const auto better = [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second.person < b.second.person;
    };
    std::optional<store::suggestions::Cursor> after;
    for (;;) {
        auto page = store::suggestions::by_pull(tx, caller.account, filter, after, caller.now, kPage);
        const bool is_last = page.size() < kPage;
        if (!page.empty()) after = {page.back().pull, page.back().candidate.person};
        for (auto& [candidate, pull] : page) {
            const core::Suggestion made = core::suggest(candidate, occasion);
            if (shelf && made.shelf != *shelf) continue;
            if (filter.within_km && (!made.distance_km || *made.distance_km > *filter.within_km)) continue;
            best.emplace_back(std::log(made.score), std::move(candidate));
        }
        std::ranges::sort(best, better);
        if (best.size() > limit) best.resize(limit);
        if (is_last || (best.size() == limit && best.back().first > after->pull)) break;
    }
    std::vector<core::Candidate> candidates;
    for (auto& [utility, candidate] : best) candidates.push_back(std::move(candidate));
    return candidates;
}

}  // namespace vv::app
