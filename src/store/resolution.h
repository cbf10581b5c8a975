// store/resolution.h — identities, decisions and questions as rows; clusters written back as people.
#pragma once

#include "core/person.h"
#include "core/person_card.h"
#include "core/resolution.h"
#include "store/database.h"

#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace vv::store::resolution {

/// Whose an identity is now, without what is written of it: of all identities no more is held at once.
struct Place {
    core::IdentityId id;
    core::PersonId person;  // not set: not yet resolved
    core::Network network = core::Network::manual;
    bool is_stale = false;  // changed since people were last resolved
};
/// Of everybody's identities but the owner's own, by id. One statement.
std::vector<Place> places(Tx& tx, core::AccountId owner);
std::vector<Place> places_of(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people);
/// The identities of places(), read when they are asked for; `tx` must outlive it. One statement.
core::IdentitySource identities(Tx& tx, core::AccountId owner, std::size_t count);
/// When the earliest tie with each identity began, of those that have a date. One statement.
std::unordered_map<core::IdentityId, Instant> tie_dates(Tx& tx, core::AccountId owner);

/// Identities and whose they are.
struct Placed {
    std::vector<core::Identity> identities;  // by id
    std::vector<core::PersonId> people;      // of each; not set: not yet resolved
};
/// Those of these people, or these identities themselves. One statement.
Placed identities_of(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people);
Placed find_identities(Tx& tx, core::AccountId owner, std::span<const core::IdentityId> ids);
/// An identity without what is written of it.
struct Member {
    core::IdentityId id;
    core::PersonId person;
    core::Network network = core::Network::manual;
    std::string name;  // as shown, may be empty
};
/// All of the people who have one of these identities. One statement.
std::vector<Member> members_around(Tx& tx, core::AccountId owner, std::span<const core::IdentityId> ids);

/// Where telephone numbers without a country belong, and the owner's addresses. One statement.
struct Owner {
    std::string region;
    core::OwnerHints hints;
};
Owner owner(Tx& tx, core::AccountId owner);

struct Word {
    core::Decision decision;  // a < b
    Instant at;               // the same for all that one act of the owner's said
};
std::vector<Word> decisions(Tx& tx, core::AccountId owner);
/// Those between two of these identities. One statement.
std::vector<Word> decisions_between(Tx& tx, core::AccountId owner, std::span<const core::IdentityId> ids);
/// The latest word of a pair holds.
void decide(Tx& tx, core::AccountId owner, std::span<const core::Decision> decisions, Instant at);
/// Takes back all that was said in the act that said this of the pair; the identities it was about, none when
/// nothing was said of it.
std::vector<core::IdentityId> forget(Tx& tx, core::AccountId owner, core::IdentityId a, core::IdentityId b);

/// New people from their cards; nothing else of them is known yet.
void add_people(Tx& tx, core::AccountId owner,
                std::span<const std::pair<core::PersonId, core::PersonCard>> people, Instant now);
/// The card replaces name, employer, place and words; the relation only where evidence had said it.
void save_cards(Tx& tx, core::AccountId owner,
                std::span<const std::pair<core::PersonId, core::PersonCard>> people);
/// Nothing is stale any more.
void mark_resolved(Tx& tx, core::AccountId owner);
void move_identities(Tx& tx, core::AccountId owner,
                     std::span<const std::pair<core::IdentityId, core::PersonId>> moves);

/// What the owner wrote of people who are absorbed goes to those who absorb them: notes and next steps are
/// joined, a relation set by hand, a linked account and a block move where the other has none, "not now" too,
/// and a cadence where the other has none. Reminders move along.
/// Then the absorbed are removed. `into[i]` absorbs `gone[i]`.
void absorb(Tx& tx, core::AccountId owner,
            std::span<const std::pair<core::PersonId, core::PersonId>> gone_into);
void remove_people(Tx& tx, core::AccountId owner, std::span<const core::PersonId> people);
/// Those of whom no identity is left; what the owner wrote of them goes with them.
std::vector<core::PersonId> people_without_identities(Tx& tx, core::AccountId owner);

long long count_people(Tx& tx, core::AccountId owner);

/// Questions, most useful first. At most `limit`. One statement.
std::vector<core::Comparison> questions(Tx& tx, core::AccountId owner, std::size_t limit);
/// Those about one of these identities. One statement.
std::vector<core::Comparison> questions_about(Tx& tx, core::AccountId owner,
                                              std::span<const core::IdentityId> ids);
void save_questions(Tx& tx, core::AccountId owner, std::span<const core::Comparison> questions);

/// How evidence is kept; what is no such JSON explains nothing.
std::string evidence_to_json(const std::vector<core::FieldEvidence>& evidence);
std::vector<core::FieldEvidence> evidence_from_json(const std::string& text);

}  // namespace vv::store::resolution
