// formats/dav.h — the reading half of CalDAV as a server meets it (RFC 4918, 4791): what a program asks for,
// and the answer. What other servers answer us is in multistatus.h.
#pragma once

#include "base/result.h"
#include "base/time.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vv::formats {

inline constexpr std::string_view kDav = "DAV:";
inline constexpr std::string_view kCalDav = "urn:ietf:params:xml:ns:caldav";
inline constexpr std::string_view kCalendarServer = "http://calendarserver.org/ns/";

/// A property's name: its namespace and its name there.
struct DavName {
    std::string space;
    std::string local;
    auto operator<=>(const DavName&) const = default;
};

struct DavRequest {
    enum class What { propfind, calendar_query, calendar_multiget, other };
    What what = What::propfind;
    std::vector<DavName> properties;  // empty: all there are
    std::vector<std::string> hrefs;   // of a multiget
    std::optional<Instant> from, to;  // of a query's time range
};

/// An empty body asks for all properties. `invalid` dav.broken for what is no XML, or has more than 100
/// properties, 8,000 bytes of their names, or 2,000 addresses. What is named twice is asked for once.
Result<DavRequest> read_dav_request(std::string_view xml);

/// One thing and its properties: each name with its value as XML.
struct DavResource {
    std::string href;
    std::map<DavName, std::string> properties;
    bool is_gone = false;  // there is nothing there
};

/// A multistatus of these. Of each, what was asked for and it has, and beside it what it has not.
std::string write_multistatus(const std::vector<DavResource>& resources, const DavRequest& asked);

}  // namespace vv::formats
