#include "api/visavis/tally.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/kept_routes.h"
#include "api/http/paging.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <charconv>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

Result<int> year_param(const net::Request& request) {
    const std::string& text = request.param("year");
    int year = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), year);
    if (failed != std::errc() || end != text.data() + text.size() || year < 1900 || year > 9999)
        return Error(Fault::not_found, "goal.year", "A goal belongs to a year from 1900 to 9999.");
    return year;
}

/// Absent: as they are.
Result<std::optional<std::map<core::Relation, int>>> relations_field(const json::object& body) {
    std::optional<std::map<core::Relation, int>> targets;
    TRY(const json::object* const given, optional_object(body, "by_relation"));
    if (!given) return targets;
    targets.emplace();
    for (const auto& member : *given) {
        const auto relation = core::parse_relation(member.key());
        if (!relation) return bad_field("by_relation", "has known relations");
        TRY(const std::int64_t target, integer_field(*given, member.key(), 1, 10'000));
        (*targets)[*relation] = static_cast<int>(target);
    }
    return targets;
}

/// GET /tally
awaitable<Result<Answered<net::Response>>> show(Context& context, net::Request request) {
    CO_TRY(const auto year, integer_query(request, "year", 1900, 9999));
    const std::optional<int> of_year = year ? std::optional(static_cast<int>(*year)) : std::nullopt;
    CO_TRY(const auto tally, co_await read_answered(context, request, &app::tally_year, of_year));
    co_return tally.with(ok(render_tally(tally.value)));
}

/// PUT /goals/:year
awaitable<Result<net::Response>> set_goal(Context& context, net::Request request) {
    CO_TRY(const int year, year_param(request));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const std::int64_t target, integer_field(body, "target", 1, 10'000));
    CO_TRY(auto by_relation, relations_field(body));
    CO_TRY(const Done done, co_await write_as(context, request, &app::set_goal, year,
                                              static_cast<int>(target), std::move(by_relation)));
    static_cast<void>(done);
    co_return no_content();
}

/// DELETE /goals/:year
awaitable<Result<net::Response>> remove_goal(Context& context, net::Request request) {
    CO_TRY(const int year, year_param(request));
    CO_TRY(const Done done, co_await write_as(context, request, &app::remove_goal, year));
    static_cast<void>(done);
    co_return no_content();
}

/// PUT /goals/:year/pause
awaitable<Result<net::Response>> pause_goal(Context& context, net::Request request) {
    CO_TRY(const int year, year_param(request));
    CO_TRY([[maybe_unused]] const Done done,
           co_await write_as(context, request, &app::pause_goal, year, true));
    co_return no_content();
}

/// DELETE /goals/:year/pause
awaitable<Result<net::Response>> resume_goal(Context& context, net::Request request) {
    CO_TRY(const int year, year_param(request));
    CO_TRY([[maybe_unused]] const Done done,
           co_await write_as(context, request, &app::pause_goal, year, false));
    co_return no_content();
}

template <class T>
json::value value_or_null(const std::optional<T>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

}  // namespace

json::value render_tally(const app::YearTally& year) {
    const core::Tally& tally = year.tally;
    json::object by_relation;
    for (const auto& [relation, count] : tally.by_relation) by_relation[core::to_string(relation)] = count;
    json::object goals;
    for (const auto& [relation, target] : tally.goals) goals[core::to_string(relation)] = target;
    json::object by_evidence;
    for (const auto& [evidence, count] : tally.by_evidence) by_evidence[core::to_string(evidence)] = count;
    const json::array by_month(tally.by_month.begin(), tally.by_month.end());
    const json::array years(year.years.begin(), year.years.end());
    return {{"year", tally.year},
            {"met", tally.met},
            {"first_meetings", tally.first_meetings},
            {"encounters", tally.encounters},
            {"goal", value_or_null(tally.goal)},
            {"goals", std::move(goals)},
            {"paused", tally.is_paused},
            {"expected_by_now", value_or_null(tally.expected_by_now)},
            {"planned", tally.outlook.planned},
            {"at_this_pace", value_or_null(tally.outlook.at_this_pace)},
            {"by_relation", std::move(by_relation)},
            {"by_evidence", std::move(by_evidence)},
            {"by_month", by_month},
            {"years", years}};
}

void add_tally_routes(net::Router& router, Context& context) {
    using net::Method;
    add_kept_route(router, context, "/api/visavis/v1/tally", &show);
    router.add(Method::put, "/api/visavis/v1/goals/:year", handle(context, &set_goal));
    router.add(Method::delete_, "/api/visavis/v1/goals/:year", handle(context, &remove_goal));
    router.add(Method::put, "/api/visavis/v1/goals/:year/pause", handle(context, &pause_goal));
    router.add(Method::delete_, "/api/visavis/v1/goals/:year/pause", handle(context, &resume_goal));
}

}  // namespace vv::api::visavis
