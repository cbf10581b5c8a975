#include "api/calendar/dav.h"

#include "api/http/handle.h"
#include "app/calendar.h"
#include "base/crypto.h"
#include "formats/dav.h"
#include "formats/multistatus.h"

#include <algorithm>

namespace vv::api::calendar {
namespace {

using app::CalendarItem;
using boost::asio::awaitable;
using formats::DavRequest;
using formats::DavResource;

constexpr std::string_view kCalendar = "meetings/";

/// What a path below /calendar/SECRET/ names.
struct Place {
    std::string home;  // "/calendar/SECRET/"
    std::string rest;  // "", "meetings/", "meetings/UID.ics"

    [[nodiscard]] bool is_home() const { return rest.empty(); }
    [[nodiscard]] bool is_calendar() const { return rest == kCalendar; }
    [[nodiscard]] std::string calendar() const { return home + std::string(kCalendar); }
    [[nodiscard]] std::string item(const CalendarItem& one) const { return calendar() + one.uid + ".ics"; }
};

Place place_of(const net::Request& request) {
    Place place{"/calendar/" + request.param("secret") + "/", {}};
    const auto rest = request.params.find("rest");
    if (rest != request.params.end()) place.rest = rest->second;
    if (place.rest + "/" == kCalendar) place.rest = kCalendar;
    return place;
}

std::string href(const std::string& path) {
    return "<D:href>" + formats::escape_xml(path) + "</D:href>";
}

formats::DavName dav(std::string local) {
    return {std::string(formats::kDav), std::move(local)};
}
formats::DavName cal(std::string local) {
    return {std::string(formats::kCalDav), std::move(local)};
}

void set_common(DavResource& resource, const Place& place) {
    resource.properties[dav("current-user-principal")] = href(place.home);
    resource.properties[dav("owner")] = href(place.home);
    resource.properties[dav("current-user-privilege-set")] =
        "<D:privilege><D:read/></D:privilege><D:privilege><D:read-current-user-privilege-set/></D:privilege>";
    resource.properties[cal("calendar-home-set")] = href(place.home);
}

DavResource home_resource(const Place& place) {
    DavResource home{place.home, {}};
    set_common(home, place);
    home.properties[dav("resourcetype")] = "<D:collection/><D:principal/>";
    home.properties[dav("principal-URL")] = href(place.home);
    home.properties[dav("displayname")] = "Visavis";
    return home;
}

DavResource calendar_resource(const Place& place, const std::vector<CalendarItem>& items) {
    std::string all;
    for (const CalendarItem& one : items) all += one.etag;
    DavResource calendar{place.calendar(), {}};
    set_common(calendar, place);
    calendar.properties[dav("resourcetype")] = "<D:collection/><C:calendar/>";
    calendar.properties[dav("displayname")] = "Visavis";
    calendar.properties[dav("supported-report-set")] =
        "<D:supported-report><D:report><C:calendar-query/></D:report></D:supported-report>"
        "<D:supported-report><D:report><C:calendar-multiget/></D:report></D:supported-report>";
    calendar.properties[cal("supported-calendar-component-set")] = "<C:comp name=\"VEVENT\"/>";
    calendar.properties[{std::string(formats::kCalendarServer), "getctag"}] = sha256_hex(all).substr(0, 32);
    return calendar;
}

enum class With { data, no_data };
DavResource item_resource(const Place& place, const CalendarItem& item, With with) {
    DavResource one{place.item(item), {}};
    one.properties[dav("resourcetype")] = "";
    one.properties[dav("getetag")] = "&quot;" + item.etag + "&quot;";
    one.properties[dav("getcontenttype")] = "text/calendar; charset=utf-8; component=VEVENT";
    one.properties[dav("getcontentlength")] = std::to_string(item.text.size());
    if (with == With::data) one.properties[cal("calendar-data")] = formats::escape_xml(item.text);
    return one;
}

/// A whole address names it too. Asked for each of thousands of paths: it makes no text for each item.
const CalendarItem* find_item(const std::vector<CalendarItem>& items, const Place& place,
                              std::string_view path) {
    constexpr std::string_view kEnding = ".ics";
    const std::string calendar = place.calendar();
    const std::size_t at = path.rfind(calendar);
    if (at == std::string_view::npos || !path.ends_with(kEnding)) return nullptr;
    path.remove_prefix(at + calendar.size());
    if (path.size() < kEnding.size()) return nullptr;
    path.remove_suffix(kEnding.size());
    const auto found = std::ranges::find(items, path, &CalendarItem::uid);
    return found == items.end() ? nullptr : &*found;
}

net::Response multistatus(const std::vector<DavResource>& resources, const DavRequest& asked) {
    net::Response response(207, "application/xml; charset=utf-8",
                           formats::write_multistatus(resources, asked));
    response.with("dav", "1, calendar-access").with("cache-control", "no-store");
    return response;
}

Error nothing_here() {
    return {Fault::not_found, "feed.unknown", "There is no calendar at this address (any more)."};
}

Result<std::vector<DavResource>> found_by_propfind(const Place& place, const std::vector<CalendarItem>& items,
                                                   bool is_deep) {
    std::vector<DavResource> found;
    if (place.is_home()) {
        found.push_back(home_resource(place));
        if (is_deep) found.push_back(calendar_resource(place, items));
        return found;
    }
    if (place.is_calendar()) {
        found.push_back(calendar_resource(place, items));
        if (is_deep)
            for (const CalendarItem& one : items) found.push_back(item_resource(place, one, With::no_data));
        return found;
    }
    const CalendarItem* const item = find_item(items, place, place.home + place.rest);
    if (!item) return nothing_here();
    found.push_back(item_resource(place, *item, With::no_data));
    return found;
}

Result<std::vector<DavResource>> found_by_report(const Place& place, const std::vector<CalendarItem>& items,
                                                 const DavRequest& asked) {
    if (!place.is_calendar()) return nothing_here();
    std::vector<DavResource> found;
    if (asked.what == DavRequest::What::calendar_multiget) {
        for (const std::string& path : asked.hrefs) {
            const CalendarItem* const item = find_item(items, place, path);
            found.push_back(item ? item_resource(place, *item, With::data) : DavResource{path, {}, true});
        }
        return found;
    }
    if (asked.what != DavRequest::What::calendar_query)
        return Error{Fault::forbidden, "dav.report", "This calendar does not answer that report."};
    for (const CalendarItem& one : items) {
        const bool is_before = asked.from && one.when.end <= *asked.from;
        const bool is_after = asked.to && one.when.start >= *asked.to;
        if (!is_before && !is_after) found.push_back(item_resource(place, one, With::data));
    }
    return found;
}

/// PROPFIND, REPORT
awaitable<Result<net::Response>> look(Context& context, net::Request request) {
    const Place place = place_of(request);
    CO_TRY(const auto items, co_await context.db.read(&app::calendar_items, request.param("secret"),
                                                      context.base_url, context.now()));
    CO_TRY(const DavRequest asked, formats::read_dav_request(request.body));
    const bool is_deep = request.header("depth").value_or("1") != "0";
    Result<std::vector<DavResource>> found = request.method == net::Method::report
                                                 ? found_by_report(place, items, asked)
                                                 : found_by_propfind(place, items, is_deep);
    if (!found) co_return std::move(found.error());
    co_return multistatus(*found, asked);
}

/// GET /calendar/:secret/meetings/UID.ics
awaitable<Result<net::Response>> show_item(Context& context, net::Request request) {
    const Place place = place_of(request);
    CO_TRY(const auto items, co_await context.db.read(&app::calendar_items, request.param("secret"),
                                                      context.base_url, context.now()));
    const CalendarItem* const item = find_item(items, place, place.home + place.rest);
    if (!item) co_return nothing_here();
    net::Response response(200, "text/calendar; charset=utf-8", item->text);
    response.with("etag", "\"" + item->etag + "\"").with("cache-control", "no-store");
    co_return response;
}

/// OPTIONS: what can be done here, for whoever it is.
awaitable<Result<net::Response>> show_options(Context&, net::Request) {
    net::Response response(200, "text/plain; charset=utf-8", "");
    response.with("allow", "OPTIONS, GET, HEAD, PROPFIND, REPORT").with("dav", "1, calendar-access");
    co_return response;
}

}  // namespace

void add_dav_routes(net::Router& router, Context& context) {
    using net::Method;
    for (const char* pattern : {"/calendar/:secret", "/calendar/:secret/*rest"}) {
        router.add(Method::propfind, pattern, handle(context, &look));
        router.add(Method::report, pattern, handle(context, &look));
        router.add(Method::options, pattern, handle(context, &show_options));
    }
    router.add(Method::get, "/calendar/:secret/*rest", handle(context, &show_item));
}

}  // namespace vv::api::calendar
