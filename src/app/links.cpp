#include "app/links.h"

#include "app/accounts.h"
#include "app/meetings_handover.h"
#include "app/throttles.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/blocks.h"
#include "store/people.h"
#include "store/search.h"

#include <algorithm>
#include <utility>

namespace vv::app {
namespace {

using store::links::Request;
using store::links::State;

// The person, when there is one in these records and it stands for nobody yet.
std::optional<core::PersonId> find_free(store::Tx& tx, core::AccountId owner, core::PersonId id) {
    const auto person = store::people::find(tx, owner, id);
    return person && !person->account ? std::optional(id) : std::nullopt;
}

std::optional<core::PersonId> find_by_address(store::Tx& tx, core::AccountId owner,
                                              const core::Account& account) {
    if (!account.email_verified_at) return std::nullopt;
    const auto people = store::links::people_with_email(tx, owner, account.email, 2);
    return people.size() == 1 ? find_free(tx, owner, people.front()) : std::nullopt;
}

core::PersonId add_person(store::Tx& tx, core::AccountId owner, const core::Account& account, Instant now,
                          IdSource& ids) {
    core::Person person;
    person.id = {ids.next(now)};
    person.name = account.full_name;
    person.created_at = now;
    store::people::add(tx, owner, person);
    const store::search::Texts texts{person.id, folded_words(account.full_name),
                                     folded_words(account.handle)};
    store::search::save(tx, owner, std::vector{texts});
    return person.id;
}

core::IdentityId add_identity(store::Tx& tx, core::AccountId owner, core::PersonId person,
                              const core::Account& account, Instant now, IdSource& ids) {
    core::Identity identity;
    identity.id = {ids.next(now)};
    identity.network = core::Network::account;
    identity.key = account.handle;
    identity.attributes.name.full = account.full_name;
    store::people::add_identity(tx, owner, person, identity);
    return identity.id;
}

// Both have said yes to the request. The side that was asked links its own person only by an address that the
// asker lets itself be found by.
void link_both(store::Tx& tx, IdSource& ids, const Request& request, Instant now) {
    link_person(tx, request.owner, request.account, now, ids, request.person);
    store::links::answer(tx, request, State::agreed, now);
    const auto asker = store::accounts::find(tx, request.owner);
    if (!asker || !asker->findable) return;
    if (const auto person = find_by_address(tx, request.account, *asker))
        link_person(tx, request.account, request.owner, now, ids, person);
}

// Who was refused once is not put through again, and doesn't learn of it. When the other has asked about the
// caller too, both have said yes: that one's person is linked as well.
Result<Done> ask(store::Tx& tx, IdSource& ids, Request request, Instant now) {
    if (store::links::is_refused(tx, request.owner, request.account)) request.state = State::refused;
    const auto mirrored = store::links::find_asked_by(tx, request.account, request.owner);
    if (!store::links::add(tx, request) || request.state != State::asked) return Done{};
    if (!mirrored || store::blocks::between(tx, request.owner, request.account)) return Done{};
    link_both(tx, ids, *mirrored, now);
    link_both(tx, ids, request, now);
    return Done{};
}

Request request_of(const Caller& caller, IdSource& ids, core::PersonId person, core::AccountId account,
                   State state) {
    return {{ids.next(caller.now)}, caller.account, person, account, state, caller.now};
}

}  // namespace

core::IdentityId link_person(store::Tx& tx, core::AccountId owner, core::AccountId other, Instant now,
                             IdSource& ids, std::optional<core::PersonId> person) {
    const auto account = store::accounts::find(tx, other);
    VV_ASSERT(account.has_value());
    std::optional<core::PersonId> chosen;
    const auto found = store::links::find(tx, owner, other, account->handle);
    if (found) chosen = found->person;
    if (!chosen && person) chosen = find_free(tx, owner, *person);
    if (!chosen) chosen = find_by_address(tx, owner, *account);
    if (!chosen) chosen = add_person(tx, owner, *account, now, ids);
    store::links::set_account(tx, owner, *chosen, other);
    hand_over_meetings(tx, owner, *chosen, *account);
    if (found && found->identity) return *found->identity;
    return add_identity(tx, owner, *chosen, *account, now, ids);
}

Result<Links> list_links(store::Tx& tx, Caller caller) {
    return Links{store::links::offers(tx, caller.account), store::links::asked_of(tx, caller.account)};
}

Result<Done> ask_link(store::Tx& tx, Caller caller, LinkRequest input, IdSource* ids) {
    CHECK(count_try(tx, Throttle::link_account, to_string(caller.account), caller.now));
    const auto person = store::people::find(tx, caller.account, input.person);
    if (!person) return Error(Fault::not_found, "person.unknown", "There is no such person.");
    TRY(const core::Account account, account_of_handle(tx, std::move(input.handle)));
    if (account.id == caller.account)
        return Error(Fault::invalid, "link.self", "This is your own account.").at("account");
    if (person->account || store::people::find_by_account(tx, caller.account, account.id))
        return Error(Fault::conflict, "link.exists", "This person or this account is linked already.");
    return ask(tx, *ids, request_of(caller, *ids, person->id, account.id, State::asked), caller.now);
}

Result<Done> answer_link(store::Tx& tx, Caller caller, core::LinkId id, bool yes, IdSource* ids) {
    if (const auto request = store::links::find_asked(tx, caller.account, id)) {
        if (yes && !store::blocks::between(tx, request->owner, request->account))
            link_both(tx, *ids, *request, caller.now);
        else
            store::links::answer(tx, *request, State::refused, caller.now);
        return Done{};
    }
    const auto offers = store::links::offers(tx, caller.account);
    const auto offer = std::ranges::find(offers, core::PersonId{id.value}, &store::links::Offer::person);
    if (offer == offers.end())
        return Error(Fault::not_found, "link.unknown",
                     "This question is no longer open; look at the list again.");
    const State state = yes ? State::asked : State::withheld;
    const Request request = request_of(caller, *ids, offer->person, offer->account.id, state);
    if (yes) return ask(tx, *ids, request, caller.now);
    store::links::add(tx, request);
    return Done{};
}

}  // namespace vv::app
