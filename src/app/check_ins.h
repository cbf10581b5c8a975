// app/check_ins.h — "I'm here for an hour", shown to chosen people until it is over; and who is near whom.
//
// Being told who is near works both ways or not at all: each of the two has to have named the other one's
// circle, and then both are told, once. A block hides each from the other, and shows itself to nobody.
#pragma once

#include "app/caller.h"
#include "base/ids.h"
#include "core/check_ins.h"
#include "core/circles.h"
#include "store/check_ins.h"
#include "store/database.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace vv::app {

/// Whom circles mean just now, blocked or not: for what is stored. Faults: core::tidy()'s; `invalid`
/// circles.list for one that is a search or not the caller's; `conflict` circles.nobody when none of them is
/// a linked account.
Result<std::vector<core::AccountId>> accounts_of_circles(store::Tx& tx, const Caller& caller,
                                                         core::Circles& circles);

struct Here {
    std::optional<store::check_ins::Mine> mine;
    std::vector<store::check_ins::Shown> others;  // who lets the caller see where they are
    std::vector<store::check_ins::Note> notes;    // who is near, not seen to yet
};
Result<Here> look_around(store::Tx& tx, Caller caller);

struct CheckInWanted {
    core::CheckIn check_in;
    std::chrono::minutes lasts{60};
    core::Circles circles;
};
/// In place of the one before. Faults: core::make_check_in()'s, accounts_of_circles()'s. Count
/// Throttle::check_ins first.
Result<Here> check_in(store::Tx& tx, Caller caller, CheckInWanted wanted, IdSource* ids);
/// Gone at once; twice changes nothing.
Result<Done> check_out(store::Tx& tx, Caller caller);

/// With whom it works to be told who is near; none: with nobody, either way.
Result<std::optional<core::Circles>> nearby_circles(store::Tx& tx, Caller caller);
Result<std::optional<core::Circles>> set_nearby_circles(store::Tx& tx, Caller caller,
                                                        std::optional<core::Circles> circles);
/// The note about that account is not shown again. `not_found` account.unknown.
Result<Done> see_nearby_note(store::Tx& tx, Caller caller, std::string handle);

/// Deletes check-ins, notes and windows that are over.
Result<Done> sweep_check_ins(store::Tx& tx, Instant now);

}  // namespace vv::app
