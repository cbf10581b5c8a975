#include "formats/venues.h"

#include "base/text.h"
#include "formats/hash.h"
#include "formats/json_fields.h"
#include "formats/text_stream.h"

#include <algorithm>
#include <array>

namespace vv::formats {
namespace {

namespace json = boost::json;
using core::VenueKind;

constexpr std::size_t kLongestKey = 100;
constexpr std::size_t kMostPoints = 200'000;  // of one area

/// The tag that makes something a place to meet.
struct KindTag {
    std::string_view key, value;
    VenueKind kind;
};
constexpr std::array kKindTags{
    KindTag{"amenity", "cafe", VenueKind::cafe},
    KindTag{"amenity", "restaurant", VenueKind::restaurant},
    KindTag{"amenity", "bar", VenueKind::bar},
    KindTag{"amenity", "pub", VenueKind::bar},
    KindTag{"amenity", "biergarten", VenueKind::bar},
    KindTag{"amenity", "library", VenueKind::library},
    KindTag{"amenity", "coworking_space", VenueKind::coworking},
    KindTag{"office", "coworking", VenueKind::coworking},
    KindTag{"leisure", "park", VenueKind::park},
    KindTag{"leisure", "garden", VenueKind::park},
};

enum Path : std::size_t { features, type };
const std::vector<JsonPath> kPaths = {{"features", "*"}, {"type"}};

/// One of several values of a tag: "yes;terrace".
bool says(const json::value& tags, std::string_view key, std::initializer_list<std::string_view> values) {
    for (const std::string_view part : split(text_at(tags, key), ';'))
        if (std::ranges::find(values, trim(part)) != values.end()) return true;
    return false;
}

std::optional<VenueKind> kind_of(const json::value& tags) {
    for (const KindTag& tag : kKindTags)
        if (says(tags, tag.key, {tag.value})) return tag.kind;
    return std::nullopt;
}

bool is_for_everybody(const json::value& tags) {
    return !says(tags, "access", {"private", "no", "members", "employees", "residents"});
}

std::uint32_t features_of(const json::value& tags, VenueKind kind) {
    std::uint32_t found = core::usual_features(kind);
    if (says(tags, "wheelchair", {"yes", "designated"})) found |= core::venue_feature::step_free;
    if (text_at(tags, "outdoor_seating") != "" && !says(tags, "outdoor_seating", {"no"}))
        found |= core::venue_feature::outdoor;
    if (says(tags, "quiet", {"yes", "designated"}) || says(tags, "background_music", {"no"}))
        found |= core::venue_feature::quiet;
    return found;
}

std::string address_of(const json::value& tags) {
    if (const auto full = text_at(tags, "addr:full"); !full.empty()) return std::string(full);
    std::string street(text_at(tags, "addr:street"));
    if (street.empty()) street = text_at(tags, "addr:place");
    if (const auto number = text_at(tags, "addr:housenumber"); !street.empty() && !number.empty())
        street.append(" ").append(number);
    const std::string_view city = text_at(tags, "addr:city");
    if (street.empty()) return std::string(city);
    return city.empty() ? street : street + ", " + std::string(city);
}

/// The box around all points of a geometry, however deeply they lie.
struct Extent {
    double west = 181, south = 91, east = -181, north = -91;
    std::size_t points = 0;
    bool is_broken = false;

    void add(const json::value& value, int depth) {
        const json::array* const list = value.if_array();
        if (!list || depth > 6) {
            is_broken = true;
            return;
        }
        if (list->size() >= 2 && (*list)[0].is_number() && (*list)[1].is_number()) {
            const auto x = (*list)[0].to_number<double>(), y = (*list)[1].to_number<double>();
            is_broken = is_broken || !(LatLng{y, x}.is_valid()) || ++points > kMostPoints;
            west = std::min(west, x), east = std::max(east, x);
            south = std::min(south, y), north = std::max(north, y);
            return;
        }
        for (const json::value& item : *list)
            if (!is_broken) add(item, depth + 1);
    }
};

std::optional<LatLng> middle_of(const json::value& feature) {
    const json::value* const geometry = member(feature, "geometry");
    const json::value* const coordinates = geometry ? member(*geometry, "coordinates") : nullptr;
    if (!coordinates) return std::nullopt;
    Extent extent;
    extent.add(*coordinates, 0);
    if (extent.is_broken || extent.points == 0) return std::nullopt;
    return LatLng{(extent.south + extent.north) / 2, (extent.west + extent.east) / 2};
}

/// "node/12" and "n12" are one: how osmium and Overpass write it.
std::string short_id(std::string id) {
    for (const std::string_view kind : {"node/", "way/", "relation/"})
        if (id.starts_with(kind)) return id.substr(0, 1) + id.substr(kind.size());
    return id;
}

std::string key_of(const json::value& feature, const json::value& tags, const core::VenueEntry& venue) {
    std::string id = id_at(feature, "id");
    if (id.empty()) id = id_at(tags, "@id");
    if (!id.empty() && id.size() <= kLongestKey && is_utf8(id)) return short_id(std::move(id));
    Hash64 hash;
    hash.add(venue.name).add(std::to_string(venue.at.lat)).add(std::to_string(venue.at.lng));
    return "#" + std::to_string(hash.value());
}

class Reader final : public JsonVisitor {
public:
    explicit Reader(VenueSink& sink) : sink_(sink) {}

    bool take(const JsonRecord& record) override {
        if (record.path == Path::type) {
            is_collection = text_of(record.value) == "FeatureCollection";
            return is_collection;
        }
        ++counts.features;
        const json::value* const tags = member(record.value, "properties");
        const auto kind = tags ? kind_of(*tags) : std::nullopt;
        if (!kind || text_at(*tags, "name").empty() || !is_for_everybody(*tags)) {
            ++counts.passed_over;
            return true;
        }
        return read(record, *tags, *kind);
    }

    bool pass_over(std::size_t path, std::int64_t number) override {
        if (path != Path::features) return false;
        ++counts.features;
        return sink_.reject(number, "it is larger than 16 MB.");
    }

    VenueCounts counts;
    bool is_collection = false;

private:
    bool read(const JsonRecord& record, const json::value& tags, VenueKind kind) {
        const auto at = middle_of(record.value);
        if (!at) return sink_.reject(record.number, "its place can't be read, or lies outside of the earth.");
        auto venue = core::tidy(
            {std::string(text_at(tags, "name")), kind, address_of(tags), *at, features_of(tags, kind)});
        if (!venue) return sink_.reject(record.number, "its name or address is not readable text.");
        std::string key = key_of(record.value, tags, *venue);
        return sink_.take(record.number, std::move(key), *std::move(venue));
    }

    VenueSink& sink_;
};

}  // namespace

Result<VenueCounts> read_venues(ByteStream& bytes, VenueSink& sink) {
    TextStream text(bytes);
    Reader reader(sink);
    CHECK(read_json(text, kPaths, reader));
    if (!reader.is_collection)
        return Error(Fault::invalid, "venues.not_geojson",
                     "This is no GeoJSON FeatureCollection; give an export of OpenStreetMap as GeoJSON, or "
                     "an .osm.pbf extract.");
    return reader.counts;
}

const std::vector<std::string>& venue_tag_filters() {
    static const std::vector<std::string> filters = [] {
        std::vector<std::string> made;
        for (const KindTag& tag : kKindTags)
            made.push_back("nwr/" + std::string(tag.key) + "=" + std::string(tag.value));
        return made;
    }();
    return filters;
}

}  // namespace vv::formats
