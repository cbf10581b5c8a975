// store/venues.h — the map's places to meet as rows, found by cell.
#pragma once

#include "base/ids.h"
#include "core/fair_search.h"
#include "core/venues.h"
#include "store/database.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vv::store::venues {

struct NewVenue {
    std::string key;
    core::VenueEntry entry;
};
/// One reading of a set. Venues that a complete reading did not name are gone (remove_unseen).
struct Reading {
    std::string data_set;
    std::int64_t id = 0;
};
struct Written {
    std::int64_t created = 0, changed = 0;
};
/// Of two with one key the last stands. Writing them again changes nothing. A bounded number of statements.
Written write(Tx& tx, const Reading& reading, std::span<const NewVenue> batch, IdSource& ids, Instant now);
/// Removes at most `limit` venues of the set that this reading did not name; how many.
std::int64_t remove_unseen(Tx& tx, const Reading& reading, int limit);

struct Set {
    std::string name;
    std::int64_t venues = 0;
    Instant read_at;
};
/// Counts the set's venues anew; one without any is forgotten.
void save_set(Tx& tx, const std::string& name, Instant now);
std::vector<Set> sets(Tx& tx);

/// Those cells of a region that hold venues, and may hold one that passes. One statement.
std::vector<core::VenueCellSummary> cells(Tx& tx, const core::CellRegion& region,
                                          core::VenueFilter filter = {});
struct Point {
    core::VenueId id;
    LatLng at;
    std::uint32_t bits = 0;
};
/// What of these cells passes. One statement.
std::vector<Point> in_cells(Tx& tx, std::span<const core::VenueCell> cells, core::VenueFilter filter = {});

struct Venue {
    core::VenueId id;
    std::string key;
    core::VenueEntry entry;
};
/// By id. One statement.
std::vector<Venue> load(Tx& tx, std::span<const core::VenueId> ids);

}  // namespace vv::store::venues
