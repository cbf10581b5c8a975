// formats/venues.h — places to meet out of GeoJSON with OpenStreetMap's tags, one feature at a time.
//
// Cafés, restaurants, bars, parks, libraries and coworking spaces with a name come out; what else a map holds
// is passed over. Of a line or an area its middle counts.
#pragma once

#include "core/venues.h"
#include "formats/bytes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vv::formats {

/// Where venues are put. Features are numbered from 1.
class VenueSink {
public:
    virtual ~VenueSink() = default;
    /// `key` names the venue in every edition of its map ("n123"). False asks to stop.
    virtual bool take(std::int64_t feature, std::string key, core::VenueEntry venue) = 0;
    /// A feature that is a place to meet and can't be read; `error` says why.
    virtual bool reject(std::int64_t feature, std::string error) = 0;
};

struct VenueCounts {
    std::int64_t features = 0;
    std::int64_t passed_over = 0;  // no place to meet, without a name, or not for everybody
};

/// Errors are the stream's, read_json()'s, and `invalid` venues.not_geojson.
Result<VenueCounts> read_venues(ByteStream& bytes, VenueSink& sink);

/// The tags that a filter in front of it has to let through, as `osmium tags-filter` takes them.
const std::vector<std::string>& venue_tag_filters();

}  // namespace vv::formats
