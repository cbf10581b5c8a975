#include "formats/archive/foursquare_checkin.h"

#include "base/text.h"
#include "formats/dates.h"
#include "formats/json_fields.h"
#include "formats/person_card.h"

#include <algorithm>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestId = 64;
constexpr std::size_t kLongestTitle = 500;
constexpr std::size_t kLongestName = 99;  // given and family together stay below 200

// The code points [begin, end) of a text.
std::string_view points(std::string_view text, std::int64_t begin, std::int64_t end) {
    std::int64_t point = -1;
    std::size_t from = text.size();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0) == 0x80) continue;
        if (++point == begin) from = i;
        if (point == end) return text.substr(std::min(from, i), i - std::min(from, i));
    }
    return text.substr(from);
}

std::string marked_name(const json::value& entity, std::string_view shout) {
    const auto indices = items_at(entity, "indices");
    if (indices.size() != 2 || !indices[0].is_int64() || !indices[1].is_int64()) return {};
    const auto begin = indices[0].get_int64();
    const auto end = indices[1].get_int64();
    if (begin < 0 || end <= begin) return {};
    return std::string(truncate_utf8(trim(points(shout, begin, end)), kLongestName));
}

void add(std::vector<Companion>& all, Companion one) {
    if (one.id.empty()) return;
    const auto known =
        std::find_if(all.begin(), all.end(), [&](const Companion& other) { return other.id == one.id; });
    if (known == all.end()) return all.push_back(std::move(one));
    if (!known->user) known->user = one.user;
    if (known->said.empty()) known->said = std::move(one.said);
}

std::optional<LatLng> coordinates(const json::value& object) {
    const auto lat = number_at(object, "lat");
    const auto lng = number_at(object, "lng");
    if (!lat || !lng) return std::nullopt;
    const LatLng at{*lat, *lng};
    return at.is_valid() ? std::optional(at) : std::nullopt;
}

}  // namespace

std::string user_id(const json::value& user) {
    auto id = id_at(user, "id");
    return id.size() <= kLongestId && is_utf8(id) ? id : std::string{};
}

core::Attributes user_attributes(const json::value& user) {
    core::Attributes attributes;
    const auto short_text = [&](std::string_view name) {
        return std::string(truncate_utf8(trim(text_at(user, name)), kLongestName));
    };
    attributes.name.given = short_text("firstName");
    attributes.name.family = short_text("lastName");
    attributes.name.full = trim(attributes.name.given + " " + attributes.name.family);
    attributes.place = short_text("homeCity");
    if (const auto* contact = member(user, "contact")) {
        add_value(attributes.emails, trim(text_at(*contact, "email")));
        add_value(attributes.phones, trim(text_at(*contact, "phone")));
        if (const auto twitter = trim(text_at(*contact, "twitter")); !twitter.empty())
            attributes.handles.push_back(handle("twitter", twitter));
    }
    return attributes;
}

std::optional<Instant> moment_at(const json::value& object, std::string_view name) {
    if (const auto seconds = whole_at(object, name)) {
        const bool sensible = *seconds > 0 && *seconds < 253'402'300'800;  // the year 10000
        return sensible ? std::optional(from_millis(*seconds * 1'000)) : std::nullopt;
    }
    return parse_utc_stamp(text_at(object, name).substr(0, 19));
}

bool is_checkin(const json::value& record) {
    if (const auto type = text_at(record, "type"); !type.empty()) return type == "checkin";
    return member(record, "createdAt") && member(record, "venue") && !member(record, "text");
}

std::vector<Companion> companions_of(const json::value& checkin) {
    std::vector<Companion> all;
    for (const auto& user : items_at(checkin, "with")) add(all, {user_id(user), &user, {}});
    const auto shout = text_at(checkin, "shout");
    for (const auto& entity : items_at(checkin, "entities"))
        if (text_at(entity, "type") == "user")
            add(all, {user_id(entity), nullptr, marked_name(entity, shout)});
    if (const auto* by = member(checkin, "createdBy")) add(all, {user_id(*by), by, {}});
    return all;
}

core::GatheringRecorded gathering_of(const json::value& checkin, std::string id, Instant at) {
    core::GatheringRecorded gathering;
    gathering.key = std::move(id);
    gathering.title = truncate_utf8(trim(text_at(checkin, "shout")), kLongestTitle);
    gathering.start = at;
    gathering.presence = core::Presence::physical;
    gathering.source = "check-in";
    gathering.at = coordinates(checkin);
    if (const auto* venue = member(checkin, "venue")) {
        gathering.place = truncate_utf8(trim(text_at(*venue, "name")), kLongestTitle);
        const auto* location = member(*venue, "location");
        if (location && !gathering.at) gathering.at = coordinates(*location);
    }
    return gathering;
}

std::optional<core::VenueSeen> venue_of(const json::value& checkin) {
    const auto* venue = member(checkin, "venue");
    if (!venue) return std::nullopt;
    std::string id = user_id(*venue);
    auto at = coordinates(checkin);
    core::VenueEntry entry;
    if (const auto* location = member(*venue, "location")) {
        if (const auto own = coordinates(*location)) at = own;
        entry.address = text_at(*location, "address");
        if (const auto city = text_at(*location, "city"); !city.empty())
            entry.address.append(entry.address.empty() ? "" : ", ").append(city);
    }
    entry.name = text_at(*venue, "name");
    for (const auto& category : items_at(*venue, "categories")) {
        const auto name = text_at(category, "name");
        if (core::is_private_category(name)) return std::nullopt;
        if (entry.kind == core::VenueKind::other) entry.kind = core::guess_venue_kind(name);
    }
    if (items_at(*venue, "categories").empty()) {
        if (core::is_private_category(entry.name)) return std::nullopt;
        entry.kind = core::guess_venue_kind(entry.name);
    }
    entry.features = core::usual_features(entry.kind);
    if (id.empty() || !at || !is_utf8(entry.name) || !is_utf8(entry.address)) return std::nullopt;
    entry.at = *at;
    auto tidied = core::tidy(std::move(entry));
    if (!tidied) return std::nullopt;
    return core::VenueSeen{"foursquare:" + id, *std::move(tidied)};
}

}  // namespace vv::formats::archive
