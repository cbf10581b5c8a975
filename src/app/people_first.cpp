#include "app/people_first.h"

#include "core/suggestions.h"

#include <algorithm>
#include <cmath>

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

}  // namespace

// As app/suggestions finds the best: people come by their bound, and once the last wanted is worth the next
// one's bound, nobody below can better them.
std::vector<core::Person> whom_to_see_first(store::Tx& tx, const Caller& caller,
                                            const store::people::Filter& filter, std::size_t skip,
                                            std::size_t limit) {
    struct Worth {
        double log_utility;
        core::Person person;
    };
    const auto better = [](const Worth& a, const Worth& b) {
        return a.log_utility != b.log_utility ? a.log_utility > b.log_utility : a.person.id < b.person.id;
    };
    const core::Occasion now{caller.now, caller.zone, std::nullopt, ""};
    std::vector<Worth> best;
    std::optional<core::Person> last;
    while (true) {
        auto chunk = store::people::by_pull(tx, caller.account, filter, last ? &*last : nullptr, kChunk);
        const bool is_last = chunk.size() < kChunk;
        if (!chunk.empty()) last = chunk.back();
        for (core::Person& person : chunk)
            best.push_back({std::log(core::suggest(candidate_of(person), now).score), std::move(person)});
        std::ranges::sort(best, better);
        if (best.size() > skip + limit)
            best.erase(best.begin() + static_cast<std::ptrdiff_t>(skip + limit), best.end());
        if (is_last || (best.size() == skip + limit && best.back().log_utility > last->pull)) break;
    }
    std::vector<core::Person> people;
    for (std::size_t i = skip; i < best.size(); ++i) people.push_back(std::move(best[i].person));
    return people;
}

}  // namespace vv::app
