// app/links.h — when one of an owner's people is an account here.
//
// A link never comes about on one side's word: an account is offered only if it lets itself be found by an
// address that the owner already has, and it agrees before anything is linked. A meeting that was accepted
// and a handshake are such an agreement. A no is never told; it looks like no answer.
#pragma once

#include "app/caller.h"
#include "base/ids.h"
#include "core/accounts.h"
#include "store/database.h"
#include "store/links.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

/// Makes sure that `other` stands among the owner's people, and returns the identity of network "account"
/// that facts about the two hang on. It is the person who stands for it already, else `person` if that one
/// stands for nobody, else the only one who has its proved address, else a new one. For when both have
/// agreed; saying it again changes nothing.
core::IdentityId link_person(store::Tx& tx, core::AccountId owner, core::AccountId other, Instant now,
                             IdSource& ids, std::optional<core::PersonId> person = std::nullopt);

/// What the caller is asked: whether somebody here is one of theirs, whether they are one of somebody's.
struct Links {
    std::vector<store::links::Offer> offered;  // "your Ann Lee may be @ann"
    std::vector<store::links::Asked> asked;    // "@bob thinks that he knows you"
};
Result<Links> list_links(store::Tx& tx, Caller caller);

struct LinkRequest {
    core::PersonId person;
    std::string handle;
};
/// Asks an account whether it is a person of the caller's. Asking again changes nothing, and neither does
/// asking somebody who blocked the caller. Faults: `not_found` person.unknown, account.unknown; `invalid`
/// link.self; `conflict` link.exists; `too_many`.
Result<Done> ask_link(store::Tx& tx, Caller caller, LinkRequest request, IdSource* ids);

/// Answers what list_links showed: a request by its id, an offer by its person's. A yes to an offer asks the
/// account (or links at once, when that one has asked too); a yes to a request links both sides: the asker's
/// person, and the caller's, if one has the asker's address and the asker lets itself be found so.
/// `not_found` link.unknown.
Result<Done> answer_link(store::Tx& tx, Caller caller, core::LinkId id, bool yes, IdSource* ids);

}  // namespace vv::app
