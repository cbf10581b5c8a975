// app/encounters.h — the times an owner was face to face with people: told, claimed, annotated, denied.
#pragma once

#include "app/acts.h"
#include "core/encounters.h"
#include "store/database.h"
#include "store/encounters.h"
#include "store/gatherings.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vv::app {

struct EncounterList {
    std::vector<core::Encounter> encounters;  // joined, by start
    std::map<core::PersonId, store::encounters::Who> people;
};

enum class Include { past, past_and_planned };
/// Those of a year in the caller's zone, or of all time; what is not over by `now` is planned.
Result<EncounterList> list_encounters(store::Tx& tx, Caller caller, std::optional<int> year, Include include);
/// `not_found` encounter.unknown; a denied one is not found either.
Result<EncounterList> find_encounter(store::Tx& tx, Caller caller, core::EncounterId id);

struct Claim {
    core::PersonId person;
    core::EncounterKind kind = core::EncounterKind::gathering;
    Instant start;
    std::string place;
};
/// Only the caller says so: evidence *claimed*. `invalid` encounter.future for what has not begun,
/// `not_found` person.unknown.
Result<Acted<EncounterList>> claim_encounter(store::Tx& tx, Caller caller, Claim claim, IdSource* ids);

/// What was traded, what comes next, what kind it was; an absent field stays. `not_found` encounter.unknown.
Result<EncounterList> change_encounter(store::Tx& tx, Caller caller, core::EncounterId id,
                                       store::encounters::Change change);
/// "This did not happen": it counts no more, and importing it again does not bring it back. `not_found`
/// encounter.unknown.
Result<core::ActId> deny_encounter(store::Tx& tx, Caller caller, core::EncounterId id, IdSource* ids);
/// "They didn't come": the others were there. The last one who was there denies the encounter. `not_found`
/// encounter.unknown, encounter.nobody for who is not in it.
Result<core::ActId> miss_encounter(store::Tx& tx, Caller caller, core::EncounterId id, core::PersonId person,
                                   IdSource* ids);

/// Makes the encounters of these series what their files' newest words say, in one go for at most some
/// thousand series. Returns the identities whose encounters may have changed; refresh_ties() is left to the
/// caller.
std::vector<core::IdentityId> settle_gatherings(store::Tx& tx, Caller caller,
                                                const std::vector<store::gatherings::Series>& series,
                                                const std::vector<core::IdentityId>& owner_identities,
                                                IdSource& ids);

}  // namespace vv::app
