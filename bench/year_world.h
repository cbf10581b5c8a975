// bench/year_world.h — a thousand invented people of one network: where they live and travel, when they have
// time, and how much they are drawn to each other, which nobody can see.
#pragma once

#include "core/suggestions.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace vv::bench {

/// A number in [0, 1) that depends on these alone, so that luck is the same for whoever asks.
double luck(std::uint64_t seed, std::uint64_t a, std::uint64_t b, std::uint64_t c);

struct Journey {
    Span when;
    int city = 0;
};

struct YearPerson {
    int city = 0;
    double busy = 0.5;  // how likely a part of a day is taken
    bool tells_time = false, tells_journeys = false;
    std::vector<Journey> journeys;
};

/// What one person has of another: what a program may know, and how much the two are drawn to each other.
struct YearTie {
    std::size_t who = 0;
    double warmth = 0;  // hidden, (0, 1)
    core::Candidate known;
};

struct YearWorld {
    std::uint64_t seed = 1;
    Instant begins;
    Zone zone;
    std::vector<LatLng> cities;
    std::vector<YearPerson> people;
    std::vector<std::vector<YearTie>> ties;  // of each owner: to everybody

    /// Where somebody is.
    [[nodiscard]] LatLng place_of(std::size_t who, Instant at) const;
    [[nodiscard]] std::optional<Journey> journey_of(std::size_t who, Span within) const;
    /// Their calendar.
    [[nodiscard]] std::vector<Span> busy_of(std::size_t who, Span within) const;
    /// That a meeting which was proposed comes about: the two like each other, it is not far, there is time
    /// (or another hour is found), and they did not meet just before.
    [[nodiscard]] double chance(const YearTie& tie, double km, Span when) const;
};

/// Everybody is in one network; the first so many are owners.
YearWorld invent_year(int people, int owners, std::uint64_t seed);

}  // namespace vv::bench
