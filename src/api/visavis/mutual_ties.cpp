#include "api/visavis/mutual_ties.h"

#include "api/http/authorise.h"
#include "api/http/handle.h"
#include "api/http/json.h"
#include "app/mutual_ties.h"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace vv::api::visavis {
namespace {

using boost::asio::awaitable;

json::object render(bool shows) {
    json::object body;
    body["shown"] = shows;
    return body;
}

/// GET /mutual-ties
awaitable<Result<net::Response>> show(Context& context, net::Request request) {
    CO_TRY(const bool shows, co_await read_as(context, request, &app::shows_ties));
    co_return ok(render(shows));
}

/// PUT /mutual-ties
awaitable<Result<net::Response>> change(Context& context, net::Request request) {
    CO_TRY(const json::object body, parse_body(request));
    CO_TRY(const bool wanted, bool_field(body, "shown"));
    CO_TRY(const bool shows, co_await write_as(context, request, &app::set_shows_ties, wanted));
    co_return ok(render(shows));
}

}  // namespace

void add_mutual_ties_routes(net::Router& router, Context& context) {
    const std::string path = "/api/visavis/v1/mutual-ties";
    router.add(net::Method::get, path, handle(context, &show));
    router.add(net::Method::put, path, handle(context, &change));
}

}  // namespace vv::api::visavis
