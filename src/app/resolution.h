// app/resolution.h — from identities to people: after an import, after the owner's word, and the questions
// between.
//
// What the owner says is kept as decisions about identities, for ever: a re-import changes none, and each act
// can be taken back. A cluster keeps the id of the person of most of its identities, and what the owner wrote
// follows.
#pragma once

#include "app/acts.h"
#include "app/caller.h"
#include "base/ids.h"
#include "core/person.h"
#include "core/resolution.h"
#include "store/database.h"

#include <span>
#include <string>
#include <vector>

namespace vv::app {

struct ResolutionReport {
    long long people = 0;  // all of the owner's now
    int created = 0;
    int merged = 0;  // identities that came to a person beside others, and people who were absorbed
    int to_review = 0;
    std::vector<core::PersonId> refreshed;  // whose summaries are up to date with the facts
};

/// Places identities that are new and places changed ones again; the rest of the people stay as they are.
/// Calls app::refresh_ties for everybody whose cluster changed. A constant number of statements.
Result<ResolutionReport> resolve_people(store::Tx& tx, core::AccountId owner,
                                        std::span<const core::IdentityId> changed, Instant now,
                                        IdSource& ids);

/// One person instead of several, whose id is kept: the one of most identities. `invalid` people.merge for
/// fewer than two, `not_found` person.unknown.
Result<Acted<core::Person>> merge_people(store::Tx& tx, Caller caller, std::vector<core::PersonId> people,
                                         IdSource* ids);

/// These identities become a person of their own. The one who stays first, the new one second. `invalid`
/// people.split when that would take all or none of the identities.
Result<Acted<std::vector<core::Person>>> split_person(store::Tx& tx, Caller caller, core::PersonId person,
                                                      std::vector<core::IdentityId> identities,
                                                      IdSource* ids);

struct ReviewSide {
    core::Person person;
    core::Identity identity;                 // the one that the question is about
    std::vector<core::Identity> identities;  // all of the person's
};
struct ReviewPair {
    ReviewSide a, b;
    double probability = 0;
    std::vector<core::FieldEvidence> evidence;
};
/// The questions, most useful first. Four statements.
Result<std::vector<ReviewPair>> review_pairs(store::Tx& tx, Caller caller, std::size_t limit);

/// Why a person's identities are one: the evidence that holds them together, and where the owner said so.
/// Reads every identity, for what is rare among them says more. `not_found` person.unknown.
struct Why {
    std::vector<core::Comparison> links;
    std::vector<core::Decision> said;  // "same", between two of them
};
Result<Why> explain_person(store::Tx& tx, Caller caller, core::PersonId person);

/// The owner's answer; what undoes it. `not_found` identity.unknown.
Result<core::ActId> answer_review(store::Tx& tx, Caller caller, core::IdentityId a, core::IdentityId b,
                                  core::Verdict verdict, IdSource* ids);
/// Takes back whatever was said of the pair, the whole of the act that said it; who is who is then told by
/// the evidence again, where undo_act() brings back what was. `not_found` decision.unknown.
Result<Done> forget_decision(store::Tx& tx, Caller caller, core::IdentityId a, core::IdentityId b,
                             IdSource* ids);

}  // namespace vv::app
