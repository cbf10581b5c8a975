#include "api/visavis/trips.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/meetings.h"
#include "api/visavis/trips_json.h"
#include "app/trips.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

constexpr std::size_t kMostAsked = 100;

// Core says what is too many; this only keeps a number a number.
Result<std::optional<int>> small_number(const json::object& body, std::string_view name) {
    TRY(const auto value, optional_integer(body, name, -1'000, 1'000));
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

Result<std::optional<double>> kilometres(const json::object& body) {
    TRY(const auto value, optional_integer(body, "within_km", -1'000, 100'000));
    return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
}

Result<app::TripWanted> parse_wanted(const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    app::TripWanted wanted;
    TRY(const auto city, optional_text(body, "city", 200));
    TRY(wanted.at, optional_place(body, "at"));
    TRY(wanted.start, time_field(body, "start"));
    TRY(wanted.end, time_field(body, "end"));
    TRY(const auto stay, optional_text(body, "stay", 200));
    TRY(wanted.stay_at, optional_place(body, "stay_at"));
    TRY(wanted.most_a_day, small_number(body, "most_a_day"));
    TRY(wanted.within_km, kilometres(body));
    wanted.city = city.value_or("");
    wanted.stay = stay.value_or("");
    return wanted;
}

Result<app::TripChange> parse_change(const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    app::TripChange change;
    TRY(change.trip, id_param<core::TripId>(request, "id"));
    TRY(change.start, optional_time(body, "start"));
    TRY(change.end, optional_time(body, "end"));
    TRY(change.stay, optional_text(body, "stay", 200));
    TRY(change.stay_at, optional_place(body, "stay_at"));
    TRY(change.most_a_day, small_number(body, "most_a_day"));
    TRY(change.within_km, kilometres(body));
    return change;
}

Result<app::TripMove> parse_move(const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    app::TripMove move;
    TRY(move.trip, id_param<core::TripId>(request, "id"));
    TRY(move.person, id_param<core::PersonId>(request, "person"));
    TRY(move.start, optional_time(body, "start"));
    TRY(move.wanted, optional_bool(body, "wanted"));
    TRY(move.place, optional_text(body, "place", 500));
    return move;
}

Result<app::TripAsk> parse_ask(const json::object& body) {
    app::TripAsk ask;
    TRY(ask.person, id_field<core::PersonId>(body, "person"));
    TRY(const auto message, optional_text(body, "message"));
    TRY(ask.email, optional_text(body, "email", 300));
    ask.message = message.value_or("");
    return ask;
}

Result<app::TripWave> parse_wave(Context& context, const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    app::TripWave wave;
    TRY(wave.trip, id_param<core::TripId>(request, "id"));
    TRY(const json::array* const items, array_field(body, "asks", kMostAsked));
    for (const json::value& item : *items) {
        if (!item.is_object()) return bad_field("asks", "a list of objects");
        TRY(app::TripAsk ask, parse_ask(item.get_object()));
        wave.asks.push_back(std::move(ask));
    }
    wave.desk = meeting_desk(context);
    return wave;
}

/// GET /trips
awaitable<Result<net::Response>> list_trips(Context& context, net::Request request) {
    CO_TRY(const auto trips, co_await read_as(context, request, &app::list_trips));
    json::array items;
    for (const store::trips::Listed& trip : trips) items.push_back(render_listed(trip));
    co_return ok(page_json(std::move(items)));
}

/// POST /trips
awaitable<Result<net::Response>> create_trip(Context& context, net::Request request) {
    CO_TRY(app::TripWanted wanted, parse_wanted(request));
    CO_TRY(const auto view,
           co_await write_as(context, request, &app::create_trip, std::move(wanted), &context.ids));
    co_return created(render_trip(view));
}

/// GET /trips/:id
awaitable<Result<net::Response>> show_trip(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::TripId>(request, "id"));
    CO_TRY(const auto view, co_await read_as(context, request, &app::find_trip, id));
    co_return ok(render_trip(view));
}

/// PATCH /trips/:id
awaitable<Result<net::Response>> change_trip(Context& context, net::Request request) {
    CO_TRY(app::TripChange change, parse_change(request));
    CO_TRY(const auto view, co_await write_as(context, request, &app::change_trip, std::move(change)));
    co_return ok(render_trip(view));
}

/// DELETE /trips/:id
awaitable<Result<net::Response>> remove_trip(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::TripId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done done, co_await write_as(context, request, &app::remove_trip, id));
    co_return no_content();
}

/// POST /trips/:id/plan
awaitable<Result<net::Response>> replan_trip(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::TripId>(request, "id"));
    CO_TRY(const auto view, co_await write_as(context, request, &app::replan_trip, id));
    co_return ok(render_trip(view));
}

/// PUT /trips/:id/people/:person
awaitable<Result<net::Response>> move_on_trip(Context& context, net::Request request) {
    CO_TRY(app::TripMove move, parse_move(request));
    CO_TRY(const auto view, co_await write_as(context, request, &app::move_on_trip, std::move(move)));
    co_return ok(render_trip(view));
}

/// POST /trips/:id/proposals
awaitable<Result<net::Response>> propose_on_trip(Context& context, net::Request request) {
    CO_TRY(app::TripWave wave, parse_wave(context, request));
    CO_TRY(const auto told, co_await write_as(context, request, &app::propose_on_trip, std::move(wave)));
    co_return ok(render_wave(told));
}

/// POST /trips/:id/proposals/preview
awaitable<Result<net::Response>> preview_on_trip(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::TripId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(app::TripAsk ask, parse_ask(body));
    app::MeetingDesk desk = meeting_desk(context);
    CO_TRY(const auto preview,
           co_await read_as(context, request, &app::preview_on_trip, id, std::move(ask), std::move(desk)));
    co_return ok(render_preview(preview));
}

/// PUT /trips/:id/shares/:handle
awaitable<Result<net::Response>> share_trip(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::TripId>(request, "id"));
    std::string handle = request.param("handle");
    CO_TRY([[maybe_unused]] const Done done,
           co_await write_as(context, request, &app::share_trip, id, std::move(handle)));
    co_return no_content();
}

/// DELETE /trips/:id/shares/:handle
awaitable<Result<net::Response>> unshare_trip(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::TripId>(request, "id"));
    std::string handle = request.param("handle");
    CO_TRY([[maybe_unused]] const Done done,
           co_await write_as(context, request, &app::unshare_trip, id, std::move(handle)));
    co_return no_content();
}

}  // namespace

void add_trips_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/trips";
    router.add(Method::get, base, handle(context, &list_trips));
    router.add(Method::post, base, handle(context, &create_trip));
    router.add(Method::get, base + "/:id", handle(context, &show_trip));
    router.add(Method::patch, base + "/:id", handle(context, &change_trip));
    router.add(Method::delete_, base + "/:id", handle(context, &remove_trip));
    router.add(Method::post, base + "/:id/plan", handle(context, &replan_trip));
    router.add(Method::put, base + "/:id/people/:person", handle(context, &move_on_trip));
    router.add(Method::post, base + "/:id/proposals", handle(context, &propose_on_trip));
    router.add(Method::post, base + "/:id/proposals/preview", handle(context, &preview_on_trip));
    router.add(Method::put, base + "/:id/shares/:handle", handle(context, &share_trip));
    router.add(Method::delete_, base + "/:id/shares/:handle", handle(context, &unshare_trip));
}

}  // namespace vv::api::visavis
