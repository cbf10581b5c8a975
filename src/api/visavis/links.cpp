#include "api/visavis/links.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "api/http/paging.h"
#include "app/links.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

json::object item(std::string id, json::value person, const core::AccountName& account,
                  const char* direction) {
    json::object name;
    name["handle"] = account.handle;
    name["name"] = account.name;
    json::object body;
    body["id"] = std::move(id);
    body["person"] = std::move(person);
    body["account"] = std::move(name);
    body["direction"] = direction;
    return body;
}

json::array render(const app::Links& links) {
    json::array items;
    for (const auto& asked : links.asked)
        items.push_back(item(to_string(asked.id), nullptr, asked.by, "asked"));
    for (const auto& offer : links.offered) {
        json::object person;
        person["id"] = to_string(offer.person);
        person["name"] = offer.person_name;
        items.push_back(item(to_string(offer.person), std::move(person), offer.account, "offered"));
    }
    return items;
}

/// GET /links
awaitable<Result<net::Response>> list_links(Context& context, net::Request request) {
    CO_TRY(const app::Links links, co_await read_as(context, request, &app::list_links));
    co_return ok(page_json(render(links)));
}

/// POST /links
awaitable<Result<net::Response>> ask_link(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    app::LinkRequest input;
    CO_TRY(input.person, id_field<core::PersonId>(body, "person"));
    CO_TRY(input.handle, text_field(body, "account", 400));
    CO_TRY([[maybe_unused]] const Done asked,
           co_await write_as(context, request, &app::ask_link, std::move(input), &context.ids));
    net::Response response = no_content();
    response.status = 202;
    co_return response;
}

/// POST /links/:id/answer
awaitable<Result<net::Response>> answer_link(Context& context, net::Request request) {
    CO_TRY(const auto id, id_param<core::LinkId>(request, "id"));
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const std::string answer, text_field(body, "answer", 10));
    if (answer != "yes" && answer != "no") co_return bad_field("answer", "is yes or no");
    CO_TRY([[maybe_unused]] const Done answered,
           co_await write_as(context, request, &app::answer_link, id, answer == "yes", &context.ids));
    co_return no_content();
}

}  // namespace

void add_links_routes(net::Router& router, Context& context) {
    using net::Method;
    const std::string base = "/api/visavis/v1/links";
    router.add(Method::get, base, handle(context, &list_links));
    router.add(Method::post, base, handle(context, &ask_link));
    router.add(Method::post, base + "/:id/answer", handle(context, &answer_link));
}

}  // namespace vv::api::visavis
