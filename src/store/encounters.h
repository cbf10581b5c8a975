// store/encounters.h — the times an owner was, or will be, face to face with people.
//
// A row is known by where it comes from: (source, source_key). Saving it again updates what its source says;
// what the owner wrote (kind, notes, a denial) stands.
#pragma once

#include "core/encounters.h"
#include "store/database.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vv::store::encounters {

struct Row {
    core::EncounterKind kind = core::EncounterKind::gathering;
    std::string title;
    Instant start;
    std::optional<Instant> end;
    std::string place;
    std::optional<LatLng> at;
    core::Evidence evidence = core::Evidence::imported;
    std::string source;      // "calendar", "check-in", "meeting", "handshake", "owner"
    std::string source_key;  // stable within the source
    std::optional<std::int64_t> meeting;
    std::int64_t file = 0;
    std::int64_t line = 0;
    std::vector<core::IdentityId> people;
};

/// Writes rows that differ in (source, source_key); those that are known are updated. Gives their ids, in
/// order.
std::vector<core::EncounterId> save(Tx& tx, core::AccountId owner, const std::vector<Row>& rows,
                                    IdSource& ids, Instant now);

struct SourceKey {
    std::string source;
    std::string key;
};
/// Their source no longer knows them. Those in which the owner wrote something stay, as claimed by the owner.
void remove(Tx& tx, core::AccountId owner, const std::vector<SourceKey>& keys);
/// The same for those of which these files had the last word.
void remove_of_files(Tx& tx, core::AccountId owner, const std::vector<std::int64_t>& files);

/// A person as far as an encounter shows them.
struct Who {
    std::string name;
    core::Relation relation = core::Relation::acquaintance;
    bool is_blocked = false;  // by the owner, as a person
};
struct Found {
    std::vector<core::Encounter> encounters;  // by start; not joined
    std::map<core::PersonId, Who> people;
};
/// What begins within the span and was not denied, with the people in it but those whom the owner blocked.
Found within(Tx& tx, core::AccountId owner, Span span);
/// All of these people's that were not denied, with everybody in them.
Found of_people(Tx& tx, core::AccountId owner, const std::vector<core::PersonId>& people);
/// Whom these encounters show: nobody whom the owner blocked.
std::map<core::PersonId, Who> people_of(Tx& tx, core::AccountId owner,
                                        const std::vector<core::EncounterId>& encounters);

/// When each of these people was first met, of what is over by `now`.
std::map<core::PersonId, Instant> first_met(Tx& tx, core::AccountId owner,
                                            const std::vector<core::PersonId>& people, Instant now);
/// The instants of the first and last encounter that is over by `now`; nothing when there is none.
std::optional<Span> extent(Tx& tx, core::AccountId owner, Instant now);

struct Change {
    std::optional<core::EncounterKind> kind;
    std::optional<std::string> ideas;
    std::optional<std::string> next_step;
};
void change(Tx& tx, core::AccountId owner, core::EncounterId id, const Change& change);
void deny(Tx& tx, core::AccountId owner, const std::vector<core::EncounterId>& encounters, Instant now);
void take_denial_back(Tx& tx, core::AccountId owner, const std::vector<core::EncounterId>& encounters);
/// A claim that is taken back: only the owner said so.
void remove_claims(Tx& tx, core::AccountId owner, const std::vector<core::EncounterId>& encounters);

/// A person's identities are in these encounters no more, whatever their sources say; which they were.
using Absent = std::vector<std::pair<core::EncounterId, core::IdentityId>>;
Absent mark_absent(Tx& tx, core::AccountId owner, const std::vector<core::EncounterId>& encounters,
                   core::PersonId person);
/// They were there after all.
void take_absence_back(Tx& tx, core::AccountId owner, const Absent& absent);

/// The identity of a person that an encounter made by hand hangs on: what the owner wrote, else the oldest.
std::optional<core::IdentityId> anchor(Tx& tx, core::AccountId owner, core::PersonId person);

}  // namespace vv::store::encounters
