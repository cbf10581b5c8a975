#include "api/visavis/review.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "api/visavis/people.h"
#include "app/resolution.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

json::value render(const core::Identity& identity) {
    return {{"id", to_string(identity.id)},
            {"network", core::to_string(identity.network)},
            {"key", identity.key},
            {"name", identity.attributes.name.full}};
}

json::object render(const app::ReviewSide& side) {
    json::array identities;
    for (const auto& identity : side.identities) identities.push_back(render(identity));
    json::object body = render_row(side.person);
    body["identities"] = std::move(identities);
    return body;
}

json::array render(const std::vector<core::FieldEvidence>& fields) {
    json::array evidence;
    for (const auto& one : fields)
        evidence.push_back({{"field", one.field}, {"agreement", one.agreement}, {"weight", one.weight}});
    return evidence;
}

json::object render(const app::ReviewPair& pair) {
    return {{"a", render(pair.a)},
            {"b", render(pair.b)},
            {"a_identity", to_string(pair.a.identity.id)},
            {"b_identity", to_string(pair.b.identity.id)},
            {"probability", pair.probability},
            {"evidence", render(pair.evidence)}};
}

/// GET /review
awaitable<Result<net::Response>> list(Context& context, net::Request request) {
    CO_TRY(const Page page, parse_page(request, 50, 500));
    CO_TRY(const auto pairs,
           co_await read_as(context, request, &app::review_pairs, static_cast<std::size_t>(page.limit)));
    json::array items;
    for (const auto& pair : pairs) items.push_back(render(pair));
    co_return ok(page_json(std::move(items)));
}

/// POST /review
awaitable<Result<net::Response>> answer(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const auto a, id_field<core::IdentityId>(body, "a_identity"));
    CO_TRY(const auto b, id_field<core::IdentityId>(body, "b_identity"));
    CO_TRY(const std::string said, text_field(body, "answer", 20));
    if (said != "same" && said != "different") co_return bad_field("answer", "is \"same\" or \"different\"");
    const auto verdict = said == "same" ? core::Verdict::same : core::Verdict::different;
    CO_TRY(const auto act,
           co_await write_as(context, request, &app::answer_review, a, b, verdict, &context.ids));
    co_return ok(render_act(act));
}

/// DELETE /decisions/:a/:b
awaitable<Result<net::Response>> forget(Context& context, net::Request request) {
    CO_TRY(const auto a, id_param<core::IdentityId>(request, "a"));
    CO_TRY(const auto b, id_param<core::IdentityId>(request, "b"));
    CO_TRY(const Done done, co_await write_as(context, request, &app::forget_decision, a, b, &context.ids));
    static_cast<void>(done);
    co_return no_content();
}

/// POST /people/merge
awaitable<Result<net::Response>> merge(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(auto people, ids_field<core::PersonId>(body, "ids", 50));
    CO_TRY(const auto merged,
           co_await write_as(context, request, &app::merge_people, std::move(people), &context.ids));
    json::object row = render_row(merged.what);
    row["act"] = to_string(merged.act);
    co_return ok(row);
}

/// POST /people/:id/split
awaitable<Result<net::Response>> split(Context& context, net::Request request) {
    CO_TRY(const auto person, id_param<core::PersonId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(auto identities, ids_field<core::IdentityId>(body, "identities", 1'000));
    CO_TRY(const auto parted, co_await write_as(context, request, &app::split_person, person,
                                                std::move(identities), &context.ids));
    json::array items;
    for (const auto& one : parted.what) items.push_back(render_row(one));
    json::object parts = render_act(parted.act);
    parts["items"] = std::move(items);
    co_return ok(parts);
}

/// GET /people/:id/why
awaitable<Result<net::Response>> why(Context& context, net::Request request) {
    CO_TRY(const auto person, id_param<core::PersonId>(request, "id"));
    CO_TRY(const app::Why found, co_await read_as(context, request, &app::explain_person, person));
    json::array links;
    for (const auto& link : found.links)
        links.push_back({{"a", to_string(link.a)},
                         {"b", to_string(link.b)},
                         {"probability", link.probability},
                         {"evidence", render(link.evidence)}});
    json::array said;
    for (const auto& pair : found.said) said.push_back(json::array{to_string(pair.a), to_string(pair.b)});
    json::object body;
    body["links"] = std::move(links);
    body["said"] = std::move(said);
    co_return ok(body);
}

}  // namespace

void add_review_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/";
    router.add(Method::get, base + "review", handle(context, &list));
    router.add(Method::post, base + "review", handle(context, &answer));
    router.add(Method::delete_, base + "decisions/:a/:b", handle(context, &forget));
    router.add(Method::post, base + "people/merge", handle(context, &merge));
    router.add(Method::post, base + "people/:id/split", handle(context, &split));
    router.add(Method::get, base + "people/:id/why", handle(context, &why));
}

}  // namespace vv::api::visavis
