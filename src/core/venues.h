// core/venues.h — places to meet: of what kind they are, and what they have as far as somebody says so.
//
// They come from a map that the operator gives, from places where an owner checked in, and from an owner's
// own hand. What nobody says of a place it does not have: a filter passes only what is known.
#pragma once

#include "base/geo.h"
#include "base/ids.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vv::core {

using VenueId = Id<struct VenueTag>;

enum class VenueKind { cafe, restaurant, bar, park, library, coworking, other };
std::string_view to_string(VenueKind kind);
std::optional<VenueKind> parse_venue_kind(std::string_view name);

/// What a venue has, as bits of core::Venue; the kind is one more bit.
namespace venue_feature {
inline constexpr std::uint32_t is_public = 1;  // anybody may come in
inline constexpr std::uint32_t quiet = 2;
inline constexpr std::uint32_t step_free = 4;
inline constexpr std::uint32_t outdoor = 8;
}  // namespace venue_feature
inline constexpr int kVenueBits = 15;  // of features and kind together
std::uint32_t bit_of(VenueKind kind);

/// A venue as it is written down.
struct VenueEntry {
    std::string name;
    VenueKind kind = VenueKind::other;
    std::string address;  // may be empty
    LatLng at;
    std::uint32_t features = 0;  // without the kind's bit
    bool operator==(const VenueEntry&) const = default;

    [[nodiscard]] std::uint32_t bits() const { return features | bit_of(kind); }
};

/// Plain lines, cut where they are too long (200 and 300 bytes). `invalid` venue.name when nothing is left of
/// the name, venue.place when it is not on the earth.
Result<VenueEntry> tidy(VenueEntry entry);

/// The kind that a category ("Coffee Shop") or a name ("Café Luna") tells; `other` when it tells none.
VenueKind guess_venue_kind(std::string_view words);
/// What a kind brings with it: a park is under the sky, a library is quiet, and anybody may enter either.
std::uint32_t usual_features(VenueKind kind);
/// Whether a category means somebody's four walls ("Home (private)", "Office"), where one doesn't meet.
bool is_private_category(std::string_view category);

/// The cell of the map that a venue is looked up by: 0.01 degrees, about a kilometre.
struct VenueCell {
    int row = 0, col = 0;
    auto operator<=>(const VenueCell&) const = default;
};
VenueCell venue_cell_of(LatLng at);
/// The same as one number, for an index.
std::int64_t number_of(VenueCell cell);

}  // namespace vv::core
