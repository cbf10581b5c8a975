#include "app/suggestions_best.h"

#include "store/no_shows.h"
#include "store/suggestions.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <queue>
#include <set>
#include <utility>

namespace vv::app {
namespace {

using store::suggestions::Crowd;
using store::suggestions::Cursor;

constexpr std::size_t kLeastPage = 32;
constexpr std::size_t kMostPage = 1'000;
// Two ways to the same sum may differ by so much.
constexpr double kRounding = 1e-12;

// Around a place; near the poles and the date line it is the whole circle of longitudes, which is only wider.
Box box_around(LatLng near, double km) {
    constexpr double kKmPerDegree = 111.19;
    const double dlat = km / kKmPerDegree;
    Box box{{std::max(-90.0, near.lat - dlat), -180}, {std::min(90.0, near.lat + dlat), 180}};
    const double farthest = std::max(std::abs(box.south_west.lat), std::abs(box.north_east.lat));
    const double shrink = std::cos(farthest * std::numbers::pi / 180);
    const double dlng = shrink > 0.01 ? dlat / shrink : 360;
    if (near.lng - dlng > -180 && near.lng + dlng < 180) {
        box.south_west.lng = near.lng - dlng;
        box.north_east.lng = near.lng + dlng;
    }
    return box;
}

// A crowd and how far it was read. Nobody in the rest has a larger log-utility than `most`, and who has as
// much has a larger id than `after` says.
struct Rest {
    Crowd crowd;
    double most = 0;
    std::optional<Cursor> after = std::nullopt;
    bool is_tight = false;  // the crowd's box is no larger than need be
    std::size_t page = kLeastPage;
    bool operator<(const Rest& other) const { return most < other.most; }
};

struct Worth {
    double log_utility = 0;
    core::Candidate candidate;
    bool operator<(const Worth& other) const {  // the better first
        return log_utility != other.log_utility ? log_utility > other.log_utility
                                                : candidate.person < other.candidate.person;
    }
};

// The k best exactly. Crowds come by the most that somebody in what is left of them can be worth; once the
// k-th best is better than that, nobody unread can better it (Fagin's threshold argument).
class Best {
public:
    Best(store::Tx& tx, const Caller& caller, const core::Occasion& occasion, const Among& among,
         std::size_t limit)
        : tx_(tx),
          caller_(caller),
          occasion_(occasion),
          among_(among),
          limit_(limit),
          stayed_away_(store::no_shows::of_owner(tx, caller.account, caller.now)) {
        consider_the_known();
        if (among.within_km) box_ = box_around(occasion.near.value_or(LatLng{}), *among.within_km);
        for (const Crowd& crowd : store::suggestions::crowds(tx, caller.account))
            if (is_asked_for(crowd)) add(Rest{crowd}, crowd.pull);
    }

    std::vector<core::Candidate> find() {
        while (!rests_.empty() && !is_better_than(rests_.top().most)) {
            Rest rest = rests_.top();
            rests_.pop();
            if (is_no_worse_than(rest)) continue;
            // One page is mostly enough; before many are read it is worth to know where these people are.
            if (rest.after && rest.crowd.box && !rest.is_tight)
                tighten(std::move(rest));
            else
                read(std::move(rest));
        }
        std::vector<core::Candidate> candidates;
        for (Worth& worth : best_) candidates.push_back(std::move(worth.candidate));
        return candidates;
    }

private:
    [[nodiscard]] bool is_of_relation(core::Relation relation) const {
        return among_.relations.empty() ||
               std::ranges::find(among_.relations, relation) != among_.relations.end();
    }
    [[nodiscard]] bool is_asked_for(const Crowd& crowd) const {
        if (!is_of_relation(crowd.relation)) return false;
        if (among_.shelf && (*among_.shelf == core::Shelf::first) == (crowd.footing == core::Footing::met))
            return false;
        return !among_.within_km ||
               (crowd.box && least_distance_km(*occasion_.near, *crowd.box) <= *among_.within_km);
    }

    // Whom others of the owner's people know is worth more than the bounds of the crowds say.
    void consider_the_known() {
        for (auto& one : store::suggestions::known_candidates(tx_, caller_.account, caller_.now)) {
            known_.insert(one.person);
            if (is_of_relation(one.relation)) consider(std::move(one));
        }
        keep_best();
    }

    void add(Rest rest, double pull) {
        rest.most = core::bound_now(pull, rest.crowd.footing, rest.crowd.relation, caller_.now);
        if (occasion_.near)
            rest.most += core::way_weight(
                rest.crowd.box ? std::optional(least_distance_km(*occasion_.near, *rest.crowd.box))
                               : std::nullopt);
        rests_.push(std::move(rest));
    }

    [[nodiscard]] bool is_better_than(double most) const {
        return best_.size() == limit_ && best_.back().log_utility > most + kRounding;
    }
    // Of very many who are worth the same, the first suffice.
    [[nodiscard]] bool is_no_worse_than(const Rest& rest) const {
        return best_.size() == limit_ && best_.back().log_utility >= rest.most - kRounding && rest.after &&
               best_.back().candidate.person < rest.after->person;
    }

    void tighten(Rest rest) {
        rest.crowd.box = store::suggestions::extent(tx_, caller_.account, rest.crowd);
        rest.is_tight = true;
        const double pull = rest.after->pull;
        add(std::move(rest), pull);
    }

    void read(Rest rest) {
        auto page = store::suggestions::of_crowd(tx_, caller_.account, rest.crowd, box_, rest.after,
                                                 caller_.now, std::max(rest.page, limit_));
        const bool is_last = page.size() < std::max(rest.page, limit_);
        if (!page.empty()) rest.after = {page.back().pull, page.back().candidate.person};
        for (auto& [candidate, pull] : page) {
            if (known_.contains(candidate.person)) continue;
            candidate.stayed_away = stayed_away_.contains(candidate.person);
            consider(std::move(candidate));
        }
        keep_best();
        rest.page = std::min(kMostPage, 2 * rest.page);
        if (!is_last) add(std::move(rest), rest.after->pull);
    }

    void keep_best() {
        std::sort(best_.begin(), best_.end());
        if (best_.size() > limit_) best_.resize(limit_);
    }

    void consider(core::Candidate candidate) {
        const core::Suggestion made = core::suggest(candidate, occasion_);
        if (among_.shelf && made.shelf != *among_.shelf) return;
        if (among_.within_km && (!made.distance_km || *made.distance_km > *among_.within_km)) return;
        best_.push_back({std::log(made.score), std::move(candidate)});
    }

    store::Tx& tx_;
    const Caller& caller_;
    const core::Occasion& occasion_;
    const Among& among_;
    std::size_t limit_;
    std::set<core::PersonId> stayed_away_;
    std::set<core::PersonId> known_;  // were considered at first
    std::optional<Box> box_;
    std::priority_queue<Rest> rests_;
    std::vector<Worth> best_;
};

}  // namespace

std::vector<core::Candidate> best_candidates(store::Tx& tx, const Caller& caller,
                                             const core::Occasion& occasion, const Among& among,
                                             std::size_t limit) {
    return Best(tx, caller, occasion, among, limit).find();
}

}  // namespace vv::app
