// store/people.h — an owner's people as rows: found by words, stage, relation and city.
#pragma once

#include "core/facts.h"
#include "core/person.h"
#include "store/database.h"
#include "store/search.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vv::store::people {

struct Filter {
    std::optional<search::Find> find;
    std::optional<core::Stage> stage;
    std::optional<core::Relation> relation;
    std::string city;  // as it is written; empty: any
    std::string tag;   // empty: any
    std::optional<core::ListId> list;
    bool never_met = false;
    std::optional<Instant> not_met_since;  // met, but not since
    bool is_blocked = false;               // only those who are; otherwise only those who are not
};

/// Where the last page ended.
struct Cursor {
    std::string name_folded;
    core::PersonId person;
};

/// By name; at most `limit`. One statement, and one more on SQLite for a search.
std::vector<core::Person> list(Tx& tx, core::AccountId owner, const Filter& filter,
                               const std::optional<Cursor>& after, std::size_t limit);
/// By falling `pull`, after the last of the page before; at most `limit`. One statement.
std::vector<core::Person> by_pull(Tx& tx, core::AccountId owner, const Filter& filter,
                                  const core::Person* after, std::size_t limit);

/// How many of them are in each city, most people first; an empty city: it is not known.
struct CityCount {
    std::string city;
    int people = 0;
};
std::vector<CityCount> count_by_city(Tx& tx, core::AccountId owner, const Filter& filter);

/// How many people the owner has, and how many of them were met face to face; nobody who is blocked.
struct Totals {
    int people = 0;
    int met = 0;
};
/// One statement, which reads nothing but indices.
Totals count(Tx& tx, core::AccountId owner);

/// The cities where the owner's people are, most people first; at most `limit`.
std::vector<std::string> cities(Tx& tx, core::AccountId owner, std::size_t limit);

std::optional<core::Person> find(Tx& tx, core::AccountId owner, core::PersonId id);
/// In the order of `ids`; those that are gone are left out. One statement.
std::vector<core::Person> load(Tx& tx, core::AccountId owner, std::span<const core::PersonId> ids);
bool exists(Tx& tx, core::AccountId owner, core::PersonId id);
/// The person who stands for an account, if one does.
std::optional<core::PersonId> find_by_account(Tx& tx, core::AccountId owner, core::AccountId account);
/// Those who stand for these accounts. One statement.
std::vector<core::Person> of_accounts(Tx& tx, core::AccountId owner,
                                      std::span<const core::AccountId> accounts);

/// Everything but the tie's summary, which store/ties writes.
void add(Tx& tx, core::AccountId owner, const core::Person& person);
/// Name, organisation, title, city, relation, note, next step, block; what the note and the step say can be
/// searched for.
void save(Tx& tx, core::AccountId owner, const core::Person& person);

/// One identity of a person and where it was read.
struct SourcedIdentity {
    core::Identity identity;
    struct Source {
        std::string archive;  // empty: written by the owner
        std::string network;  // of the file, as the import's report names it
        std::string file;
        std::int64_t line = 0;
        std::optional<Instant> at;  // of the import
        std::string organisation;   // as this file says
        std::string title;
    };
    std::vector<Source> sources;
};
/// By network and key. One statement.
std::vector<SourcedIdentity> identities(Tx& tx, core::AccountId owner, core::PersonId person);

/// Which identities these people are, by person, network and key: keys and names only. One statement.
struct IdentityName {
    core::PersonId person;
    core::IdentityId id;
    std::string network;
    std::string key;
    std::string name;
};
std::vector<IdentityName> identity_names(Tx& tx, core::AccountId owner,
                                         std::span<const core::PersonId> people);

/// An identity that the owner wrote by hand or that stands for an account.
void add_identity(Tx& tx, core::AccountId owner, core::PersonId person, const core::Identity& identity);
/// Its attributes, as the owner wrote them anew.
void save_identity(Tx& tx, core::AccountId owner, const core::Identity& identity);

/// How many contacts there were with a person on a day (days since 1970 in UTC), by direction and channel.
struct DayContacts {
    std::int64_t day = 0;
    core::Direction direction = core::Direction::in;
    core::Channel channel = core::Channel::message;
    int count = 0;
};
/// By day, oldest first; at most one row a day, direction and channel. One statement.
std::vector<DayContacts> contacts_by_day(Tx& tx, core::AccountId owner, core::PersonId person);

/// The earliest tie declared with a person: where it began.
struct Beginning {
    core::Network network = core::Network::manual;
    std::string kind;
    std::optional<Instant> since;
};
std::optional<Beginning> beginning(Tx& tx, core::AccountId owner, core::PersonId person);

/// A meeting with a person, in brief.
struct MeetingBrief {
    std::int64_t id = 0;
    std::string state;  // as the owner sees it
    std::string kind;
    Instant start;  // agreed, else the first proposed
};
/// The latest `limit` by start. One statement.
std::vector<MeetingBrief> meetings(Tx& tx, core::AccountId owner, core::PersonId person, int limit);

}  // namespace vv::store::people
