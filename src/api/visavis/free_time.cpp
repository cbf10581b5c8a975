#include "api/visavis/free_time.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "app/free_time.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<const char*, 7> kDays{"monday", "tuesday",  "wednesday", "thursday",
                                           "friday", "saturday", "sunday"};
constexpr std::size_t kMostRanges = 50, kMostDays = 1'000;  // core says how many are too many

std::string clock_of(minutes time) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d", static_cast<int>(time / hours(1)),
                  static_cast<int>((time % hours(1)).count()));
    return text.data();
}

// "09:30", and "24:00" for a day's end.
Result<minutes> clock_field(const json::object& range, std::string_view name) {
    TRY(const std::string text, text_field(range, name, 5));
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4) ||
        text[3] > '5')
        return bad_field(name, "a time of the day like 09:30");
    return minutes(((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0');
}

Result<Date> date_field(const json::object& range, std::string_view name) {
    TRY(const std::string text, text_field(range, name, 10));
    return parse_date(text);
}

Result<std::vector<core::HourRange>> parse_day(const json::object& week, std::string_view day) {
    std::vector<core::HourRange> ranges;
    if (!week.contains(day)) return ranges;
    TRY(const json::array* const items, array_field(week, day, kMostRanges));
    for (const json::value& item : *items) {
        if (!item.is_object()) return bad_field(day, "a list of hours");
        core::HourRange range;
        TRY(range.start, clock_field(item.get_object(), "start"));
        TRY(range.end, clock_field(item.get_object(), "end"));
        ranges.push_back(range);
    }
    return ranges;
}

Result<std::vector<core::DayRange>> parse_kept_free(const json::object& body) {
    std::vector<core::DayRange> kept;
    TRY(const json::array* const items, array_field(body, "kept_free", kMostDays));
    for (const json::value& item : *items) {
        if (!item.is_object()) return bad_field("kept_free", "a list of days");
        core::DayRange range;
        TRY(range.first, date_field(item.get_object(), "first"));
        TRY(range.last, date_field(item.get_object(), "last"));
        kept.push_back(range);
    }
    return kept;
}

Result<core::MeetingHabits> parse_habits(const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    TRY(const json::object* const week, optional_object(body, "hours"));
    if (!week) return bad_field("hours", "is an object with the hours of each weekday");
    core::MeetingHabits habits;
    for (std::size_t day = 0; day < kDays.size(); ++day) {
        TRY(habits.hours[day], parse_day(*week, kDays[day]));
    }
    TRY(const auto a_week, optional_integer(body, "a_week", 0, 1'000));
    TRY(const std::int64_t rest, integer_field(body, "rest_minutes", 0, 1'000'000));
    if (a_week) habits.pace.a_week = static_cast<int>(*a_week);
    habits.pace.rest = minutes(rest);
    TRY(habits.kept_free, parse_kept_free(body));
    return habits;
}

json::object render(const core::MeetingHabits& habits) {
    json::object week;
    for (std::size_t day = 0; day < kDays.size(); ++day) {
        json::array ranges;
        for (const core::HourRange& range : habits.hours[day])
            ranges.push_back({{"start", clock_of(range.start)}, {"end", clock_of(range.end)}});
        week[kDays[day]] = std::move(ranges);
    }
    json::array kept;
    for (const core::DayRange& range : habits.kept_free)
        kept.push_back({{"first", format_date(range.first)}, {"last", format_date(range.last)}});
    json::object body;
    body["hours"] = std::move(week);
    body["a_week"] = habits.pace.a_week ? json::value(*habits.pace.a_week) : json::value(nullptr);
    body["rest_minutes"] = habits.pace.rest.count();
    body["kept_free"] = std::move(kept);
    return body;
}

Result<app::FreeTimeWanted> parse_wanted(const net::Request& request) {
    app::FreeTimeWanted wanted;
    TRY(wanted.from, date_query(request, "from"));
    TRY(wanted.to, date_query(request, "to"));
    TRY(const auto duration, integer_query(request, "minutes", 5, std::int64_t{7} * 24 * 60));
    TRY(const auto limit, integer_query(request, "limit", 1, 100));
    TRY(const auto person, integer_query(request, "person", 1, std::numeric_limits<std::int64_t>::max()));
    wanted.duration = minutes(duration.value_or(60));
    wanted.limit = static_cast<std::size_t>(limit.value_or(10));
    if (person) wanted.person = core::PersonId{*person};
    if (const auto kind = text_query(request, "kind")) {
        wanted.kind = core::parse_meeting_kind(*kind);
        if (!wanted.kind) return bad_field("kind", "a kind of meeting");
    }
    for (const auto& [name, value] : request.query)
        if (name == "with") wanted.with.push_back(value);
    return wanted;
}

json::object render(const app::FreeTimeOther& other) {
    json::object body;
    body["handle"] = other.account.handle;
    body["name"] = other.account.name;
    body["shares"] = other.zone.has_value();
    body["zone"] = other.zone ? json::value(other.zone->name()) : json::value(nullptr);
    return body;
}

/// GET /free-time
awaitable<Result<net::Response>> show_free_time(Context& context, net::Request request) {
    CO_TRY(app::FreeTimeWanted wanted, parse_wanted(request));
    CO_TRY(const auto found, co_await read_as(context, request, &app::find_free_time, std::move(wanted)));
    json::array others, slots;
    for (const auto& other : found.others) others.push_back(render(other));
    for (const auto& slot : found.slots) {
        json::object one;
        one["start"] = format_rfc3339(slot.when.start);
        one["end"] = format_rfc3339(slot.when.end);
        one["can"] = json::array(slot.can.begin(), slot.can.end());
        one["cannot"] = json::array(slot.cannot.begin(), slot.cannot.end());
        slots.push_back(std::move(one));
    }
    json::object body;
    body["with"] = std::move(others);
    body["slots"] = std::move(slots);
    co_return ok(body);
}

/// GET /free-time/habits
awaitable<Result<net::Response>> show_habits(Context& context, net::Request request) {
    CO_TRY(const auto habits, co_await read_as(context, request, &app::meeting_habits));
    co_return ok(render(habits));
}

/// PUT /free-time/habits
awaitable<Result<net::Response>> set_habits(Context& context, net::Request request) {
    CO_TRY(core::MeetingHabits habits, parse_habits(request));
    CO_TRY(const auto tidied,
           co_await write_as(context, request, &app::set_meeting_habits, std::move(habits)));
    co_return ok(render(tidied));
}

/// GET /free-time/shares
awaitable<Result<net::Response>> list_shares(Context& context, net::Request request) {
    CO_TRY(const auto accounts, co_await read_as(context, request, &app::list_free_time_shares));
    json::array items;
    for (const auto& account : accounts)
        items.push_back({{"handle", account.handle}, {"name", account.name}});
    co_return ok(page_json(std::move(items)));
}

/// PUT /free-time/shares/:handle
awaitable<Result<net::Response>> share(Context& context, net::Request request) {
    std::string handle = request.param("handle");
    CO_TRY([[maybe_unused]] const Done done,
           co_await write_as(context, request, &app::share_free_time, std::move(handle)));
    co_return no_content();
}

/// DELETE /free-time/shares/:handle
awaitable<Result<net::Response>> unshare(Context& context, net::Request request) {
    std::string handle = request.param("handle");
    CO_TRY([[maybe_unused]] const Done done,
           co_await write_as(context, request, &app::unshare_free_time, std::move(handle)));
    co_return no_content();
}

json::object render_link(bool is_active, json::value url) {
    json::object body;
    body["active"] = is_active;
    body["url"] = std::move(url);
    return body;
}

/// GET /free-time/link
awaitable<Result<net::Response>> show_link(Context& context, net::Request request) {
    CO_TRY(const bool is_active, co_await read_as(context, request, &app::has_free_busy_link));
    co_return ok(render_link(is_active, nullptr));
}

/// POST /free-time/link
awaitable<Result<net::Response>> make_link(Context& context, net::Request request) {
    CO_TRY(const std::string secret, co_await write_as(context, request, &app::make_free_busy_link));
    co_return ok(render_link(true, json::value(context.base_url + "/calendar/" + secret + ".ifb")));
}

/// DELETE /free-time/link
awaitable<Result<net::Response>> remove_link(Context& context, net::Request request) {
    CO_TRY([[maybe_unused]] const Done removed,
           co_await write_as(context, request, &app::remove_free_busy_link));
    co_return no_content();
}

}  // namespace

void add_free_time_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/free-time";
    router.add(Method::get, base, handle(context, &show_free_time));
    router.add(Method::get, base + "/habits", handle(context, &show_habits));
    router.add(Method::put, base + "/habits", handle(context, &set_habits));
    router.add(Method::get, base + "/link", handle(context, &show_link));
    router.add(Method::post, base + "/link", handle(context, &make_link));
    router.add(Method::delete_, base + "/link", handle(context, &remove_link));
    router.add(Method::get, base + "/shares", handle(context, &list_shares));
    router.add(Method::put, base + "/shares/:handle", handle(context, &share));
    router.add(Method::delete_, base + "/shares/:handle", handle(context, &unshare));
}

}  // namespace vv::api::visavis
