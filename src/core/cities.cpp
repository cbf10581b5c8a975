#include "core/cities.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>

extern "C" const char vv_cities[];      // NOLINT(readability-identifier-naming): named by the embedding
extern "C" const char vv_cities_end[];  // NOLINT(readability-identifier-naming)

namespace vv::core {
namespace {

std::string_view all_lines() {
    return {vv_cities, static_cast<std::size_t>(vv_cities_end - vv_cities)};
}

std::size_t line_start(std::string_view text, std::size_t at) {
    const auto before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    return before == std::string_view::npos ? 0 : before + 1;
}

// The first line not less than `key`; lines are sorted by their bytes.
std::size_t lower_bound(std::string_view text, std::string_view key) {
    std::size_t low = 0;
    std::size_t high = text.size();
    while (low < high) {
        const std::size_t start = line_start(text, low + (high - low) / 2);
        const std::string_view line = text.substr(start, text.find('\n', start) - start);
        if (line.substr(0, key.size()) < key)
            low = start + line.size() + 1;
        else
            high = start;
    }
    return low;
}

template <class Number>
Number number(std::string_view text) {
    Number value{};
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

City parse(std::string_view line) {
    const auto fields = split(line, '|');
    VV_ASSERT(fields.size() == 7);
    return {std::string(fields[1]),
            std::string(fields[2]),
            {number<double>(fields[3]), number<double>(fields[4])},
            std::string(fields[5]),
            number<long>(fields[6])};
}

// Every city whose line begins with `key`.
std::vector<City> starting_with(std::string_view key) {
    const std::string_view text = all_lines();
    std::vector<City> found;
    for (std::size_t at = lower_bound(text, key); at < text.size();) {
        const std::string_view line = text.substr(at, text.find('\n', at) - at);
        if (!line.starts_with(key)) break;
        found.push_back(parse(line));
        at += line.size() + 1;
    }
    std::ranges::stable_sort(found, std::ranges::greater{}, &City::population);
    return found;
}

constexpr std::pair<std::string_view, std::string_view> kCountries[] = {
    {"canada", "CA"},      {"united states", "US"}, {"usa", "US"},         {"united kingdom", "GB"},
    {"uk", "GB"},          {"scotland", "GB"},      {"england", "GB"},     {"france", "FR"},
    {"germany", "DE"},     {"deutschland", "DE"},   {"switzerland", "CH"}, {"spain", "ES"},
    {"italy", "IT"},       {"india", "IN"},         {"australia", "AU"},   {"ireland", "IE"},
    {"netherlands", "NL"}, {"portugal", "PT"},      {"austria", "AT"},     {"belgium", "BE"},
    {"sweden", "SE"},      {"norway", "NO"},        {"denmark", "DK"},     {"finland", "FI"},
    {"poland", "PL"},      {"brazil", "BR"},        {"mexico", "MX"},      {"japan", "JP"},
    {"china", "CN"},       {"turkey", "TR"},
};

// The country that a part of an address names, by its code or by an English name; empty when it names none.
std::string_view country_named(std::string_view folded_part) {
    for (const auto& [name, code] : kCountries)
        if (folded_part == name || folded_part == ascii_lower(code)) return code;
    return {};
}

}  // namespace

std::vector<City> find_cities(std::string_view text, std::size_t limit) {
    const std::string key = fold(text);
    if (key.empty()) return {};
    auto found = starting_with(key);
    if (found.size() > limit) found.resize(limit);
    return found;
}

std::optional<City> city_of(std::string_view text) {
    const auto parts = split(text, ',');
    std::string_view country;
    // From the end: an address goes from street to country.
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        const std::string key = fold(*part);
        if (key.empty()) continue;
        if (country.empty() && part != parts.rend() - 1) {
            country = country_named(key);
            if (!country.empty()) continue;
        }
        for (const City& city : starting_with(key + "|"))
            if (country.empty() || city.country == country) return city;
    }
    return std::nullopt;
}

std::optional<City> nearest_city(LatLng at, double within_km) {
    std::optional<City> best;
    double best_km = within_km;
    for (const std::string_view line : split(all_lines(), '\n')) {
        if (line.empty()) continue;
        City city = parse(line);
        const double km = distance_km(at, city.at);
        if (km > best_km) continue;
        best_km = km;
        best = std::move(city);
    }
    return best;
}

std::optional<City> largest_city_near(LatLng at, double within_km) {
    std::optional<City> best;
    for (const std::string_view line : split(all_lines(), '\n')) {
        if (line.empty()) continue;
        City city = parse(line);
        if (distance_km(at, city.at) > within_km || (best && best->population >= city.population)) continue;
        best = std::move(city);
    }
    return best;
}

std::optional<City> largest_city_of(std::string_view zone) {
    std::optional<City> best;
    for (const std::string_view line : split(all_lines(), '\n')) {
        if (line.empty()) continue;
        City city = parse(line);
        if (city.zone == zone && (!best || city.population > best->population)) best = std::move(city);
    }
    return best;
}

}  // namespace vv::core
