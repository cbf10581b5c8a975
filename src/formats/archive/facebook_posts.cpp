#include "formats/archive/facebook_posts.h"

#include "base/text.h"
#include "formats/archive/facebook_text.h"
#include "formats/json_fields.h"

#include <algorithm>
#include <array>

namespace vv::formats::archive {
namespace {

namespace json = boost::json;

constexpr std::size_t kLongestPlace = 500;
constexpr std::size_t kMostCompanions = 200;

const json::value* place_in(const json::value& record) {
    for (const auto& attachment : items_at(record, "attachments"))
        for (const auto& item : items_at(attachment, "data"))
            if (const auto* place = member(item, "place"); place && !text_at(*place, "name").empty())
                return place;
    return member(record, "place");
}

std::string text_in(const json::value& record) {
    std::string text;
    for (const auto& item : items_at(record, "data")) {
        const auto written = text_at(item, "post");
        if (written.empty()) continue;
        if (!text.empty()) text += '\n';
        text += facebook_text(written);
    }
    return text;
}

// A post that its author dated back to when it happened.
std::optional<Instant> moment_of(const json::value& record) {
    for (const auto& item : items_at(record, "data"))
        if (const auto at = facebook_time(item, "backdated_timestamp")) return at;
    return facebook_time(record, "timestamp");
}

std::vector<std::string> tags_of(const json::value& record) {
    std::vector<std::string> names;
    for (const auto& tag : items_at(record, "tags")) {
        const auto plain = text_of(tag);
        auto name = facebook_name(plain.empty() ? text_at(tag, "name") : plain);
        const bool known = std::find(names.begin(), names.end(), name) != names.end();
        if (!name.empty() && !known && names.size() < kMostCompanions) names.push_back(std::move(name));
    }
    return names;
}

// Takes `end` off the text's end; says whether it was there.
bool take_end(std::string_view& text, std::string_view end) {
    if (!text.ends_with(end)) return false;
    text.remove_suffix(end.size());
    return true;
}

}  // namespace

std::vector<std::string> companions_in(std::string_view title, std::string_view place) {
    std::size_t begin = std::string_view::npos;
    for (const std::string_view verb : {" was with ", " is with "})
        if (const auto at = title.find(verb); at != std::string_view::npos) begin = at + verb.size();
    if (begin == std::string_view::npos) return {};
    auto list = title.substr(begin);
    take_end(list, ".");
    const bool at_place = take_end(list, place) && (take_end(list, " at ") || take_end(list, " in "));
    if (place.empty() || !at_place) return {};
    std::vector<std::string> names;
    const auto add = [&](std::string_view name) {
        name = trim(name);
        const bool counted = !name.empty() && name[0] >= '0' && name[0] <= '9';  // "3 others"
        if (!name.empty() && !counted && names.size() < kMostCompanions) names.emplace_back(name);
    };
    const auto last = list.rfind(" and ");
    for (const auto name : split(list.substr(0, last), ',')) add(name);
    if (last != std::string_view::npos) add(list.substr(last + 5));
    return names;
}

std::string_view whose_post(std::string_view title) {
    static constexpr std::array<std::string_view, 6> kVerbs = {
        " commented on ", " replied to ", " reacted to ", " likes ", " liked ", " loves "};
    for (const auto verb : kVerbs) {
        const auto at = title.find(verb);
        if (at == std::string_view::npos) continue;
        const auto rest = title.substr(at + verb.size());
        const auto end = std::min(rest.find("'s "), rest.find("\u2019s "));
        return end == std::string_view::npos ? std::string_view{} : rest.substr(0, end);
    }
    return {};
}

std::string facebook_place(const json::value& place) {
    auto text = facebook_name(text_at(place, "name"));
    const auto address = facebook_name(text_at(place, "address"));
    if (!text.empty() && !address.empty()) text += ", ";
    text += address;
    return std::string(truncate_utf8(text, kLongestPlace));
}

std::optional<LatLng> facebook_position(const json::value& place) {
    const auto* coordinate = member(place, "coordinate");
    if (!coordinate) return std::nullopt;
    const auto lat = number_at(*coordinate, "latitude");
    const auto lng = number_at(*coordinate, "longitude");
    if (!lat || !lng || (*lat == 0 && *lng == 0)) return std::nullopt;
    const LatLng at{*lat, *lng};
    return at.is_valid() ? std::optional(at) : std::nullopt;
}

std::optional<FacebookPost> read_facebook_post(const json::value& record) {
    const auto at = moment_of(record);
    if (!at) return std::nullopt;
    FacebookPost post{*at, text_in(record), {}, {}, tags_of(record)};
    const auto* place = place_in(record);
    if (!place) return post;
    post.place = facebook_place(*place);
    post.where = facebook_position(*place);
    if (post.with.empty())
        post.with =
            companions_in(facebook_name(text_at(record, "title")), facebook_name(text_at(*place, "name")));
    return post;
}

}  // namespace vv::formats::archive
