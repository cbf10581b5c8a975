#include "app/free_time.h"

#include "app/accounts.h"
#include "base/crypto.h"
#include "formats/free_busy.h"
#include "store/accounts.h"
#include "store/blocks.h"
#include "store/free_time.h"
#include "store/meetings.h"

#include <algorithm>
#include <utility>

namespace vv::app {
namespace {

using std::chrono::days;

constexpr days kWeeksAhead{28};
// A time that waits for somebody else's answer is offered only when nothing better is left.
constexpr int kOffered = -10;

Result<Span> window_of(const FreeTimeWanted& wanted, const Caller& caller) {
    const auto tomorrow = std::chrono::local_days(caller.zone.date_of(caller.now)) + days(1);
    const auto from = wanted.from ? std::chrono::local_days(*wanted.from) : tomorrow;
    const auto last =
        wanted.to ? std::chrono::local_days(*wanted.to) : std::max(from, tomorrow) + kWeeksAhead;
    if (last < from || last - from > days(365))
        return Error(Fault::invalid, "free_time.days",
                     "The last day must not come before the first nor a year after it.");
    const Instant start = std::max(caller.zone.start_of(Date(from)), caller.now);
    return Span{start, std::max(start, caller.zone.start_of(Date(last + days(1))))};
}

// Calendars and meetings; the latter are not looked for beyond the span.
std::vector<Span> busy_of(store::Tx& tx, core::AccountId owner, const Zone& zone, Span within) {
    auto busy = store::free_time::busy(tx, owner, within);
    const auto add = [&](const std::vector<Span>& more) {
        busy.spans.insert(busy.spans.end(), more.begin(), more.end());
    };
    add(core::whole_days(busy.days, zone));
    add(store::free_time::meetings(tx, owner, within));
    return std::move(busy.spans);
}

core::PersonTime time_of(store::Tx& tx, core::AccountId owner, const Zone& zone,
                         std::optional<core::MeetingKind> kind, Span within) {
    const auto habits = store::free_time::find_habits(tx, owner).value_or(core::usual_habits());
    core::PersonTime time;
    time.open = core::meeting_hours(habits, zone, within);
    time.busy = busy_of(tx, owner, zone, within);
    const auto around = core::kHabitLimits.rest + days(8);  // of a rest, and of a week
    const auto meetings = store::free_time::meetings(tx, owner, {within.start - around, within.end + around});
    const auto taken = core::taken_by_pace(habits.pace, meetings, zone);
    time.busy.insert(time.busy.end(), taken.begin(), taken.end());
    if (kind) time.preferences = core::usual_times(*kind, zone, within);
    return time;
}

Result<std::vector<core::Account>> accounts_of(store::Tx& tx, const Caller& caller,
                                               const FreeTimeWanted& wanted) {
    std::vector<core::Account> found;
    const auto add = [&](const core::Account& account) {
        const bool is_known =
            std::ranges::any_of(found, [&](const auto& one) { return one.id == account.id; });
        if (!is_known && account.id != caller.account) found.push_back(account);
    };
    if (wanted.person) {
        TRY(const auto person, store::meetings::invitee(tx, caller.account, *wanted.person));
        const auto account = person.account ? store::accounts::find(tx, *person.account) : std::nullopt;
        if (account) add(*account);
    }
    for (const std::string& handle : wanted.with) {
        TRY(const core::Account account, account_of_handle(tx, handle));
        add(account);
    }
    return found;
}

}  // namespace

Result<FreeTime> find_free_time(store::Tx& tx, Caller caller, FreeTimeWanted wanted) {
    core::SlotSearch search;
    TRY(search.within, window_of(wanted, caller));
    search.duration = wanted.duration;
    search.limit = wanted.limit;
    search.zone = caller.zone;
    TRY(const auto accounts, accounts_of(tx, caller, wanted));
    if (accounts.size() >= core::kMostPeopleAtOnce)
        return Error(Fault::invalid, "free_time.people",
                     "Common free time is sought for up to fifty people.");
    const core::Blocks blocks = store::blocks::around(tx, caller.account);
    FreeTime found;
    std::vector<core::PersonTime> times{time_of(tx, caller.account, caller.zone, wanted.kind, search.within)};
    times[0].must_come = true;
    for (const Span& slot : store::free_time::offered(tx, caller.account, search.within))
        times[0].preferences.push_back({slot, kOffered});
    std::vector<std::string> sharing;
    for (const core::Account& one : accounts) {
        const bool shares = !blocks.hides(one.id) && store::free_time::shares(tx, one.id, caller.account);
        found.others.push_back(
            {{one.id, one.handle, one.full_name}, shares ? std::optional(one.zone) : std::nullopt});
        if (!shares) continue;
        sharing.push_back(one.handle);
        times.push_back(time_of(tx, one.id, one.zone, wanted.kind, search.within));
    }
    TRY(const auto slots, core::common_free_time(times, search));
    for (const core::CommonSlot& slot : slots) {
        FreeSlot& free = found.slots.emplace_back(FreeSlot{slot.when, {}, {}});
        for (std::size_t i = 0; i < sharing.size(); ++i)
            (slot.suits(i + 1) ? free.can : free.cannot).push_back(sharing[i]);
    }
    return found;
}

std::unordered_map<core::PersonId, std::vector<Span>> shared_free_times(
    store::Tx& tx, const Caller& caller, const std::vector<core::PersonId>& people, Span within) {
    const core::Blocks blocks = store::blocks::around(tx, caller.account);
    std::unordered_map<core::PersonId, std::vector<Span>> found;
    for (const auto& [person, account] : store::free_time::sharing(tx, caller.account, people)) {
        if (blocks.hides(account)) continue;
        const auto one = store::accounts::find(tx, account);
        if (!one) continue;
        const core::PersonTime time = time_of(tx, account, one->zone, std::nullopt, within);
        found.emplace(person, core::free_of(time.open, time.busy));
    }
    return found;
}

std::vector<Span> time_without_appointments(store::Tx& tx, const Caller& caller, Span within) {
    return core::free_of({within}, busy_of(tx, caller.account, caller.zone, within));
}

Result<core::MeetingHabits> meeting_habits(store::Tx& tx, Caller caller) {
    return store::free_time::find_habits(tx, caller.account).value_or(core::usual_habits());
}

Result<core::MeetingHabits> set_meeting_habits(store::Tx& tx, Caller caller, core::MeetingHabits habits) {
    TRY(core::MeetingHabits tidied, core::tidy(std::move(habits)));
    store::free_time::save_habits(tx, caller.account, tidied);
    return tidied;
}

Result<std::vector<core::AccountName>> list_free_time_shares(store::Tx& tx, Caller caller) {
    return store::free_time::shared_with(tx, caller.account);
}

Result<Done> share_free_time(store::Tx& tx, Caller caller, std::string handle) {
    TRY(const core::Account account, account_of_handle(tx, std::move(handle)));
    if (account.id == caller.account)
        return Error(Fault::invalid, "free_time.yourself", "Share it with somebody else: you know your own.");
    if (store::blocks::around(tx, caller.account).is_mine(account.id))
        return Error(Fault::conflict, "free_time.you_blocked",
                     "You have blocked this account; unblock it first.");
    store::free_time::share(tx, caller.account, account.id, caller.now);
    return Done{};
}

Result<Done> unshare_free_time(store::Tx& tx, Caller caller, std::string handle) {
    TRY(const core::Account account, account_of_handle(tx, std::move(handle)));
    store::free_time::unshare(tx, caller.account, account.id);
    return Done{};
}

Result<std::string> make_free_busy_link(store::Tx& tx, Caller caller) {
    std::string secret = random_token();
    store::free_time::save_link(tx, caller.account, sha256_hex(secret));
    return secret;
}

Result<bool> has_free_busy_link(store::Tx& tx, Caller caller) {
    return store::free_time::has_link(tx, caller.account);
}

Result<Done> remove_free_busy_link(store::Tx& tx, Caller caller) {
    store::free_time::save_link(tx, caller.account, std::nullopt);
    return Done{};
}

Result<std::string> free_busy(store::Tx& tx, std::string secret, Instant now) {
    const auto owner = store::free_time::find_by_link(tx, sha256_hex(secret));
    const auto account = owner ? store::accounts::find(tx, *owner) : std::nullopt;
    if (!account)
        return Error(Fault::not_found, "feed.unknown", "There is no calendar at this address (any more).");
    const auto today = std::chrono::local_days(account->zone.date_of(now));
    const Span within{account->zone.start_of(Date(today - days(1))),
                      account->zone.start_of(Date(today + days(366)))};
    // Of all the time there is, what remains is busy; cut at the ends, in order and joined.
    const auto free = core::free_of({within}, busy_of(tx, account->id, account->zone, within));
    return formats::write_free_busy(core::free_of({within}, free), within, now);
}

}  // namespace vv::app
