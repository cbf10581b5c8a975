#include "api/visavis/check_ins.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/circles.h"
#include "app/check_ins.h"
#include "app/throttles.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

json::object render(const core::CheckIn& check_in) {
    json::object body;
    body["place"] = text_or_null(check_in.place);
    body["at"] = json::array{check_in.at.lat, check_in.at.lng};
    body["exact"] = check_in.is_exact;
    body["until"] = format_rfc3339(check_in.until);
    return body;
}

json::object render(const app::Here& here) {
    json::object body;
    body["mine"] = nullptr;
    if (here.mine) {
        json::object mine = render(here.mine->check_in);
        mine["shown_to"] = render_accounts(here.mine->shown_to);
        body["mine"] = std::move(mine);
    }
    json::array others, notes;
    for (const auto& one : here.others) {
        json::object other = render(one.check_in);
        other["who"] = render_other(one.who);
        others.push_back(std::move(other));
    }
    for (const auto& one : here.notes)
        notes.push_back({{"who", render_other(one.who)},
                         {"checked_in", one.is_theirs},
                         {"until", format_rfc3339(one.until)}});
    body["others"] = std::move(others);
    body["notes"] = std::move(notes);
    return body;
}

Result<app::CheckInWanted> parse_check_in(const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    app::CheckInWanted wanted;
    TRY(const auto at, optional_place(body, "at"));
    if (!at) return bad_field("at", "[latitude, longitude]");
    wanted.check_in.at = *at;
    TRY(const auto place, optional_text(body, "place", 1'000));
    wanted.check_in.place = place.value_or("");
    TRY(const auto exact, optional_bool(body, "exact"));
    wanted.check_in.is_exact = exact.value_or(false);
    TRY(const auto lasts, optional_integer(body, "minutes", 1, 10'000));
    wanted.lasts = std::chrono::minutes(lasts.value_or(60));
    TRY(wanted.circles, circles_field(body, "circles"));
    return wanted;
}

json::object render(const std::optional<core::Circles>& circles) {
    json::object body;
    body["circles"] = circles ? json::value(render_circles(*circles)) : json::value(nullptr);
    return body;
}

/// GET /check-ins
awaitable<Result<net::Response>> show(Context& context, net::Request request) {
    CO_TRY(const auto here, co_await read_as(context, request, &app::look_around));
    co_return ok(render(here));
}

/// PUT /check-ins/mine
awaitable<Result<net::Response>> check_in(Context& context, net::Request request) {
    CO_TRY(app::CheckInWanted wanted, parse_check_in(request));
    CO_TRY(const app::SignedIn who, co_await authorise(context, request));
    std::string subject = to_string(who.caller.account);
    CO_TRY([[maybe_unused]] const Done counted,
           co_await context.db.write(&app::count_try, app::Throttle::check_ins, std::move(subject),
                                     context.now()));
    CO_TRY(const auto here,
           co_await write_as(context, request, &app::check_in, std::move(wanted), &context.ids));
    co_return ok(render(here));
}

/// DELETE /check-ins/mine
awaitable<Result<net::Response>> check_out(Context& context, net::Request request) {
    CO_TRY([[maybe_unused]] const Done gone, co_await write_as(context, request, &app::check_out));
    co_return no_content();
}

/// GET /nearby
awaitable<Result<net::Response>> show_nearby(Context& context, net::Request request) {
    CO_TRY(const auto circles, co_await read_as(context, request, &app::nearby_circles));
    co_return ok(render(circles));
}

Result<std::optional<core::Circles>> parse_nearby(const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    TRY(const json::object* const given, optional_object(body, "circles"));
    if (!given) return std::optional<core::Circles>();
    TRY(core::Circles circles, circles_field(body, "circles"));
    return std::optional(std::move(circles));
}

/// PUT /nearby
awaitable<Result<net::Response>> set_nearby(Context& context, net::Request request) {
    CO_TRY(std::optional<core::Circles> circles, parse_nearby(request));
    CO_TRY(const auto kept,
           co_await write_as(context, request, &app::set_nearby_circles, std::move(circles)));
    co_return ok(render(kept));
}

/// POST /nearby/:handle/seen
awaitable<Result<net::Response>> see(Context& context, net::Request request) {
    std::string handle = request.param("handle");
    CO_TRY([[maybe_unused]] const Done seen,
           co_await write_as(context, request, &app::see_nearby_note, std::move(handle)));
    co_return no_content();
}

}  // namespace

void add_check_in_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1";
    router.add(Method::get, base + "/check-ins", handle(context, &show));
    router.add(Method::put, base + "/check-ins/mine", handle(context, &check_in));
    router.add(Method::delete_, base + "/check-ins/mine", handle(context, &check_out));
    router.add(Method::get, base + "/nearby", handle(context, &show_nearby));
    router.add(Method::put, base + "/nearby", handle(context, &set_nearby));
    router.add(Method::post, base + "/nearby/:handle/seen", handle(context, &see));
}

}  // namespace vv::api::visavis
