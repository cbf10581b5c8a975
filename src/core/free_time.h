// core/free_time.h — when several people could meet: their common free time, best first.
//
// Exact: no start on the raster between two given times is better than those found. Intervals are sorted for
// each person and swept once, O(k log k) for k intervals, and every start of the raster is looked at once, as
// one bit for each person.
#pragma once

#include "core/free_time_hours.h"
#include "core/meetings.h"

#include <cstdint>
#include <span>
#include <vector>

namespace vv::core {

/// How much somebody likes a time, for each minute of it: above 0 better than others, below 0 rather not.
struct Preference {
    Span when;
    int weight = 0;
};

struct PersonTime {
    std::vector<Span> open;               // when they would meet; in any order, may overlap, as all here
    std::vector<Span> busy;               // when they can't
    std::vector<Preference> preferences;  // where two overlap, they add up
    bool must_come = false;
};

struct SlotSearch {
    Span within;  // a slot lies in it as a whole; 366 days at most
    std::chrono::minutes duration = std::chrono::hours(1);
    /// Slots begin at whole steps from the first day's midnight in `zone`: every quarter of an hour.
    std::chrono::minutes step = std::chrono::minutes(15);
    std::size_t limit = 10;
    std::size_t a_day = 2;     // of the days of `zone`, so that ten slots are no single morning
    std::size_t at_least = 1;  // so many have to be able to come
    Zone zone;
};

struct CommonSlot {
    Span when;
    std::uint64_t can = 0;   // bit i: the i-th of the people given
    std::int64_t liked = 0;  // the preferences of who can, weight times minutes

    [[nodiscard]] bool suits(std::size_t person) const { return (can >> person & 1U) != 0; }
};

inline constexpr std::size_t kMostPeopleAtOnce = 50;

/// From best to worst: whom everyone who must come can make; then where more can come; then the better
/// liked; then the earlier. Going down that list a slot is taken unless it overlaps one that was taken, or
/// its day has enough. Faults: `invalid` unless there are 1 to 50 people and the search makes sense.
Result<std::vector<CommonSlot>> common_free_time(std::span<const PersonTime> people,
                                                 const SlotSearch& search);

/// The hours of a zone's days at which such a meeting usually is: a lunch at lunch time.
std::vector<Preference> usual_times(MeetingKind kind, const Zone& zone, Span within);

/// What of `open` is free of `busy`, in order and apart from each other.
std::vector<Span> free_of(std::vector<Span> open, std::vector<Span> busy);

}  // namespace vv::core
