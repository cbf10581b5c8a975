#include "api/visavis/asks.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/asks_json.h"
#include "api/visavis/people.h"
#include "app/asks.h"
#include "app/network_asks.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

constexpr std::size_t kMostParts = 20;
constexpr std::size_t kLongestPart = 300;

json::object render(const app::AskedPerson& one) {
    return {{"person", render_row(one.person)},
            {"state", core::to_string(one.asked.state)},
            {"asked_at", to_json(one.asked.asked_at)},
            {"changed_at", format_rfc3339(one.asked.changed_at)}};
}

/// GET /asks
awaitable<Result<net::Response>> list(Context& context, net::Request request) {
    CO_TRY(const Page page, parse_page(request, 50, 200));
    std::optional<core::AskId> before;
    if (page.after) {
        CO_TRY(const std::int64_t last, parse_id(*page.after));
        before = core::AskId{last};
    }
    CO_TRY(const auto asks, co_await read_as(context, request, &app::list_asks, before, page.limit));
    json::array items;
    for (const auto& view : asks) items.push_back(render_ask(view));
    std::optional<std::string> next;
    if (asks.size() == static_cast<std::size_t>(page.limit)) next = to_string(asks.back().ask.id);
    co_return ok(page_json(std::move(items), next));
}

/// POST /asks
awaitable<Result<net::Response>> add(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(std::string text, text_field(body, "text", 1'000'000));  // how long it may be is the use case's
    CO_TRY(const auto view,
           co_await write_as(context, request, &app::add_ask, std::move(text), &context.ids));
    co_return created(render_ask(view));
}

/// GET /asks/:id
awaitable<Result<net::Response>> show(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::AskId>(request, "id"));
    CO_TRY(const auto limit, integer_query(request, "limit", 1, 100));
    CO_TRY(const app::AskRoom room, co_await read_as(context, request, &app::ask_room, id,
                                                     static_cast<std::size_t>(limit.value_or(20))));
    json::object body = render_ask(room.page.view);
    json::array people;
    for (const auto& one : room.page.people) people.push_back(render(one));
    body["people"] = std::move(people);
    body["fitting"] = render_fitting(room.page.fitting, room.page.view.ask.ask);
    body["sent"] = render_sent(room.network.sent);
    body["communities"] = render_asked(room.network.communities);
    body["introductions"] = render_introductions(room.network.introductions);
    co_return ok(body);
}

Result<std::optional<std::vector<std::string>>> parts(const json::object& body, const char* name) {
    if (!body.contains(name)) return std::optional<std::vector<std::string>>();
    TRY(auto list, texts_field(body, name, kMostParts, kLongestPart));
    return std::optional(std::move(list));
}

Result<std::optional<std::vector<core::Relation>>> relations(const json::object& body) {
    TRY(const auto names, parts(body, "relations"));
    if (!names) return std::optional<std::vector<core::Relation>>();
    std::vector<core::Relation> list;
    for (const auto& name : *names) {
        const auto relation = core::parse_relation(name);
        if (!relation) return bad_field("relations", "holds none of the known ones");
        list.push_back(*relation);
    }
    return std::optional(std::move(list));
}

// Named with null, or with no text, a part is taken out.
Result<app::AskChange> parse_change(const json::object& body) {
    app::AskChange change;
    TRY(change.titles, parts(body, "titles"));
    TRY(change.topics, parts(body, "topics"));
    TRY(change.organisations, parts(body, "organisations"));
    TRY(change.relations, relations(body));
    TRY(change.purpose, optional_text(body, "purpose", core::kLongestAsk));
    TRY(change.in_return, optional_text(body, "in_return", core::kLongestAsk));
    TRY(change.is_closed, optional_bool(body, "closed"));
    if (body.contains("count")) {
        TRY(const auto count, optional_integer(body, "count", 1, core::kMostWanted));
        change.count = count ? std::optional(static_cast<int>(*count)) : std::nullopt;
    }
    if (body.contains("city")) {
        TRY(const auto city, optional_text(body, "city", kLongestPart));
        const std::string name = city.value_or("");
        change.city.emplace();
        if (!name.empty()) change.city->emplace(name);
    }
    if (body.contains("by")) {
        TRY(const auto text, optional_text(body, "by", 10));
        std::optional<Date> by;
        if (text && !text->empty()) {
            TRY(by, parse_date(*text));
        }
        change.by = by;
    }
    return change;
}

/// PATCH /asks/:id
awaitable<Result<net::Response>> change(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::AskId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(app::AskChange wanted, parse_change(body));
    CO_TRY(const auto view, co_await write_as(context, request, &app::change_ask, id, std::move(wanted)));
    co_return ok(render_ask(view));
}

/// DELETE /asks/:id
awaitable<Result<net::Response>> remove(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::AskId>(request, "id"));
    CO_TRY(const Done done, co_await write_as(context, request, &app::remove_ask, id));
    static_cast<void>(done);
    co_return no_content();
}

/// PUT /asks/:id/people/:person
awaitable<Result<net::Response>> set(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::AskId>(request, "id"));
    CO_TRY(const auto person, id_param<core::PersonId>(request, "person"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const std::string name, text_field(body, "state", 20));
    const std::optional<core::AskedState> state = core::parse_asked_state(name);
    if (!state) co_return bad_field("state", "is asked, yes, not_now, met or left_out");
    CO_TRY(const auto view, co_await write_as(context, request, &app::set_asked, id, person, state));
    co_return ok(render_ask(view));
}

/// DELETE /asks/:id/people/:person
awaitable<Result<net::Response>> unset(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::AskId>(request, "id"));
    CO_TRY(const auto person, id_param<core::PersonId>(request, "person"));
    const std::optional<core::AskedState> nothing;
    CO_TRY(const auto view, co_await write_as(context, request, &app::set_asked, id, person, nothing));
    co_return ok(render_ask(view));
}

}  // namespace

void add_asks_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/asks";
    router.add(Method::get, base, handle(context, &list));
    router.add(Method::post, base, handle(context, &add));
    router.add(Method::get, base + "/:id", handle(context, &show));
    router.add(Method::patch, base + "/:id", handle(context, &change));
    router.add(Method::delete_, base + "/:id", handle(context, &remove));
    router.add(Method::put, base + "/:id/people/:person", handle(context, &set));
    router.add(Method::delete_, base + "/:id/people/:person", handle(context, &unset));
}

}  // namespace vv::api::visavis
