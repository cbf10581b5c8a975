// app/free_to_meet.h — "Thursday 17 to 20, within 3 km, a walk": shown to chosen people, gone when over.
//
// Two whose windows overlap, and who showed them to each other, are told so, each by the other's name, and
// nobody else. Places are cells, in what is shown as in what is compared; lists go by time, never by where.
#pragma once

#include "app/caller.h"
#include "app/check_ins.h"
#include "app/meetings.h"
#include "store/free_to_meet.h"

#include <optional>
#include <vector>

namespace vv::app {

struct FreeOverlap {
    store::check_ins::Other who;
    Span when;                              // both are free
    std::optional<core::MeetingKind> kind;  // what they have in mind
};
struct OwnWindow {
    store::free_to_meet::Mine window;
    std::vector<FreeOverlap> overlaps;  // by start
};
struct FreeToMeet {
    std::vector<OwnWindow> mine;
    std::vector<store::free_to_meet::Shown> shown;  // by start
};
Result<FreeToMeet> free_to_meet(store::Tx& tx, Caller caller);

struct FreeWindowWanted {
    core::FreeWindow window;
    core::Circles circles;
    MeetingDesk desk;
};
/// Both sides of an overlap are told by mail, once. At most 20 windows. Faults: core::make_free_window()'s,
/// accounts_of_circles()'s; `conflict` free_to_meet.many. Count Throttle::check_ins first.
Result<FreeToMeet> be_free_to_meet(store::Tx& tx, Caller caller, FreeWindowWanted wanted);
/// `not_found` free_to_meet.unknown.
Result<Done> remove_free_window(store::Tx& tx, Caller caller, core::FreeWindowId id);

}  // namespace vv::app
