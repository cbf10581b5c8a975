#include "api/visavis/today.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/visavis/meetings.h"
#include "api/visavis/polls.h"
#include "api/visavis/reminders.h"
#include "api/visavis/suggestions.h"
#include "api/visavis/tally.h"
#include "app/today.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

json::value render(const app::StripMark& mark) {
    json::value person = nullptr;
    if (mark.person.is_set()) person = {{"id", to_string(mark.person)}, {"name", mark.name}};
    return {{"week", mark.week},           {"start", format_rfc3339(mark.start)},
            {"person", std::move(person)}, {"relation", core::to_string(mark.relation)},
            {"planned", mark.is_planned},  {"kind", mark.is_planned ? "meeting" : "encounter"}};
}

json::array render_all(const std::vector<app::MeetingView>& meetings) {
    json::array all;
    for (const auto& meeting : meetings) all.push_back(render_meeting(meeting));
    return all;
}

json::object render(const app::Today& today, Instant now) {
    json::array strip;
    for (const auto& mark : today.strip) strip.push_back(render(mark));
    json::array suggestions;
    for (const auto& one : today.suggestions)
        suggestions.push_back(render_suggestion(one, suggestions.size() + 1));
    const app::FirstSteps& steps = today.steps;
    json::object body;
    body["now"] = format_rfc3339(now);
    body["account"] = {{"full_name", today.account.full_name}, {"zone", today.account.zone.name()}};
    body["tally"] = render_tally(today.tally);
    body["strip"] = std::move(strip);
    body["next_meeting"] = nullptr;
    if (today.meetings.next) body["next_meeting"] = render_meeting(*today.meetings.next);
    body["to_answer"] = render_all(today.meetings.to_answer);
    body["to_vote"] = json::array();
    for (const app::PollView& poll : today.polls) body["to_vote"].as_array().push_back(render_poll(poll));
    body["to_confirm"] = render_all(today.meetings.to_confirm);
    body["reminders"] = json::array();
    for (const auto& one : today.reminders) body["reminders"].as_array().push_back(render_reminder(one));
    body["suggestions"] = std::move(suggestions);
    body["review"] = today.review;
    body["steps"] = {{"imported", steps.has_imported},
                     {"people", steps.people},
                     {"goal", steps.has_goal},
                     {"home", steps.has_home},
                     {"handshake", steps.has_shaken_hands}};
    return body;
}

/// GET /today
boost::asio::awaitable<Result<net::Response>> show(Context& context, net::Request request) {
    CO_TRY(const app::Today today, co_await read_as(context, request, &app::today));
    co_return ok(render(today, context.now()));
}

}  // namespace

void add_today_routes(net::Router& router, Context& context) {
    router.add(net::Method::get, "/api/visavis/v1/today", handle(context, &show));
}

}  // namespace vv::api::visavis
