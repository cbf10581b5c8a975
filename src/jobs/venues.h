// jobs/venues.h — reads a map's places to meet into the database, batch by batch.
//
// GeoJSON is read as it is; an extract of OpenStreetMap goes through the program `osmium`, which lets only
// what may be a place to meet through. The same file again changes nothing, and what a newer edition of the
// set no longer holds is removed once it was read to its end.
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "store/database.h"

#include <cstdint>
#include <functional>
#include <string>

namespace vv::jobs {

struct VenueFile {
    std::string path;
    std::string data_set;        // empty: the file's name up to its first dot
    std::string scratch_folder;  // where osmium's first step may put what it keeps
};

struct VenueReport {
    std::string data_set;
    std::int64_t features = 0;     // in the file, but for what osmium left out
    std::int64_t passed_over = 0;  // no place to meet, without a name, or not for everybody
    std::int64_t venues = 0;
    std::int64_t created = 0, changed = 0, removed = 0;
    std::int64_t rejected = 0;
};

struct VenueListener {
    std::function<void(std::uint64_t done, std::uint64_t total)> progress;  // bytes; total 0: not known
    std::function<void(std::int64_t feature, const std::string& error)> rejected;
};

/// More venues than this are no extract but a planet.
inline constexpr std::int64_t kMostVenues = 5'000'000;

/// Faults: those of the file, of the JSON and of osmium; `invalid` venues.set, venues.empty when the file
/// holds no place to meet (nothing is removed then); `too_many` venues.many.
Result<VenueReport> import_venues(store::Database& db, IdSource& ids, const VenueFile& file,
                                  const VenueListener& listener, Instant now);

/// Takes a set out; how many venues it held.
Result<std::int64_t> remove_venues(store::Database& db, IdSource& ids, const std::string& data_set,
                                   Instant now);

}  // namespace vv::jobs
