#include "app/introductions_table.h"

#include "app/links.h"
#include "app/people.h"
#include "app/ties.h"
#include "store/accounts.h"
#include "store/asks.h"
#include "store/blocks.h"
#include "store/links.h"
#include "store/meetings.h"
#include "store/people.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace vv::app {
namespace {

using core::AccountId;
using core::Consent;
using core::IntroductionState;
using core::PersonId;
using core::Role;
using store::introductions::Row;
using store::network_asks::Standing;

// Nobody waits for it any more: whoever asked has left, or has found enough.
void settle(Row& row, const Standing* ask) {
    core::Introduction& introduction = row.introduction;
    if (!row.asker) introduction.is_over = true;
    if (introduction.ask && (ask == nullptr || ask->state != core::AskState::open))
        introduction.is_over = true;
}

/// What is known of those in a list of introductions.
struct Known {
    std::map<core::AskId, Standing> asks;
    std::unordered_map<AccountId, store::meetings::Other> accounts;
    std::map<core::IdentityId, PersonId> people;
    std::vector<core::Person> askers;  // who stand for them among the reader's people
    core::Blocks blocks;

    [[nodiscard]] const Standing* ask_of(const Row& row) const {
        const auto at = row.introduction.ask ? asks.find(*row.introduction.ask) : asks.end();
        return at == asks.end() ? nullptr : &at->second;
    }
    [[nodiscard]] std::optional<core::AccountName> name(std::optional<AccountId> account) const {
        const auto at = account ? accounts.find(*account) : accounts.end();
        if (at == accounts.end()) return std::nullopt;
        return core::AccountName{at->first, at->second.handle, at->second.name};
    }
    [[nodiscard]] std::string email(std::optional<AccountId> account) const {
        const auto at = account ? accounts.find(*account) : accounts.end();
        return at == accounts.end() ? std::string() : at->second.email;
    }
    [[nodiscard]] std::optional<PersonId> person(std::optional<core::IdentityId> identity) const {
        const auto at = identity ? people.find(*identity) : people.end();
        return at == people.end() ? std::nullopt : std::optional(at->second);
    }
};

Known look_up(store::Tx& tx, const Caller& caller, const std::vector<Row>& rows) {
    std::vector<AccountId> accounts, askers, known;
    std::vector<core::AskId> asks;
    std::vector<core::IdentityId> identities;
    for (const Row& row : rows) {
        accounts.push_back(row.broker);
        if (row.asker) accounts.push_back(*row.asker);
        if (row.target) accounts.push_back(*row.target);
        if (row.asker && row.introduction.ask) {
            askers.push_back(*row.asker);
            asks.push_back(*row.introduction.ask);
        }
        if (row.asker && row.target == caller.account) known.push_back(*row.asker);
        if (row.broker == caller.account) identities.push_back(row.target_identity);
        if (row.asker == caller.account && row.asker_identity) identities.push_back(*row.asker_identity);
    }
    return {store::network_asks::standing(tx, askers, asks), store::meetings::others(tx, accounts),
            store::introductions::people_of(tx, caller.account, identities),
            store::people::of_accounts(tx, caller.account, known), store::blocks::around(tx, caller.account)};
}

bool is_kept_from(const Row& row, Role role, const core::Blocks& blocks) {
    const auto hides = [&](std::optional<AccountId> other) {
        if (!other) return false;
        return role == Role::broker ? blocks.is_mine(*other) : blocks.hides(*other);
    };
    if (role != Role::broker && (row.is_hidden || blocks.hides(row.broker))) return true;
    return (role != Role::asker && hides(row.asker)) || (role != Role::target && hides(row.target));
}

void say_names(IntroductionView& view, const Row& row, const Known& known) {
    const bool is_made = view.state == IntroductionState::made;
    view.broker = known.name(row.broker).value_or(core::AccountName{row.broker, "", ""});
    view.asker = known.name(row.asker);
    if (view.role == Role::asker && !is_made) return;
    const auto target = known.name(row.target);
    view.target_name = target && view.role != Role::broker ? target->name : row.target_name;
    if (target) view.target_handle = target->handle;
}

void say_contact(IntroductionView& view, const Row& row, const Known& known) {
    if (view.role == Role::broker) view.person = known.person(row.target_identity);
    if (view.role == Role::asker) view.person = known.person(row.asker_identity);
    if (view.state != IntroductionState::made) return;
    if (view.role == Role::asker) view.contact = row.email.empty() ? known.email(row.target) : row.email;
    if (view.role != Role::target) return;
    view.contact = known.email(row.asker);
    const auto asker = std::ranges::find(known.askers, row.asker, &core::Person::account);
    if (row.asker && asker != known.askers.end()) view.person = asker->id;
}

// Only what is the reader's to read is left in.
void keep_own(core::Introduction& introduction, Role role) {
    if (role == Role::broker) {
        if (introduction.asker_says == Consent::no) introduction.asker_says = Consent::not_now;
        if (introduction.target_says == Consent::no) introduction.target_says = Consent::not_now;
        return;
    }
    const bool is_asker = role == Role::asker;
    (is_asker ? introduction.to_target : introduction.to_asker).clear();
    (is_asker ? introduction.target_says : introduction.asker_says) = Consent::unsaid;
    (is_asker ? introduction.target_thanks : introduction.asker_thanks).clear();
}

std::optional<IntroductionView> show(Row row, const Known& known, const Caller& caller) {
    const auto role = role_in(row, caller.account);
    if (!role || is_kept_from(row, *role, known.blocks)) return std::nullopt;
    const Standing* ask = known.ask_of(row);
    settle(row, ask);
    const auto state = core::state_for(*role, row.introduction, caller.now);
    if (!state) return std::nullopt;
    IntroductionView view;
    view.role = *role;
    view.state = *state;
    view.own_answer = *role == Role::asker    ? row.introduction.asker_says
                      : *role == Role::target ? row.introduction.target_says
                                              : Consent::unsaid;
    say_names(view, row, known);
    say_contact(view, row, known);
    if (ask != nullptr) view.ask = ask->ask.text;
    if (ask != nullptr && *state == IntroductionState::made) view.result_url = ask->result_url;
    view.introduction = std::move(row.introduction);
    keep_own(view.introduction, *role);
    return view;
}

// Somebody without an account, among the asker's people.
Result<PersonId> guest_among(store::Tx& tx, const IntroductionTable& table, IdSource& ids, Instant now) {
    const core::Account& asker = *table.asker;
    const auto known = store::links::people_with_email(tx, asker.id, table.row.email, 2);
    if (known.size() == 1) return known.front();
    NewPerson guest;
    guest.name = table.row.target_name;
    guest.email = table.row.email;
    TRY(const auto added, add_people(tx, Caller{asker.id, now, asker.zone}, {std::move(guest)}, &ids));
    return added.front().id;
}

}  // namespace

const core::Account* IntroductionTable::account_of(Role role) const {
    if (role == Role::broker) return &broker;
    const auto& account = role == Role::asker ? asker : target;
    return account ? &*account : nullptr;
}

std::string IntroductionTable::name_of(Role role) const {
    const core::Account* account = account_of(role);
    if (account != nullptr) return account->full_name;
    return role == Role::target ? row.target_name : std::string();
}

std::string IntroductionTable::email_of(Role role) const {
    const core::Account* account = account_of(role);
    if (account != nullptr) return account->email_verified_at ? account->email : std::string();
    return role == Role::target ? row.email : std::string();
}

std::string IntroductionTable::locale_of(Role role) const {
    const core::Account* account = account_of(role);
    return account != nullptr ? account->locale : broker.locale;
}

Zone IntroductionTable::zone_of(Role role) const {
    const core::Account* account = account_of(role);
    return account != nullptr ? account->zone : broker.zone;
}

Error unknown_introduction() {
    return {Fault::not_found, "introduction.unknown", "There is no such introduction."};
}

Result<IntroductionTable> lay_introduction(store::Tx& tx, Row row) {
    IntroductionTable table;
    const auto broker = store::accounts::find(tx, row.broker);
    if (!broker) return unknown_introduction();
    table.broker = *broker;
    if (row.asker) table.asker = store::accounts::find(tx, *row.asker);
    if (row.target) table.target = store::accounts::find(tx, *row.target);
    if (row.asker && row.introduction.ask) {
        auto asks = store::network_asks::standing(tx, std::span(&*row.asker, 1),
                                                  std::span(&*row.introduction.ask, 1));
        if (!asks.empty()) table.ask = std::move(asks.begin()->second);
    }
    settle(row, table.ask ? &*table.ask : nullptr);
    table.row = std::move(row);
    return table;
}

std::optional<Role> role_in(const Row& row, AccountId account) {
    if (row.broker == account) return Role::broker;
    if (row.asker == account) return Role::asker;
    if (row.target == account) return Role::target;
    return std::nullopt;
}

std::vector<IntroductionView> show_introductions(store::Tx& tx, const Caller& caller, std::vector<Row> rows) {
    std::vector<IntroductionView> views;
    if (rows.empty()) return views;
    const Known known = look_up(tx, caller, rows);
    for (Row& row : rows)
        if (auto view = show(std::move(row), known, caller)) views.push_back(*std::move(view));
    return views;
}

Result<Done> bring_together(store::Tx& tx, IntroductionTable& table, IdSource& ids, Instant now) {
    const core::Account& asker = *table.asker;
    PersonId person;
    if (table.target) {
        table.row.asker_identity = link_person(tx, asker.id, table.target->id, now, ids);
        person = *store::people::find_by_account(tx, asker.id, table.target->id);
        link_person(tx, table.target->id, asker.id, now, ids);
        refresh_ties(tx, table.target->id, {*store::people::find_by_account(tx, table.target->id, asker.id)},
                     now);
    } else {
        TRY(person, guest_among(tx, table, ids, now));
        TRY(const auto invitee, store::meetings::invitee(tx, asker.id, person));
        table.row.asker_identity = invitee.identity;
    }
    refresh_ties(tx, asker.id, {person}, now);
    if (table.introduction().ask)
        store::asks::set(tx, asker.id, *table.introduction().ask,
                         {person, core::AskedState::yes, now, now, {}});
    return Done{};
}

}  // namespace vv::app
