// core/travel_table.h — how long ways take between a few places, as a router told it.
#pragma once

#include "base/geo.h"
#include "core/travel.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::core {

/// What a router is asked at once at most: a trip's people and where its owner stays.
inline constexpr std::size_t kMostTablePlaces = 64;

class TravelTable {
public:
    TravelTable() = default;
    /// `minutes` row by row, from each place to each; nothing where there is no way. What cannot be is taken
    /// for nothing: less than none, more than a day, faster than 300 km/h as the crow flies.
    TravelTable(std::vector<LatLng> places, const std::vector<std::optional<double>>& minutes);

    [[nodiscard]] const std::vector<LatLng>& places() const { return places_; }
    /// Whole minutes, rounded up; nothing when the router was not asked or knew no way.
    [[nodiscard]] std::optional<int> minutes(LatLng from, LatLng to) const;
    /// Whether the router was asked for all of these.
    [[nodiscard]] bool has(const std::vector<LatLng>& places) const;

    /// A text to be stored, and back; nothing for a text that is none.
    [[nodiscard]] std::string text() const;
    static std::optional<TravelTable> parse(std::string_view text);

private:
    [[nodiscard]] std::optional<std::size_t> find(LatLng place) const;

    std::vector<LatLng> places_;
    std::vector<int> minutes_;  // −1: nothing
};

}  // namespace vv::core
