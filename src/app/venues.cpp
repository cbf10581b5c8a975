#include "app/venues.h"

#include "core/cities.h"

#include <utility>

namespace vv::app {
namespace {

constexpr int kMostVenues = 2'000;

Result<core::VenueEntry> placed(VenueWanted wanted) {
    if (!wanted.has_place) {
        const auto city = core::city_of(wanted.entry.address);
        if (!city)
            return Error(Fault::invalid, "venue.where",
                         "Say where it is: end the address with a city, or give the place itself.")
                .at("address");
        wanted.entry.at = city->at;
    }
    return core::tidy(std::move(wanted.entry));
}

}  // namespace

Result<std::vector<store::own_venues::OwnVenue>> list_venues(store::Tx& tx, Caller caller) {
    return store::own_venues::list(tx, caller.account, kMostVenues);
}

Result<store::own_venues::OwnVenue> save_venue(store::Tx& tx, Caller caller, std::optional<core::VenueId> id,
                                               VenueWanted wanted, IdSource* ids) {
    TRY(const core::VenueEntry entry, placed(std::move(wanted)));
    if (id)
        CHECK(store::own_venues::find(tx, caller.account, *id));
    else if (store::own_venues::count_by_hand(tx, caller.account) >= kMostVenues)
        return Error(Fault::conflict, "venue.count", "Two thousand places are enough; remove some first.");
    const core::VenueId saved = id ? *id : core::VenueId{ids->next(caller.now)};
    store::own_venues::save(tx, caller.account, saved, entry);
    return store::own_venues::find(tx, caller.account, saved);
}

Result<Done> remove_venue(store::Tx& tx, Caller caller, core::VenueId id) {
    TRY(const auto venue, store::own_venues::find(tx, caller.account, id));
    store::own_venues::remove(tx, caller.account, venue);
    return Done{};
}

}  // namespace vv::app
