// store/own_venues.h — an owner's places to meet: from check-ins elsewhere, and written down by hand.
#pragma once

#include "base/ids.h"
#include "core/fair_search.h"
#include "core/people.h"
#include "core/venues.h"
#include "store/database.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vv::store::own_venues {

struct OwnVenue {
    core::VenueId id;
    core::VenueEntry entry;
    bool is_check_in = false;
    bool is_by_hand = false;  // as the owner wrote it
};
/// By name, at most `limit`. One statement.
std::vector<OwnVenue> list(Tx& tx, core::AccountId owner, int limit);
/// `not_found` venue.unknown.
Result<OwnVenue> find(Tx& tx, core::AccountId owner, core::VenueId id);
std::int64_t count_by_hand(Tx& tx, core::AccountId owner);

/// A new one, or what the owner says of one that is there.
void save(Tx& tx, core::AccountId owner, core::VenueId id, const core::VenueEntry& entry);
/// What came from a check-in is hidden, so that the next import doesn't bring it back.
void remove(Tx& tx, core::AccountId owner, const OwnVenue& venue);

/// Those in a region of whose kind something is known, or that the owner wrote. One statement.
std::vector<OwnVenue> in_region(Tx& tx, core::AccountId owner, const core::CellRegion& region);

struct CheckedIn {
    std::string key;
    core::VenueEntry entry;
    std::int64_t file = 0;
};
/// What an import says. Writing it again changes nothing; the first word on a place stands.
void write(Tx& tx, core::AccountId owner, std::span<const CheckedIn> rows, IdSource& ids, Instant now);
/// Takes out what only these files named and the owner did not write over.
void take_out(Tx& tx, core::AccountId owner, const std::vector<std::int64_t>& files);

}  // namespace vv::store::own_venues
