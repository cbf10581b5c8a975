// formats/archive/timeline.h — Google's Timeline: where the owner was, and when.
//
// It says nothing of anyone else, so no fact comes of it (docs/decisions/0104-own-presence.md): files are
// checked, visits counted as records, broken ones told. docs/formats/timeline.md tells the layouts.
#pragma once

#include "base/geo.h"
#include "base/time.h"
#include "formats/bytes.h"
#include "formats/emitter.h"

#include <boost/json/value.hpp>
#include <optional>
#include <string>

namespace vv::formats::archive {

/// A stay at one place.
struct Visit {
    Span when;
    LatLng at;
    std::string place;  // its name, where the form has one
    bool operator==(const Visit&) const = default;
};

/// The visit that an item of a timeline is, in any of the three forms; nothing for a journey, or for a place
/// within the place of another visit. `timeline.visit` says what of it can't be read.
Result<std::optional<Visit>> visit_in(const boost::json::value& item);

/// One file: Takeout's months, Android's Timeline.json, iOS's list.
Result<Done> read_timeline(ByteStream& bytes, std::string_view path, const ParseOptions& options,
                           Emitter& out);

}  // namespace vv::formats::archive
