#include "year_world.h"

#include "core/cities.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace vv::bench {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr std::array kCities{"Paris",  "London", "Berlin",  "Madrid",   "Rome",      "Vienna",
                             "Lyon",   "Munich", "Hamburg", "Brussels", "Geneva",    "Milan",
                             "Lisbon", "Prague", "Warsaw",  "Dublin",   "Edinburgh", "Copenhagen"};
constexpr int kYearsKnown = 15;

using Random = std::mt19937_64;

double unit(Random& random) {
    return static_cast<double>(random() >> 11) * 0x1p-53;
}

int poisson(Random& random, double mean) {
    double left = unit(random);
    double chance = std::exp(-mean);
    int n = 0;
    for (; left >= chance && n < 1'000; ++n) {
        left -= chance;
        chance *= mean / (n + 1);
    }
    return n;
}

// City by city fewer live there.
int some_city(Random& random) {
    return static_cast<int>(std::pow(unit(random), 1.8) * static_cast<double>(kCities.size()));
}

YearPerson person(Random& random, const YearWorld& world) {
    YearPerson one;
    one.city = some_city(random);
    one.busy = 0.3 + 0.5 * unit(random);
    one.tells_time = unit(random) < 0.3;
    one.tells_journeys = unit(random) < 0.4;
    for (int n = poisson(random, 4); n > 0; --n) {
        const Instant start = world.begins + days(static_cast<int>(365 * unit(random))) + hours(7);
        one.journeys.push_back(
            {{start, start + days(2 + static_cast<int>(4 * unit(random)))}, some_city(random)});
    }
    return one;
}

// What there was between the two until now follows from their warmth, with luck.
core::Candidate history(Random& random, const YearWorld& world, std::size_t who, double warmth,
                        bool is_near) {
    core::Candidate c;
    c.person = {static_cast<std::int64_t>(who) + 1};
    const double years = 0.5 + kYearsKnown * unit(random);
    const auto ago = [&](double of_years) {
        return world.begins - days(1 + static_cast<int>(365 * of_years));
    };
    c.known_since = ago(years);
    c.contacts_year = poisson(random, 10 * warmth * warmth);
    const int before = poisson(random, 4 * warmth * warmth * years);
    const int all = c.contacts_year + before;
    c.contacts_in = static_cast<int>(std::lround(all * (0.3 + 0.4 * unit(random))));
    c.contacts_out = all - c.contacts_in;
    if (all > 0) c.last_contact = ago(c.contacts_year > 0 ? unit(random) : 1 + (years - 0.5) * unit(random));
    if (c.last_contact) c.last_contact = std::max(*c.last_contact, *c.known_since);
    c.encounters = poisson(random, (is_near ? 1.5 : 0.25) * warmth);
    if (c.encounters > 0) {
        c.last_met = ago(years * unit(random));
        c.first_met = c.encounters > 1 ? *c.known_since : *c.last_met;
    }
    if (unit(random) < 0.7) c.at = world.cities[static_cast<std::size_t>(world.people[who].city)];
    return c;
}

}  // namespace

// SplitMix64, a number after the other.
double luck(std::uint64_t seed, std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    std::uint64_t z = 0;
    for (const std::uint64_t number : {seed, a, b, c}) {
        z = (z ^ number) + 0x9e3779b97f4a7c15U;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        z ^= z >> 31;
    }
    return static_cast<double>(z >> 11) * 0x1p-53;
}

std::optional<Journey> YearWorld::journey_of(std::size_t who, Span within) const {
    for (const Journey& journey : people[who].journeys)
        if (journey.when.start < within.end && within.start < journey.when.end) return journey;
    return std::nullopt;
}

LatLng YearWorld::place_of(std::size_t who, Instant at) const {
    const auto journey = journey_of(who, {at, at + hours(1)});
    return cities[static_cast<std::size_t>(journey ? journey->city : people[who].city)];
}

std::vector<Span> YearWorld::busy_of(std::size_t who, Span within) const {
    constexpr std::array<std::pair<int, int>, 4> kParts{{{9, 12}, {12, 14}, {14, 18}, {18, 22}}};
    std::vector<Span> busy;
    for (auto day = std::chrono::floor<days>(within.start); day < within.end; day += days(1))
        for (std::size_t part = 0; part < kParts.size(); ++part) {
            const auto number = static_cast<std::uint64_t>(day.time_since_epoch().count());
            if (luck(seed, who, number, part) < people[who].busy)
                busy.push_back({day + hours(kParts[part].first), day + hours(kParts[part].second)});
        }
    return busy;
}

double YearWorld::chance(const YearTie& tie, double km, Span when) const {
    const double liking = 1 / (1 + std::exp(2.4 - 5 * tie.warmth));
    const double way = 1 / (1 + std::pow(km / 15, 1.5));
    const auto busy = busy_of(tie.who, {when.start - days(1), when.end + days(1)});
    const bool is_free = std::ranges::none_of(
        busy, [&](const Span& one) { return one.start < when.end && when.start < one.end; });
    const bool met_just_now = tie.known.last_met && when.start - *tie.known.last_met < days(45);
    return liking * way * (is_free ? 1 : 0.4) * (met_just_now ? 0.4 : 1);
}

YearWorld invent_year(int people, int owners, std::uint64_t seed) {
    Random random(seed);
    YearWorld world;
    world.seed = seed;
    world.begins = *parse_rfc3339("2026-01-05T06:00:00Z");  // a Monday
    world.zone = *Zone::find("Europe/Paris");
    for (const char* name : kCities) world.cities.push_back(core::city_of(name)->at);
    for (int i = 0; i < people; ++i) world.people.push_back(person(random, world));
    for (int owner = 0; owner < owners; ++owner) {
        auto& ties = world.ties.emplace_back();
        const auto own = static_cast<std::size_t>(owner);
        for (std::size_t who = 0; who < world.people.size(); ++who) {
            if (who == own) continue;
            const bool is_near = world.people[own].city == world.people[who].city;
            const double warmth = 1 - std::cbrt(unit(random));  // most are cool
            ties.push_back({who, warmth, history(random, world, who, warmth, is_near)});
        }
    }
    return world;
}

}  // namespace vv::bench
