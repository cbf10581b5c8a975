#include "app/network_asks.h"

#include "app/introductions_table.h"
#include "base/plain_line.h"
#include "base/text.h"
#include "core/ties.h"
#include "store/asks.h"
#include "store/blocks.h"
#include "store/communities.h"
#include "store/introductions.h"
#include "store/jobs.h"
#include "store/meetings.h"
#include "store/people.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace vv::app {
namespace {

using core::AccountId;
using core::AskId;
using core::AskSendId;
using store::network_asks::Send;
using store::network_asks::Standing;

constexpr std::chrono::hours kDay{24};
constexpr std::chrono::hours kWeek{7 * 24};
constexpr int kMostListed = 100;
constexpr int kMostTies = 1'000;

Error unknown_ask() {
    return {Fault::not_found, "ask.unknown", "There is no such ask."};
}

Result<Standing> standing_of(store::Tx& tx, AccountId asker, AskId ask) {
    auto all = store::network_asks::standing(tx, std::span(&asker, 1), std::span(&ask, 1));
    if (all.empty()) return unknown_ask();
    return std::move(all.begin()->second);
}

Result<std::vector<AccountId>> accounts_of(store::Tx& tx, const Caller& caller,
                                           const std::vector<core::PersonId>& people) {
    if (people.empty() || people.size() > core::kNetworkAskLimits.at_once)
        return Error{Fault::invalid, "ask.nobody", "Choose 1 to 20 people to ask."};
    std::set<AccountId> accounts;
    const auto found = store::people::load(tx, caller.account, people);
    if (found.size() != std::set(people.begin(), people.end()).size())
        return Error{Fault::not_found, "person.unknown", "There is no such person among yours."};
    for (const core::Person& person : found) {
        if (!person.account || person.blocked_at || *person.account == caller.account)
            return Error{Fault::invalid, "ask.no_account",
                         "An ask goes to people who have an account here that is linked with yours."};
        accounts.insert(*person.account);
    }
    return std::vector(accounts.begin(), accounts.end());
}

Result<Standing> open_ask(store::Tx& tx, const Caller& caller, AskId ask) {
    TRY(Standing standing, standing_of(tx, caller.account, ask));
    if (standing.state != core::AskState::open)
        return Error{Fault::conflict, "ask.done", "This ask is done; open it again first."};
    if (has_web_address(standing.ask.text))
        return Error{Fault::invalid, "ask.web_address",
                     "An ask that goes to others carries no web address; take it out."};
    return standing;
}

Result<Done> check_day(store::Tx& tx, const Caller& caller, std::size_t more) {
    const auto sent = store::network_asks::sent_since(tx, caller.account, caller.now - kDay);
    if (static_cast<std::size_t>(sent.count) + more <=
        static_cast<std::size_t>(core::kNetworkAskLimits.a_day))
        return Done{};
    Error error{Fault::too_many, "ask.many",
                "Thirty people in a day are the limit; the others can wait a day."};
    error.retry_after =
        std::chrono::duration_cast<std::chrono::seconds>(sent.first.value_or(caller.now) + kDay - caller.now);
    return error;
}

Instant expiry_of(const core::Ask& ask, const Caller& caller) {
    const Instant end = caller.now + core::kNetworkAskLimits.open_for;
    if (!ask.by) return end;
    const Instant day_after = caller.zone.to_utc(std::chrono::local_days(*ask.by) + kDay);
    return std::clamp<Instant>(day_after, caller.now + kDay, end);
}

// An ask to a community counts once for how much the asker asks.
int sent_this_week(store::Tx& tx, const Caller& caller) {
    return store::network_asks::sent_since(tx, caller.account, caller.now - kWeek).count +
           store::communities::asked_since(tx, caller.account, caller.now - kWeek);
}

struct Errand {
    AskId id;
    const core::Ask& ask;
    std::optional<core::CommunityId> community;
    IdSource* ids;
};

std::vector<Send> plan(store::Tx& tx, const Caller& caller, const Errand& errand,
                       const std::vector<AccountId>& accounts) {
    const auto settings = store::network_asks::brokering(tx, accounts);
    const auto shown = store::network_asks::shown(tx, accounts, caller.now - kSendsCount,
                                                  core::kNetworkAskLimits.most_welcome);
    const core::Blocks blocks = store::blocks::around(tx, caller.account);
    int sent = sent_this_week(tx, caller);
    std::vector<Send> sends;
    for (const AccountId account : accounts) {
        const auto times = shown.find(account);
        const auto at = core::comes_at(settings.at(account),
                                       times == shown.end() ? std::span<const Instant>() : times->second,
                                       errand.community ? sent : sent++, caller.now);
        Send send{{errand.ids->next(caller.now)},
                  caller.account,
                  errand.id,
                  account,
                  false,
                  caller.now,
                  at.value_or(caller.now),
                  expiry_of(errand.ask, caller),
                  {},
                  errand.community};
        send.is_hidden = !at || blocks.hides(account);
        sends.push_back(send);
    }
    return sends;
}

void tell_when_shown(store::Tx& tx, const Caller& caller, const std::vector<Send>& sends, IdSource* ids) {
    for (const Send& send : sends) {
        if (send.is_hidden || send.shown_at >= send.expires_at) continue;
        store::jobs::NewJob job;
        job.id = {ids->next(caller.now)};
        job.owner = caller.account;
        job.kind = kAskJob;
        job.key = to_string(send.id);
        job.payload = {{"send", to_string(send.id)}};
        job.run_at = send.shown_at;
        store::jobs::add(tx, job, caller.now);
    }
}

// Whoever is silent, or wants none, is not asked by a community at all.
std::vector<AccountId> who_is_asked(store::Tx& tx, const Caller& caller, core::CommunityId community) {
    auto accounts = store::communities::takers(tx, community, caller.account);
    const auto settings = store::network_asks::brokering(tx, accounts);
    std::erase_if(accounts, [&](AccountId account) {
        const core::Brokering& said = settings.at(account);
        return said.a_day <= 0 || (said.silent_until && *said.silent_until > caller.now);
    });
    return accounts;
}

ReceivedAsk view_of(const Send& send, Standing standing, const store::meetings::Other& asker,
                    const std::vector<core::Person>& people) {
    ReceivedAsk received;
    received.id = send.id;
    received.by = {send.asker, asker.handle, asker.name};
    const auto person = std::ranges::find(people, std::optional(send.asker), &core::Person::account);
    if (person != people.end()) received.person = person->id;
    received.ask = std::move(standing.ask);
    received.is_open = standing.state == core::AskState::open;
    received.shown_at = send.shown_at;
    received.expires_at = send.expires_at;
    received.result_url = std::move(standing.result_url);
    return received;
}

std::vector<ReceivedAsk> view(store::Tx& tx, const Caller& caller, const std::vector<Send>& sends) {
    std::vector<AccountId> askers;
    std::vector<AskId> asks;
    std::vector<core::CommunityId> communities;
    for (const Send& send : sends) {
        askers.push_back(send.asker);
        asks.push_back(send.ask);
        if (send.community) communities.push_back(*send.community);
    }
    const auto through = store::communities::names(tx, communities);
    auto standing = store::network_asks::standing(tx, askers, asks);
    const auto names = store::meetings::others(tx, askers);
    const auto people = store::people::of_accounts(tx, caller.account, askers);
    std::vector<ReceivedAsk> views;
    for (const Send& send : sends) {
        const auto at = standing.find(send.ask);
        const auto name = names.find(send.asker);
        if (at == standing.end() || name == names.end()) continue;
        views.push_back(view_of(send, at->second, name->second, people));
        if (send.community)
            if (const auto community = through.find(*send.community); community != through.end())
                views.back().community = community->second;
    }
    return views;
}

}  // namespace

std::string_view to_string(SentState state) {
    constexpr std::array<std::string_view, 3> kNames{"asked", "introduced", "not_now"};
    return kNames[static_cast<std::size_t>(state)];
}

Result<std::vector<core::Person>> list_ties(store::Tx& tx, Caller caller) {
    const auto linked = store::network_asks::linked(tx, caller.account, kMostTies);
    auto people = store::people::load(tx, caller.account, linked);
    std::erase_if(people, [&](const core::Person& one) { return one.account == caller.account; });
    for (core::Person& person : people)
        person.trust = core::faded_trust(person.trust, person.trust_at, caller.now);
    return people;
}

Result<int> send_ask(store::Tx& tx, Caller caller, SendAsk input) {
    TRY(const Standing standing, open_ask(tx, caller, input.ask));
    TRY(const auto accounts, accounts_of(tx, caller, input.people));
    CHECK(check_day(tx, caller, accounts.size()));
    const Errand errand{input.ask, standing.ask, {}, input.desk.ids};
    const auto sends = store::network_asks::add(tx, plan(tx, caller, errand, accounts));
    const int chosen = store::network_asks::choose(tx, caller.account, input.ask, accounts, caller.now);
    tell_when_shown(tx, caller, sends, input.desk.ids);
    return static_cast<int>(sends.size()) + chosen;
}

Result<int> ask_community(store::Tx& tx, Caller caller, AskCommunity input) {
    TRY(const Standing standing, open_ask(tx, caller, input.ask));
    const auto mine = store::communities::find(tx, input.community, caller.account);
    if (!mine || mine->standing != store::communities::Standing::member)
        return Error{Fault::not_found, "community.unknown", "There is no such community among yours."};
    const int others = mine->community.members - 1;
    const int asked = store::communities::asked_since(tx, caller.account, caller.now - kWeek);
    const auto accounts = who_is_asked(tx, caller, input.community);
    const Errand errand{input.ask, standing.ask, input.community, input.desk.ids};
    auto sends = plan(tx, caller, errand, accounts);
    if (!store::communities::note_ask(tx, caller.account, input.ask, input.community, caller.now))
        return others;
    if (asked >= core::kCommunityLimits.asks_a_week) {
        Error error{Fault::too_many, "ask.many_communities",
                    "Three asks to communities in a week are the limit; this one can wait."};
        error.retry_after = std::chrono::hours(24);
        return error;
    }
    tell_when_shown(tx, caller, store::network_asks::add(tx, std::move(sends)), input.desk.ids);
    return others;
}

Result<AskInNetwork> ask_in_network(store::Tx& tx, Caller caller, AskId ask) {
    TRY(const Standing standing, standing_of(tx, caller.account, ask));
    AskInNetwork network;
    network.introductions =
        show_introductions(tx, caller, store::introductions::made_for(tx, caller.account, {ask}));
    network.communities = store::communities::of_ask(tx, caller.account, ask);
    const auto sends = store::network_asks::of_ask(tx, caller.account, ask);
    std::vector<AccountId> accounts;
    for (const Send& send : sends) accounts.push_back(send.to);
    const auto people = store::people::of_accounts(tx, caller.account, accounts);
    for (const Send& send : sends) {
        const auto person = std::ranges::find(people, std::optional(send.to), &core::Person::account);
        if (person == people.end() || person->blocked_at) continue;
        const bool has_introduced = std::ranges::any_of(
            network.introductions, [&](const IntroductionView& one) { return one.broker.id == send.to; });
        const bool is_over = send.expires_at <= caller.now || standing.state != core::AskState::open;
        network.sent.push_back({*person,
                                has_introduced ? SentState::introduced
                                : is_over      ? SentState::not_now
                                               : SentState::asked,
                                send.created_at});
    }
    return network;
}

Result<std::vector<ReceivedAsk>> list_received(store::Tx& tx, Caller caller) {
    auto views = view(tx, caller, store::network_asks::before(tx, caller.account, caller.now, kMostListed));
    std::erase_if(views, [](const ReceivedAsk& one) { return !one.is_open; });
    return views;
}

Result<ReceivedPage> received_page(store::Tx& tx, Caller caller, AskSendId id, std::size_t limit) {
    const auto send = store::network_asks::find_shown(tx, caller.account, id, caller.now);
    if (!send || send->declined_at) return unknown_ask();
    auto views = view(tx, caller, {*send});
    if (views.empty()) return unknown_ask();
    ReceivedPage page;
    page.received = std::move(views.front());
    page.received.is_open = page.received.is_open && send->expires_at > caller.now;
    page.introductions =
        show_introductions(tx, caller, store::introductions::of_broker(tx, caller.account, send->ask));
    if (!page.received.is_open) return page;
    std::vector<core::PersonId> without;
    if (page.received.person) without.push_back(*page.received.person);
    for (const IntroductionView& one : page.introductions)
        if (one.person) without.push_back(*one.person);
    core::Ask ask = page.received.ask;
    ask.relations.clear();  // who they are to the asker says nothing of who they are to the caller
    TRY(page.fitting, match_people(tx, caller, std::move(ask), limit, std::move(without)));
    return page;
}

Result<Done> decline_ask(store::Tx& tx, Caller caller, AskSendId id) {
    const auto send = store::network_asks::find_shown(tx, caller.account, id, caller.now);
    if (!send) return unknown_ask();
    store::network_asks::decline(tx, *send, caller.now);
    return Done{};
}

Result<AskRoom> ask_room(store::Tx& tx, Caller caller, AskId ask, std::size_t limit) {
    AskRoom room;
    TRY(room.page, ask_page(tx, caller, ask, limit));
    TRY(room.network, ask_in_network(tx, caller, ask));
    return room;
}

Result<core::Brokering> get_brokering(store::Tx& tx, Caller caller) {
    return store::network_asks::brokering(tx, caller.account);
}

Result<core::Brokering> set_brokering(store::Tx& tx, Caller caller, core::Brokering wanted) {
    TRY(const core::Brokering checked, core::check_brokering(wanted, caller.now));
    store::network_asks::save(tx, caller.account, checked);
    return checked;
}

}  // namespace vv::app
