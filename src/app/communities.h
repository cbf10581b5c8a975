// app/communities.h — communities: made, joined by invitation, left.
//
// Whoever organises one invites accounts by their handles; who says yes is a member. Members, and nobody
// else, see each other's names and may ask the community for help (app/network_asks.h); whether asks come
// before a member is up to that member. Between two of whom one has blocked the other nothing shows: an
// invitation looks unanswered, and neither stands on the other's list. Who organises is known to all whom it
// concerns, whatever stands between them. A no to an invitation looks like no answer, and is not asked again.
#pragma once

#include "app/caller.h"
#include "app/meetings.h"
#include "base/ids.h"
#include "store/communities.h"
#include "store/database.h"

#include <string>
#include <vector>

namespace vv::app {

using store::communities::Member;
using store::communities::Membership;

/// Those the caller belongs to or is invited to, by name.
Result<std::vector<Membership>> list_communities(store::Tx& tx, Caller caller);

struct CommunityPage {
    Membership mine;
    std::vector<Member> people;  // who is invited is told to the organiser alone
};
/// For its members; and for whoever is invited, who reads no names but the organiser's. `not_found`
/// community.unknown.
Result<CommunityPage> find_community(store::Tx& tx, Caller caller, core::CommunityId id);

/// Faults: core::check_community_name()'s; `conflict` community.count_kept.
Result<CommunityPage> make_community(store::Tx& tx, Caller caller, std::string name, IdSource* ids);

// The organiser's. Faults: `not_found` community.unknown.
Result<CommunityPage> rename_community(store::Tx& tx, Caller caller, core::CommunityId id, std::string name);
Result<Done> close_community(store::Tx& tx, Caller caller, core::CommunityId id);
/// The invited are told by push, and by a mail if theirs is a proven address: once for a community, and not
/// while five others wait. Inviting twice changes nothing. Faults: `not_found` account.unknown; `conflict`
/// community.full, block.you_blocked; `too_many` community.many.
Result<CommunityPage> invite_to_community(store::Tx& tx, Caller caller, core::CommunityId id,
                                          std::string handle, MeetingDesk desk);
/// Tells of a new invitation.
void tell_invited(store::Tx& tx, const core::Account& to, const store::communities::Community& community,
                  const MeetingDesk& desk, Instant now);
/// Takes out a member, or takes an invitation back. What the member asked the community comes before nobody
/// any more. `invalid` community.yourself: an organiser leaves instead.
Result<Done> remove_from_community(store::Tx& tx, Caller caller, core::CommunityId id, std::string handle);

/// Says yes to an invitation, and whether asks may come.
Result<CommunityPage> join_community(store::Tx& tx, Caller caller, core::CommunityId id, bool takes_asks);
/// Or says no to it. After an organiser the longest member organises; without anybody it goes.
Result<Done> leave_community(store::Tx& tx, Caller caller, core::CommunityId id);

}  // namespace vv::app
