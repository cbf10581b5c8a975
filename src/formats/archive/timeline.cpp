#include "formats/archive/timeline.h"

#include "base/text.h"
#include "formats/json_fields.h"

#include <algorithm>
#include <charconv>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;

const std::vector<JsonPath> kPaths = {{"timelineObjects", "*"}, {"semanticSegments", "*"}, {"*"}};

Error broken(std::string what) {
    return {Fault::invalid, "timeline.visit", "a visit without " + std::move(what) + " was left out."};
}

// Degrees times ten million. Some exports let the number run over.
std::optional<double> degrees_e7(const json::value& location, std::string_view name) {
    auto e7 = whole_at(location, name);
    if (!e7) return std::nullopt;
    if (*e7 > 1'800'000'000) *e7 -= std::int64_t{1} << 32;
    return static_cast<double>(*e7) / 1e7;
}

// "50.0506312°, 14.3439906°" or "geo:50.0506312,14.3439906".
std::optional<LatLng> parse_coordinates(std::string_view text) {
    if (text.starts_with("geo:")) text.remove_prefix(4);
    const auto number = [](std::string_view part) -> std::optional<double> {
        part = trim(part);
        double value = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
        const auto rest = part.substr(static_cast<std::size_t>(end - part.data()));
        return error == std::errc() && (rest.empty() || rest == "°") ? std::optional(value) : std::nullopt;
    };
    const auto comma = text.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const auto lat = number(text.substr(0, comma));
    const auto lng = number(text.substr(comma + 1));
    return lat && lng ? std::optional(LatLng{*lat, *lng}) : std::nullopt;
}

std::optional<Instant> moment(const json::value& object, std::string_view name) {
    if (const auto ms = whole_at(object, std::string(name) + "Ms")) return from_millis(*ms);
    const auto at = parse_rfc3339(text_at(object, name));
    return at ? std::optional(*at) : std::nullopt;
}

Result<std::optional<Visit>> checked(std::optional<Instant> start, std::optional<Instant> end,
                                     std::optional<LatLng> at, std::string_view place) {
    if (!start || !end || *end < *start) return broken("a beginning and an end");
    if (!at || !at->is_valid()) return broken("coordinates");
    return std::optional(Visit{{*start, *end}, *at, std::string(trim(place))});
}

// Takeout's, until 2024.
Result<std::optional<Visit>> takeout_visit(const json::value& visit) {
    const json::value nothing;
    const auto* location = member(visit, "location");
    const auto* duration = member(visit, "duration");
    if (!location) location = &nothing;
    if (!duration) duration = &nothing;
    const auto lat = degrees_e7(*location, "latitudeE7");
    const auto lng = degrees_e7(*location, "longitudeE7");
    return checked(moment(*duration, "startTimestamp"), moment(*duration, "endTimestamp"),
                   lat && lng ? std::optional(LatLng{*lat, *lng}) : std::nullopt, text_at(*location, "name"));
}

// The telephone's own, since 2024: Android has an object with "latLng", iOS a "geo:" in its place.
Result<std::optional<Visit>> device_visit(const json::value& segment, const json::value& visit) {
    if (whole_at(visit, "hierarchyLevel").value_or(0) != 0) return std::optional<Visit>{};
    const auto* candidate = member(visit, "topCandidate");
    const auto* location = candidate ? member(*candidate, "placeLocation") : nullptr;
    const auto at = !location ? std::string_view{}
                              : (location->is_string() ? text_of(*location) : text_at(*location, "latLng"));
    return checked(moment(segment, "startTime"), moment(segment, "endTime"), parse_coordinates(at), {});
}

class VisitReader final : public JsonVisitor {
public:
    explicit VisitReader(Emitter& out) : out_(out) {}

    bool take(const JsonRecord& record) override {
        const auto visit = visit_in(record.value);
        if (!visit || *visit) out_.count_record();
        if (!visit) out_.reject(record.number, visit.error().detail, {});
        return !out_.stopped();
    }

private:
    Emitter& out_;
};

}  // namespace

Result<std::optional<Visit>> visit_in(const json::value& item) {
    if (const auto* visit = member(item, "placeVisit")) return takeout_visit(*visit);
    if (const auto* visit = member(item, "visit")) return device_visit(item, *visit);
    return std::optional<Visit>{};
}

Result<Done> read_timeline(ByteStream& bytes, std::string_view, const ParseOptions&, Emitter& out) {
    VisitReader reader(out);
    return read_records(bytes, kPaths, reader, out);
}

}  // namespace vv::formats::archive
