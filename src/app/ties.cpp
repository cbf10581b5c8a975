#include "app/ties.h"

#include "core/asks/match.h"
#include "store/encounters.h"
#include "store/ties.h"

#include <algorithm>

namespace vv::app {
namespace {

constexpr int kChunk = 10'000;

core::EncounterEvent event_of(const core::Encounter& encounter) {
    return {encounter.start, encounter.end, encounter.evidence,
            static_cast<int>(encounter.people.size()) + 1};
}

/// What meeting them can be worth at most, now or later.
double pull_of(core::Candidate candidate, const core::Tie& tie) {
    candidate.stage = tie.stage;
    candidate.known_since = tie.first_contact;
    candidate.last_contact = tie.last_contact;
    candidate.first_met = tie.first_met;
    candidate.last_met = tie.last_met;
    candidate.encounters = tie.encounters;
    candidate.contacts_in = tie.contacts_in;
    candidate.contacts_out = tie.contacts_out;
    candidate.contacts_year = tie.contacts_year;
    if (tie.gap) candidate.usual_gap = core::usual_gap_of(tie.half_life);
    return core::utility_bound(candidate, tie.as_of);
}

/// How likely they say yes to an ask at most, now or later.
double warmth_of(const core::Tie& tie) {
    core::asks::Known known;
    known.trust = tie.trust;
    known.encounters = tie.encounters;
    known.contacts_in = tie.contacts_in;
    known.contacts_out = tie.contacts_out;
    known.last_contact = tie.last_contact;
    known.last_met = tie.last_met;
    return core::asks::warmth_bound(known, tie.as_of);
}

void refresh_chunk(store::Tx& tx, core::AccountId owner, const std::vector<core::PersonId>& people,
                   Instant now, core::OwnersRhythm rhythm) {
    auto sums = store::ties::sums(tx, owner, people, now, rhythm);
    for (const core::Encounter& encounter :
         core::join_encounters(store::encounters::of_people(tx, owner, people).encounters))
        for (const core::PersonId person : encounter.people)
            if (const auto at = sums.find(person); at != sums.end()) at->second.add(event_of(encounter));
    std::vector<store::ties::Summary> summaries;
    for (core::Candidate& candidate : store::ties::candidates(tx, owner, people)) {
        const core::PersonId person = candidate.person;
        const core::Tie tie = sums.at(person).tie();
        summaries.push_back({person, tie, pull_of(std::move(candidate), tie), warmth_of(tie)});
    }
    store::ties::save(tx, owner, summaries);
}

}  // namespace

void refresh_ties(store::Tx& tx, core::AccountId owner, const std::vector<core::PersonId>& people,
                  Instant now) {
    if (people.empty()) return;
    const core::OwnersRhythm rhythm = store::ties::rhythm(tx, owner);
    for (std::size_t from = 0; from < people.size(); from += kChunk) {
        const std::size_t to = std::min(people.size(), from + kChunk);
        refresh_chunk(tx, owner,
                      {people.begin() + static_cast<std::ptrdiff_t>(from),
                       people.begin() + static_cast<std::ptrdiff_t>(to)},
                      now, rhythm);
    }
}

void refresh_all_ties(store::Tx& tx, core::AccountId owner, Instant now) {
    const core::OwnersRhythm rhythm = store::ties::rhythm(tx, owner);
    core::PersonId last;
    while (true) {
        const auto people = store::ties::people_after(tx, owner, last, kChunk);
        if (people.empty()) return;
        refresh_chunk(tx, owner, people, now, rhythm);
        last = people.back();
    }
}

Result<std::size_t> refresh_due_ties(store::Tx& tx, core::AccountId owner, Instant now) {
    const auto people = store::ties::due(tx, owner, now);
    refresh_ties(tx, owner, people, now);
    return people.size();
}

}  // namespace vv::app
