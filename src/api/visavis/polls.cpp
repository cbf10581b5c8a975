#include "api/visavis/polls.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/meetings.h"
#include "app/polls.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <charconv>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

constexpr std::size_t kMostInvitees = 200;  // core says how many are too many

Result<app::PollInvitee> parse_invitee(const json::value& item) {
    if (!item.is_object()) return bad_field("invitees", "a list of objects");
    const json::object& one = item.get_object();
    app::PollInvitee invitee;
    TRY(invitee.person, optional_id<core::PersonId>(one, "person"));
    TRY(const auto account, optional_text(one, "account"));
    TRY(const auto email, optional_text(one, "email"));
    TRY(const auto must_come, optional_bool(one, "must_come"));
    invitee.account = account.value_or("");
    invitee.email = email.value_or("");
    invitee.must_come = must_come.value_or(false);
    return invitee;
}

Result<app::MakePoll> parse_poll(Context& context, const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    app::MakePoll input;
    TRY(const json::array* const items, array_field(body, "invitees", kMostInvitees));
    for (const json::value& item : *items) {
        TRY(app::PollInvitee invitee, parse_invitee(item));
        input.invitees.push_back(std::move(invitee));
    }
    TRY(input.proposal, parse_proposed(body));
    input.desk = meeting_desk(context);
    return input;
}

// {"1": "yes", "2": "no"}: by the time's id.
Result<std::vector<core::PollWish>> parse_wishes(const net::Request& request) {
    TRY(const json::object body, parse_body(request));
    const json::value* const answers = body.if_contains("answers");
    if (!answers || !answers->is_object()) return bad_field("answers", "an answer for each time's id");
    std::vector<core::PollWish> wishes;
    for (const auto& [id, answer] : answers->get_object()) {
        const auto wish = answer.is_string() ? core::parse_wish(answer.get_string()) : std::nullopt;
        int number = 0;
        const auto parsed = std::from_chars(id.data(), id.data() + id.size(), number);
        if (!wish || parsed.ec != std::errc()) return bad_field("answers", "yes, if_need_be, no or none");
        wishes.push_back({number, *wish});
    }
    return wishes;
}

json::value render_answers(const core::PollVoter& voter) {
    if (!voter.answered_at) return nullptr;
    json::object answers;
    for (const core::PollWish& one : voter.wishes)
        answers[std::to_string(one.time)] = core::to_string(one.wish);
    return answers;
}

json::value render_standing(const app::PollView& view, int time) {
    for (std::size_t i = 0; i < view.standings.size(); ++i) {
        const core::PollStanding& one = view.standings[i];
        if (one.time != time) continue;
        json::object body;
        body["rank"] = i + 1;
        body["yes"] = one.yes;
        body["if_need_be"] = one.if_need_be;
        body["no"] = one.no;
        body["unanswered"] = one.unanswered;
        body["can"] = one.can;
        body["suits_all"] = one.suits_all;
        body["suits_you"] = one.suits_organiser;
        return body;
    }
    return nullptr;
}

json::array render_times(const app::PollView& view) {
    json::array times;
    for (const core::PollTime& time : view.poll.times) {
        json::object body;
        body["id"] = std::to_string(time.number);
        body["start"] = format_rfc3339(time.when.start);
        body["end"] = format_rfc3339(time.when.end);
        body["standing"] = render_standing(view, time.number);
        times.push_back(std::move(body));
    }
    return times;
}

json::value render_mail(const app::PollVoterView& voter) {
    if (!voter.mail) return nullptr;
    json::object body;
    body["to"] = text_or_null(voter.mail_to);
    body["state"] = *voter.mail == app::MailState::refused ? "refused"
                    : *voter.mail == app::MailState::sent  ? "sent"
                                                           : "by_hand";
    return body;
}

json::object render_voter(const app::PollView& view, const app::PollVoterView& voter) {
    json::object body;
    body["id"] = std::to_string(voter.vote.number);
    body["name"] = voter.name;
    body["account"] = text_or_null(voter.handle);
    body["you"] = view.me != 0 && voter.vote.number == view.me;
    body["must_come"] = view.is_mine && voter.vote.must_come;
    body["answers"] = render_answers(voter.vote);
    body["mail"] = render_mail(voter);
    body["link"] = text_or_null(voter.link);
    body["meeting"] = voter.meeting ? json::value(to_string(*voter.meeting)) : json::value(nullptr);
    return body;
}

}  // namespace

json::object render_poll(const app::PollView& view) {
    const core::Poll& poll = view.poll;
    json::object body;
    body["id"] = to_string(poll.id);
    body["role"] = view.is_mine ? "organiser" : "voter";
    body["state"] = core::to_string(poll.state);
    body["kind"] = core::to_string(poll.kind);
    body["title"] = view.title;
    body["organiser"] = view.organiser;
    body["purpose"] = text_or_null(poll.purpose);
    body["message"] = text_or_null(poll.message);
    body["zone"] = poll.zone;
    body["place"] = render_place(poll.place);
    body["closes_at"] = format_rfc3339(poll.closes_at);
    body["times"] = render_times(view);
    body["best"] = view.standings.empty() ? json::value(nullptr)
                                          : json::value(std::to_string(view.standings.front().time));
    body["picked"] = poll.picked ? json::value(std::to_string(*poll.picked)) : json::value(nullptr);
    json::array voters;
    for (const app::PollVoterView& voter : view.voters) voters.push_back(render_voter(view, voter));
    body["voters"] = std::move(voters);
    body["has_kept_away"] = view.has_kept_away;
    body["meeting"] = view.meeting ? json::value(to_string(*view.meeting)) : json::value(nullptr);
    return body;
}

namespace {

/// GET /polls
awaitable<Result<net::Response>> list_polls(Context& context, net::Request request) {
    CO_TRY(const auto list, co_await read_as(context, request, &app::list_polls));
    json::array asked;
    for (const app::PollView& view : list.asked) asked.push_back(render_poll(view));
    json::array mine;
    for (const app::PollView& view : list.mine) mine.push_back(render_poll(view));
    json::object body;
    body["asked"] = std::move(asked);
    body["mine"] = std::move(mine);
    co_return ok(std::move(body));
}

/// POST /polls
awaitable<Result<net::Response>> make_poll(Context& context, net::Request request) {
    CO_TRY(app::MakePoll input, parse_poll(context, request));
    CO_TRY(const auto view, co_await write_as(context, request, &app::make_poll, std::move(input)));
    co_return created(render_poll(view));
}

/// GET /polls/:id
awaitable<Result<net::Response>> show_poll(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PollId>(request, "id"));
    CO_TRY(const auto view, co_await read_as(context, request, &app::find_poll, id));
    co_return ok(render_poll(view));
}

/// PUT /polls/:id/answers
awaitable<Result<net::Response>> vote_in_poll(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PollId>(request, "id"));
    CO_TRY(std::vector<core::PollWish> wishes, parse_wishes(request));
    app::MeetingDesk desk = meeting_desk(context);
    CO_TRY(const auto view,
           co_await write_as(context, request, &app::vote_in_poll, id, std::move(wishes), std::move(desk)));
    co_return ok(render_poll(view));
}

/// POST /polls/:id/pick
awaitable<Result<net::Response>> pick_in_poll(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PollId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const std::int64_t time, raw_id_field(body, "time"));
    app::MeetingDesk desk = meeting_desk(context);
    const int number = static_cast<int>(std::min<std::int64_t>(time, 1'000'000));
    CO_TRY(const auto view,
           co_await write_as(context, request, &app::pick_in_poll, id, number, std::move(desk)));
    co_return ok(render_poll(view));
}

/// POST /polls/:id/close
awaitable<Result<net::Response>> close_poll(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PollId>(request, "id"));
    app::MeetingDesk desk = meeting_desk(context);
    CO_TRY(const auto view, co_await write_as(context, request, &app::close_poll, id, std::move(desk)));
    co_return ok(render_poll(view));
}

/// POST /polls/:id/voters/:voter/link
awaitable<Result<net::Response>> make_poll_link(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::PollId>(request, "id"));
    CO_TRY(const auto voter, id_param<core::PollId>(request, "voter"));
    app::MeetingDesk desk = meeting_desk(context);
    const int number = static_cast<int>(std::min<std::int64_t>(voter.value, 1'000'000));
    CO_TRY(const auto view,
           co_await write_as(context, request, &app::make_poll_link, id, number, std::move(desk)));
    co_return ok(render_poll(view));
}

}  // namespace

void add_polls_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/polls";
    router.add(Method::get, base, handle(context, &list_polls));
    router.add(Method::post, base, handle(context, &make_poll));
    router.add(Method::get, base + "/:id", handle(context, &show_poll));
    router.add(Method::put, base + "/:id/answers", handle(context, &vote_in_poll));
    router.add(Method::post, base + "/:id/pick", handle(context, &pick_in_poll));
    router.add(Method::post, base + "/:id/close", handle(context, &close_poll));
    router.add(Method::post, base + "/:id/voters/:voter/link", handle(context, &make_poll_link));
}

}  // namespace vv::api::visavis
