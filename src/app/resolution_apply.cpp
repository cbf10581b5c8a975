#include "app/resolution_apply.h"

#include "app/ties.h"
#include "store/topics.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace vv::app {
namespace {

using core::Identity;
using core::IdentityId;
using core::PersonCard;
using core::PersonId;
using store::resolution::Place;

constexpr std::size_t kCardsAtOnce = 2000;

using Whose = std::unordered_map<IdentityId, PersonId>;

Whose whose_of(const std::vector<Place>& places) {
    Whose whose;
    whose.reserve(places.size());
    for (const auto& place : places) whose.emplace(place.id, place.person);
    return whose;
}

// A claim of a person who is to one of the clusters: how many of its identities are the person's.
struct Claim {
    std::size_t identities = 0;
    PersonId person;
    std::size_t cluster = 0;
};

// Each person goes to one cluster and each cluster takes one person, the biggest claims first; of equals the
// older person and the cluster of the older identities. Who is left without a cluster was absorbed by the one
// named.
struct Keepers {
    std::vector<PersonId> of;                                // by cluster; not set: nobody
    std::vector<std::pair<PersonId, std::size_t>> absorbed;  // and the cluster that took most of them
};

Keepers choose_keepers(const Clusters& clusters, const Whose& whose) {
    std::vector<Claim> claims;
    for (std::size_t c = 0; c < clusters.clusters.size(); ++c) {
        std::map<PersonId, std::size_t> counts;
        for (const auto id : clusters.clusters[c])
            if (const auto person = whose.at(id); person.is_set()) ++counts[person];
        for (const auto& [person, count] : counts) claims.push_back({count, person, c});
    }
    std::sort(claims.begin(), claims.end(), [&](const Claim& x, const Claim& y) {
        const bool x_first = clusters.first_keeps && x.cluster == 0,
                   y_first = clusters.first_keeps && y.cluster == 0;
        if (x_first != y_first) return x_first;
        if (x.identities != y.identities) return x.identities > y.identities;
        return std::pair(x.person, x.cluster) < std::pair(y.person, y.cluster);
    });
    Keepers keepers;
    keepers.of.resize(clusters.clusters.size());
    std::map<PersonId, std::size_t> first_claim;
    std::set<PersonId> kept;
    for (const auto& claim : claims) {
        first_claim.try_emplace(claim.person, claim.cluster);
        if (keepers.of[claim.cluster].is_set() || kept.contains(claim.person)) continue;
        keepers.of[claim.cluster] = claim.person;
        kept.insert(claim.person);
    }
    for (const auto& [person, cluster] : first_claim)
        if (!kept.contains(person)) keepers.absorbed.emplace_back(person, cluster);
    return keepers;
}

// A person and the identities whose card it gets.
struct Group {
    PersonId person;
    std::span<const IdentityId> members;
};

// What is to be written.
struct Changes {
    std::vector<std::pair<IdentityId, PersonId>> moves;
    std::vector<Group> fresh, again;
    std::vector<std::pair<PersonId, PersonId>> absorbed;
};

class Planner {
public:
    Planner(const Clusters& clusters, const Whose& whose, std::span<const IdentityId> touched)
        : clusters_(clusters), whose_(whose), touched_(touched.begin(), touched.end()) {
        for (const auto& place : clusters.places) ++size_[place.person];
    }

    Changes plan(const Keepers& keepers, Instant now, IdSource& ids) {
        Changes out;
        std::vector<PersonId> people = keepers.of;
        for (std::size_t c = 0; c < people.size(); ++c) {
            const bool is_new = !people[c].is_set();
            if (is_new) people[c] = {ids.next(now)};
            add(out, {people[c], clusters_.clusters[c]}, is_new);
        }
        for (const auto& [person, cluster] : keepers.absorbed)
            out.absorbed.emplace_back(person, people[cluster]);
        return out;
    }

private:
    void add(Changes& out, const Group& group, bool is_new) {
        bool changed = is_new || group.members.size() != size_[group.person];
        for (const auto id : group.members) {
            changed = changed || touched_.contains(id);
            if (whose_.at(id) == group.person) continue;
            out.moves.emplace_back(id, group.person);
            changed = true;
        }
        if (changed) (is_new ? out.fresh : out.again).push_back(group);
    }

    const Clusters& clusters_;
    const Whose& whose_;
    std::unordered_set<IdentityId> touched_;
    std::unordered_map<PersonId, std::size_t> size_;
};

using Cards = std::vector<std::pair<PersonId, PersonCard>>;

Cards cards_of(store::Tx& tx, core::AccountId owner, std::span<const Group> groups,
               const core::OwnerHints& hints) {
    std::vector<IdentityId> wanted;
    for (const auto& group : groups) wanted.insert(wanted.end(), group.members.begin(), group.members.end());
    const auto found = store::resolution::find_identities(tx, owner, wanted);
    std::unordered_map<IdentityId, const Identity*> of;
    for (const auto& identity : found.identities) of.emplace(identity.id, &identity);
    Cards cards;
    for (const auto& group : groups) {
        std::vector<const Identity*> members;
        for (const auto id : group.members) members.push_back(of.at(id));
        cards.emplace_back(group.person, core::card_of(members, hints));
    }
    return cards;
}

void each_card(store::Tx& tx, core::AccountId owner, std::span<const Group> groups,
               const core::OwnerHints& hints, const auto& write) {
    for (; !groups.empty(); groups = groups.subspan(std::min(groups.size(), kCardsAtOnce)))
        write(cards_of(tx, owner, groups.first(std::min(groups.size(), kCardsAtOnce)), hints));
}

// The people whom questions are about.
class Asked {
public:
    explicit Asked(const std::vector<store::resolution::Member>& members) {
        for (const auto& m : members) {
            person_of_.emplace(m.id, m.person);
            of_[m.person].push_back(m);
        }
    }

    [[nodiscard]] PersonId person_of(IdentityId id) const {
        const auto found = person_of_.find(id);
        return found == person_of_.end() ? PersonId{} : found->second;
    }
    [[nodiscard]] double across(PersonId a, PersonId b) const { return worth(a) * worth(b); }

    // Each has an account where one has one: that settles it, unless these two are what is asked about.
    [[nodiscard]] bool settled(const core::Comparison& q, PersonId a, PersonId b) const {
        for (const auto& x : of_.at(a))
            for (const auto& y : of_.at(b)) {
                const bool asked = (x.id == q.a && y.id == q.b) || (x.id == q.b && y.id == q.a);
                if (x.network == y.network && core::is_duplicate_free(x.network) && !asked) return true;
            }
        return false;
    }

private:
    [[nodiscard]] double worth(PersonId person) const {
        double sum = 0;
        for (const auto& member : of_.at(person)) sum += core::worth_of_knowing(member.name);
        return sum;
    }

    std::unordered_map<IdentityId, PersonId> person_of_;
    std::map<PersonId, std::vector<store::resolution::Member>> of_;
};

struct Open {
    core::Comparison question;
    double use = 0;
};

// One question for two people, the likeliest; first what gains most: a "yes" joins as many pairs as lie
// across.
std::vector<core::Comparison> ranked(std::vector<core::Comparison> questions, const Asked& asked,
                                     const std::set<std::pair<IdentityId, IdentityId>>& decided) {
    std::map<std::pair<PersonId, PersonId>, Open> open;
    for (auto& q : questions) {
        const auto a = asked.person_of(q.a), b = asked.person_of(q.b);
        if (!a.is_set() || !b.is_set() || a == b || decided.contains({q.a, q.b}) || asked.settled(q, a, b))
            continue;
        auto& kept = open[std::minmax(a, b)];
        if (kept.question.a.is_set() && kept.question.probability >= q.probability) continue;
        kept.use = q.probability * asked.across(a, b);
        kept.question = std::move(q);
    }
    std::vector<Open> sorted;
    for (auto& [people, one] : open) sorted.push_back(std::move(one));
    std::sort(sorted.begin(), sorted.end(), [](const Open& x, const Open& y) {
        if (x.use != y.use) return x.use > y.use;
        return std::pair(x.question.a, x.question.b) < std::pair(y.question.a, y.question.b);
    });
    std::vector<core::Comparison> out;
    for (auto& one : sorted) out.push_back(std::move(one.question));
    return out;
}

}  // namespace

std::vector<std::vector<IdentityId>> clusters_of(const std::vector<Place>& places) {
    std::map<PersonId, std::vector<IdentityId>> of;
    for (const auto& place : places)
        if (place.person.is_set()) of[place.person].push_back(place.id);
    std::vector<std::vector<IdentityId>> clusters;
    clusters.reserve(of.size());
    for (auto& [person, ids] : of) clusters.push_back(std::move(ids));
    return clusters;
}

Applied apply_clusters(store::Tx& tx, core::AccountId owner, const Clusters& clusters, Instant now,
                       IdSource& ids, std::span<const IdentityId> touched) {
    const auto whose = whose_of(clusters.places);
    const auto keepers = choose_keepers(clusters, whose);
    const auto hints = store::resolution::owner(tx, owner).hints;
    const auto changes = Planner(clusters, whose, touched).plan(keepers, now, ids);
    each_card(tx, owner, changes.fresh, hints,
              [&](const Cards& cards) { store::resolution::add_people(tx, owner, cards, now); });
    store::resolution::move_identities(tx, owner, changes.moves);
    store::resolution::absorb(tx, owner, changes.absorbed);
    each_card(tx, owner, changes.again, hints,
              [&](const Cards& cards) { store::resolution::save_cards(tx, owner, cards); });
    Applied applied;
    for (const auto& group : changes.fresh) applied.created.push_back(group.person);
    for (const auto& group : changes.again) applied.changed.push_back(group.person);
    applied.absorbed = changes.absorbed.size();
    auto everybody = applied.changed;
    everybody.insert(everybody.end(), applied.created.begin(), applied.created.end());
    store::topics::refresh(tx, owner, everybody);
    refresh_ties(tx, owner, everybody, now);
    return applied;
}

std::size_t refresh_questions(store::Tx& tx, core::AccountId owner, std::span<const IdentityId> reconsidered,
                              std::vector<core::Comparison> fresh) {
    constexpr std::size_t kAll = 1'000'000;
    const std::unordered_set<IdentityId> again(reconsidered.begin(), reconsidered.end());
    for (auto& q : store::resolution::questions(tx, owner, kAll))
        if (!again.contains(q.a) && !again.contains(q.b)) fresh.push_back(std::move(q));
    std::vector<IdentityId> about;
    for (const auto& q : fresh) about.insert(about.end(), {q.a, q.b});
    const Asked asked(store::resolution::members_around(tx, owner, about));
    std::set<std::pair<IdentityId, IdentityId>> decided;
    for (const auto& [decision, at] : store::resolution::decisions(tx, owner))
        decided.insert({decision.a, decision.b});
    const auto open = ranked(std::move(fresh), asked, decided);
    store::resolution::save_questions(tx, owner, open);
    return open.size();
}

}  // namespace vv::app
