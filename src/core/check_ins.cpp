#include "core/check_ins.h"

#include "base/plain_line.h"
#include "base/text.h"
#include "core/cities.h"

#include <algorithm>
#include <cmath>

namespace vv::core {
namespace {

constexpr std::size_t kLongestPlace = 200;
constexpr double kCityWithinKm = 12, kTownWithinKm = 30;
constexpr double kCell = 0.1;

/// What a cell is called: the largest city that reaches into it, else the nearest town.
std::string name_of_cell(LatLng cell) {
    auto city = largest_city_near(cell, kCityWithinKm);
    if (!city) city = nearest_city(cell, kTownWithinKm);
    return city ? city->name : std::string();
}

}  // namespace

Result<CheckIn> make_check_in(CheckIn wanted, std::chrono::minutes lasts, Instant now) {
    if (!wanted.at.is_valid())
        return Error(Fault::invalid, "check_in.place", "Say where you are, in degrees.").at("at");
    if (lasts < kCheckInLimits.shortest || lasts > kCheckInLimits.longest)
        return Error(Fault::invalid, "check_in.minutes",
                     "A check-in lasts from a quarter of an hour to eight hours.")
            .at("minutes");
    wanted.until = now + lasts;
    if (!wanted.is_exact) {
        wanted.at = snap_to_cell(wanted.at);
        wanted.place = name_of_cell(wanted.at);
        return wanted;
    }
    wanted.place = std::string(trim(truncate_utf8(trim(plain_line(wanted.place)), kLongestPlace)));
    if (wanted.place.empty() || !is_utf8(wanted.place))
        return Error(Fault::invalid, "check_in.place", "An exact place needs a name.").at("place");
    return wanted;
}

bool are_near(LatLng a, LatLng b) {
    const LatLng one = snap_to_cell(a), other = snap_to_cell(b);
    const double lng = std::abs(one.lng - other.lng);
    return std::abs(one.lat - other.lat) < 1.5 * kCell && std::min(lng, 360 - lng) < 1.5 * kCell;
}

Result<FreeWindow> make_free_window(FreeWindow wanted, Instant now) {
    const FreeWindowLimits& limits = kFreeWindowLimits;
    const auto lasts = wanted.when.end - wanted.when.start;
    if (lasts < limits.shortest || lasts > limits.longest || wanted.when.end < now + limits.shortest ||
        wanted.when.start > now + limits.farthest)
        return Error(Fault::invalid, "free_to_meet.when",
                     "Half an hour to a day, not over yet, and at most sixty days ahead.")
            .at("start");
    if (wanted.radius_km < 1 || wanted.radius_km > limits.radius_km)
        return Error(Fault::invalid, "free_to_meet.radius", "Within 1 to 50 kilometres.").at("radius_km");
    if (!wanted.at.is_valid())
        return Error(Fault::invalid, "free_to_meet.place", "Say around where, in degrees.").at("at");
    wanted.at = snap_to_cell(wanted.at);
    wanted.place = name_of_cell(wanted.at);
    return wanted;
}

std::optional<Span> overlap(const FreeWindow& a, const FreeWindow& b) {
    const Span both{std::max(a.when.start, b.when.start), std::min(a.when.end, b.when.end)};
    if (both.end - both.start < kFreeWindowLimits.shortest) return std::nullopt;
    if (a.kind && b.kind && *a.kind != *b.kind) return std::nullopt;
    const LatLng one = snap_to_cell(a.at), other = snap_to_cell(b.at);
    if (one != other && distance_km(one, other) > a.radius_km + b.radius_km) return std::nullopt;
    return both;
}

}  // namespace vv::core
