#include "api/visavis/meetings.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "app/calendar.h"
#include "base/text.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

constexpr std::size_t kMostSlots = 50, kMostPlaces = 20;  // core says how many are too many

Result<const json::object*> object_of(const json::value& value, std::string_view field) {
    if (!value.is_object()) return bad_field(field, "a list of objects");
    return &value.get_object();
}

Result<std::vector<core::Slot>> parse_slots(const json::object& body) {
    TRY(const json::array* const items, array_field(body, "slots", kMostSlots));
    std::vector<core::Slot> slots;
    for (const json::value& item : *items) {
        TRY(const json::object* const one, object_of(item, "slots"));
        core::Slot slot;
        TRY(slot.when.start, time_field(*one, "start"));
        TRY(slot.when.end, time_field(*one, "end"));
        slots.push_back(slot);
    }
    return slots;
}

Result<core::MeetingPlace> parse_place(const json::object& one) {
    core::MeetingPlace place;
    TRY(const auto known, optional_raw_id(one, "id"));
    place.number = static_cast<int>(std::min<std::int64_t>(known.value_or(0), 1'000'000));
    TRY(place.name, text_field(one, "name"));
    TRY(const auto address, optional_text(one, "address"));
    TRY(place.at, optional_place(one, "at"));
    TRY(const auto is_public, optional_bool(one, "public"));
    place.address = address.value_or("");
    place.is_public = is_public.value_or(true);
    return place;
}

Result<std::vector<core::MeetingPlace>> parse_places(const json::object& body) {
    std::vector<core::MeetingPlace> places;
    if (!body.contains("places")) return places;
    TRY(const json::array* const items, array_field(body, "places", kMostPlaces));
    for (const json::value& item : *items) {
        TRY(const json::object* const one, object_of(item, "places"));
        TRY(core::MeetingPlace place, parse_place(*one));
        places.push_back(std::move(place));
    }
    return places;
}

Result<core::MeetingOffer> parse_offer(const json::object& body) {
    core::MeetingOffer offer;
    TRY(offer.slots, parse_slots(body));
    TRY(offer.places, parse_places(body));
    TRY(const auto message, optional_text(body, "message"));
    TRY(offer.answer_by, optional_time(body, "answer_by"));
    offer.message = message.value_or("");
    return offer;
}

Result<app::ProposeMeeting> parse_proposal(Context& context, const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    app::ProposeMeeting input;
    TRY(input.person, optional_id<core::PersonId>(body, "person"));
    TRY(const auto account, optional_text(body, "account"));
    TRY(const auto email, optional_text(body, "email"));
    TRY(input.proposal, parse_proposed(body));
    input.account = account.value_or("");
    input.email = email.value_or("");
    input.desk = meeting_desk(context);
    return input;
}

Result<app::AnswerMeeting> parse_answer(Context& context, const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    app::AnswerMeeting input;
    TRY(input.meeting, id_param<core::MeetingId>(request, "id"));
    input.desk = meeting_desk(context);
    TRY(const std::string answer, text_field(body, "answer"));
    if (answer == "decline") {
        input.reply = app::MeetingReply::decline;
    } else if (answer == "counter") {
        input.reply = app::MeetingReply::counter;
        TRY(input.offer, parse_offer(body));
    } else if (answer == "accept") {
        TRY(const std::int64_t slot, raw_id_field(body, "slot"));
        TRY(const auto place, optional_raw_id(body, "place"));
        input.acceptance.wishes.push_back(
            {static_cast<int>(std::min<std::int64_t>(slot, 1'000'000)), {}, core::Wish::yes});
        if (place) input.acceptance.place = static_cast<int>(std::min<std::int64_t>(*place, 1'000'000));
    } else {
        return bad_field("answer", "is 'accept', 'decline' or 'counter'");
    }
    return input;
}

// Who says "met" or not needs say no more.
Result<core::Outcome> parse_what(const json::object& body) {
    TRY(const auto what, optional_text(body, "what"));
    if (!what) {
        TRY(const bool met, bool_field(body, "met"));
        return met ? core::Outcome::met : core::Outcome::missed;
    }
    const auto outcome = core::parse_outcome(*what);
    if (!outcome || *outcome == core::Outcome::unsaid)
        return bad_field("what", "met, missed, not_there, absent or called_off");
    return *outcome;
}

Result<app::SayOutcome> parse_outcome(Context& context, const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    app::SayOutcome input;
    TRY(input.meeting, id_param<core::MeetingId>(request, "id"));
    TRY(input.outcome, parse_what(body));
    TRY(const auto feel, optional_text(body, "feel"));
    if (feel && *feel != "fine" && *feel != "not_fine") return bad_field("feel", "fine or not_fine");
    TRY(input.excuse, optional_text(body, "excuse"));
    input.feel = feel.value_or("");
    input.desk = meeting_desk(context);
    return input;
}

// "PART:AT:ID": where the last page ended.
std::string cursor_of(const store::meetings::Place& place) {
    return std::to_string(place.part) + ":" + std::to_string(place.at) + ":" + to_string(place.meeting);
}
Result<store::meetings::Place> parse_cursor(const std::string& text) {
    store::meetings::Place place;
    char rest = 0;
    long long at = 0;
    long long id = 0;
    if (std::sscanf(text.c_str(), "%1d:%19lld:%19lld%c", &place.part, &at, &id, &rest) != 3)
        return bad_field("after", "the cursor of the page before");
    place.at = at;
    place.meeting = {id};
    return place;
}

/// GET /meetings
awaitable<Result<net::Response>> list_meetings(Context& context, net::Request request) {
    CO_TRY(const Page wanted, parse_page(request, 100, 500));
    store::meetings::Page page;
    page.limit = wanted.limit;
    if (const auto state = text_query(request, "state")) {
        page.state = core::parse_meeting_state(*state);
        if (!page.state) co_return bad_field("state", "a meeting's state");
    }
    if (wanted.after) {
        CO_TRY(page.after, parse_cursor(*wanted.after));
    }
    CO_TRY(const auto found, co_await read_as(context, request, &app::list_meetings, page));
    json::array items;
    for (const app::MeetingView& view : found.items) items.push_back(render_meeting(view));
    std::optional<std::string> next;
    if (found.has_more) next = cursor_of(store::meetings::place_of(found.items.back().record.meeting));
    co_return ok(page_json(std::move(items), next));
}

/// POST /meetings
awaitable<Result<net::Response>> propose_meeting(Context& context, net::Request request) {
    CO_TRY(app::ProposeMeeting input, parse_proposal(context, request));
    CO_TRY(const auto view, co_await write_as(context, request, &app::propose_meeting, std::move(input)));
    co_return created(render_meeting(view));
}

/// POST /meetings/preview
awaitable<Result<net::Response>> preview_meeting(Context& context, net::Request request) {
    CO_TRY(app::ProposeMeeting input, parse_proposal(context, request));
    CO_TRY(const auto preview, co_await read_as(context, request, &app::preview_meeting, std::move(input)));
    co_return ok(render_preview(preview));
}

/// GET /meetings/:id
awaitable<Result<net::Response>> show_meeting(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::MeetingId>(request, "id"));
    CO_TRY(const auto view, co_await read_as(context, request, &app::find_meeting, id));
    co_return ok(render_meeting(view));
}

/// POST /meetings/:id/answer
awaitable<Result<net::Response>> answer_meeting(Context& context, net::Request request) {
    CO_TRY(app::AnswerMeeting input, parse_answer(context, request));
    CO_TRY(const auto view, co_await write_as(context, request, &app::answer_meeting, std::move(input)));
    co_return ok(render_meeting(view));
}

/// POST /meetings/:id/cancel
awaitable<Result<net::Response>> cancel_meeting(Context& context, net::Request request) {
    app::CancelMeeting input;
    CO_TRY(input.meeting, id_param<core::MeetingId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const auto message, optional_text(body, "message"));
    input.message = message.value_or("");
    input.desk = meeting_desk(context);
    CO_TRY(const auto view, co_await write_as(context, request, &app::cancel_meeting, std::move(input)));
    co_return ok(render_meeting(view));
}

/// POST /meetings/:id/outcome
awaitable<Result<net::Response>> report_outcome(Context& context, net::Request request) {
    CO_TRY(app::SayOutcome input, parse_outcome(context, request));
    CO_TRY(const auto view, co_await write_as(context, request, &app::say_outcome, std::move(input)));
    co_return ok(render_meeting(view));
}

/// POST /meetings/:id/excuse
awaitable<Result<net::Response>> accept_excuse(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::MeetingId>(request, "id"));
    app::MeetingDesk desk = meeting_desk(context);
    CO_TRY(const auto view, co_await write_as(context, request, &app::accept_excuse, id, std::move(desk)));
    co_return ok(render_meeting(view));
}

/// POST /meetings/:id/link
awaitable<Result<net::Response>> make_link(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::MeetingId>(request, "id"));
    app::MeetingDesk desk = meeting_desk(context);
    CO_TRY(const auto view,
           co_await write_as(context, request, &app::make_invitation_link, id, std::move(desk)));
    co_return ok(render_meeting(view));
}

/// GET /meetings/:id/invitation.ics
awaitable<Result<net::Response>> show_calendar(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::MeetingId>(request, "id"));
    CO_TRY(std::string file,
           co_await read_as(context, request, &app::meeting_calendar, id, context.base_url));
    net::Response response(200, "text/calendar; method=PUBLISH; charset=utf-8", std::move(file));
    response.with("content-disposition", "attachment; filename=\"meeting.ics\"")
        .with("cache-control", "no-store");
    co_return response;
}

}  // namespace

Result<core::Proposal> parse_proposed(const json::object& body) {
    core::Proposal proposal;
    TRY(const std::string kind, text_field(body, "kind"));
    const auto known = core::parse_meeting_kind(kind);
    if (!known) return bad_field("kind", "coffee, lunch, dinner, walk, conference, gathering or visit");
    proposal.kind = *known;
    TRY(const auto title, optional_text(body, "title"));
    TRY(const auto purpose, optional_text(body, "purpose"));
    TRY(const auto zone, optional_text(body, "zone"));
    TRY(proposal.offer, parse_offer(body));
    proposal.title = title.value_or("");
    proposal.purpose = purpose.value_or("");
    proposal.zone = zone.value_or("");
    return proposal;
}

app::MeetingDesk meeting_desk(Context& context) {
    return {&context.ids, context.base_url, context.mail_from, context.mailbox};
}

void add_meetings_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/meetings";
    router.add(Method::get, base, handle(context, &list_meetings));
    router.add(Method::post, base, handle(context, &propose_meeting));
    router.add(Method::post, base + "/preview", handle(context, &preview_meeting));
    router.add(Method::get, base + "/:id", handle(context, &show_meeting));
    router.add(Method::post, base + "/:id/answer", handle(context, &answer_meeting));
    router.add(Method::post, base + "/:id/cancel", handle(context, &cancel_meeting));
    router.add(Method::post, base + "/:id/outcome", handle(context, &report_outcome));
    router.add(Method::post, base + "/:id/excuse", handle(context, &accept_excuse));
    router.add(Method::post, base + "/:id/link", handle(context, &make_link));
    router.add(Method::get, base + "/:id/invitation.ics", handle(context, &show_calendar));
}

}  // namespace vv::api::visavis
