#include "api/visavis/venues.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/http/travel_desk.h"
#include "app/fair_places.h"
#include "app/venues.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;
using Source = app::FairPlaceFound::Source;
namespace feature = core::venue_feature;

constexpr std::size_t kMostSpare = 30;  // for a router to choose from

// A way by the names of the document, in the order that it shows them.
struct FeatureName {
    const char* name;
    std::uint32_t bit;
};
constexpr auto kFeatures = std::to_array<FeatureName>(
    {{"quiet", feature::quiet}, {"step_free", feature::step_free}, {"outdoor", feature::outdoor}});

void render_entry(json::object& body, const core::VenueEntry& entry) {
    body["name"] = entry.name;
    body["kind"] = core::to_string(entry.kind);
    body["address"] = entry.address;
    body["at"] = json::array{entry.at.lat, entry.at.lng};
    body["public"] = (entry.features & feature::is_public) != 0;
    for (const FeatureName& one : kFeatures) body[one.name] = (entry.features & one.bit) != 0;
}

json::object render(const store::own_venues::OwnVenue& venue) {
    json::object body;
    body["id"] = to_string(venue.id);
    render_entry(body, venue.entry);
    body["from"] = venue.is_by_hand ? "owner" : "check-in";
    return body;
}

const char* name_of(Source source) {
    switch (source) {
        case Source::map:
            return "map";
        case Source::check_in:
            return "check-in";
        case Source::owner:
            return "owner";
    }
    return "map";
}

json::object render(const app::FairPlaces& found) {
    json::array places;
    for (const auto& place : found.places) {
        json::object one;
        one["id"] = to_string(place.id);
        render_entry(one, place.entry);
        one["from"] = name_of(place.source);
        one["minutes"] = place.my_minutes;
        one["their_minutes"] = place.their_minutes ? json::value(*place.their_minutes) : json::value(nullptr);
        places.push_back(std::move(one));
    }
    json::object body;
    body["by"] = core::to_string(found.travellers.front().mode);
    body["ways"] = found.is_by_router ? "router" : "estimate";
    body["with"] = text_or_null(found.with_name);
    body["first"] = found.is_first;
    body["knows_theirs"] = found.knows_theirs;
    body["places"] = std::move(places);
    return body;
}

Result<app::VenueWanted> parse_venue(const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    app::VenueWanted wanted;
    TRY(wanted.entry.name, text_field(body, "name", 1'000));
    TRY(const std::string kind, text_field(body, "kind", 20));
    const auto known = core::parse_venue_kind(kind);
    if (!known) return bad_field("kind", "a kind of place");
    wanted.entry.kind = *known;
    TRY(const auto address, optional_text(body, "address", 1'000));
    wanted.entry.address = address.value_or("");
    TRY(const auto at, optional_place(body, "at"));
    wanted.has_place = at.has_value();
    if (at) wanted.entry.at = *at;
    TRY(const auto is_public, optional_bool(body, "public"));
    if (is_public.value_or(true)) wanted.entry.features |= feature::is_public;
    for (const FeatureName& one : kFeatures) {
        TRY(const auto has, optional_bool(body, one.name));
        if (has.value_or(false)) wanted.entry.features |= one.bit;
    }
    return wanted;
}

Result<core::TravelMode> parse_way(const json::object& body, std::string_view name, core::TravelMode usual) {
    TRY(const auto text, optional_text(body, name, 20));
    if (!text) return usual;
    const auto way = core::parse_travel_mode(*text);
    if (!way) return bad_field(name, "foot, bicycle, transit or car");
    return *way;
}

// Without a word on it people go as the router knows the ways.
Result<app::FairPlaceWanted> parse_wanted(const Context& context, const net::Request& request) {
    const core::TravelMode usual = context.travel ? context.travel->by() : core::TravelMode::transit;
    TRY(const json::object body, parse_body(request));
    app::FairPlaceWanted wanted;
    TRY(wanted.person, optional_id<core::PersonId>(body, "person"));
    TRY(const auto kind, optional_text(body, "kind", 20));
    if (kind) {
        wanted.kind = core::parse_meeting_kind(*kind);
        if (!wanted.kind) return bad_field("kind", "a kind of meeting");
    }
    TRY(const auto quiet, optional_bool(body, "quiet"));
    TRY(const auto step_free, optional_bool(body, "step_free"));
    TRY(const auto outdoor, optional_bool(body, "outdoor"));
    wanted.quiet = quiet.value_or(false);
    wanted.step_free = step_free.value_or(false);
    wanted.outdoor = outdoor.value_or(false);
    TRY(wanted.from, optional_place(body, "from"));
    TRY(const auto city, optional_text(body, "city", 200));
    wanted.city = city.value_or("");
    TRY(wanted.by, parse_way(body, "by", usual));
    TRY(wanted.their_way, parse_way(body, "their_way", usual));
    TRY(const auto limit, optional_integer(body, "limit", 1, 20));
    wanted.limit = static_cast<std::size_t>(limit.value_or(5));
    if (context.travel) wanted.spare = std::min(kMostSpare, 3 * wanted.limit);
    return wanted;
}

/// POST /fair-places: where somebody is belongs into no address
awaitable<Result<net::Response>> find_places(Context& context, net::Request request) {
    CO_TRY(app::FairPlaceWanted wanted, parse_wanted(context, request));
    const std::size_t limit = wanted.limit;
    CO_TRY(auto found, co_await read_as(context, request, &app::find_fair_places, std::move(wanted)));
    if (context.travel) {
        const core::TravelMode by = context.travel->by();
        std::vector<LatLng> cells = app::cells_to_ask(found, by);
        const core::TravelTable told = co_await context.travel->table(std::move(cells), context.now());
        app::choose_by_router(found, told, by, limit);
    }
    co_return ok(render(found));
}

/// GET /venues
awaitable<Result<net::Response>> list_venues(Context& context, net::Request request) {
    CO_TRY(const auto venues, co_await read_as(context, request, &app::list_venues));
    json::array items;
    for (const auto& venue : venues) items.push_back(render(venue));
    co_return ok(page_json(std::move(items)));
}

/// POST /venues
awaitable<Result<net::Response>> add_venue(Context& context, net::Request request) {
    CO_TRY(app::VenueWanted wanted, parse_venue(request));
    std::optional<core::VenueId> none;
    CO_TRY(const auto venue,
           co_await write_as(context, request, &app::save_venue, none, std::move(wanted), &context.ids));
    co_return created(render(venue));
}

/// PUT /venues/:id
awaitable<Result<net::Response>> change_venue(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::VenueId>(request, "id"));
    CO_TRY(app::VenueWanted wanted, parse_venue(request));
    std::optional<core::VenueId> which = id;
    CO_TRY(const auto venue,
           co_await write_as(context, request, &app::save_venue, which, std::move(wanted), &context.ids));
    co_return ok(render(venue));
}

/// DELETE /venues/:id
awaitable<Result<net::Response>> remove_venue(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::VenueId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done done, co_await write_as(context, request, &app::remove_venue, id));
    co_return no_content();
}

}  // namespace

void add_venue_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1";
    router.add(Method::post, base + "/fair-places", handle(context, &find_places));
    router.add(Method::get, base + "/venues", handle(context, &list_venues));
    router.add(Method::post, base + "/venues", handle(context, &add_venue));
    router.add(Method::put, base + "/venues/:id", handle(context, &change_venue));
    router.add(Method::delete_, base + "/venues/:id", handle(context, &remove_venue));
}

}  // namespace vv::api::visavis
