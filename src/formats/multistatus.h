// formats/multistatus.h — what a WebDAV server answers of several things at once (RFC 4918, 4791, 6352,
// 6578).
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace vv::formats {

/// One response of it: a collection, or an item of one.
struct DavItem {
    std::string href;  // as it came: a path, or a whole address
    int status = 0;    // of the item as a whole, as 404 for one that is gone; 0: what it has is below
    std::string etag;
    std::string data;  // a calendar or a card, where it was asked for
    bool is_calendar = false;
    bool is_address_book = false;
    std::string ctag;
    std::string token;
};

struct Multistatus {
    std::vector<DavItem> items;
    std::string token;  // of a sync-collection: what to ask with the next time
};

/// `invalid` multistatus.broken for what is none.
Result<Multistatus> read_multistatus(std::string_view xml);

/// Text between tags, or inside an attribute.
std::string escape_xml(std::string_view text);

}  // namespace vv::formats
