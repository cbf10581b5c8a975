// bench/fair_place.cpp — how long a fair place among 100,000 venues takes to find, and whether it is the one
// that trying all of them finds.
//
// Venues crowd around towns as they do on a map. The travellers of a question live in one town, in a region
// or all over; milliseconds are those of one core, a line for each kind of question and one for all.
#include "core/fair_place.h"

#include "core/trips/random.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <tuple>
#include <vector>

namespace {

using namespace vv;
using core::FairPlace;
using core::Traveller;
using core::trips::Random;

constexpr int kVenues = 100'000;
constexpr int kTowns = 40;
constexpr int kQuestions = 500;
constexpr int kTriedInFull = 20;  // of each kind

double core_milliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

struct Country {
    std::vector<LatLng> towns;
    std::vector<core::Venue> venues;
};

LatLng near(Random& random, LatLng centre, double degrees) {
    return {centre.lat + degrees * (random.unit() + random.unit() - 1),
            centre.lng + degrees * (random.unit() + random.unit() - 1)};
}

Country invent(Random& random) {
    Country out;
    for (int i = 0; i < kTowns; ++i) out.towns.push_back({45 + 5 * random.unit(), 7 * random.unit()});
    for (int i = 0; i < kVenues; ++i) {
        // The first towns are the largest.
        const auto town = static_cast<std::size_t>(kTowns * random.unit() * random.unit() * 0.999);
        out.venues.push_back(
            {near(random, out.towns[town], 0.12), static_cast<std::uint32_t>(random.below(256))});
    }
    return out;
}

struct Kind {
    const char* name;
    int people;
    double spread;  // degrees around a town; 0: all over
    std::uint32_t all_of;
};
constexpr Kind kKinds[] = {
    {"eight in a town", 8, 0.1, 0},   {"eight in a town, three filters", 8, 0.1, 7},
    {"eight in a region", 8, 1.0, 0}, {"eight all over", 8, 0, 0},
    {"fifty in a town", 50, 0.1, 0},  {"fifty all over", 50, 0, 3},
};

std::vector<Traveller> travellers(Random& random, const Country& country, const Kind& kind) {
    const LatLng town = country.towns[static_cast<std::size_t>(random.below(kTowns))];
    std::vector<Traveller> out;
    for (int i = 0; i < kind.people; ++i) {
        const auto mode = static_cast<core::TravelMode>(random.below(4));
        const LatLng all_over = country.towns[static_cast<std::size_t>(random.below(kTowns))];
        out.push_back(
            {kind.spread > 0 ? near(random, town, kind.spread) : near(random, all_over, 0.1), mode});
    }
    return out;
}

FairPlace by_trying(const Country& country, const std::vector<Traveller>& who, std::uint32_t all_of) {
    FairPlace best{0, 1 << 30, 0};
    for (std::size_t i = 0; i < country.venues.size(); ++i) {
        if ((country.venues[i].features & all_of) != all_of) continue;
        FairPlace place = core::ways_to(country.venues[i].at, who);
        place.venue = i;
        if (std::tie(place.longest_minutes, place.total_minutes) <
            std::tie(best.longest_minutes, best.total_minutes))
            best = place;
    }
    return best;
}

void print(const char* kind, std::vector<double> waits, int differing) {
    std::ranges::sort(waits);
    const auto part = [&](double p) {
        return waits[static_cast<std::size_t>(static_cast<double>(waits.size() - 1) * p)];
    };
    std::printf(
        "{\"question\":\"%s\",\"venues\":%d,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,\"differing\":%d}"
        "\n",
        kind, kVenues, part(0.5), part(0.99), waits.back(), differing);
}

}  // namespace

int main() {
    Random random(1);
    const Country country = invent(random);
    const core::VenueIndex index(country.venues);
    std::vector<double> all;
    int all_differing = 0;
    for (const Kind& kind : kKinds) {
        std::vector<double> waits;
        int differing = 0;
        for (int q = 0; q < kQuestions; ++q) {
            const auto who = travellers(random, country, kind);
            const double began = core_milliseconds();
            const auto found = index.fair_places(who, {kind.all_of, 0}, 1);
            waits.push_back(core_milliseconds() - began);
            if (q < kTriedInFull) differing += !found || found->at(0) != by_trying(country, who, kind.all_of);
        }
        print(kind.name, waits, differing);
        all.insert(all.end(), waits.begin(), waits.end());
        all_differing += differing;
    }
    print("all", all, all_differing);
    return all_differing == 0 ? 0 : 1;
}
