#include "api/visavis/lookouts.h"

#include "api/http/authorise.h"
#include "api/http/faults.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/guest_page.h"
#include "api/visavis/lookout_page.h"
#include "api/visavis/meetings.h"
#include "app/lookouts.h"
#include "app/lookouts_friend.h"
#include "net/target.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;
using core::LookoutId;

std::string_view name_of(app::MailState mail) {
    constexpr std::array<std::string_view, 4> kNames{"by_hand", "sent", "refused", "off"};
    return kNames[static_cast<std::size_t>(mail)];
}

json::object render_lookout(const app::LookoutView& view) {
    const core::Lookout& lookout = view.lookout;
    json::object who;
    who["name"] = text_or_null(lookout.friend_name);
    who["email"] = text_or_null(lookout.friend_email);
    who["mail"] = name_of(view.mail);
    json::object body;
    body["id"] = to_string(lookout.id);
    body["meeting"] = to_string(lookout.meeting);
    body["state"] = core::to_string(view.state);
    body["place"] = lookout.place;
    body["company"] = lookout.company;
    body["zone"] = lookout.zone;
    body["start"] = format_rfc3339(lookout.start);
    body["until"] = format_rfc3339(lookout.until);
    body["grace_minutes"] = lookout.grace.count();
    body["alarm_at"] = format_rfc3339(lookout.alarm_at());
    body["gone_at"] = format_rfc3339(core::gone_at(lookout));
    body["safe_at"] = to_json(lookout.safe_at);
    body["friend"] = std::move(who);
    body["link"] = text_or_null(view.link);
    return body;
}

Result<app::LookOut> parse_wanted(Context& context, const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    app::LookOut input;
    TRY(input.meeting, id_field<core::MeetingId>(body, "meeting"));
    TRY(input.place, optional_text(body, "place"));
    TRY(input.company, optional_text(body, "company"));
    TRY(input.until, optional_time(body, "until"));
    TRY(const auto grace, optional_integer(body, "grace_minutes", 0, 10'000));
    if (grace) input.grace = std::chrono::minutes(*grace);
    TRY(const json::object* const who, optional_object(body, "friend"));
    if (who != nullptr) {
        TRY(const auto name, optional_text(*who, "name"));
        TRY(const auto email, optional_text(*who, "email", 400));
        input.friend_name = name.value_or("");
        input.friend_email = email.value_or("");
    }
    input.desk = meeting_desk(context);
    return input;
}

/// GET /lookouts
awaitable<Result<net::Response>> list(Context& context, net::Request request) {
    CO_TRY(const auto found, co_await read_as(context, request, &app::list_lookouts));
    json::array items;
    for (const app::LookoutView& view : found) items.push_back(render_lookout(view));
    json::object body;
    body["items"] = std::move(items);
    co_return ok(body);
}

/// POST /lookouts
awaitable<Result<net::Response>> ask_friend(Context& context, net::Request request) {
    CO_TRY(app::LookOut input, parse_wanted(context, request));
    CO_TRY(const auto view, co_await write_as(context, request, &app::ask_friend, std::move(input)));
    co_return created(render_lookout(view));
}

/// DELETE /lookouts/:id
awaitable<Result<net::Response>> remove(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<LookoutId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done done, co_await write_as(context, request, &app::remove_lookout, id));
    co_return no_content();
}

/// POST /lookouts/:id/home
awaitable<Result<net::Response>> come_home(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<LookoutId>(request, "id"));
    app::MeetingDesk desk = meeting_desk(context);
    CO_TRY(const auto view, co_await write_as(context, request, &app::come_home, id, std::move(desk)));
    co_return ok(render_lookout(view));
}

/// POST /lookouts/:id/longer
awaitable<Result<net::Response>> stay_longer(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<LookoutId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const Instant until, time_field(body, "until"));
    app::MeetingDesk desk = meeting_desk(context);
    CO_TRY(const auto view,
           co_await write_as(context, request, &app::stay_longer, id, until, std::move(desk)));
    co_return ok(render_lookout(view));
}

/// POST /lookouts/:id/link
awaitable<Result<net::Response>> make_link(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<LookoutId>(request, "id"));
    app::MeetingDesk desk = meeting_desk(context);
    CO_TRY(const auto view,
           co_await write_as(context, request, &app::make_lookout_link, id, std::move(desk)));
    co_return ok(render_lookout(view));
}

net::Response html(int status, std::string page) {
    net::Response response(status, "text/html; charset=utf-8", std::move(page));
    response.with("cache-control", "no-store").with("x-robots-tag", "noindex");
    return response;
}

/// GET /s/:token
awaitable<Result<net::Response>> show_page(Context& context, net::Request request) {
    const auto found = co_await context.db.read(&app::open_lookout, request.param("token"), context.now());
    if (!found) co_return html(404, render_unknown("guest"));
    co_return html(200, render_lookout_page(*found, context.now()));
}

/// POST /s/:token — by the owner's link from "home safe?".
awaitable<Result<net::Response>> answer_page(Context& context, net::Request request) {
    const std::string token = request.param("token");
    const auto found = co_await context.db.read(&app::open_lookout, token, context.now());
    if (!found) co_return html(404, render_unknown("guest"));
    Form form;
    form.fields = net::parse_form(request.body);
    app::AnswerLookout input;
    input.token = token;
    input.is_home = form.value("answer") == "home";
    input.desk = meeting_desk(context);
    input.now = context.now();
    if (!input.is_home && form.value("answer") != "longer") {
        const Error wrong(Fault::invalid, "body.field", "Choose one of the answers.");
        co_return html(400, render_lookout_page(*found, context.now(), wrong));
    }
    const auto answered = co_await context.db.write(&app::answer_lookout, std::move(input));
    if (!answered)
        co_return html(status_of(answered.error().fault),
                       render_lookout_page(*found, context.now(), answered.error()));
    context.wake_jobs();
    net::Response response;
    response.status = 303;
    response.with("location", "/s/" + token).with("cache-control", "no-store");
    co_return response;
}

}  // namespace

void add_lookouts_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/lookouts";
    router.add(Method::get, base, handle(context, &list));
    router.add(Method::post, base, handle(context, &ask_friend));
    router.add(Method::delete_, base + "/:id", handle(context, &remove));
    router.add(Method::post, base + "/:id/home", handle(context, &come_home));
    router.add(Method::post, base + "/:id/longer", handle(context, &stay_longer));
    router.add(Method::post, base + "/:id/link", handle(context, &make_link));
    router.add(Method::get, "/s/:token", handle(context, &show_page));
    router.add(Method::post, "/s/:token", handle(context, &answer_page));
}

}  // namespace vv::api::visavis
