#include "api/visavis/free_to_meet.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/circles.h"
#include "api/visavis/meetings.h"
#include "app/free_to_meet.h"
#include "app/throttles.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

json::value kind_or_null(const std::optional<core::MeetingKind>& kind) {
    return kind ? json::value(core::to_string(*kind)) : json::value(nullptr);
}

json::object render(const core::FreeWindow& window) {
    json::object body;
    body["id"] = to_string(window.id);
    body["start"] = format_rfc3339(window.when.start);
    body["end"] = format_rfc3339(window.when.end);
    body["kind"] = kind_or_null(window.kind);
    body["place"] = text_or_null(window.place);
    body["at"] = json::array{window.at.lat, window.at.lng};
    body["radius_km"] = window.radius_km;
    return body;
}

json::object render(const app::OwnWindow& own) {
    json::array overlaps;
    for (const app::FreeOverlap& one : own.overlaps)
        overlaps.push_back({{"who", render_other(one.who)},
                            {"start", format_rfc3339(one.when.start)},
                            {"end", format_rfc3339(one.when.end)},
                            {"kind", kind_or_null(one.kind)}});
    json::object body = render(own.window.window);
    body["shown_to"] = render_accounts(own.window.shown_to);
    body["overlaps"] = std::move(overlaps);
    return body;
}

json::object render(const app::FreeToMeet& found) {
    json::array mine, shown;
    for (const auto& one : found.mine) mine.push_back(render(one));
    for (const auto& one : found.shown) {
        json::object other = render(one.window);
        other["who"] = render_other(one.who);
        shown.push_back(std::move(other));
    }
    json::object body;
    body["mine"] = std::move(mine);
    body["shown"] = std::move(shown);
    return body;
}

Result<app::FreeWindowWanted> parse_window(Context& context, const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    app::FreeWindowWanted wanted;
    TRY(wanted.window.when.start, time_field(body, "start"));
    TRY(wanted.window.when.end, time_field(body, "end"));
    TRY(const auto kind, optional_text(body, "kind", 20));
    if (kind) {
        wanted.window.kind = core::parse_meeting_kind(*kind);
        if (!wanted.window.kind) return bad_field("kind", "a kind of meeting");
    }
    TRY(const auto at, optional_place(body, "at"));
    if (!at) return bad_field("at", "[latitude, longitude]");
    wanted.window.at = *at;
    TRY(const auto radius, optional_integer(body, "radius_km", 1, 1'000));
    wanted.window.radius_km = static_cast<int>(radius.value_or(3));
    TRY(wanted.circles, circles_field(body, "circles"));
    wanted.desk = meeting_desk(context);
    return wanted;
}

/// GET /free-to-meet
awaitable<Result<net::Response>> show(Context& context, net::Request request) {
    CO_TRY(const auto found, co_await read_as(context, request, &app::free_to_meet));
    co_return ok(render(found));
}

/// POST /free-to-meet
awaitable<Result<net::Response>> add(Context& context, net::Request request) {
    CO_TRY(app::FreeWindowWanted wanted, parse_window(context, request));
    CO_TRY(const app::SignedIn who, co_await authorise(context, request));
    std::string subject = to_string(who.caller.account);
    CO_TRY([[maybe_unused]] const Done counted,
           co_await context.db.write(&app::count_try, app::Throttle::check_ins, std::move(subject),
                                     context.now()));
    CO_TRY(const auto found, co_await write_as(context, request, &app::be_free_to_meet, std::move(wanted)));
    context.wake_jobs();
    co_return created(render(found));
}

/// DELETE /free-to-meet/:id
awaitable<Result<net::Response>> remove(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::FreeWindowId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done gone,
           co_await write_as(context, request, &app::remove_free_window, id));
    co_return no_content();
}

}  // namespace

void add_free_to_meet_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/free-to-meet";
    router.add(Method::get, base, handle(context, &show));
    router.add(Method::post, base, handle(context, &add));
    router.add(Method::delete_, base + "/:id", handle(context, &remove));
}

}  // namespace vv::api::visavis
