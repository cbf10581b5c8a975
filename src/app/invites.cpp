#include "app/invites.h"

#include "app/accounts.h"
#include "base/crypto.h"

namespace vv::app {
namespace {

using store::tokens::Purpose;

constexpr std::chrono::hours kInviteLife{14 * 24};

Result<Done> check_admin(store::Tx& tx, const Caller& caller) {
    TRY(const core::Account account, find_account(tx, caller));
    if (!account.is_admin)
        return Error(Fault::forbidden, "account.not_admin", "Only who runs this server may do that.");
    return Done{};
}

}  // namespace

Result<NewInvite> make_invite(store::Tx& tx, Caller caller, core::InviteId id) {
    CHECK(check_admin(tx, caller));
    NewInvite made;
    made.secret = random_token(32);
    made.invite = {id,         Purpose::invite,          caller.account, std::nullopt,
                   caller.now, caller.now + kInviteLife, std::nullopt};
    store::tokens::add(tx, made.invite, sha256_hex(made.secret));
    return made;
}

Result<std::vector<store::tokens::Token>> list_invites(store::Tx& tx, Caller caller) {
    CHECK(check_admin(tx, caller));
    return store::tokens::invites(tx);
}

Result<Done> withdraw_invite(store::Tx& tx, Caller caller, core::InviteId id) {
    CHECK(check_admin(tx, caller));
    if (!store::tokens::remove_invite(tx, id))
        return Error(Fault::not_found, "invite.unknown", "There is no such invitation (any more).");
    return Done{};
}

}  // namespace vv::app
