#include "formats/travel_router.h"

#include <boost/json.hpp>
#include <cstdio>

namespace vv::formats {
namespace {

namespace json = boost::json;
using core::TravelMode;

constexpr double kSeconds = 60;

Error no_table() {
    return {Fault::invalid, "travel.answer", "The router's answer is no table of these places."};
}

std::string degrees(double number) {
    char buffer[32];
    const int size = std::snprintf(buffer, sizeof buffer, "%.6f", number);
    return {buffer, static_cast<std::size_t>(size)};
}

std::string_view osrm_profile(TravelMode by) {
    return by == TravelMode::foot ? "foot" : by == TravelMode::bicycle ? "bike" : "driving";
}

std::string_view valhalla_costing(TravelMode by) {
    return by == TravelMode::foot ? "pedestrian" : by == TravelMode::bicycle ? "bicycle" : "auto";
}

std::optional<double> seconds_in(const json::value& cell) {
    if (cell.is_double()) return cell.get_double();
    if (cell.is_int64()) return static_cast<double>(cell.get_int64());
    if (cell.is_uint64()) return static_cast<double>(cell.get_uint64());
    return std::nullopt;
}

/// A cell's seconds: OSRM's are bare, Valhalla's stand in an object.
std::optional<double> minutes_in(const json::value& cell) {
    const json::value* bare = &cell;
    if (const json::object* object = cell.if_object()) {
        bare = object->if_contains("time");
        if (!bare) return std::nullopt;
    }
    const auto seconds = seconds_in(*bare);
    return seconds ? std::optional(*seconds / kSeconds) : std::nullopt;
}

}  // namespace

std::optional<RouterKind> parse_router_kind(std::string_view name) {
    if (name == "osrm") return RouterKind::osrm;
    if (name == "valhalla") return RouterKind::valhalla;
    return std::nullopt;
}

TableQuestion table_question(RouterKind kind, std::string_view base, TravelMode by,
                             const std::vector<LatLng>& places) {
    TableQuestion question{std::string(base), {}};
    if (question.url.ends_with('/')) question.url.pop_back();
    if (kind == RouterKind::osrm) {
        question.url += "/table/v1/" + std::string(osrm_profile(by)) + "/";
        for (std::size_t i = 0; i < places.size(); ++i)
            question.url += (i == 0 ? "" : ";") + degrees(places[i].lng) + "," + degrees(places[i].lat);
        question.url += "?annotations=duration";
        return question;
    }
    question.url += "/sources_to_targets";
    json::array all;
    for (const LatLng place : places) all.push_back(json::object{{"lat", place.lat}, {"lon", place.lng}});
    json::object body;
    body["sources"] = all;
    body["targets"] = std::move(all);
    body["costing"] = valhalla_costing(by);
    question.body = json::serialize(body);
    return question;
}

Result<core::TravelTable> read_table(RouterKind kind, std::string_view answer, std::vector<LatLng> places) {
    boost::system::error_code failed;
    const json::value parsed = json::parse(answer, failed);
    const json::object* body = failed ? nullptr : parsed.if_object();
    const json::value* rows = nullptr;
    if (body) rows = body->if_contains(kind == RouterKind::osrm ? "durations" : "sources_to_targets");
    if (!rows || !rows->is_array() || rows->get_array().size() != places.size()) return no_table();
    std::vector<std::optional<double>> minutes;
    for (const json::value& row : rows->get_array()) {
        if (!row.is_array() || row.get_array().size() != places.size()) return no_table();
        for (const json::value& cell : row.get_array()) minutes.push_back(minutes_in(cell));
    }
    return core::TravelTable(std::move(places), minutes);
}

}  // namespace vv::formats
