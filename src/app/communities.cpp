#include "app/communities.h"

#include "app/accounts.h"
#include "app/throttles.h"
#include "store/blocks.h"

#include <algorithm>
#include <utility>

namespace vv::app {
namespace {

using core::CommunityId;
using store::communities::Standing;

Error unknown() {
    return Error(Fault::not_found, "community.unknown", "There is no such community among yours.");
}

// An invitation does not pass a block.
bool is_kept_away(const core::Blocks& blocks, const Membership& one) {
    return one.standing == Standing::invited && blocks.hides(one.community.organiser.id);
}

Result<Membership> membership(store::Tx& tx, const Caller& caller, CommunityId id) {
    auto found = store::communities::find(tx, id, caller.account);
    if (!found || is_kept_away(store::blocks::around(tx, caller.account), *found)) return unknown();
    return *std::move(found);
}

Result<Membership> organised(store::Tx& tx, const Caller& caller, CommunityId id) {
    TRY(Membership mine, membership(tx, caller, id));
    if (mine.community.organiser.id != caller.account) return unknown();
    return mine;
}

Result<Done> check_room(store::Tx& tx, const Caller& caller, std::size_t people) {
    if (people >= core::kCommunityLimits.members)
        return Error(Fault::conflict, "community.full",
                     "Two hundred people are as many as a community takes.");
    const auto counted = count_try(tx, Throttle::community_invites, to_string(caller.account), caller.now);
    if (counted) return Done{};
    Error error(Fault::too_many, "community.many", "Fifty invitations in a day are the limit; go on later.");
    error.retry_after = counted.error().retry_after;
    return error;
}

}  // namespace

Result<std::vector<Membership>> list_communities(store::Tx& tx, Caller caller) {
    auto all = store::communities::of_account(tx, caller.account);
    const core::Blocks blocks = store::blocks::around(tx, caller.account);
    std::erase_if(all, [&](const Membership& one) { return is_kept_away(blocks, one); });
    return all;
}

Result<CommunityPage> find_community(store::Tx& tx, Caller caller, CommunityId id) {
    CommunityPage page;
    TRY(page.mine, membership(tx, caller, id));
    if (page.mine.standing != Standing::member) return page;
    const bool organises = page.mine.community.organiser.id == caller.account;
    const core::Blocks blocks = store::blocks::around(tx, caller.account);
    page.people = store::communities::members(tx, id);
    // Whom the organiser has invited stays on the organiser's list whatever the other keeps away.
    std::erase_if(page.people, [&](const Member& one) {
        if (one.standing != Standing::member) return !organises;
        return one.account.id != page.mine.community.organiser.id && blocks.hides(one.account.id);
    });
    for (Member& one : page.people)
        if (one.standing == Standing::declined) one.standing = Standing::invited;
    return page;
}

Result<CommunityPage> make_community(store::Tx& tx, Caller caller, std::string name, IdSource* ids) {
    TRY(const std::string checked, core::check_community_name(name));
    if (store::communities::organised_by(tx, caller.account) >= core::kCommunityLimits.organised)
        return Error(Fault::conflict, "community.count_kept",
                     "You organise twenty communities already; close one first.");
    const CommunityId id{ids->next(caller.now)};
    store::communities::add(tx, id, caller.account, checked, caller.now);
    return find_community(tx, std::move(caller), id);
}

Result<CommunityPage> rename_community(store::Tx& tx, Caller caller, CommunityId id, std::string name) {
    TRY([[maybe_unused]] const Membership mine, organised(tx, caller, id));
    TRY(const std::string checked, core::check_community_name(name));
    store::communities::rename(tx, id, checked);
    return find_community(tx, std::move(caller), id);
}

Result<Done> close_community(store::Tx& tx, Caller caller, CommunityId id) {
    TRY([[maybe_unused]] const Membership mine, organised(tx, caller, id));
    store::communities::remove(tx, id);
    return Done{};
}

Result<CommunityPage> invite_to_community(store::Tx& tx, Caller caller, CommunityId id, std::string handle,
                                          MeetingDesk desk) {
    TRY(const Membership mine, organised(tx, caller, id));
    TRY(const core::Account account, account_of_handle(tx, std::move(handle)));
    if (store::blocks::around(tx, caller.account).is_mine(account.id))
        return Error(Fault::conflict, "block.you_blocked",
                     "You have blocked this account; unblock it first.");
    TRY(CommunityPage page, find_community(tx, caller, id));
    const bool is_there =
        std::ranges::any_of(page.people, [&](const Member& one) { return one.account.id == account.id; });
    if (is_there) return page;
    CHECK(check_room(tx, caller, page.people.size()));
    // A member whom a block keeps off this list is one that has left, to whoever reads it.
    store::communities::put_out(tx, id, account.id);
    if (store::communities::invite(tx, id, account.id, caller.now))
        tell_invited(tx, account, mine.community, desk, caller.now);
    return find_community(tx, std::move(caller), id);
}

Result<Done> remove_from_community(store::Tx& tx, Caller caller, CommunityId id, std::string handle) {
    TRY([[maybe_unused]] const Membership mine, organised(tx, caller, id));
    TRY(const core::Account account, account_of_handle(tx, std::move(handle)));
    if (account.id == caller.account)
        return Error(Fault::invalid, "community.yourself",
                     "To leave your own community, leave it as anybody does.");
    store::communities::put_out(tx, id, account.id);
    return Done{};
}

Result<CommunityPage> join_community(store::Tx& tx, Caller caller, CommunityId id, bool takes_asks) {
    TRY([[maybe_unused]] const Membership mine, membership(tx, caller, id));
    store::communities::join(tx, id, caller.account, takes_asks, caller.now);
    return find_community(tx, std::move(caller), id);
}

Result<Done> leave_community(store::Tx& tx, Caller caller, CommunityId id) {
    TRY(const Membership mine, membership(tx, caller, id));
    if (mine.standing == Standing::member)
        store::communities::leave(tx, id, caller.account);
    else
        store::communities::decline(tx, id, caller.account);
    return Done{};
}

}  // namespace vv::app
