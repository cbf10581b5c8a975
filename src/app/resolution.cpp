#include "app/resolution.h"

#include "app/resolution_apply.h"
#include "store/people.h"
#include "store/photos.h"
#include "store/resolution.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace vv::app {
namespace {

using core::Decision;
using core::Identity;
using core::IdentityId;
using core::PersonId;
using core::Verdict;
using store::resolution::Place;
using store::resolution::Placed;

constexpr std::size_t kMostMerged = 50;

Error unknown_person() {
    return {Fault::not_found, "person.unknown", "There is no such person among yours."};
}

Error unknown_identity() {
    return {Fault::not_found, "identity.unknown", "There is no such identity among yours."};
}

// Every identity of one side with the first of the other, both ways: the word holds while any of them is
// left.
void say_same(const std::vector<IdentityId>& a, const std::vector<IdentityId>& b,
              std::vector<Decision>& said) {
    for (const auto id : b) said.push_back({a.front(), id, Verdict::same});
    for (const auto id : a) said.push_back({id, b.front(), Verdict::same});
}

void say_different(const std::vector<IdentityId>& a, const std::vector<IdentityId>& b,
                   std::vector<Decision>& said) {
    for (const auto x : a)
        for (const auto y : b) said.push_back({x, y, Verdict::different});
}

std::vector<IdentityId> ids_of(const std::vector<Place>& places, PersonId person) {
    std::vector<IdentityId> ids;
    for (const auto& place : places)
        if (place.person == person) ids.push_back(place.id);
    return ids;
}

// "Different" between the two sides of a merge was said earlier; the latest word holds.
void unsay_different(const std::vector<store::resolution::Word>& words, const std::vector<IdentityId>& a,
                     const std::vector<IdentityId>& b, std::vector<Decision>& said) {
    const std::set<IdentityId> left(a.begin(), a.end()), right(b.begin(), b.end());
    for (const auto& [decision, at] : words) {
        const bool across = (left.contains(decision.a) && right.contains(decision.b)) ||
                            (left.contains(decision.b) && right.contains(decision.a));
        if (across && decision.verdict == Verdict::different)
            said.push_back({decision.a, decision.b, Verdict::same});
    }
}

Result<std::vector<core::Person>> load(store::Tx& tx, const Caller& caller,
                                       const std::vector<PersonId>& ids) {
    auto people = store::people::load(tx, caller.account, ids);
    if (people.size() != ids.size()) return unknown_person();
    return people;
}

Result<Done> join(store::Tx& tx, const Caller& caller, const std::vector<PersonId>& people, IdSource& ids) {
    const auto places = store::resolution::places_of(tx, caller.account, people);
    const auto words = store::resolution::decisions(tx, caller.account);
    std::vector<Decision> said;
    std::vector<IdentityId> together = ids_of(places, people.front());
    for (std::size_t i = 1; i < people.size(); ++i) {
        const auto more = ids_of(places, people[i]);
        if (together.empty() || more.empty()) return unknown_person();
        unsay_different(words, together, more, said);
        say_same(together, more, said);
        together.insert(together.end(), more.begin(), more.end());
    }
    store::resolution::decide(tx, caller.account, said, caller.now);
    std::sort(together.begin(), together.end());
    apply_clusters(tx, caller.account, {{together}, places}, caller.now, ids);
    refresh_questions(tx, caller.account, {}, {});
    return Done{};
}

// Everybody that questions are about, with all of their identities.
struct Sides {
    std::map<PersonId, core::Person> people;
    Placed placed;

    [[nodiscard]] std::optional<ReviewSide> of(IdentityId id) const {
        std::optional<ReviewSide> side;
        for (std::size_t i = 0; i < placed.identities.size() && !side; ++i) {
            const auto person = people.find(placed.people[i]);
            if (placed.identities[i].id == id && person != people.end() && !person->second.blocked_at)
                side = ReviewSide{person->second, placed.identities[i], {}};
        }
        for (std::size_t i = 0; side && i < placed.identities.size(); ++i)
            if (placed.people[i] == side->person.id) side->identities.push_back(placed.identities[i]);
        return side;
    }
};

// What the evidence changed of the clusters: those that hold one of `looked_at`, and those that are no longer
// whole.
std::vector<std::vector<IdentityId>> changed_clusters(core::Resolution& found,
                                                      const std::vector<Place>& places) {
    const std::unordered_set<IdentityId> looked_at(found.reconsidered.begin(), found.reconsidered.end());
    std::unordered_map<IdentityId, PersonId> person_of;
    for (const auto& place : places) person_of.emplace(place.id, place.person);
    std::vector<std::vector<IdentityId>> out;
    for (auto& members : found.people) {
        const auto person = person_of.at(members.front());
        const bool whole = std::all_of(members.begin(), members.end(), [&](IdentityId id) {
            return !looked_at.contains(id) && person_of.at(id) == person;
        });
        if (!whole) out.push_back(std::move(members));
    }
    return out;
}

// What was written by hand and accounts that agreed to be someone stay with whom they are, whatever the
// evidence.
std::vector<Decision> bonds(const std::vector<Place>& places) {
    std::map<PersonId, IdentityId> anchors;
    const auto is_bound = [](const Place& place) {
        return place.network == core::Network::manual || place.network == core::Network::account;
    };
    for (const bool bound : {false, true})  // an archive's identity before one of these
        for (const auto& place : places)
            if (place.person.is_set() && is_bound(place) == bound)
                anchors.try_emplace(place.person, place.id);
    std::vector<Decision> out;
    for (const auto& place : places)
        if (place.person.is_set() && is_bound(place) && anchors.at(place.person) != place.id)
            out.push_back({place.id, anchors.at(place.person), Verdict::same});
    return out;
}

core::ResolutionOptions options_of(store::Tx& tx, core::AccountId owner) {
    core::ResolutionOptions options;
    options.region = store::resolution::owner(tx, owner).region;
    options.since = store::resolution::tie_dates(tx, owner);
    options.looks = store::photos::looks(tx, owner);
    return options;
}

enum class Bonds { kept, open };

Result<ResolutionReport> resolve(store::Tx& tx, core::AccountId owner, std::vector<IdentityId> changed,
                                 Bonds bound, Instant now, IdSource& ids) {
    const auto places = store::resolution::places(tx, owner);
    for (const auto& place : places)
        if (place.is_stale) changed.push_back(place.id);
    auto decisions = bound == Bonds::kept ? bonds(places) : std::vector<Decision>{};
    for (const auto& word : store::resolution::decisions(tx, owner)) decisions.push_back(word.decision);
    const auto options = options_of(tx, owner);
    auto found = core::resolve_changed(store::resolution::identities(tx, owner, places.size()),
                                       clusters_of(places), changed, decisions, options);
    const auto applied =
        apply_clusters(tx, owner, {changed_clusters(found, places), places}, now, ids, changed);
    store::resolution::remove_people(tx, owner, store::resolution::people_without_identities(tx, owner));
    store::resolution::mark_resolved(tx, owner);
    ResolutionReport report;
    report.refreshed = applied.changed;
    report.refreshed.insert(report.refreshed.end(), applied.created.begin(), applied.created.end());
    const auto unplaced = std::ranges::count(places, PersonId{}, &Place::person);
    report.people = store::resolution::count_people(tx, owner);
    report.created = static_cast<int>(applied.created.size());
    report.merged =
        std::max(0, static_cast<int>(unplaced) - report.created) + static_cast<int>(applied.absorbed);
    report.to_review =
        static_cast<int>(refresh_questions(tx, owner, found.reconsidered, std::move(found.questions)));
    return report;
}

// The people of these identities are told anew by the evidence and by what is still said.
Result<Done> look_again(store::Tx& tx, const Caller& caller, const std::vector<IdentityId>& about,
                        IdSource& ids) {
    CHECK(resolve(tx, caller.account, about, Bonds::open, caller.now, ids));
    return Done{};
}

}  // namespace

Result<ResolutionReport> resolve_people(store::Tx& tx, core::AccountId owner,
                                        std::span<const IdentityId> changed, Instant now, IdSource& ids) {
    return resolve(tx, owner, {changed.begin(), changed.end()}, Bonds::kept, now, ids);
}

Result<Acted<core::Person>> merge_people(store::Tx& tx, Caller caller, std::vector<PersonId> people,
                                         IdSource* ids) {
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    if (people.size() < 2 || people.size() > kMostMerged)
        return Error(Fault::invalid, "people.merge", "Name 2 to 50 different people to make one of them.");
    CHECK(load(tx, caller, people));
    const auto before = store::resolution::places_of(tx, caller.account, people);
    Acting acting(tx, caller, people, store::acts::Depth::identities);
    CHECK(join(tx, caller, people, *ids));
    const auto after = store::resolution::find_identities(tx, caller.account, std::vector{before.front().id});
    TRY(auto found, load(tx, caller, {after.people.front()}));
    return Acted<core::Person>{std::move(found.front()), acting.finish("merge", *ids)};
}

Result<Acted<std::vector<core::Person>>> split_person(store::Tx& tx, Caller caller, PersonId person,
                                                      std::vector<IdentityId> identities, IdSource* ids) {
    CHECK(load(tx, caller, {person}));
    const auto places = store::resolution::places_of(tx, caller.account, std::vector{person});
    const std::set<IdentityId> wanted(identities.begin(), identities.end());
    std::vector<IdentityId> stay, leave;
    for (const auto& place : places) (wanted.contains(place.id) ? leave : stay).push_back(place.id);
    if (leave.size() != wanted.size()) return unknown_identity();
    if (leave.empty() || stay.empty())
        return Error(Fault::invalid, "people.split",
                     "Name some of the person's identities, but not all of them.");
    Acting acting(tx, caller, {person}, store::acts::Depth::identities);
    std::vector<Decision> said;
    say_different(stay, leave, said);
    store::resolution::decide(tx, caller.account, said, caller.now);
    // The owner's own list of who leaves is taken as it stands: whoever stays keeps the person.
    const auto created = apply_clusters(tx, caller.account, {{stay, leave}, places, true}, caller.now, *ids);
    refresh_questions(tx, caller.account, {}, {});
    TRY(auto two, load(tx, caller, {person, created.created.front()}));
    return Acted<std::vector<core::Person>>{std::move(two), acting.finish("split", *ids)};
}

Result<std::vector<ReviewPair>> review_pairs(store::Tx& tx, Caller caller, std::size_t limit) {
    const auto questions = store::resolution::questions(tx, caller.account, limit);
    std::vector<IdentityId> about;
    for (const auto& q : questions) about.insert(about.end(), {q.a, q.b});
    const auto ids = store::resolution::find_identities(tx, caller.account, about).people;
    Sides sides;
    for (auto& person : store::people::load(tx, caller.account, ids))
        sides.people.emplace(person.id, std::move(person));
    sides.placed = store::resolution::identities_of(tx, caller.account, ids);
    std::vector<ReviewPair> pairs;
    for (const auto& q : questions) {
        auto a = sides.of(q.a), b = sides.of(q.b);
        if (a && b) pairs.push_back({*std::move(a), *std::move(b), q.probability, q.evidence});
    }
    return pairs;
}

Result<Why> explain_person(store::Tx& tx, Caller caller, PersonId person) {
    CHECK(load(tx, caller, {person}));
    const auto own = store::resolution::places_of(tx, caller.account, std::vector{person});
    const auto members = ids_of(own, person);
    if (members.size() < 2) return Why{};  // as most people are: nothing holds them together
    // What a name or an address weighs is measured on all of the owner's identities.
    const auto count = static_cast<std::size_t>(store::resolution::count_people(tx, caller.account));
    const auto options = options_of(tx, caller.account);
    const auto everybody = store::resolution::identities(tx, caller.account, count);
    Why why{core::explain(members, everybody, options), {}};
    const std::set<IdentityId> ours(members.begin(), members.end());
    for (const auto& [decision, at] : store::resolution::decisions(tx, caller.account))
        if (decision.verdict == Verdict::same && ours.contains(decision.a) && ours.contains(decision.b))
            why.said.push_back(decision);
    return why;
}

Result<core::ActId> answer_review(store::Tx& tx, Caller caller, IdentityId a, IdentityId b, Verdict verdict,
                                  IdSource* ids) {
    const auto found = store::resolution::find_identities(tx, caller.account, std::vector{a, b});
    const auto& people = found.people;
    if (people.size() != 2 || !people[0].is_set() || !people[1].is_set()) return unknown_identity();
    Acting acting(tx, caller, people, store::acts::Depth::identities);
    const bool together = people[0] == people[1];
    if (verdict == Verdict::same && !together) {
        CHECK(join(tx, caller, people, *ids));
    } else {
        store::resolution::decide(tx, caller.account, std::vector<Decision>{{a, b, verdict}}, caller.now);
        if (verdict == Verdict::different && together) {
            CHECK(look_again(tx, caller, {a, b}, *ids));
        } else {
            refresh_questions(tx, caller.account, {}, {});
        }
    }
    return acting.finish("answer", *ids);
}

Result<Done> forget_decision(store::Tx& tx, Caller caller, IdentityId a, IdentityId b, IdSource* ids) {
    const auto about = store::resolution::forget(tx, caller.account, a, b);
    if (about.empty())
        return Error(Fault::not_found, "decision.unknown",
                     "You have said nothing of these two that could be taken back.");
    return look_again(tx, caller, about, *ids);
}

}  // namespace vv::app
