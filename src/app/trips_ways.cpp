#include "app/trips_ways.h"

#include "app/trips_plan.h"
#include "store/accounts.h"
#include "store/trip_ways.h"

#include <algorithm>
#include <cmath>

namespace vv::app {

std::vector<LatLng> places_of(const core::Trip& trip) {
    std::vector<LatLng> places;
    const auto add = [&](LatLng at) {
        if (places.size() < core::kMostTablePlaces && std::ranges::find(places, at) == places.end())
            places.push_back(at);
    };
    for (const core::TripDay& day : trip.days) {
        add(day.begins);
        add(day.ends);
    }
    std::vector<const core::TripCandidate*> people;
    for (const core::TripCandidate& candidate : trip.candidates) people.push_back(&candidate);
    std::ranges::stable_sort(people, [](const auto* a, const auto* b) {
        return std::pair(!a->fixed, -a->worth) < std::pair(!b->fixed, -b->worth);
    });
    for (const auto* one : people) add(one->at);
    return places;
}

std::function<core::Minutes(LatLng, LatLng)> ways_by(core::TravelTable table, core::TravelMode mode) {
    return [table = std::move(table), mode](LatLng from, LatLng to) {
        if (const auto told = table.minutes(from, to)) return core::Minutes(*told);
        return core::Minutes(static_cast<int>(std::ceil(core::travel_minutes(mode, distance_km(from, to)))));
    };
}

void want_ways(store::Tx& tx, core::AccountId owner, core::TripId trip, const core::TravelTable& known,
               const std::vector<LatLng>& places, Instant now) {
    if (places.size() > 1 && !known.has(places)) store::trip_ways::want(tx, owner, trip, places, now);
}

Result<Done> take_ways(store::Tx& tx, core::AccountId owner, core::TripId id, const core::TravelTable& table,
                       Instant now) {
    store::trip_ways::save(tx, owner, id, table);
    auto trip = store::trips::find(tx, owner, id);
    const auto account = store::accounts::find(tx, owner);
    if (!trip || !account || trip->frame.when.end <= now) return Done{};
    TRY(const TripPlanned planned, plan_trip_of(tx, {owner, now, account->zone},
                                                {trip->frame, store::trips::parts(tx, owner, id), table}));
    trip->worth = planned.worth;
    trip->bound = planned.bound;
    store::trips::save(tx, owner, *trip);
    store::trips::save_parts(tx, owner, id, planned.parts);
    return Done{};
}

}  // namespace vv::app
