// formats/archive/facebook_posts.h — the owner's posts and check-ins, and what a post's title says of others.
#pragma once

#include "core/facts.h"

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::formats::archive {

/// A post as the owner wrote it: where, and with whom.
struct FacebookPost {
    Instant at;
    std::string text;
    std::string place;  // name and address; empty when it is no check-in
    std::optional<LatLng> where;
    std::vector<std::string> with;  // names, from the tags, else from the title
};

/// Nothing when the record has no time.
std::optional<FacebookPost> read_facebook_post(const boost::json::value& record);

/// "Ann Lee was with Bob Ito, Cid Roy and Dee Fox at Café X." → the three, when it is at this place. English
/// only.
std::vector<std::string> companions_in(std::string_view title, std::string_view place);

/// "Ann Lee commented on Bob Ito's photo." → "Bob Ito"; empty for one's own and for what is not understood.
/// English only.
std::string_view whose_post(std::string_view title);

/// The place that an event or a post names: "Café X, 1 Main Street".
std::string facebook_place(const boost::json::value& place);
std::optional<LatLng> facebook_position(const boost::json::value& place);

}  // namespace vv::formats::archive
