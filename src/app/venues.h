// app/venues.h — an owner's own places to meet: looked at, written down, removed. Nobody else sees them.
#pragma once

#include "app/caller.h"
#include "base/ids.h"
#include "core/venues.h"
#include "store/database.h"
#include "store/own_venues.h"

#include <optional>
#include <string>
#include <vector>

namespace vv::app {

/// By name, the first 2,000.
Result<std::vector<store::own_venues::OwnVenue>> list_venues(store::Tx& tx, Caller caller);

struct VenueWanted {
    core::VenueEntry entry;  // `at` is read only when has_place says so
    bool has_place = false;  // else the city that the address names stands for it
};
/// A new place, or what the owner says of one that is there, an imported one too. At most 2,000 by hand.
/// Faults: core::tidy()'s; `invalid` venue.where without a place or a known city; `not_found` venue.unknown;
/// `conflict` venue.count.
Result<store::own_venues::OwnVenue> save_venue(store::Tx& tx, Caller caller, std::optional<core::VenueId> id,
                                               VenueWanted wanted, IdSource* ids);
/// An imported one does not come back with the next import. `not_found` venue.unknown.
Result<Done> remove_venue(store::Tx& tx, Caller caller, core::VenueId id);

}  // namespace vv::app
