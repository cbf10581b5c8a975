// store/communities.h — communities, who belongs to them, and to which of them an ask went.
#pragma once

#include "core/accounts.h"
#include "core/asks/progress.h"
#include "core/communities.h"
#include "core/people.h"
#include "store/database.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace vv::store::communities {

/// As the one in question sees it; `declined` reads as `invited` to whoever organises.
enum class Standing { invited, declined, member };

struct Community {
    core::CommunityId id;
    core::AccountName organiser;
    std::string name;
    int members = 0;  // who said yes, without those between whom and the reader a block stands
};
/// One account's part in one.
struct Membership {
    Community community;
    Standing standing = Standing::member;
    bool takes_asks = true;
};
struct Member {
    core::AccountName account;
    Standing standing = Standing::member;
};

/// Its organiser is the first member.
void add(Tx& tx, core::CommunityId id, core::AccountId organiser, const std::string& name, Instant now);
void rename(Tx& tx, core::CommunityId id, const std::string& name);
void remove(Tx& tx, core::CommunityId id);
int organised_by(Tx& tx, core::AccountId organiser);

/// Those of which the account is a member or may become one, by name. One statement.
std::vector<Membership> of_account(Tx& tx, core::AccountId account);
std::optional<Membership> find(Tx& tx, core::CommunityId id, core::AccountId account);
/// By name; whoever is invited, too.
std::vector<Member> members(Tx& tx, core::CommunityId id);

/// Who is there already, and who has declined, stays so. True when nobody had invited the account before.
bool invite(Tx& tx, core::CommunityId id, core::AccountId account, Instant now);
/// How many invitations the account has not answered.
int waiting_for(Tx& tx, core::AccountId account);
/// Of somebody who is invited or a member.
void join(Tx& tx, core::CommunityId id, core::AccountId account, bool takes_asks, Instant now);
void decline(Tx& tx, core::CommunityId id, core::AccountId account);
/// Whoever organised it is followed by who has been there longest; without anybody it goes.
void leave(Tx& tx, core::CommunityId id, core::AccountId account);
/// By the organiser: a member, or an invitation, whatever was said to it.
void put_out(Tx& tx, core::CommunityId id, core::AccountId account);
/// The account is in none any more.
void leave_all(Tx& tx, core::AccountId account);

/// The names of those that the account is a member of. One statement.
std::map<core::CommunityId, std::string> joined_by(Tx& tx, core::AccountId account);
/// Who of the account's own people is a member of these too, but for those whom a block keeps from it. One
/// statement.
std::vector<std::pair<core::PersonId, core::CommunityId>> own_people(
    Tx& tx, core::AccountId account, std::span<const core::CommunityId> communities);

/// Members who take asks, without this one and whom a block keeps from it.
std::vector<core::AccountId> takers(Tx& tx, core::CommunityId id, core::AccountId but);
/// False when it went there before.
bool note_ask(Tx& tx, core::AccountId asker, core::AskId ask, core::CommunityId id, Instant now);
/// How often the account has asked one since, whatever became of the ask and the community.
int asked_since(Tx& tx, core::AccountId asker, Instant since);

struct Asked {
    core::CommunityId id;
    std::string name;
    Instant at;
};
/// Of those that are still there and have the asker among their members, the latest first.
std::vector<Asked> of_ask(Tx& tx, core::AccountId asker, core::AskId ask);
std::map<core::CommunityId, std::string> names(Tx& tx, std::span<const core::CommunityId> ids);

}  // namespace vv::store::communities
