// app/owner_questions.h — who of several the owner is in an archive: asked, answered, taken back.
//
// An answer holds for every archive, those to come as well. The archives in question that are kept are read
// again by it; of one that is kept no longer it holds from the next time it is given.
#pragma once

#include "app/imports.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

using store::imports::OwnerQuestion;

/// How long an archive is kept to be read again by an answer.
inline constexpr std::chrono::days kArchiveKept{30};

struct OwnerAnswer {
    ImportId import;
    std::string archive;  // with the network: a line of the import's report
    std::string network;
    std::optional<std::string> key;  // this candidate
    bool none = false;               // none of them; neither: what was said is taken back
};
/// The imports that are read again by it: queued, without a job where `ids` is null. `not_found`
/// import.unknown, import.nothing_to_ask; `invalid` import.no_candidate; `conflict` import.running.
Result<std::vector<Import>> answer_owner(store::Tx& tx, Caller caller, OwnerAnswer answer, IdSource* ids);

/// What the account knows of its owner, for parsers.
struct KnownOwner {
    std::vector<std::string> emails;  // the account's, and what archives told
    std::vector<std::string> names;
    std::vector<core::IdentityKey> confirmed;
    std::vector<core::IdentityKey> denied;
};
KnownOwner known_owner(store::Tx& tx, core::AccountId owner, const std::string& email,
                       const std::string& full_name);

/// Gives kept archives up whose time is over; those that are ours are to be removed.
Result<std::vector<store::imports::Kept>> give_up_archives(store::Tx& tx, Instant now);

}  // namespace vv::app
