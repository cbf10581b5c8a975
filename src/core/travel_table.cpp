#include "core/travel_table.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace vv::core {
namespace {

constexpr double kDay = 1'440, kFastest = 300.0 / 60;  // minutes; km a minute
constexpr int kNothing = -1;

int believed(std::optional<double> minutes, LatLng from, LatLng to) {
    if (!minutes || !std::isfinite(*minutes) || *minutes < 0 || *minutes > kDay) return kNothing;
    if (distance_km(from, to) > 1 + *minutes * kFastest) return kNothing;
    return static_cast<int>(std::ceil(*minutes));
}

template <class Number>
bool read(std::string_view text, Number& into) {
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), into);
    return failed == std::errc() && end == text.data() + text.size();
}

std::string say(double number) {
    char buffer[32];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr};
}

}  // namespace

TravelTable::TravelTable(std::vector<LatLng> places, const std::vector<std::optional<double>>& minutes)
    : places_(std::move(places)), minutes_(places_.size() * places_.size(), kNothing) {
    if (minutes.size() != minutes_.size()) return;
    for (std::size_t i = 0; i < minutes.size(); ++i)
        minutes_[i] = believed(minutes[i], places_[i / places_.size()], places_[i % places_.size()]);
}

std::optional<std::size_t> TravelTable::find(LatLng place) const {
    const auto at = std::ranges::find(places_, place);
    if (at == places_.end()) return std::nullopt;
    return static_cast<std::size_t>(at - places_.begin());
}

std::optional<int> TravelTable::minutes(LatLng from, LatLng to) const {
    const auto row = find(from), column = find(to);
    if (!row || !column) return std::nullopt;
    const int known = minutes_[*row * places_.size() + *column];
    return known == kNothing ? std::nullopt : std::optional(known);
}

bool TravelTable::has(const std::vector<LatLng>& places) const {
    return std::ranges::all_of(places, [&](LatLng place) { return find(place).has_value(); });
}

std::string TravelTable::text() const {
    std::string text;
    for (const LatLng place : places_) text += say(place.lat) + "," + say(place.lng) + ";";
    text += '\n';
    for (const int one : minutes_) text += std::to_string(one) + ";";
    return text;
}

std::optional<TravelTable> TravelTable::parse(std::string_view text) {
    const std::size_t line = text.find('\n');
    if (line == std::string_view::npos) return std::nullopt;
    TravelTable table;
    for (const auto place : split(text.substr(0, line), ';')) {
        if (place.empty()) continue;
        const std::size_t comma = place.find(',');
        LatLng at;
        if (comma == std::string_view::npos || !read(place.substr(0, comma), at.lat) ||
            !read(place.substr(comma + 1), at.lng))
            return std::nullopt;
        table.places_.push_back(at);
    }
    for (const auto one : split(text.substr(line + 1), ';')) {
        if (one.empty()) continue;
        if (!read(one, table.minutes_.emplace_back())) return std::nullopt;
    }
    if (table.minutes_.size() != table.places_.size() * table.places_.size()) return std::nullopt;
    return table;
}

}  // namespace vv::core
