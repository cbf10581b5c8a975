#include "suggestions_members.h"

#include "app/links.h"
#include "app/mutual_ties.h"
#include "store/accounts.h"
#include "store/people.h"
#include "support/large_account.h"
#include "support/program.h"

#include <random>
#include <vector>

namespace vv::bench {
namespace {

constexpr int kOthers = 20;  // that each of them knows

struct Member {
    core::AccountId account;
    core::PersonId person;  // of the owner's
};

Member add_member(store::Tx& tx, const core::Person& person, int number, Instant now, IdSource& ids) {
    core::Account account;
    account.id = {ids.next(now)};
    account.handle = "member" + std::to_string(number);
    account.email = account.handle + "@members.example.com";
    account.full_name = person.name;
    account.created_at = now;
    VV_ASSERT(store::accounts::add(tx, account, ""));
    VV_ASSERT(app::set_shows_ties(tx, app::Caller{account.id, now, account.zone}, true).ok());
    return {account.id, person.id};
}

Result<Done> fill(store::Tx& tx, int count, Instant now, IdSource& ids) {
    const auto owner = store::accounts::find_by_handle(tx, kHandle);
    if (!owner) fail("The account is not there.");
    const auto people =
        store::people::by_pull(tx, owner->id, {}, nullptr, 3 * static_cast<std::size_t>(count));
    std::vector<Member> members;
    for (std::size_t i = 0; i < people.size(); i += 3) {
        members.push_back(add_member(tx, people[i], static_cast<int>(i), now, ids));
        app::link_person(tx, owner->id, members.back().account, now, ids, members.back().person);
    }
    std::mt19937 random(1);
    std::uniform_int_distribution<std::size_t> any(0, members.empty() ? 0 : members.size() - 1);
    for (const Member& member : members)
        for (int i = 0; i < kOthers; ++i)
            if (const Member& other = members[any(random)]; other.account != member.account)
                app::link_person(tx, member.account, other.account, now, ids);
    return Done{};
}

}  // namespace

void add_members(const std::string& data, int count, const std::string& now) {
    store::DatabaseOptions options;
    options.url = "sqlite:" + data + "/visavis.db";
    const auto at = parse_rfc3339(now);
    const auto db = store::Database::open(options);
    if (!at || !db) fail("The database does not open.");
    IdSource ids(0, &system_now);
    if (!(*db)->write_now([&](store::Tx& tx) { return fill(tx, count, *at, ids); }))
        fail("The members could not be added.");
}

}  // namespace vv::bench
