#include "app/asks.h"

#include "app/throttles.h"
#include "base/text.h"
#include "core/names.h"
#include "core/ties.h"
#include "store/people.h"

#include <algorithm>
#include <map>

namespace vv::app {
namespace {

using core::AskId;
using store::asks::StoredAsk;

constexpr int kMostAsks = 1'000;

Error unknown_ask() {
    return {Fault::not_found, "ask.unknown", "There is no such ask among yours."};
}

AskView view_of(StoredAsk ask, const std::vector<core::Asked>& people) {
    AskView view{std::move(ask), core::progress_of(people), core::AskState::open};
    view.state = core::state_of(view.progress, view.ask.ask.count, view.ask.closed_at.has_value());
    return view;
}

std::vector<core::Asked> asked_for(store::Tx& tx, const Caller& caller, AskId id) {
    auto people = store::asks::people_of(tx, caller.account, std::vector{id});
    return std::move(people[id]);
}

Result<StoredAsk> find(store::Tx& tx, const Caller& caller, AskId id) {
    auto found = store::asks::find(tx, caller.account, id);
    if (!found) return unknown_ask();
    return *std::move(found);
}

Result<Done> apply(core::Ask& ask, AskChange& change) {
    if (change.titles) ask.titles = *std::move(change.titles);
    if (change.topics) ask.topics = *std::move(change.topics);
    if (change.organisations) ask.organisations = *std::move(change.organisations);
    if (change.relations) ask.relations = *std::move(change.relations);
    if (change.purpose) ask.purpose = *std::move(change.purpose);
    if (change.in_return) ask.in_return = *std::move(change.in_return);
    if (change.count) ask.count = *change.count;
    if (change.by) ask.by = *change.by;
    if (change.city) {
        ask.place = std::nullopt;
        if (*change.city) {
            TRY(ask.place, core::ask_place(**change.city));
        }
    }
    return Done{};
}

}  // namespace

Result<AskView> add_ask(store::Tx& tx, Caller caller, std::string text, IdSource* ids) {
    StoredAsk ask;
    TRY(ask.ask, core::read_ask(text, caller.zone.date_of(caller.now)));
    CHECK(count_try(tx, Throttle::asks_account, to_string(caller.account), caller.now));
    if (store::asks::count(tx, caller.account) >= kMostAsks)
        return Error(Fault::conflict, "ask.count_kept", "There are 1,000 asks already; remove some first.");
    ask.id = {ids->next(caller.now)};
    ask.created_at = caller.now;
    store::asks::add(tx, caller.account, ask);
    return view_of(std::move(ask), {});
}

Result<std::vector<AskView>> list_asks(store::Tx& tx, Caller caller, std::optional<AskId> before, int limit) {
    auto asks = store::asks::list(tx, caller.account, before, limit);
    std::vector<AskId> ids;
    for (const auto& ask : asks) ids.push_back(ask.id);
    auto people = store::asks::people_of(tx, caller.account, ids);
    std::vector<AskView> views;
    for (auto& ask : asks) {
        const auto& those = people[ask.id];
        views.push_back(view_of(std::move(ask), those));
    }
    return views;
}

Result<AskView> find_ask(store::Tx& tx, Caller caller, AskId id) {
    TRY(StoredAsk ask, find(tx, caller, id));
    const auto people = asked_for(tx, caller, id);
    return view_of(std::move(ask), people);
}

Result<AskView> change_ask(store::Tx& tx, Caller caller, AskId id, AskChange change) {
    TRY(StoredAsk ask, find(tx, caller, id));
    const bool only_closes = change.is_closed.has_value();
    CHECK(apply(ask.ask, change));
    // An ask of which nothing was understood may be closed all the same.
    auto checked = core::check_ask(ask.ask);
    if (!checked && !(only_closes && checked.error().code == "ask.empty")) return checked.error();
    if (checked) ask.ask = *std::move(checked);
    if (change.is_closed)
        ask.closed_at = *change.is_closed ? std::optional(ask.closed_at.value_or(caller.now)) : std::nullopt;
    store::asks::save(tx, caller.account, ask);
    const auto people = asked_for(tx, caller, id);
    return view_of(std::move(ask), people);
}

Result<Done> remove_ask(store::Tx& tx, Caller caller, AskId id) {
    if (!store::asks::remove(tx, caller.account, id)) return unknown_ask();
    return Done{};
}

Result<AskPage> ask_page(store::Tx& tx, Caller caller, AskId id, std::size_t limit) {
    TRY(StoredAsk ask, find(tx, caller, id));
    const auto asked = asked_for(tx, caller, id);
    AskPage page;
    page.view = view_of(std::move(ask), asked);
    std::vector<core::PersonId> ids;
    for (const auto& one : asked) ids.push_back(one.person);
    for (auto& person : store::people::load(tx, caller.account, ids)) {
        core::Asked one = *std::ranges::find(asked, person.id, &core::Asked::person);
        if (one.state == core::AskedState::left_out) continue;
        one.state = core::state_now(one);
        person.trust = core::faded_trust(person.trust, person.trust_at, caller.now);
        page.people.push_back({std::move(person), one});
    }
    if (page.view.state != core::AskState::open) return page;
    TRY(page.fitting, match_people(tx, caller, page.view.ask.ask, limit, ids));
    return page;
}

Result<AskView> set_asked(store::Tx& tx, Caller caller, AskId id, core::PersonId person,
                          std::optional<core::AskedState> state) {
    TRY(StoredAsk ask, find(tx, caller, id));
    if (!store::people::exists(tx, caller.account, person))
        return Error(Fault::not_found, "person.unknown", "There is no such person among yours.");
    if (state) {
        const bool is_asked = *state != core::AskedState::left_out;
        store::asks::set(
            tx, caller.account, id,
            {person, *state, is_asked ? std::optional(caller.now) : std::nullopt, caller.now, {}});
    } else {
        store::asks::forget(tx, caller.account, id, person);
    }
    const auto people = asked_for(tx, caller, id);
    return view_of(std::move(ask), people);
}

std::string ask_message(const core::Ask& ask, const core::Person& person) {
    std::string text =
        "Hello " + core::called(person.name) + ", you came to my mind for this: \"" + ask.text + "\"";
    if (ask.by) text += " I need it by " + format_date(*ask.by) + ".";
    return text + " Could we meet and talk about it?";
}

}  // namespace vv::app
