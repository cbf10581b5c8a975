#include "app/people.h"

#include "app/ties.h"
#include "base/text.h"
#include "core/accounts.h"
#include "core/cities.h"
#include "core/ties.h"
#include "store/blocks.h"
#include "store/people.h"
#include "store/resolution.h"
#include "store/search.h"

#include <algorithm>

namespace vv::app {
namespace {

constexpr std::size_t kMostAtOnce = 200;
constexpr std::size_t kMostEncounters = 500;
constexpr int kMostMeetings = 50;
constexpr std::size_t kMostName = 200;     // bytes
constexpr std::size_t kMostText = 20'000;  // bytes of a note

Error unknown_person() {
    return {Fault::not_found, "person.unknown", "There is no such person among yours."};
}

core::Person as_of(core::Person person, Instant now) {
    person.trust = core::faded_trust(person.trust, person.trust_at, now);
    person.trust_at = now;
    return person;
}

Result<core::Person> find(store::Tx& tx, const Caller& caller, core::PersonId id) {
    auto person = store::people::find(tx, caller.account, id);
    if (!person) return unknown_person();
    return as_of(*std::move(person), caller.now);
}

void place(core::Person& person, const std::string& city) {
    const auto known = core::city_of(city);
    person.city = known ? known->name : std::string(trim(city));
    person.at = known ? std::optional(known->at) : std::nullopt;
}

Result<std::string> check_name(std::string_view text) {
    const std::string_view name = trim(text);
    if (name.empty() || name.size() > kMostName || !is_utf8(name))
        return Error(Fault::invalid, "person.name", "A name has 1 to 200 bytes.");
    return std::string(name);
}

// Days become the months of the owner's zone, by each day's noon.
void sum_contacts(PersonPage& page, const std::vector<store::people::DayContacts>& days, const Zone& zone) {
    for (const auto& day : days) {
        const Instant noon(std::chrono::days(day.day) + std::chrono::hours(12));
        const Date date = zone.date_of(noon);
        const int year = static_cast<int>(date.year());
        const auto month = static_cast<unsigned>(date.month());
        if (page.months.empty() || page.months.back().year != year || page.months.back().month != month)
            page.months.push_back({year, month, 0, 0});
        (day.direction == core::Direction::in ? page.months.back().in : page.months.back().out) += day.count;
        page.by_channel[day.channel] += day.count;
    }
}

EncounterList encounters_with(store::Tx& tx, const Caller& caller, core::PersonId id) {
    EncounterList list;
    list.encounters = core::join_encounters(store::encounters::of_people(tx, caller.account, {id}));
    std::ranges::reverse(list.encounters);
    if (list.encounters.size() > kMostEncounters) list.encounters.resize(kMostEncounters);
    std::vector<core::PersonId> others;
    for (const core::Encounter& encounter : list.encounters)
        others.insert(others.end(), encounter.people.begin(), encounter.people.end());
    std::ranges::sort(others);
    const auto repeated = std::ranges::unique(others);
    others.erase(repeated.begin(), repeated.end());
    for (const core::Person& person : store::people::load(tx, caller.account, others))
        if (!person.blocked_at || person.id == id) list.people[person.id] = {person.name, person.relation};
    return list;
}

Result<core::Identity> written_by_hand(const NewPerson& wanted, const std::string& name, IdSource& ids,
                                       Instant now) {
    core::Identity identity;
    identity.id = {ids.next(now)};
    identity.network = core::Network::manual;
    identity.key = to_string(identity.id);
    identity.attributes.name.full = name;
    identity.attributes.place = wanted.city;
    if (!wanted.email.empty()) {
        TRY(const std::string email, core::check_email(wanted.email));
        identity.attributes.emails.push_back(email);
    }
    return identity;
}

// The owner's own word on a person's name and city, as an identity that stays with the person.
void write_by_hand(store::Tx& tx, const Caller& caller, core::PersonId person, const PersonEdit& edit,
                   IdSource& ids) {
    auto placed = store::resolution::identities_of(tx, caller.account, std::vector{person});
    const auto is_manual = [](const core::Identity& i) { return i.network == core::Network::manual; };
    auto mine = std::find_if(placed.identities.begin(), placed.identities.end(), is_manual);
    const bool is_new = mine == placed.identities.end();
    if (is_new) {
        core::Identity fresh;
        fresh.id = {ids.next(caller.now)};
        fresh.network = core::Network::manual;
        fresh.key = to_string(fresh.id);
        mine = placed.identities.insert(placed.identities.end(), std::move(fresh));
    }
    if (edit.name) mine->attributes.name = {};
    if (edit.name) mine->attributes.name.full = *edit.name;
    if (edit.city) mine->attributes.place = *edit.city;
    if (is_new) {
        store::people::add_identity(tx, caller.account, person, *mine);
        const core::Decision bond{placed.identities.front().id, mine->id, core::Verdict::same};
        store::resolution::decide(tx, caller.account, std::vector{bond}, caller.now);
    } else {
        store::people::save_identity(tx, caller.account, *mine);
    }
    std::vector<const core::Identity*> all;
    for (const auto& identity : placed.identities) all.push_back(&identity);
    const auto hints = store::resolution::owner(tx, caller.account).hints;
    store::resolution::save_cards(tx, caller.account,
                                  std::vector{std::pair(person, core::card_of(all, hints))});
}

Result<Done> save_block(store::Tx& tx, const Caller& caller, core::PersonId id,
                        std::optional<Instant> blocked_at) {
    TRY(core::Person person, find(tx, caller, id));
    person.blocked_at = blocked_at;
    store::people::save(tx, caller.account, person);
    if (person.account && blocked_at) store::blocks::add(tx, caller.account, *person.account, caller.now);
    if (person.account && !blocked_at) store::blocks::remove(tx, caller.account, *person.account);
    return Done{};
}

}  // namespace

Result<PersonPage> person_page(store::Tx& tx, Caller caller, core::PersonId id) {
    PersonPage page;
    TRY(page.person, find(tx, caller, id));
    for (auto& [identity, sources] : store::people::identities(tx, caller.account, id)) {
        KnownIdentity known{std::move(identity), {}};
        for (auto& s : sources)
            known.sources.push_back({std::move(s.archive), std::move(s.file), s.line, s.at});
        page.identities.push_back(std::move(known));
    }
    sum_contacts(page, store::people::contacts_by_day(tx, caller.account, id), caller.zone);
    if (const auto began = store::people::beginning(tx, caller.account, id)) {
        page.began_in = began->network;
        page.began_kind = began->kind;
        page.began_at = began->since;
    }
    page.encounters = encounters_with(tx, caller, id);
    for (auto& m : store::people::meetings(tx, caller.account, id, kMostMeetings))
        page.meetings.push_back({{m.id}, std::move(m.state), std::move(m.kind), m.start});
    return page;
}

Result<std::vector<core::Person>> add_people(store::Tx& tx, Caller caller, std::vector<NewPerson> wanted,
                                             IdSource* ids) {
    if (wanted.empty() || wanted.size() > kMostAtOnce)
        return Error(Fault::invalid, "person.count", "Add 1 to 200 people at once.");
    std::vector<core::Person> added;
    std::vector<store::search::Texts> texts;
    for (const NewPerson& one : wanted) {
        core::Person person;
        TRY(person.name, check_name(one.name));
        TRY(const core::Identity identity, written_by_hand(one, person.name, *ids, caller.now));
        person.id = {ids->next(caller.now)};
        person.created_at = caller.now;
        person.relation = one.relation.value_or(core::Relation::acquaintance);
        person.relation_set_by = one.relation ? core::SetBy::owner : core::SetBy::evidence;
        place(person, one.city);
        store::people::add(tx, caller.account, person);
        store::people::add_identity(tx, caller.account, person.id, identity);
        texts.push_back({person.id, folded_words(person.name),
                         folded_words(one.city + " " + one.email.substr(0, one.email.find('@')))});
        added.push_back(std::move(person));
    }
    store::search::save(tx, caller.account, texts);
    std::vector<core::PersonId> people;
    for (const core::Person& person : added) people.push_back(person.id);
    refresh_ties(tx, caller.account, people, caller.now);
    return added;
}

Result<core::Person> edit_person(store::Tx& tx, Caller caller, core::PersonId id, PersonEdit edit,
                                 IdSource* ids) {
    TRY(core::Person person, find(tx, caller, id));
    if (edit.name) {
        TRY(edit.name, check_name(*edit.name));
    }
    if (edit.note.value_or("").size() > kMostText || edit.next_step.value_or("").size() > kMostText)
        return Error(Fault::invalid, "person.note", "A note has at most 20,000 bytes.");
    if (edit.relation) {
        person.relation = *edit.relation;
        person.relation_set_by = core::SetBy::owner;
    }
    if (edit.note) person.note = *edit.note;
    if (edit.next_step) person.next_step = *edit.next_step;
    store::people::save(tx, caller.account, person);
    if (!edit.name && !edit.city) return person;
    write_by_hand(tx, caller, id, edit, *ids);
    return find(tx, caller, id);
}

Result<PersonPage> edit_person_page(store::Tx& tx, Caller caller, core::PersonId id, PersonEdit edit,
                                    IdSource* ids) {
    CHECK(edit_person(tx, caller, id, std::move(edit), ids));
    return person_page(tx, caller, id);
}

Result<Done> block_person(store::Tx& tx, Caller caller, core::PersonId id) {
    return save_block(tx, caller, id, caller.now);
}

Result<Done> unblock_person(store::Tx& tx, Caller caller, core::PersonId id) {
    return save_block(tx, caller, id, std::nullopt);
}

}  // namespace vv::app
