#include "api/visavis/suggestions.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/people.h"
#include "app/suggestions.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {

json::value render_suggestion(const app::SuggestedMeeting& meeting, std::size_t rank) {
    const core::Suggestion& s = meeting.suggestion;
    json::array reasons;
    for (const core::Reason& reason : s.reasons)
        reasons.push_back({{"kind", reason.kind}, {"text", reason.text}, {"weight", reason.weight}});
    const std::optional<Instant> start = meeting.when ? std::optional(meeting.when->start) : std::nullopt;
    return {{"rank", rank},
            {"person", render_row(meeting.person)},
            {"shelf", core::to_string(s.shelf)},
            {"score", s.score},
            {"distance_km", s.distance_km ? json::value(*s.distance_km) : json::value(nullptr)},
            {"reasons", std::move(reasons)},
            {"suggested", {{"kind", core::to_string(s.idea)}, {"start", to_json(start)}, {"place", nullptr}}},
            {"draft", meeting.message}};
}

namespace {

Result<app::SuggestionsWanted> parse_wanted(const net::Request& request) {
    app::SuggestionsWanted wanted;
    wanted.city = text_query(request, "city").value_or("");
    TRY(wanted.near, place_query(request, "near"));
    TRY(wanted.within_km, number_query(request, "within", 0.1, 20'040));
    TRY(wanted.from, date_query(request, "from"));
    TRY(wanted.to, date_query(request, "to"));
    TRY(const auto limit, integer_query(request, "limit", 1, 100));
    wanted.limit = static_cast<std::size_t>(limit.value_or(10));
    if (const auto shelf = text_query(request, "shelf")) {
        wanted.shelf = core::parse_shelf(*shelf);
        if (!wanted.shelf) return bad_field("shelf", "is 'first', 'dormant' or 'strong'");
    }
    for (const auto& [name, value] : request.query) {
        if (name != "relation") continue;
        const auto relation = core::parse_relation(value);
        if (!relation) return bad_field("relation", "is none of the known ones");
        wanted.relations.push_back(*relation);
    }
    return wanted;
}

/// GET /suggestions
boost::asio::awaitable<Result<net::Response>> suggest(Context& context, net::Request request) {
    CO_TRY(app::SuggestionsWanted wanted, parse_wanted(request));
    CO_TRY(const auto meetings,
           co_await read_as(context, request, &app::suggest_meetings, std::move(wanted)));
    json::array items;
    for (const auto& meeting : meetings) items.push_back(render_suggestion(meeting, items.size() + 1));
    co_return ok(page_json(std::move(items)));
}

/// POST /suggestions/:person/dismiss
boost::asio::awaitable<Result<net::Response>> dismiss(Context& context, net::Request request) {
    CO_TRY(const auto person, id_param<core::PersonId>(request, "person"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const std::string until, text_field(body, "until", 20));
    if (until != "not_now" && until != "never") co_return bad_field("until", "is 'not_now' or 'never'");
    const auto dismissal = until == "never" ? app::Dismissal::never : app::Dismissal::not_now;
    CO_TRY(const Done done, co_await write_as(context, request, &app::dismiss_suggestion, person, dismissal));
    static_cast<void>(done);
    co_return no_content();
}

/// POST /suggestions/shown
boost::asio::awaitable<Result<net::Response>> note_shown(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(auto people, ids_field<core::PersonId>(body, "people", 100));
    CO_TRY(const Done done, co_await write_as(context, request, &app::note_shown, std::move(people)));
    static_cast<void>(done);
    co_return no_content();
}

}  // namespace

void add_suggestions_routes(net::Router& router, Context& context) {
    const std::string base = "/api/visavis/v1/suggestions";
    router.add(net::Method::get, base, handle(context, &suggest));
    router.add(net::Method::post, base + "/shown", handle(context, &note_shown));
    router.add(net::Method::post, base + "/:person/dismiss", handle(context, &dismiss));
}

}  // namespace vv::api::visavis
