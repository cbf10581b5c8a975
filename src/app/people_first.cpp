#include "app/people_first.h"

#include "core/suggestions.h"
#include "store/mutual_ties.h"
#include "store/no_shows.h"
#include "store/people_picked.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace vv::app {
namespace {

constexpr std::size_t kChunk = 500;

core::Candidate candidate_of(const core::Person& person) {
    core::Candidate candidate;
    candidate.person = person.id;
    candidate.name = person.name;
    candidate.relation = person.relation;
    candidate.stage = person.stage;
    candidate.known_since = person.first_contact;
    candidate.last_contact = person.last_contact;
    candidate.first_met = person.first_met;
    candidate.last_met = person.last_met;
    candidate.encounters = person.encounters;
    candidate.contacts_in = person.contacts_in;
    candidate.contacts_out = person.contacts_out;
    candidate.contacts_year = person.contacts_year;
    candidate.usual_gap = person.usual_gap;
    return candidate;
}

// As app/suggestions_best finds the best: people come by their bound, and once the last wanted is worth the
// next one's bound, nobody below can better them.
class First {
public:
    First(store::Tx& tx, const Caller& caller, const store::people::Filter& filter, std::size_t wanted)
        : tx_(tx),
          caller_(caller),
          filter_(filter),
          wanted_(wanted),
          known_by_(store::mutual_ties::of_owner(tx, caller.account)),
          stayed_away_(store::no_shows::of_owner(tx, caller.account, caller.now)) {
        consider_the_known();
    }

    std::vector<core::Person> find() {
        std::optional<core::Person> last;
        while (true) {
            auto chunk =
                store::people::by_pull(tx_, caller_.account, filter_, last ? &*last : nullptr, kChunk);
            const bool is_last = chunk.size() < kChunk;
            if (!chunk.empty()) last = chunk.back();
            for (core::Person& person : chunk)
                if (!known_by_.contains(person.id)) consider(std::move(person));
            keep_best();
            if (is_last || (best_.size() == wanted_ && best_.back().log_utility > last->pull)) break;
        }
        std::vector<core::Person> people;
        for (Worth& worth : best_) people.push_back(std::move(worth.person));
        return people;
    }

private:
    struct Worth {
        double log_utility;
        core::Person person;
        bool operator<(const Worth& other) const {  // the better first
            return log_utility != other.log_utility ? log_utility > other.log_utility
                                                    : person.id < other.person.id;
        }
    };

    // Whom others of the owner's people know is worth more than the bound says.
    void consider_the_known() {
        if (known_by_.empty()) return;
        std::vector<core::PersonId> ids;
        for (const auto& [person, names] : known_by_) ids.push_back(person);
        for (core::Person& person : store::people::of_these(tx_, caller_.account, filter_, ids))
            consider(std::move(person));
        keep_best();
    }

    void consider(core::Person person) {
        core::Candidate candidate = candidate_of(person);
        candidate.stayed_away = stayed_away_.contains(person.id);
        if (const auto known = known_by_.find(person.id); known != known_by_.end())
            candidate.known_by = known->second;
        best_.push_back({std::log(core::suggest(candidate, now_).score), std::move(person)});
    }

    void keep_best() {
        std::sort(best_.begin(), best_.end());
        if (best_.size() > wanted_)
            best_.erase(best_.begin() + static_cast<std::ptrdiff_t>(wanted_), best_.end());
    }

    store::Tx& tx_;
    const Caller& caller_;
    const store::people::Filter& filter_;
    std::size_t wanted_;
    core::Occasion now_{caller_.now, caller_.zone, std::nullopt, ""};
    store::mutual_ties::MutualTies known_by_;
    std::set<core::PersonId> stayed_away_;
    std::vector<Worth> best_;
};

}  // namespace

std::vector<core::Person> whom_to_see_first(store::Tx& tx, const Caller& caller,
                                            const store::people::Filter& filter, std::size_t skip,
                                            std::size_t limit) {
    auto people = First(tx, caller, filter, skip + limit).find();
    people.erase(people.begin(), people.begin() + static_cast<std::ptrdiff_t>(std::min(skip, people.size())));
    return people;
}

}  // namespace vv::app
