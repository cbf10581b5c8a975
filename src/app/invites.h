// app/invites.h — invitations to the server, made by who runs it: one link, one account, two weeks.
#pragma once

#include "app/caller.h"
#include "core/accounts.h"
#include "store/database.h"
#include "store/tokens.h"

#include <string>
#include <vector>

namespace vv::app {

struct NewInvite {
    store::tokens::Token invite;
    std::string secret;  // BASE/sign-up?invite=SECRET; told once
};
/// `forbidden` account.not_admin.
Result<NewInvite> make_invite(store::Tx& tx, Caller caller, core::InviteId id);
/// Newest first, without their secrets; the used too. `forbidden` account.not_admin.
Result<std::vector<store::tokens::Token>> list_invites(store::Tx& tx, Caller caller);
/// `not_found` invite.unknown; `forbidden` account.not_admin.
Result<Done> withdraw_invite(store::Tx& tx, Caller caller, core::InviteId id);

}  // namespace vv::app
