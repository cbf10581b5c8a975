#include "api/visavis/reminders.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cmath>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

constexpr std::array<std::string_view, 7> kDays{"sunday",   "monday", "tuesday", "wednesday",
                                                "thursday", "friday", "saturday"};

template <class AnyId>
json::value id_or_null(const std::optional<AnyId>& id) {
    return id ? json::value(to_string(*id)) : json::value(nullptr);
}

json::value render(const app::ReminderWishes& wishes) {
    json::array muted;
    for (const auto kind : wishes.muted) muted.emplace_back(core::to_string(kind));
    json::object body;
    body["a_week"] = wishes.a_week;
    body["muted"] = std::move(muted);
    body["digest"] = wishes.digest;
    body["digest_day"] = kDays[wishes.digest_day.c_encoding()];
    body["paused_until"] =
        wishes.paused_until ? json::value(format_date(*wishes.paused_until)) : json::value(nullptr);
    return body;
}

Result<app::ReminderWishes> parse_wishes(const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    app::ReminderWishes wishes;
    TRY(const std::int64_t a_week, integer_field(body, "a_week", 0, 1'000));
    wishes.a_week = static_cast<int>(a_week);
    TRY(const auto muted, texts_field(body, "muted", 100));
    for (const std::string& name : muted) {
        const auto kind = core::parse_reminder_kind(name);
        if (!kind) return bad_field("muted", "a list of kinds of reminders");
        wishes.muted.push_back(*kind);
    }
    TRY(wishes.digest, bool_field(body, "digest"));
    TRY(const std::string day, text_field(body, "digest_day", 10));
    const auto at = std::ranges::find(kDays, day);
    if (at == kDays.end()) return bad_field("digest_day", "a weekday like monday");
    wishes.digest_day = std::chrono::weekday(static_cast<unsigned>(at - kDays.begin()));
    TRY(const auto until, optional_text(body, "paused_until", 10));
    if (until) {
        TRY(wishes.paused_until, parse_date(*until));
    }
    return wishes;
}

/// GET /reminders
awaitable<Result<net::Response>> list(Context& context, net::Request request) {
    CO_TRY(const auto open, co_await read_as(context, request, &app::list_reminders));
    json::array items;
    for (const auto& one : open) items.push_back(render_reminder(one));
    co_return ok(page_json(std::move(items)));
}

/// POST /reminders/:id/done
awaitable<Result<net::Response>> finish(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::ReminderId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done done, co_await write_as(context, request, &app::finish_reminder, id));
    co_return no_content();
}

/// POST /reminders/:id/snooze
awaitable<Result<net::Response>> snooze(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::ReminderId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const std::string until, text_field(body, "until", 20));
    const auto chosen = core::parse_snooze(until);
    if (!chosen) co_return bad_field("until", "is 'tomorrow' or 'week'");
    CO_TRY([[maybe_unused]] const Done done,
           co_await write_as(context, request, &app::snooze_reminder, id, *chosen));
    co_return no_content();
}

/// POST /reminders/:id/mute
awaitable<Result<net::Response>> mute(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::ReminderId>(request, "id"));
    CO_TRY([[maybe_unused]] const Done done,
           co_await write_as(context, request, &app::mute_reminder_kind, id));
    co_return no_content();
}

/// GET /reminders/settings
awaitable<Result<net::Response>> show_settings(Context& context, net::Request request) {
    CO_TRY(const auto wishes, co_await read_as(context, request, &app::reminder_wishes));
    co_return ok(render(wishes));
}

/// PUT /reminders/settings
awaitable<Result<net::Response>> set_settings(Context& context, net::Request request) {
    CO_TRY(app::ReminderWishes wishes, parse_wishes(request));
    CO_TRY(const auto kept,
           co_await write_as(context, request, &app::set_reminder_wishes, std::move(wishes)));
    co_return ok(render(kept));
}

/// PUT /people/:id/cadence
awaitable<Result<net::Response>> set_cadence(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PersonId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const auto days, optional_integer(body, "days", 0, 100'000));
    const std::optional<int> wanted = days ? std::optional(static_cast<int>(*days)) : std::nullopt;
    CO_TRY(const auto cadences, co_await write_as(context, request, &app::set_cadence, id, wanted));
    co_return ok(render_cadence(cadences));
}

}  // namespace

json::value render_reminder(const app::OpenReminder& open) {
    const core::Reminder& r = open.reminder;
    json::array snoozes;
    for (const core::Snooze snooze : open.snoozes)
        snoozes.emplace_back(snooze == core::Snooze::week ? "week" : "tomorrow");
    json::object body;
    body["id"] = to_string(open.id);
    body["kind"] = core::to_string(r.kind);
    body["text"] = r.text;
    body["why"] = json::array(r.why.begin(), r.why.end());
    body["person"] = nullptr;
    if (r.person) body["person"] = {{"id", to_string(*r.person)}, {"name", open.person_name}};
    body["meeting"] = id_or_null(r.meeting);
    body["encounter"] = id_or_null(r.encounter);
    body["until"] = format_rfc3339(r.until);
    body["snoozes"] = std::move(snoozes);
    return body;
}

json::value render_cadence(const store::reminders::Cadences& cadences) {
    json::object body;
    body["days"] = cadences.wanted ? json::value(cadences.wanted->days) : json::value(nullptr);
    body["usual_days"] =
        cadences.usual ? json::value(std::lround(cadences.usual->count())) : json::value(nullptr);
    return body;
}

void add_reminders_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/reminders";
    router.add(Method::get, base, handle(context, &list));
    router.add(Method::get, base + "/settings", handle(context, &show_settings));
    router.add(Method::put, base + "/settings", handle(context, &set_settings));
    router.add(Method::post, base + "/:id/done", handle(context, &finish));
    router.add(Method::post, base + "/:id/snooze", handle(context, &snooze));
    router.add(Method::post, base + "/:id/mute", handle(context, &mute));
    router.add(Method::put, "/api/visavis/v1/people/:id/cadence", handle(context, &set_cadence));
}

}  // namespace vv::api::visavis
