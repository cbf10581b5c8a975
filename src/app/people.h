// app/people.h — an owner's people: the list, one person, adding by hand, editing, blocking.
#pragma once

#include "app/acts.h"
#include "app/caller.h"
#include "app/encounters.h"
#include "app/meetings.h"
#include "base/ids.h"
#include "core/facts.h"
#include "core/meetings.h"
#include "core/person.h"
#include "store/database.h"
#include "store/reminders_reasons.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vv::app {

struct PeopleWanted {
    std::string query;  // words or beginnings of words of whatever is known; names even with a slip
    std::optional<core::Stage> stage;
    std::optional<core::Relation> relation;
    std::string city;
    std::string tag;
    std::optional<core::ListId> list;  // chosen by hand
    bool never_met = false;
    std::optional<Instant> not_met_since;  // met, but not since then
    bool is_blocked = false;               // only those who are blocked
    bool first = false;                    // whom to see first, first; a search has its own order
    std::string after;                     // the page before's `next`
    std::size_t limit = 50;
};
struct PeoplePage {
    std::vector<core::Person> people;  // trust is as of the caller's now
    std::string next;                  // empty at the end
};
/// Blocked people left out unless they are asked for; those whose names fit first, then those of whom
/// something else does, then, where these are few, those whose names are spelt nearly so; by name among each.
/// `invalid` people.query for more than 8 words, people.after for a cursor that is none.
Result<PeoplePage> list_people(store::Tx& tx, Caller caller, PeopleWanted wanted);

struct PersonWithIdentities {
    core::Person person;
    struct Identity {
        core::IdentityId id;
        std::string network, key, name;
    };
    std::vector<Identity> identities;
};
/// All people that fit, or the first `limit`, with their identities' keys: for a command that prints them.
Result<std::vector<PersonWithIdentities>> all_people(store::Tx& tx, Caller caller, PeopleWanted wanted);

/// The cities where one's people are, most people first.
Result<std::vector<std::string>> list_cities(store::Tx& tx, Caller caller);

/// How many people there are, and how many of them one has met; nobody who is blocked.
struct PeopleTotals {
    int people = 0;
    int met = 0;
};
Result<PeopleTotals> count_people(store::Tx& tx, Caller caller);

/// Where people are, by city: nothing finer is told, and the city's own place stands for all who are there.
struct PeopleMap {
    struct Place {
        std::string city;
        LatLng at;
        int people = 0;
    };
    std::vector<Place> places;  // most people first
    int elsewhere = 0;          // no city is known of them, or none that is on the map
};
/// `wanted`'s cursor and limit say nothing here.
Result<PeopleMap> people_map(store::Tx& tx, Caller caller, PeopleWanted wanted);

struct IdentitySource {
    std::string archive;  // empty: written by the owner
    std::string network;  // of the file
    std::string file;
    std::int64_t line = 0;
    std::optional<Instant> at;
};
struct KnownIdentity {
    core::Identity identity;
    std::vector<IdentitySource> sources;
};
struct MonthContacts {
    int year = 0;
    unsigned month = 0;
    int in = 0;
    int out = 0;
};
struct MeetingBrief {
    core::MeetingId id;
    std::string state, kind;
    Instant start;
};
/// Where somebody works or worked, as archives say.
struct Post {
    std::string organisation;
    std::string title;
    std::vector<core::Network> networks;  // that say so
    std::optional<Instant> from, to;      // when archives that say so were brought, first and last
};
struct KnownPlace {
    std::string name;
    bool is_home = false;  // an archive gives it as theirs; otherwise it is where you met
    int times = 0;         // met there
};
struct PersonPage {
    core::Person person;
    std::vector<KnownIdentity> identities;
    std::vector<MonthContacts> months;  // oldest first, those with any contact
    std::map<core::Channel, int> by_channel;
    std::optional<core::Network> began_in;  // where the earliest tie was declared
    std::string began_kind;
    std::optional<Instant> began_at;
    EncounterList encounters;            // joined, newest first, planned ones among them
    std::vector<MeetingBrief> meetings;  // newest first
    std::vector<core::ListId> lists;     // chosen by hand
    std::optional<core::Birthday> birthday;
    store::reminders::Cadences cadences;
    std::vector<Post> posts;                  // latest first
    std::vector<KnownPlace> places;           // the most said and the most visited first
    std::optional<core::Relation> suggested;  // what the evidence says of the relation
    std::optional<core::ActId> act;           // what undoes the edit that this answers
};
/// Everything on a person's page: the latest 500 encounters, 50 meetings. A constant number of statements.
/// `not_found` person.unknown.
Result<PersonPage> person_page(store::Tx& tx, Caller caller, core::PersonId id);

struct NewPerson {
    std::string name;
    std::string city;  // as written; found on the map when it is one
    std::string email;
    std::optional<core::Relation> relation;
};
/// Adds people by hand, at most 200 at once, each with an identity of network "manual". `invalid`
/// person.name, person.email.
Result<std::vector<core::Person>> add_people(store::Tx& tx, Caller caller, std::vector<NewPerson> people,
                                             IdSource* ids);

/// What the owner changes; what is absent stays.
struct PersonEdit {
    std::optional<std::string> name;
    std::optional<std::string> city;  // empty: not known
    std::optional<std::string> organisation, title;
    std::optional<core::Birthday> birthday;  // no month: not known
    std::optional<std::string> photo;        // the hash of one that store/photos has; empty: none by hand
    std::optional<core::Relation> relation;
    bool relation_by_evidence = false;  // whatever the archives say
    std::optional<std::string> note;
    std::optional<std::string> next_step;
    std::optional<std::vector<std::string>> tags;    // all of them
    std::optional<std::vector<core::ListId>> lists;  // all of those chosen by hand
};
/// What is written by hand of a name, a city, work or a birthday is kept as an identity of network "manual",
/// which every card believes first: no import and no merge overwrites it. `invalid` person.name, person.note,
/// person.tag; `not_found` list.unknown.
Result<core::Person> edit_person(store::Tx& tx, Caller caller, core::PersonId id, PersonEdit edit,
                                 IdSource* ids);

/// The same, and the page as it is then, with the act that undoes it.
Result<PersonPage> edit_person_page(store::Tx& tx, Caller caller, core::PersonId id, PersonEdit edit,
                                    IdSource* ids);

/// One change for many people, at most 1,000.
struct BulkEdit {
    std::vector<core::PersonId> people;
    std::optional<core::Relation> relation;
    std::vector<std::string> add_tags, remove_tags;
    std::optional<core::ListId> add_to, remove_from;
    std::optional<bool> blocked;
};
/// Those who are there, and the act that undoes it; but what a block ends (end_meetings_with) stays ended.
/// `invalid` people.bulk, person.tag; `not_found` list.unknown.
Result<Acted<int>> edit_people(store::Tx& tx, Caller caller, BulkEdit edit, MeetingDesk desk);

/// Never shown and never suggested; with the account that is linked to the person, silently and both ways.
Result<core::ActId> block_person(store::Tx& tx, Caller caller, core::PersonId id, MeetingDesk desk);
Result<core::ActId> unblock_person(store::Tx& tx, Caller caller, core::PersonId id, MeetingDesk desk);

}  // namespace vv::app
