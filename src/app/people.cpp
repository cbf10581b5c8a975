#include "app/people.h"

#include "app/ties.h"
#include "base/plain_line.h"
#include "base/text.h"
#include "core/accounts.h"
#include "core/cities.h"
#include "core/ties.h"
#include "store/people.h"
#include "store/people_lists.h"
#include "store/resolution.h"
#include "store/search.h"

#include <algorithm>
#include <tuple>

namespace vv::app {
namespace {

constexpr std::size_t kMostAtOnce = 200;
constexpr std::size_t kMostEncounters = 500;
constexpr int kMostMeetings = 50;
constexpr std::size_t kMostPlaces = 12;
constexpr std::size_t kMostName = 200;  // bytes

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
    person.city = known ? known->name : plain_line(trim(city));
    person.at = known ? std::optional(known->at) : std::nullopt;
}

Result<std::string> check_name(std::string_view text) {
    const std::string name = plain_line(trim(text));
    if (!is_visible(name) || name.size() > kMostName || !is_utf8(name))
        return Error(Fault::invalid, "person.name", "A name has 1 to 200 bytes, and something to see.");
    return name;
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
    auto found = store::encounters::of_people(tx, caller.account, {id});
    EncounterList list{core::join_encounters(std::move(found.encounters)), std::move(found.people)};
    std::ranges::reverse(list.encounters);
    if (list.encounters.size() > kMostEncounters) list.encounters.resize(kMostEncounters);
    std::erase_if(list.people, [id](const auto& who) { return who.second.is_blocked && who.first != id; });
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

bool are_one(const std::string& a, const std::string& b) {
    return a == b || fold(a) == fold(b);
}

// What each archive said of work when it was brought; the same words once, with the time they span.
std::vector<Post> posts_of(const std::vector<store::people::SourcedIdentity>& identities) {
    std::vector<Post> posts;
    const auto add = [&](const std::string& organisation, const std::string& title, core::Network network,
                         const std::optional<Instant>& at) {
        if (organisation.empty() && title.empty()) return;
        auto post = std::ranges::find_if(posts, [&](const Post& p) {
            return are_one(p.organisation, organisation) && are_one(p.title, title);
        });
        if (post == posts.end()) post = posts.insert(posts.end(), Post{organisation, title, {}, at, at});
        if (std::ranges::find(post->networks, network) == post->networks.end())
            post->networks.push_back(network);
        if (at && (!post->from || *at < *post->from)) post->from = at;
        if (at && (!post->to || *at > *post->to)) post->to = at;
    };
    for (const auto& [identity, sources] : identities) {
        for (const auto& s : sources) add(s.organisation, s.title, identity.network, s.at);
        add(identity.attributes.organisation, identity.attributes.title, identity.network, std::nullopt);
    }
    std::ranges::stable_sort(posts, [](const Post& a, const Post& b) { return a.to > b.to; });
    return posts;
}

std::vector<KnownPlace> places_of(const PersonPage& page) {
    std::vector<KnownPlace> places;
    const auto at = [&](const std::string& name) {
        auto place = std::ranges::find_if(places, [&](const KnownPlace& p) { return are_one(p.name, name); });
        return place == places.end() ? places.insert(places.end(), KnownPlace{name, false, 0}) : place;
    };
    for (const auto& known : page.identities) {
        const auto& place = known.identity.attributes.place;
        const auto city = core::city_of(place);
        if (!place.empty()) at(city ? city->name : place)->is_home = true;
    }
    for (const auto& encounter : page.encounters.encounters)
        if (!encounter.place.empty()) ++at(encounter.place)->times;
    std::ranges::stable_sort(places, [](const KnownPlace& a, const KnownPlace& b) {
        return std::tuple(a.is_home, a.times) > std::tuple(b.is_home, b.times);
    });
    if (places.size() > kMostPlaces) places.resize(kMostPlaces);
    return places;
}

// What the identities say together: the birthday, and what relation they suggest.
void tell_card(store::Tx& tx, const Caller& caller, PersonPage& page) {
    std::vector<const core::Identity*> all;
    for (const auto& known : page.identities) all.push_back(&known.identity);
    page.suggested = core::suggested_relation(all, store::resolution::owner(tx, caller.account).hints);
    page.birthday = core::told_birthday(all);
}

}  // namespace

Result<PersonPage> person_page(store::Tx& tx, Caller caller, core::PersonId id) {
    PersonPage page;
    TRY(page.person, find(tx, caller, id));
    const auto said = store::people::identities(tx, caller.account, id);
    for (const auto& [identity, sources] : said) {
        KnownIdentity known{identity, {}};
        for (const auto& s : sources) known.sources.push_back({s.archive, s.network, s.file, s.line, s.at});
        page.identities.push_back(std::move(known));
    }
    sum_contacts(page, store::people::contacts_by_day(tx, caller.account, id), caller.zone);
    if (const auto began = store::people::beginning(tx, caller.account, id)) {
        page.began_in = began->network;
        page.began_kind = began->kind;
        page.began_at = began->since;
    }
    page.encounters = encounters_with(tx, caller, id);
    for (const auto& [person, list] : store::people_lists::members_of(tx, caller.account, std::vector{id}))
        page.lists.push_back(list);
    tell_card(tx, caller, page);
    page.cadences = store::reminders::cadences(tx, caller.account, id);
    page.posts = posts_of(said);
    page.places = places_of(page);
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

}  // namespace vv::app
