#include "api/visavis/guests.h"

#include "api/http/faults.h"
#include "api/http/handle.h"
#include "api/visavis/guest_page.h"
#include "api/visavis/meetings.h"
#include "app/polls.h"
#include "app/reminders_mail.h"
#include "app/stop_links.h"
#include "base/text.h"
#include "net/target.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace vv::api::visavis {
namespace {

using app::GuestReply;
using boost::asio::awaitable;

net::Response html(int status, std::string page) {
    net::Response response(status, "text/html; charset=utf-8", std::move(page));
    response.with("cache-control", "no-store").with("x-robots-tag", "noindex");
    return response;
}

net::Response see(std::string address) {
    net::Response response;
    response.status = 303;
    response.with("location", std::move(address)).with("cache-control", "no-store");
    return response;
}

Zone zone_for(std::string_view wanted, const Zone& otherwise) {
    const auto zone = Zone::find(wanted);
    return zone ? *zone : otherwise;
}

std::optional<GuestReply> parse_reply(std::string_view name) {
    constexpr auto kReplies =
        std::to_array<std::pair<std::string_view, GuestReply>>({{"accept", GuestReply::accept},
                                                                {"decline", GuestReply::decline},
                                                                {"counter", GuestReply::counter},
                                                                {"cancel", GuestReply::cancel},
                                                                {"met", GuestReply::met},
                                                                {"missed", GuestReply::missed},
                                                                {"not_there", GuestReply::not_there},
                                                                {"absent", GuestReply::absent},
                                                                {"called_off", GuestReply::called_off}});
    for (const auto& [known, reply] : kReplies)
        if (known == name) return reply;
    return std::nullopt;
}

int parse_number(std::string_view text) {
    int number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc() && end == text.data() + text.size() ? number : 0;
}

// "19:30"; a browser without a field for times takes it as plain text.
std::optional<std::chrono::minutes> parse_clock(std::string_view text) {
    const std::vector<std::string_view> parts = split(trim(text), ':');
    if (parts.size() < 2 || parts[0].empty() || parts[1].size() != 2) return std::nullopt;
    const int hour = parse_number(parts[0]);
    const int minute = parse_number(parts[1]);
    if (hour > 23 || hour < 0 || minute > 59 || minute < 0) return std::nullopt;
    return std::chrono::hours(hour) + std::chrono::minutes(minute);
}

// One row of the suggestion's form. An end before its start is on the next day.
Result<core::Slot> parse_row(const Form& form, const std::string& n, const Zone& zone) {
    const auto date = parse_date(form.value("date" + n));
    const auto start = parse_clock(form.value("start" + n));
    const auto end = parse_clock(form.value("end" + n));
    if (!date || !start || !end)
        return Error{Fault::invalid, "meeting.times",
                     "A time needs a date like 2026-12-03, and hours like 19:30."};
    const auto day = std::chrono::local_days(*date);
    core::Slot slot;
    slot.when.start = zone.to_utc(day + *start);
    slot.when.end = zone.to_utc(day + *end + std::chrono::days(*end <= *start ? 1 : 0));
    return slot;
}

Result<core::MeetingOffer> parse_offer(const Form& form, const Zone& zone,
                                       const app::GuestInvitation& invitation) {
    core::MeetingOffer offer;
    for (int row = 1; row <= kGuestTimes; ++row) {
        const std::string n = std::to_string(row);
        if (form.value("date" + n).empty() && form.value("start" + n).empty()) continue;
        TRY(const core::Slot slot, parse_row(form, n, zone));
        offer.slots.push_back(slot);
    }
    offer.message = std::string(form.value("message"));
    const std::string_view place = trim(form.value("newplace"));
    const auto& places = invitation.meeting.places;
    const bool is_known =
        std::ranges::any_of(places, [&](const core::MeetingPlace& each) { return each.name == place; });
    if (place.empty() || is_known) return offer;  // none at all: the places stay
    core::MeetingPlace named;
    named.name = std::string(place);
    offer.places.push_back(std::move(named));
    return offer;
}

core::Acceptance parse_acceptance(const Form& form, const core::Meeting& meeting) {
    core::Acceptance acceptance;
    for (const core::Slot& slot : meeting.slots) {
        const auto wish = core::parse_wish(form.value("s" + std::to_string(slot.number)));
        if (!wish) continue;
        core::Slot answered;
        answered.number = slot.number;
        answered.answer = *wish;
        acceptance.wishes.push_back(answered);
    }
    if (const int place = parse_number(form.value("place")); place > 0) acceptance.place = place;
    return acceptance;
}

Result<app::AnswerInvitation> parse_answer(Context& context, const Form& form,
                                           const app::GuestInvitation& invitation, std::string token) {
    const auto reply = parse_reply(form.value("reply"));
    if (!reply) return Error{Fault::invalid, "body.field", "Choose one of the answers."};
    const Zone zone = zone_for(form.value("zone"), invitation.zone);
    app::AnswerInvitation input;
    input.token = std::move(token);
    input.reply = *reply;
    input.acceptance = parse_acceptance(form, invitation.meeting);
    if (*reply == GuestReply::counter) {
        TRY(input.offer, parse_offer(form, zone, invitation));
    }
    input.message = std::string(form.value("message"));
    input.zone = std::string(form.value("zone"));
    input.email = std::string(trim(form.value("email")));
    input.desk = meeting_desk(context);
    input.now = context.now();
    return input;
}

net::Response page_of(Context& context, const app::GuestInvitation& invitation, GuestView view) {
    view.now = context.now();
    const int status = view.error ? status_of(view.error->fault) : 200;
    return html(status, render_invitation(invitation, view));
}

/// GET /m/:token/meeting.ics
awaitable<Result<net::Response>> guest_calendar(Context& context, net::Request request) {
    const std::string token = request.param("token");
    auto file = co_await context.db.read(&app::guest_calendar, token);
    if (!file) co_return html(404, render_unknown("guest"));
    net::Response response(200, "text/calendar; method=PUBLISH; charset=utf-8", *std::move(file));
    response.with("content-disposition", "attachment; filename=\"meeting.ics\"")
        .with("cache-control", "no-store");
    co_return response;
}

std::vector<core::PollWish> parse_wishes(const Form& form, const core::Poll& poll) {
    const bool declines = form.value("reply") == "decline";
    std::vector<core::PollWish> wishes;
    for (const core::PollTime& time : poll.times) {
        const auto wish = core::parse_wish(form.value("s" + std::to_string(time.number)));
        const core::Wish said = declines ? core::Wish::no : wish.value_or(core::Wish::none);
        wishes.push_back({time.number, said});
    }
    return wishes;
}

Result<app::VoteByLink> parse_vote(Context& context, const Form& form, const app::GuestPoll& poll,
                                   std::string token) {
    app::VoteByLink input;
    input.token = std::move(token);
    input.wishes = parse_wishes(form, poll.view.poll);
    input.zone = std::string(form.value("zone"));
    input.email = std::string(trim(form.value("email")));
    input.desk = meeting_desk(context);
    input.now = context.now();
    return input;
}

net::Response page_of(Context& context, const app::GuestPoll& poll, GuestView view) {
    if (poll.view.meeting) return see("/m/" + view.token);
    view.now = context.now();
    const int status = view.error ? status_of(view.error->fault) : 200;
    return html(status, render_guest_poll(poll, view));
}

/// GET /m/:token, GET /p/:token — what the link opens, in the zone that was chosen.
template <auto kOpen>
awaitable<Result<net::Response>> show(Context& context, net::Request request) {
    GuestView view;
    view.token = request.param("token");
    const auto opened = co_await context.db.read(kOpen, view.token);
    if (!opened) co_return html(404, render_unknown("guest"));
    view.zone = zone_for(request.query_value("zone").value_or(""), opened->zone);
    co_return page_of(context, *opened, std::move(view));
}

/// POST /m/:token, POST /p/:token — what went wrong stands on the page, above what was typed.
template <auto kOpen, auto kParse, auto kAnswer>
awaitable<Result<net::Response>> answer(Context& context, net::Request request) {
    GuestView view;
    view.token = request.param("token");
    const auto opened = co_await context.db.read(kOpen, view.token);
    if (!opened) co_return html(404, render_unknown("guest"));
    view.typed.fields = net::parse_form(request.body);
    view.zone = zone_for(view.typed.value("zone"), opened->zone);
    auto input = kParse(context, view.typed, *opened, view.token);
    if (!input) {
        view.error = input.error();
        co_return page_of(context, *opened, std::move(view));
    }
    const auto answered = co_await context.db.write(kAnswer, *std::move(input));
    if (!answered) {
        view.error = answered.error();
        co_return page_of(context, *opened, std::move(view));
    }
    context.wake_jobs();
    co_return see(std::string(request.path));
}

/// GET /stop/:token
awaitable<Result<net::Response>> show_stop(Context& context, net::Request request) {
    const std::string token = request.param("token");
    const auto stopped = co_await context.db.read(&app::is_stopped, token);
    if (!stopped) co_return html(404, render_unknown("stop"));
    const StopPage page = *stopped ? StopPage::stopped : StopPage::asks;
    co_return html(200, render_stop("stop", page, context.host()));
}

/// POST /stop/:token — by the button, or in one click by a mail program (RFC 8058), which says nothing else.
awaitable<Result<net::Response>> stop_mail(Context& context, net::Request request) {
    const std::string token = request.param("token");
    Form form;
    form.fields = net::parse_form(request.body);
    const bool resumes = form.value("do") == "resume";
    Result<Done> done = Done{};
    if (resumes)
        done = co_await context.db.write(&app::resume_by_link, token);
    else
        done = co_await context.db.write(&app::stop_by_link, token, context.now());
    if (!done) co_return html(404, render_unknown("stop"));
    const StopPage page = resumes ? StopPage::resumed : StopPage::stopped;
    co_return html(200, render_stop("stop", page, context.host()));
}

/// GET /stop/digest/:token
awaitable<Result<net::Response>> show_stop_digest(Context& context, net::Request request) {
    const std::string token = request.param("token");
    const auto stopped = co_await context.db.read(&app::is_digest_stopped, token);
    if (!stopped) co_return html(404, render_unknown("stop"));
    const StopPage page = *stopped ? StopPage::stopped : StopPage::asks;
    co_return html(200, render_stop("digest", page, context.host()));
}

/// POST /stop/digest/:token — as above.
awaitable<Result<net::Response>> stop_digest(Context& context, net::Request request) {
    const std::string token = request.param("token");
    Form form;
    form.fields = net::parse_form(request.body);
    const bool resumes = form.value("do") == "resume";
    const auto done = co_await context.db.write(&app::set_digest_by_link, token, resumes);
    if (!done) co_return html(404, render_unknown("stop"));
    const StopPage page = resumes ? StopPage::resumed : StopPage::stopped;
    co_return html(200, render_stop("digest", page, context.host()));
}

}  // namespace

void add_guests_routes(net::Router& router, Context& context) {
    using net::Method;
    router.add(Method::get, "/m/:token", handle(context, &show<&app::open_invitation>));
    router.add(Method::post, "/m/:token",
               handle(context, &answer<&app::open_invitation, &parse_answer, &app::answer_invitation>));
    router.add(Method::get, "/m/:token/meeting.ics", handle(context, &guest_calendar));
    router.add(Method::get, "/p/:token", handle(context, &show<&app::open_poll_link>));
    router.add(Method::post, "/p/:token",
               handle(context, &answer<&app::open_poll_link, &parse_vote, &app::vote_by_link>));
    router.add(Method::get, "/stop/:token", handle(context, &show_stop));
    router.add(Method::post, "/stop/:token", handle(context, &stop_mail));
    router.add(Method::get, "/stop/digest/:token", handle(context, &show_stop_digest));
    router.add(Method::post, "/stop/digest/:token", handle(context, &stop_digest));
}

}  // namespace vv::api::visavis
