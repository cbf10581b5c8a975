// app/people.h — an owner's people: the list, one person, adding by hand, editing, blocking.
#pragma once

#include "app/caller.h"
#include "app/encounters.h"
#include "base/ids.h"
#include "core/facts.h"
#include "core/meetings.h"
#include "core/person.h"
#include "store/database.h"

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
    std::string after;  // the page before's `next`
    std::size_t limit = 50;
};
struct PeoplePage {
    std::vector<core::Person> people;  // trust is as of the caller's now
    std::string next;                  // empty at the end
};
/// Blocked people left out; those whose names fit first, then those of whom something else does, then, where
/// these are few, those whose names are spelt nearly so; by name among each. `invalid` people.query for more
/// than 8 words, people.after for a cursor that is none.
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

struct IdentitySource {
    std::string archive;  // empty: written by the owner
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
};
/// Everything on a person's page: the latest 500 encounters, 50 meetings. Eight statements. `not_found`
/// person.unknown.
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
    std::optional<core::Relation> relation;
    std::optional<std::string> note;
    std::optional<std::string> next_step;
};
/// A name or a city written by hand is kept as an identity of network "manual", which every card believes
/// first: no import and no merge overwrites it.
Result<core::Person> edit_person(store::Tx& tx, Caller caller, core::PersonId id, PersonEdit edit,
                                 IdSource* ids);

/// The same, and the page as it is then.
Result<PersonPage> edit_person_page(store::Tx& tx, Caller caller, core::PersonId id, PersonEdit edit,
                                    IdSource* ids);

/// Never shown and never suggested; with the account that is linked to the person, silently and both ways.
Result<Done> block_person(store::Tx& tx, Caller caller, core::PersonId id);
Result<Done> unblock_person(store::Tx& tx, Caller caller, core::PersonId id);

}  // namespace vv::app
