#include "core/travel.h"

#include <iterator>

namespace vv::core {
namespace {

// Streets are longer than the crow's way (detour); a ride begins and ends with something else (overhead),
// unless it is so short that walking is as quick.
struct Factors {
    const char* name;
    double km_an_hour, detour, overhead_minutes;
};
constexpr Factors kFactors[] = {
    {"foot", 4.8, 1.3, 0},
    {"bicycle", 15, 1.3, 2},
    {"transit", 20, 1.3, 9},
    {"car", 30, 1.3, 6},
};

double minutes_by(const Factors& factors, double km) {
    return factors.overhead_minutes + km * factors.detour / factors.km_an_hour * 60;
}

}  // namespace

std::string_view to_string(TravelMode mode) {
    return kFactors[static_cast<int>(mode)].name;
}

std::optional<TravelMode> parse_travel_mode(std::string_view name) {
    for (int i = 0; i < static_cast<int>(std::size(kFactors)); ++i)
        if (name == kFactors[i].name) return static_cast<TravelMode>(i);
    return {};
}

double travel_minutes(TravelMode mode, double km) {
    const double walking = minutes_by(kFactors[0], km);
    const double riding = minutes_by(kFactors[static_cast<int>(mode)], km);
    return riding < walking ? riding : walking;
}

}  // namespace vv::core
