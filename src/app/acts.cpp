#include "app/acts.h"

#include "app/resolution_apply.h"
#include "app/ties.h"
#include "store/blocks.h"
#include "store/encounters.h"
#include "store/people.h"
#include "store/people_lists.h"
#include "store/resolution.h"
#include "store/topics.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace vv::app {
namespace {

using core::Identity;
using core::IdentityId;
using core::PersonId;
using store::acts::Act;
using store::acts::Depth;
using store::acts::Picture;
using store::acts::Written;
using store::resolution::Word;

std::vector<IdentityId> identities_of(const Picture& picture) {
    std::vector<IdentityId> ids;
    for (const auto& [id, person] : picture.identities) ids.push_back(id);
    return ids;
}

// Everybody whom the act touched, and those who have their identities now.
std::vector<PersonId> touched(store::Tx& tx, const Caller& caller, const Act& act) {
    std::set<PersonId> people;
    for (const auto* picture : {&act.before, &act.after})
        for (const auto& [id, written] : picture->people) people.insert(id);
    for (const auto person :
         store::resolution::find_identities(tx, caller.account, identities_of(act.before)).people)
        if (person.is_set()) people.insert(person);
    return {people.begin(), people.end()};
}

// What was changed since the act stays; what the act changed goes back.
template <class T>
void take_back(T& now, const T& before, const T& after) {
    if (now == after) now = before;
}
template <class T>
void take_back_of(std::set<T>& now, const std::set<T>& before, const std::set<T>& after) {
    for (const T& one : after)
        if (!before.contains(one)) now.erase(one);
    for (const T& one : before)
        if (!after.contains(one)) now.insert(one);
}

Written written_before(Written now, const Written& before, const Written& after) {
    take_back(now.note, before.note, after.note);
    take_back(now.next_step, before.next_step, after.next_step);
    if (now.relation == after.relation && now.relation_set_by == after.relation_set_by) {
        now.relation = before.relation;
        now.relation_set_by = before.relation_set_by;
    }
    take_back(now.account, before.account, after.account);
    take_back(now.blocked_at, before.blocked_at, after.blocked_at);
    take_back(now.cadence, before.cadence, after.cadence);
    take_back_of(now.tags, before.tags, after.tags);
    take_back_of(now.lists, before.lists, after.lists);
    return now;
}

using Said = std::tuple<IdentityId, IdentityId, core::Verdict, Instant>;
std::set<Said> said(const Picture& picture) {
    std::set<Said> all;
    for (const auto& [d, at] : picture.decisions) all.insert({d.a, d.b, d.verdict, at});
    return all;
}

void restore_decisions(store::Tx& tx, const Caller& caller, const Act& act, const Picture& now) {
    auto words = said(now);
    take_back_of(words, said(act.before), said(act.after));
    if (words == said(now)) return;
    std::vector<Word> all;
    for (const auto& [a, b, verdict, at] : words) all.push_back({{a, b, verdict}, at});
    auto between = identities_of(now);
    store::acts::replace_decisions(tx, caller.account, between, all);
}

void restore_by_hand(store::Tx& tx, const Caller& caller, const Act& act, const Picture& now) {
    std::map<IdentityId, std::optional<std::string>> back;
    for (const auto& [id, attributes] : now.by_hand) {
        const auto before = act.before.by_hand.find(id), after = act.after.by_hand.find(id);
        if (after == act.after.by_hand.end() || after->second != attributes) continue;
        if (before == act.before.by_hand.end())
            back.emplace(id, std::nullopt);
        else if (before->second != attributes)
            back.emplace(id, before->second);
    }
    store::acts::write_by_hand(tx, caller.account, back);
}

// Identities that the act moved go back to whom they were; who was absorbed is there again.
void restore_identities(store::Tx& tx, const Caller& caller, const Act& act, const Picture& now) {
    std::vector<std::pair<IdentityId, PersonId>> moves;
    std::set<PersonId> missing;
    for (const auto& [id, person] : act.before.identities) {
        const auto after = act.after.identities.find(id);
        if (after == act.after.identities.end() || after->second == person) continue;
        moves.emplace_back(id, person);
        if (!now.people.contains(person)) missing.insert(person);
    }
    std::vector<std::pair<PersonId, core::PersonCard>> cards;
    for (const auto person : missing) cards.emplace_back(person, core::PersonCard{});
    store::resolution::add_people(tx, caller.account, cards, caller.now);
    store::resolution::move_identities(tx, caller.account, moves);
}

void restore_written(store::Tx& tx, const Caller& caller, const Act& act,
                     const std::vector<PersonId>& people) {
    const Picture now = store::acts::look(tx, caller.account, people, Depth::written);
    std::map<PersonId, Written> back;
    std::vector<core::AccountId> blocked;
    std::vector<core::AccountId> unblocked;
    for (const auto& [id, before] : act.before.people) {
        const auto here = now.people.find(id);
        if (here == now.people.end()) continue;
        const auto after = act.after.people.find(id);
        back[id] =
            after == act.after.people.end() ? before : written_before(here->second, before, after->second);
        const auto& account = back[id].account;
        if (!account || back[id].blocked_at == here->second.blocked_at) continue;
        (back[id].blocked_at ? blocked : unblocked).push_back(*account);
    }
    store::blocks::add(tx, caller.account, blocked, caller.now);
    store::blocks::remove(tx, caller.account, unblocked);
    store::acts::write(tx, caller.account, back);
}

// A claim goes, a denial or an absence is none.
void restore_encounters(store::Tx& tx, const Caller& caller, const Act& act) {
    std::vector<core::EncounterId> claimed;
    std::vector<core::EncounterId> denied;
    for (const auto& [id, is_denied] : act.after.encounters) {
        const auto before = act.before.encounters.find(id);
        if (before == act.before.encounters.end())
            claimed.push_back(id);
        else if (is_denied && !before->second)
            denied.push_back(id);
    }
    if (!claimed.empty()) store::encounters::remove_claims(tx, caller.account, claimed);
    if (!denied.empty()) store::encounters::take_denial_back(tx, caller.account, denied);
    store::encounters::take_absence_back(tx, caller.account, act.after.absent);
}

// Under its name, unless another has that by now; with those in it who are still there.
void restore_lists(store::Tx& tx, const Caller& caller, const Act& act) {
    for (const auto& [list, people] : act.before.lists) {
        const auto all = store::people_lists::lists(tx, caller.account);
        const auto is_like = [&](const auto& one) { return one.id == list.id || one.name == list.name; };
        if (std::ranges::any_of(all, is_like)) continue;
        store::people_lists::save(tx, caller.account, list, caller.now);
        auto now = store::acts::look(tx, caller.account, people, Depth::written).people;
        for (auto& [person, written] : now) written.lists.insert(list.id);
        store::acts::write(tx, caller.account, now);
    }
}

// Cards, words and ties follow from the identities.
void refresh(store::Tx& tx, const Caller& caller, const std::vector<PersonId>& people) {
    const auto placed = store::resolution::identities_of(tx, caller.account, people);
    std::map<PersonId, std::vector<const Identity*>> of;
    for (std::size_t i = 0; i < placed.identities.size(); ++i)
        of[placed.people[i]].push_back(&placed.identities[i]);
    const auto hints = store::resolution::owner(tx, caller.account).hints;
    std::vector<std::pair<PersonId, core::PersonCard>> cards;
    std::vector<PersonId> here;
    std::vector<PersonId> empty;
    for (const auto person : people) {
        const auto found = of.find(person);
        if (found == of.end()) {
            empty.push_back(person);
            continue;
        }
        cards.emplace_back(person, core::card_of(found->second, hints));
        here.push_back(person);
    }
    store::resolution::remove_people(tx, caller.account, empty);
    store::resolution::save_cards(tx, caller.account, cards);
    store::topics::refresh(tx, caller.account, here);
    refresh_ties(tx, caller.account, here, caller.now);
}

}  // namespace

Acting::Acting(store::Tx& tx, const Caller& caller, std::vector<PersonId> people, Depth depth)
    : tx_(tx),
      caller_(caller),
      people_(std::move(people)),
      depth_(depth),
      before_(store::acts::look(tx, caller.account, people_, depth)) {}

core::ActId Acting::finish(const char* kind, IdSource& ids) {
    Act act{{ids.next(caller_.now)}, kind, caller_.now, std::move(before_), {}};
    act.after = store::acts::look(tx_, caller_.account,
                                  depth_ == Depth::written ? people_ : touched(tx_, caller_, act), depth_);
    act.after.encounters = std::move(after_.encounters);
    act.after.absent = std::move(after_.absent);
    store::acts::add(tx_, caller_.account, act);
    return act.id;
}

Result<std::vector<ActBrief>> list_acts(store::Tx& tx, Caller caller, int limit) {
    std::vector<ActBrief> acts;
    for (auto& act : store::acts::latest(tx, caller.account, limit))
        acts.push_back({act.id, std::move(act.kind), act.at});
    return acts;
}

Result<Undone> undo_act(store::Tx& tx, Caller caller, core::ActId id) {
    auto act = store::acts::find(tx, caller.account, id);
    if (!act) return Error(Fault::not_found, "act.unknown", "There is nothing left to undo.");
    const auto people = touched(tx, caller, *act);
    const bool is_who = !act->before.identities.empty();
    if (is_who) {
        const Picture now = store::acts::look(tx, caller.account, people, Depth::identities);
        restore_decisions(tx, caller, *act, now);
        restore_by_hand(tx, caller, *act, now);
        restore_identities(tx, caller, *act, now);
    }
    restore_written(tx, caller, *act, people);
    restore_encounters(tx, caller, *act);
    restore_lists(tx, caller, *act);
    if (!act->after.encounters.empty() || !act->after.absent.empty())
        refresh_ties(tx, caller.account, people, caller.now);
    if (is_who) {
        refresh(tx, caller, people);
        refresh_questions(tx, caller.account, {}, std::move(act->before.questions));
    }
    store::acts::remove(tx, caller.account, id);
    Undone undone{act->kind, {}};
    for (const auto& [person, written] : act->before.people) undone.people.push_back(person);
    return undone;
}

}  // namespace vv::app
