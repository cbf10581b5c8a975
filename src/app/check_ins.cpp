#include "app/check_ins.h"

#include "app/accounts.h"
#include "store/blocks.h"
#include "store/circles.h"
#include "store/free_to_meet.h"
#include "store/people_lists.h"

#include <algorithm>
#include <utility>

namespace vv::app {
namespace {

// Two are told of each other once, whatever they check in to meanwhile.
constexpr std::chrono::hours kQuiet{12};

Result<Done> check_lists(store::Tx& tx, const Caller& caller, const core::Circles& circles) {
    if (circles.lists.empty()) return Done{};
    const auto lists = store::people_lists::lists(tx, caller.account);
    for (const core::ListId id : circles.lists) {
        const auto list = std::ranges::find(lists, id, &store::people_lists::List::id);
        if (list == lists.end() || !list->search.empty())
            return Error(Fault::invalid, "circles.list",
                         "Choose lists of yours whose people you chose by hand.");
    }
    return Done{};
}

/// Whom the check-in is told to beside being shown: who wants to hear, of whom the caller wants to hear.
void tell_who_is_near(store::Tx& tx, const Caller& caller, const core::CheckIn& here,
                      const std::vector<core::AccountId>& shown_to) {
    const auto circles = store::check_ins::nearby(tx, caller.account);
    if (!circles) return;
    const core::Blocks blocks = store::blocks::around(tx, caller.account);
    std::vector<core::AccountId> reach;
    for (const core::AccountId account : store::circles::accounts_in(tx, caller.account, *circles))
        if (std::ranges::binary_search(shown_to, account) && !blocks.hides(account)) reach.push_back(account);
    if (reach.empty()) return;
    const auto standing = store::circles::standing(tx, reach, caller.account);
    for (const auto& other : store::check_ins::candidates(tx, reach, caller.account, caller.now)) {
        const auto stands = standing.find(other.account);
        if (stands == standing.end() || !core::holds(other.circles, stands->second)) continue;
        if (other.here && core::are_near(here.cell(), *other.here))
            store::check_ins::note_near(tx, caller.account, other.account, here.until, caller.now + kQuiet,
                                        caller.now);
    }
}

}  // namespace

Result<std::vector<core::AccountId>> accounts_of_circles(store::Tx& tx, const Caller& caller,
                                                         core::Circles& circles) {
    TRY(circles, core::tidy(std::move(circles)));
    CHECK(check_lists(tx, caller, circles));
    auto accounts = store::circles::accounts_in(tx, caller.account, circles);
    if (accounts.empty())
        return Error(Fault::conflict, "circles.nobody",
                     "None of them is an account here that you are linked with: nobody would see it.");
    return accounts;
}

Result<Here> look_around(store::Tx& tx, Caller caller) {
    const core::Blocks blocks = store::blocks::around(tx, caller.account);
    Here here{store::check_ins::find(tx, caller.account, caller.now),
              store::check_ins::shown_to(tx, caller.account, caller.now),
              store::check_ins::notes(tx, caller.account, caller.now)};
    std::erase_if(here.others, [&](const auto& one) { return blocks.hides(one.who.account); });
    std::erase_if(here.notes, [&](const auto& one) { return blocks.hides(one.who.account); });
    return here;
}

Result<Here> check_in(store::Tx& tx, Caller caller, CheckInWanted wanted, IdSource* ids) {
    TRY(core::CheckIn made, core::make_check_in(std::move(wanted.check_in), wanted.lasts, caller.now));
    TRY(const auto shown_to, accounts_of_circles(tx, caller, wanted.circles));
    made.id = {ids->next(caller.now)};
    store::check_ins::save(tx, caller.account, made, shown_to);
    tell_who_is_near(tx, caller, made, shown_to);
    return look_around(tx, caller);
}

Result<Done> check_out(store::Tx& tx, Caller caller) {
    store::check_ins::remove(tx, caller.account);
    return Done{};
}

Result<std::optional<core::Circles>> nearby_circles(store::Tx& tx, Caller caller) {
    return store::check_ins::nearby(tx, caller.account);
}

Result<std::optional<core::Circles>> set_nearby_circles(store::Tx& tx, Caller caller,
                                                        std::optional<core::Circles> circles) {
    if (circles) {
        TRY(circles, core::tidy(*std::move(circles)));
        CHECK(check_lists(tx, caller, *circles));
    }
    store::check_ins::save_nearby(tx, caller.account, circles);
    return circles;
}

Result<Done> see_nearby_note(store::Tx& tx, Caller caller, std::string handle) {
    TRY(const core::Account account, account_of_handle(tx, std::move(handle)));
    store::check_ins::see_note(tx, caller.account, account.id, caller.now);
    return Done{};
}

Result<Done> sweep_check_ins(store::Tx& tx, Instant now) {
    store::check_ins::sweep(tx, now);
    store::free_to_meet::sweep(tx, now);
    return Done{};
}

}  // namespace vv::app
