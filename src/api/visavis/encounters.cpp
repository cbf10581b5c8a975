#include "api/visavis/encounters.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/kept_routes.h"
#include "api/http/paging.h"
#include "api/visavis/people.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <charconv>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

json::value render_only(const app::EncounterList& list) {
    return render_encounter(list.encounters.front(), list.people);
}

Result<core::EncounterKind> kind_of(const std::string& text) {
    const auto kind = core::parse_encounter_kind(text);
    if (!kind) return bad_field("kind", "is none of the known ones");
    return *kind;
}

/// GET /encounters: newest first; the cursor is how many were told already.
awaitable<Result<net::Response>> list(Context& context, net::Request request) {
    CO_TRY(const Page page, parse_page(request, 200, 500));
    CO_TRY(const auto year, integer_query(request, "year", 1900, 9999));
    const std::optional<int> of_year = year ? std::optional(static_cast<int>(*year)) : std::nullopt;
    CO_TRY(app::EncounterList found,
           co_await read_as(context, request, &app::list_encounters, of_year, app::Include::past));
    std::ranges::reverse(found.encounters);
    std::size_t told = 0;
    const std::string after = page.after.value_or("0");
    if (std::from_chars(after.data(), after.data() + after.size(), told).ec != std::errc())
        co_return bad_field("after", "is the 'next' of the page before");
    const std::size_t from = std::min(told, found.encounters.size());
    const std::size_t to = std::min(from + static_cast<std::size_t>(page.limit), found.encounters.size());
    json::array items;
    for (std::size_t i = from; i < to; ++i)
        items.push_back(render_encounter(found.encounters[i], found.people));
    const bool has_more = to < found.encounters.size();
    co_return ok(page_json(std::move(items), has_more ? std::optional(std::to_string(to)) : std::nullopt));
}

/// GET /encounters/:id
awaitable<Result<Answered<net::Response>>> show(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::EncounterId>(request, "id"));
    CO_TRY(const auto found, co_await read_answered(context, request, &app::find_encounter, id));
    co_return found.with(ok(render_only(found.value)));
}

/// POST /encounters
awaitable<Result<net::Response>> claim(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    app::Claim input;
    CO_TRY(input.person, id_field<core::PersonId>(body, "person"));
    CO_TRY(const std::string kind, text_field(body, "kind", 20));
    CO_TRY(input.kind, kind_of(kind));
    CO_TRY(input.start, time_field(body, "start"));
    CO_TRY(const auto place, optional_text(body, "place", 200));
    input.place = place.value_or("");
    CO_TRY(const auto made,
           co_await write_as(context, request, &app::claim_encounter, std::move(input), &context.ids));
    json::object answer = render_only(made.what).as_object();
    answer["act"] = to_string(made.act);
    co_return created(answer);
}

/// PATCH /encounters/:id
awaitable<Result<net::Response>> change(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::EncounterId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    store::encounters::Change wanted;
    CO_TRY(wanted.ideas, optional_text(body, "ideas"));
    CO_TRY(wanted.next_step, optional_text(body, "next_step"));
    CO_TRY(const auto kind, optional_text(body, "kind", 20));
    if (kind) {
        CO_TRY(wanted.kind, kind_of(*kind));
    }
    CO_TRY(const auto changed,
           co_await write_as(context, request, &app::change_encounter, id, std::move(wanted)));
    co_return ok(render_only(changed));
}

/// POST /encounters/:id/deny
awaitable<Result<net::Response>> deny(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::EncounterId>(request, "id"));
    CO_TRY(const auto act, co_await write_as(context, request, &app::deny_encounter, id, &context.ids));
    co_return ok(render_act(act));
}

/// POST /encounters/:id/absent
awaitable<Result<net::Response>> absent(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::EncounterId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const auto person, id_field<core::PersonId>(body, "person"));
    CO_TRY(const auto act,
           co_await write_as(context, request, &app::miss_encounter, id, person, &context.ids));
    co_return ok(render_act(act));
}

}  // namespace

json::value render_encounter(const core::Encounter& encounter,
                             const std::map<core::PersonId, store::encounters::Who>& people) {
    json::array who;
    for (const core::PersonId id : encounter.people) {
        const auto known = people.find(id);
        if (known == people.end()) continue;
        who.push_back({{"id", to_string(id)},
                       {"name", known->second.name},
                       {"relation", core::to_string(known->second.relation)}});
    }
    json::array sources;
    for (const std::string& source : encounter.sources) sources.emplace_back(source);
    const json::object place{{"name", text_or_null(encounter.place)}, {"at", to_json(encounter.at)}};
    return {{"id", to_string(encounter.id)},
            {"kind", core::to_string(encounter.kind)},
            {"start", format_rfc3339(encounter.start)},
            {"end", to_json(encounter.end)},
            {"place", place},
            {"people", std::move(who)},
            {"evidence", core::to_string(encounter.evidence)},
            {"sources", std::move(sources)},
            {"title", text_or_null(encounter.title)},
            {"ideas", text_or_null(encounter.ideas)},
            {"next_step", text_or_null(encounter.next_step)}};
}

void add_encounters_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/encounters";
    router.add(Method::get, base, handle(context, &list));
    router.add(Method::post, base, handle(context, &claim));
    add_kept_route(router, context, base + "/:id", &show);
    router.add(Method::patch, base + "/:id", handle(context, &change));
    router.add(Method::post, base + "/:id/deny", handle(context, &deny));
    router.add(Method::post, base + "/:id/absent", handle(context, &absent));
}

}  // namespace vv::api::visavis
