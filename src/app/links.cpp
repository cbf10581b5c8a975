#include "app/links.h"

#include "base/text.h"
#include "store/accounts.h"
#include "store/links.h"
#include "store/people.h"

#include <array>
#include <utility>

namespace vv::app {
namespace {

core::PersonId add_person(store::Tx& tx, core::AccountId owner, const core::Account& account, Instant now,
                          IdSource& ids) {
    core::Person person;
    person.id = {ids.next(now)};
    person.name = account.full_name;
    person.account = account.id;
    person.created_at = now;
    store::people::add(tx, owner, person);
    const std::array<std::pair<core::PersonId, std::vector<std::string>>, 1> words{
        {{person.id, folded_words(account.full_name + " " + account.handle)}}};
    store::people::save_words(tx, owner, words);
    return person.id;
}

}  // namespace

core::IdentityId link_person(store::Tx& tx, core::AccountId owner, core::AccountId other, Instant now,
                             IdSource& ids) {
    const std::optional<core::Account> account = store::accounts::find(tx, other);
    VV_ASSERT(account.has_value());
    const auto found = store::links::find(tx, owner, other, account->handle);
    if (found) store::links::set_account(tx, owner, found->person, other);
    if (found && found->identity) return *found->identity;
    const core::PersonId person = found ? found->person : add_person(tx, owner, *account, now, ids);
    core::Identity identity;
    identity.id = {ids.next(now)};
    identity.network = core::Network::account;
    identity.key = account->handle;
    identity.attributes.name.full = account->full_name;
    store::people::add_identity(tx, owner, person, identity);
    return identity.id;
}

}  // namespace vv::app
