// core/check_ins.h — "I'm here for an hour" and "free to meet on Thursday", and what may be told of them.
//
// A coarse place is the fixed cell of 0.1 degrees that holds it (base/geo.h), and a city's name, never the
// name that was typed. Whether two are near, or overlap, is reckoned from cells alone: nobody learns more by
// asking again from somewhere else.
#pragma once

#include "base/geo.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "core/meetings.h"

#include <chrono>
#include <optional>
#include <string>

namespace vv::core {

using CheckInId = Id<struct CheckInTag>;
using FreeWindowId = Id<struct FreeWindowTag>;

struct CheckInLimits {
    std::chrono::minutes shortest{15}, longest{8 * 60};
};
inline constexpr CheckInLimits kCheckInLimits{};

/// Here, until then.
struct CheckIn {
    CheckInId id;
    std::string place;  // a name; of a coarse one the city's, which may be empty
    LatLng at;          // as given when exact, else the middle of the cell
    bool is_exact = false;
    Instant until;

    [[nodiscard]] LatLng cell() const { return snap_to_cell(at); }
};
/// Faults: `invalid` check_in.place, check_in.minutes.
Result<CheckIn> make_check_in(CheckIn wanted, std::chrono::minutes lasts, Instant now);

/// The same cell or one beside it.
bool are_near(LatLng a, LatLng b);

struct FreeWindowLimits {
    std::chrono::minutes shortest{30};
    std::chrono::hours longest{24};
    std::chrono::hours farthest{24 * 60};  // ahead
    int radius_km = 50;
};
inline constexpr FreeWindowLimits kFreeWindowLimits{};

/// Free to meet: at that time, around there, for that.
struct FreeWindow {
    FreeWindowId id;
    Span when;
    std::optional<MeetingKind> kind;  // nothing: whatever
    std::string place;                // the city's name; may be empty
    LatLng at;                        // the middle of the cell
    int radius_km = 3;
};
/// Faults: `invalid` free_to_meet.when, free_to_meet.radius, free_to_meet.place.
Result<FreeWindow> make_free_window(FreeWindow wanted, Instant now);

/// The time that two have in common, when the kinds suit and each reaches the other's cell within the two
/// radiuses; at least half an hour.
std::optional<Span> overlap(const FreeWindow& a, const FreeWindow& b);

}  // namespace vv::core
